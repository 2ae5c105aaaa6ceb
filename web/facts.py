"""The head of a document as a list of facts, each with the words that state it."""

from dataclasses import dataclass

from rdflib import URIRef

from chidao.ontology.collation import collation_key
from chidao.ontology.namespaces import CD, DCTERMS
from chidao.web import links
from chidao.web.language import words
from chidao.web.links import Link
from chidao.web.marks import Quote
from chidao.web.readings import Readings

ALWAYS = (CD.documentType, CD.symbol, DCTERMS.title, CD.issuedBy, CD.issued)
WHERE_STATED = (
    DCTERMS.alternative,
    CD.level,
    CD.system,
    DCTERMS.subject,
    CD.inForceFrom,
    CD.inForceTo,
    CD.addressedTo,
    CD.copiedTo,
    CD.signature,
)
LINKED = (CD.issuedBy, CD.addressedTo, CD.copiedTo)
SORTED = (*LINKED, DCTERMS.subject)  # by name; the others keep the order of their IRIs
DATES = (CD.issued, CD.inForceFrom, CD.inForceTo)
LABELLED = (CD.documentType, CD.level, CD.system)
NAMED_HERE = {
    DCTERMS.title: "title",
    DCTERMS.alternative: "alternative",
    DCTERMS.subject: "subject",
}  # standard terms, which our vocabulary does not label
MOST_QUOTES = 3  # of one value: a document that is cited often has its issuer stated often


@dataclass(frozen=True, slots=True)
class FactValue:
    """One value with the quotes that state it; ``is_date`` asks for the reader's way of writing dates."""

    link: Link
    quotes: tuple[Quote, ...] = ()
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class Fact:
    """A property by its name; no values means that no text states it."""

    label: str
    values: tuple[FactValue, ...]
    inferred: bool


def facts(readings: Readings, document: str) -> list[Fact]:
    """The head's facts in reading order: the five that every document has, then those that are stated."""
    about = readings.description
    stated = [name for name in WHERE_STATED if about.values(document, name)]
    return [_fact(readings, document, name) for name in (*ALWAYS, *stated)]


def _fact(readings: Readings, document: str, name: URIRef) -> Fact:
    about = readings.description
    label = words(readings.language)[NAMED_HERE[name]] if name in NAMED_HERE else about.label(name, readings.language)
    quoted = _quotes(readings, document, name)
    values = [
        FactValue(_link(readings, name, value), quoted.get(value, ()), name in DATES)
        for value in about.values(document, name)
    ]
    if name in SORTED:
        values.sort(key=lambda value: collation_key(value.link.text))
    return Fact(label, tuple(values), str(name) in about.values(document, CD.inferred))


def _quotes(readings: Readings, document: str, name: URIRef) -> dict[str, tuple[Quote, ...]]:
    """Value -> quotes, from the claims about this property."""
    about = readings.description
    own = {*about.values(document, CD.hasText), *about.values(document, CD.reportedIn)}
    found: dict[str, tuple[Quote, ...]] = {}
    for claim in about.with_value(CD.claimOf, document):
        if str(name) in about.values(claim, CD.claimProperty):
            for value in about.values(claim, CD.claimValue):
                found[value] = found.get(value, ()) + readings.quotes(claim)
    return {value: _foremost(quotes, own) for value, quotes in found.items()}


def _foremost(quotes: tuple[Quote, ...], own: set[str]) -> tuple[Quote, ...]:
    """The first quotes, those from the document's own texts before those from texts that cite it."""
    return tuple(sorted(quotes, key=lambda quote: quote.source not in own)[:MOST_QUOTES])


def _link(readings: Readings, name: URIRef, value: str) -> Link:
    about = readings.description
    if name == CD.signature:
        parts = (about.value(value, part) for part in (CD.authorityMark, CD.signerPosition, CD.signerName))
        return Link(" · ".join(filter(None, parts)))
    if name in LABELLED:
        return Link(about.label(value, readings.language))
    if name in LINKED:
        return Link(about.label(value, readings.language), links.page(value))
    return Link(value)
