"""OWL consistency: the ontology with a bounded sample of the data, loaded by owlready2 and judged by HermiT."""

import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Literal as OneOf

import owlready2
import pyoxigraph
import rdflib
from owlready2 import OwlReadyInconsistentOntologyError, OwlReadyJavaError
from pyoxigraph import DefaultGraph, NamedNode

from chidao.graph.errors import ChidaoError
from chidao.graph.explain import Explainer
from chidao.graph.facts import Facts
from chidao.graph.terms import TYPE
from chidao.ontology.namespaces import CD, ID, OWL, PREFIXES, RDF, XSD
from chidao.ontology.vocabulary import ontology

SAMPLE = 40  # things of each class: HermiT's time grows faster than their number
_CHECKED = "https://w3id.org/chidao/checked"

_MESSAGES = {
    "vi": {
        "contradiction": "bộ từ vựng và dữ liệu mâu thuẫn nhau (HermiT: inconsistent ontology)",
        "unexplained": "không quy tắc nào ở đây giải thích được; hãy mở bộ từ vựng và dữ liệu bằng Protégé",
        "impossible": "lớp này không thể có phần tử nào",
        "extent": "HermiT đã xét bộ từ vựng và {} phát biểu về {} đối tượng, nhiều nhất {} của mỗi lớp. Để ngoài: "
        "giá trị xsd:date ({}), vì OWL 2 không có kiểu này; quy tắc về ngày do hình mẫu SHACL kiểm tra",
    },
    "en": {
        "contradiction": "the vocabulary and the data contradict each other (HermiT: inconsistent ontology)",
        "unexplained": "no rule here explains it; open vocabulary and data in Protégé",
        "impossible": "this class can have no members",
        "extent": "HermiT looked at the vocabulary and {} statements about {} things, at most {} of each class. Left "
        "out: values of xsd:date ({}), which is not in OWL 2; the SHACL shapes check the rules on dates",
    },
}
Contradiction = tuple[OneOf["violation", "info"], str, str]


@dataclass(frozen=True, slots=True)
class Sample:
    """Statements for the reasoner; ``undated`` are the properties whose xsd:date values were left out."""

    graph: rdflib.Graph
    things: int
    undated: tuple[str, ...]


def contradictions(store: pyoxigraph.Store, lang: str = "vi", limit: int = SAMPLE) -> Iterator[Contradiction]:
    """(severity, focus, message): violations where vocabulary and data contradict each other, each with its reason.

    The last one, of severity "info", says what was looked at and what was left out. At most ``limit`` things of each
    class are taken, in the order of their IRIs. Raises ChidaoError where Java is missing or fails.
    """
    words = _MESSAGES[lang]
    sample = take_sample(store, limit)
    explainer = Explainer(ontology(), lang)
    impossible = reason_over(ontology() + sample.graph)
    if impossible is None:
        yield "violation", _CHECKED, words["contradiction"]
        explained = list(explainer.explain(sample.graph)) or [(_CHECKED, words["unexplained"])]
        yield from (("violation", focus, message) for focus, message in explained)
    for iri in impossible or ():
        reasons = [message for _, message in explainer.explain_class(iri)]
        yield "violation", iri, "; ".join([words["impossible"], *reasons])
    extent = words["extent"].format(len(sample.graph), sample.things, limit, ", ".join(sample.undated) or "0")
    yield "info", _CHECKED, extent


def reason_over(graph: rdflib.Graph) -> list[str] | None:
    """The classes of ``graph`` that can have no members, in order; None where the whole contradicts itself.

    Values of xsd:date are left out: HermiT refuses what is not in OWL 2. Raises ChidaoError where Java is missing.
    """
    if shutil.which(owlready2.JAVA_EXE) is None:
        raise ChidaoError("--reason needs Java, and no `java` command was found; install a Java runtime and try again")
    world = owlready2.World()
    try:
        with world.get_ontology(_CHECKED).load(fileobj=io.BytesIO(_ntriples(graph))):
            owlready2.sync_reasoner_hermit(world, debug=0)
        return sorted(each.iri for each in world.inconsistent_classes() if each is not owlready2.Nothing)
    except OwlReadyInconsistentOntologyError:
        return None
    except OwlReadyJavaError as error:
        raise ChidaoError(f"HermiT could not reason over the data: {_said(error)}") from error
    finally:
        world.close()


def take_sample(store: pyoxigraph.Store, limit: int) -> Sample:
    """The statements of the default graph about the first ``limit`` things of each class of the vocabulary."""
    facts, graph, undated = Facts(store), rdflib.Graph(), set()
    things = {thing for one in _classes() for thing in islice(_members(facts, one), limit)}
    for thing in sorted(things, key=str):
        for quad in store.quads_for_pattern(thing, None, None, DefaultGraph()):
            if _is_date(quad.object):
                undated.add(_short(quad.predicate.value))
            else:
                graph.add((rdflib.URIRef(thing.value), rdflib.URIRef(quad.predicate.value), _term(quad.object)))
    return Sample(graph, len(things), tuple(sorted(undated)))


def _classes() -> list[NamedNode]:
    own = (one for one in ontology().subjects(RDF.type, OWL.Class) if str(one).startswith(CD))
    return [NamedNode(str(one)) for one in sorted(own, key=str)]


def _members(facts: Facts, one: NamedNode) -> Iterator[NamedNode]:
    """The data's things of a class; those of the vocabulary are there anyway."""
    return (thing for thing in facts.subjects(TYPE, one) if thing.value.startswith(str(ID)))


def _is_date(term: object) -> bool:
    return isinstance(term, pyoxigraph.Literal) and term.datatype.value == str(XSD.date)


def _term(term: object) -> rdflib.term.Node:
    if not isinstance(term, pyoxigraph.Literal):
        return rdflib.URIRef(getattr(term, "value", ""))
    if term.language:
        return rdflib.Literal(term.value, lang=term.language)
    return rdflib.Literal(term.value, datatype=rdflib.URIRef(term.datatype.value))


def _ntriples(graph: rdflib.Graph) -> bytes:
    """The graph without values of xsd:date."""
    kept = rdflib.Graph()
    for triple in graph:
        if getattr(triple[2], "datatype", None) != XSD.date:
            kept.add(triple)
    return kept.serialize(format="nt", encoding="utf-8")


def _short(iri: str) -> str:
    """A property with its prefix: "cd:issued"."""
    spaces = ((prefix, str(space)) for prefix, space in PREFIXES.items())
    return next((f"{prefix}:{iri.removeprefix(space)}" for prefix, space in spaces if iri.startswith(space)), iri)


def _said(error: OwlReadyJavaError) -> str:
    """What the reasoner says, without its stack."""
    lines = [line for line in str(error).splitlines() if line.strip() and not line.lstrip().startswith("at ")]
    return " ".join(lines[:4])
