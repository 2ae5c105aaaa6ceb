"""Applying what people decided to the texts held: decisions outrank the rules, the latest on a matter holds.

When publishing, each decision is looked up by its quote. What follows from those that apply is written into the curated
graph of the snapshot; what they set aside stays in the graphs of the sources and is left out of the merged graph.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

import pyoxigraph
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from chidao.graph.anchors import readings_at
from chidao.graph.decisions import CURATED, Decision, read_decisions, read_reversals
from chidao.graph.facts import Facts
from chidao.graph.names import document_key
from chidao.graph.terms import TYPE, Term, cd, describe, node, nodes
from chidao.ontology.namespaces import ID

SAME = cd("sameDocumentAs")
_RULED_OUT = "a person ruled out the document that the rules had found"
_DAYS = (cd("issued"), cd("issuedDay"))

Matter = tuple[NamedNode, NamedNode]  # subject and property that a decision is about


@dataclass(slots=True)
class Ruling:
    """What holds on one matter after all decisions: value -> the decision that chose it, or ruled it out since."""

    chosen: dict[str, Decision] = field(default_factory=dict)
    refused: dict[str, Decision] = field(default_factory=dict)

    def add(self, decision: Decision) -> None:
        """Let a later decision count. A choice replaces the one before, but several unnamed documents may be meant."""
        if decision.verdict == "refused":
            against, other = self.refused, self.chosen
        else:
            against, other = self.chosen, self.refused
            if decision.predicate != "candidate":
                self.chosen.clear()
        for value in decision.values:
            against[value] = decision
            other.pop(value, None)

    def holding(self) -> set[str]:
        """The IRIs of the decisions that count."""
        return {each.iri for each in (*self.chosen.values(), *self.refused.values())}


@dataclass(frozen=True, slots=True)
class Rulings:
    """What the merged graph keeps of sources: only ``kept`` values where a matter is settled, none of ``removed``."""

    kept: Mapping[Matter, frozenset[Term]]
    removed: frozenset[Triple]

    def drops(self, triple: Triple) -> bool:
        """True for a statement of a source that a person set aside."""
        matter = (triple.subject, triple.predicate)
        return triple in self.removed or (matter in self.kept and triple.object not in self.kept[matter])  # type: ignore[index]


def rule(store: pyoxigraph.Store) -> tuple[Rulings, list[Quad]]:
    """What follows from the decisions in ``store`` for its sources, and the statements of that in the curated graph."""
    decisions = read_decisions(store)
    if not decisions:
        return Rulings({}, frozenset()), []
    undone = {reversal.undoes for reversal in read_reversals(store)}
    things = {each.iri: _things(store, each) for each in decisions if each.iri not in undone}
    matters = _matters(store, [each for each in decisions if each.iri not in undone], things)
    holding = {iri for ruling in matters.values() for iri in ruling.holding()}
    said = [triple for each in decisions for triple in _standing(each, things.get(each.iri), holding)]
    facts = Facts(store, None)
    followed = [triple for matter, ruling in matters.items() for triple in _followed(facts, matter, ruling)]
    return _rulings(facts, matters), [Quad(t.subject, t.predicate, t.object, CURATED) for t in (*said, *followed)]


def struck_edges(store: pyoxigraph.Store, rulings: Rulings) -> frozenset[Triple]:
    """The direct edges between documents, as sources state them, whose every citation a person set aside."""
    facts = Facts(store, None)
    citations = {subject for subject, predicate in rulings.kept if predicate == cd("cited")}
    edges = {edge for citation in citations for edge in _edges(facts, citation, facts.objects(citation, cd("cited")))}
    return frozenset(edge for edge in edges if not _supported(facts, edge, rulings))


def correct(store: pyoxigraph.Store, rulings: Rulings, canonical: Mapping[str, str]) -> list[Quad]:
    """Take out of the merged graph what people set aside, and the edges that no citation supports any more.

    Returns what was taken out.
    """

    def shared(term: Term) -> Term:
        return NamedNode(canonical.get(term.value, term.value)) if isinstance(term, NamedNode) else term

    merged, gone = Facts(store), list[Quad]()
    for (subject, predicate), values in rulings.kept.items():
        wanted, about = set(map(shared, values)), shared(subject)
        for value in merged.objects(about, predicate):
            if value not in wanted:
                gone += _remove(store, Triple(about, predicate, value))  # type: ignore[arg-type]
                if predicate == cd("cited"):
                    gone += _remove_unsupported(store, merged, subject, value)
    for triple in rulings.removed:
        gone += _remove(store, Triple(shared(triple.subject), triple.predicate, shared(triple.object)))  # type: ignore[arg-type]
    return gone


def _remove(store: pyoxigraph.Store, triple: Triple) -> list[Quad]:
    """The statement in a list, if the merged graph had it."""
    quad = Quad(triple.subject, triple.predicate, triple.object, DefaultGraph())
    if quad not in store:
        return []
    store.remove(quad)
    return [quad]


def _remove_unsupported(store: pyoxigraph.Store, merged: Facts, citation: NamedNode, value: Term) -> list[Quad]:
    unsupported = [edge for edge in _edges(merged, citation, [value]) if not _supported(merged, edge, None)]
    return [quad for edge in unsupported for quad in _remove(store, edge)]


def _edges(facts: Facts, citation: NamedNode, cited: Iterable[Term]) -> list[Triple]:
    """The direct edges that a citation states."""
    citing, relations = facts.objects(citation, cd("citing")), facts.objects(citation, cd("relation"))
    return [
        Triple(one, relation, other)
        for one in citing
        for relation in relations
        for other in cited
        if isinstance(one, NamedNode) and isinstance(relation, NamedNode)
    ]


def _supported(facts: Facts, edge: Triple, rulings: Rulings | None) -> bool:
    """True where a citation that nobody set aside states the edge."""
    citations = facts.subjects(cd("cited"), edge.object)  # type: ignore[arg-type]
    return any(
        edge in _edges(facts, citation, [edge.object])  # type: ignore[list-item]
        and not (rulings and rulings.drops(Triple(citation, cd("cited"), edge.object)))
        for citation in citations
    )


def _things(store: pyoxigraph.Store, decision: Decision) -> list[NamedNode]:
    """The present things that the decision is about, in order: readings, or the documents that they speak of."""
    facts = Facts(store, None)
    if not all(_exists(facts, value) for value in decision.values):
        return []
    found = [_of_source(facts, decision, readings) for readings in readings_at(store, decision.anchor)]
    return sorted({thing for thing in found if thing}, key=str)


def _of_source(facts: Facts, decision: Decision, readings: list[NamedNode]) -> NamedNode | None:
    """The one thing that the readings of a source leave; where they leave several, the one that was decided on."""
    things: set[Term] = set(readings)
    if decision.predicate in ("issuedBy", "sameDocumentAs"):
        things = {thing for reading in readings for thing in _spoken_of(facts, reading)}
        if document_key(decision.thing):
            things &= {NamedNode(decision.thing)}
    if len(things) > 1:
        things &= {NamedNode(decision.thing)}
    return next((thing for thing in things if isinstance(thing, NamedNode)), None)


def _spoken_of(facts: Facts, reading: NamedNode) -> list[Term]:
    return [*facts.objects(reading, cd("claimOf")), *facts.objects(reading, cd("cited"))]


def _exists(facts: Facts, value: str) -> bool:
    """False for a name of one source's own that no source uses any more."""
    return not value.startswith(f"{ID}source/") or bool(facts.objects(NamedNode(value), TYPE))


