"""How much a snapshot holds, as the descriptions of the service tell it; counted by the workers, once a snapshot."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from chidao.graph.names import graph_iri
from chidao.web.answers import LimitError, Query
from chidao.web.workers import Pool

MOST_GRAPHS = 1000  # named graphs that are listed; the ones that every dataset has come first
_SOURCES = graph_iri("source/")
_TOTALS = """
SELECT (COUNT(DISTINCT ?s) AS ?subjects) (COUNT(DISTINCT ?o) AS ?objects) (COUNT(*) AS ?triples) { ?s ?p ?o }"""
_ENTITIES = "SELECT (COUNT(DISTINCT ?s) AS ?entities) { ?s a ?class }"
_CLASSES = "SELECT ?name (COUNT(*) AS ?count) { ?s a ?name FILTER(ISIRI(?name)) } GROUP BY ?name ORDER BY ?name"
_PROPERTIES = "SELECT ?name (COUNT(*) AS ?count) { ?s ?name ?o } GROUP BY ?name ORDER BY ?name"
_GRAPHS = f"""
SELECT ?name (COUNT(*) AS ?count) {{ GRAPH ?name {{ ?s ?p ?o }} }} GROUP BY ?name
ORDER BY STRSTARTS(STR(?name), "{_SOURCES}") ?name LIMIT {MOST_GRAPHS}"""
_GRAPH_COUNT = "SELECT (COUNT(DISTINCT ?g) AS ?graphs) { GRAPH ?g {} }"


@dataclass(frozen=True, slots=True)
class Figures:
    """Counts over the default graph; of each class and property, and of each of the first named graphs.

    ``totals`` has "triples", "subjects", "objects", "entities" (things with a class) and "graphs" (named ones). What
    could not be counted within the limits of a query is missing.
    """

    totals: Mapping[str, int]
    classes: Mapping[str, int]
    properties: Mapping[str, int]
    graphs: Mapping[str, int]


@lru_cache(maxsize=2)
def dataset_figures(pool: Pool, snapshot: str) -> Figures:
    """Count what ``snapshot`` holds. Raises LimitError where all workers are busy, GoneError."""
    totals: dict[str, int] = {}
    for query in (_TOTALS, _ENTITIES, _GRAPH_COUNT):
        for row in _rows(pool, snapshot, query):
            totals |= {name: int(term["value"]) for name, term in row.items()}
    return Figures(totals, *(_counted(_rows(pool, snapshot, query)) for query in (_CLASSES, _PROPERTIES, _GRAPHS)))


def _counted(rows: list[dict[str, dict[str, str]]]) -> dict[str, int]:
    return {row["name"]["value"]: int(row["count"]["value"]) for row in rows if "name" in row}


def _rows(pool: Pool, snapshot: str, query: str) -> list[dict[str, dict[str, str]]]:
    """The bindings of the answer; none where the query costs more than it may."""
    try:
        answer = pool.answer(Query(query, "json", row_limit=100_000), snapshot)
    except LimitError as error:
        if error.retry_after is not None:
            raise
        return []
    with answer.body as body:
        found: list[dict[str, dict[str, str]]] = json.load(body)["results"]["bindings"]
    return found
