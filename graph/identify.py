"""Which document a citation means that does not say all: by issuer, type and number, and by what else the words tell.

Candidates are the documents of the corpus with the same type and number. One of them is taken where the evidence leaves
no other: its issuer is stated or stands above the citing body, and its date, period or title agrees. Else the
reference stays as it is, and its candidates are kept with what speaks for them and what does not.
"""

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph
from pyoxigraph import NamedNode, Triple

from chidao.graph.document_heads import Head, head_reader
from chidao.graph.evidence import (
    DATE,
    ISSUER,
    NUMBER,
    OTHER_YEAR,
    PERIOD,
    SUPERIOR,
    Candidate,
    chosen,
    weigh,
    with_rivals,
)
from chidao.graph.facts import Facts
from chidao.graph.names import derived_iri, document_key, graph_iri
from chidao.graph.periods import same_period
from chidao.graph.terms import TYPE, cd, decimal, describe, text
from chidao.ontology.bodies import BodyEntry
from chidao.ontology.register import register

CURATED = NamedNode(graph_iri("curated"))
DERIVED = NamedNode(graph_iri("derived"))
METHOD = "identification by issuer, type, number, date, period and title, version 2"
MOST_CANDIDATES = 12
"""Of a reference without issuer, hundreds of documents may bear the number; the best supported are kept."""

NumberKey = tuple[str, str]  # folded type code, plain number
DayKey = tuple[str, str, int]  # series path, folded type code, year


@dataclass(frozen=True, slots=True)
class Corpus:
    """All documents, and those with a canonical IRI by type and number, and by series, type and year, each in order.

    Normative acts state their year in the symbol, so none are looked for.
    """

    documents: Sequence[NamedNode]
    numbered: dict[NumberKey, list[NamedNode]]
    dated: dict[DayKey, list[NamedNode]]


def identification_triples(
    store: pyoxigraph.Store, corpus: Corpus, only: Container[NamedNode] | None = None
) -> Iterator[Triple]:
    """``cd:sameDocumentAs`` with its ``cd:Identification`` for each local document that the evidence settles.

    For the others ``cd:Suggestion``s with evidence and doubts, or nothing where the corpus has no candidate. What a
    person settled or ruled out is not looked at again. ``only`` these documents are looked at, if given.
    """
    facts, curated = Facts(store, None), Facts(store, CURATED)
    head = head_reader(facts, curated)
    for document in corpus.documents:
        if only is not None and document not in only:
            continue
        if document_key(document.value):
            yield from _other_years(facts, curated, document, corpus)
        elif not curated.objects(document, cd("sameDocumentAs")):
            yield from _identified(facts, curated, head, document, corpus)


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


def local_names(canonical: Mapping[str, str]) -> dict[str, tuple[str, ...]]:
    """Canonical IRI -> the local ones, in order."""
    known = defaultdict[str, list[str]](list)
    for local, iri in canonical.items():
        known[iri].append(local)
    return {iri: tuple(sorted(names)) for iri, names in known.items()}


def read_corpus(store: pyoxigraph.Store) -> Corpus:
    """The documents that the named graphs of ``store`` speak of."""
    return corpus_of(Facts(store, None).instances(cd("Document")))


def corpus_of(documents: Sequence[NamedNode]) -> Corpus:
    """These documents, which come in order, so that they are found by what they bear."""
    corpus = Corpus(documents, defaultdict(list), defaultdict(list))
    for document in corpus.documents:
        key = document_key(document.value)
        if key and not key.normative:
            corpus.numbered[key.type_slug, key.number].append(document)
            corpus.dated[key.series, key.type_slug, key.year].append(document)
    return corpus


def _identified(
    facts: Facts, curated: Facts, head: Callable[[NamedNode], Head], document: NamedNode, corpus: Corpus
) -> Iterator[Triple]:
    """What is worked out about one local document."""
    local = head(document)
    citations = facts.subjects(cd("cited"), document)
    citing = [head(each) for each in _citing(facts, citations)]
    refused = set(curated.objects(document, cd("ruledOut")))
    possible = (head(each) for each in _possible(local, corpus) if each not in refused)
    candidates = [found for each in possible if (found := weigh(local, each, citing))]
    settled = chosen(candidates)
    if settled:
        yield from _identification(document, settled)
    else:
        readings = citations or _claims(facts, document)
        yield from _suggestions(curated, readings, with_rivals(candidates)[:MOST_CANDIDATES])


