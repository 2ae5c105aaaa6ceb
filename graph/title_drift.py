"""What the title of an implementing document leaves out of, or adds to, the title of the one it implements.

A title is known even of documents whose text is not held: from the citation that quotes it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from chidao.graph.figures import Figure, figures
from chidao.graph.similarity import features
from chidao.graph.wording import ACTION, CONTENT, Token, duty_tokens

_LONGEST = 300  # tokens of a title that are compared
_TELLING = 0.5  # weight of content of a title that says something
_ENOUGH = 0.5  # weight of content that makes a phrase worth naming
# "thực hiện Chỉ thị số 68-CT/TW, ngày 10/4/2023 của Ban Bí thư về tăng cường …": the subject stands behind "về"
_SUBJECT = re.compile(r"^(?:thực hiện|triển khai)\b.*?\b(?:về việc|về)\s+", re.IGNORECASE | re.DOTALL)
_OPENING = re.compile(r"^\W*(?:về việc|về|v/v)\s+", re.IGNORECASE)
_CLAUSE_END = re.compile(r"[,;]|\b(?:và|gắn với)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class TitleDrift:
    """Phrases of the parent's title that are gone, phrases that came, and the targets among those that are gone."""

    dropped: tuple[str, ...]
    added: tuple[str, ...]
    dropped_targets: tuple[str, ...]


def title_drift(parent: str, child: str) -> TitleDrift:
    """Compare two titles, each without the words that only lead to its subject."""
    above, below = _subject(parent), _subject(child)
    dropped, added = _differing(duty_tokens(above)[:_LONGEST], duty_tokens(below)[:_LONGEST])
    return TitleDrift(
        tuple(_telling(above, dropped, below)), tuple(_telling(below, added, above)), tuple(_targets(above, below))
    )


def tells(title: str) -> bool:
    """Whether a title says something: "về thực hiện" does not."""
    return sum(features(duty_tokens(_subject(title))).values()) >= _TELLING


def _subject(title: str) -> str:
    even = " ".join(title.split())
    return _OPENING.sub("", _SUBJECT.sub("", even, count=1), count=1)


def _differing(above: Sequence[Token], below: Sequence[Token]) -> tuple[list[Sequence[Token]], list[Sequence[Token]]]:
    """The runs of tokens that only the first has, and those that only the second has."""
    matcher = SequenceMatcher(None, [token.key for token in above], [token.key for token in below], autojunk=False)
    changed = [codes for codes in matcher.get_opcodes() if codes[0] != "equal"]
    return [above[p1:p2] for _, p1, p2, _, _ in changed], [below[c1:c2] for _, _, _, c1, c2 in changed]


def _telling(title: str, runs: Sequence[Sequence[Token]], other: str) -> Iterator[str]:
    """The runs, from their first to their last word of content, that say what the other title does not say anywhere."""
    known = features(duty_tokens(other))
    for run in runs:
        content = [token for token in run if token.kind in {ACTION, CONTENT}]
        if sum(weight for term, weight in features(run).items() if term not in known) >= _ENOUGH and content:
            yield title[content[0].start : content[-1].end]


def _targets(above: str, below: str) -> Iterator[str]:
    """The clause up to each figure that only the parent's title has: "giữ vững đà tăng trưởng hai con số"."""
    kept = {(figure.value, figure.unit) for figure in figures(below)}
    for figure in figures(above):
        if (figure.value, figure.unit) not in kept:
            yield _clause(above, figure)


def _clause(title: str, figure: Figure) -> str:
    begins = max((found.end() for found in _CLAUSE_END.finditer(title, 0, figure.start)), default=0)
    return title[begins : figure.end].strip()
