"""The word-level difference of two quotes: what is equal, removed and added, with offsets into both.

Words are Vietnamese syllables, numbers and marks; case, tone style and look-alike letters make no difference.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from chidao.ontology.spelling import key, old_tone_style

EQUAL, REMOVED, ADDED = "equal", "removed", "added"
_LONGEST = 3000
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of words. ``parent`` and ``child`` are its code points in either quote; one is None where it is missing."""

    kind: str
    parent: tuple[int, int] | None
    child: tuple[int, int] | None


def difference(parent: str, child: str) -> list[Segment]:
    """The segments in reading order; what was replaced is removed first, then added.

    Quotes of more than 3000 words are not compared: the one is removed, the other added.
    Equal and removed segments take in every word of ``parent``, equal and added ones every word of ``child``.
    """
    above, below = _words(parent), _words(child)
    if max(len(above), len(below)) > _LONGEST:
        return [
            *([Segment(REMOVED, _span(above), None)] if above else []),
            *([Segment(ADDED, None, _span(below))] if below else []),
        ]
    matcher = SequenceMatcher(None, [word for word, _ in above], [word for word, _ in below], autojunk=False)
    segments: list[Segment] = []
    for operation, p1, p2, c1, c2 in matcher.get_opcodes():
        if operation == "equal":
            segments.append(Segment(EQUAL, _span(above[p1:p2]), _span(below[c1:c2])))
            continue
        segments += [Segment(REMOVED, _span(above[p1:p2]), None)] if p1 < p2 else []
        segments += [Segment(ADDED, None, _span(below[c1:c2]))] if c1 < c2 else []
    return segments


def _words(text: str) -> list[tuple[str, tuple[int, int]]]:
    """Each word's folded form with its span; both folds keep the length."""
    folded = key(old_tone_style(text))
    return [(found.group(), found.span()) for found in _WORD.finditer(folded)]


def _span(words: Sequence[tuple[str, tuple[int, int]]]) -> tuple[int, int]:
    return words[0][1][0], words[-1][1][1]
