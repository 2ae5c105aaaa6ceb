"""The vocabulary, its shapes and the shipped queries, read from the files beside this module."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType

import pyoxigraph
from pyoxigraph import Literal, NamedNode, RdfFormat
from rdflib import Graph

from chidao.ontology.named_query import NamedQuery, parse_query
from chidao.ontology.namespaces import CD, DEFAULT_VOCABULARY, RDF, SKOS


@dataclass(frozen=True, slots=True)
class Module:
    """One file of the vocabulary; ``iri`` bears its title and purpose, "" for the header of the whole."""

    name: str
    iri: str
    graph: Graph


@cache
def modules() -> tuple[Module, ...]:
    """The files of the vocabulary in the order of their names, each a graph of its own. Shared: do not change them."""
    return tuple(_module(name, text) for name, text in _read("", ".ttl"))


@cache
def vocabulary() -> Graph:
    """Classes, properties and SKOS schemes in one graph without blank nodes. Shared: do not change it."""
    return _graph("", ".ttl")


@cache
def ontology() -> Graph:
    """The vocabulary with the axioms that need blank nodes, for reasoning and download. Shared: do not change it."""
    return vocabulary() + _graph("axioms", ".ttl")


@cache
def shapes() -> Graph:
    """The SHACL shapes of the data (``shapes/data.ttl``); for pyshacl's ``advanced``. Shared: do not change it."""
    return _graph("shapes", "data.ttl")


@cache
def style_shapes() -> Graph:
    """The SHACL shapes of the vocabulary itself (``shapes/style.ttl``); they need pyshacl's ``advanced``."""
    return _graph("shapes", "style.ttl")


@cache
def vocabulary_ntriples() -> str:
    """The vocabulary as N-Triples, one sorted line for each triple: the same bytes each time."""
    triples = (quad.triple for quad in _statements())
    lines = (pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode().split("\n")
    return "".join(f"{line}\n" for line in sorted(filter(None, lines)))


@cache
def document_types() -> Mapping[str, str]:
    """Code -> IRI of the concept: every ``cd:typeCode``, and the codes seen in symbols that stand for one type only."""
    seen: dict[str, set[str]] = {}
    for concept, code in _values(CD.symbolCode):
        seen.setdefault(code, set()).add(concept)
    codes = {code: min(concepts) for code, concepts in seen.items() if len(concepts) == 1}
    return MappingProxyType({**codes, **{code: concept for concept, code in type_codes().items()}})


@cache
def type_codes() -> Mapping[str, str]:
    """IRI of a document type -> its own code: ``…#chi-thi`` -> "CT"."""
    return MappingProxyType(dict(_values(CD.typeCode)))


@cache
def queries() -> Mapping[str, NamedQuery]:
    """Name -> shipped query, in the order of the names."""
    return MappingProxyType({name: parse_query(name, text) for name, text in _read("queries", ".rq")})


def query(name: str) -> NamedQuery:
    """The shipped query of that name. Raises ValueError with the known names where there is none."""
    if name not in queries():
        raise ValueError(f"no shipped query is named {name!r}; the names are: {', '.join(queries())}")
    return queries()[name]


def _module(name: str, text: str) -> Module:
    graph = Graph().parse(data=text, format="turtle")
    return Module(name, str(graph.value(None, RDF.type, SKOS.Collection) or ""), graph)


def _graph(folder: str, ending: str) -> Graph:
    graph = Graph()
    for _, text in _read(folder, ending):
        graph.parse(data=text, format="turtle")
    return graph


@cache
def _statements() -> pyoxigraph.Dataset:
    """The vocabulary as the store's engine parses it: in a tenth of the time, which every command pays."""
    texts = (text for _, text in _read("", ".ttl"))
    return pyoxigraph.Dataset(quad for text in texts for quad in pyoxigraph.parse(text, RdfFormat.TURTLE))


def _values(name: str) -> Iterator[tuple[str, str]]:
    """(subject, value) of every statement with this property of the vocabulary and a literal."""
    for quad in _statements().quads_for_predicate(NamedNode(name)):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, Literal):
            yield quad.subject.value, quad.object.value


def _read(folder: str, ending: str) -> Iterator[tuple[str, str]]:
    """(name without ending, text) of each file, in order, in the namespace that this installation uses."""
    place = files("chidao.ontology").joinpath(folder) if folder else files("chidao.ontology")
    for file in sorted(place.iterdir(), key=lambda each: each.name):
        if file.name.endswith(ending):
            text = file.read_text(encoding="utf-8").replace(DEFAULT_VOCABULARY, str(CD))
            yield file.name.rpartition(".")[0], text
