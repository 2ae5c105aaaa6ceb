"""What follows from several texts together: which IRIs name one document, and who descends from whom."""

from collections.abc import Container, Iterable, Iterator

import networkx as nx
import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from chidao.graph.carry_quads import carry_triples
from chidao.graph.facts import Facts
from chidao.graph.identify import DERIVED, Corpus, canonical_documents, identification_triples, read_corpus
from chidao.graph.implied import write_implied
from chidao.graph.names import derived_iri
from chidao.graph.suggest import suggestion_triples
from chidao.graph.terms import TYPE, cd, decimal, describe, integer, text
from chidao.graph.title_quads import title_drift_triples

CLOSURE_METHOD = "shortest path over cd:implements"


Cycles = tuple[tuple[str, ...], ...]
"""Groups of documents, by IRI, that implement each other in a circle; each in order, all in order."""


def derive(store: pyoxigraph.Store, struck: frozenset[Triple] = frozenset()) -> Cycles:
    """Write the derived graph into ``store``, from its other named graphs alone.

    ``struck`` are statements of sources that people set aside.
    """
    write_implied(store)
    canonical, _ = identify(store)
    graph = implementation_graph(store, None, canonical, struck)
    follow(store, graph, canonical, struck)
    store.bulk_extend(derived(carry_triples(store, graph, canonical)))
    return tuple(cycles(graph))


def identify(store: pyoxigraph.Store) -> tuple[dict[str, str], Corpus]:
    """Write which documents references mean, or may mean; local IRI -> canonical IRI, and all documents."""
    corpus = read_corpus(store)
    store.bulk_extend(derived(identification_triples(store, corpus)))
    canonical = canonical_documents(store)
    store.bulk_extend(derived(suggestion_triples(store, canonical)))
    return canonical, corpus


def follow(
    store: pyoxigraph.Store, graph: "nx.DiGraph[str]", canonical: dict[str, str], struck: frozenset[Triple]
) -> None:
    """Write what follows from who implements whom, but for the carry-overs."""
    store.bulk_extend(derived(closure_triples(graph)))
    store.bulk_extend(derived(title_drift_triples(store, canonical, struck)))


def derived(triples: Iterable[Triple]) -> Iterator[Quad]:
    """The statements as quads of the derived graph."""
    return (Quad(triple.subject, triple.predicate, triple.object, DERIVED) for triple in triples)


def implementation_graph(
    store: pyoxigraph.Store,
    graph_name: DefaultGraph | None,
    canonical: dict[str, str],
    struck: frozenset[Triple] = frozenset(),
) -> "nx.DiGraph[str]":
    """Documents as nodes, an edge from each to those that it implements; local IRIs replaced by canonical ones.

    ``graph_name`` None means all graphs together. ``struck`` statements give no edge.
    """
    graph: nx.DiGraph[str] = nx.DiGraph()
    for citing, cited in Facts(store, graph_name).pairs(cd("implements")):
        if struck and Triple(citing, cd("implements"), cited) in struck:
            continue
        graph.add_edge(canonical.get(citing.value, citing.value), canonical.get(cited.value, cited.value))
    return graph


def cycles(graph: "nx.DiGraph[str]") -> list[tuple[str, ...]]:
    """Groups of documents that implement each other, or one that implements itself: each in order, all in order."""
    groups = (tuple(sorted(group)) for group in nx.strongly_connected_components(graph))
    return sorted(group for group in groups if len(group) > 1 or graph.has_edge(group[0], group[0]))


def closure_triples(
    graph: "nx.DiGraph[str]", only: Container[str] | None = None, circles: Cycles | None = None
) -> Iterator[Triple]:
    """``cd:descendsFrom`` and its ``cd:Descent`` for every ancestor of every document, or of ``only`` these.

    Within a circle nobody is the ancestor; what lies above the circle is an ancestor of all in it. ``circles`` are
    those of the graph, where they are known.
    """
    groups = cycles(graph) if circles is None else circles
    circle = {document: group for group in groups for document in group}
    for document in sorted(each for each in graph if only is None or each in only):
        steps = nx.single_source_shortest_path_length(graph, document)
        for ancestor in sorted(steps.keys() - {document}):
            if ancestor not in circle.get(document, ()):
                yield from _descent(document, ancestor, steps[ancestor])


def _descent(document: str, ancestor: str, steps: int) -> Iterator[Triple]:
    yield from describe(document, {cd("descendsFrom"): NamedNode(ancestor)})
    yield from describe(
        derived_iri("descent", document, ancestor),
        {
            TYPE: cd("Descent"),
            cd("descendant"): NamedNode(document),
            cd("ancestor"): NamedNode(ancestor),
            cd("steps"): integer(steps),
            cd("method"): text(CLOSURE_METHOD),
            cd("confidence"): decimal(1),
        },
    )
