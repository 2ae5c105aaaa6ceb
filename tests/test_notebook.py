"""What a notebook gets: typed frames from one snapshot, a chain as graph and picture, files that run nothing."""

import doctest
import html
import re
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import networkx as nx
import pandas as pd
import pytest
from place_base import seed

import chidao
from chidao.graph.chains import Chain as Graph
from chidao.graph.errors import ChidaoError, NotFoundError, QueryError, StoreError
from chidao.graph.store import Store
from chidao.loaders.load import load_files
from chidao.ontology.namespaces import XSD
from chidao.web.chain_graph import MOST, drawn
from chidao.web.frames import LONGEST_CELL, NotebookError, cell, frame
from chidao.web.notebook import Corpus, Picture

HOSTILE = '=HYPERLINK("http://example.invalid","x")'


@pytest.fixture(scope="module")
def data(sample_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample corpus, loaded into a folder of the name that a user gets."""
    folder = tmp_path_factory.mktemp("notebook") / "chidao-data"
    folder.symlink_to(sample_data)
    return folder


@pytest.fixture(scope="module")
def corpus(data: Path) -> Iterator[Corpus]:
    """The sample corpus, as a notebook opens it."""
    with chidao.open(data) as opened:
        yield opened


def test_the_documentation_says_what_comes_out(root: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example of docs/notebook.md, run beside the loaded samples."""
    monkeypatch.chdir(data.parent)
    text = (root / "docs" / "notebook.md").read_text(encoding="utf-8")
    examples = "\n".join(re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE))
    test = doctest.DocTestParser().get_doctest(examples, {}, "notebook.md", None, None)
    said: list[str] = []
    doctest.DocTestRunner().run(test, out=said.append)
    assert not said, "".join(said)
    assert len(test.examples) > 15


def test_columns_have_the_types_of_their_values(corpus: Corpus) -> None:
    documents, norms, chain = corpus.documents(), corpus.norms(), corpus.chain("34-CT/TU").frame()
    assert documents["issued"].dtype.kind == "M"
    assert str(documents["held"].dtype) == "boolean"
    assert str(norms["deadline"].dtype).endswith("UTC+07:00]")
    assert str(norms["start"].dtype) == str(chain["lag_days"].dtype) == "Int64"


def test_a_quote_stands_where_the_frame_says(corpus: Corpus, data: Path) -> None:
    """``start`` and ``end`` cut the quote out of the source text."""
    for _, norm in corpus.norms(document="34-CT/TU").iterrows():
        (text,) = (data / "texts").glob(f"{norm['source'].rpartition('/')[2]}*")
        assert text.read_bytes().decode()[norm["start"] : norm["end"]] == norm["quote"]


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ({"document": "34 ct tu"}, lambda norm: norm["document_label"] == "Chỉ thị 34-CT/TU"),
        ({"bearer": "so tai chinh"}, lambda norm: "Sở Tài chính" in norm["bearers"]),
        (
            {"deadline_from": "2023-05-15", "deadline_to": date(2023, 5, 20)},
            lambda norm: date(2023, 5, 15) <= norm["deadline"].date() <= date(2023, 5, 20),
        ),
    ],
    ids=["document", "bearer", "deadline"],
)
def test_a_filter_keeps_all_that_fit_and_nothing_else(corpus: Corpus, filters: dict[str, str], fits: object) -> None:
    column = {"document": "document", "bearer": "bearers"}.get(next(iter(filters)), "deadline")
    everything = corpus.norms().dropna(subset=[column])
    expected = set(everything[everything.apply(fits, axis=1)]["norm"])
    assert set(corpus.norms(**filters)["norm"]) == expected != set()


def test_filters_are_combined(corpus: Corpus) -> None:
    both = corpus.norms(document="34-CT/TU", deadline_to="2023-12-31")
    assert set(both["norm"]) == set(corpus.norms(document="34-CT/TU")["norm"]) & set(
        corpus.norms(deadline_to="2023-12-31")["norm"]
    )


def test_a_norm_of_a_group_is_found_by_its_member(corpus: Corpus) -> None:
    """The document lays it on "Đảng ủy các xã, thị trấn", not on the commune by its name."""
    found = corpus.norms(bearer="đảng ủy xã Đồn Đạc")
    assert any("Đảng ủy các xã" in bearers for bearers in found["bearers"])


