"""Checking: a sound graph has no findings; a broken promise has one; nothing global is changed on the way."""

import shutil
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
import rdflib
from chain_stores import in_memory
from click.testing import CliRunner
from place_base import seed
from pyoxigraph import NamedNode
from rdflib.namespace import XSD
from record_factory import DISTRICT_PARTY, PROVINCE_PARTY, ba_che, directive

from chidao.__main__ import main
from chidao.graph.check import Finding, Severity, check, check_shapes, check_style
from chidao.graph.model import Record
from chidao.graph.publish import snapshot
from chidao.graph.quads import record_quads
from chidao.graph.store import Store
from chidao.graph.terms import cd
from chidao.ontology.namespaces import SKOS

EXAMPLE = NamedNode(str(SKOS.example))
DOCUMENT = NamedNode("https://w3id.org/chidao/id/document/quang-ninh/tinh-uy/2021/ct-18")


def publish(data_dir: Path, texts: list[tuple[Record, str]]) -> pyoxigraph.Store:
    with Store.open(seed(data_dir)) as store:
        for number, (record, text) in enumerate(texts):
            store.replace(record.source.sha256, f"{number}.txt", record_quads(record, text), text)
        store.publish()
    return pyoxigraph.Store.read_only(str(snapshot(data_dir)))


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> tuple[pyoxigraph.Store, Path]:
    """A published store and its folder, for tests that change neither."""
    folder = tmp_path_factory.mktemp("sound")
    return publish(folder, ba_che()), folder


def violations(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.severity == "violation"]


def test_a_sound_graph_has_no_findings(sound: tuple[pyoxigraph.Store, Path]) -> None:
    assert check(*sound) == []


def test_a_quote_that_is_not_in_its_text_is_found(sound: tuple[pyoxigraph.Store, Path], tmp_path: Path) -> None:
    store, folder = sound
    shutil.copytree(folder / "texts", tmp_path / "texts")
    for path in (tmp_path / "texts").iterdir():
        path.write_text(path.read_text().replace("Thực", "Xhực"))
    found = violations(check(store, tmp_path, lang="en"))
    assert {finding.value for finding in found} == {
        "Thực hiện CT số 18 của Tỉnh ủy Quảng Ninh;",
        "Thực hiện CT số 07 của Huyện ủy Ba Chẽ;",
    } | {finding.value for finding in found if "around" in finding.message}


def test_a_source_whose_text_is_gone_is_found(sound: tuple[pyoxigraph.Store, Path], tmp_path: Path) -> None:
    (tmp_path / "texts").mkdir()
    assert len(violations(check(sound[0], tmp_path))) == 3


@pytest.mark.parametrize(("lang", "words"), [("vi", "không có trích dẫn"), ("en", "no citation with a quote")])
def test_an_edge_without_a_quote_is_found(lang: str, words: str) -> None:
    record, text = ba_che()[1]
    memory = in_memory([(record, text)])
    assert not [finding for finding in check_shapes(memory, lang) if words in finding.message]
    for quad in list(memory.quads_for_pattern(None, cd("citing"), None, None)):
        memory.remove(quad)
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


def test_checking_leaves_the_literals_of_rdflib_alone(sound: tuple[pyoxigraph.Store, Path]) -> None:
    def behaviour() -> tuple[object, ...]:
        number, truth = rdflib.Literal("01", datatype=XSD.integer), rdflib.Literal("1", datatype=XSD.boolean)
        return str(number), truth.value, number <= rdflib.Literal(2), rdflib.NORMALIZE_LITERALS

    before = behaviour()
    check(*sound)
    assert behaviour() == before == ("1", True, True, True)


def test_a_fault_of_the_published_vocabulary_is_found() -> None:
    """The shapes of the vocabulary itself run too, on what was published with the data."""
    memory = in_memory(ba_che())
    assert list(check_style(memory, "en")) == []
    for quad in list(memory.quads_for_pattern(cd("implements"), EXAMPLE, None, None)):
        memory.remove(quad)
    found = list(check_style(memory, "en"))
    assert [(finding.severity, finding.focus) for finding in found] == [("violation", cd("implements").value)]
    assert "example" in found[0].message


@pytest.mark.parametrize("severity", ["warning", "info"])
def test_notes_are_counted_apart(
    monkeypatch: pytest.MonkeyPatch, sound: tuple[pyoxigraph.Store, Path], severity: Severity
) -> None:
    """The last line tells violations, warnings and notes apart; only violations make the status 1."""
    monkeypatch.setattr("chidao.graph.check.check", lambda *_: [Finding(severity, "x", "y")])
    shown = CliRunner().invoke(main, ["check", "--data", str(sound[1])])
    warnings = int(severity == "warning")
    assert f"0 violations, {warnings} warnings, {1 - warnings} notes" in shown.output
    assert shown.exit_code == 0


def test_findings_come_in_order_violations_first(tmp_path: Path) -> None:
    later = (PROVINCE_PARTY, "CT", "18", "TU", "2021-12-31")
    record, text = directive(DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19", cites=(later,))
    record = replace(record, documents=(replace(record.documents[0], claims=()),))
    severities = [finding.severity for finding in check(publish(tmp_path, [(record, text)]), tmp_path)]
    assert severities == ["violation", "warning"]
