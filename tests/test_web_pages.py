"""Pages show what the graph holds, say what it does not, answer RDF under the same addresses, and escape everything."""

import csv
import io
import json
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse
from site_samples import HOSTILE, SAMPLES, sample_record

from chidao.web.downloads import harmless
from chidao.web.links import page as page_of

DOCUMENT = "/document/quang-ninh/ba-che/huyen-uy/2021/ct-07"
HOSTILE_DOCUMENT = "/document/quang-ninh/ba-che/don-dac/dang-uy/2021/nq-03"
BODY = "/body/quang-ninh/ba-che/huyen-uy"
SOURCE = "/source/" + sample_record(SAMPLES[4])[0].source.sha256[:16]
CHAIN = "/chain?p=quang-ninh/ba-che/huyen-uy/2021/ct-07"
OCR_SOURCE = "/source/" + sample_record(SAMPLES[6])[0].source.sha256[:16]
PAGES = (
    "/", "/?q=07+ct+hu", "/about", DOCUMENT, HOSTILE_DOCUMENT, BODY, f"{SOURCE}/group/cac-don-vi",
    f"{SOURCE}/body/so-thu-nghiem", SOURCE, "/chain", CHAIN, DOCUMENT.replace("document", "graph"), "/sparql",
    "/sparql?query=SELECT+*+{?s+?p+?o}", "/resource?iri=https://w3id.org/chidao/ontology%23implements", "/nothing",
)  # fmt: skip


def show(client: FlaskClient, path: str, language: str = "en") -> str:
    """The page as a browser gets it."""
    return client.get(path, headers={"Accept": "text/html", "Accept-Language": language}).text


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("path", PAGES)
def test_every_page_is_in_the_readers_language_under_a_strict_policy(
    client: FlaskClient, path: str, language: str
) -> None:
    response = client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
    assert response.status_code == (404 if path == "/nothing" else 200)
    assert f'<html lang="{language}">' in response.text
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "unsafe" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["X-Chidao-Snapshot"] == "first"


@pytest.mark.parametrize("path", PAGES)
def test_no_page_asks_another_host_or_carries_script_in_itself(client: FlaskClient, path: str) -> None:
    page = show(client, path)
    loaded = re.findall(r"<(?:script|link|img|iframe|source)\b[^>]*?(?:src|href)=\"([^\"]*)\"", page)
    assert all(address.startswith("/") for address in loaded)
    assert not re.search(r"<script(?![^>]*\bsrc=)|\son\w+=\"|<style|\sstyle=\"|javascript:[^\s<]*\"", page)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=dang+uy+don+dac",
        HOSTILE_DOCUMENT,
        "/chain",
        "/sparql?query=SELECT+*+{?s+<http://purl.org/dc/terms/title>+?o}",
    ],
)
def test_hostile_titles_are_shown_as_text(client: FlaskClient, path: str) -> None:
    page = show(client, path)
    assert "<script>window" not in page
    assert "<img" not in page
    if path != "/?q=dang+uy+don+dac":
        assert "&lt;script&gt;window.hacked=1&lt;/script&gt;" in page


@pytest.mark.parametrize(
    "place",
    ["/?q={}", "/chain?q={}", "/sparql?query={}", "/resource?iri={}", "/document/{}", "/chain?p={}", "/nothing/{}"],
)
def test_hostile_addresses_are_shown_as_text(client: FlaskClient, place: str) -> None:
    page = show(client, place.format("%22%3E%3Cscript%3Ealert(1)%3C/script%3E%3Cimg%20src=x%20onerror=alert(1)%3E"))
    assert "<script>alert" not in page
    assert "<img" not in page


def test_a_link_never_runs_a_script() -> None:
    assert page_of("javascript:alert(1)") == ""
    assert page_of("data:text/html,x") == ""


def test_a_document_shows_its_facts_with_quotes_that_lead_into_the_text(client: FlaskClient) -> None:
    page = show(client, DOCUMENT)
    for words in (
        "Directive 07-CT/HU",
        "19 Oct 2021",
        "Ban Thường vụ Huyện ủy Ba Chẽ",
        "Directive 18-CT/TU",
        "Plan 112/KH-UBND",
    ):
        assert words in page
    anchors = re.findall(r'class="quote" href="#([^"]+)"', page)
    assert anchors
    assert set(anchors) <= set(re.findall(r'id="(q-[^"]+)"', page))


def test_what_no_text_states_is_said(client: FlaskClient) -> None:
    cells = re.findall(r'<td data-label="By when"[^>]*>(.*?)</td>', show(client, DOCUMENT), re.DOTALL)
    assert "15 Dec 2021" in cells[0]
    assert "not stated" in cells[1]