def _matters(
    store: pyoxigraph.Store, decisions: Iterable[Decision], things: Mapping[str, list[NamedNode]]
) -> dict[Matter, Ruling]:
    facts = Facts(store, None)
    matters: dict[Matter, Ruling] = {}
    for decision in decisions:
        for matter in dict.fromkeys(_matter(facts, decision, thing) for thing in things[decision.iri]):
            matters.setdefault(matter, Ruling()).add(decision)
    return matters


def _matter(facts: Facts, decision: Decision, thing: NamedNode) -> Matter:
    """What a citation of a document without canonical IRI means is a matter of that document's identity."""
    cited = facts.first(thing, cd("cited"))
    if decision.predicate == "cited" and isinstance(cited, NamedNode) and not document_key(cited.value):
        return cited, SAME
    return thing, cd(decision.predicate)


def _standing(decision: Decision, things: list[NamedNode] | None, holding: set[str]) -> Iterator[Triple]:
    standing = "applied" if decision.iri in holding else "superseded" if things else "not-applicable"
    applied = things if standing == "applied" else None
    standing = "undone" if things is None else standing
    return describe(decision.iri, {cd("standing"): cd(standing), cd("appliesTo"): applied})


def _followed(facts: Facts, matter: Matter, ruling: Ruling) -> Iterator[Triple]:
    """What a ruling states: its values, what it rules out, and for a citation the edge and how far it is resolved."""
    subject, predicate = matter
    chosen = nodes(sorted(ruling.chosen))
    yield from describe(subject, {predicate: chosen, cd("ruledOut"): nodes(sorted(ruling.refused))})
    for (citation, of_citation), values in _resolutions(facts, matter, ruling).items():
        yield from describe(citation, {of_citation: sorted(values, key=str)})
    if predicate == cd("cited"):
        yield from _edges(facts, subject, chosen)
    if predicate in (cd("cited"), SAME, cd("candidate")):
        yield from (Triple(document, TYPE, cd("Document")) for document in chosen)


