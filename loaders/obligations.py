"""Find the duties that a text imposes: one for each paragraph or dash, or part of it where another bearer begins.

A duty needs a place (below a chapeau such as "… yêu cầu …:", an article or a section of tasks) or words that bind (a
body that must, a command). What is told, assessed, aimed at or ordered by word of mouth is read as background.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from chidao.graph.model import Document, Obligation, Span, Unresolved
from chidao.loaders.assigned import card_duties, table_duties
from chidao.loaders.bearers import bearing_of, heading_bearing, is_imperative, opens_duties, own_actor, submits
from chidao.loaders.bodies import Reading
from chidao.loaders.clauses import action_start, clause_starts
from chidao.loaders.clean import Clean
from chidao.loaders.duty import duties_of
from chidao.loaders.layout import Paragraph
from chidao.loaders.naming import Names
from chidao.loaders.outline import UNRESOLVED, Outline
from chidao.loaders.passage import Passage, Piece, pieces_of
from chidao.loaders.reported import ordered_by, spoken_of
from chidao.loaders.sections import (
    is_background,
    is_ended,
    is_past,
    is_statement,
    is_strong,
    is_title,
    lists_conditions,
    title_class,
)
from chidao.loaders.task_cards import Labelled, card_at
from chidao.loaders.task_tables import Table, tables_of

CONCLUSIONS = ("TB", "KL", "TBKL", None)
"""Types in which a person speaks for the body; in other texts a person's words are a speech."""
SHORTEST_UNREAD = 40
"""Shorter paragraphs without duty are titles, captions and page furniture, in code points."""


