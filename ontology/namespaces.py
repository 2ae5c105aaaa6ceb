"""The namespaces of the vocabulary and of the data, and the standard ones beside them."""

import os

from rdflib import DCTERMS, OWL, PROV, RDF, RDFS, SKOS, XSD, Namespace

DEFAULT_VOCABULARY = "https://w3id.org/chidao/ontology#"
DEFAULT_DATA = "https://w3id.org/chidao/id/"

CD = Namespace(os.environ.get("CHIDAO_VOCABULARY", DEFAULT_VOCABULARY))
ID = Namespace(os.environ.get("CHIDAO_BASE", DEFAULT_DATA))
OA = Namespace("http://www.w3.org/ns/oa#")
SH = Namespace("http://www.w3.org/ns/shacl#")

PREFIXES = {
    "cd": CD,
    "dcterms": Namespace(str(DCTERMS)),
    "oa": OA,
    "owl": Namespace(str(OWL)),
    "prov": Namespace(str(PROV)),
    "rdf": Namespace(str(RDF)),
    "rdfs": Namespace(str(RDFS)),
    "skos": Namespace(str(SKOS)),
    "xsd": Namespace(str(XSD)),
}

__all__ = ["CD", "DCTERMS", "ID", "OA", "OWL", "PREFIXES", "PROV", "RDF", "RDFS", "SH", "SKOS", "XSD"]
