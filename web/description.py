"""Some statements of the graph, indexed for building a page, and the names of things."""

from collections import defaultdict
from collections.abc import Iterable

from pyoxigraph import Literal, NamedNode, Triple

from chidao.ontology.namespaces import CD, DCTERMS, ID, RDF, SKOS

Values = dict[str, list[NamedNode | Literal]]


class Description:
    """What a CONSTRUCT gave. Terms go in and out as text: IRIs without brackets, literals without quotes.

    rdflib's terms are text too, but never equal to it: each is made plain (``str``) before it is looked up.
    """

    def __init__(self, triples: Iterable[Triple]) -> None:
        self._about: defaultdict[str, Values] = defaultdict(dict)
        self._triples = list(triples)
        for triple in self._triples:
            if isinstance(triple.subject, NamedNode) and isinstance(triple.object, NamedNode | Literal):
                values = self._about[triple.subject.value].setdefault(triple.predicate.value, [])
                if triple.object not in values:
                    values.append(triple.object)

    def __contains__(self, subject: str) -> bool:
        return str(subject) in self._about

    def __or__(self, other: "Description") -> "Description":
        return Description([*self._triples, *other._triples])

    def mentioned(self) -> list[str]:
        """Every IRI that stands as a predicate or value, in order."""
        values = (triple.object.value for triple in self._triples if isinstance(triple.object, NamedNode))
        return sorted({*values, *(triple.predicate.value for triple in self._triples)})

    def instances(self, *classes: str) -> list[str]:
        """The things of any of these classes, in the order of their IRIs."""
        wanted = set(map(str, classes))
        return sorted(thing for thing in self._about if wanted & set(self.values(thing, RDF.type)))

    def with_value(self, predicate: str, value: str) -> list[str]:
        """The things that have this value, in the order of their IRIs."""
        return sorted(thing for thing in self._about if str(value) in self.values(thing, predicate))

    def values(self, subject: str, predicate: str) -> list[str]:
        """Every value, in order; an empty list where nothing is stated."""
        return sorted(term.value for term in self._about.get(str(subject), {}).get(str(predicate), ()))

    def value(self, subject: str, predicate: str) -> str:
        """The first value, "" where nothing is stated."""
        return next(iter(self.values(subject, predicate)), "")

    def statements(self, subject: str) -> list[tuple[str, NamedNode | Literal]]:
        """Every (predicate, term) of ``subject``, in order."""
        pairs = ((predicate, term) for predicate, terms in self._about.get(str(subject), {}).items() for term in terms)
        return sorted(pairs, key=lambda pair: (pair[0], pair[1].value))

    def label(self, subject: str, language: str) -> str:
        """``skos:prefLabel`` in ``language``, else in Vietnamese, else any; else what the IRI ends in."""
        labels = {
            term.language or "": term.value
            for term in self._about.get(str(subject), {}).get(str(SKOS.prefLabel), ())
            if isinstance(term, Literal)
        }
        found = labels.get(language) or labels.get("vi") or next(iter(labels.values()), "")
        return found or last_part(str(subject))

    def title(self, document: str) -> str:
        """The title that the document bears, else the wording of the first that cites it, else ""."""
        return self.value(document, DCTERMS.title) or self.value(document, DCTERMS.alternative)

    def document_name(self, document: str, language: str) -> str:
        """ "Chỉ thị 07-CT/HU"; without a symbol the type and the title; without either what the IRI ends in."""
        kind = self.value(document, CD.documentType)
        words = [self.label(kind, language) if kind else "", self.value(document, CD.symbol)]
        if not words[1]:
            words.append(shortened(self.title(document), 80))
        return " ".join(filter(None, words)) or last_part(document)

    def name(self, thing: str, language: str) -> str:
        """The name of a document, or the label of anything else."""
        if str(CD.Document) in self.values(thing, RDF.type):
            return self.document_name(thing, language)
        return self.label(thing, language)


def last_part(iri: str) -> str:
    """What tells an IRI from its neighbours: "https://…/id/body/quang-ninh/tinh-uy" -> "quang-ninh/tinh-uy"."""
    inside = iri.removeprefix(str(ID))
    if inside != iri:
        return inside.partition("/")[2] or inside
    return iri.rpartition("#")[2] if "#" in iri else iri


def shortened(text: str, length: int) -> str:
    """At most ``length`` code points, cut between words, with an ellipsis where something is missing."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    return text[: length - 1].rsplit(" ", 1)[0] + "…"
