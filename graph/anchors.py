"""Anchoring a decision to a quote, and finding the quote again after the text was reloaded, changed or moved."""

from collections.abc import Iterator, Mapping

import pyoxigraph
from pyoxigraph import Literal, NamedNode

from chidao.graph.decisions import Anchor
from chidao.graph.errors import NotFoundError
from chidao.graph.facts import Facts
from chidao.graph.names import document_key, graph_iri, slug, symbol_key
from chidao.graph.terms import TYPE, Term, cd, oa
from chidao.ontology.namespaces import CD, ID
from chidao.ontology.vocabulary import type_codes

NORMS = ("Obligation", "Request", "Recommendation", "Prohibition", "Permission")
REFERENCES = ("Citation", "CollectiveReference", "OralInstruction")
KINDS = (*REFERENCES, "Claim", *NORMS)
"""The classes of readings that a decision can rest on."""
_HOLDERS = ("citing", "imposedBy", "claimOf")


def anchor_of(store: pyoxigraph.Store, reading: NamedNode) -> Anchor:
    """The anchor of a reading of the store. Raises NotFoundError where the IRI is none, or it has no quote."""
    facts = Facts(store, _graph_of(reading))
    found = [_anchor(facts, reading, target) for target in facts.objects(reading, oa("hasTarget"))]
    known = [anchor for anchor in found if anchor]
    if not known:
        raise NotFoundError(
            f"{reading.value} is no reading with a quote; name a reference, norm or claim of a text held"
        )
    return known[0]


def readings_at(store: pyoxigraph.Store, anchor: Anchor) -> list[list[NamedNode]]:
    """The present readings that the anchor means, in order, one list for each source: its words, read as such a thing.

    They stand in the same source, at the same path, or in the same document (known by its canonical IRI). Where a
    source has the words several times, what stands around them decides, then the place; else that source has none.
    """
    facts = Facts(store, None)
    by_source: dict[str, dict[NamedNode, Anchor]] = {}
    for reading, found in _with_words(store, anchor):
        if (found.kind, found.mark) == (anchor.kind, anchor.mark) and _same_text(facts, found, anchor):
            by_source.setdefault(found.source, {})[reading] = found
    return [sorted(_nearest(by_source[source], anchor), key=str) for source in sorted(by_source)]


def _with_words(store: pyoxigraph.Store, anchor: Anchor) -> Iterator[tuple[NamedNode, Anchor]]:
    facts = Facts(store, None)
    for selector in facts.subjects(oa("exact"), Literal(anchor.exact)):
        for target in facts.subjects(oa("hasSelector"), selector):
            for reading in facts.subjects(oa("hasTarget"), target):
                found = _anchor(Facts(store, _graph_of(reading)), reading, target)
                if found:
                    yield reading, found


def _graph_of(reading: NamedNode) -> NamedNode:
    """The graph of the source that the reading stands in: what other texts say of its document tells nothing here."""
    return NamedNode(graph_iri(_source_of(reading).removeprefix(ID)))


def _source_of(reading: NamedNode) -> str:
    """The IRI of the source that the reading stands in."""
    return ID + "/".join(reading.value.removeprefix(ID).split("/")[:2])


def _anchor(facts: Facts, reading: NamedNode, target: Term) -> Anchor | None:
    kinds = facts.objects(reading, TYPE)
    kind = next((each for each in KINDS if cd(each) in kinds), None)
    source, selector = _source_of(reading), facts.first(target, oa("hasSelector"))
    exact, start = facts.value(selector, oa("exact")), facts.value(selector, oa("start"))
    if kind is None or exact is None or start is None:
        return None
    holder = next((each for name in _HOLDERS if (each := facts.value(reading, cd(name)))), "")
    path = facts.value(NamedNode(source), cd("path")) or ""
    prefix, suffix = (facts.value(selector, oa(name)) or "" for name in ("prefix", "suffix"))
    return Anchor(kind, _mark(facts, reading), source, path, holder, exact, prefix, suffix, int(start))


def _mark(facts: Facts, reading: NamedNode) -> str:
    """ "issuedBy" of a claim, "ct 18-ct-tu" of a citation; of a claim about a cited document both."""
    said = facts.value(reading, cd("claimProperty")) or ""
    document = facts.first(reading, cd("cited")) or facts.first(reading, cd("claimOf"))
    kind = type_codes().get(facts.value(document, cd("documentType")) or "", "")
    number = facts.value(document, cd("symbol")) or facts.value(document, cd("number")) or ""
    return " ".join(filter(None, (said.removeprefix(str(CD)), slug(kind), symbol_key(number))))


def _same_text(facts: Facts, found: Anchor, anchor: Anchor) -> bool:
    if found.source == anchor.source or anchor.path in facts.values(NamedNode(found.source), cd("path")):
        return True
    return found.document == anchor.document and document_key(anchor.document) is not None


def _nearest(found: Mapping[NamedNode, Anchor], anchor: Anchor) -> list[NamedNode]:
    """The readings at one place of one source; several readings of one quote stay together."""
    around = {one: its for one, its in found.items() if (its.prefix, its.suffix) == (anchor.prefix, anchor.suffix)}
    for group in (found, around, {one: its for one, its in around.items() if its.start == anchor.start}):
        if len({its.start for its in group.values()}) == 1:
            return list(group)
    return []
