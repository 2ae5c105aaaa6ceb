"""Why a graph contradicts the ontology, in words: HermiT says only that it does.

The rules are those that the ontology uses: domain and range, subclass and subproperty, classes defined by a value,
disjoint classes, relations that never join a thing to itself or in both directions, properties with one value. What
they do not explain stays unexplained; they never make a contradiction of a consistent graph.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from chidao.ontology.namespaces import OWL, RDF, RDFS, SKOS

_WORDS = {
    "vi": {
        "stated": "được khai báo",
        "subject": "là chủ thể của “{}”",
        "object": "là đối tượng của “{}”",
        "defined": "có “{}” là “{}”",
        "above": "nằm dưới lớp đó",
        "disjoint": "đối tượng này thuộc cả “{}” ({}) lẫn “{}” ({}), hai lớp không có phần tử chung",
        "itself": "đối tượng này “{}” chính nó, mà quan hệ này không bao giờ nối một thứ với chính nó",
        "mutual": "đối tượng này “{0}” {1}, và ngược lại {1} “{0}” nó, mà quan hệ này chỉ đi một chiều",
        "several": "đối tượng này có hai giá trị của “{}”: {} và {}, mà thuộc tính này chỉ có một",
    },
    "en": {
        "stated": "as stated",
        "subject": "it is the subject of “{}”",
        "object": "it is the object of “{}”",
        "defined": "its “{}” is “{}”",
        "above": "below that class",
        "disjoint": "this thing belongs to “{}” ({}) and to “{}” ({}), classes that share no member",
        "itself": "this thing “{}” itself, and nothing stands in this relation to itself",
        "mutual": "this thing “{0}” {1}, and {1} in turn “{0}” it, but this relation goes one way only",
        "several": "this thing has two values of “{}”: {} and {}, but this property has one only",
    },
}
Reasons = Mapping[Node, str]


@dataclass(frozen=True, slots=True)
class Explainer:
    """Explains contradictions with ``ontology`` in ``lang`` ("vi" or "en")."""

    ontology: Graph
    lang: str

    def explain(self, data: Graph) -> Iterator[tuple[str, str]]:
        """(IRI of the thing, what is wrong with it in words), in the order of the IRIs."""
        for thing, classes in sorted(self._classes(data).items()):
            yield from self._disjoint(thing, classes)
        yield from sorted(self._directions(data))
        yield from sorted(self._several(data))

    def explain_class(self, iri: str) -> Iterator[tuple[str, str]]:
        """Why a class can have no members: two classes above it exclude each other."""
        above = self._above(URIRef(iri), RDFS.subClassOf)
        return self._disjoint(iri, dict.fromkeys(above, self._words("above")))

    def _classes(self, data: Graph) -> dict[str, dict[Node, str]]:
        """Thing -> its classes, each with the reason why it belongs there."""
        found: defaultdict[str, dict[Node, str]] = defaultdict(dict)
        for subject, predicate, target in data:
            for thing, one, reason in self._memberships(subject, predicate, target):
                for above in self._above(one, RDFS.subClassOf):
                    found[str(thing)].setdefault(above, reason)
        for defined, conditions, step, value in self._definitions():
            for thing in data.subjects(step, value):
                if conditions <= found[str(thing)].keys():
                    found[str(thing)][defined] = self._words("defined", self._label(step), self._label(value))
        return found

    def _memberships(self, subject: Node, predicate: Node, target: Node) -> Iterator[tuple[Node, Node, str]]:
        """(thing, class, reason) for each class that one statement puts a thing into."""
        if predicate == RDF.type:
            yield subject, target, self._words("stated")
            return
        for above in self._above(predicate, RDFS.subPropertyOf):
            for domain in self.ontology.objects(above, RDFS.domain):
                yield subject, domain, self._words("subject", self._label(predicate))
            for values in self.ontology.objects(above, RDFS.range) if isinstance(target, URIRef) else ():
                yield target, values, self._words("object", self._label(predicate))

    def _definitions(self) -> Iterator[tuple[Node, set[Node], Node | None, Node]]:
        """(class, classes that a thing must be in, property, value) for each class defined by a value."""
        for defined, meaning in self.ontology.subject_objects(OWL.equivalentClass):
            parts = set(self.ontology.items(self.ontology.value(meaning, OWL.intersectionOf) or RDF.nil))
            for part in parts:
                value = self.ontology.value(part, OWL.hasValue)
                if value is not None:
                    conditions: set[Node] = {each for each in parts if isinstance(each, URIRef)}
                    yield defined, conditions, self.ontology.value(part, OWL.onProperty), value

    def _disjoint(self, thing: str, classes: Reasons) -> Iterator[tuple[str, str]]:
        """The first pair of classes that exclude each other, if any."""
        named = sorted(classes, key=self._depth, reverse=True)
        for one, other in combinations(named, 2):
            if (one, OWL.disjointWith, other) in self.ontology or (other, OWL.disjointWith, one) in self.ontology:
                labels = self._label(one), classes[one], self._label(other), classes[other]
                yield thing, self._words("disjoint", *labels)
                return

    def _depth(self, one: Node) -> tuple[int, str]:
        return len(self._above(one, RDFS.subClassOf)), str(one)

    def _directions(self, data: Graph) -> Iterator[tuple[str, str]]:
        """Things in a relation to themselves, and pairs in a one-way relation both ways."""
        for predicate in self._of_kind(OWL.IrreflexiveProperty):
            for below in self.ontology.transitive_subjects(RDFS.subPropertyOf, predicate):
                for subject, target in data.subject_objects(below):
                    if subject == target:
                        yield str(subject), self._words("itself", self._label(below))
        for predicate in self._of_kind(OWL.AsymmetricProperty):
            for subject, target in data.subject_objects(predicate):
                if subject != target and (target, predicate, subject) in data:
                    yield str(subject), self._words("mutual", self._label(predicate), str(target))

    def _several(self, data: Graph) -> Iterator[tuple[str, str]]:
        """Two values, known to differ, of a property that has one."""
        different = self._different()
        for predicate in self._of_kind(OWL.FunctionalProperty):
            for subject in set(data.subjects(predicate)):
                for one, other in combinations(sorted(data.objects(subject, predicate), key=str), 2):
                    if isinstance(one, Literal) or frozenset((one, other)) in different:
                        labels = self._label(one), self._label(other)
                        yield str(subject), self._words("several", self._label(predicate), *labels)

    def _different(self) -> set[frozenset[Node]]:
        heads = self.ontology.objects(None, OWL.distinctMembers)
        return {frozenset(pair) for head in heads for pair in combinations(self.ontology.items(head), 2)}

    def _of_kind(self, kind: Node) -> list[Node]:
        return sorted(self.ontology.subjects(RDF.type, kind), key=str)

    def _above(self, thing: Node, step: URIRef) -> list[Node]:
        """The thing and what is above it, without the classes that have no name."""
        above = dict.fromkeys(self.ontology.transitive_objects(thing, step))
        return [each for each in above if isinstance(each, URIRef)]

    def _label(self, term: Node | None) -> str:
        labels = (label for label in self.ontology.objects(term, SKOS.prefLabel) if isinstance(label, Literal))
        return next((str(label) for label in labels if label.language == self.lang), str(term or ""))

    def _words(self, key: str, *values: str) -> str:
        return _WORDS[self.lang][key].format(*values)
