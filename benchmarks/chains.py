"""Chains and gaps on one loaded corpus: the shipped templates beside rdflib, gaps beside the plain NOT EXISTS query.

    python benchmarks/chains.py [DOCUMENTS] [--quick]

A synthetic corpus is written and loaded once. rdflib holds the same statements in memory, but for the places of the
register, which only makes it quicker. Both sides are asked in turn; the medians count, and the answers must agree.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import TypeVar

import pyoxigraph
import rdflib
from pyoxigraph import DefaultGraph, QuerySolutions

from chidao.graph.chain_index import ChainIndex, read_chain_index, voice
from chidao.graph.facts import Facts
from chidao.graph.gaps import Gap, State, gaps_in
from chidao.graph.publish import snapshot
from chidao.loaders.load import load_files
from chidao.loaders.synth.options import Options
from chidao.loaders.synth.write import write_corpus
from chidao.ontology.named_query import parse_query
from chidao.ontology.namespaces import CD, ID
from chidao.ontology.vocabulary import query

CHAINS = ("chain-above", "chain-below")
_LEFT_OUT = (f"{ID}place/", f"{ID}change/")
_BODIES = f"PREFIX cd: <{CD}> SELECT ?body WHERE {{ ?body a cd:Body "
_UNANSWERED = _BODIES + "FILTER NOT EXISTS { ?child cd:issuedBy ?body ; cd:implements+ <%s> } }"

Rows = list[tuple[str | None, ...]]
Ours, Other, Answer = TypeVar("Ours"), TypeVar("Other"), TypeVar("Answer")


def main() -> None:
    """Print one comparison a line: milliseconds of both sides, and how many times faster the first is."""
    quick = "--quick" in sys.argv
    numbers = [int(word) for word in sys.argv[1:] if word.isdigit()]
    count, rounds = (numbers or [150 if quick else 1000])[0], 3 if quick else 5
    with tempfile.TemporaryDirectory() as folder:
        store = loaded(Path(folder), count)
        index = read_chain_index(store)
        documents = sorted(index.heads, key=lambda iri: (-len(index.below(iri)), iri))[: 10 * rounds : 10]
        lowest = sorted(index.heads, key=lambda iri: (-len(index.above(iri)), iri))[: 10 * rounds : 10]
        print(f"{count} documents, {len(store)} statements{'ours ms':>32}{'other ms':>10}{'ratio':>8}")
        compare_chains(store, {"chain-above": lowest, "chain-below": documents})
        compare_gaps(store, index, documents)
        compare_templates(store, [iri for iri in documents if index.heads[iri].level != "central"])
        del store


def loaded(folder: Path, count: int) -> pyoxigraph.Store:
    """The snapshot that readers open, of a corpus of so many documents."""
    write_corpus(folder / "corpus", Options(count, seed=11))
    load_files((folder / "corpus" / "texts",), folder / "data", 2, print)
    return pyoxigraph.Store.read_only(str(snapshot(folder / "data")))


def compare_chains(store: pyoxigraph.Store, documents: dict[str, list[str]]) -> None:
    """The shipped chain templates on the embedded engine and on rdflib."""
    graph = in_rdflib(store)
    for name in CHAINS:
        asked = [query(name).bind(document=document) for document in documents[name]]
        sides = [(lambda text=text: _rows(store, text), lambda text=text: _rdflib_rows(graph, text)) for text in asked]
        for ours, other in measured(f"{name}, beside rdflib", sides):
            assert sorted(ours, key=str) == sorted(other, key=str), name


def compare_gaps(store: pyoxigraph.Store, index: ChainIndex, documents: list[str]) -> None:
    """The gaps of a document, as a function and as the template, beside asking every body for a missing answer."""
    facts = Facts(store)
    bodies = {body for (body,) in _rows(store, _BODIES + "}")}
    plain = [lambda document=document: _rows(store, _UNANSWERED % document) for document in documents]
    gaps = [lambda document=document: gaps_in(facts, index, document) for document in documents]
    rows = [lambda document=document: _rows(store, query("gaps").bind(document=document)) for document in documents]
    found: list[list[Gap]] = []
    for ours, other in measured("gaps_in, beside NOT EXISTS", list(zip(gaps, plain, strict=True))):
        answered = {voice(body) for body in bodies - {body for (body,) in other} if body}
        assert {gap.body for gap in ours if gap.state is State.ISSUED} == answered & {gap.body for gap in ours}
        found.append(ours)
    pairs = measured("template gaps, beside NOT EXISTS", list(zip(rows, plain, strict=True)))
    for scope, (ours, _) in zip(found, pairs, strict=True):
        states = {row[0]: row[2] == "đã ban hành" for row in ours}
        both = {gap.body: gap.state is State.ISSUED for gap in scope if gap.body in states}
        assert both == {body: states[body] for body in both}


def compare_templates(store: pyoxigraph.Store, documents: list[str]) -> None:
    """The template of gaps beside the same question with its paths asked for each body; not of the Centre's documents,
    for which that takes minutes."""
    plain = parse_query("gaps-naive", Path(__file__).with_name("gaps_naive.rq").read_text(encoding="utf-8"))
    texts = [(query("gaps").bind(document=document), plain.bind(document=document)) for document in documents]
    sides = [(lambda ours=ours: _rows(store, ours), lambda other=other: _rows(store, other)) for ours, other in texts]
    for ours, other in measured("template gaps, beside paths for each body", sides):
        assert sorted(ours, key=str) == sorted(other, key=str)


def in_rdflib(store: pyoxigraph.Store) -> rdflib.Graph:
    """The default graph without the places of the register."""
    kept = (
        quad.triple
        for quad in store.quads_for_pattern(None, None, None, DefaultGraph())
        if not str(quad.subject.value).startswith(_LEFT_OUT)
    )
    graph = rdflib.Graph()
    graph.parse(data=pyoxigraph.serialize(kept, format=pyoxigraph.RdfFormat.N_TRIPLES), format="nt")
    return graph


def measured(name: str, sides: list[tuple[Callable[[], Ours], Callable[[], Other]]]) -> list[tuple[Ours, Other]]:
    """Ask both sides of each pair in turn, print the medians and the median ratio; the answers of each pair."""
    answers, times = [], []
    for left, right in sides:
        left(), right()  # neither side pays for a first reading from the disk
        (first, ours), (second, other) = timed(left), timed(right)
        answers.append((ours, other))
        times.append((first, second))
    ours_ms, other_ms = (1000 * median(column) for column in zip(*times, strict=True))
    ratio = median(second / first for first, second in times)
    print(f"{name:48}{ours_ms:12.1f}{other_ms:10.1f}{ratio:8.1f}", flush=True)
    return answers


def timed(ask: Callable[[], Answer]) -> tuple[float, Answer]:
    """Seconds, and the answer."""
    started = perf_counter()
    answer = ask()
    return perf_counter() - started, answer


def _rows(store: pyoxigraph.Store, text: str) -> Rows:
    solutions = store.query(text)
    assert isinstance(solutions, QuerySolutions)
    return [tuple(value and value.value for value in row) for row in solutions]


def _rdflib_rows(graph: rdflib.Graph, text: str) -> Rows:
    return [tuple(None if value is None else str(value) for value in row) for row in graph.query(text)]


if __name__ == "__main__":
    main()
