"""What the search index holds of a snapshot: a row of words for each document and each body.

Values are asked for property by property: one query that joins them takes the engine several times as long.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import count

from pyoxigraph import NamedNode

from chidao.ontology.namespaces import CD, DCTERMS, SKOS
from chidao.web.reader import Reader
from chidao.web.search_words import short_forms, spelled_out, tokens

THINGS = "SELECT ?thing WHERE { ?thing a $term } LIMIT $limit OFFSET $offset"
VALUES = "SELECT ?thing ?value WHERE { ?thing $term ?value } LIMIT $limit OFFSET $offset"
LABELS = """
SELECT ?thing ?value (LANG(?value) AS ?language) WHERE {
  VALUES ?kind { cd:Body cd:BodyGroup cd:DocumentType } ?thing a ?kind ; $term ?value
} LIMIT $limit OFFSET $offset"""
HEAD = {
    "symbol": (CD.symbol,),
    "type": (CD.documentType,),
    "issued": (CD.issued,),
    "issuer": (CD.issuedBy,),
    "title": (DCTERMS.title, DCTERMS.alternative, DCTERMS.subject),
}

Values = Mapping[str, list[str]]
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Called:
    """How a body or type is called: the name to show, the folded names, and its abbreviations."""

    shown: str
    names: tuple[str, ...]
    short: str


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of everything in the graph; ``codes`` are the abbreviations in symbols ("HU", "CT")."""

    shown: Values
    every: Values
    codes: Values

    def called(self, thing: str) -> Called:
        """All names of ``thing``; "" to show where it has none in Vietnamese."""
        names = tuple(dict.fromkeys(map(_folded, self.every.get(thing, ()))))
        codes = map(_folded, self.codes.get(thing, ()))
        return Called(
            next(iter(self.shown.get(thing, ())), ""), names, " ".join((short_forms(" ".join(names)), *codes))
        )


def index_rows(reader: Reader) -> Iterator[Row]:
    """A row for each body and document, with the columns of ``search.TABLE``.

    ``whole`` holds complete names between bars: "|7 ct hu|chi thi 7 ct hu|".
    """
    called = cache(_labels(reader).called)
    for kind in (CD.Body, CD.BodyGroup):
        yield from (_body_row(body, called(body)) for body in _things(reader, kind) if called(body).shown)
    heads = {name: _values(reader, *properties) for name, properties in HEAD.items()}
    for thing in _things(reader, CD.Document):
        yield _document_row(thing, {name: values.get(thing, []) for name, values in heads.items()}, called)


def _labels(reader: Reader) -> Labels:
    """The names of bodies and types, of which places and the like have many more. Folded ones are skos:hiddenLabel."""
    shown: defaultdict[str, list[str]] = defaultdict(list)
    every: defaultdict[str, list[str]] = defaultdict(list)
    for name in (SKOS.prefLabel, SKOS.hiddenLabel):
        for row in _rows(reader, LABELS, name):
            every[row["thing"]].append(row["value"])
            if name == SKOS.prefLabel and row.get("language", "") in ("", "vi"):
                shown[row["thing"]].append(row["value"])
    return Labels(shown, every, _values(reader, CD.symbolCode, SKOS.notation))


def _body_row(body: str, called: Called) -> Row:
    return body, "body", called.shown, "", _whole(called.names), "", " ".join(called.names), called.short, ""


def _document_row(thing: str, head: Mapping[str, list[str]], called: Callable[[str], Called]) -> Row:
    kinds, issuers = ([*map(called, head[name])] for name in ("type", "issuer"))
    symbols, issued = [*map(_folded, head["symbol"])], next(iter(head["issued"]), "")
    day = "/".join(reversed(issued.split("-")))
    return (
        thing,
        "document",
        " ".join([kind.shown for kind in kinds[:1]] + (head["symbol"] or head["title"])[:1]) or thing,
        " · ".join(filter(None, (day, *(issuer.shown for issuer in issuers[:1])))),
        _whole([*symbols, *(f"{name} {symbol}" for kind in kinds for name in kind.names for symbol in symbols)]),
        " ".join((*symbols, *(kind.short for kind in kinds))),
        " ".join(name for each in (*kinds, *issuers) for name in each.names),
        " ".join(issuer.short for issuer in issuers),
        " ".join((*map(_with_meanings, head["title"]), _folded(day))),
    )


def _with_meanings(title: str) -> str:
    folded = _folded(title)
    return f"{folded} {spelled_out(title)} {short_forms(folded)}"


def _whole(names: Iterable[str]) -> str:
    return f"|{'|'.join(names)}|"


def _folded(text: str) -> str:
    return " ".join(tokens(text))


def _things(reader: Reader, kind: str) -> list[str]:
    return [row["thing"] for row in _rows(reader, THINGS, kind)]


def _values(reader: Reader, *properties: str) -> Values:
    """Thing -> values of the properties."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for name in properties:
        for row in _rows(reader, VALUES, name):
            found[row["thing"]].append(row["value"])
    return found


def _rows(reader: Reader, template: str, term: str) -> Iterator[dict[str, str]]:
    """All rows, as many at a time as an answer may have."""
    for offset in count(0, reader.row_limit):
        rows = reader.rows(template, term=NamedNode(term), limit=reader.row_limit, offset=offset)
        yield from rows
        if len(rows) < reader.row_limit:
            return
