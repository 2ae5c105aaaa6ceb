"""Duties of plans that set their tasks out under labels or in tables."""

from collections.abc import Iterator, Sequence

from chidao.graph.model import Body, Document, Obligation
from chidao.loaders.deadlines import FoundDeadline, labelled_deadline
from chidao.loaders.duty import duties_of, duty_of
from chidao.loaders.outline import UNRESOLVED, Bearing, Outline
from chidao.loaders.passage import Passage, Piece, pieces_of
from chidao.loaders.reporting import Reporting
from chidao.loaders.task_cards import Labelled
from chidao.loaders.task_tables import Cell, Table


def card_duties(
    passage: Passage, card: Sequence[Labelled], outline: Outline, document: Document
) -> Iterator[Obligation]:
    """The duty of a card of labels at or below ``passage``, and those of bodies that its labels tell to act."""
    parts = {item.label: item for item in card}
    acting, leading = _leading(passage, parts["lead"], document)
    partners = passage.names.phrase(parts["with"].value, parts["with"].paragraph.end) if "with" in parts else ()
    due = _due(passage, parts["time"].value, parts["time"].paragraph.end, document) if "time" in parts else None
    ends = [passage.paragraph.end]
    ends += [parts["lead"].paragraph.end] if not acting else []
    ends += [parts["time"].paragraph.end] if due else []
    bearing = Bearing(leading, "heading") if leading else outline.bearing or UNRESOLVED
    piece = Piece(passage.paragraph.start, max(ends), passage.paragraph.content, None)
    yield duty_of(passage, piece, [due] if due else [], bearing, Reporting(partners=partners), document)
    yield from acting


def _leading(passage: Passage, item: Labelled, document: Document) -> tuple[list[Obligation], tuple[Body, ...]]:
    """Duties of bodies that the label tells to act ("Sở A chủ trì tham mưu …; Sở B …"), and all bodies that lead."""
    inner = passage._replace(paragraph=item.paragraph._replace(start=item.value, content=item.value))
    duties: list[Obligation] = []
    bodies: list[Body] = []
    for piece in pieces_of(inner):
        actor = piece.actor
        if actor and actor.bodies and 0 < actor.action - actor.end <= 2:
            bearing = Bearing(actor.bodies, "subject", actor.modality)
            bodies += bearing.bodies
            duties += duties_of(inner, piece, bearing, document)
    return duties, tuple(bodies) or passage.names.phrase(item.value, item.paragraph.end)


def _due(passage: Passage, start: int, end: int, document: Document) -> FoundDeadline | None:
    return labelled_deadline(passage.clean.text, passage.key, start, end, document.issued)


def table_duties(passage: Passage, table: Table, document: Document) -> Iterator[Obligation]:
    """The duty of each row; ``passage`` is a paragraph of the table, for its section."""
    for row in table.rows:
        cells = {cell.kind: cell for cell in row}
        due = _due(passage, cells["time"].start, cells["time"].end, document) if "time" in cells else None
        leading = _named(passage, cells.get("lead"))
        partners = _named(passage, cells.get("with"))
        said = [cells["content"], *(cells[kind] for kind in ("lead", "with") if kind in cells)]
        said += [cells["time"]] if due else []
        start, end = min(cell.start for cell in said), max(cell.end for cell in said)
        bearing = Bearing(leading, "heading") if leading else UNRESOLVED
        piece = Piece(start, end, cells["content"].start, None)
        yield duty_of(passage, piece, [due] if due else [], bearing, Reporting(partners=partners), document)


def _named(passage: Passage, cell: Cell | None) -> tuple[Body, ...]:
    return passage.names.phrase(cell.start, cell.end) if cell else ()
