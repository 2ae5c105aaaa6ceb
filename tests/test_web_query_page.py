"""The query page: answers with names and links, pinned to their data; problems at their place; files for spreadsheets."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator
from contextlib import suppress
from html import unescape
from itertools import product
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlencode, urlsplit
from urllib.request import Request, urlopen

import pyoxigraph
import pytest
from endpoint_process import serving
from flask import Flask
from flask.testing import FlaskClient
from site_samples import SAMPLES, publish_samples
from werkzeug.test import Client, TestResponse

from chidao.graph.errors import ChidaoError
from chidao.ontology.namespaces import CD, ID
from chidao.ontology.vocabulary import queries
from chidao.web import result_rows
from chidao.web.answers import Answer
from chidao.web.app import create_app
from chidao.web.limits import Limits
from chidao.web.query_address import tidy, title_of
from chidao.web.query_log import QueryLog
from chidao.web.result_rows import read_rows
from chidao.web.site import site_of

PREFIX = f"PREFIX cd: <{CD}> PREFIX oa: <http://www.w3.org/ns/oa#> "
SYMBOLS = (
    PREFIX
    + "SELECT ?d ?symbol ?issued ?day { ?d cd:symbol ?symbol ; cd:issued ?issued ; cd:issuedDay ?day } ORDER BY ?issued"
)
GRAPH = PREFIX + "CONSTRUCT { ?d cd:implements ?p } WHERE { ?d cd:implements ?p }"
NORMS = PREFIX + "SELECT ?norm ?document { ?norm a cd:Obligation ; cd:imposedBy ?document } ORDER BY ?norm"
EVERYTHING = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o"
DISTRICT = SAMPLES[4]


def ask(client: FlaskClient, query: str, lang: str = "en", **more: str) -> TestResponse:
    """The page with the answer to ``query``."""
    return visit(client, "/sparql?" + urlencode({"query": query, "lang": lang, **more}))


def visit(client: FlaskClient, address: str) -> TestResponse:
    """What a browser gets."""
    return client.get(address, headers={"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"})


def link(page: TestResponse, words: str) -> str:
    """The address behind the link with these words."""
    found = re.search(rf'<a [^>]*href="([^"]*)"[^>]*>[^<]*{re.escape(words)}', page.text)
    assert found, f"no link {words!r}"
    return unescape(found[1])


def body_cells(page: TestResponse) -> list[list[str]]:
    """The cells of the table of results, with their markup."""
    body = page.text.partition('class="solutions"')[2].partition("<tbody>")[2].partition("</tbody>")[0]
    return [re.findall(r"<td.*?</td>", row, re.DOTALL) for row in re.findall(r"<tr>.*?</tr>", body, re.DOTALL)]


@pytest.fixture
def two_snapshots(tmp_path: Path) -> Iterator[FlaskClient]:
    """A visitor of a site that has published twice: a document was renamed after the "first" snapshot."""
    data = tmp_path / "data"
    publish_samples(data, SAMPLES[:2])
    store = pyoxigraph.Store(str(data / "store"))
    store.update(
        f"PREFIX cd: <{CD}> DELETE {{ ?d cd:symbol ?s }} INSERT {{ ?d cd:symbol 'new' }} WHERE {{ ?d cd:symbol ?s }}"
    )
    store.backup(str(data / "snapshots" / "second"))
    (data / "snapshots" / "current").write_text("second", encoding="utf-8")
    made = create_app(data, Limits(workers=1))
    made.testing = True
    yield made.test_client(use_cookies=False)
    site_of(made).pool.close()


# Links that hold what was asked, and of which data


def test_a_permalink_keeps_the_data_and_the_plain_link_does_not(two_snapshots: FlaskClient) -> None:
    client = two_snapshots
    before = ask(client, SYMBOLS, snapshot="first")
    assert before.headers["X-Chidao-Snapshot"] == "first"
    assert "05-CT/TW" in before.text
    assert "There is newer data" in before.text
    assert parse_qs(urlsplit(link(before, "Permalink")).query)["snapshot"] == ["first"]
    newest = visit(client, link(before, "Link to the newest data") + "&lang=en")
    assert newest.headers["X-Chidao-Snapshot"] == "second"
    assert "05-CT/TW" not in newest.text
    assert "There is newer data" not in newest.text
    assert parse_qs(urlsplit(link(newest, "Permalink")).query)["snapshot"] == ["second"]
    again = visit(client, link(before, "Permalink"))
    assert body_cells(again) == body_cells(ask(client, SYMBOLS, "vi", snapshot="first"))


@pytest.mark.parametrize("words", ["csv", "json", "Spreadsheet (CSV)"])
def test_files_hold_the_data_that_was_seen(two_snapshots: FlaskClient, words: str) -> None:
    file = two_snapshots.get(link(ask(two_snapshots, SYMBOLS, snapshot="first"), words))
    assert file.headers["X-Chidao-Snapshot"] == "first"
    assert "05-CT/TW" in file.text


def test_data_that_is_no_longer_kept_is_gone_and_the_page_leads_on(two_snapshots: FlaskClient) -> None:
    page = ask(two_snapshots, SYMBOLS, snapshot="zero")
    assert page.status_code == 410
    assert "second" in page.text
    assert link(page, "Ask the newest data") == "/sparql?" + urlencode({"query": SYMBOLS}, safe="/:?,;()*$@!")
    assert (
        two_snapshots.get("/sparql/table.csv?" + urlencode({"query": SYMBOLS, "snapshot": "../first"})).status_code
        == 410
    )


def test_the_page_tells_which_data_it_shows_and_since_when(client: FlaskClient) -> None:
    page = ask(client, SYMBOLS)
    assert "Data version <code>first</code>, published <time" in page.text
    assert "(the newest)" in page.text


def test_the_dataset_of_the_protocol_stays_in_the_links(client: FlaskClient) -> None:
    page = ask(client, SYMBOLS, **{"default-graph-uri": "http://example.org/none"})
    assert "There are no rows" in page.text
    for words in ("Permalink", "Link to the newest data", "csv", "Spreadsheet (CSV)"):
        assert parse_qs(urlsplit(link(page, words)).query)["default-graph-uri"] == ["http://example.org/none"]


def test_the_result_alone_can_be_shared_with_a_line_to_cite(client: FlaskClient) -> None:
    page = visit(client, link(ask(client, f"# Which documents are held?\n{SYMBOLS}"), "Result only"))
    assert "<textarea" not in page.text
    assert "<h1>Which documents are held?</h1>" in page.text
    cited = page.text.partition('class="cite"')[2].partition("</p>")[0]
    for part in (
        "“Which documents are held?”",
        "first",
        "<time datetime=",
        "http://localhost/sparql?query=",
        "view=result",
    ):
        assert part in cited


@pytest.mark.parametrize(
    ("text", "title"),
    [("# Which?\nASK {}", "Which?"), ("#Which?\nASK {}", "Which?"), ("ASK {} # no", ""), ("", ""), ("#\nASK {}", "")],
)
def test_the_first_comment_is_the_title(text: str, title: str) -> None:
    assert title_of(tidy(text)) == title


def test_a_shipped_query_brings_its_title(client: FlaskClient) -> None:
    for language, title in (("vi", queries()["counts"].title.vi), ("en", queries()["counts"].title.en)):
        page = visit(client, f"/sparql?example=counts&run=1&view=result&lang={language}")
        assert f"<h1>{title}</h1>" in page.text


# The table


def test_things_of_the_data_show_their_name_link_and_iri(client: FlaskClient) -> None:
    (row,) = [row for row in body_cells(ask(client, SYMBOLS, "vi")) if DISTRICT.iri in row[0]]
    path = DISTRICT.iri.removeprefix(str(ID))
    assert f'<a href="/{path}" title="{DISTRICT.iri}">Chỉ thị {DISTRICT.symbol}</a>' in row[0]
    assert f"…/{path}" in row[0]
    assert DISTRICT.title in row[0]
    english = [row for row in body_cells(ask(client, SYMBOLS)) if DISTRICT.iri in row[0]]
    assert f">Directive {DISTRICT.symbol}</a>" in english[0][0]


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        ("'2021-10-19'^^xsd:date", '<td class="when"><time datetime="2021-10-19">19/10/2021</time></td>'),
        ("'2021-12-15T23:59:59+07:00'^^xsd:dateTime", "23:59 · 15/12/2021</time>"),
        ("'2021-10-19Z'^^xsd:date", "<td><span>2021-10-19Z</span> <small>xsd:date</small></td>"),
        ("12", '<td class="figure">12</td>'),
        ("1.5", '<td class="figure">1.5</td>'),
        ("'Plan'@en", '<td><span lang="en">Plan</span> <small>en</small></td>'),
        ("'kế hoạch'@vi", '<td><span lang="vi">kế hoạch</span></td>'),
        ("true", "<small>xsd:boolean</small>"),
        ("'<b>&'", "<td><span>&lt;b&gt;&amp;</span></td>"),
        ("<javascript:alert(1)>", '<td><span title="javascript:alert(1)">javascript:alert(1)</span></td>'),
        ("<http://example.org/x>", '<a href="/resource?iri=http%3A%2F%2Fexample.org%2Fx"'),
        ("cd:implements", f'<a href="/ontology#implements" title="{CD}implements">thực hiện</a>'),
        ("?none", "<td><span></span></td>"),
    ],
)
def test_a_literal_shows_what_it_is(client: FlaskClient, term: str, cell: str) -> None:
    xsd = "PREFIX xsd: <http://www.w3.org/2001/XMLSchema#> "
    assert cell in body_cells(ask(client, f"{PREFIX}{xsd}SELECT ({term} AS ?x) {{}}", "vi"))[0][0]


def test_what_was_read_from_a_text_is_named_by_its_quote(client: FlaskClient) -> None:
    assert all("“1. Sở Thử nghiệm chủ trì" in row[0] for row in body_cells(ask(client, NORMS)))


def test_a_long_answer_has_parts_and_says_where_it_was_cut(client: FlaskClient) -> None:
    page = ask(client, EVERYTHING)
    rows = body_cells(page)
    assert len(rows) == 500
    assert "cut after 2,000 rows" in page.text
    assert page.headers["X-Chidao-Truncated"] == "row limit 2000"
    assert "1–500 / 2,000" in page.text
    second = visit(client, link(page, "Rows after") + "&lang=en")
    assert "501–1,000 / 2,000" in second.text
    assert body_cells(second)[0] != rows[0]
    assert body_cells(visit(client, link(second, "Rows before") + "&lang=en")) == rows
    assert (
        "Rows after"
        not in visit(client, "/sparql?" + urlencode({"query": EVERYTHING, "first": "1500", "lang": "en"})).text
    )
    alone = visit(client, link(ask(client, EVERYTHING, view="result"), "Rows after"))
    assert "<textarea" not in alone.text
    assert "1–500" not in visit(client, "/sparql?" + urlencode({"query": EVERYTHING, "first": "9000"})).text
    assert "no ORDER BY" in ask(client, "SELECT * { ?s ?p ?o }").text
    assert "no ORDER BY" not in page.text


def test_a_text_of_any_length_leaves_the_page_short(client: FlaskClient) -> None:
    ((cell,),) = body_cells(ask(client, f"SELECT ('{'a' * 3000}' AS ?x) {{}}"))
    assert f">{'a' * 2000}…<" in cell
    assert "goes on in the downloads" in cell


@pytest.mark.parametrize(("first", "seen"), [(0, ["short"]), (1, []), (2, [])])
def test_a_row_too_long_for_a_page_ends_it(monkeypatch: pytest.MonkeyPatch, first: int, seen: list[str]) -> None:
    monkeypatch.setattr(result_rows, "LONGEST_ROW", 10_000)
    rows = [{"x": {"type": "literal", "value": value}} for value in ("short", "long" * 10_000, "short")]
    content = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": rows}}).encode()
    found = read_rows(Answer("solutions", "s", 3, False, io.BytesIO(content), len(content)), first, 5)
    assert [str(row[0]) for row in found.rows] == [f'"{value}"' for value in seen]
    assert found.cut


@pytest.mark.parametrize(("query", "words"), [("ASK {}", "Yes"), ("ASK { <a:a> <a:b> <a:c> }", "No")])
def test_yes_and_no_are_words(client: FlaskClient, query: str, words: str) -> None:
    assert f'<p class="boolean">{words}</p>' in ask(client, query).text


# Graphs


def test_a_graph_is_a_table_and_turtle(client: FlaskClient) -> None:
    page = ask(client, GRAPH)
    assert len(body_cells(page)) == sum(sample.parent is not None for sample in SAMPLES)
    turtle = unescape(page.text.partition("<summary>Turtle</summary>")[2].partition("</pre>")[0])
    assert f"<{DISTRICT.iri}> cd:implements" in turtle


def test_a_graph_of_documents_is_offered_as_chains(client: FlaskClient) -> None:
    page = ask(client, GRAPH, "vi")
    offered = re.findall(r'<a href="(/chain\?[^"]*)">(.*?)</a> · <a href="(/graph/[^"]*)">', page.text)
    assert len(offered) == 3  # the two plans and the resolution of the commune, which nothing carries out
    names = ["".join(re.sub(r"<[^>]*>", "", words)) for _, words, _ in offered]
    assert "Chỉ thị 05-CT/TW → Chỉ thị 18-CT/TU → Chỉ thị 07-CT/HU → Nghị quyết 03-NQ/ĐU" in names
    for url, _, picture in offered:
        assert visit(client, unescape(url)).status_code == 200
        assert visit(client, unescape(picture)).status_code == 200


@pytest.mark.parametrize(
    "construct",
    ["?d cd:symbol ?s", "?d a cd:Document", "<a:a> cd:implements <a:b>", "?d cd:issuedBy ?b"],
)
def test_other_graphs_are_not(client: FlaskClient, construct: str) -> None:
    page = ask(
        client, f"{PREFIX}CONSTRUCT {{ {construct} }} WHERE {{ ?d a cd:Document ; cd:symbol ?s ; cd:issuedBy ?b }}"
    )
    assert "/chain?" not in page.text


def test_documents_in_a_circle_end_the_chain(client: FlaskClient) -> None:
    circle = "?a cd:cites ?b . ?b cd:cites ?a"
    page = ask(client, f"{PREFIX}CONSTRUCT {{ {circle} }} WHERE {{ ?a cd:implements ?b }} LIMIT 2")
    assert page.text.count('<a href="/chain?') == 1


# Problems


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "malformed at line 2, column 3."), ("vi", "sai cú pháp ở dòng 2, cột 3.")]
)
def test_a_mistake_is_told_with_its_place_and_the_query_stays(client: FlaskClient, lang: str, said: str) -> None:
    page = ask(client, "SELECT * {\n  ?s ?p", lang)
    assert page.status_code == 400
    assert said.replace("column 3", "column 8").replace("cột 3", "cột 8") in page.text
    field = page.text.partition("<textarea")[2].partition("</textarea>")[0]
    assert 'aria-invalid="true" aria-describedby="problem"' in field
    assert field.endswith("SELECT * {\n  ?s ?p")


@pytest.mark.parametrize(
    ("query", "status", "vi", "en"),
    [
        ("SELECT * { SERVICE <http://x/> {} }", 403, "không hỏi máy chủ khác", "asks no other server"),
        ("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", 503, "đã bị dừng", "was stopped"),
        ("CLEAR ALL", 400, "Không thể trả lời", "cannot be answered"),
    ],
)
def test_what_is_not_answered_is_told_in_both_languages(
    client: FlaskClient, query: str, status: int, vi: str, en: str
) -> None:
    for language, words in (("vi", vi), ("en", en)):
        page = ask(client, query, language)
        assert page.status_code == status
        assert words in page.text


def test_a_limit_has_its_headers_and_an_absurd_part_is_empty(client: FlaskClient) -> None:
    page = ask(client, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert page.headers["X-Chidao-Limit"] == "time"
    for first in ("9" * 30, "-1", "x"):
        assert ask(client, "ASK {}", first=first).status_code == 200


def test_the_form_works_by_itself(client: FlaskClient) -> None:
    page = visit(client, "/sparql?lang=en").text
    form = re.search(r'<form action="/sparql" method="get">.*?</form>', page, re.DOTALL)
    assert form
    assert '<label for="query">' in form[0]
    assert '<textarea id="query" name="query"' in form[0]
    assert '<button type="submit">' in form[0]


# Files for spreadsheets


def sheet(client: FlaskClient, query: str, lang: str = "en") -> tuple[TestResponse, list[dict[str, str]]]:
    response = client.get("/sparql/table.csv?" + urlencode({"query": query, "lang": lang}))
    assert response.status_code == 200
    assert response.data.startswith(b"\xef\xbb\xbf")
    return response, list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"), newline="")))


def test_a_sheet_has_names_quotes_and_their_places(client: FlaskClient) -> None:
    _, rows = sheet(client, NORMS)
    assert list(rows[0]) == ["norm", "norm_label", "document", "document_label", "quote", "quote_source", "quote_page"]
    (row,) = [row for row in rows if row["document"] == DISTRICT.iri]
    assert row["document_label"] == f"Directive {DISTRICT.symbol}: {DISTRICT.title}"
    assert row["quote"].startswith("1. Sở Thử nghiệm chủ trì")
    assert row["quote_source"] == "samples/07-CT-HU.txt"
    path, anchor = row["quote_page"].removeprefix("http://localhost").split("#")
    assert f'id="{anchor}"' in visit(client, path).text


def test_a_sheet_without_things_has_the_columns_asked_for_only(client: FlaskClient) -> None:
    _, rows = sheet(client, "SELECT ?a ?b { VALUES (?a ?b) { (1 'x') (2 UNDEF) } } ORDER BY ?a")
    assert rows == [{"a": "1", "b": "x"}, {"a": "2", "b": ""}]
    assert sheet(client, "ASK {}")[1] == [{"answer": "true"}]
    assert list(sheet(client, GRAPH)[1][0])[::2] == ["subject", "predicate", "object"]


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK(\\"http://x\\")'])
def test_a_sheet_runs_nothing_and_the_exact_file_is_exact(client: FlaskClient, cell: str) -> None:
    query = f'SELECT ("{cell}" AS ?x) {{}}'
    plain = cell.replace('\\"', '"')
    assert sheet(client, query)[1] == [{"x": f"'{plain}"}]
    exact = client.get("/sparql?" + urlencode({"query": query, "format": "csv"})).text
    assert next(csv.DictReader(io.StringIO(exact, newline=""))) == {"x": plain}


@pytest.mark.parametrize(
    ("term", "cell"),
    [
        ("-5", "-5"),
        ("-1.5", "-1.5"),
        ('"-5"', "'-5"),
        ('"=1+1"^^<http://www.w3.org/2001/XMLSchema#integer>', "'=1+1"),
    ],
)
def test_numbers_below_zero_stay_numbers(client: FlaskClient, term: str, cell: str) -> None:
    assert sheet(client, f"SELECT ?x {{ VALUES ?x {{ {term} }} }}")[1] == [{"x": cell}]


def test_a_sheet_loses_no_row_that_is_too_long(client: FlaskClient) -> None:
    some = "{ SELECT ?s { ?s ?p ?o } LIMIT 1000 }"
    query = f'SELECT (GROUP_CONCAT("{"x" * 5000}") AS ?x) {{ {some} }}'
    response = client.get("/sparql/table.csv?" + urlencode({"query": query}))
    assert response.status_code == 503
    assert "too long for a spreadsheet" in response.text


def test_a_question_that_is_none_is_not_found(client: FlaskClient) -> None:
    status = client.get("/sparql?example=nope", headers={"Accept": "text/html"}).status_code
    assert status == 404


def test_a_sheet_that_was_cut_says_so(client: FlaskClient) -> None:
    response, rows = sheet(client, EVERYTHING)
    assert response.headers["X-Chidao-Truncated"] == "row limit 2000"
    assert len(rows) == 2000
    assert "chidao-first-2000.csv" in response.headers["Content-Disposition"]


def test_a_sheet_of_nothing_is_a_bad_request(client: FlaskClient) -> None:
    assert client.get("/sparql/table.csv").status_code == 400
    assert client.get("/sparql/table.csv?query=SELECT").status_code == 400
    assert client.get("/sparql/table.csv?query=CLEAR+ALL").status_code == 400


# What is asked stays with who asked


@pytest.mark.xdist_group("endpoint")
def test_queries_are_written_nowhere(published: Path, tmp_path: Path) -> None:
    """Neither what is answered nor what fails; not by the server's own log either."""
    data = tmp_path / "data"
    shutil.copytree(published, data)
    with serving(data, "--workers", "1") as served:
        for query in ("ASK { <urn:secretword> ?p ?o }", "SELECT ?secretword {", "ASK { SERVICE <urn:secretword> {} }"):
            form = urlencode({"query": query})
            for accept, kind in product(("text/html", "*/*"), ("get", "post")):
                address, posted = (f"{served.sparql}?{form}", None) if kind == "get" else (served.sparql, form.encode())
                with suppress(HTTPError):
                    urlopen(Request(address, posted, {"Accept": accept}), timeout=30).close()
    written = [path for path in tmp_path.rglob("*") if path.is_file() and b"secretword" in path.read_bytes()]
    assert written == []


def test_a_log_is_kept_where_it_is_asked_for_and_tells_nobody_apart(app: Flask, tmp_path: Path) -> None:
    client = Client(QueryLog(app, tmp_path / "queries.jsonl"))
    client.get("/sparql", query_string={"query": "SELECT (1 AS ?x) {}"})
    client.post("/sparql", data={"query": "SELECT (2 AS ?x) {"}, headers={"X-Forwarded-For": "192.0.2.1"})
    answer = client.post("/sparql", data="ASK {} # đ", content_type="application/sparql-query; charset=utf-8")
    assert answer.get_json(force=True)["boolean"] is True
    client.get("/sparql")
    client.get("/?query=x")
    kept = [json.loads(line) for line in (tmp_path / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [(line["status"], line["rows"], line["query"]) for line in kept] == [
        (200, 1, "SELECT (1 AS ?x) {}"),
        (400, None, "SELECT (2 AS ?x) {"),
        (200, 1, "ASK {} # đ"),
    ]
    assert {name for line in kept for name in line} == {"time", "status", "rows", "milliseconds", "query"}


def test_a_log_that_cannot_be_written_says_so(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(ChidaoError, match="log of queries"):
        QueryLog(app, tmp_path / "none" / "queries.jsonl")
