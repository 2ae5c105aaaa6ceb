"""What has to be worked out anew where texts or decisions changed.

Each function mirrors what a rule reads: it gives the things whose derived statements may be others now. More than need
be does no harm; each rule gives for any of them what it gives when all is worked out.
"""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Set
from dataclasses import dataclass

import networkx as nx
import pyoxigraph
from pyoxigraph import NamedNode, Triple

from chidao.graph.changes import Changes, Difference
from chidao.graph.decisions import CURATED
from chidao.graph.document_heads import head_reader
from chidao.graph.facts import Facts
from chidao.graph.identify import DERIVED, Corpus, day_keys, local_names
from chidao.graph.names import DocumentKey, document_key, plain_number
from chidao.graph.publication import Edge
from chidao.graph.suggest import references_to
from chidao.graph.terms import PREF_LABEL, TITLE, TYPE, cd

_REFERENCES = frozenset({cd("CollectiveReference"), cd("OralInstruction")})
_OF_DUTIES = frozenset({cd("hasText"), cd("reportedIn"), cd("issuedBy")})


@dataclass(frozen=True, slots=True)
class Names:
    """The canonical names of local documents, ``before`` and ``after``: local IRI -> canonical IRI."""

    before: Mapping[str, str]
    after: Mapping[str, str]

    def moved(self) -> set[str]:
        """The documents that have another name now."""
        return {iri for iri in {*self.before, *self.after} if self.before.get(iri) != self.after.get(iri)}

    def of(self, iris: Iterable[str]) -> set[str]:
        """The canonical names that these have, or had."""
        return {names.get(iri, iri) for iri in iris for names in (self.before, self.after)}


class Named:
    """By which names sources speak of what has one name, where ``canonical`` gives local IRI -> canonical IRI."""

    def __init__(self, canonical: Mapping[str, str]) -> None:
        self._canonical = canonical
        self._locals = local_names(canonical)

    def by(self, thing: NamedNode) -> list[NamedNode]:
        """The names that are replaced by this one, and itself where it is not replaced."""
        own = [thing] if self._canonical.get(thing.value, thing.value) == thing.value else []
        return [*own, *map(NamedNode, self._locals.get(thing.value, ()))]


def documents_touched(difference: Difference) -> set[NamedNode]:
    """The documents about which something else is said."""
    subjects = {triple.subject for triple in difference.touched if isinstance(triple.subject, NamedNode)}
    return {subject for subject in subjects if cd("Document") in difference.objects(subject, TYPE)}


def documents_to_identify(difference: Difference, touched: set[NamedNode], corpus: Corpus) -> set[NamedNode]:
    """Those touched; those that a touched reading or document speaks of; and those that a touched one may be."""
    readings = {triple.subject for triple in difference.touched if isinstance(triple.subject, NamedNode)}
    readings |= {each for document in touched for each in difference.subjects(cd("citing"), document)}
    spoken_of = {
        document
        for reading in readings
        for line in ("cited", "claimOf")
        for document in difference.objects(reading, cd(line))
    }
    keys = [key for document in touched if (key := document_key(document.value)) and not key.normative]
    return touched | spoken_of | _looking_for(difference, keys, corpus)


def _looking_for(difference: Difference, keys: Iterable[DocumentKey], corpus: Corpus) -> set[NamedNode]:
    """The documents that are looked for under one of the keys, and those of one number in other years."""
    series = {(key.series, key.type_slug, key.number) for key in keys}
    dated = {(key.series, key.type_slug, key.year) for key in keys}
    facts, numbers = difference.after, {number for _, _, number in series}
    head = head_reader(facts, Facts(difference.stores[1], CURATED))
    found: set[NamedNode] = set()
    for document in corpus.documents if series else ():
        its = document_key(document.value)
        if its:
            meant = (its.series, its.type_slug, its.number) in series
        else:
            stated = {plain_number(number) for number in facts.values(document, cd("number"))}
            meant = bool(stated & numbers or (not stated and day_keys(head(document)) & dated))
        if meant:
            found.add(document)
    return found


def readings_of(difference: Difference, documents: Iterable[NamedNode]) -> set[NamedNode]:
    """The citations and claims for which documents may have been suggested."""
    lines = (cd("cited"), cd("claimOf"))
    return {reading for document in documents for line in lines for reading in difference.subjects(line, document)}


def references_to_read(difference: Difference, touched: set[NamedNode], moved: set[str]) -> set[NamedNode]:
    """The references to unnamed documents that stand in changed texts, or whose candidates may be others now."""
    before, after = difference.stores
    known = {reading for triple in difference.touched if isinstance(reading := triple.subject, NamedNode)}
    known |= {reading for iri in moved for reading in difference.subjects(cd("cited"), NamedNode(iri))}
    citing = touched | {document for reading in known for document in difference.objects(reading, cd("citing"))}
    found = known | {reading for document in citing for reading in difference.subjects(cd("citing"), document)}
    candidates = touched | {NamedNode(iri) for iri in moved}
    old = Facts(before, DERIVED)
    suggestions = {each for document in candidates for each in old.subjects(cd("suggestedDocument"), document)}
    found |= {reading for each in suggestions for reading in difference.objects(each, cd("suggestedFor"))}
    found |= {quad.subject for kind in _REFERENCES for quad in difference.of_graphs(TYPE, kind)}  # type: ignore[misc]
    found = {reading for reading in found if _REFERENCES & difference.objects(reading, TYPE)}
    return found | references_to(after, candidates)