def _resolutions(facts: Facts, matter: Matter, ruling: Ruling) -> dict[Matter, frozenset[Term]]:
    """How far the citations are resolved that the matter is about, and why they are not."""
    state: frozenset[Term] = frozenset({cd("resolved")})
    reason: frozenset[Term] = frozenset()
    if not ruling.chosen:
        if matter[1] != cd("cited") or _left(facts, matter, ruling):
            return {}
        state, reason = frozenset({cd("unresolved")}), frozenset({Literal(_RULED_OUT)})
    both = ((cd("resolution"), state), (cd("reason"), reason))
    return {(each, name): values for each in _citations(facts, matter) for name, values in both}


def _left(facts: Facts, matter: Matter, ruling: Ruling) -> frozenset[Term]:
    """The values that the sources state and nobody ruled out."""
    return frozenset(facts.objects(*matter)) - set(nodes(ruling.refused))


def _citations(facts: Facts, matter: Matter) -> list[NamedNode]:
    """The citations whose resolution follows from the matter."""
    subject, predicate = matter
    if predicate == SAME:
        return facts.subjects(cd("cited"), subject)
    return [subject] if predicate == cd("cited") else []


def _rulings(facts: Facts, matters: Mapping[Matter, Ruling]) -> Rulings:
    kept: dict[Matter, frozenset[Term]] = {}
    removed: set[Triple] = set()
    for matter, ruling in matters.items():
        subject, predicate = matter
        kept |= _kept(facts, matter, ruling)
        removed |= {Triple(subject, predicate, NamedNode(value)) for value in ruling.refused}
        if ruling.chosen:
            removed.add(Triple(subject, cd("inferred"), predicate))
    return Rulings(kept, frozenset(removed))


def _kept(facts: Facts, matter: Matter, ruling: Ruling) -> dict[Matter, frozenset[Term]]:
    """The values that alone remain, for the matter itself and for what hangs on it."""
    subject, predicate = matter
    kept = _resolutions(facts, matter, ruling)
    if predicate == SAME:
        return kept | _days(facts, ruling)
    if predicate != cd("candidate"):
        kept[matter] = frozenset(nodes(ruling.chosen)) if ruling.chosen else _left(facts, matter, ruling)
    if ruling.chosen and predicate == cd("bearer"):
        kept[subject, cd("bearerSource")] = frozenset()
    return kept


def _days(facts: Facts, ruling: Ruling) -> dict[Matter, frozenset[Term]]:
    """The document's own date counts, not that of the one that is merged into it."""
    document = node(next(iter(ruling.chosen), None))
    own = {(document, day): frozenset(facts.objects(document, day)) for day in _DAYS} if document else {}
    return {(about, day): values for (about, day), values in own.items() if values}
