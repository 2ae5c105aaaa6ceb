"""Give a cited document its identity: issuing body, type, number and year of issue; where one is missing, say so.

A symbol alone names nothing: Party numbers restart with each term, State numbers each year, and every province has a
18-CT/TU. What the text leaves out is taken from its context only where the context leaves one reading.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from chidao.graph.model import Body, CitedDocument, Document, Resolution
from chidao.graph.names import document_iri, local_iri, plain_number, register_path, slug, symbol_key
from chidao.loaders.bodies import Reading, body_of
from chidao.loaders.clean import Clean
from chidao.loaders.mentions import Mention

# The term of the National Assembly stands in its code: "QH15", "UBTVQH15", "HĐNN8"
_TERM = re.compile(r"(?<=QH|NN)\d{1,2}$")


@dataclass(frozen=True, slots=True)
class Resolved:
    """A cited document with what is known about its identity."""

    document: CitedDocument
    resolution: Resolution = "resolved"
    reason: str | None = None
    candidates: tuple[str, ...] = ()


def identity(mention: Mention) -> str:
    """What all spellings of one symbol share; of a short form, type and number."""
    if mention.symbol is None:
        return f"{mention.type} {plain_number(mention.number)}"
    return symbol_key(str(mention.symbol))


def is_document(mention: Mention, document: Document) -> bool:
    """True when the mention names this document of the text itself.

    A code names no place: the province's "51/KH-UBND" is not the district's. Where the mention says whose it is, the
    year must agree; where it does not, the day.
    """
    if document.symbol is None or symbol_key(document.symbol) != identity(mention):
        return False
    place, own = _issued_at(mention), document.issuer.place if document.issuer else None
    if place and own and place != own:
        return False
    stated = mention.date.iso if mention.date and not mention.date.inferred else None
    if stated is None or document.issued is None:
        return True
    exact = place is None and "issued" not in document.inferred
    return stated == document.issued if exact else stated[:4] == document.issued[:4]


def _issued_at(mention: Mention) -> str | None:
    """The place of the stated issuer, which tells whose code it is."""
    stated = mention.issuers[0] if mention.issuers else mention.sender
    return stated.place if stated else None


def same_act(mentions: Iterable[Mention]) -> list[list[Mention]]:
    """The mentions by act: one symbol and, where stated, one year and place of the issuer.

    One that states neither joins its symbol's only act, and stands alone where there are several.
    """
    by_symbol: dict[str, list[Mention]] = {}
    for mention in mentions:
        by_symbol.setdefault(identity(mention), []).append(mention)
    years = [part for same in by_symbol.values() for part in _parted(same, [m.year for m in same])]
    return [part for same in years for part in _parted(same, [_issued_at(m) for m in same])]


def _parted(same: list[Mention], values: Sequence[int | str | None]) -> list[list[Mention]]:
    """The mentions by their values, where these are several; those without one each alone."""
    several = dict.fromkeys(value for value in values if value)
    if len(several) <= 1:
        return [same]
    of_value = [[m for m, value in zip(same, values, strict=True) if value == each] for each in several]
    return [*of_value, *([m] for m, value in zip(same, values, strict=True) if not value)]


def coded(mention: Mention, reading: Reading, home: str | None, day: str | None = None) -> Body | None:
    """The body that the issuer code names at the place of its sender, else at ``home`` (a path)."""
    if mention.symbol is None:
        return None
    code = _TERM.sub("", mention.symbol.issuer)
    sent_from = register_path(mention.sender.place, "place") if mention.sender and mention.sender.place else None
    entry = reading.register.by_symbol(code, sent_from or home, None, day or reading.context.date)
    return body_of(entry) if entry else None


def settled(
    clean: Clean, acts: Sequence[Sequence[Mention]], documents: Sequence[Document], reading: Reading, home: str | None
) -> list[Resolved]:
    """The document that each act names; ``documents`` are those of the text itself, which keep their own IRIs.

    A mention without a year whose symbol the text gives to documents of several years is ambiguous between them.
    """
    found = [resolved(clean, act, reading, home) for act in acts]
    known: dict[str, list[str]] = {}
    for act, target in zip(acts, found, strict=True):
        if target.resolution == "resolved":
            known.setdefault(identity(act[0]), []).append(target.document.iri)
    return [
        _own(act[0], target, documents)
        or _another(act[0], target, documents, reading)
        or _ambiguous(target, known.get(identity(act[0]), []))
        for act, target in zip(acts, found, strict=True)
    ]


def _own(mention: Mention, target: Resolved, documents: Sequence[Document]) -> Resolved | None:
    own = next((d for d in documents if is_document(mention, d)), None)
    return Resolved(replace(target.document, iri=own.iri, issuer=own.issuer, issued=own.issued)) if own else None


def _another(mention: Mention, target: Resolved, documents: Sequence[Document], reading: Reading) -> Resolved | None:
    """What has the text's own symbol and another day: of a body that the text does not name."""
    if all(target.document.iri != document.iri for document in documents):
        return None
    name = slug(f"{mention.type or ''} {mention.symbol or mention.number} {target.document.issued or ''}")
    document = replace(target.document, iri=local_iri(reading.sha256, "document", name), issuer=None, inferred=())
    reason = "the symbol is that of the text itself, but not the day: another body issued it"
    return Resolved(document, "unresolved", reason)


