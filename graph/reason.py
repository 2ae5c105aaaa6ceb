"""OWL consistency: the vocabulary with a bounded sample of the data, as HermiT sees it."""

import io
import shutil
from collections.abc import Iterator
from itertools import islice
from typing import Literal as OneOf

import owlready2
import pyoxigraph
from owlready2 import OwlReadyInconsistentOntologyError, OwlReadyJavaError
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat

from chidao.graph.errors import ChidaoError
from chidao.ontology.namespaces import ID, XSD
from chidao.ontology.vocabulary import vocabulary_ntriples

SAMPLE = 20_000  # statements; HermiT's time grows faster than their number
_CHECKED = "https://w3id.org/chidao/checked"

_MESSAGES = {
    "vi": {
        "contradiction": "bộ từ vựng và dữ liệu mâu thuẫn nhau (HermiT: inconsistent ontology)",
        "impossible": "lớp này không thể có phần tử nào",
        "all": "HermiT đã xét bộ từ vựng và toàn bộ {} phát biểu của dữ liệu, trừ các giá trị xsd:date (ngoài OWL 2)",
        "part": "HermiT đã xét bộ từ vựng và {} phát biểu đầu của dữ liệu, trừ các giá trị xsd:date (ngoài OWL 2)",
    },
    "en": {
        "contradiction": "the vocabulary and the data contradict each other (HermiT: inconsistent ontology)",
        "impossible": "this class can have no members",
        "all": "HermiT looked at the vocabulary and all {} statements, without xsd:date values (not in OWL 2)",
        "part": "HermiT looked at the vocabulary and the first {} statements, without xsd:date values (not in OWL 2)",
    },
}
Contradiction = tuple[OneOf["violation", "info"], str, str]


def contradictions(store: pyoxigraph.Store, lang: str = "vi", limit: int = SAMPLE) -> Iterator[Contradiction]:
    """(severity, focus, message): a violation where vocabulary and data contradict each other.

    The last one, of severity "info", says how much was looked at. OWL 2 has no xsd:date, so dates are left out.
    Raises ChidaoError where Java is missing or fails.
    """
    words = _MESSAGES[lang]
    sample = list(islice(_data(store), limit))
    impossible = reason_over(vocabulary_ntriples().encode() + _ntriples(sample))
    if impossible is None:
        yield "violation", _CHECKED, words["contradiction"]
    for iri in impossible or ():
        yield "violation", iri, words["impossible"]
    extent = words["all"] if len(sample) < limit else words["part"]
    yield "info", _CHECKED, extent.format(len(sample))


def reason_over(ntriples: bytes) -> list[str] | None:
    """The classes that can have no members in an ontology given as N-Triples; None where the whole contradicts itself.

    Raises ChidaoError where Java is missing or fails.
    """
    if shutil.which(owlready2.JAVA_EXE) is None:
        raise ChidaoError("--reason needs Java, and no `java` command was found; install a Java runtime and try again")
    world = owlready2.World()
    try:
        with world.get_ontology(_CHECKED).load(fileobj=io.BytesIO(ntriples)):
            owlready2.sync_reasoner_hermit(world, debug=0)
        return sorted(each.iri for each in world.inconsistent_classes() if each is not owlready2.Nothing)
    except OwlReadyInconsistentOntologyError:
        return None
    except OwlReadyJavaError as error:
        raise ChidaoError(f"HermiT could not reason over the data: {error}") from error
    finally:
        world.close()


def _data(store: pyoxigraph.Store) -> Iterator[Quad]:
    """Statements of the default graph about data, in the order of the store, without dates."""
    for quad in store.quads_for_pattern(None, None, None, DefaultGraph()):
        dated = isinstance(quad.object, Literal) and quad.object.datatype.value == str(XSD.date)
        if isinstance(quad.subject, NamedNode) and quad.subject.value.startswith(str(ID)) and not dated:
            yield quad


def _ntriples(quads: list[Quad]) -> bytes:
    return pyoxigraph.serialize((quad.triple for quad in quads), format=RdfFormat.N_TRIPLES) or b""