@dataclass(frozen=True, slots=True)
class Duties:
    """The duties of a text, its paragraphs that no rule read, and the duties whose bearer it does not name."""

    obligations: tuple[Obligation, ...] = ()
    unread: tuple[Span, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


@dataclass(frozen=True, slots=True)
class _Text:
    """What is read: the paragraphs with their names, the tables, the documents and who issued them."""

    names: Names
    paragraphs: Sequence[Paragraph]
    tables: Sequence[Table]
    documents: Sequence[Document]
    issuers: frozenset[str]

    def passage(self, at: int) -> Passage:
        """The paragraph at an index."""
        return Passage(self.names, self.paragraphs[at], self.issuers)


class _Step(NamedTuple):
    """What a paragraph, card or table gave and left unread, the outline behind it, and the offset where it ends."""

    outline: Outline
    end: int
    obligations: tuple[Obligation, ...] = ()
    unread: tuple[Span, ...] = ()


def find_obligations(
    clean: Clean, paragraphs: Sequence[Paragraph], documents: Sequence[Document], reading: Reading
) -> Duties:
    """The duties in ``paragraphs``, each with the document that imposes it; see the module for what counts as one."""
    if not documents:
        return Duties()
    issuers = frozenset(d.issuer.iri for d in documents if d.issuer)
    steps = list(_steps(_Text(Names(clean, reading), paragraphs, tables_of(clean), documents, issuers)))
    found = tuple(duty for step in steps for duty in step.obligations)
    unread = tuple(span for step in steps for span in step.unread)
    return Duties(found, unread, tuple(_unnamed(duty) for duty in found if not duty.bearers))


def _steps(text: _Text) -> Iterator[_Step]:
    outline, document, at = Outline(), text.documents[0], 0
    while at < len(text.paragraphs):
        outline = outline.entering(text.paragraphs[at])
        document = _speaking(text, at) or document
        step = _step(text, at, outline, document)
        yield step
        outline = step.outline
        while at < len(text.paragraphs) and text.paragraphs[at].start < step.end:
            at += 1


def _speaking(text: _Text, at: int) -> Document | None:
    """The document that speaks in a paragraph of a report of several."""
    clean, paragraph = text.names.clean, text.paragraphs[at]
    several = len(text.documents) > 1
    return spoken_of(clean.text, clean.key, paragraph.content, paragraph.end, text.documents) if several else None


def _step(text: _Text, at: int, outline: Outline, document: Document) -> _Step:
    """What the paragraph at an index gives, with the card or table that it begins."""
    passage, key = text.passage(at), text.names.clean.key
    paragraph = passage.paragraph
    table = next((t for t in text.tables if t.start <= paragraph.start < t.end), None)
    if table:
        return _Step(outline, table.end, tuple(table_duties(passage, table, document)))
    card = _card(key, text.paragraphs, at)
    if card:
        return _Step(outline, card[-1].paragraph.end, tuple(card_duties(passage, card, outline, document)))
    if paragraph.lead or is_title(key, text.paragraphs, at):
        return _Step(_below(passage, outline, document), paragraph.end)
    if is_background(text.names.clean.text, key, paragraph):
        return _Step(outline, paragraph.end)
    return _read(passage, outline, document, text.documents)


def _unnamed(duty: Obligation) -> Unresolved:
    return Unresolved(duty.evidence, "no bearer is named or can be inherited")


def _card(key: str, paragraphs: Sequence[Paragraph], at: int) -> tuple[Labelled, ...]:
    """The card of labels that the paragraph begins or stands above as its task."""
    card = card_at(key, paragraphs, at)
    if card or at + 1 >= len(paragraphs) or paragraphs[at].lead:
        return card
    below = card_at(key, paragraphs, at + 1)
    return below if below and below[0].label != "content" else ()


def _below(passage: Passage, outline: Outline, document: Document) -> Outline:
    """The outline below a heading or chapeau."""
    paragraph = passage.paragraph
    if lists_conditions(passage.key, paragraph):
        return outline.opening(paragraph, None, "purpose")
    chapeau = opens_duties(passage)
    section_class = title_class(passage.key, paragraph.content, paragraph.end)
    bearing = heading_bearing(passage, document)
    commanded = bearing is not None and bool(bearing.bodies) and section_class == "purpose"  # "Yêu cầu Sở A:"
    if chapeau or commanded or (bearing and section_class is None and outline.section_class is None):
        section_class = "task"
    return outline.opening(paragraph, bearing, section_class, operative=chapeau or section_class == "task")


def _read(passage: Passage, outline: Outline, document: Document, documents: Sequence[Document]) -> _Step:
    """The duties of a paragraph of running text."""
    pieces, found = pieces_of(passage), list[Obligation]()
    if _is_speech(pieces, document):
        return _Step(outline, passage.paragraph.end)
    for piece in pieces:
        if not _binds(passage, piece, outline):
            continue
        actor = own_actor(passage, piece, outline)
        imposing = (ordered_by(actor.speaker.iri, documents) if actor and actor.speaker else None) or document
        bearing = bearing_of(passage, piece, outline)
        duties = tuple(duties_of(passage, piece, bearing, imposing))
        found += duties
        if passage.paragraph.level < 6:
            outline = outline.naming(bearing if duties[0].bearers else UNRESOLVED)
    left = not found and outline.operative and _is_left(passage, pieces, outline)
    unread = (passage.clean.span(passage.paragraph.start, passage.paragraph.end),) if left else ()
    return _Step(outline, passage.paragraph.end, tuple(found), unread)


def _is_speech(pieces: Sequence[Piece], document: Document) -> bool:
    """True where a person commands in a text that does not record a body's conclusions."""
    actor = pieces[0].actor
    return actor is not None and actor.person and document.type not in CONCLUSIONS


def _is_left(passage: Passage, pieces: Sequence[Piece], outline: Outline) -> bool:
    """True for text of the act that no rule read and that belongs to no section of background."""
    paragraph = passage.paragraph
    long = paragraph.end - paragraph.content >= SHORTEST_UNREAD
    told = any(piece.actor and piece.actor.told for piece in pieces)
    return long and is_ended(passage.key, paragraph) and outline.section_class in (None, "task") and not told


def _binds(passage: Passage, piece: Piece, outline: Outline) -> bool:
    """True where a piece imposes a duty by its words or its place."""
    actor, key, paragraph = own_actor(passage, piece, outline), passage.key, passage.paragraph
    if actor and (actor.told or submits(passage, actor)):
        return False
    commanded = actor is not None and actor.source == "object"
    strong = commanded or (actor is not None and is_strong(key, actor.action, piece.end))
    section, first = outline.section_class, piece.start == paragraph.start
    attributed = action_start(key, piece.content, piece.end) > piece.content
    begun = outline.operative or attributed or paragraph.level > 0
    if section == "assessment" or (section is None and not begun):
        return strong
    if section == "purpose":
        whole = actor is not None and bool(actor.bodies) and actor.start == paragraph.content
        return whole or commanded or (strong and first)
    if actor:
        return True
    if not first or (paragraph.level == 0 and not is_ended(key, paragraph) and not outline.bearing):
        return False
    return _is_action(passage, piece, outline)


def _is_action(passage: Passage, piece: Piece, outline: Outline) -> bool:
    """True where words without subject tell what to do: an imperative, or an item below those who bear it."""
    key, at = passage.key, action_start(passage.key, piece.content, piece.end)
    starts = clause_starts(passage.clean.text, key, piece.content, piece.end, anywhere=True)
    if any(is_imperative(key, start, piece.end) and not is_past(key, at, start) for start in (at, *starts)):
        return True
    itemised = passage.paragraph.level > 0 and outline.bearing is not None
    return itemised and not is_statement(key, at, piece.end)
