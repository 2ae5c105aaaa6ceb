"""What a person decided: a value confirmed, refused or settled, anchored to a quote; and decisions taken back.

Decisions are kept as they were made, in the order of their time. The same decision has the same IRI in every store, so
that importing twice changes nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from chidao.graph.facts import Facts
from chidao.graph.names import curated_iri, graph_iri
from chidao.graph.terms import PREF_LABEL, TYPE, Term, cd, date_time, describe, integer, node, nodes, oa, text
from chidao.ontology.namespaces import CD, PROV

CURATED = NamedNode(graph_iri("curated"))
BY, AT = NamedNode(str(PROV.wasAttributedTo)), NamedNode(str(PROV.generatedAtTime))
PERSON = NamedNode(str(PROV.Person))

Verdict = Literal["confirmed", "refused", "settled"]
Property = Literal["cited", "candidate", "issuedBy", "bearer", "sameDocumentAs"]
VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
PROPERTIES: tuple[Property, ...] = get_args(Property)


@dataclass(frozen=True, slots=True)
class Anchor:
    """The quote that a decision rests on. ``kind`` is the local name of the reading's class ("Citation").

    ``source`` and ``path`` are those of the text when it was decided, ``document`` the IRI of the document that holds
    the quote (of a claim: that it is about); ``start`` counts code points. ``mark`` tells readings of one quote apart:
    the number of the cited document ("15, 16/CT-TTg" are two), the property of a claim.
    """

    kind: str
    mark: str
    source: str
    path: str
    document: str
    exact: str
    prefix: str
    suffix: str
    start: int

    @property
    def iri(self) -> str:
        """The anchor's name."""
        return curated_iri("anchor", *(str(getattr(self, name)) for name in self.__slots__))


@dataclass(frozen=True, slots=True)
class Decision:
    """``thing`` (a reading or document, its IRI then) has these ``values`` of ``predicate``; refused: it has not.

    ``by`` is a name, ``when`` a date-time in UTC ("2026-03-01T08:00:00Z"); ``values`` are in order.
    """

    verdict: Verdict
    predicate: Property
    thing: str
    values: tuple[str, ...]
    anchor: Anchor
    by: str
    when: str
    why: str

    @property
    def iri(self) -> str:
        """The decision's name."""
        said = (self.verdict, self.predicate, self.thing, *self.values, self.anchor.iri, self.by, self.when, self.why)
        return curated_iri("decision", *said)


@dataclass(frozen=True, slots=True)
class Reversal:
    """A decision taken back."""

    undoes: str
    by: str
    when: str
    why: str

    @property
    def iri(self) -> str:
        """The reversal's name."""
        return curated_iri("reversal", self.undoes, self.by, self.when, self.why)


Said = Decision | Reversal


def said_quads(said: Said) -> Iterator[Quad]:
    """The statements of a decision or reversal, in the curated graph."""
    triples = _decision(said) if isinstance(said, Decision) else _reversal(said)
    return (Quad(triple.subject, triple.predicate, triple.object, CURATED) for triple in triples)


def read_decisions(store: pyoxigraph.Store) -> list[Decision]:
    """The decisions of the curated graph, the earliest first."""
    facts = Facts(store, CURATED)
    found = [_read(facts, decision) for decision in facts.subjects(TYPE, cd("Decision"))]
    return sorted(found, key=lambda decision: (decision.when, decision.iri))


def read_reversals(store: pyoxigraph.Store) -> list[Reversal]:
    """The reversals of the curated graph, the earliest first."""
    facts = Facts(store, CURATED)
    found = [
        Reversal(facts.value(each, cd("undoes")) or "", *_attribution(facts, each))
        for each in facts.subjects(TYPE, cd("Reversal"))
    ]
    return sorted(found, key=lambda reversal: (reversal.when, reversal.iri))


def _decision(said: Decision) -> Iterator[Triple]:
    yield from describe(
        said.iri,
        {
            TYPE: cd("Decision"),
            cd("verdict"): cd(said.verdict),
            cd("decidedProperty"): cd(said.predicate),
            cd("decidedThing"): node(said.thing),
            cd("decidedValue"): nodes(said.values),
            cd("anchor"): node(said.anchor.iri),
        },
    )
    yield from _attributed(said)
    yield from _anchor(said.anchor)


def _reversal(said: Reversal) -> Iterator[Triple]:
    yield from describe(said.iri, {TYPE: cd("Reversal"), cd("undoes"): node(said.undoes)})
    yield from _attributed(said)


def _attributed(said: Said) -> Iterator[Triple]:
    person = curated_iri("person", said.by)
    yield from describe(said.iri, {BY: NamedNode(person), AT: date_time(said.when), cd("grounds"): text(said.why)})
    yield from describe(person, {TYPE: PERSON, PREF_LABEL: text(said.by)})


def _anchor(anchor: Anchor) -> Iterator[Triple]:
    return describe(
        anchor.iri,
        {
            TYPE: cd("Anchor"),
            cd("anchorClass"): cd(anchor.kind),
            cd("anchorMark"): text(anchor.mark or None),
            cd("anchorSource"): node(anchor.source),
            cd("anchorPath"): text(anchor.path),
            cd("anchorDocument"): node(anchor.document),
            oa("exact"): text(anchor.exact),
            oa("prefix"): text(anchor.prefix or None),
            oa("suffix"): text(anchor.suffix or None),
            oa("start"): integer(anchor.start),
        },
    )


def _read(facts: Facts, decision: NamedNode) -> Decision:
    by, when, why = _attribution(facts, decision)
    return Decision(
        next(each for each in VERDICTS if cd(each) in facts.objects(decision, cd("verdict"))),
        next(each for each in PROPERTIES if cd(each) in facts.objects(decision, cd("decidedProperty"))),
        facts.value(decision, cd("decidedThing")) or "",
        tuple(facts.values(decision, cd("decidedValue"))),
        _read_anchor(facts, facts.first(decision, cd("anchor"))),
        by,
        when,
        why,
    )


def _read_anchor(facts: Facts, anchor: Term | None) -> Anchor:
    kind = facts.value(anchor, cd("anchorClass")) or ""
    source, path, document = (facts.value(anchor, cd(f"anchor{name}")) or "" for name in ("Source", "Path", "Document"))
    exact, prefix, suffix = (facts.value(anchor, oa(name)) or "" for name in ("exact", "prefix", "suffix"))
    mark, start = facts.value(anchor, cd("anchorMark")) or "", int(facts.value(anchor, oa("start")) or 0)
    return Anchor(kind.removeprefix(str(CD)), mark, source, path, document, exact, prefix, suffix, start)


def _attribution(facts: Facts, said: NamedNode) -> tuple[str, str, str]:
    by = facts.value(facts.first(said, BY), PREF_LABEL)
    return by or "", facts.value(said, AT) or "", facts.value(said, cd("grounds")) or ""
