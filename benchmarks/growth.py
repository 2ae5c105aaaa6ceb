"""How the time of queries grows from 10^5 to 10^7 statements, and what a document takes of the disk.

Statements are those of all graphs, without the places of the register, which are as many in a store of any size. How
many documents make a size is reckoned from two small stores. Asked is, at every size, for documents whose chains are
as large: only the store grows. A query whose time is bound by its index keeps it then. Seconds are those of the
processor, so that other work on the machine does not count.
"""

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import geometric_mean, median
from time import process_time

import pyoxigraph
from pyoxigraph import QuerySolutions

from chidao.graph.bulk import source_graphs
from chidao.graph.chain_index import ChainIndex, read_chain_index
from chidao.graph.place_triples import place_ntriples
from chidao.graph.publish import snapshot
from chidao.ontology.vocabulary import query

from .corpora import LIKE_THE_CORPUS, loaded
from .measure import Figure, exponent, timed

FULL = (1e5, 1e6, 1e7)  # statements
FIRST = (20, 80)  # documents, from which the counts for these are reckoned; all of a quick run
ASKED = 5  # documents of a shape that are asked for; the quickest of some rounds counts
ROUNDS, QUICK_ROUNDS = 7, 2
BELOW, ABOVE = range(1, 6), range(1, 3)  # documents below and above those that are asked for
CHAINS = ("chain-above", "chain-below")
INDEX_BOUND = (*CHAINS, "carry-over", "drift")

Shape = tuple[int, int]
"""How many documents stand below one, and how many above."""
Times = dict[Shape, float]
"""Seconds by the shape of what was asked for."""


@dataclass(frozen=True, slots=True)
class Size:
    """What was measured at one size; ``times`` by the name of the query."""

    documents: int
    statements: int
    source_statements: int
    bytes: int
    times: dict[str, Times]


def run(quick: bool) -> list[Figure]:
    """The exponent of each index-bound template, and statements and bytes a document."""
    sizes = [_measure(count, QUICK_ROUNDS) for count in FIRST]
    if not quick:
        sizes = [_measure(count, ROUNDS) for count in _counts(*sizes)]
    found = [Figure("largest_store", sizes[-1].statements, "statements", f"{sizes[-1].documents} documents")]
    seconds = {name: _seconds(sizes, name) for name in INDEX_BOUND}
    for name, spent in seconds.items():
        found += [
            Figure(
                f"{name}_at_{size.statements}",
                1000 * each,
                "ms",
                "of the processor, over documents with as many above and below at every size",
            )
            for size, each in zip(sizes, spent, strict=True)
        ]
    slopes = {name: exponent([size.statements for size in sizes], spent) for name, spent in seconds.items()}
    note = f"from {sizes[0].statements:,} to {sizes[-1].statements:,} statements; 0: not at all, 1: as the store grows"
    found += [Figure(f"growth_exponent_{name}", slope, "exponent", note) for name, slope in slopes.items()]
    steeper = max(slopes[name] for name in CHAINS)
    found.append(Figure("growth_exponent_chain", steeper, "exponent", f"the steeper of both chain queries, {note}"))
    return [*found, *_a_document(sizes[0], sizes[-1])]


def _seconds(sizes: list[Size], name: str) -> list[float]:
    """At each size the geometric mean over the shapes that occur at all sizes."""
    shapes = set.intersection(*(set(size.times[name]) for size in sizes))
    return [geometric_mean(size.times[name][shape] for shape in sorted(shapes)) for size in sizes]


def _counts(first: Size, second: Size) -> list[int]:
    """How many documents make the stores of a full run."""
    each = (second.statements - first.statements) / (second.documents - first.documents)
    return [first.documents + round((wanted - first.statements) / each) for wanted in FULL]


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


def _measure(count: int, rounds: int) -> Size:
    with tempfile.TemporaryDirectory() as folder:
        store = loaded(Path(folder), count, duties=LIKE_THE_CORPUS)
        data = Path(folder) / "data"
        statements = len(store) - _of_places()
        taken = _bytes(snapshot(data)) + _bytes(data / "texts")
        size = Size(count, statements, _in_sources(store), taken, _times(store, read_chain_index(store), rounds))
        del store
    return size


def _times(store: pyoxigraph.Store, index: ChainIndex, rounds: int) -> dict[str, Times]:
    """The median over a few documents of each shape of the seconds of each template, each asked until it is warm."""
    shapes: dict[Shape, list[str]] = {}
    for iri in sorted(index.heads):
        shapes.setdefault((len(index.below(iri)), len(index.above(iri))), []).append(iri)
    asked = {shape: found[:ASKED] for shape, found in shapes.items() if shape[0] in BELOW and shape[1] in ABOVE}
    return {name: {shape: _median(store, name, asked[shape], rounds) for shape in asked} for name in INDEX_BOUND}


def _median(store: pyoxigraph.Store, name: str, documents: list[str], rounds: int) -> float:
    works = [partial(_all, store, query(name).bind(document=iri)) for iri in documents]
    return median(min(timed(work, process_time) for _ in range(rounds)) for work in works)


def _all(store: pyoxigraph.Store, text: str) -> int:
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    return sum(1 for _ in solutions)


def _of_places() -> int:
    """Statements on the places of the register, which stand in its graph and in the default graph."""
    return 2 * sum(part.count(b"\n") for part in place_ntriples())


def _in_sources(store: pyoxigraph.Store) -> int:
    return sum(1 for graph in source_graphs(store) for _ in store.quads_for_pattern(None, None, None, graph))


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
