"""Hand-made records for the tests of the graph: small texts in the forms of real ones, with spans that are true."""

import hashlib
from dataclasses import replace

from chidao.graph.model import (
    Body,
    Citation,
    CitedDocument,
    Claim,
    Document,
    Obligation,
    Reception,
    Record,
    Signer,
    Source,
    Span,
)
from chidao.graph.names import body_iri, document_iri, local_iri, plain_number


def body(path: str, label: str, level: str, system: str, series: str | None = None) -> Body:
    """A body of the register."""
    place = path.rpartition("/")[0]
    return Body(label, body_iri(path), level, system, known=True, place=place, series=series or path)


CENTRE = body("trung-uong/trung-uong", "Trung ương", "central", "state")
PRIME_MINISTER = body("trung-uong/thu-tuong", "Thủ tướng Chính phủ", "central", "state")
PROVINCE_PARTY = body("quang-ninh/tinh-uy", "Tỉnh ủy Quảng Ninh", "province", "party")
PROVINCE_STATE = body("quang-ninh/uy-ban-nhan-dan", "Ủy ban nhân dân tỉnh Quảng Ninh", "province", "state")
DISTRICT_PARTY = body("quang-ninh/ba-che/huyen-uy", "Huyện ủy Ba Chẽ", "district", "party")
DISTRICT_STATE = body("quang-ninh/ba-che/uy-ban-nhan-dan", "Ủy ban nhân dân huyện Ba Chẽ", "district", "state")


class Text:
    """A text that is written sentence by sentence; each sentence gives its span."""

    def __init__(self) -> None:
        self.whole = ""

    def add(self, sentence: str) -> Span:
        start = len(self.whole)
        self.whole += sentence + "\n"
        return Span(start, start + len(sentence), sentence)


def symbol(issuer: Body, type_code: str, number: str, code: str) -> str:
    """The symbol in the style of the issuer's system."""
    return f"{number}-{type_code}/{code}" if issuer.system == "party" else f"{number}/{type_code}-{code}"


def cited(
    issuer: Body | None, type_code: str, number: str | None, code: str, issued: str | None, local: str = ""
) -> CitedDocument:
    """A document as cited; without number, issuer or date it gets the IRI ``local``."""
    whole = symbol(issuer, type_code, number, code) if issuer and number else None
    iri = local
    if issuer and issuer.series and number and issued:
        iri = document_iri(issuer.series, int(issued[:4]), type_code, number)
    return CitedDocument(iri, type_code, whole, plain_number(number) if number else None, issuer, issued)


def directive(  # noqa: PLR0917 - the order of a symbol's parts, as in `cited`
    issuer: Body,
    type_code: str,
    number: str | None,
    code: str,
    issued: str | None,
    cites: tuple[tuple[Body | None, str, str | None, str, str | None], ...] = (),
    duties: tuple[Obligation, ...] = (),
    path: str = "a.txt",
    words: str = "",
    relation: str = "implements",
) -> tuple[Record, str]:
    """A directive (its own text) and that text. ``cites`` are the arguments of ``cited``; spans are filled in."""
    text = Text()
    head = text.add(f"{issuer.label}, số {number or '…'}-{type_code}/{code}, ngày {issued or '…'} {words}".strip())
    spans = [text.add(f"Thực hiện {each[1]} số {each[2]} của {each[0].label if each[0] else '…'};") for each in cites]
    duty_spans = [text.add(f"{n}. {duty.evidence.exact}") for n, duty in enumerate(duties, 1)]
    sha256 = hashlib.sha256(text.whole.encode()).hexdigest()
    own = cited(issuer, type_code, number, code, issued, local_iri(sha256, "document", "d1"))
    document = Document(
        "d1",
        own.iri,
        own.type,
        own.symbol,
        own.number,
        issuer,
        issued,
        level=issuer.level,
        system=issuer.system,
        claims=(Claim("issuedBy", issuer.iri, head),),
    )
    citations = tuple(
        Citation("d1", cited(*each, local_iri(sha256, "document", f"c{n}")), relation, span)
        for n, (each, span) in enumerate(zip(cites, spans, strict=True), 1)
    )
    norms = tuple(replace(duty, evidence=span) for duty, span in zip(duties, duty_spans, strict=True))
    source = Source(path, sha256, "original", "text/plain", len(text.whole))
    return Record(source, (document,), tuple(map(_settled, citations)), obligations=norms), text.whole


def duty(words: str, *bearers: Body, **more: object) -> Obligation:
    """A duty whose span is filled in by ``directive``."""
    return Obligation("d1", bearers, "duty", Span(0, len(words), words), "subject", **more)


def _settled(citation: Citation) -> Citation:
    if "/source/" not in citation.cited.iri:
        return citation
    return replace(citation, resolution="unresolved", reason="date-not-stated")


def ba_che() -> list[tuple[Record, str]]:
    """Directive 18 of the province, 07 of the district and the district's plan: a chain of three texts."""
    eighteen = (PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18")
    seven = (DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19")
    report = duty("Ủy ban nhân dân huyện báo cáo Huyện ủy trước ngày 15/12/2021.", DISTRICT_STATE)
    report = replace(report, deadline="2021-12-15", report_to=(DISTRICT_PARTY,), section="1")
    return [
        directive(*eighteen, path="18.txt"),
        directive(*seven, cites=(eighteen,), duties=(report,), path="07.txt"),
        directive(DISTRICT_STATE, "KH", None, "UBND", "2021-10-25", cites=(seven,), path="kh.txt"),
    ]


def full_record() -> tuple[Record, str]:
    """A record that uses every field of a document's head."""
    record, text = directive(DISTRICT_PARTY, "CV", "632", "HU", "2021-08-31")
    quote = Span(0, 8, text[:8])
    document = replace(
        record.documents[0],
        title="Về công tác phòng, chống dịch",
        subjects=("phòng, chống dịch",),
        signers=(Signer("Nguyễn Văn Mẫu", "Phó Bí thư", "T/M"),),
        addressees=(DISTRICT_STATE,),
        copies=(PROVINCE_PARTY,),
        received=(Reception(DISTRICT_STATE, "1172", "2021-09-06", quote),),
        inferred=("issued",),
    )
    return replace(record, documents=(document,)), text
