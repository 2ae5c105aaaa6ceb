"""The vocabulary: a page for people, and Turtle, RDF/XML, JSON-LD or N-Triples for programs at the same address."""

from functools import cache

from flask import Blueprint, Response, render_template, request
from rdflib import Graph
from werkzeug.exceptions import NotAcceptable

from chidao.ontology.namespaces import CD, DCTERMS, OWL, PREFIXES, RDF
from chidao.ontology.vocabulary import ontology, vocabulary
from chidao.web import ontology_diagram
from chidao.web.formats import GRAPH_FORMATS
from chidao.web.language import chosen, words
from chidao.web.ontology_diagram import diagram
from chidao.web.ontology_terms import document_types, sections
from chidao.web.rdf import wanted_format

blueprint = Blueprint("ontology", __name__)
SERIALISERS = {"ttl": "turtle", "rdf": "xml", "jsonld": "json-ld", "nt": "nt"}


@blueprint.get("/ontology", defaults={"ending": ""})
@blueprint.get("/ontology.<ending>")
def page(ending: str) -> Response | str:
    """Terms by module, the picture, the table of document types; or the ontology itself in a format of RDF."""
    _, asked = wanted_format(f"ontology.{ending}" if ending else "ontology")
    if asked is not None or ending:
        name = asked.name if asked is not None else ending
        if name not in SERIALISERS:
            raise NotAcceptable(f"the vocabulary is given as {', '.join(SERIALISERS)}, not as {name}")
        return Response(_serialised(name), content_type=GRAPH_FORMATS[name].content_type)
    language = chosen(request)
    return render_template(
        "ontology.html",
        sections=sections(language),
        types=document_types(language),
        picture=diagram(language, words(language)["ontology_quote"]),
        size=(ontology_diagram.WIDTH, ontology_diagram.HEIGHT, *ontology_diagram.BOX),
        header=_header(language),
    )


@cache
def _serialised(name: str) -> bytes:
    """The ontology with its axioms, once for each format."""
    graph = Graph() + ontology()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph.serialize(format=SERIALISERS[name], encoding="utf-8")


def _header(language: str) -> dict[str, str]:
    """Titles, version and licence as the ontology states them, and its namespace."""
    graph, about = vocabulary(), vocabulary().value(None, RDF.type, OWL.Ontology)
    stated = {
        "title": DCTERMS.title,
        "about": DCTERMS.description,
        "version": OWL.versionInfo,
        "version_iri": OWL.versionIRI,
        "prior": OWL.priorVersion,
        "licence": DCTERMS.license,
        "cite": DCTERMS.bibliographicCitation,
    }
    values = {
        name: str(value)
        for name, term in stated.items()
        for value in graph.objects(about, term)
        if getattr(value, "language", None) in (None, language)
    }
    return {**values, "namespace": str(CD)}
