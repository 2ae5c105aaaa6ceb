"""Chains: found by any spelling of a symbol, above and below, with lag and quote; printed the same way each time."""

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import networkx as nx
import pyoxigraph
import pytest
from place_base import seed
from record_factory import DISTRICT_PARTY, DISTRICT_STATE, PROVINCE_PARTY, ba_che, body, directive

from chidao.graph.chain_formats import FORMATS, format_chain
from chidao.graph.chains import chain, resolve_document
from chidao.graph.counts import count
from chidao.graph.errors import NotFoundError
from chidao.graph.publish import snapshot
from chidao.graph.quads import record_quads
from chidao.graph.store import Store

SEVEN = "https://w3id.org/chidao/id/document/quang-ninh/ba-che/huyen-uy/2021/ct-07"
HOSTILE = "=cmd()\x1b[2J\u202e\x00<script>"


def published(data_dir: Path, texts) -> pyoxigraph.Store:
    with Store.open(seed(data_dir)) as store:
        for number, (record, text) in enumerate(texts):
            store.replace(record.source.sha256, f"{number}.txt", record_quads(record, text), text)
        store.publish()
    return pyoxigraph.Store.read_only(str(snapshot(data_dir)))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> pyoxigraph.Store:
    return published(tmp_path_factory.mktemp("data"), ba_che())


@pytest.mark.parametrize("name", ["07-CT/HU", "07 -CT/HU", "7-ct/hu", SEVEN])
def test_a_document_is_found_by_any_spelling_of_its_symbol_or_by_its_iri(store: pyoxigraph.Store, name: str) -> None:
    assert resolve_document(store, name) == SEVEN


@pytest.mark.parametrize(
    "name", ["08-CT/HU", "07-KH/HU", "", "https://example.org/x", "https://not an iri", SEVEN + "/x"]
)
def test_what_is_not_there_is_not_found(store: pyoxigraph.Store, name: str) -> None:
    with pytest.raises(NotFoundError):
        resolve_document(store, name)