def test_gaps_name_each_body_once_with_its_state(corpus: Corpus) -> None:
    """Scope, states and lags are those of the command line (see test_gaps.py); here they stand in a frame."""
    found = corpus.gaps("34-CT/TU")
    assert found["body"].is_unique
    assert str(found["lag_days"].dtype) == "Int64"
    assert (found["state"] == "issued").equals(found["lag_days"].notna())


def test_the_frame_of_a_chain_is_its_graph(corpus: Corpus) -> None:
    chain = corpus.chain("34-CT/TU")
    pairs = chain.frame().dropna(subset=["superior"])[["document", "superior"]]
    assert set(pairs.itertuples(index=False, name=None)) == set(chain.graph.edges)


def test_a_chain_is_written_for_other_programs(corpus: Corpus, tmp_path: Path) -> None:
    chain = corpus.chain("34-CT/TU")
    chain.to_graphml(tmp_path / "chain.graphml")
    chain.to_gexf(tmp_path / "chain.gexf")
    chain.to_csv(tmp_path / "chain.csv")
    assert set(nx.read_graphml(tmp_path / "chain.graphml").edges) == set(chain.graph.edges)
    assert set(nx.read_gexf(tmp_path / "chain.gexf").edges) == set(chain.graph.edges)
    assert len(pd.read_csv(tmp_path / "chain.csv")) == len(chain.frame())


def test_the_picture_is_shut_in_a_frame_that_needs_nothing_else(corpus: Corpus, tmp_path: Path) -> None:
    shown = corpus.chain("34-CT/TU").show(height=500)
    markup = shown._repr_html_()
    assert markup.startswith('<iframe sandbox="allow-scripts"')
    assert 'height="500"' in markup
    page = html.unescape(markup.partition('srcdoc="')[2].rpartition('"')[0])
    assert page == shown.page
    assert "vis.Network" in page
    assert not re.search(r"<(?:link|script|img)\b[^>]*(?:src|href)=[\"']?https?:", page)
    shown.save(tmp_path / "chain.html")
    assert (tmp_path / "chain.html").read_text(encoding="utf-8") == page


def test_a_text_cannot_leave_the_frame() -> None:
    """A quotation mark in the page would end the attribute that holds it."""
    markup = Picture('"></iframe><script>window.hacked=1</script>', 100)._repr_html_()
    assert "<script>" not in markup
    assert markup.count("<") == 2


def test_of_a_large_chain_the_higher_levels_are_drawn() -> None:
    """At most 300 nodes, the document asked for among them whatever its level."""
    graph: Graph = nx.DiGraph(document="d0", lang="vi")
    graph.add_nodes_from((f"d{n}", {"label": f"{n}", "level": "commune", "held": True}) for n in range(400))
    graph.add_node("top", label="top", level="central", held=False)
    graph.add_edges_from((f"d{n}", "top") for n in range(400))
    shown = drawn(graph)
    assert shown.root.iri == "d0"
    assert "top" in {node.iri for node in shown.nodes}
    assert (len(shown.nodes), shown.left_out) == (MOST, 101)


def test_a_query_gives_typed_columns(corpus: Corpus) -> None:
    found = corpus.query("SELECT ?d ?day ?x WHERE { ?d cd:issuedDay ?day OPTIONAL { ?d cd:none ?x } } ORDER BY ?day")
    assert str(found["day"].dtype) == "Int64"
    assert found["x"].isna().all()
    assert bool(corpus.query("ASK { ?d a cd:Document }")["answer"].iloc[0])
    assert list(corpus.query("SELECT ?a ?b WHERE { ?a cd:none ?b }").columns) == ["a", "b"]


@pytest.mark.parametrize(
    ("value", "datatype", "expected"),
    [
        ("12", "integer", 12),
        ("1.5", "decimal", 1.5),
        ("true", "boolean", True),
        ("2021-10-19", "date", pd.Timestamp("2021-10-19")),
        ("2021-10-19T23:59:59+07:00", "dateTime", pd.Timestamp("2021-10-19T23:59:59+07:00")),
        ("19/10", "date", "19/10"),
        ("12", "string", "12"),
    ],
    ids=["integer", "decimal", "boolean", "date", "moment", "malformed", "text"],
)
def test_a_literal_becomes_the_value_that_it_states(value: str, datatype: str, expected: object) -> None:
    assert cell(value, str(XSD[datatype])) == expected