def test_the_marked_text_is_the_source_text(client: FlaskClient) -> None:
    _, text = sample_record(SAMPLES[4])
    shown = re.search(r'<div class="source-text"[^>]*>(.*?)</div>', show(client, SOURCE), re.DOTALL)
    assert shown
    assert re.sub(r"<[^>]*>", "", shown[1]).replace("&amp;", "&") == text


@pytest.mark.parametrize(
    ("path", "accept", "format_of"),
    [
        (DOCUMENT, "text/turtle", RdfFormat.TURTLE),
        (DOCUMENT, "application/rdf+xml", RdfFormat.RDF_XML),
        (DOCUMENT + ".ttl", "text/html", RdfFormat.TURTLE),
        (DOCUMENT + ".json", "text/html", RdfFormat.JSON_LD),
        (DOCUMENT + "?format=nt", "text/html", RdfFormat.N_TRIPLES),
        (BODY, "text/turtle", RdfFormat.TURTLE),
        (SOURCE, "application/n-triples", RdfFormat.N_TRIPLES),
        (f"{SOURCE}/group/cac-don-vi", "text/turtle", RdfFormat.TURTLE),
        ("/resource?iri=https://w3id.org/chidao/ontology%23implements", "text/turtle", RdfFormat.TURTLE),
    ],
)
def test_the_same_address_answers_rdf(client: FlaskClient, path: str, accept: str, format_of: RdfFormat) -> None:
    response = client.get(path, headers={"Accept": accept})
    assert response.mimetype == format_of.media_type
    assert len(list(parse(response.data, format_of))) > 3


@pytest.mark.parametrize(
    ("path", "accept", "status"),
    [
        ("/document/none/2021/ct-01", "text/html", 404),
        ("/document/none/2021/ct-01", "text/turtle", 404),
        ("/document/%7B", "text/html", 404),
        ("/body/none", "text/html", 404),
        ("/source/0123456789abcdef", "text/html", 404),
        ("/source/0123456789abcdef/document/d1", "text/html", 404),
        ("/graph/none", "text/html", 404),
        ("/chain?p=none", "text/html", 404),
        ("/resource?iri=none", "text/html", 404),
        ("/resource", "text/html", 404),
        (DOCUMENT, "image/png", 406),
        (DOCUMENT + "?format=docx", "text/html", 406),
        (BODY + ".csv", "text/html", 406),
        ("/about", "*/*", 200),
    ],
)
def test_the_status_is_true(client: FlaskClient, path: str, accept: str, status: int) -> None:
    assert client.get(path, headers={"Accept": accept}).status_code == status


def test_the_table_of_a_document_opens_in_a_spreadsheet(client: FlaskClient) -> None:
    response = client.get(DOCUMENT + ".csv")
    rows = list(csv.DictReader(io.StringIO(response.data.decode("utf-8-sig"))))
    assert [row["kind"] for row in rows] == ["norm", "norm", "citation"]
    assert rows[0]["deadline"].startswith("2021-12-15")


@pytest.mark.parametrize(
    ("cell", "written"), [("=1+1", "'=1+1"), ("@x", "'@x"), ("-1", "'-1"), ("07-CT/HU", "07-CT/HU"), ("", "")]
)
def test_no_cell_is_a_formula(cell: str, written: str) -> None:
    assert harmless(cell) == written


def test_the_language_that_was_chosen_is_kept(app: Flask) -> None:
    visitor = app.test_client()
    assert '<html lang="en">' in visitor.get("/?lang=en").text
    assert '<html lang="en">' in visitor.get("/about", headers={"Accept-Language": "vi"}).text
    assert '<html lang="vi">' in visitor.get("/about?lang=vi").text
    assert '<html lang="vi">' in visitor.get("/?lang=xx").text


def test_the_description_holds_the_quotes(client: FlaskClient) -> None:
    graph = json.loads(client.get(DOCUMENT + ".json").text)
    exact = [value["@value"] for node in graph for value in node.get("http://www.w3.org/ns/oa#exact", [])]
    assert "không được chậm trễ" in exact


def test_the_hostile_title_is_kept_as_data(client: FlaskClient) -> None:
    graph = json.loads(client.get(HOSTILE_DOCUMENT + ".json").text)
    titles = [value["@value"] for node in graph for value in node.get("http://purl.org/dc/terms/title", [])]
    assert titles == [HOSTILE]


@pytest.mark.parametrize(("language", "words"), [("vi", "chữ do máy nhận dạng"), ("en", "read by OCR")])
def test_a_text_that_a_machine_recognised_says_so(client: FlaskClient, language: str, words: str) -> None:
    """On its own page and on that of its document; other texts say nothing of it."""
    assert all(words in show(client, path, language) for path in (OCR_SOURCE, HOSTILE_DOCUMENT))
    assert not any(words in show(client, path, language) for path in (SOURCE, DOCUMENT))
