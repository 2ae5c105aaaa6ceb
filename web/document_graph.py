"""The statements that a document's page is made of; the same statements are its description as RDF."""

from collections.abc import Iterable

from pyoxigraph import NamedNode

from chidao.graph.errors import NotFoundError
from chidao.ontology.namespaces import CD
from chidao.web.description import Description
from chidao.web.reader import Reader

# What was read from texts about a document: all from its own, and of the claims of texts that cite it the first ones.
_READ = """{ SELECT DISTINCT ?reading WHERE {
      { ?reading cd:citing|cd:imposedBy|cd:receptionOf $document }
      UNION { $document cd:hasText|cd:reportedIn ?own . ?reading cd:claimOf $document ; oa:hasTarget/oa:hasSource ?own }
      UNION { SELECT ?reading WHERE { ?reading cd:claimOf $document } ORDER BY ?reading LIMIT 50 }
    } }"""
# OPTIONAL, although all of it is there: so the engine goes from each reading to its quote; joined it would go through
# every quote of the corpus (a second instead of a millisecond at 20,000 documents).
DOCUMENT = f"""
CONSTRUCT {{ ?s ?p ?o }} WHERE {{ SELECT DISTINCT ?s ?p ?o WHERE {{
  {{ $document ?p ?o . BIND($document AS ?s) }}
  UNION {{ $document cd:signature ?s . ?s ?p ?o }}
  UNION {{ {_READ} ?reading ?p ?o . BIND(?reading AS ?s) }}
  UNION {{ {_READ} OPTIONAL {{ ?reading oa:hasTarget ?s OPTIONAL {{ ?s ?p ?o }} }} }}
  UNION {{ {_READ}
    OPTIONAL {{ ?reading oa:hasTarget ?target OPTIONAL {{ ?target oa:hasSelector ?s OPTIONAL {{ ?s ?p ?o }} }} }} }}
}} ORDER BY ?s ?p ?o }}"""

# What names a thing and places it; of the types, issuers and levels of documents, their labels too. A second VALUES in
# place of FILTER makes the engine look through every value of every property (200 times slower at 20,000 documents).
NAMES = """
CONSTRUCT { ?s ?p ?o } WHERE {
  {
    VALUES ?s { $things }
    ?s ?p ?o
    FILTER(?p IN (rdf:type, skos:prefLabel, cd:symbol, cd:documentType, dcterms:title, dcterms:alternative,
                  cd:issued, cd:issuedBy, cd:level, cd:system, cd:hasText, cd:reportedIn, cd:sha256, cd:path,
                  cd:sourceKind, cd:ocr))
  } UNION {
    VALUES ?thing { $things }
    ?thing cd:documentType|cd:issuedBy|cd:level|cd:system ?s .
    ?s skos:prefLabel ?o .
    BIND(skos:prefLabel AS ?p)
  }
}"""

# The first of those that cite a document, oldest first.
CITED_BY = """
SELECT ?citation ?citing WHERE {
  ?citation cd:cited $document ; cd:citing ?citing .
  OPTIONAL { ?citing cd:issued ?issued }
} ORDER BY ?issued ?citing LIMIT $limit"""

READINGS = """
CONSTRUCT { ?s ?p ?o } WHERE {
  { VALUES ?s { $readings } ?s ?p ?o }
  UNION { VALUES ?reading { $readings } ?reading oa:hasTarget ?s . ?s ?p ?o }
  UNION { VALUES ?reading { $readings } ?reading oa:hasTarget/oa:hasSelector ?s . ?s ?p ?o }
}"""


def document_description(reader: Reader, document: NamedNode) -> Description:
    """All that is stated about ``document`` and read from it, with names. Raises NotFoundError."""
    about = reader.graph(DOCUMENT, document=document)
    if document.value not in about:
        raise NotFoundError(f"{document.value}: nothing is stated about this document in the texts that were loaded")
    return with_names(reader, about)


def with_names(reader: Reader, about: Description) -> Description:
    """``about`` and what names the things that it mentions."""
    return about | names(reader, [iri for iri in about.mentioned() if iri not in about or iri.startswith(str(CD))])


def names(reader: Reader, things: Iterable[str]) -> Description:
    """What names each of ``things``: labels, symbols, dates, and the labels of their types and issuers."""
    terms = [NamedNode(iri) for iri in things]
    return reader.graph(NAMES, things=terms) if terms else Description(())


def readings_description(reader: Reader, readings: Iterable[str]) -> Description:
    """All about ``readings``: their own statements, quotes, and names."""
    terms = [NamedNode(iri) for iri in dict.fromkeys(readings)]
    return with_names(reader, reader.graph(READINGS, readings=terms)) if terms else Description(())
