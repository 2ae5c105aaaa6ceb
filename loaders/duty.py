"""Make the obligation of a piece of text: its deadline, condition, reporting line and modality with its bearers."""

from collections.abc import Iterator, Sequence

from chidao.graph.model import Document, Obligation
from chidao.loaders.clauses import action_start
from chidao.loaders.deadlines import FoundDeadline, find_condition, find_deadlines
from chidao.loaders.modality import stated_modality
from chidao.loaders.outline import UNRESOLVED, Bearing
from chidao.loaders.passage import Passage, Piece, cut_by_deadlines
from chidao.loaders.reporting import Reporting, acts_for_itself, read_reporting


def duties_of(passage: Passage, piece: Piece, bearing: Bearing, document: Document) -> Iterator[Obligation]:
    """The duties of one piece: one, or one for each deadline."""
    clean = passage.clean
    stated = find_deadlines(clean.text, clean.key, piece.start, piece.end, document.issued)
    deadlines = [due for due in stated if not acts_for_itself(passage.names, piece.start, due.start)]
    subject_end = piece.actor.end if piece.actor else piece.content
    for part, held in cut_by_deadlines(clean.key, piece, deadlines):
        reporting = read_reporting(passage.names, part.start, part.end, max(subject_end, part.start))
        yield duty_of(passage, part, held, _checked(bearing, reporting), reporting, document)


def _checked(bearing: Bearing, reporting: Reporting) -> Bearing:
    """The bearing, unless it was inherited by one to whom the duty reports: then the text dropped its subject."""
    told = {body.iri for body in (*reporting.report_to, *reporting.informed)}
    if bearing.source == "inherited" and any(body.iri in told for body in bearing.bodies):
        return UNRESOLVED._replace(modality=bearing.modality)
    return bearing


def duty_of(
    passage: Passage,
    part: Piece,
    held: Sequence[FoundDeadline],
    bearing: Bearing,
    reporting: Reporting,
    document: Document,
) -> Obligation:
    """The obligation at ``part`` with what was read of it."""
    clean = passage.clean
    at = action_start(clean.key, part.content, part.end)
    stated = None if part.actor else stated_modality(clean.key, at, part.end)
    return Obligation(
        document=document.id,
        bearers=bearing.bodies,
        modality=stated if stated and stated != "duty" else bearing.modality,
        evidence=clean.span(part.start, part.end),
        bearer_source=bearing.source if bearing.bodies else "unresolved",
        section=passage.paragraph.section,
        deadline=next((d.deadline for d in held if d.deadline), None),
        recurrence=next((d.recurrence for d in held if d.recurrence), None),
        relative_deadline=next((d.relative for d in held if d.relative), None),
        condition=find_condition(clean.text, clean.key, part.start, part.end),
        report_to=reporting.report_to,
        via=reporting.via,
        partners=tuple(body for body in reporting.partners if body not in bearing.bodies),
        inferred=("deadline",) if any(d.inferred for d in held) else (),
    )
