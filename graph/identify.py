"""Which document a citation without a date means: the one of its series, type and number that the corpus and the period
leave. Where they leave several, or one that is not sure, the reference stays as it is and gets suggestions."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

import pyoxigraph
from pyoxigraph import NamedNode, Triple

from chidao.graph.facts import Facts
from chidao.graph.names import derived_iri, document_key, graph_iri, plain_number, register_path, slug
from chidao.graph.periods import same_period
from chidao.graph.terms import TYPE, Term, cd, decimal, describe, text
from chidao.ontology.namespaces import SKOS
from chidao.ontology.register import register
from chidao.ontology.vocabulary import document_types, vocabulary

CURATED = NamedNode(graph_iri("curated"))
DERIVED = NamedNode(graph_iri("derived"))
_SURE = "one document of this series, type and number in the period"
_UNSURE = "same series, type and number, not surely the same period"

SeriesKey = tuple[str, str, str]  # series, folded type code, plain number


@dataclass(frozen=True, slots=True)
class Numbered:
    """A local document with what tells its series: the key, and the system and level of the numbering body."""

    document: NamedNode
    key: SeriesKey
    system: str
    level: str


def identification_triples(store: pyoxigraph.Store) -> Iterator[Triple]:
    """For each local document with a number but no date: ``cd:sameDocumentAs`` with its ``cd:Identification``, or
    ``cd:Suggestion``s for its citations, or nothing where the corpus has no candidate or a person has settled it.
    """
    facts, curated = Facts(store, None), Facts(store, CURATED)
    corpus = _corpus(facts)
    for local in _local_documents(facts):
        refused = _refused(curated, local.document)
        candidates = [document for document in corpus.get(local.key, ()) if document not in refused]
        if not candidates or curated.objects(local.document, cd("sameDocumentAs")):
            continue
        citations = facts.subjects(cd("cited"), local.document)
        if len(candidates) == 1 and _in_period(facts, local, candidates[0], citations):
            yield from _identification(local.document, candidates[0])
        else:
            yield from _suggestions(citations, candidates)


def canonical_documents(store: pyoxigraph.Store) -> dict[str, str]:
    """Local IRI -> canonical IRI. What a person settled outranks the rules; two answers count for none."""
    same: dict[str, str] = {}
    for graph in (DERIVED, CURATED):
        found: dict[str, set[str]] = defaultdict(set)
        for local, canonical in Facts(store, graph).pairs(cd("sameDocumentAs")):
            found[local.value].add(canonical.value)
        same = {local: iri for local, iri in same.items() if local not in found}
        same |= {local: iri for local, (iri, *others) in found.items() if not others}
    return {local: _end(local, same) for local in same}


def _end(local: str, same: dict[str, str]) -> str:
    """The last IRI along ``same``; a circle ends where it would close."""
    seen = {local}
    while same.get(local, local) not in seen:
        local = same[local]
        seen.add(local)
    return local


def _documents(facts: Facts) -> list[NamedNode]:
    return facts.subjects(TYPE, cd("Document"))


def _corpus(facts: Facts) -> dict[SeriesKey, list[NamedNode]]:
    """The documents with a canonical IRI, by series; normative acts state their year, so none are looked for."""
    found: dict[SeriesKey, list[NamedNode]] = defaultdict(list)
    for document in _documents(facts):
        key = document_key(document.value)
        if key and not key.normative:
            found[(key.series, key.type_slug, key.number)].append(document)
    return found


def _local_documents(facts: Facts) -> Iterator[Numbered]:
    """Local documents that state type, number and an issuer of the register, and lack only the date."""
    for document in _documents(facts):
        if document_key(document.value) or facts.objects(document, cd("issued")):
            continue
        types, numbers = facts.values(document, cd("documentType")), facts.values(document, cd("number"))
        series = _series(facts, document)
        if len(series) == len(types) == len(numbers) == 1:
            path, system, level = series.pop()
            key = (path, slug(_type_code(types[0])), plain_number(numbers[0]))
            yield Numbered(document, key, system, level)


def _series(facts: Facts, document: NamedNode) -> set[tuple[str, str, str]]:
    """(series path, system, level) of every issuer that the register knows."""
    paths = [register_path(body, "body") for body in facts.values(document, cd("issuedBy"))]
    entries = [entry for path in paths if path and (entry := register().entry(path))]
    return {(entry.series_path, entry.system or "", entry.level) for entry in entries if entry.series_path}


@cache
def _type_code(concept: str) -> str:
    known = (iri for iri in document_types().values() if str(iri) == concept)
    return next((str(vocabulary().value(iri, SKOS.notation)) for iri in known), "")


def _in_period(facts: Facts, local: Numbered, candidate: NamedNode, citations: Iterable[NamedNode]) -> bool:
    """True where the candidate was issued before every citing document and in the same numbering period."""
    issued = facts.values(candidate, cd("issued"))
    citing = [document for citation in citations for document in facts.objects(citation, cd("citing"))]
    dates = [date for document in citing for date in facts.values(document, cd("issued"))]
    if not issued or not dates or max(issued) > min(dates):
        return False
    return same_period(local.system, local.level, min(issued), max(dates))


def _refused(curated: Facts, local: NamedNode) -> set[Term]:
    """Documents that a person ruled out: a curated identification of confidence 0."""
    rulings = curated.subjects(cd("localDocument"), local)
    against = [each for each in rulings if curated.values(each, cd("confidence")) == ["0"]]
    return {document for each in against for document in curated.objects(each, cd("canonicalDocument"))}


def _identification(local: NamedNode, canonical: NamedNode) -> Iterator[Triple]:
    yield from describe(local, {cd("sameDocumentAs"): canonical})
    yield from describe(
        derived_iri("identification", local.value, canonical.value),
        {
            TYPE: cd("Identification"),
            cd("localDocument"): local,
            cd("canonicalDocument"): canonical,
            cd("method"): text(_SURE),
            cd("confidence"): decimal(0.9),
        },
    )


def _suggestions(citations: Iterable[NamedNode], candidates: list[NamedNode]) -> Iterator[Triple]:
    for citation in citations:
        for candidate in candidates:
            yield from describe(
                derived_iri("suggestion", citation.value, candidate.value),
                {
                    TYPE: cd("Suggestion"),
                    cd("suggestedFor"): citation,
                    cd("suggestedDocument"): candidate,
                    cd("method"): text(_UNSURE),
                    cd("confidence"): decimal(0.5 / len(candidates)),
                },
            )
