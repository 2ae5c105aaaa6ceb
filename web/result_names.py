"""What the things in an answer are called, and the quotes behind those that were read from a text."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import NamedNode

from chidao.ontology.namespaces import CD, ID, PREFIXES, RDF, SKOS
from chidao.web.description import Description, shortened
from chidao.web.language import Language
from chidao.web.marks import Quote
from chidao.web.reader import Reader
from chidao.web.readings import Readings

# The names as ``document_graph.NAMES`` finds them; of readings, the quote and the path of its source too.
NAMES = """
CONSTRUCT { ?s ?p ?o } WHERE {
  {
    VALUES ?s { $things }
    ?s ?p ?o
    FILTER(?p IN (rdf:type, skos:prefLabel, cd:symbol, cd:documentType, dcterms:title, dcterms:alternative,
                  cd:level, cd:path, oa:hasTarget))
  } UNION {
    VALUES ?thing { $things }
    ?thing cd:documentType ?s .
    ?s skos:prefLabel ?o .
    BIND(skos:prefLabel AS ?p)
  }
  UNION { VALUES ?thing { $things } ?thing oa:hasTarget ?s . ?s ?p ?o }
  UNION { VALUES ?thing { $things } ?thing oa:hasTarget/oa:hasSelector ?s . ?s ?p ?o }
  UNION { VALUES ?thing { $things } ?thing oa:hasTarget/oa:hasSource ?s . ?s cd:path ?o . BIND(cd:path AS ?p) }
}"""
BATCH = 1000  # things that one query asks about
TITLE = 90  # characters of a title or quote that names a thing


@dataclass(frozen=True, slots=True)
class Names:
    """Names in ``language``, from what the graph says of the things."""

    about: Description
    language: Language

    def name(self, iri: str) -> str:
        """What people call it: "Chỉ thị 07-CT/HU", a label, a file's name, the words of a quote; "" for nothing."""
        if self.about.value(iri, SKOS.prefLabel) or self.is_document(iri):
            return self.about.name(iri, self.language)
        path = self.about.value(iri, CD.path)
        quotes = self.quotes(iri)
        return path.rpartition("/")[2] or path or (f"“{shortened(quotes[0].exact, TITLE)}”" if quotes else "")

    def title(self, iri: str) -> str:
        """The title of a document that is named by its symbol; "" for all else."""
        if not self.is_document(iri) or not self.about.value(iri, CD.symbol):
            return ""
        return self.about.title(iri)

    def is_document(self, iri: str) -> bool:
        """Whether the graph calls it a document."""
        return str(CD.Document) in self.about.values(iri, RDF.type)

    def quotes(self, iri: str) -> tuple[Quote, ...]:
        """The places that it was read from."""
        return Readings(self.about, self.language).quotes(iri)

    def source(self, quote: Quote) -> str:
        """The path or address of the text that a quote stands in."""
        return self.about.value(quote.source, CD.path) or quote.source


def find_names(reader: Reader, iris: Iterable[str], language: Language) -> Names:
    """Ask for the names of ``iris``, a thousand at a time. Those of other namespaces have none here."""
    known = (NamedNode(iri) for iri in dict.fromkeys(iris) if iri.startswith(_NAMED_HERE))
    about = Description(())
    while batch := list(islice(known, BATCH)):
        about = about | reader.graph(NAMES, things=batch)
    return Names(about, language)


def compact(iri: str) -> str:
    """``cd:Document`` for an IRI of a known namespace; of the data's IRIs, the part that differs."""
    if iri.startswith(str(ID)):
        return f"…/{iri.removeprefix(str(ID))}"
    for name, base in PREFIXES.items():
        if iri.startswith(str(base)):
            return f"{name}:{iri.removeprefix(str(base))}"
    return shortened(iri, 120)


_NAMED_HERE = (str(CD), str(ID))
