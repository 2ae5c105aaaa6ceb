"""Checking: a sound graph has no findings; a broken promise has one; nothing global is changed on the way."""

from dataclasses import replace
from pathlib import Path

import owlready2
import pyoxigraph
import pytest
import rdflib
from pyoxigraph import NamedNode, Quad
from rdflib.namespace import XSD
from record_factory import DISTRICT_PARTY, PROVINCE_PARTY, ba_che, directive

from chidao.graph.check import Finding, check, check_shapes
from chidao.graph.errors import ChidaoError
from chidao.graph.model import Record
from chidao.graph.publish import snapshot
from chidao.graph.quads import record_quads
from chidao.graph.reason import contradictions, reason_over
from chidao.graph.store import Store
from chidao.graph.terms import TYPE, cd
from chidao.ontology.vocabulary import vocabulary_ntriples

DOCUMENT = NamedNode("https://w3id.org/chidao/id/document/quang-ninh/tinh-uy/2021/ct-18")


def publish(data_dir: Path, texts: list[tuple[Record, str]]) -> pyoxigraph.Store:
    with Store.open(data_dir) as store:
        for number, (record, text) in enumerate(texts):
            store.replace(record.source.sha256, f"{number}.txt", record_quads(record, text), text)
        store.publish()
    return pyoxigraph.Store.read_only(str(snapshot(data_dir)))


def violations(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "violation"]


def test_a_sound_graph_has_no_findings(tmp_path: Path) -> None:
    assert check(publish(tmp_path, ba_che()), tmp_path) == []


def test_a_quote_that_is_not_in_its_text_is_found(tmp_path: Path) -> None:
    store = publish(tmp_path, ba_che())
    for path in (tmp_path / "texts").iterdir():
        path.write_text(path.read_text().replace("Thực", "Xhực"))
    found = violations(check(store, tmp_path, lang="en"))
    assert {finding.value for finding in found} == {
        "Thực hiện CT số 18 của Tỉnh ủy Quảng Ninh;",
        "Thực hiện CT số 07 của Huyện ủy Ba Chẽ;",
    } | {finding.value for finding in found if "around" in finding.message}


def test_a_source_whose_text_is_gone_is_found(tmp_path: Path) -> None:
    store = publish(tmp_path, ba_che())
    for path in (tmp_path / "texts").iterdir():
        path.unlink()
    assert len(violations(check(store, tmp_path))) == 3


@pytest.mark.parametrize(("lang", "words"), [("vi", "không có trích dẫn"), ("en", "no citation with a quote")])
def test_an_edge_without_a_quote_is_found(tmp_path: Path, lang: str, words: str) -> None:
    record, text = ba_che()[1]
    store = publish(tmp_path, [(record, text)])
    memory = pyoxigraph.Store()
    memory.extend(quad for quad in store if quad.predicate != cd("citing"))
    found = [finding for finding in check_shapes(memory, lang) if words in finding.message]
    assert [finding.focus for finding in found] == [record.documents[0].iri]


def test_two_dates_of_one_document_are_found(tmp_path: Path) -> None:
    dates = ("2021-10-18", "2021-10-19")
    texts = [directive(PROVINCE_PARTY, "CT", "18", "TU", date, path=date) for date in dates]
    found = violations(check(publish(tmp_path, texts), tmp_path))
    assert {finding.focus for finding in found} == {DOCUMENT.value}


def test_a_circle_is_found(tmp_path: Path) -> None:
    one, two = (DISTRICT_PARTY, "CT", "1", "HU", "2021-01-01"), (DISTRICT_PARTY, "CT", "2", "HU", "2021-01-01")
    store = publish(tmp_path, [directive(*one, cites=(two,)), directive(*two, cites=(one,))])
    (finding,) = violations(check(store, tmp_path, lang="en"))
    assert "circle" in finding.message
    assert len(finding.value.split()) == 2


def test_a_document_older_than_what_it_implements_is_only_a_warning(tmp_path: Path) -> None:
    later = (PROVINCE_PARTY, "CT", "18", "TU", "2021-12-31")
    store = publish(tmp_path, [directive(DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19", cites=(later,))])
    assert [finding.severity for finding in check(store, tmp_path)] == ["warning"]


def test_checking_leaves_the_literals_of_rdflib_alone(tmp_path: Path) -> None:
    def behaviour() -> tuple[object, ...]:
        number, truth = rdflib.Literal("01", datatype=XSD.integer), rdflib.Literal("1", datatype=XSD.boolean)
        return str(number), truth.value, number <= rdflib.Literal(2), rdflib.NORMALIZE_LITERALS

    before = behaviour()
    check(publish(tmp_path, ba_che()), tmp_path)
    assert behaviour() == before == ("1", True, True, True)


def test_the_vocabulary_and_sound_data_are_consistent(tmp_path: Path) -> None:
    findings = list(contradictions(publish(tmp_path, ba_che())))
    assert [severity for severity, _, _ in findings] == ["info"]
    assert "xsd:date" in findings[0][2]


def test_reasoning_says_when_it_saw_only_a_part(tmp_path: Path) -> None:
    ((_, _, message),) = contradictions(publish(tmp_path, ba_che()), "en", limit=10)
    assert "the first 10 statements" in message


def test_a_contradiction_is_found(tmp_path: Path) -> None:
    record, text = ba_che()[0]
    wrong = Quad(DOCUMENT, TYPE, cd("Place"), next(iter(record_quads(record, text))).graph_name)
    with Store.open(tmp_path) as store:
        store.replace(record.source.sha256, "a", [*record_quads(record, text), wrong], text)
        store.publish()
    findings = check(pyoxigraph.Store.read_only(str(snapshot(tmp_path))), tmp_path, reason=True)
    assert any("HermiT: inconsistent" in finding.message for finding in violations(findings))


def test_a_class_without_possible_members_is_found() -> None:
    impossible = f"{cd('Impossible')} <http://www.w3.org/2000/01/rdf-schema#subClassOf> "
    added = "".join(f"{impossible}{cd(name)} .\n" for name in ("Document", "Place"))
    assert reason_over((vocabulary_ntriples() + added).encode()) == [cd("Impossible").value]


def test_missing_java_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(owlready2, "JAVA_EXE", "no-such-java")
    with pytest.raises(ChidaoError, match="Java"):
        reason_over(vocabulary_ntriples().encode())


def test_findings_come_in_order_violations_first(tmp_path: Path) -> None:
    later = (PROVINCE_PARTY, "CT", "18", "TU", "2021-12-31")
    record, text = directive(DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19", cites=(later,))
    record = replace(record, documents=(replace(record.documents[0], claims=()),))
    severities = [finding.severity for finding in check(publish(tmp_path, [(record, text)]), tmp_path)]
    assert severities == ["violation", "warning"]
