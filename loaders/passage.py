"""A paragraph with what every reader of it needs: the text, its folded key, its bodies, who issued the document."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from chidao.graph.model import Body
from chidao.loaders.clauses import Actor, actor_of, known_actor_of
from chidao.loaders.clean import Clean
from chidao.loaders.deadlines import FoundDeadline
from chidao.loaders.layout import Paragraph
from chidao.loaders.naming import Named, Names
from chidao.loaders.phrases import at_word

# "…; các lực lượng vũ trang …", "…. Ngành y tế …", "giặc”.Ban Chỉ đạo …": where another bearer may begin
_JOINT = re.compile(r"[;.…](?:(?<=;)|(?<=[^\W\d][.…])|(?<=[)\"']\.)|(?<=\d\.)(?=\s))[\"')\]]*\s*(?=[^\W\d])")
# ", các cơ quan phối hợp có trách nhiệm …": a comma only before a subject that must
_COMMA = re.compile(r",\s+(?=các\s[^,;.]{5,80}?\s(?:có|chịu)\s+trách\s+nhiệm\b)")
# "mỗi người dân luôn đề cao cảnh giác" is what the bearer before shall bring about
_POPULACE = re.compile(
    r"(?:còn\s+lại\s+)?(?:mỗi|mọi|các|những|toàn)?\s*(?:người\s+dân|nhân\s+dân|công\s+dân|cá\s+nhân|hộ\s+gia\s+đình|cử\s+tri)\b"
)
_DIRECTS = re.compile(
    at_word(r"hướng\s+dẫn", r"đôn\s+đốc", r"chỉ\s+đạo", r"kiểm\s+tra", r"giám\s+sát", r"yêu\s+cầu", "giúp") + r"\s+"
)
_BREAK = re.compile(r"[,;.](?=\s)")


class Passage(NamedTuple):
    """One paragraph; ``issuers`` are the IRIs of those who issued the documents of the text."""

    names: Names
    paragraph: Paragraph
    issuers: frozenset[str]

    @property
    def clean(self) -> Clean:
        """The text; offsets are those of the clean text."""
        return self.names.clean

    @property
    def key(self) -> str:
        """The folded text."""
        return self.names.clean.key

    def actor(self, start: int, end: int) -> Actor | None:
        """Who is to act in the sentence that begins at ``start``."""
        item = self.paragraph.level > 0 and start == self.paragraph.content
        return actor_of(self.names, start, end, self.issuers, item)

    def bodies_of(self, actor: Actor) -> tuple[Body, ...]:
        """The bearers that the words of an actor name."""
        return actor.bodies or self.names.phrase(actor.start, actor.end)


class Piece(NamedTuple):
    """A part of a paragraph that is one duty: its offsets, where its words begin, and who is to act, if it says."""

    start: int
    end: int
    content: int
    actor: Actor | None


def pieces_of(passage: Passage) -> tuple[Piece, ...]:
    """The paragraph cut where a new bearer begins; sentences of one bearer and lists of bearers stay together."""
    paragraph, key = passage.paragraph, passage.key
    actors = [(paragraph.start, paragraph.content, passage.actor(paragraph.content, paragraph.end))]
    joints = [m.end() for form in (_JOINT, _COMMA) for m in form.finditer(key, paragraph.content, paragraph.end)]
    for at in sorted(joints):
        before = actors[-1][2]
        actor = None if before and at < before.end else _new_bearer(passage, at, before)
        if actor:
            actors.append((at, at, actor))
    ends = [start for start, _, _ in actors[1:]] + [paragraph.end]
    return tuple(Piece(start, end, content, actor) for (start, content, actor), end in zip(actors, ends, strict=True))


def _new_bearer(passage: Passage, at: int, before: Actor | None) -> Actor | None:
    """The known body that begins to act at ``at``; the people and unknown words begin no new duty.

    A command without speaker goes on with the issuer's commands or begins a sentence; else the bearer before gives it.
    """
    actor = known_actor_of(passage.names, at, passage.paragraph.end, passage.issuers)
    if not actor or not actor.bodies or actor.modality == "recommendation" or _POPULACE.match(passage.key, actor.start):
        return None
    if any(named and named.end > at for named in _governed(passage, at)):
        return None
    speakerless = actor.source == "object" and actor.speaker is None
    goes_on = before is not None and before.source == "object"
    sentence = passage.key[max(0, at - 8) : at].rstrip().endswith(".")
    return None if speakerless and not goes_on and not sentence else actor


def _governed(passage: Passage, at: int) -> Iterator[Named | None]:
    """The lists behind verbs of directing before ``at``: "hướng dẫn Sở A, Sở B; các xã tổ chức …" is one list."""
    for verb in _DIRECTS.finditer(passage.key, max(passage.paragraph.content, at - 300), at):
        yield passage.names.at(verb.end(), passage.paragraph.end)


def cut_by_deadlines(key: str, piece: Piece, found: list[FoundDeadline]) -> list[tuple[Piece, list[FoundDeadline]]]:
    """One piece for each deadline of a sort: "ban hành trước ngày A; báo cáo trước ngày B" are two duties."""
    parts: list[tuple[Piece, list[FoundDeadline]]] = []
    start, held = piece.start, list[FoundDeadline]()
    for deadline in found:
        if any(other.same(deadline) for other in held):
            continue
        rival = next((other for other in held if other.rivals(deadline)), None)
        cut = _BREAK.search(key, held[-1].end, deadline.start) if rival and held else None
        if cut:
            parts.append((Piece(start, cut.end(), piece.content, piece.actor), held))
            start, held = cut.end(), []
        elif rival:
            held.remove(rival)
        held.append(deadline)
    parts.append((Piece(start, piece.end, piece.content, piece.actor), held))
    return parts
