"""How the time of queries grows with the store, from 10^5 to 10^7 statements, and what a document takes of the disk."""

import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from statistics import median

import pyoxigraph
from pyoxigraph import QuerySolutions

from chidao.graph.chain_index import ChainIndex, read_chain_index
from chidao.graph.publish import snapshot
from chidao.ontology.vocabulary import query

from .corpora import LIKE_THE_CORPUS, loaded
from .measure import Figure, exponent, timed

QUICK, FULL = (50, 400), (70, 700, 7000)
ASKED, ROUNDS = 12, 5
INDEX_BOUND = ("chain-above", "chain-below")
FEW = range(1, 6)
"""Chains of so many documents exist in a corpus of any size: what is asked stays as large, only the store grows."""

Measured = dict[str, float]


def run(quick: bool) -> list[Figure]:
    """The exponent of each index-bound template, and quads and bytes a document at the largest size."""
    sizes = [_measure(count) for count in (QUICK if quick else FULL)]
    statements = [size["statements"] for size in sizes]
    figures = [Figure("largest_store", statements[-1], "statements")]
    for name in INDEX_BOUND:
        figures += [Figure(f"{name}_at_{size['documents']:.0f}", 1000 * size[name], "ms") for size in sizes]
    slopes = {name: exponent(statements, [size[name] for size in sizes]) for name in INDEX_BOUND}
    figures += [Figure(f"growth_exponent_{name}", slope, "exponent") for name, slope in slopes.items()]
    figures.append(
        Figure("growth_exponent_chain", max(slopes.values()), "exponent", "the steeper of both chain queries")
    )
    return figures + list(_a_document(sizes[0], sizes[-1]))


def _a_document(small: Measured, large: Measured) -> Iterator[Figure]:
    """What each further document costs: the register's part falls out in the difference."""
    more = large["documents"] - small["documents"]
    for key, unit in (("bytes", "bytes"), ("statements", "statements"), ("source_statements", "statements")):
        yield Figure(f"{key}_per_document", (large[key] - small[key]) / more, unit)


def _measure(count: int) -> Measured:
    with tempfile.TemporaryDirectory() as folder:
        store = loaded(Path(folder), count, duties=LIKE_THE_CORPUS)
        data = Path(folder) / "data"
        figures = {
            "documents": float(count),
            "statements": float(len(store)),
            "source_statements": float(_in_sources(store)),
            "bytes": float(_bytes(snapshot(data)) + _bytes(data / "texts")),
        }
        figures |= _times(store, read_chain_index(store))
        del store
    return figures


def _times(store: pyoxigraph.Store, index: ChainIndex) -> Measured:
    """The median seconds of each template, over several documents, each asked until it is warm."""
    chains = sorted(iri for iri in index.heads if len(index.below(iri)) in FEW and index.above(iri))[:ASKED]
    asked = {name: [partial(_all, store, query(name).bind(document=iri)) for iri in chains] for name in INDEX_BOUND}
    return {name: median(min(timed(each) for _ in range(ROUNDS)) for each in works) for name, works in asked.items()}


def _all(store: pyoxigraph.Store, text: str) -> int:
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    return sum(1 for _ in solutions)


def _in_sources(store: pyoxigraph.Store) -> int:
    graphs = (graph for graph in store.named_graphs() if "/source/" in graph.value)
    return sum(1 for graph in graphs for _ in store.quads_for_pattern(None, None, None, graph))


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
