"""Small snapshots made by hand, as a push and a site over a remote store need them."""

from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from chidao.graph.names import graph_iri
from chidao.graph.remote_address import MERGED

SAYS = NamedNode("http://example.org/says")
A, B, C = (graph_iri(f"source/{name}") for name in "abc")
Graphs = dict[str, list[str]]


def statement(graph: str, word: str) -> Quad:
    """Something said in a graph; that of the default graph goes by `MERGED`."""
    name = DefaultGraph() if graph == MERGED else NamedNode(graph)
    return Quad(NamedNode(f"http://example.org/{len(word)}"), SAYS, Literal(word, language="vi"), name)


def publish(data: Path, name: str, graphs: Graphs) -> Path:
    """Make a snapshot of these graphs the current one."""
    folder = data / "snapshots" / name
    folder.mkdir(parents=True)
    store = pyoxigraph.Store(str(folder))
    store.bulk_extend(statement(graph, word) for graph, words in graphs.items() for word in words)
    store.flush()
    (data / "snapshots" / "current").write_text(name)
    return data