def documents_after(before: Set[str], store: pyoxigraph.Store, changes: Changes) -> list[NamedNode]:
    """The documents that sources speak of, in order, where they were ``before`` and ``store`` has the ``changes``."""
    changed = (quad for quad in (*changes.added, *changes.removed) if quad.predicate == TYPE)
    things = (quad.subject for quad in changed if quad.object == cd("Document"))
    unsure = {thing for thing in things if isinstance(thing, NamedNode)}
    others = before - {thing.value for thing in unsure}
    return sorted([*map(NamedNode, others), *filter(Facts(store, None).is_document, unsure)], key=str)


def edges_changed(difference: Difference, names: Names, struck: Iterable[Triple]) -> set[Edge]:
    """Edges, from implementing to implemented document, of changed texts, of documents named anew, stated by people,
    and ``struck``."""
    implements = cd("implements")
    found = {quad.triple for quad in difference.of_graphs(implements)} | set(struck)
    found |= {triple for triple in difference.touched if triple.predicate == implements}
    for iri in names.moved():
        document = NamedNode(iri)
        found |= {Triple(document, implements, other) for other in difference.objects(document, implements)}
        found |= {Triple(other, implements, document) for other in difference.subjects(implements, document)}
    pairs = ((triple.subject, triple.object) for triple in found if triple.predicate == implements)
    return {
        (known.get(child.value, child.value), known.get(parent.value, parent.value))
        for child, parent in pairs
        if isinstance(child, NamedNode) and isinstance(parent, NamedNode)
        for known in (names.before, names.after)
    }


def edges_after(
    before: Collection[Edge], changed: set[Edge], store: pyoxigraph.Store, names: Names, struck: Container[Triple]
) -> "nx.DiGraph[str]":
    """Who implements whom, where it was ``before`` and only ``changed`` edges may have come or gone."""
    facts, named, implements = Facts(store, None), Named(names.after), cd("implements")

    def stated(edge: Edge) -> bool:
        child, parent = map(NamedNode, edge)
        pairs = ((a, b) for a in named.by(child) for b in named.by(parent))
        return any(Triple(a, implements, b) not in struck and facts.state(a, implements, b) for a, b in pairs)

    graph: nx.DiGraph[str] = nx.DiGraph()
    graph.add_edges_from(edge for edge in before if edge not in changed)
    graph.add_edges_from(edge for edge in changed if stated(edge))
    return graph


def documents_below(graph: "nx.DiGraph[str]", edges: Iterable[Edge]) -> set[str]:
    """The documents whose ancestors may be others: from which one of the edges can be reached, or could be."""
    also = defaultdict[str, list[str]](list)
    for child, parent in edges:
        also[parent].append(child)
    found: set[str] = set()
    waiting = [child for child, _ in edges]
    while waiting:
        document = waiting.pop()
        if document not in found:
            found.add(document)
            waiting += [*(graph.predecessors(document) if document in graph else ()), *also.get(document, ())]
    return found


def documents_to_compare(difference: Difference, graph: "nx.DiGraph[str]", names: Names) -> set[str]:
    """The documents whose duties, or those of one that they implement, changed."""
    things = {triple.subject for triple in difference.touched if isinstance(triple.subject, NamedNode)}
    bodies = {triple.subject for triple in difference.touched if triple.predicate == PREF_LABEL}
    documents = {triple.subject for triple in difference.touched if triple.predicate in _OF_DUTIES}
    for body in bodies & things:
        things |= difference.subjects(cd("bearer"), body)  # type: ignore[arg-type]
        documents |= difference.subjects(cd("issuedBy"), body)  # type: ignore[arg-type]
    documents |= {document for thing in things for document in difference.objects(thing, cd("imposedBy"))}
    return _with_children(graph, names, {document.value for document in documents if isinstance(document, NamedNode)})


def documents_with_titles(difference: Difference, graph: "nx.DiGraph[str]", names: Names) -> set[str]:
    """The documents whose title, or that of one that they implement, changed."""
    titled = {triple.subject for triple in difference.touched if triple.predicate == TITLE}
    for triple in difference.touched:
        claim = triple.subject
        if isinstance(claim, NamedNode) and TITLE in difference.objects(claim, cd("claimProperty")):
            titled |= difference.objects(claim, cd("claimOf"))
    return _with_children(graph, names, {each.value for each in titled if isinstance(each, NamedNode)})


def _with_children(graph: "nx.DiGraph[str]", names: Names, documents: set[str]) -> set[str]:
    """These and those named anew, by all their names, and the documents that implement them."""
    known = documents | names.moved()
    known |= names.of(known)
    return known | {child for document in known if document in graph for child in graph.predecessors(document)}
