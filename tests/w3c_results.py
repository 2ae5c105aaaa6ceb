"""Results of queries of the W3C suite: read from any of its forms, and made comparable.

Rows are a bag, or a list where the query orders them; blank nodes match one to one; numbers are compared by value.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from pathlib import Path

from pyoxigraph import (
    BlankNode,
    CanonicalizationAlgorithm,
    Dataset,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)
from w3c_suite import FORMATS, iri_of

RS = "http://www.w3.org/2001/sw/DataAccess/tests/result-set#"
XSD = "http://www.w3.org/2001/XMLSchema#"
ROW, PLACE = NamedNode("urn:row"), NamedNode("urn:place")
RESULT_FORMATS = {
    "srx": QueryResultsFormat.XML,
    "srj": QueryResultsFormat.JSON,
    "tsv": QueryResultsFormat.TSV,
}
Term = NamedNode | BlankNode | Literal | Triple
Row = dict[str, Term]


@dataclass(frozen=True, slots=True)
class Result:
    """What can be compared: of rows their variables, of a graph or of rows the statements with canonical blank nodes."""

    kind: str
    variables: frozenset[str]
    statements: frozenset[str]


def expected(file: Path, ordered: bool) -> Result:
    """The result that a file of the suite holds."""
    ending = file.suffix[1:]
    if ending in FORMATS:
        return _from_graph([quad.triple for quad in parse(path=file, format=FORMATS[ending], base_iri=iri_of(file))])
    return read_result(file.read_bytes(), ending, ordered)


def read_result(content: bytes, ending: str, ordered: bool) -> Result:
    """A result in SPARQL's XML (srx), JSON (srj), CSV or TSV, or a graph in Turtle."""
    if ending == "csv":
        return _from_csv(content.decode("utf-8"), ordered)
    if ending == "ttl":
        return graph_result([quad.triple for quad in parse(content, RdfFormat.TURTLE)])
    return result(parse_query_results(content, RESULT_FORMATS[ending]), ordered)


def result(found: QueryBoolean | QuerySolutions | QueryTriples, ordered: bool) -> Result:
    """The result as the engine gives it."""
    if isinstance(found, QueryBoolean):
        return Result(str(bool(found)), frozenset(), frozenset())
    if isinstance(found, QueryTriples):
        return graph_result(found)
    names = [variable.value for variable in found.variables]
    rows = [{name: term for name, term in zip(names, row, strict=True) if term is not None} for row in found]
    return _rows(names, rows, ordered)


def graph_result(triples: Iterable[Triple]) -> Result:
    """A graph; equal ones are isomorphic."""
    return Result("graph", frozenset(), _canonical(Quad(*triple) for triple in triples))


def dataset(quads: Iterable[Quad]) -> frozenset[str]:
    """The statements of a dataset; equal ones are isomorphic."""
    return _canonical(quads)


def _rows(names: Sequence[str], rows: Sequence[Row], ordered: bool) -> Result:
    quads: list[Quad] = []
    for place, row in enumerate(rows):
        node = BlankNode()
        quads.append(Quad(node, ROW, ROW))
        quads += [Quad(node, NamedNode(f"urn:variable:{name}"), term) for name, term in row.items()]
        if ordered:
            quads.append(Quad(node, PLACE, Literal(place)))
    return Result("rows", frozenset(names), _canonical(quads))


def _from_graph(triples: Sequence[Triple]) -> Result:
    """Rows or a boolean that are written as RDF (the result set vocabulary of the working group), or just a graph."""
    about: dict[object, list[Triple]] = {}
    for triple in triples:
        about.setdefault(triple.subject, []).append(triple)
    found = [triple.subject for triple in triples if triple.object == NamedNode(f"{RS}ResultSet")]
    if not found:
        return graph_result(triples)

    def values(node: object, name: str) -> list[Term]:
        return [triple.object for triple in about.get(node, []) if triple.predicate == NamedNode(f"{RS}{name}")]

    for boolean in values(found[0], "boolean"):
        return Result(str(getattr(boolean, "value", "") == "true"), frozenset(), frozenset())
    rows = sorted(values(found[0], "solution"), key=lambda row: [int(v.value) for v in values(row, "index")])  # type: ignore[union-attr]
    names = [name.value for name in values(found[0], "resultVariable")]  # type: ignore[union-attr]
    bound = [
        {values(one, "variable")[0].value: values(one, "value")[0] for one in values(row, "binding")}  # type: ignore[union-attr]
        for row in rows
    ]
    return _rows(names, bound, ordered=False)


def _from_csv(text: str, ordered: bool) -> Result:
    """CSV tells no types: every cell is a text, except for labels of blank nodes; what looks like a number is one."""
    names, *lines = csv.reader(io.StringIO(text))
    rows: list[Row] = [
        {name: _cell(cell) for name, cell in zip(names, line, strict=True) if cell} for line in lines if line
    ]
    return _rows(names, rows, ordered)


def _cell(cell: str) -> Term:
    if cell.startswith("_:"):
        return BlankNode(cell[2:])
    try:
        return Literal(float(cell))
    except ValueError:
        return Literal(cell)


def _canonical(quads: Iterable[Quad]) -> frozenset[str]:
    made = Dataset(Quad(q.subject, q.predicate, _valued(q.object), q.graph_name) for q in quads)
    made.canonicalize(CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(map(str, made))


def _valued(term: Term) -> Term:
    """A number or truth value in one way of writing: ``01`` and ``1``, ``true`` and ``1`` are one value of their type."""
    if not isinstance(term, Literal) or not term.datatype.value.startswith(XSD):
        return term
    kind = term.datatype.value.removeprefix(XSD)
    try:
        if kind in ("double", "float"):
            return Literal(repr(float(term.value)), datatype=term.datatype)
        if kind in ("decimal", "integer"):
            return Literal(format(Decimal(term.value).normalize(), "f"), datatype=term.datatype)
        if kind == "boolean":
            return Literal(str(term.value in ("true", "1")), datatype=term.datatype)
    except (ValueError, InvalidOperation):
        return term
    return term
