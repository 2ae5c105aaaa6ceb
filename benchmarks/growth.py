"""How the time of queries grows from 10^5 to 10^7 statements, and what a document takes of the disk.

Statements are those of all graphs, without the places of the register, which are as many in a store of any size. How
many documents make a size is reckoned from two small stores. Asked is, at every size, for documents whose chains are
as large: only the store grows. A query whose time is bound by its index keeps it then.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import pyoxigraph
from pyoxigraph import QuerySolutions

from chidao.graph.chain_index import ChainIndex, read_chain_index
from chidao.graph.names import SOURCE_GRAPHS
from chidao.graph.publish import snapshot
from chidao.ontology.vocabulary import query

from .corpora import LIKE_THE_CORPUS, loaded, without_places
from .measure import Figure, exponent, timed

FULL = (1e5, 1e6, 1e7)  # statements
FIRST = (10, 40)  # documents, from which the counts for these are reckoned; all of a quick run
ASKED, ROUNDS = 25, 5
CHAINS = ("chain-above", "chain-below")
INDEX_BOUND = (*CHAINS, "carry-over", "drift")
FEW = range(2, 6)  # documents in a chain that is asked for


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at one size; ``seconds`` by the name of the query."""

    documents: int
    statements: int
    source_statements: int
    bytes: int
    seconds: dict[str, float]


def run(quick: bool) -> list[Figure]:
    """The exponent of each index-bound template, and statements and bytes a document."""
    sizes = [_measure(count) for count in FIRST]
    if not quick:
        sizes = [_measure(count) for count in _counts(*sizes)]
    figures = [
        Figure(
            "largest_store", sizes[-1].statements, "statements", f"{sizes[-1].documents} documents; no places counted"
        )
    ]
    for size in sizes:
        figures += [_at(size, name) for name in INDEX_BOUND if name in size.seconds]
    slopes = {name: _slope(sizes, name) for name in INDEX_BOUND if all(name in size.seconds for size in sizes)}
    note = f"of the time to the statements, from {sizes[0].statements:,} to {sizes[-1].statements:,}: 0 does not grow, 1 grows as the store does"
    figures += [Figure(f"growth_exponent_{name}", slope, "exponent", note) for name, slope in slopes.items()]
    steeper = max(slopes[name] for name in CHAINS)
    figures.append(Figure("growth_exponent_chain", steeper, "exponent", f"the steeper of both chain queries, {note}"))
    return [*figures, *_a_document(sizes[0], sizes[-1])]


def _counts(first: Size, second: Size) -> list[int]:
    """How many documents make the stores of a full run."""
    each = (second.statements - first.statements) / (second.documents - first.documents)
    return [first.documents + round((wanted - first.statements) / each) for wanted in FULL]


def _at(size: Size, name: str) -> Figure:
    return Figure(f"{name}_at_{size.statements}", 1000 * size.seconds[name], "ms", f"median of up to {ASKED} documents")


def _slope(sizes: list[Size], name: str) -> float:
    return exponent([size.statements for size in sizes], [size.seconds[name] for size in sizes])


def _a_document(small: Size, large: Size) -> Iterator[Figure]:
    """What each further document costs: the register's part falls out in the difference."""
    more = large.documents - small.documents
    note = f"of {LIKE_THE_CORPUS} duties, from {small.documents} to {large.documents} documents"
    for key, unit, first, last in (
        ("bytes", "bytes", small.bytes, large.bytes),
        ("statements", "statements", small.statements, large.statements),
        ("source_statements", "statements", small.source_statements, large.source_statements),
    ):
        yield Figure(f"{key}_per_document", (last - first) / more, unit, f"{_OF[key]}, each further document {note}")


_OF = {
    "bytes": "the published snapshot and the kept text on the disk",
    "statements": "in all graphs",
    "source_statements": "in the graphs of the sources",
}


def _measure(count: int) -> Size:
    with tempfile.TemporaryDirectory() as folder:
        store = loaded(Path(folder), count, duties=LIKE_THE_CORPUS)
        data = Path(folder) / "data"
        statements = sum(1 for _ in without_places(iter(store)))
        taken = _bytes(snapshot(data)) + _bytes(data / "texts")
        size = Size(count, statements, _in_sources(store), taken, _times(store, read_chain_index(store)))
        del store
    return size


def _times(store: pyoxigraph.Store, index: ChainIndex) -> dict[str, float]:
    """The median over several documents of the seconds of each template, each asked until it is warm."""
    asked = sorted(iri for iri in index.heads if len(index.below(iri)) in FEW and index.above(iri))[:ASKED]
    works = {name: [partial(_all, store, query(name).bind(document=iri)) for iri in asked] for name in INDEX_BOUND}
    quickest = {name: [min(timed(each) for _ in range(ROUNDS)) for each in found] for name, found in works.items()}
    return {name: median(seconds) for name, seconds in quickest.items() if seconds}


def _all(store: pyoxigraph.Store, text: str) -> int:
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    return sum(1 for _ in solutions)


def _in_sources(store: pyoxigraph.Store) -> int:
    graphs = (graph for graph in store.named_graphs() if str(graph).startswith(f"<{SOURCE_GRAPHS}"))
    return sum(1 for graph in graphs for _ in store.quads_for_pattern(None, None, None, graph))


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
