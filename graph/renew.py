"""Making a snapshot of the one before: only what the changed texts and decisions touch is worked out anew.

The result is that of ``rebuild``, statement by statement.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import networkx as nx
import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from chidao.graph.affected import (
    Names,
    documents_after,
    documents_below,
    documents_to_compare,
    documents_to_identify,
    documents_touched,
    documents_with_titles,
    edges_after,
    edges_changed,
    readings_of,
    references_to_read,
)
from chidao.graph.carry_quads import carry_triples
from chidao.graph.changes import Changes, Difference, graph_quads
from chidao.graph.content_digest import ContentDigest
from chidao.graph.decisions import CURATED
from chidao.graph.derive import Cycles, closure_triples, cycles, derived
from chidao.graph.facts import Facts
from chidao.graph.identify import DERIVED, Corpus, canonical_documents, corpus_of, identification_triples
from chidao.graph.implied import implied_triples
from chidao.graph.members import member_quads
from chidao.graph.names import SOURCE_GRAPHS
from chidao.graph.place_base import REGISTER
from chidao.graph.publication import Publication
from chidao.graph.rebuild import publication
from chidao.graph.remerge import remerge
from chidao.graph.renew_bodies import renew_bodies
from chidao.graph.rulings import correct, rule, struck_edges
from chidao.graph.suggest import suggestion_triples
from chidao.graph.terms import TYPE, cd
from chidao.graph.title_quads import title_drift_triples


@dataclass(frozen=True, slots=True)
class _Renewal:
    """The snapshot ``before``, how it was ``made``, the ``store`` that begins as its copy, and what changes in that."""

    before: pyoxigraph.Store
    made: Publication
    store: pyoxigraph.Store
    changes: Changes
    struck: frozenset[Triple]
    difference: Difference


@dataclass(frozen=True, slots=True)
class _Derived:
    """What the derived graph was made of."""

    corpus: Corpus
    names: Names
    graph: "nx.DiGraph[str]"
    circles: Cycles


def renew(
    live: pyoxigraph.Store,
    before: pyoxigraph.Store,
    store: pyoxigraph.Store,
    made: Publication,
    graphs: Iterable[str],
) -> tuple[Publication, Cycles, Changes]:
    """Bring ``store``, a copy of the snapshot ``before``, to what ``live`` holds where ``graphs`` may differ.

    ``made`` is what was kept of the snapshot before. The changes are those of every graph, the default graph too.
    """
    changes = Changes(store)
    sources = [NamedNode(graph) for graph in sorted(graphs) if graph.startswith(SOURCE_GRAPHS)]
    held = sum(store.contains_named_graph(graph) for graph in sources)
    for graph in sources:
        changes.replace(graph_quads(store, graph), graph_quads(live, graph))
    changes.replace(graph_quads(store, CURATED), graph_quads(live, CURATED))
    rulings, followed = rule(store)
    changes.replace((), followed)
    struck = struck_edges(store, rulings)
    difference = Difference(before, store, changes, sources)
    found = _derive(_Renewal(before, made, store, changes, struck, difference))
    bodies = renew_bodies(store, changes, made.bodies)
    store.extend(made.corrected_quads())
    unsure = remerge(before, store, changes, found.names)
    for graph in (*sources, CURATED, DERIVED):
        if not any(graph_quads(store, graph)):
            store.remove_graph(graph)
    corrected = correct(store, rulings, found.names.after)
    digest = ContentDigest(made.digest)
    digest.add(quad for quad in changes.added if quad.graph_name != REGISTER)
    digest.remove(quad for quad in changes.removed if quad.graph_name != REGISTER)
    count = made.sources - held + sum(live.contains_named_graph(graph) for graph in sources)
    changes.compare(before, {*unsure, *made.corrected_quads(), *corrected})
    renewed = publication(digest.total, count, bodies, corrected, struck, found.corpus, found.graph)
    return renewed, found.circles, changes


def _derive(renewal: _Renewal) -> _Derived:
    """Bring the derived graph up to date."""
    difference, store = renewal.difference, renewal.store
    _imply(renewal)
    groups = {quad.subject for quad in difference.of_graphs(TYPE, cd("BodyGroup"))}
    _members(renewal, {group for group in groups if isinstance(group, NamedNode)})
    touched = documents_touched(difference)
    corpus = corpus_of(documents_after(renewal.made.documents, store, renewal.changes))
    _identify(renewal, touched, corpus)
    names = Names(canonical_documents(renewal.before), canonical_documents(store))
    _suggest(renewal, references_to_read(difference, touched, names.moved()), names)
    edges = edges_changed(difference, names, renewal.struck ^ renewal.made.struck_edges())
    graph = edges_after(renewal.made.edges, edges, store, names, renewal.struck)
    tails = {child for child, _ in edges}
    circles = tuple(cycles(graph))
    _close(renewal, graph, documents_below(graph, edges), circles)
    _compare(renewal, graph, tails | documents_to_compare(difference, graph, names), names)
    _compare_titles(renewal, tails | documents_with_titles(difference, graph, names), names)
    return _Derived(corpus, names, graph, circles)


def _imply(renewal: _Renewal) -> None:
    graphs = renewal.difference.graphs
    old, new = (derived(implied_triples(each, graphs)) for each in (renewal.before, renewal.store))
    renewal.changes.replace(old, new)


def _members(renewal: _Renewal, groups: set[NamedNode]) -> None:
    old = (quad for group in groups for quad in _said(renewal, group, "member"))
    renewal.changes.replace(old, member_quads(renewal.store, groups))


def _identify(renewal: _Renewal, touched: set[NamedNode], corpus: Corpus) -> None:
    documents = documents_to_identify(renewal.difference, touched, corpus)
    readings = readings_of(renewal.difference, documents)
    old = [
        *(quad for document in documents for quad in _said(renewal, document, "sameDocumentAs")),
        *_belonging(renewal, "localDocument", documents),
        *_belonging(renewal, "suggestedFor", readings),
    ]
    renewal.changes.replace(old, derived(identification_triples(renewal.store, corpus, documents)))


def _suggest(renewal: _Renewal, references: set[NamedNode], names: Names) -> None:
    old = _belonging(renewal, "suggestedFor", references)
    renewal.changes.replace(old, derived(suggestion_triples(renewal.store, names.after, references)))


def _close(renewal: _Renewal, graph: "nx.DiGraph[str]", documents: set[str], circles: Cycles) -> None:
    descendants = {NamedNode(document) for document in documents}
    old = [quad for document in descendants for quad in _said(renewal, document, "descendsFrom")]
    old += _belonging(renewal, "descendant", descendants)
    renewal.changes.replace(old, derived(closure_triples(graph, documents, circles)))


def _compare(renewal: _Renewal, graph: "nx.DiGraph[str]", children: set[str], names: Names) -> None:
    old = _belonging(renewal, "childDocument", map(NamedNode, children), "CarryOver")
    renewal.changes.replace(old, derived(carry_triples(renewal.store, graph, names.after, children)))


def _compare_titles(renewal: _Renewal, children: set[str], names: Names) -> None:
    old = _belonging(renewal, "childDocument", map(NamedNode, children), "TitleDrift")
    new = title_drift_triples(renewal.store, names.after, renewal.struck, children)
    renewal.changes.replace(old, derived(new))


def _said(renewal: _Renewal, thing: NamedNode, predicate: str) -> Iterator[Quad]:
    """The derived statements with the property."""
    return renewal.store.quads_for_pattern(thing, cd(predicate), None, DERIVED)


def _belonging(
    renewal: _Renewal, predicate: str, owners: Iterable[NamedNode], kind: str | None = None
) -> Iterator[Quad]:
    """The statements about the derived things that belong to ``owners`` by this property; of that class, if given."""
    facts = Facts(renewal.store, DERIVED)
    for owner in owners:
        for thing in facts.subjects(cd(predicate), owner):
            if kind is None or cd(kind) in facts.objects(thing, TYPE):
                yield from renewal.store.quads_for_pattern(thing, None, None, DERIVED)
