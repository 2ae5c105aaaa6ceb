"""What the query editor completes: the terms of the vocabulary with their labels, the prefixes, the named graphs."""

import json
from collections.abc import Iterator
from functools import cache

from flask import Blueprint, Response, request
from rdflib import Literal, URIRef
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.names import graph_iri
from chidao.ontology.namespaces import OWL, PREFIXES, RDF, SKOS
from chidao.ontology.vocabulary import vocabulary
from chidao.web.language import LANGUAGES

blueprint = Blueprint("completion", __name__)
KINDS = {
    OWL.Class: "class",
    OWL.ObjectProperty: "property",
    OWL.DatatypeProperty: "property",
    OWL.AnnotationProperty: "property",
    SKOS.ConceptScheme: "scheme",
    SKOS.Concept: "concept",
}
GRAPHS = ("ontology", "register", "derived", "curated")  # those that are there beside one for each source text
KEPT = 3600  # seconds that a browser need not ask again


@blueprint.get("/sparql/completion.json")
def completion() -> BaseResponse:
    """The same bytes until the vocabulary changes: not taken from the store, and kept by the browser."""
    response = Response(_content(), content_type="application/json; charset=utf-8")
    response.cache_control.public = True
    response.cache_control.max_age = KEPT
    response.add_etag()
    return response.make_conditional(request)


@cache
def _content() -> str:
    """``terms``: [name, kind, label in Vietnamese, in English]; ``prefixes``: name -> IRI; ``graphs``: IRIs."""
    content = {
        "prefixes": {name: str(iri) for name, iri in PREFIXES.items()},
        "terms": sorted(_terms()),
        "graphs": [str(graph_iri(name)) for name in GRAPHS],
    }
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _terms() -> Iterator[tuple[str, ...]]:
    graph, seen = vocabulary(), set[str]()
    for of, kind in KINDS.items():
        for term in graph.subjects(RDF.type, of):
            name = _prefixed(str(term)) if isinstance(term, URIRef) else ""
            if name and name not in seen:
                seen.add(name)
                found = [one for one in graph.objects(term, SKOS.prefLabel) if isinstance(one, Literal)]
                yield name, kind, *(next((str(x) for x in found if x.language == each), "") for each in LANGUAGES)


def _prefixed(iri: str) -> str:
    """ "cd:issued"; "" where no prefix fits, or where what follows it could not stand in a query as it is."""
    for name, base in PREFIXES.items():
        local = iri.removeprefix(str(base))
        if local != iri and local.replace("-", "").isalnum():
            return f"{name}:{local}"
    return ""