def test_a_symbol_of_several_lists_them_and_asks_for_more(tmp_path: Path) -> None:
    other = body("quang-ninh/binh-lieu/huyen-uy", "Huyện ủy Bình Liêu", "district", "party")
    texts = [
        directive(DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19"),
        directive(DISTRICT_PARTY, "CT", "7", "HU", "2016-03-01"),
        directive(other, "CT", "7", "HU", "2021-05-05"),
    ]
    store = published(tmp_path, texts)
    with pytest.raises(NotFoundError) as caught:
        resolve_document(store, "07-CT/HU")
    message = str(caught.value)
    assert all(each in message for each in ("--issuer", "--year", SEVEN, "Huyện ủy Bình Liêu", "2016-03-01"))
    assert resolve_document(store, "07-CT/HU", issuer="binh lieu") == texts[2][0].documents[0].iri
    assert resolve_document(store, "07-CT/HU", issuer="Ba Chẽ", year=2021) == SEVEN
    assert resolve_document(store, "07-CT/HU", issuer=DISTRICT_PARTY.iri, year=2016).endswith("/2016/ct-07")
    with pytest.raises(NotFoundError, match="issuer or year"):
        resolve_document(store, "07-CT/HU", year=1999)


def test_marks_tell_types_apart_where_they_are_given(tmp_path: Path) -> None:
    texts = [directive(PROVINCE_PARTY, kind, "3", "TU", "2021-05-05", path=kind) for kind in ("HD", "HĐ")]
    store = published(tmp_path, texts)
    assert resolve_document(store, "03-HD/TU") == texts[0][0].documents[0].iri
    assert resolve_document(store, "3-hđ/tu") == texts[1][0].documents[0].iri


@pytest.mark.parametrize("start", [SEVEN, ba_che()[0][0].documents[0].iri, ba_che()[2][0].documents[0].iri])
def test_the_chain_reaches_from_the_top_to_the_bottom(store: pyoxigraph.Store, start: str) -> None:
    graph = chain(store, start)
    plan, seven, eighteen = (text[0].documents[0].iri for text in reversed(ba_che()))
    assert set(graph.edges) == {(plan, seven), (seven, eighteen)}
    assert graph.edges[plan, seven]["lag_days"] == 6
    assert graph.edges[seven, eighteen]["quote"].startswith("Thực hiện CT số 18")
    assert graph.nodes[plan]["label"] == "Kế hoạch (không rõ số)"
    assert graph.nodes[seven]["level"] == "district"
    assert graph.nodes[seven]["issuer"] == "Huyện ủy Ba Chẽ"


def test_siblings_are_not_in_the_chain(tmp_path: Path) -> None:
    eighteen = (PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18")
    sibling = directive(DISTRICT_STATE, "KH", "9", "UBND", "2021-10-30", cites=(eighteen,))
    store = published(tmp_path, [*ba_che(), sibling])
    assert sibling[0].documents[0].iri not in chain(store, SEVEN)
    assert sibling[0].documents[0].iri in chain(store, ba_che()[0][0].documents[0].iri)


def test_a_circle_ends(tmp_path: Path) -> None:
    one, two = (DISTRICT_PARTY, "CT", "1", "HU", "2021-01-01"), (DISTRICT_PARTY, "CT", "2", "HU", "2021-01-02")
    texts = [directive(*one, cites=(two,)), directive(*two, cites=(one,))]
    store = published(tmp_path, texts)
    graph = chain(store, texts[0][0].documents[0].iri)
    assert len(graph.edges) == 2
    assert "(đã nêu ở trên)" in format_chain(graph, "tree")


def test_the_tree_in_vietnamese(store: pyoxigraph.Store) -> None:
    assert format_chain(chain(store, SEVEN), "tree").splitlines() == [
        "Chỉ thị 18-CT/TU · 18/10/2021 · Tỉnh ủy Quảng Ninh",
        "   ◆ Chỉ thị 07-CT/HU · 19/10/2021 · Huyện ủy Ba Chẽ · +1 ngày",
        "      “Thực hiện CT số 18 của Tỉnh ủy Quảng Ninh;”",
        "      Kế hoạch (không rõ số) · 25/10/2021 · Ủy ban nhân dân huyện Ba Chẽ · +6 ngày",
        "         “Thực hiện CT số 07 của Huyện ủy Ba Chẽ;”",
    ]


def test_the_tree_in_english(store: pyoxigraph.Store) -> None:
    tree = format_chain(chain(store, SEVEN, lang="en"), "tree")
    assert "Directive 18-CT/TU · 2021-10-18" in tree
    assert "Plan (number unknown)" in tree
    assert "+6 days" in tree


def test_a_document_below_two_superiors_is_opened_out_once(tmp_path: Path) -> None:
    ones = [(PROVINCE_PARTY, "CT", number, "TU", "2021-10-18") for number in ("1", "2")]
    seven = (DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19")
    plan = directive(DISTRICT_STATE, "KH", "9", "UBND", "2021-10-30", cites=(seven,))
    store = published(tmp_path, [directive(*seven, cites=tuple(ones)), plan])
    tree = format_chain(chain(store, plan[0].documents[0].iri), "tree")
    assert tree.count("Kế hoạch 9/KH-UBND") == 1
    assert tree.count("Chỉ thị 7-CT/HU") == 2


def test_the_csv_has_a_row_for_each_document_and_superior(store: pyoxigraph.Store) -> None:
    rows = list(csv.DictReader(io.StringIO(format_chain(chain(store, SEVEN), "csv"))))
    assert [(row["symbol"], row["superior_symbol"], row["lag_days"]) for row in rows] == [
        ("18-CT/TU", "", ""),
        ("07-CT/HU", "18-CT/TU", "1"),
        ("", "07-CT/HU", "6"),
    ]


def test_the_json_lists_nodes_and_edges(store: pyoxigraph.Store) -> None:
    content = json.loads(format_chain(chain(store, SEVEN), "json"))
    assert content["document"] == SEVEN
    assert (len(content["nodes"]), len(content["edges"])) == (3, 2)


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.parse_graphml), ("gexf", nx.read_gexf)])
def test_the_xml_forms_can_be_read_back_and_hold_no_clock(store: pyoxigraph.Store, form: str, read) -> None:
    graph = chain(store, SEVEN)
    written = format_chain(graph, form)
    back = read(written if form == "graphml" else io.BytesIO(written.encode()))
    assert set(back.edges) == set(graph.edges)
    assert back.nodes[SEVEN]["symbol"] == "07-CT/HU"
    assert "lastmodifieddate" not in written


@pytest.mark.parametrize("form", FORMATS)
def test_hostile_text_stays_data_in_every_format(tmp_path: Path, form: str) -> None:
    record, text = directive(DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19")
    document = replace(record.documents[0], title=HOSTILE, symbol=HOSTILE)
    store = published(tmp_path, [(replace(record, documents=(document,)), text)])
    written = format_chain(chain(store, SEVEN), form)
    if form != "csv":
        assert "\x1b" not in written
    if form == "csv":
        assert "'=cmd()" in written
    if form in ("graphml", "gexf"):
        assert "<script>" not in written


def test_every_format_gives_the_same_bytes_each_time(store: pyoxigraph.Store) -> None:
    for form in FORMATS:
        assert format_chain(chain(store, SEVEN), form) == format_chain(chain(store, SEVEN), form)


def test_counts(store: pyoxigraph.Store, tmp_path: Path) -> None:
    counts = count(store, tmp_path / "abc")
    assert counts.snapshot == "abc"
    assert (counts.sources, counts.documents, counts.documents_held) == (3, 3, 3)
    assert counts.citations == {("implements", "resolved"): 2}
    assert (counts.norms, counts.deadlines) == (1, 1)