def test_a_table_written_for_a_spreadsheet_runs_nothing(tmp_path: Path) -> None:
    """In CSV an apostrophe, in XLSX the type of the cell; the frame itself keeps the text."""
    openpyxl = pytest.importorskip("openpyxl", reason="reads back what was written")
    table = frame([{"text": HOSTILE, "n": 1}, {"text": "http://a.b", "n": None}, {"text": "ữ" * 40_000}], ["text", "n"])
    chidao.save(table, tmp_path / "t.csv")
    chidao.save(table, tmp_path / "t.xlsx")
    assert (tmp_path / "t.csv").read_bytes().startswith(b"\xef\xbb\xbftext,n\n\"'=HYPERLINK")
    sheet = openpyxl.load_workbook(tmp_path / "t.xlsx").active
    assert (sheet["A2"].value, sheet["A2"].data_type, sheet["A3"].hyperlink) == (HOSTILE, "s", None)
    assert len(sheet["A4"].value) == LONGEST_CELL
    assert table["text"][0] == HOSTILE


def test_moments_are_written_with_their_zone(corpus: Corpus, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="reads back what was written")
    due = corpus.norms(deadline_from="2023-05-31", deadline_to="2023-05-31")
    chidao.save(due, tmp_path / "due.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "due.xlsx").active
    column = list(due.columns).index("deadline") + 1
    assert sheet.cell(2, column).value == "2023-05-31T23:59:59+07:00"


def test_one_snapshot_answers_whatever_is_published_meanwhile(data: Path, tmp_path: Path) -> None:
    """Frames and queries of one opened corpus never disagree."""
    folder = tmp_path / "data"
    sample = next((data / "texts").glob("*.txt"))
    load_files((sample,), seed(folder), 1, print)
    with chidao.open(folder) as opened:
        before = len(opened.documents())
        with Store.open(folder) as store:
            store.withdraw(store.sources()[0].sha256)
            assert store.publish().snapshot != opened.snapshot
        assert opened.query("SELECT ?d WHERE { ?d a cd:Document }").shape[0] == len(opened.documents()) == before > 0


@pytest.mark.parametrize(
    ("ask", "error", "words"),
    [
        (lambda corpus: corpus.chain("99-CT/TU"), NotFoundError, "99-CT/TU"),
        (lambda corpus: corpus.norms(bearer="không có ai"), NotFoundError, "words of its name"),
        (lambda corpus: corpus.norms(deadline_to="31/5/2023"), QueryError, "2023-05-31"),
        (lambda corpus: corpus.query("no-such-query"), NotFoundError, "chain-below"),
        (lambda corpus: corpus.query("SELECT * WHERE {"), QueryError, "malformed at line 1"),
        (lambda corpus: corpus.query("DESCRIBE <a:b>"), QueryError, "SELECT or ASK"),
        (lambda corpus: corpus.query("DROP ALL"), QueryError, "updates are refused"),
        (lambda corpus: corpus.query("SELECT * WHERE { SERVICE <http://a.b/> { ?s ?p ?o } }"), QueryError, "SERVICE"),
        (lambda corpus: corpus.query("SELECT * WHERE { ?s ?p ?o }", document="x"), QueryError, "shipped"),
        (lambda corpus: chidao.save(corpus.documents(), "table.ods"), NotebookError, ".xlsx"),
    ],
    ids=[
        "document", "bearer", "day", "name", "malformed", "graph", "update", "service", "parameter", "ending",
    ],
)  # fmt: skip
def test_what_cannot_be_answered_says_why(corpus: Corpus, ask: object, error: type[ChidaoError], words: str) -> None:
    with pytest.raises(error, match=re.escape(words)):
        ask(corpus)


def test_a_folder_without_data_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="nothing published"):
        chidao.open(tmp_path)


@pytest.mark.parametrize("missing", ["pandas", "xlsxwriter"])
def test_without_the_extra_the_message_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, missing: str
) -> None:
    """The rest of the package works without it."""
    table = frame([{"a": 1}], ["a"])
    monkeypatch.setitem(sys.modules, missing, None)
    with pytest.raises(NotebookError, match=re.escape('pip install "chidao[notebook]"')):
        chidao.save(table, tmp_path / "t.xlsx")
