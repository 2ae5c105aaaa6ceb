"""Walk through a text sentence by sentence and say for each which document speaks there, and what it names.

An original speaks for itself throughout. A report passes from one document to the next ("… đã ban hành Kế hoạch"), and
sometimes puts a full stop between what a document implements and the document itself.
"""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from chidao.graph.model import Document, Relation
from chidao.loaders.bodies import Reading
from chidao.loaders.clean import Clean
from chidao.loaders.layout import Paragraph
from chidao.loaders.mentions import Mention, mentions_in
from chidao.loaders.relations import Governed, Place, governed, phrases_in
from chidao.loaders.resolve import is_document
from chidao.loaders.sentences import sentences_of
from chidao.loaders.types import code_for, type_word

# "(đã|vừa) ban hành", "ký (ban hành)": what follows is issued here
_ISSUES = re.compile(r"\b(?:ký\s+ban\s+hành|ban\s+hành|ký)\s+")
HEADINGS = 60
"""So many paragraphs back the heading over a bare list is looked for."""


class Statement(NamedTuple):
    """One sentence: offsets, the document that speaks, and its mentions of numbered documents with what governs them.

    ``place`` is where it stands: the frame (title, preamble, closing), an article, a section of tasks.
    """

    start: int
    end: int
    speaker: Document
    place: Place
    mentions: tuple[Mention, ...] = ()
    governed: tuple[Governed, ...] = ()


def local_document(mention: Mention, documents: Sequence[Document]) -> Document | None:
    """The document of the text itself that a mention names."""
    return next((d for d in documents if is_document(mention, d)), None)


def unnumbered(word: str | None, documents: Sequence[Document]) -> Document | None:
    """The document of the text that a bare type word means: "Kế hoạch tổ chức thực hiện …"; None where several fit."""
    code = code_for(word) if word else None
    meant = [d for d in documents if d.type == code] if code else []
    return meant[0] if len(meant) == 1 else None


def statements_of(
    clean: Clean, paragraphs: Sequence[Paragraph], documents: Sequence[Document], reading: Reading
) -> Iterator[Statement]:
    """The sentences of the paragraphs in order; ``documents`` are those of the text, the first speaks first."""
    speaker, year = documents[0], _year(documents, reading)
    above: list[tuple[Paragraph, Relation | None]] = []
    for paragraph in paragraphs:
        sentences = sentences_of(clean.text, paragraph.content, paragraph.end)
        last: Relation | None = None
        place = _place(paragraph)
        for at, (start, end) in enumerate(sentences):
            mentions = mentions_in(clean, start, end, reading, year) if "/" in clean.text[start:end] else ()
            context = _context(clean, paragraph, start, mentions, above)
            facts = governed(clean, start, mentions, context, place)
            announced = _announced(clean, sentences[at : at + 2], documents)
            statement = Statement(start, end, announced or speaker, place, mentions, facts)
            yield statement
            speaker = _next_speaker(clean, statement, documents) or speaker
            last = next((fact.relation for fact in reversed(facts) if not fact.nested), last)
        above.append((paragraph, last))


def _place(paragraph: Paragraph) -> Place:
    if paragraph.section is None:
        return "frame"
    return "article" if paragraph.section.startswith("Điều") else "task"


def _year(documents: Sequence[Document], reading: Reading) -> int | None:
    day = next((d.issued for d in documents if d.issued), reading.context.date)
    return int(day[:4]) if day else None


def _announced(clean: Clean, sentences: Sequence[tuple[int, int]], documents: Sequence[Document]) -> Document | None:
    """The document whose trigger clause the first sentence is: the one that the second tells was issued.

    "Thực hiện Chỉ thị số 18-CT/TU …. Trước diễn biến …, Ban Thường vụ Huyện ủy đã ban hành Chỉ thị số 07-CT/HU."
    """
    if len(sentences) < 2 or len(documents) < 2:
        return None
    start, end = sentences[0]
    opening = phrases_in(clean.key, start, end)[:1]
    opens = opening and opening[0].start <= start + 1 and opening[0].relation is not None
    if not opens or _ISSUES.search(clean.key, start, end):
        return None
    return _issued_in(clean, *sentences[1], documents)


def _issued_in(clean: Clean, start: int, end: int, documents: Sequence[Document]) -> Document | None:
    """The document of the text that a sentence tells was issued: "đã ban hành Kế hoạch"."""
    for verb in _ISSUES.finditer(clean.key, start, end):
        word = type_word().match(clean.key, verb.end())
        meant = unnumbered(word["word"], documents) if word else None
        if meant:
            return meant
    return None


def _next_speaker(clean: Clean, statement: Statement, documents: Sequence[Document]) -> Document | None:
    """The document that a report goes on to speak about after a sentence; None where the sentence names none."""
    if len(documents) < 2:
        return None
    issued = _issued_in(clean, statement.start, statement.end, documents)
    if issued:
        return issued
    for mention, fact in zip(statement.mentions, statement.governed, strict=True):
        named = unnumbered(fact.noun, documents) or local_document(mention, documents)
        if named:
            return named
    return None


def _context(
    clean: Clean,
    paragraph: Paragraph,
    start: int,
    mentions: Sequence[Mention],
    above: Sequence[tuple[Paragraph, Relation | None]],
) -> Relation | None:
    """The relation over a paragraph that begins with a document: of its heading, its lead, or the list it goes on with.

    "Điều 1. Bãi bỏ các văn bản sau:" / "1. Quyết định số …"; "Căn cứ Luật …;" / "Nghị định số …;"
    """
    if not mentions or start != paragraph.content or mentions[0].start - paragraph.content > 12:
        return None
    before = above[-1] if above else None
    if before and before[1] and clean.text[before[0].end - 1] in ";," and before[0].level == paragraph.level:
        return before[1]
    for heading, _ in reversed(above[-HEADINGS:]):
        if heading.level < paragraph.level or heading.lead:
            found = [p for p in phrases_in(clean.key, heading.content, heading.end) if p.kind == "trigger"]
            return found[0].relation if found else None
    return None
