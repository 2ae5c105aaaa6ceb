"""The cells of an answer on a page: names with links to our pages, numbers, days, and texts with their language."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from chidao.ontology.namespaces import RDF, XSD
from chidao.web import links
from chidao.web.description import shortened
from chidao.web.result_names import TITLE, Names, compact
from chidao.web.result_rows import Row, Term

LONGEST_CELL = 2000  # characters of a literal; the downloads hold the rest
_NUMBERS = frozenset(
    str(XSD[name])
    for name in ("integer", "decimal", "double", "float", "int", "long", "short", "byte", "nonNegativeInteger")
)
_LOOKS_A_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?([eE][+-]?\d+)?")  # -5, 1.5E3
_DAYS = frozenset(str(XSD[name]) for name in ("date", "dateTime"))
_PLAIN = frozenset((str(XSD.string), str(RDF.langString)))


@dataclass(frozen=True, slots=True)
class Cell:
    """A term as a page shows it. ``kind`` is "iri", "number", "day" or "text", "" for nothing.

    Of a thing, ``iri`` is in full, ``note`` in short and ``title`` that of a document; of a literal, ``language`` its
    tag and ``note`` a datatype that its look does not tell. ``cut`` says that a text goes on.
    """

    kind: str = ""
    text: str = ""
    url: str = ""
    iri: str = ""
    note: str = ""
    title: str = ""
    language: str = ""
    cut: bool = False


def cells(rows: Iterable[Row], names: Names) -> tuple[tuple[Cell, ...], ...]:
    """The rows as they are shown."""
    return tuple(tuple(_cell(term, names) for term in row) for row in rows)


def things(rows: Iterable[Row]) -> set[str]:
    """The IRIs in the rows."""
    return {term.value for row in rows for term in row if isinstance(term, NamedNode)}


def is_number(term: Term | None) -> bool:
    """True for a literal that says and looks so: not for "=1+1"^^xsd:integer."""
    if not isinstance(term, Literal) or term.datatype.value not in _NUMBERS:
        return False
    return _LOOKS_A_NUMBER.fullmatch(term.value) is not None


def lexical(term: Term | None) -> str:
    """The term as SPARQL's CSV has it: the IRI, the words of a literal, "" where nothing is bound."""
    if term is None:
        return ""
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


def _cell(term: Term | None, names: Names) -> Cell:
    if term is None:
        return Cell()
    if isinstance(term, NamedNode):
        return _thing(term.value, names)
    return _literal(term) if isinstance(term, Literal) else Cell("text", str(term))


def _thing(iri: str, names: Names) -> Cell:
    name, short = names.name(iri), compact(iri)
    title = shortened(names.title(iri), TITLE)
    return Cell("iri", name or short, links.page(iri), iri, short if name else "", title)


def _is_day(text: str) -> bool:
    """Whether the page can write it in the reader's way; a date may have a zone, or a year before our era."""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _literal(literal: Literal) -> Cell:
    datatype = literal.datatype.value
    text = literal.value[:LONGEST_CELL]
    cut = len(literal.value) > LONGEST_CELL
    if datatype in _NUMBERS:
        return Cell("number", text, cut=cut)
    if datatype in _DAYS and _is_day(text):
        return Cell("day", text)
    note = "" if datatype in _PLAIN else compact(datatype)
    return Cell("text", text, note=note, language=literal.language or "", cut=cut)