def _ambiguous(target: Resolved, known: list[str]) -> Resolved:
    if target.resolution == "resolved" or not known:
        return target
    reason = "the text cites documents of several years under this symbol"
    return replace(target, resolution="ambiguous", reason=reason, candidates=tuple(known))


def resolved(clean: Clean, act: Sequence[Mention], reading: Reading, home: str | None) -> Resolved:
    """The document that the mentions of one act name together; ``home`` is the place of those who issued the text."""
    full = max(act, key=lambda m: (bool(m.issuers), m.date is not None, m.subject is not None))
    dated = next((m.date for m in act if m.date and m.date.iso), None)
    year = next((m.year for m in act if m.year), None)
    stated = next((m.issuers[0] for m in act if m.issuers), None)
    by_code = coded(full, reading, home, dated.iso if dated else f"{year}-12-31" if year else None)
    sender = next((m.sender for m in act if m.sender), None)
    issuer = stated or (by_code if by_code and not by_code.group else sender)
    series = _series(stated or (sender if by_code is None else None), by_code)
    inferred = (
        *(("issuer",) if stated is None and issuer is not None and issuer is by_code else ()),
        *(("issued",) if dated and dated.inferred else ()),
    )
    document = CitedDocument(
        iri="",
        type=full.type or next((m.type for m in act if m.type), None),
        symbol=str(full.symbol) if full.symbol else None,
        number=plain_number(full.number),
        issuer=issuer,
        issued=dated.iso if dated else None,
        title=_title(clean, act),
        inferred=inferred,
    )
    return _identified(document, full, series, year, reading)


def _series(stated: Body | None, coded: Body | None) -> str | None:
    """Under whose name the document is numbered: the stated issuer's, or the code's where no other place is meant."""
    if stated is None:
        return coded.series if coded else None
    same_place = coded is not None and (coded.level == "central" or coded.place == stated.place)
    return stated.series or (coded.series if coded and same_place else None)


def _title(clean: Clean, act: Sequence[Mention]) -> str | None:
    said = [m.subject for m in act if m.subject]
    return " ".join(clean.text[slice(*said[0])].split()).strip(" ,;.") if said else None


def _identified(
    document: CitedDocument, mention: Mention, series: str | None, year: int | None, reading: Reading
) -> Resolved:
    """The document with its own IRI where series, type and year are known; else with one of this source, and why."""
    normative = mention.symbol is not None and mention.symbol.style == "state" and mention.symbol.year is not None
    if series and year and document.type:
        iri = document_iri(series, year, document.type, mention.number, normative=normative)
        return Resolved(replace(document, iri=iri))
    name = slug(f"{document.type or ''} {document.symbol or mention.number} {document.issued or year or ''}")
    missing = [
        what
        for what, known in (("issuing body", series), ("year of issue", year), ("type", document.type))
        if not known
    ]
    candidates = (document.issuer.iri,) if document.issuer else ()
    return Resolved(
        replace(document, iri=local_iri(reading.sha256, "document", name)),
        "unresolved",
        f"the text does not settle the {' and the '.join(missing)} of the cited document",
        candidates,
    )
