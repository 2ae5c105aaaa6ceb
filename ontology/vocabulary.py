"""The vocabulary, its shapes and the shipped queries, read from the files beside this module."""

from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from rdflib import Graph, URIRef

from chidao.ontology.named_query import NamedQuery, parse_query
from chidao.ontology.namespaces import CD, DEFAULT_VOCABULARY, SKOS


@cache
def vocabulary() -> Graph:
    """Classes, properties and SKOS schemes in one graph without blank nodes. Shared: do not change it."""
    return _graph("", ".ttl")


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
    lines = vocabulary().serialize(format="nt", encoding="utf-8").decode().split("\n")
    return "".join(f"{line}\n" for line in sorted(filter(None, lines)))


@cache
def document_types() -> Mapping[str, URIRef]:
    """Code -> concept: every ``skos:notation``, and the codes seen in symbols that stand for one type only."""
    graph = vocabulary()
    seen: dict[str, set[URIRef]] = {}
    for concept, code in graph.subject_objects(CD.symbolCode):
        seen.setdefault(str(code), set()).add(URIRef(str(concept)))
    codes = {code: min(concepts) for code, concepts in seen.items() if len(concepts) == 1}
    notations = {str(code): URIRef(str(concept)) for concept, code in graph.subject_objects(SKOS.notation)}
    return MappingProxyType({**codes, **notations})


@cache
def queries() -> Mapping[str, NamedQuery]:
    """Name -> shipped query, in the order of the names."""
    return MappingProxyType({name: parse_query(name, text) for name, text in _read("queries", ".rq")})


def query(name: str) -> NamedQuery:
    """The shipped query of that name. Raises ValueError with the known names where there is none."""
    if name not in queries():
        raise ValueError(f"no shipped query is named {name!r}; the names are: {', '.join(queries())}")
    return queries()[name]


def _graph(folder: str, ending: str) -> Graph:
    graph = Graph()
    for _, text in _read(folder, ending):
        graph.parse(data=text, format="turtle")
    return graph


def _read(folder: str, ending: str) -> Iterator[tuple[str, str]]:
    """(name without ending, text) of each file, in order, in the namespace that this installation uses."""
    place = files("chidao.ontology").joinpath(folder) if folder else files("chidao.ontology")
    for file in sorted(place.iterdir(), key=lambda each: each.name):
        if file.name.endswith(ending):
            text = file.read_text(encoding="utf-8").replace(DEFAULT_VOCABULARY, str(CD))
            yield file.name.rpartition(".")[0], text
