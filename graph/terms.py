"""RDF terms made from the record's values, and the one way to say several things about a subject."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache

from pyoxigraph import Literal, NamedNode, Triple

from chidao.ontology.namespaces import CD, DCTERMS, OA, RDF, SKOS, XSD

Term = NamedNode | Literal
Values = Term | Iterable[Term | None] | None


@cache
def cd(name: str) -> NamedNode:
    """A term of our vocabulary by its local name."""
    return NamedNode(str(CD[name]))


@cache
def oa(name: str) -> NamedNode:
    """A term of the Web Annotation vocabulary by its local name."""
    return NamedNode(str(OA[name]))


TYPE = NamedNode(str(RDF.type))
TITLE = NamedNode(str(DCTERMS.title))
ALTERNATIVE = NamedNode(str(DCTERMS.alternative))
SUBJECT = NamedNode(str(DCTERMS.subject))
PREF_LABEL = NamedNode(str(SKOS.prefLabel))
ALT_LABEL = NamedNode(str(SKOS.altLabel))
HIDDEN_LABEL = NamedNode(str(SKOS.hiddenLabel))
NOTATION = NamedNode(str(SKOS.notation))
ACT = NamedNode(str(DCTERMS.source))
"""The act behind a change, by its symbol."""
FOLDED = cd("foldedText")
_DATE, _DATE_TIME, _DECIMAL = (NamedNode(str(name)) for name in (XSD.date, XSD.dateTime, XSD.decimal))


def node(iri: str | None) -> NamedNode | None:
    """The IRI as a term; None stays None."""
    return None if iri is None else NamedNode(iri)


def nodes(iris: Iterable[str]) -> tuple[NamedNode, ...]:
    """Several IRIs as terms."""
    return tuple(NamedNode(iri) for iri in iris)


def text(value: str | None, language: str | None = None) -> Literal | None:
    """A string literal; None stays None. Lone surrogates (file names that are not UTF-8) become "?"."""
    if value is None:
        return None
    return Literal(value.encode("utf-8", "replace").decode("utf-8"), language=language)


def integer(value: int) -> Literal:
    """An xsd:integer (the store knows no narrower type)."""
    return Literal(value)


def flag(value: bool) -> Literal | None:
    """An xsd:boolean where the value is true; what is not so is not stated."""
    return Literal(True) if value else None


def boolean(value: bool) -> Literal:
    """An xsd:boolean."""
    return Literal(value)


def decimal(value: float) -> Literal:
    """An xsd:decimal with at most three digits after the point, in canonical form (1, not 1.000)."""
    return Literal(f"{value:.3f}".rstrip("0").rstrip("."), datatype=_DECIMAL)


def calendar_date(iso: str | None) -> Literal | None:
    """An xsd:date from an ISO date; None stays None."""
    return None if iso is None else Literal(iso, datatype=_DATE)


def day_number(iso: str) -> int:
    """Days since 1970-01-01 of an ISO date or date-time: "1970-01-02" is 1."""
    return date.fromisoformat(iso[:10]).toordinal() - date(1970, 1, 1).toordinal()


def day(iso: str | None) -> Literal | None:
    """The day number as a literal; None stays None."""
    return None if iso is None else integer(day_number(iso))


def moment(iso: str) -> Literal:
    """The last moment allowed, in Vietnam time (+07:00, no summer time): a day ends at 23:59:59."""
    clock = iso if "T" in iso else f"{iso}T23:59:59"
    return Literal(f"{clock if clock.count(':') == 2 else clock + ':00'}+07:00", datatype=_DATE_TIME)


def date_time(iso: str) -> Literal:
    """An xsd:dateTime from an ISO date-time with its zone ("2026-03-01T08:00:00Z")."""
    return Literal(iso, datatype=_DATE_TIME)


def describe(subject: str | NamedNode, properties: Mapping[NamedNode, Values]) -> Iterator[Triple]:
    """One triple for each value; None and empty collections say nothing."""
    about = NamedNode(subject) if isinstance(subject, str) else subject
    for predicate, values in properties.items():
        if isinstance(values, NamedNode | Literal):
            yield Triple(about, predicate, values)
        elif values is not None:
            yield from (Triple(about, predicate, value) for value in values if value is not None)
