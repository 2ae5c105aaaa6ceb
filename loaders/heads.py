"""Read the head of an original document: symbol, type, date, title, issuer, addressees, copies, signers, receptions.

Every value is a claim with its quote; two readings of the issuer (letterhead, adopting body, signature) are two claims.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from chidao.graph.model import Body, Claim, Document, Reception, SourceKind, Unresolved
from chidao.graph.names import document_iri, local_iri
from chidao.loaders.bodies import Reading, read_bodies
from chidao.loaders.clean import Clean
from chidao.loaders.columns import left_column, side_by_side
from chidao.loaders.issuers import issuers_of
from chidao.loaders.numbers import DateLine, OwnSymbol, date_line, document_type, own_symbol, portal_date
from chidao.loaders.signatures import signers_of
from chidao.loaders.stamps import read_stamp
from chidao.loaders.symbols import as_letter
from chidao.loaders.titles import Title, title_of, title_text
from chidao.loaders.zones import Zones

# Items of Kính gửi and Nơi nhận: by line, dash or semicolon
_ITEM = re.compile(r"[^;\n]+(?:\n(?![-+\s])[^;\n]+)*")
# What an item says beside the body: "(để b/c)", "(để thực hiện)"
_PURPOSE = re.compile(r"\((?:để|gửi|qua)\b[^)]{0,200}\)")
# "Như trên", "Như kính gửi", "Như Điều 3", "Lưu: VT", "Đ/c …", "Các đồng chí …": no bodies
_NO_BODY = re.compile(r"[-+\s]*(?:như\b|lưu\b|đ/c\b|(?:các\s+)?đ(?:ồng\s+chí|/c)\b)", re.I)


@dataclass(frozen=True, slots=True)
class Head:
    """What stands around the text of a source: its documents, the context in which names are read,
    where the text lies.
    """

    kind: SourceKind
    documents: tuple[Document, ...]
    reading: Reading
    body: tuple[int, int]
    unresolved: tuple[Unresolved, ...] = ()


def read_original(clean: Clean, zones: Zones, sha256: str, name: str = "d1") -> Head:
    """The head of an original document, ``name`` in its record; what the text does not state stays None."""
    text = clean.text
    own = own_symbol(text, zones)
    dated = date_line(text, zones) or portal_date(text, own)
    title = title_of(text, zones, own)
    issued = dated.date.iso if dated else None
    code, type_span = document_type(text, zones, own)
    own = _sent(own, code)
    issuers, reading = issuers_of(clean, zones, own, title, dated, sha256)
    chosen = issuers[0].body if issuers else None
    document = Document(
        id=name,
        iri=_iri(code, own, chosen, issued) or local_iri(sha256, "document", name),
        type=code,
        symbol=str(own.symbol) if own and own.symbol.number else None,
        number=own.symbol.number if own else None,
        issuer=chosen,
        issued=issued,
        title=title_text(text, title.start, title.end) or None if title else None,
        level=chosen.level if chosen else None,
        system=chosen.system if chosen else None,
        inferred=chosen.inferred and ("issuer",) if chosen else (),
    )
    document = _with_parties(document, clean, zones, reading)
    claims = [
        *_stated(clean, document, own, dated, title, type_span),
        *(Claim("issuedBy", i.body.iri, clean.span(i.start, i.end)) for i in issuers),
        *document.claims,
    ]
    return Head("original", (replace(document, claims=tuple(claims)),), reading, zones.body)


def _sent(own: OwnSymbol | None, code: str | None) -> OwnSymbol | None:
    """The symbol of a công văn, in which what looks like a type is the issuer: "5348/CT-CS" is of Cục Thuế."""
    typed = own is not None and own.symbol.style == "state" and own.symbol.year is None and own.symbol.type != "CV"
    return replace(own, symbol=as_letter(own.symbol)) if own and typed and code == "CV" and own.symbol.number else own


def _iri(code: str | None, own: OwnSymbol | None, issuer: Body | None, issued: str | None) -> str | None:
    if code and own and own.symbol.number and issuer and issuer.series and issued:
        year = own.symbol.year or int(issued[:4])
        return document_iri(issuer.series, year, code, own.symbol.number, normative=own.symbol.year is not None)
    return None


def _stated(
    clean: Clean,
    document: Document,
    own: OwnSymbol | None,
    dated: DateLine | None,
    title: Title | None,
    type_span: tuple[int, int] | None,
) -> Iterator[Claim]:
    if document.symbol and own:
        yield Claim("symbol", document.symbol, clean.span(own.start, own.end))
    if document.issued and dated:
        yield Claim("issued", document.issued, clean.span(dated.start, dated.date.end))
    if document.title and title:
        yield Claim("title", document.title, clean.span(title.start, title.end))
    if document.type and type_span:
        yield Claim("documentType", document.type, clean.span(*type_span))


def _with_parties(document: Document, clean: Clean, zones: Zones, reading: Reading) -> Document:
    """The document with addressees, copies, signers and receptions, and their claims."""
    addressed = list(_listed(clean, zones.address, reading))
    copied = list(_listed(clean, zones.distribution, reading))
    signed = signers_of(clean.text, *zones.signature) if zones.signature else ()
    claims = (
        *(Claim("addressedTo", body.iri, clean.span(*at)) for body, at in addressed),
        *(Claim("copiedTo", body.iri, clean.span(*at)) for body, at in copied),
        *(Claim("signature", signer.name, clean.span(start, end)) for signer, start, end in signed),
    )
    return replace(
        document,
        addressees=_once(body for body, _ in addressed),
        copies=_once(body for body, _ in copied),
        signers=tuple(signer for signer, _, _ in signed),
        received=tuple(_receptions(clean, zones, reading)),
        claims=claims,
    )


def _once(bodies: Iterator[Body]) -> tuple[Body, ...]:
    return tuple({body.iri: body for body in bodies}.values())


def _listed(clean: Clean, zone: tuple[int, int] | None, reading: Reading) -> Iterator[tuple[Body, tuple[int, int]]]:
    """The bodies of a list of addressees or copies, each with the offsets of its item."""
    if zone is None:
        return
    text = left_column(clean.text, *zone) if side_by_side(clean.text, *zone) else clean.text
    for item in _ITEM.finditer(text, *zone):
        purpose = _PURPOSE.search(text, item.start(), item.end())
        end = purpose.start() if purpose else item.end()
        if _NO_BODY.match(text, item.start()) or not text[item.start() : end].strip(" -+\n"):
            continue
        for body in read_bodies(text, item.start(), end, reading):
            yield body, (item.start(), item.end())


def _receptions(clean: Clean, zones: Zones, reading: Reading) -> Iterator[Reception]:
    for start, end in zones.stamps:
        stamp = read_stamp(clean.text, start, end)
        if stamp.number or stamp.date:
            receivers = read_bodies(clean.text, *stamp.receiver, reading) if stamp.receiver else ()
            yield Reception(receivers[0] if receivers else None, stamp.number, stamp.date, clean.span(start, end))