def _possible(local: Head, corpus: Corpus) -> list[NamedNode]:
    """The documents of the same type and number; without a number, those of its issuer and type from the same year."""
    if local.type and local.number:
        return corpus.numbered.get((local.type, local.number), [])
    return [each for key in sorted(day_keys(local)) for each in corpus.dated.get(key, [])]


def day_keys(local: Head) -> set[DayKey]:
    """What a local document without a number is looked for by."""
    if not local.type or not local.numbering:
        return set()
    return {(local.numbering.path, local.type, int(date[:4])) for date in local.issued}


def _other_years(facts: Facts, curated: Facts, document: NamedNode, corpus: Corpus) -> Iterator[Triple]:
    """Suggestions for the citations of a Party document whose number the corpus has in another year of the term."""
    rivals = _of_other_years(document, corpus)
    dates = facts.values(document, cd("issued")) if rivals else []
    if not dates or facts.objects(document, cd("hasText")):
        return
    found = [
        Candidate(other, (NUMBER, ISSUER, PERIOD), (OTHER_YEAR,))
        for other, body in rivals
        if facts.objects(other, cd("hasText"))
        and (issued := facts.values(other, cd("issued")))
        and same_period("party", body.level, min(dates + issued), max(dates + issued))
    ]
    yield from _suggestions(curated, facts.subjects(cd("cited"), document), found)


def _of_other_years(document: NamedNode, corpus: Corpus) -> list[tuple[NamedNode, BodyEntry]]:
    """The documents of the same Party body, type and number in other years, with that body."""
    key = document_key(document.value)
    same = corpus.numbered.get((key.type_slug, key.number), ()) if key else ()
    keys = ((other, document_key(other.value)) for other in same)
    found = [other for other, its in keys if key and its and its.series == key.series and its.year != key.year]
    body = register().entry(key.series) if found and key else None
    return [(other, body) for other in found] if body and body.system == "party" else []


def _citing(facts: Facts, citations: Iterable[NamedNode]) -> list[NamedNode]:
    found = {document for citation in citations for document in facts.objects(citation, cd("citing"))}
    return sorted((document for document in found if isinstance(document, NamedNode)), key=str)


def _claims(facts: Facts, document: NamedNode) -> list[NamedNode]:
    """The claim that stands for a document that nothing cites."""
    return facts.subjects(cd("claimOf"), document)[:1]


def _identification(local: NamedNode, found: Candidate) -> Iterator[Triple]:
    yield from describe(local, {cd("sameDocumentAs"): found.document})
    yield from describe(
        derived_iri("identification", local.value, found.document.value),
        {
            TYPE: cd("Identification"),
            cd("localDocument"): local,
            cd("canonicalDocument"): found.document,
            cd("method"): text(METHOD),
            cd("evidence"): [cd(kind) for kind in found.evidence],
            cd("confidence"): decimal(_confidence(found)),
        },
    )


def _confidence(found: Candidate) -> float:
    """An issuer that is only the superior of the citing body tells less than one that is stated; a date most."""
    sure = 0.97 if found.has(DATE) else 0.9
    return sure - 0.1 if found.has(SUPERIOR) else sure


def _suggestions(curated: Facts, readings: Sequence[NamedNode], candidates: Sequence[Candidate]) -> Iterator[Triple]:
    for reading in readings:
        refused = set(curated.objects(reading, cd("ruledOut")))
        for candidate in candidates:
            if candidate.document not in refused:
                yield from suggestion(reading, candidate, METHOD, 0.5 / len(candidates))


def suggestion(reading: NamedNode, candidate: Candidate, method: str, confidence: float) -> Iterator[Triple]:
    """A document that ``reading`` may mean, with what speaks for it and what does not."""
    return describe(
        derived_iri("suggestion", reading.value, candidate.document.value),
        {
            TYPE: cd("Suggestion"),
            cd("suggestedFor"): reading,
            cd("suggestedDocument"): candidate.document,
            cd("method"): text(method),
            cd("evidence"): [cd(kind) for kind in candidate.evidence],
            cd("doubt"): [cd(doubt) for doubt in candidate.doubts],
            cd("confidence"): decimal(confidence),
        },
    )
