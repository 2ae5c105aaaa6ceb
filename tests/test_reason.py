"""OWL consistency as owlready2 and HermiT judge it, and the reasons given in words.

Every test here needs owlready2 and a Java runtime: without them the project cannot keep what it says of `check --reason`.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import owlready2
import pyoxigraph
import pytest
from place_base import seed
from pyoxigraph import NamedNode, Quad
from rdflib import Graph
from record_factory import ba_che

from chidao.graph.check import check
from chidao.graph.errors import ChidaoError
from chidao.graph.explain import Explainer
from chidao.graph.publish import snapshot
from chidao.graph.quads import record_quads
from chidao.graph.reason import contradictions, reason_over, take_sample
from chidao.graph.store import Store
from chidao.graph.terms import TYPE, cd
from chidao.ontology.namespaces import CD, ID, PREFIXES, XSD
from chidao.ontology.vocabulary import ontology

PREFIX_LINES = "".join(f"@prefix {prefix}: <{namespace}> .\n" for prefix, namespace in PREFIXES.items())
PREFIX_LINES += f"@prefix : <{ID}> .\n"


@pytest.fixture(autouse=True)
def short_lived_java(monkeypatch: pytest.MonkeyPatch) -> None:
    """HermiT runs for a second here: compiling it as for a long run takes longer than it saves."""
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-XX:+UseSerialGC -XX:TieredStopAtLevel=1")


def turtle(text: str) -> Graph:
    return Graph().parse(data=PREFIX_LINES + text, format="turtle")


def published(data_dir: Path, *wrong: Quad) -> pyoxigraph.Store:
    record, text = ba_che()[0]
    with Store.open(seed(data_dir)) as store:
        store.replace(record.source.sha256, "a", [*record_quads(record, text), *wrong], text)
        store.publish()
    return pyoxigraph.Store.read_only(str(snapshot(data_dir)))


def test_the_ontology_is_consistent_and_every_class_can_have_members() -> None:
    assert reason_over(ontology()) == []


def test_sound_data_are_consistent_and_the_output_says_what_was_left_out(tmp_path: Path) -> None:
    ((severity, _, message),) = contradictions(published(tmp_path), "en")
    assert severity == "info"
    assert re.search(r"Left out: values of xsd:date \([^)]*cd:issued\b", message)
    assert "the SHACL shapes check the rules on dates" in message


# A contradiction, and the words that must explain it in Vietnamese and in English.
CONTRADICTIONS = [
    (
        ":a a cd:Body ; cd:system cd:party , cd:state .",
        ("Cơ quan của Đảng", "Cơ quan nhà nước", "không có phần tử chung"),
        ("Party body", "State body", "share no member"),
    ),
    (
        ":a cd:implements :a .",
        ("“thực hiện” chính nó",),
        ("“implements” itself",),
    ),
    (
        ":a cd:concretises :a .",
        ("“cụ thể hóa” chính nó",),
        ("“concretises” itself",),
    ),
    (
        ":a cd:implements :b . :b cd:implements :a .",
        ("đi một chiều", f"{ID}b"),
        ("goes one way only", f"{ID}b"),
    ),
    (
        ":a cd:implements :b ; cd:subordinateTo :c .",
        ("Văn bản", "là chủ thể của “thực hiện”", "Chủ thể", "là chủ thể của “trực thuộc”"),
        ("Document", "the subject of “implements”", "Agent", "the subject of “subordinate to”"),
    ),
    (
        ":d cd:issuedBy :p . :p cd:partOf :q .",
        ("Chủ thể", "là đối tượng của “cơ quan ban hành”", "Đơn vị hành chính"),
        ("Agent", "the object of “issued by”", "Place"),
    ),
    (
        ":n a cd:Obligation , cd:Permission .",
        ("Nhiệm vụ", "Điều cho phép", "được khai báo"),
        ("Obligation", "Permission", "as stated"),
    ),
    (
        ":a cd:resolution cd:resolved , cd:unresolved .",
        ("tình trạng xác định", "đã xác định", "chưa xác định"),
        ("resolution", "resolved", "unresolved"),
    ),
    (
        ":s cd:textLength 3 , 4 .",
        ("độ dài", "3 và 4"),
        ("text length", "3 and 4"),
    ),
]


@pytest.mark.parametrize(("wrong", "vi", "en"), CONTRADICTIONS, ids=[wrong for wrong, _, _ in CONTRADICTIONS])
def test_a_contradiction_is_caught_and_explained(wrong: str, vi: tuple[str, ...], en: tuple[str, ...]) -> None:
    data = turtle(wrong)
    assert reason_over(ontology() + data) is None
    for lang, words in (("vi", vi), ("en", en)):
        focus, message = next(Explainer(ontology(), lang).explain(data))
        assert focus.startswith(ID)
        assert all(word in message for word in words), message


SOUND = """
:a a cd:Body ; cd:system cd:party . :b a cd:Body ; cd:system cd:state ; cd:ledBy :a .
:c cd:implements :d . :d cd:implements :e .
:n a cd:Norm , cd:Request .
cd:type-chi-thi cd:system cd:party , cd:state . # a type of both lines is no body of both
:f cd:cited :g , :h . # two names of one document, not two documents
"""


def test_what_is_sound_is_consistent_and_needs_no_explanation() -> None:
    assert reason_over(ontology() + turtle(SOUND)) == []
    assert list(Explainer(ontology(), "en").explain(turtle(SOUND))) == []


def test_a_class_without_possible_members_is_found_and_explained() -> None:
    graph = ontology() + turtle("cd:Impossible a owl:Class ; rdfs:subClassOf cd:Document , cd:Place .")
    assert reason_over(graph) == [f"{CD}Impossible"]
    ((focus, message),) = Explainer(graph, "en").explain_class(f"{CD}Impossible")
    assert focus == f"{CD}Impossible"
    assert "Document" in message
    assert "Place" in message


def test_check_reports_the_contradiction_and_its_reason(tmp_path: Path) -> None:
    record, text = ba_che()[0]
    document = NamedNode(record.documents[0].iri)
    graph = next(iter(record_quads(record, text))).graph_name
    store = published(tmp_path, Quad(document, TYPE, cd("Place"), graph))
    found = [finding for finding in check(store, tmp_path, reason=True, lang="en") if finding.severity == "violation"]
    assert any("HermiT: inconsistent" in finding.message for finding in found)
    assert any(finding.focus == document.value and "“Place” (as stated)" in finding.message for finding in found)


def test_only_a_bounded_sample_is_reasoned_over(tmp_path: Path) -> None:
    """At most so many things of each class, whatever the size of the store; nothing of the vocabulary; no dates."""
    sample = take_sample(published(tmp_path), 2)
    kinds = [str(kind) for kind in sample.graph.objects(None, TYPE_OF)]
    assert max(kinds.count(kind) for kind in kinds) <= 4  # a citation may also be one of another class's first two
    assert not [subject for subject in sample.graph.subjects() if str(subject).startswith(CD)]
    assert not [term for term in sample.graph.objects() if getattr(term, "datatype", None) == XSD.date]
    assert "cd:issued" in sample.undated


TYPE_OF = next(iter(turtle(":a a :b .").predicates()))


def test_missing_java_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owlready2, "JAVA_EXE", "no-such-java")
    with pytest.raises(ChidaoError, match="Java"):
        reason_over(ontology())


def test_without_java_the_command_says_so_and_ends_with_1(tmp_path: Path) -> None:
    published(tmp_path)
    command = [sys.executable, "-m", "chidao", "check", "--reason", "--data", str(tmp_path)]
    done = subprocess.run(command, env={**os.environ, "PATH": ""}, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "--reason needs Java" in done.stderr
    assert "Traceback" not in done.stderr


def test_java_is_there() -> None:
    """The tests above would say less without it."""
    assert shutil.which(owlready2.JAVA_EXE), "install a Java runtime to run these tests"
