"""The places of the register in a store: put there once, and carried into every snapshot by hard links.

They are stated in the register's graph and in the default graph, which is the merge of all.
"""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from chidao.graph.bulk import load_lines
from chidao.graph.names import graph_iri
from chidao.graph.place_triples import place_ntriples, place_version
from chidao.ontology.namespaces import OWL

REGISTER = NamedNode(graph_iri("register"))
_GRAPHS = (REGISTER, DefaultGraph())
_VERSION = NamedNode(str(OWL.versionInfo))


def keep_places(live: pyoxigraph.Store) -> None:
    """See to it that ``live`` holds the places of the shipped register, whole, and nothing else in these graphs.

    A version statement is written last: without it, or with another, the places are written anew.
    """
    wanted = version_quads()
    held = list(live.quads_for_pattern(REGISTER, _VERSION, None, None))
    if set(held) == set(wanted):
        return
    for graph in _GRAPHS:
        live.clear_graph(graph)
    with ThreadPoolExecutor(2) as threads:
        written = [threads.submit(load_lines, live, part, graph) for part in place_ntriples() for graph in _GRAPHS]
        for each in written:
            each.result()
    live.extend(wanted)


def version_quads() -> tuple[Quad, ...]:
    """The statement of the version in both graphs."""
    version = Literal(place_version())
    return tuple(Quad(REGISTER, _VERSION, version, graph) for graph in _GRAPHS)


def stated_quads(store: pyoxigraph.Store) -> Iterator[Quad]:
    """The statements of all named graphs but the register's."""
    for graph in store.named_graphs():
        if graph != REGISTER:
            yield from store.quads_for_pattern(None, None, None, graph)
