"""The vocabulary as a person reads it: modules of terms, and the table of document types, in one language."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from chidao.ontology.collation import collation_key
from chidao.ontology.namespaces import CD, DCTERMS, OWL, PREFIXES, RDF, RDFS, SKOS
from chidao.ontology.vocabulary import Module, modules, vocabulary
from chidao.web import links
from chidao.web.language import Language
from chidao.web.links import Link

# Kinds of terms in the order of the page; the words for them stand in language.toml.
KINDS = {
    OWL.Class: "ontology_class",
    OWL.ObjectProperty: "ontology_object_property",
    OWL.DatatypeProperty: "ontology_datatype_property",
    OWL.AnnotationProperty: "ontology_annotation_property",
    SKOS.ConceptScheme: "ontology_scheme",
    SKOS.Concept: "ontology_concept",
}
_NORMATIVE = {
    "true": "ontology_normative_true",
    "false": "ontology_normative_false",
    None: "ontology_normative_depends",
}
# Modules in reading order; one that is not named here comes last.
_ORDER = ("documents", "relations", "references", "norms", "bodies", "places", "quotes", "derived", "issuing")
_OTHERS = {
    **PREFIXES,
    "eli": "http://data.europa.eu/eli/ontology#",
    "odrl": "http://www.w3.org/ns/odrl/2/",
    "org": "http://www.w3.org/ns/org#",
    "time": "http://www.w3.org/2006/time#",
}


@dataclass(frozen=True, slots=True)
class Term:
    """One term; ``above`` are own and ``aligned`` foreign superterms, ``narrower`` the own terms directly below."""

    name: str
    kind: str
    label: str
    definition: str
    note: str
    examples: tuple[str, ...]
    other_labels: tuple[str, ...]
    domain: tuple[Link, ...]
    range: tuple[Link, ...]
    above: tuple[Link, ...]
    narrower: tuple[Link, ...]
    aligned: tuple[Link, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One module with its terms, and the alignments that it states about terms of other modules."""

    name: str
    label: str
    definition: str
    terms: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may issue a type: (kinds of bodies, their levels); legal sources with their dates as the remark."""

    name: str
    system: str
    issuers: tuple[tuple[str, str], ...]
    normative: str
    sources: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class DocumentType:
    """One row of the table of document types; ``also`` are the codes seen in symbols beside the one of the rules."""

    name: str
    code: str
    also: tuple[str, ...]
    vi: str
    en: str
    rules: tuple[Rule, ...]


@cache
def sections(language: Language) -> tuple[Section, ...]:
    """The modules that hold terms of our own, without the document types and rules, which have their table."""
    words = _Words(vocabulary(), language)
    made = [section for module in modules() if module.iri and (section := _section(words, module)).terms]
    return tuple(sorted(made, key=lambda one: _ORDER.index(one.name) if one.name in _ORDER else len(_ORDER)))


@cache
def document_types(language: Language) -> tuple[DocumentType, ...]:
    """The table of document types, in the order of their codes."""
    words, found = _Words(vocabulary(), language), vocabulary().subjects(RDF.type, CD.DocumentType)
    rows = (_document_type(words, one) for one in found)
    return tuple(sorted(rows, key=lambda row: collation_key(f"{row.code} {row.vi}")))


@dataclass(frozen=True, slots=True)
class _Words:
    """Looks up labels and links in the vocabulary."""

    graph: Graph
    language: Language

    def text(self, thing: Node, predicate: URIRef, language: str = "") -> str:
        return next(iter(self.texts(thing, predicate, language or self.language)), "")

    def texts(self, thing: Node, predicate: URIRef, *languages: str) -> tuple[str, ...]:
        """The literals in these languages, or without one."""
        found = (term for term in self.graph.objects(thing, predicate) if isinstance(term, Literal))
        return tuple(sorted(str(term) for term in found if term.language is None or term.language in languages))

    def label(self, thing: Node) -> str:
        return self.text(thing, SKOS.prefLabel) or _prefixed(thing)

    def links(self, things: Iterable[Node]) -> tuple[Link, ...]:
        """Own terms by their label, with their anchor; others by their prefixed name, with their address."""
        made = (
            Link(self.label(thing), f"#{_name(thing)}", _name(thing))
            if _own(thing)
            else Link(_prefixed(thing), str(thing))
            for thing in things
        )
        return links.by_name(made)


def _section(words: _Words, module: Module) -> Section:
    subject = URIRef(module.iri)
    found = {thing: kind for kind in reversed(KINDS) for thing in module.graph.subjects(RDF.type, kind) if _own(thing)}
    if module.name == "document-types":
        found = {}
    order = list(KINDS)
    shown = sorted(found, key=lambda thing: (order.index(found[thing]), _line(words.graph, thing)))
    terms = tuple(_term(words, thing, KINDS[found[thing]]) for thing in shown)
    return Section(module.name, words.label(subject), words.text(subject, SKOS.definition), terms)


def _line(graph: Graph, thing: Node) -> tuple[str, ...]:
    """What a term is sorted by: the terms above it from the top down, then itself; concepts by their rank or name."""
    rank = graph.value(thing, CD["rank"])
    if rank is not None:
        return (str(rank),)
    steps = (*graph.objects(thing, RDFS.subClassOf), *graph.objects(thing, RDFS.subPropertyOf))
    above = min((_line(graph, one) for one in steps if _own(one)), default=())
    return (*above, _name(thing))


def _term(words: _Words, thing: Node, kind: str) -> Term:
    graph = words.graph
    step = RDFS.subClassOf if kind == "ontology_class" else RDFS.subPropertyOf
    above = list(graph.objects(thing, step))
    return Term(
        name=_name(thing),
        kind=kind,
        label=words.label(thing),
        definition=words.text(thing, SKOS.definition),
        note=words.text(thing, SKOS.scopeNote),
        examples=words.texts(thing, SKOS.example, "vi"),
        other_labels=words.texts(thing, SKOS.altLabel, words.language),
        domain=words.links(graph.objects(thing, RDFS.domain)),
        range=words.links(graph.objects(thing, RDFS.range)),
        above=words.links(one for one in above if _own(one)),
        narrower=words.links(one for one in graph.subjects(step, thing) if _own(one)),
        aligned=words.links(one for one in above if not _own(one)),
        facts=_facts(words, thing) if kind in ("ontology_concept", "ontology_scheme") else (),
    )


def _facts(words: _Words, thing: Node) -> tuple[tuple[str, str], ...]:
    """What a concept states beyond its labels: rank, level, first and last day, notation."""
    stated = (CD["rank"], CD.level, CD.validFrom, CD.validTo)
    found = [(words.label(one), words.graph.objects(thing, one)) for one in stated]
    facts = [(label, ", ".join(sorted(words.label(value) for value in values))) for label, values in found]
    notation = words.text(thing, SKOS.notation)
    return tuple(fact for fact in [("skos:notation", notation), *facts] if fact[1])


def _document_type(words: _Words, thing: Node) -> DocumentType:
    code = words.text(thing, SKOS.notation)
    seen = {*words.texts(thing, CD.symbolCode), *words.texts(thing, CD.typeCode)} - {code}
    rules = (_rule(words, rule) for rule in words.graph.subjects(CD.ofType, thing))
    return DocumentType(
        name=_name(thing),
        code=code,
        also=tuple(sorted(seen)),
        vi=words.text(thing, SKOS.prefLabel, "vi"),
        en=words.text(thing, SKOS.prefLabel, "en"),
        rules=tuple(sorted(rules, key=lambda rule: (rule.system, rule.name))),
    )


def _rule(words: _Words, rule: Node) -> Rule:
    graph, normative = words.graph, words.graph.value(rule, CD.normative)
    return Rule(
        name=_name(rule),
        system=_name(graph.value(rule, CD.system) or rule),
        issuers=_issuers(words, rule),
        normative=_NORMATIVE[None if normative is None else str(normative)],
        sources=tuple(sorted((_source(words, source) for source in graph.objects(rule, DCTERMS.source)), key=_dates)),
    )


def _issuers(words: _Words, rule: Node) -> tuple[tuple[str, str], ...]:
    """(kinds of bodies, levels): kinds that exist on the same levels stand together."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for kind in sorted(words.graph.objects(rule, CD.mayBeIssuedBy), key=words.label):
        found[_levels(words, rule, kind)].append(words.label(kind))
    return tuple(("; ".join(kinds), levels) for levels, kinds in found.items())


def _levels(words: _Words, rule: Node, kind: Node) -> str:
    """The levels of a rule on which this kind of body exists, from the top down."""
    shared = set(words.graph.objects(rule, CD.level)) & set(words.graph.objects(kind, CD.level))
    ranked = sorted(shared, key=lambda level: str(words.graph.value(level, CD["rank"])))
    return ", ".join(map(words.label, ranked))


def _source(words: _Words, source: Node) -> Link:
    days = [words.text(source, each) for each in (CD.validFrom, CD.validTo)]
    return Link(words.label(source), f"#{_name(source)}", "/".join(days) if any(days) else "")


def _dates(source: Link) -> tuple[str, str]:
    return source.note, source.text


def _own(thing: Node) -> bool:
    return str(thing).startswith(str(CD))


def _name(thing: Node) -> str:
    return str(thing).removeprefix(str(CD))


def _prefixed(thing: Node) -> str:
    """A foreign term with its prefix: "eli:LegalResource"; a literal as it is."""
    spaces = ((prefix, str(space)) for prefix, space in _OTHERS.items())
    iri = str(thing)
    return next((f"{prefix}:{iri.removeprefix(space)}" for prefix, space in spaces if iri.startswith(space)), iri)
