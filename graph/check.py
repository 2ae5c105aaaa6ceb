"""Whether the published graph keeps its promises: shapes of data and vocabulary, quotes against texts, no circles."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Literal as OneOf

import pyoxigraph
import pyshacl
import rdflib
import rdflib.term
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from chidao.graph.derive import cycles, implementation_graph
from chidao.graph.errors import ChidaoError, NotFoundError
from chidao.graph.excerpt import checked_ntriples
from chidao.graph.facts import DEFAULT, Facts
from chidao.graph.names import graph_iri
from chidao.graph.quotes import CONTEXT
from chidao.graph.reason import contradictions
from chidao.graph.terms import Term, cd, oa
from chidao.graph.texts import read_text
from chidao.ontology.namespaces import RDF, SH
from chidao.ontology.vocabulary import shapes, style_shapes

Severity = OneOf["violation", "warning", "info"]
_MESSAGES = {
    "vi": {
        "text": "không còn lưu chữ của nguồn này",
        "place": "trích dẫn thiếu lời hoặc vị trí",
        "words": "lời trích không đứng ở vị trí này của văn bản nguồn",
        "around": "chữ đứng quanh lời trích khác với văn bản nguồn",
        "circle": "các văn bản thực hiện lẫn nhau theo vòng tròn",
    },
    "en": {
        "text": "the text of this source is no longer stored",
        "place": "the quote lacks its words or its place",
        "words": "the quoted words do not stand at this place of the source text",
        "around": "what stands around the quote differs from the source text",
        "circle": "documents implement each other in a circle",
    },
}
_SEVERITIES: Mapping[str, Severity] = {str(SH.Warning): "warning", str(SH.Info): "info"}


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """What is wrong (or worth a look) with ``focus``, an IRI; ``value`` is the value concerned, or ""."""

    severity: Severity
    focus: str
    message: str
    value: str = ""


def check(store: pyoxigraph.Store, data_dir: Path, reason: bool = False, lang: str = "vi") -> list[Finding]:
    """Check a snapshot (opened read-only) against shapes and texts, and with ``reason`` for OWL consistency.

    The vocabulary checked is the one that was published with the data.

    Violations first. Only a finding of severity "violation" means that something is wrong.
    """
    found = [*check_shapes(store, lang), *check_style(store, lang)]
    found += [*check_quotes(store, data_dir, lang), *check_circles(store, lang)]
    if reason:
        found += [Finding(*each) for each in contradictions(store, lang)]
    order = {"violation": 0, "warning": 1, "info": 2}
    return sorted(set(found), key=lambda finding: (order[finding.severity], finding))


def check_shapes(store: pyoxigraph.Store, lang: str = "vi") -> Iterator[Finding]:
    """What the shapes of the data find in the default graph, with the messages in ``lang``."""
    return _validated(store, DEFAULT, _in_language(shapes(), lang))


def check_style(store: pyoxigraph.Store, lang: str = "vi") -> Iterator[Finding]:
    """What the shapes of the vocabulary itself find in the published ontology graph."""
    return _validated(store, NamedNode(graph_iri("ontology")), _in_language(style_shapes(), lang))


def _validated(store: pyoxigraph.Store, name: NamedNode | DefaultGraph, rules: rdflib.Graph) -> Iterator[Finding]:
    """What pySHACL reports on one graph of the store."""
    data = rdflib.Graph()
    held = checked_ntriples(store) if name == DEFAULT else store.dump(format=RdfFormat.N_TRIPLES, from_graph=name)
    data.parse(data=held, format="nt")
    with _literals_kept():
        validated = pyshacl.validate(data, shacl_graph=rules, advanced=True, inplace=True)
    report = validated[1]
    if not isinstance(report, rdflib.Graph):
        raise ChidaoError(f"the shapes could not be applied to the data: {report}")
    for result in report.subjects(RDF.type, SH.ValidationResult):
        value = report.value(result, SH.value)
        yield Finding(
            _SEVERITIES.get(str(report.value(result, SH.resultSeverity)), "violation"),
            str(report.value(result, SH.focusNode)),
            str(report.value(result, SH.resultMessage) or "the shape is not kept"),
            "" if value is None else str(value),
        )


def check_quotes(store: pyoxigraph.Store, data_dir: Path, lang: str = "vi") -> Iterator[Finding]:
    """Every quote whose words do not stand at its place of the stored text, and every source without a stored text."""
    facts = Facts(store)
    for source, sha256 in facts.pairs(cd("sha256")):
        try:
            full_text = read_text(data_dir, sha256.value)
        except NotFoundError:
            yield Finding("violation", source.value, _MESSAGES[lang]["text"], sha256.value)
            continue
        for target in facts.subjects(oa("hasSource"), source):
            for selector in facts.objects(target, oa("hasSelector")):
                fault = _fault(facts, selector, full_text)
                if fault:
                    exact = facts.value(selector, oa("exact")) or ""
                    yield Finding("violation", selector.value, _MESSAGES[lang][fault], exact)


def check_circles(store: pyoxigraph.Store, lang: str = "vi") -> Iterator[Finding]:
    """Documents that implement each other in a circle: a date or a reading must be wrong."""
    for group in cycles(implementation_graph(store, DEFAULT, {})):
        yield Finding("violation", group[0], _MESSAGES[lang]["circle"], " ".join(group))


def _fault(facts: Facts, selector: Term, full_text: str) -> str | None:
    """What is wrong with a quote, a key of _MESSAGES; None if nothing."""
    names = ("exact", "start", "end", "prefix", "suffix")
    exact, start, end, prefix, suffix = (facts.value(selector, oa(name)) for name in names)
    if exact is None or start is None or end is None:
        return "place"
    first, last = int(start), int(end)
    if full_text[first:last] != exact:
        return "words"
    around = (full_text[max(0, first - CONTEXT) : first], full_text[last : last + CONTEXT])
    return None if around == (prefix or "", suffix or "") else "around"


@cache
def _in_language(rules: rdflib.Graph, lang: str) -> rdflib.Graph:
    """The shapes with their messages in one language: pySHACL loses the language of messages that quote a value."""
    graph = rdflib.Graph()
    for subject, predicate, target in rules:
        if predicate != SH.message or getattr(target, "language", None) in (None, lang):
            graph.add((subject, predicate, target))
    return graph


@contextmanager
def _literals_kept() -> Iterator[None]:
    """Undo pySHACL's changes to rdflib's literals, which would reach every other user of rdflib in this process."""
    literal, mapping = rdflib.term.Literal, rdflib.term._toPythonMapping
    normalize, conversions = rdflib.NORMALIZE_LITERALS, dict(mapping)
    comparisons = literal.__ge__, literal.__le__
    try:
        yield
    finally:
        rdflib.NORMALIZE_LITERALS = normalize
        mapping.clear()
        mapping.update(conversions)
        literal.__ge__, literal.__le__ = comparisons  # type: ignore[method-assign]
