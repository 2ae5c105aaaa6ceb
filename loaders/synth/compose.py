"""Write a planned document: its text, its record, and its duties with their quotes."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import groupby
from random import Random

from chidao.graph.names import document_iri
from chidao.loaders.synth.duties import Duty, short_date, worded
from chidao.loaders.synth.head import (
    citation_text,
    group_of,
    name_in,
    office_for,
    write_addressees,
    write_head,
    write_tail,
    write_title,
)
from chidao.loaders.synth.noise import scanned
from chidao.loaders.synth.offices import Office
from chidao.loaders.synth.plan import Planned
from chidao.loaders.synth.prose import reason, told
from chidao.loaders.synth.sheet import Sheet, Span
from chidao.loaders.synth.stock import phrases, variants

Json = dict[str, object]
MOST_ADDRESSEES = 5
_AROUND, _FRAME = 12, 850  # code points: around a duty (number, bearer), and of a document without duties and prose


@dataclass(frozen=True, slots=True)
class Written:
    """A document as it was written: the text, its record without the source, and each duty with its quote."""

    planned: Planned
    text: str
    record: Json
    norms: tuple[tuple[Duty, Span], ...]

    @property
    def duties(self) -> list[Duty]:
        """Its duties in the order of the text."""
        return [duty for duty, _ in self.norms]


@dataclass(slots=True)
class _Page:
    """What a document is written with: the sheet, the chance, whether it is scanned, what the record will hold.

    ``told`` code points of prose stand before the duties, which then have reasons.
    """

    document: Planned
    rng: Random
    scan: bool
    sheet: Sheet = field(default_factory=Sheet)
    citations: list[Json] = field(default_factory=list)
    obligations: list[Json] = field(default_factory=list)
    norms: list[tuple[Duty, Span]] = field(default_factory=list)
    told: int = 0

    def paragraph(self, text: str) -> Span:
        """Write a paragraph; a scan leaves its marks, and now and then its page breaks within."""
        if self.scan:
            text = scanned(self.rng, text, 2 if self.rng.random() < 0.1 else None)
        return self.sheet.add(f"{text}\n\n")


def compose(
    document: Planned,
    duties: Sequence[Duty],
    story: Mapping[int, Planned],
    rng: Random,
    scan: bool,
    length: int = 0,
) -> Written:
    """The document with the duties; ``story`` holds those that it cites. ``length`` is the mean of such documents."""
    page = _Page(document, rng, scan, told=_left_to_tell(document, duties, rng, length))
    sheet = page.sheet
    groups = list(_grouped(document, duties))
    write_head(sheet, document, rng)
    guided = story[document.guides] if document.guides is not None else None
    title = _title(page, guided)
    bearers = [group_of(document), *(office for office, _ in groups if office.path)][:MOST_ADDRESSEES]
    addressees = write_addressees(sheet, document, bearers)
    _write_opening(page, [story[number] for number in document.parents])
    _write_duties(page, groups)
    _write_closing(page)
    copies, signer = write_tail(sheet, document, bool(addressees), rng)
    sheet.add(f"{phrases()['marker']}\n")
    head = _head(document, title) | {"signers": [signer], "addressees": addressees, "copies": copies}
    record: Json = {"documents": [head], "citations": page.citations, "obligations": page.obligations}
    return Written(document, sheet.text(), record, tuple(page.norms))


def _head(document: Planned, title: str) -> Json:
    return {
        "id": "d1",
        "iri": document.iri,
        "type": document.type,
        "symbol": str(document.symbol),
        "issuer": document.issuer.truth,
        "issued": document.day,
        "title": title,
        "level": document.level,
        "system": document.system,
    }


def _title(page: _Page, guided: Planned | None) -> str:
    """The title; that of a guidance cites what it guides."""
    cited = citation_text(guided, page.document, page.rng, True) if guided else ""
    before = page.sheet.length
    title = write_title(page.sheet, page.document, cited, page.rng)
    if guided:
        text = "".join(page.sheet.pieces)[before:]
        _cite(
            page,
            guided,
            "guides",
            before + text.index("HƯỚNG DẪN"),
            before + text.index(cited) + len(cited),
            text,
            before,
        )
    return title


def _cite(page: _Page, cited: Planned, relation: str, start: int, end: int, text: str, origin: int) -> None:
    """Put a citation into the record: its quote is ``start:end`` of the sheet, in a text that begins at ``origin``."""
    span = {"start": start, "end": end, "exact": text[start - origin : end - origin]}
    named = {
        "type": cited.type,
        "symbol": str(cited.symbol),
        "issuer": cited.issuer.truth,
        "issued": cited.day,
        "iri": cited.iri,
    }
    page.citations.append({"citing": "d1", "cited": named, "relation": relation, "evidence": span})


def _write_opening(page: _Page, parents: Sequence[Planned]) -> None:
    """What stands before the duties: the situation, what is carried out, and the words that order."""
    document, rng = page.document, page.rng
    _write_basis(page)
    if document.type == "CT" or rng.random() < 0.2:
        page.paragraph(rng.choice(document.subject.situations))
    for paragraph in told(rng, document.subject.name, page.told):
        page.paragraph(paragraph)
    before, cited_at = "", list[tuple[Planned, int]]()
    if parents:
        opening, closing = rng.choice(phrases()["citations"]["triggers"]).split("{cited}")
        before = opening
        for number, parent in enumerate(parents):
            last = number == len(parents) - 1
            before += citation_text(parent, document, rng, rng.random() < 0.6)
            cited_at.append((parent, len(before)))
            before += closing if last else "; "
    else:
        before = rng.choice(phrases()["citations"]["none"]).format(subject=document.subject.name)
    origin = page.sheet.length
    text = f"{before}{name_in(document, document.issuer)} {rng.choice(variants('openings', document.type))}"
    page.sheet.add(f"{text}\n\n")
    for parent, end in cited_at:
        _cite(page, parent, "implements", origin, origin + end, text, origin)


def _write_basis(page: _Page) -> None:
    """Now and then a plan of the State rests on a decision of the year before, which the corpus does not hold."""
    document = page.document
    if document.system != "state" or document.place is None or document.type != "KH" or page.rng.random() > 0.3:
        return
    number, day = page.rng.randint(100, 990), document.issued - timedelta(days=page.rng.randint(200, 330))
    symbol = f"{number}/QĐ-UBND"
    text = f"Căn cứ Quyết định số {symbol} ngày {short_date(day)} của {document.issuer.full} về {document.about}"
    span = page.sheet.add(f"{text};\n\n")
    named = {
        "type": "QĐ",
        "symbol": symbol,
        "issuer": document.issuer.truth,
        "issued": day.isoformat(),
        "iri": document_iri(document.series, day.year, "QĐ", str(number)),
    }
    span |= {"end": int(str(span["start"])) + len(text), "exact": text}
    page.citations.append({"citing": "d1", "cited": named, "relation": "basedOn", "evidence": span})


def _grouped(document: Planned, duties: Sequence[Duty]) -> Iterator[tuple[Office, list[Duty]]]:
    """The duties by who bears them, in the order in which bearers first come; the report last."""
    offices = [(office, duty) for duty in duties if (office := office_for(document, duty.role))]
    first = {office.full: number for number, (office, _) in reversed(list(enumerate(offices)))}
    offices.sort(key=lambda pair: (pair[1].action.reporting, first[pair[0].full]))
    for _, pairs in groupby(offices, key=lambda pair: (pair[1].action.reporting, pair[0].full)):
        group = list(pairs)
        yield group[0][0], [duty for _, duty in group]


def _write_duties(page: _Page, groups: Sequence[tuple[Office, list[Duty]]]) -> None:
    """The numbered duties; a plan has them in sections."""
    document = page.document
    titles = variants("sections", document.system) if document.type == "KH" else ()
    sections = ("II", "III") if titles else ("", "")
    if titles:
        page.sheet.add(f"{titles[0]}\n\n")
        page.paragraph(page.rng.choice(phrases()["sections"]["purposes"]).format(subject=document.subject.name))
        page.sheet.add(f"{titles[1]}\n\n")
    section, number = sections[0], 0
    for office, duties in groups:
        if titles and duties[0].action.reporting:
            page.sheet.add(f"{titles[2]}\n\n")
            section, number = sections[1], 0
        number += 1
        _write_group(page, office, duties, number, f"{section}.{number}" if section else str(number))


def _write_group(page: _Page, office: Office, duties: Sequence[Duty], number: int, section: str) -> None:
    """One duty in a line with its bearer, several as dashes below it."""
    forms = phrases()["duties"]
    bearer = name_in(page.document, office)
    if len(duties) > 1:
        page.sheet.add(f"{number}. {'Đề nghị ' if office.requested else ''}{bearer}:\n\n")
    for duty in duties:
        action = action_text(page.document, duty) + _reason(page, duty)
        if len(duties) > 1:
            line = f"- {action[0].upper()}{action[1:]}."
        else:
            form = forms["request"] if office.requested else forms["plain"]
            line = f"{number}. {form.format(bearer=bearer, action=action)}."
        span = page.paragraph(line)
        page.norms.append((duty, span))
        page.obligations.append(obligation_of(page.document, office, duty, section, span))


def _reason(page: _Page, duty: Duty) -> str:
    """Why, in a document that has prose."""
    return f", {reason(duty, page.document.subject.name)}" if page.told and not duty.action.reporting else ""


def _left_to_tell(document: Planned, duties: Sequence[Duty], rng: Random, length: int) -> int:
    """How long the prose is that makes the document as long as asked, give or take a third; at least 1."""
    if not length:
        return 0
    stated = sum(
        len(action_text(document, duty)) + len(reason(duty, document.subject.name)) + _AROUND for duty in duties
    )
    return max(1, round(length * rng.uniform(2 / 3, 4 / 3)) - stated - _FRAME)


def _via(document: Planned) -> Office | None:
    return office_for(document, "party-office" if document.system == "party" else "office")


def _partner(document: Planned, duty: Duty) -> Office | None:
    """Who acts with the bearer."""
    partner = office_for(document, duty.partner) if duty.partner else None
    bearer = office_for(document, duty.role)
    return None if partner and bearer and partner.path == bearer.path else partner


def action_text(document: Planned, duty: Duty) -> str:
    """What is to be done, with whom and until when, without the stop."""
    if duty.action.reporting:
        via = _via(document)
        return duty.action.wordings[duty.wording].format(
            issuer=name_in(document, document.issuer),
            via=phrases()["reporting"]["via"].format(office=name_in(document, via)) if via else "",
            due=duty.due.worded if duty.due else "",
        )
    partner = _partner(document, duty)
    text = worded(duty, document.subject, alone=partner is None)
    if partner:
        text = phrases()["duties"]["together"].format(partner=name_in(document, partner)) + text
    return f"{text}, {duty.due.worded}" if duty.due else text


def obligation_of(document: Planned, office: Office, duty: Duty, section: str | None, span: Span) -> Json:
    """The duty as the record has it."""
    found: Json = {
        "document": "d1",
        "bearers": [office.truth],
        "modality": "request" if office.requested else "duty",
    }
    if section:
        found["section"] = section
    if duty.due and duty.due.deadline:
        found["deadline"] = duty.due.deadline
    if duty.due and duty.due.recurrence:
        found["recurrence"] = duty.due.recurrence
    via = _via(document) if duty.action.reporting else None
    partner = _partner(document, duty)
    if duty.action.reporting:
        found["report_to"] = [document.issuer.truth]
    if via:
        found["via"] = [via.truth]
    if partner:
        found["with"] = [partner.truth]
    return found | {"evidence": span}


def _write_closing(page: _Page) -> None:
    forms = phrases()["closings"].get(f"{page.document.type}-{page.document.system}")
    if forms:
        page.sheet.add(f"{page.rng.choice(forms)}\n\n")
