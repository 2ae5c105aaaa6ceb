"""Say which rule read what in a text, and what no rule read: the steps of an extraction, in the order of the text."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chidao.graph.model import Body, Document, Obligation, Record, Span
from chidao.graph.registered import registered_body
from chidao.graph.tables import Row, format_rows, printable
from chidao.loaders.extract import extract
from chidao.loaders.read import SourceText

_COLUMNS = ("line", "rule", "what", "quote")
_ALL_COLUMNS = ("file", "line", "start", "end", "rule", "what", "quote")
_LONGEST_QUOTE = 100
# Which module reads a fact of the head, or what a report tells of it
_RULES = {
    "symbol": "numbers",
    "documentType": "numbers",
    "issued": "numbers",
    "title": "titles",
    "issuedBy": "issuers",
    "addressedTo": "heads",
    "copiedTo": "heads",
    "signature": "signatures",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A rule read code points ``start:end`` of the source text. ``rule`` is "unread" where none did.

    A rule is named by its module, with what it found behind a dot: "relations.implements", "bearers.heading".
    """

    start: int
    end: int
    rule: str
    what: str


def explain(source: SourceText, allow_secret: bool = False) -> list[Step]:
    """The steps that led to the record of ``source``; raises SecretError as `extract` does."""
    return steps_of(extract(source, allow_secret))


def steps_of(record: Record) -> list[Step]:
    """The steps behind a record: heads, citations, references, duties, then what stayed open or unread."""
    steps = [step for document in record.documents for step in _head(document)]
    for citation in record.citations:
        named = citation.cited.symbol or f"{citation.cited.type} {citation.cited.number}"
        what = f"{citation.citing} {citation.relation} {named} ({citation.reason or citation.resolution})"
        steps.append(_step(citation.evidence, f"relations.{citation.relation}", what))
    for collective in record.collective_citations:
        what = f"{collective.citing} {collective.relation} documents of {_labels(collective.issuers)}"
        steps.append(_step(collective.evidence, "collective.documents", what))
    for oral in record.oral_instructions:
        what = f"{oral.citing} {oral.relation} words of {_labels(oral.issuers)} at {oral.occasion}"
        steps.append(_step(oral.evidence, "collective.oral", what))
    steps += [_step(duty.evidence, f"bearers.{duty.bearer_source}", _duty(duty)) for duty in record.obligations]
    steps += [
        _step(open_.evidence, "unresolved", ": ".join(filter(None, (open_.reason, ", ".join(open_.candidates)))))
        for open_ in record.unresolved
    ]
    steps += [_step(span, "unread", "no rule read this") for span in record.unread]
    return sorted(steps, key=lambda step: (step.start, step.end))


def explanation(read: Sequence[tuple[Record, str]], form: str) -> str:
    """The steps behind each record, given with its text, as a table below a line of summary, or as CSV or JSON."""
    if form != "table":
        return format_rows([row for record, text in read for row in step_rows(record, text)], form, _ALL_COLUMNS)
    return "\n".join(_table(record, text) for record, text in read)


def _table(record: Record, text: str) -> str:
    rows = [{**row, "quote": _shortened(str(row["quote"]))} for row in step_rows(record, text)]
    return f"{printable(summary(record, text))}\n\n{format_rows(rows, 'table', _COLUMNS)}"


def step_rows(record: Record, text: str) -> list[Row]:
    """The steps as rows to print: with the file, the line of ``text`` on which each begins (from 1), and its words."""
    rows: list[Row] = []
    line, counted = 1, 0
    for step in steps_of(record):
        line, counted = line + text.count("\n", counted, step.start), step.start
        place = {"file": record.source.path, "line": line, "start": step.start, "end": step.end}
        rows.append({**place, "rule": step.rule, "what": step.what, "quote": text[step.start : step.end]})
    return rows


def summary(record: Record, text: str) -> str:
    """What was read of a text in one line, and how much of it stayed unread.

    "a.txt (original): documents d1 07-CT/HU; 3 citations, 1 unnamed references, 8 duties; 2 unresolved, 1 unread
    sections (4 % of the text)".
    """
    documents = ", ".join(f"{each.id} {each.symbol or 'without number'}" for each in record.documents) or "none"
    unnamed = len(record.collective_citations) + len(record.oral_instructions)
    unread = sum(span.end - span.start for span in record.unread)
    return (
        f"{record.source.path} ({record.source.kind}{', read by OCR' if record.source.ocr else ''}): "
        f"documents {documents}; {len(record.citations)} citations, {unnamed} unnamed references, "
        f"{len(record.obligations)} duties; {len(record.unresolved)} unresolved, "
        f"{len(record.unread)} unread sections ({unread / max(len(text), 1):.0%} of the text)"
    )


def _shortened(quote: str) -> str:
    """A quote on one line, its middle left out where it is long."""
    words = " ".join(quote.split())
    half = _LONGEST_QUOTE // 2
    return words if len(words) <= _LONGEST_QUOTE else f"{words[:half].rstrip()} … {words[-half:].lstrip()}"


def _step(span: Span, rule: str, what: str) -> Step:
    return Step(span.start, span.end, rule, what)


def _head(document: Document) -> Iterator[Step]:
    bodies = (document.issuer, *document.addressees, *document.copies)
    names = {body.iri: body.label for body in bodies if body}
    for claim in document.claims:
        rule = _RULES.get(claim.property, "heads")
        yield _step(claim.evidence, rule, f"{document.id} {claim.property} {_named(claim.value, names)}")
    for reception in document.received:
        by = reception.by.label if reception.by else "an office"
        yield _step(reception.evidence, "stamps", f"{document.id} received by {by} on {reception.date}")


def _named(value: str, names: Mapping[str, str]) -> str:
    """A claim's value; a body by its name, also where it is a second reading that the record's head does not show."""
    entry = None if value in names else registered_body(value)
    return entry.label_vi if entry else names.get(value, value)


def _duty(duty: Obligation) -> str:
    """A duty in short: "duty of Sở Y tế, until 2023-06-30, reports to …"."""
    parts = (
        f"{duty.document} {duty.modality} of {_labels(duty.bearers) or 'nobody named'}",
        f"until {duty.deadline}" if duty.deadline else "",
        duty.recurrence or "",
        f"within {duty.relative_deadline.within}" if duty.relative_deadline else "",
        f"reports to {_labels(duty.report_to)}" if duty.report_to else "",
    )
    return ", ".join(filter(None, parts))


def _labels(bodies: Iterable[Body]) -> str:
    return "; ".join(body.label for body in bodies)
