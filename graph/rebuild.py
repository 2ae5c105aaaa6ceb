"""Working everything out anew: what the sources and the decisions in a store give, from the first statement."""

import shutil
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from itertools import islice
from pathlib import Path

import networkx as nx
import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat, Triple

from chidao.graph.bulk import load_lines, source_graphs
from chidao.graph.carry_shards import carry_files
from chidao.graph.derive import Cycles, cycles, follow, identify, implementation_graph
from chidao.graph.identify import DERIVED, Corpus
from chidao.graph.implied import write_implied
from chidao.graph.merge import DEFAULT, merge_all
from chidao.graph.names import graph_iri
from chidao.graph.place_base import REGISTER
from chidao.graph.publication import Publication, rules_version
from chidao.graph.register_quads import BodiesNamed, body_triples
from chidao.graph.rulings import correct, rule, struck_edges
from chidao.ontology.vocabulary import vocabulary_ntriples

_TOGETHER = 300_000  # statements that are written out at a time


def rebuild(
    store: pyoxigraph.Store, members: Iterable[Quad], scratch: Path, jobs: int = 1
) -> tuple[Publication, Cycles]:
    """Add to ``store``, which holds sources, decisions and places, the ontology and all that is worked out.

    ``members`` are those of the groups; ``scratch`` is a folder that may be made, and is removed.
    The default graph holds only places. ``jobs`` processes compare duties.
    """
    store.bulk_load(vocabulary_ntriples(), RdfFormat.N_TRIPLES, to_graph=NamedNode(graph_iri("ontology")))
    store.bulk_extend(members)
    rulings, followed = rule(store)
    store.extend(followed)
    struck = struck_edges(store, rulings)
    canonical, corpus = identify(store)
    graph = implementation_graph(store, None, canonical, struck)
    follow(store, graph, canonical, struck)
    scratch.mkdir()
    pending = scratch / "pending.nt"
    try:
        store.dump(str(pending), RdfFormat.N_TRIPLES, from_graph=DERIVED)
        implied = write_implied(store, (DERIVED, DEFAULT))  # what was written is not read again: that takes as long
        with carry_files(store, scratch, graph, canonical, jobs) as files:
            merged = merge_all(store, canonical, scratch / "graph.nt", files, pending)
        merged.digest.join(implied)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)
    bodies = BodiesNamed()
    bodies.named, bodies.members = merged.named, merged.members
    _describe(store, bodies.paths())
    corrected = correct(store, rulings, canonical)
    store.flush()
    made = publication(merged.digest.total, len(source_graphs(store)), bodies, corrected, struck, corpus, graph)
    return made, tuple(cycles(graph))


def publication(
    digest: int,
    sources: int,
    bodies: BodiesNamed,
    corrected: Iterable[Quad],
    struck: Iterable[Triple],
    corpus: Corpus,
    graph: "nx.DiGraph[str]",
) -> Publication:
    """What is kept of a snapshot that is ready."""
    return Publication(
        rules_version(),
        digest,
        sources,
        bodies,
        (pyoxigraph.serialize(corrected, format=RdfFormat.N_QUADS) or b"").decode(),
        (pyoxigraph.serialize(struck, format=RdfFormat.N_TRIPLES) or b"").decode(),
        frozenset(document.value for document in corpus.documents),
        frozenset(graph.edges),
    )


def _describe(store: pyoxigraph.Store, paths: set[str]) -> None:
    """Write the bodies into the register's graph and into the default graph; a part while the next one is made."""
    with ThreadPoolExecutor(2) as writers:
        under_way: Iterator[None] = iter(())
        for part in _written(body_triples(paths)):
            deque(under_way, maxlen=0)  # waits, and raises what went wrong
            under_way = writers.map(partial(load_lines, store, part), (REGISTER, DEFAULT))
        deque(under_way, maxlen=0)


def _written(triples: Iterable[Triple]) -> Iterator[bytes]:
    """The statements as N-Triples, in parts."""
    left = iter(triples)
    while part := list(islice(left, _TOGETHER)):
        yield pyoxigraph.serialize(part, format=RdfFormat.N_TRIPLES) or b""
