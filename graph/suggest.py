"""Which documents a reference to unnamed ones may mean: by who issued them, when, of which type and about what.

"các văn bản chỉ đạo của Tỉnh ủy" names no document, and none is made of it: the best few candidates are suggested, in
order, in the derived graph. A candidate was issued by a body that the words name, at most a year before, is about the
same, and of a type that the words name, if they name one.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Triple

from chidao.graph.evidence import Candidate
from chidao.graph.facts import Facts
from chidao.graph.identify import CURATED, suggestion
from chidao.graph.names import document_key, register_path, slug
from chidao.graph.registered import registered_body
from chidao.graph.similarity import Features, features, similarity
from chidao.graph.terms import ALTERNATIVE, PREF_LABEL, SUBJECT, TITLE, TYPE, Term, cd, day_number, oa
from chidao.graph.wording import duty_tokens
from chidao.ontology.bodies import BodyEntry
from chidao.ontology.register import register
from chidao.ontology.vocabulary import type_codes

METHOD = "candidates by issuer, window, type and subject, version 1"
MOST = 5
WINDOW = 365  # days before the citing document
ALIKE = 0.3
"""Likeness of subjects from which a document is suggested; see docs/curation.md."""
TELLING = 0.3
"""Weight from which a word, or pair of words, tells what a title is about."""
_KINDS = ("CollectiveReference", "OralInstruction")
_EVIDENCE = ("issuer-agrees", "in-window", "subject-alike")

_RECORDS = frozenset({"tb", "kl", "bb"})  # notices, conclusions and minutes write down what was said

_REMEMBERED = 20_000  # titles: some kilobytes each
Day = tuple[int, str]  # day of issue, IRI
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference to unnamed documents: who issued them, by when, of which types (none: any), about what."""

    reference: NamedNode
    citing: NamedNode
    day: int
    issuers: tuple[Term, ...]
    types: frozenset[str]
    subject: Features


def suggestion_triples(
    store: pyoxigraph.Store, canonical: Mapping[str, str], only: Collection[NamedNode] | None = None
) -> Iterator[Triple]:
    """At most five ``cd:Suggestion``s for each reference to unnamed documents, in the order of the references.

    Documents that the citing one cites by name, or that a person ruled out or confirmed, are not suggested. ``only``
    these references are looked at, if given.
    """
    facts, curated = Facts(store, None), Facts(store, CURATED)
    named = unnamed_references(facts) if only is None else sorted(only, key=str)
    references = list(filter(None, map(_reader(facts), named)))
    index = _Index(facts, curated, canonical) if references else None
    for reference in references:
        known = _known(facts, curated, reference, canonical)
        ranked = sorted((-alike, iri) for alike, iri in index.alike(reference) if iri not in known) if index else []
        for likeness, iri in ranked[:MOST]:
            evidence = (*_EVIDENCE, "type-named") if reference.types else _EVIDENCE
            found = Candidate(NamedNode(iri), evidence, ("unnamed",))
            yield from suggestion(reference.reference, found, METHOD, min(0.6, -likeness))


def unnamed_references(facts: Facts) -> list[NamedNode]:
    """Every reference to unnamed documents."""
    return [reference for kind in _KINDS for reference in facts.instances(cd(kind))]


def references_to(store: pyoxigraph.Store, documents: Iterable[NamedNode]) -> set[NamedNode]:
    """The references to unnamed documents that may mean one of these documents."""
    facts, curated = Facts(store, None), Facts(store, CURATED)
    found: set[NamedNode] = set()
    read = cache(_reader(facts))
    asked = _asked(facts)
    for document in documents:
        for date in facts.values(document, cd("issued")) if document_key(document.value) else ():
            issuers = (
                registered_body(iri) for each in (facts, curated) for iri in each.values(document, cd("issuedBy"))
            )
            keys = _keys(filter(None, issuers))
            subject = _features(_titles(facts, document))
            for reference in {each for key in keys for each in asked.get(key, ())}:
                its = read(reference)
                if its and _in_window(its, day_number(date)) and _likeness(its, document.value, subject):
                    found.add(reference)
    return found


