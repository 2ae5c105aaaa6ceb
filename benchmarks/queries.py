"""The shipped queries on several engines that hold the same default graph, and chains beside a walk over dicts.

The places of the register are left out for the engines that keep everything in Python: nothing that is asked needs them.
"""

import multiprocessing
import re
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median

import owlready2
import pyoxigraph
import rdflib
from pyoxigraph import QuerySolutions

from chidao.graph.chain_index import ChainIndex, read_chain_index
from chidao.ontology.named_query import NamedQuery, parse_query
from chidao.ontology.vocabulary import queries, query

from .corpora import loaded, small_default_graph
from .measure import Figure, interleaved, times_quicker

Ask = Callable[[str], list[tuple[str, ...]]]
PATIENCE = 20.0  # seconds after which a query counts as not ended
CHAINS = ("chain-above", "chain-below")


@dataclass(frozen=True, slots=True)
class Case:
    """A query with its values put in."""

    name: str
    text: str


def run(quick: bool) -> list[Figure]:
    """Milliseconds of each query on each engine, and the ratios to the embedded store."""
    count, rounds = (120, 3) if quick else (1000, 5)
    with tempfile.TemporaryDirectory() as folder:
        store = loaded(Path(folder), count)
        index = read_chain_index(store)
        figures = list(_on_engines(store, index, Path(folder), rounds))
        figures += _beside_dicts(store, index, rounds)
        figures += _gaps(store, index, rounds)
        del store
    return figures


def cases(index: ChainIndex) -> list[Case]:
    """Every shipped query; where it asks for a document, one that has both parents and children, if there is one."""
    middle = max(index.heads, key=lambda iri: (min(len(index.below(iri)), 20) * min(len(index.above(iri)), 3), iri))
    return [Case(name, found.bind(**_values(found, middle))) for name, found in queries().items()]


def _values(found: NamedQuery, document: str) -> dict[str, str]:
    return {"document": document} if any(each.name == "document" for each in found.parameters) else {}


def _on_engines(store: pyoxigraph.Store, index: ChainIndex, folder: Path, rounds: int) -> Iterator[Figure]:
    small = folder / "default.nt"
    small_default_graph(store, small)
    engines: dict[str, Ask] = {
        "oxigraph": partial(_native, store),
        "rdflib": _in_rdflib(small),
        "owlready2": _in_owlready2(small),
    }
    worst: dict[str, float] = {}
    for case in cases(index):
        able = {name: ask for name, ask in engines.items() if name == "oxigraph" or _ends(ask, case.text)}
        for name in engines.keys() - able.keys():
            yield Figure(f"{case.name}_{name}", float("inf"), "ms", f"refused, or not ended after {PATIENCE:g} s")
        seconds = interleaved({name: partial(ask, case.text) for name, ask in able.items()}, rounds)
        truth = sorted(engines["oxigraph"](case.text))
        for name, spent in seconds.items():
            note = "" if sorted(able[name](case.text)) == truth else "another answer"
            yield Figure(f"{case.name}_{name}", 1000 * median(spent), "ms", note)
        for name in seconds.keys() - {"oxigraph"}:
            ratio = times_quicker(seconds, "oxigraph", name)
            yield Figure(f"{case.name}_vs_{name}", ratio)
            if case.name in CHAINS:
                worst[name] = min(ratio, worst.get(name, ratio))
    yield from (
        Figure(f"chain_vs_{name}", ratio, note="the slower of both chain queries") for name, ratio in worst.items()
    )


def _beside_dicts(store: pyoxigraph.Store, index: ChainIndex, rounds: int) -> list[Figure]:
    """The chain below a document by query, beside the bare walk over dicts: what a query costs above the floor."""
    below = max(index.heads, key=lambda iri: (len(index.below(iri)), iri))
    text = query("chain-below").bind(document=below)
    seconds = interleaved({"walk": lambda: index.below(below), "query": partial(_native, store, text)}, rounds)
    return [
        Figure(
            "chain_vs_dict_walk",
            1 / times_quicker(seconds, "walk", "query"),
            note=f"{len(index.below(below))} documents below",
        )
    ]


def _gaps(store: pyoxigraph.Store, index: ChainIndex, rounds: int) -> list[Figure]:
    """The template of gaps beside the same question with its paths asked for each body."""
    plain = parse_query("gaps-naive", Path(__file__).with_name("gaps_naive.rq").read_text(encoding="utf-8"))
    lower = [iri for iri in index.heads if index.heads[iri].level == "province" and index.below(iri)]
    document = max(lower, key=lambda iri: (len(index.below(iri)), iri))
    ours, other = (found.bind(document=document) for found in (query("gaps"), plain))
    seconds = interleaved({"ours": partial(_native, store, ours), "naive": partial(_native, store, other)}, rounds)
    same = sorted(_native(store, ours)) == sorted(_native(store, other))
    return [Figure("gaps_vs_naive", times_quicker(seconds, "ours", "naive"), note="" if same else "another answer")]


def _native(store: pyoxigraph.Store, text: str) -> list[tuple[str, ...]]:
    solutions = store.query(text)
    if not isinstance(solutions, QuerySolutions):
        return [(str(bool(solutions)),)]
    return [tuple(value.value if value else "" for value in row) for row in solutions]  # type: ignore[union-attr]


def _in_rdflib(file: Path) -> Ask:
    graph = rdflib.Graph()
    graph.parse(file, format="nt")

    def ask(text: str) -> list[tuple[str, ...]]:
        return [tuple("" if value is None else str(value) for value in row) for row in graph.query(text)]  # type: ignore[union-attr]

    return ask


def _in_owlready2(file: Path) -> Ask:
    world = owlready2.World()
    world.get_ontology("http://example.org/data#").load(fileobj=file.open("rb"), format="ntriples")

    def ask(text: str) -> list[tuple[str, ...]]:
        rows = world.sparql(re.sub(r"(?m)^\s*#.*$", "", text))
        return [tuple("" if value is None else str(getattr(value, "iri", value)) for value in row) for row in rows]

    return ask


def _ends(ask: Ask, text: str) -> bool:
    """Whether the engine answers in time; tried in a process of its own, as a query cannot be stopped otherwise."""
    process = multiprocessing.get_context("fork").Process(target=ask, args=(text,))
    process.start()
    process.join(PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
    return process.exitcode == 0
