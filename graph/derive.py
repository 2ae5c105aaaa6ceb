"""What follows from several texts together: which IRIs name one document, and who descends from whom."""

from collections.abc import Iterator
from dataclasses import dataclass

import networkx as nx
import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from chidao.graph.carry_quads import carry_triples
from chidao.graph.facts import Facts
from chidao.graph.identify import DERIVED, canonical_documents, identification_triples
from chidao.graph.names import derived_iri
from chidao.graph.suggest import suggestion_triples
from chidao.graph.terms import TYPE, cd, decimal, describe, integer, text
from chidao.graph.title_quads import title_drift_triples

CLOSURE_METHOD = "shortest path over cd:implements"


@dataclass(frozen=True, slots=True)
class Derivation:
    """How many statements the derived graph has, and the circles found: groups of IRIs in order."""

    quads: int
    cycles: tuple[tuple[str, ...], ...]


def derive(store: pyoxigraph.Store, struck: frozenset[Triple] = frozenset()) -> Derivation:
    """Write the derived graph into ``store``, from its other named graphs alone.

    ``struck`` are statements of sources that people set aside.
    """
    store.bulk_extend(_derived(identification_triples(store)))
    canonical = canonical_documents(store)
    store.bulk_extend(_derived(suggestion_triples(store, canonical)))
    graph = implementation_graph(store, None, canonical, struck)
    store.bulk_extend(_derived(closure_triples(graph)))
    store.bulk_extend(_derived(carry_triples(store, graph, canonical)))
    store.bulk_extend(_derived(title_drift_triples(store, canonical, struck)))
    count = sum(1 for _ in store.quads_for_pattern(None, None, None, DERIVED))
    return Derivation(count, tuple(cycles(graph)))


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


def closure_triples(graph: "nx.DiGraph[str]") -> Iterator[Triple]:
    """``cd:descendsFrom`` and its ``cd:Descent`` for every ancestor.

    Within a circle nobody is the ancestor; what lies above the circle is an ancestor of all in it.
    """
    circle = {document: group for group in cycles(graph) for document in group}
    for document in sorted(graph):
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


def _derived(triples: Iterator[Triple]) -> Iterator[Quad]:
    return (Quad(triple.subject, triple.predicate, triple.object, DERIVED) for triple in triples)