def _asked(facts: Facts) -> dict[Key, set[NamedNode]]:
    """What a document is found by -> the references that ask for it."""
    wanted = cache(lambda issuer: tuple(_wanted(facts, (issuer,))))
    asked: defaultdict[Key, set[NamedNode]] = defaultdict(set)
    for reference, issuer in facts.pairs(cd("issuer")):
        for key in wanted(issuer):
            asked[key].add(reference)
    return asked


def _in_window(reference: Reference, day: int) -> bool:
    return reference.day - WINDOW <= day <= reference.day


def _likeness(reference: Reference, iri: str, subject: Features) -> float:
    """How alike the subjects are; 0 for a document that is too unlike, or of another type, or the citing one."""
    its = document_key(iri)
    if not its or iri == reference.citing.value or (reference.types and its.type_slug not in reference.types):
        return 0
    likeness = similarity(subject, reference.subject)
    shared = any(subject.get(word, 0) >= TELLING for word in _telling(reference.subject))
    return likeness if shared and likeness >= ALIKE else 0


class _Index:
    """The dated documents of the corpus, by issuer, numbering series, place and system, in the order of their days.

    Of those that a reference asks for, only the ones that share a telling word with its subject are weighed.
    """

    def __init__(self, facts: Facts, curated: Facts, canonical: Mapping[str, str]) -> None:
        self._facts = facts
        issuers = _grouped(facts) | _grouped(curated)
        self._days: defaultdict[tuple[Key, int], list[Day]] = defaultdict(list)
        for document, date in facts.pairs(cd("issued")):
            if document_key(document.value) and document.value not in canonical:
                for key in _keys(issuers.get(document, ())):
                    day = day_number(date.value)
                    self._days[key, day // WINDOW].append((day, document.value))
        self._subject = lru_cache(_REMEMBERED)(lambda iri: _features(_titles(facts, NamedNode(iri))))
        # no cache of a method: the circle would hold the store open
        self._words: dict[tuple[Key, int], dict[str, list[Day]]] = {}

    def alike(self, reference: Reference) -> Iterator[tuple[float, str]]:
        """(likeness, IRI) of each document that fits, once."""
        found = {iri for key in _wanted(self._facts, reference.issuers) for iri in self._sharing(key, reference)}
        for iri in found:
            likeness = _likeness(reference, iri, self._subject(iri))
            if likeness:
                yield likeness, iri

    def _sharing(self, key: Key, reference: Reference) -> Iterator[str]:
        """The documents under the key and within the window that share a telling word; the window touches two spans."""
        last = reference.day // WINDOW
        for words in (self._by_word(key, span) for span in (last - 1, last)):
            for word in _telling(reference.subject):
                yield from (iri for day, iri in words.get(word, ()) if _in_window(reference, day))

    def _by_word(self, key: Key, span: int) -> dict[str, list[Day]]:
        """Telling word -> the documents under the key whose titles have it; made when first asked for."""
        if (key, span) not in self._words:
            found: defaultdict[str, list[Day]] = defaultdict(list)
            for day in sorted(set(self._days.get((key, span), ()))):
                for word in _telling(self._subject(day[1])):
                    found[word].append(day)
            self._words[key, span] = found
        return self._words[key, span]


def _telling(subject: Features) -> Iterator[str]:
    return (word for word, weight in subject.items() if weight >= TELLING)


def _grouped(facts: Facts) -> dict[NamedNode, list[BodyEntry]]:
    """Document -> the bodies of the register that issued it."""
    found: defaultdict[NamedNode, list[BodyEntry]] = defaultdict(list)
    for document, body in facts.pairs(cd("issuedBy")):
        entry = registered_body(body.value)
        if entry:
            found[document].append(entry)
    return found


def _keys(issuers: Iterable[BodyEntry]) -> set[Key]:
    """What a document is found by: its issuer, the head of its series, and whose authorities issued it."""
    found: set[Key] = set()
    for entry in issuers:
        found |= {("body", entry.path), ("series", entry.series_path or entry.path)}
        found |= {("place", entry.place_path or "", entry.level), ("centre", entry.level, entry.system or "")}
    return found


def _wanted(facts: Facts, issuers: Iterable[Term]) -> Iterator[Key]:
    """The keys that the named issuers ask for.

    A committee means all who number in its series; its standing committee means itself. "Trung ương" means any central
    body, "Đảng" any of the Party, "tỉnh" any of that place.
    """
    for issuer in issuers:
        entry = registered_body(issuer.value)
        if entry and entry.collective:
            systems = (entry.system,) if entry.system else ("party", "state", "front", "other")
            yield from (("centre", entry.level, system) for system in systems)
        elif entry:
            yield ("body", entry.path)
            yield ("series" if entry.series_path == entry.path else "body", entry.series_path or entry.path)
        else:
            yield from _of_place(facts, issuer)


def _of_place(facts: Facts, group: Term) -> Iterator[Key]:
    """A group that means the authorities of a place: "của tỉnh"."""
    within = register_path(facts.value(group, cd("within")) or "", "place")
    place = register().place(within) if within else None
    if place and "/group/authorities-" in group.value:
        yield ("place", place.path, place.level)


def _reader(facts: Facts) -> Callable[[NamedNode], Reference | None]:
    """A function that reads a reference; None for what is none, or whose document has no date or is not known."""
    names = _type_names(facts)

    def read(reference: NamedNode) -> Reference | None:
        kinds, citing = facts.objects(reference, TYPE), facts.first(reference, cd("citing"))
        issued = facts.value(citing, cd("issued"))
        kind = next((each for each in _KINDS if cd(each) in kinds), None)
        if kind is None or not isinstance(citing, NamedNode) or not issued:
            return None
        selector = facts.first(facts.first(reference, oa("hasTarget")), oa("hasSelector"))
        types = _RECORDS if kind == "OralInstruction" else _types(facts.value(selector, oa("exact")) or "", names)
        subject = _features([*_titles(facts, citing), *facts.values(citing, SUBJECT)])
        issuers = tuple(facts.objects(reference, cd("issuer")))
        return Reference(reference, citing, day_number(issued), issuers, types, subject)

    return read


def _titles(facts: Facts, document: NamedNode) -> list[str]:
    return facts.values(document, TITLE) or facts.values(document, ALTERNATIVE)


def _features(words: Iterable[str]) -> Features:
    return features(duty_tokens(". ".join(words)))


def _types(words: str, names: Mapping[str, str]) -> frozenset[str]:
    """The folded codes of the document types that the words name: "các Chỉ thị, Nghị quyết của Đảng" -> ct, nq.

    None where they speak of documents at large: "các văn bản chỉ đạo …, hướng dẫn của Bộ Y tế".
    """
    folded = f" {slug(words).replace('-', ' ')} "
    if " van ban " in folded:
        return frozenset()
    return frozenset(code for name, code in names.items() if f" {name} " in folded)


def _type_names(facts: Facts) -> dict[str, str]:
    """Folded name of each document type -> its folded code: "chi thi" -> "ct"; from the published vocabulary."""
    return {
        slug(label.value).replace("-", " "): slug(code)
        for concept, code in type_codes().items()
        for label in facts.objects(NamedNode(concept), PREF_LABEL)
        if isinstance(label, Literal) and label.language == "vi"
    }


def _known(facts: Facts, curated: Facts, reference: Reference, canonical: Mapping[str, str]) -> set[str]:
    """What need not be suggested: named by the citing document, or decided by a person."""
    named = {
        cited
        for citation in facts.subjects(cd("citing"), reference.citing)
        for cited in facts.values(citation, cd("cited"))
    }
    decided = {value for name in ("ruledOut", "candidate") for value in curated.values(reference.reference, cd(name))}
    return {canonical.get(iri, iri) for iri in named} | decided
