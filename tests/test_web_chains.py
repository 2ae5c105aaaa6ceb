"""The pages about whole chains: gaps, lag, comparison, slogans, calendar; each with its citation and downloads."""

import csv
import io
import json

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from chidao.web.chain_views import word
from chidao.web.lag_picture import MOST_BARS, Interval, timeline
from chidao.web.language import words
from chidao.web.links import calendar, document_named

HTML = {"Accept": "text/html"}
PROVINCE = "quang-ninh/tinh-uy/2021/ct-18"
PAGES = [
    "/gaps",
    "/gaps?document=18-CT/TU",
    f"/gaps?document={PROVINCE}&document=05-CT/TW&other=1",
    "/lag",
    "/lag?document=18-CT/TU&by=month",
    "/compare",
    "/compare?document=18-CT/TU&level=district",
    "/trace",
    "/trace?phrase=th%E1%BB%AD%20nghi%E1%BB%87m",
]


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_pages_in_both_languages(client: FlaskClient, path: str, language: str) -> None:
    sign = "&" if "?" in path else "?"
    response = client.get(f"{path}{sign}lang={language}", headers=HTML)
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.text
    assert words(language)["absence"].replace("'", "&#39;") in response.text
    assert "<script>window" not in response.text
    assert "style=" not in response.text, "the content security policy allows no style of its own"


def test_every_state_is_a_word_and_leads_to_the_documents(client: FlaskClient) -> None:
    page = client.get("/gaps?document=18-CT/TU&lang=en", headers=HTML).text
    assert page.count('<span class="state state_no_texts">no texts held for this body</span>') >= 12
    assert '<a href="/document/quang-ninh/ba-che/huyen-uy/2021/ct-07">' in page
    assert "1 day<" in page
    assert '<a href="/body/quang-ninh/tien-yen/huyen-uy">' in page
    assert "Scope assumed" in page


def test_a_body_out_of_scope_is_no_gap(client: FlaskClient) -> None:
    page = client.get("/gaps?document=18-CT/TU&document=187/KH-UBND&lang=en", headers=HTML).text
    assert "not in this document" in page


def test_the_lengths_of_the_timeline_are_days(client: FlaskClient) -> None:
    page = client.get("/lag?document=18-CT/TU&lang=en", headers=HTML).text
    assert 'class="timeline"' in page
    assert ">one level down<" in page
    assert ">between Party and State at one level<" in page


@pytest.mark.parametrize("days", [(1, 2, 4), (0, 10, 100)])
def test_bars_are_as_long_as_their_days(days: tuple[int, ...]) -> None:
    drawn = timeline([Interval("x", "", 100, each, "issue") for each in days])
    longest = drawn.bars[-1].length
    assert [bar.length for bar in drawn.bars if bar.interval.days] == pytest.approx(
        [longest * each / days[-1] for each in days if each]
    )
    assert all(bar.left + bar.length <= drawn.width for bar in drawn.bars)


def test_contradictions_are_not_drawn_and_counted_as_left_out() -> None:
    drawn = timeline([Interval("x", "", 5, -3, "issue")] + [Interval("y", "", 1, 1, "issue")] * (MOST_BARS + 4))
    assert (len(drawn.bars), drawn.left_out) == (MOST_BARS, 5)


def test_an_empty_timeline_has_no_bars() -> None:
    assert timeline([]).bars == ()


def test_a_comparison_counts_texts(client: FlaskClient) -> None:
    page = client.get("/compare?document=18-CT/TU&level=district&lang=en", headers=HTML).text
    assert "huyện Ba Chẽ" in page or "Ba Chẽ District" in page


def test_a_trace_quotes_the_text(client: FlaskClient) -> None:
    page = client.get("/trace?phrase=ch%E1%BA%ADm%20tr%E1%BB%85&lang=en", headers=HTML).text
    assert 'class="quote" href="/source/' in page
    assert "first use" in page


@pytest.mark.parametrize(
    ("path", "columns"),
    [
        ("/gaps?document=18-CT/TU", {"body", "state", "lag_days", "texts_held"}),
        ("/lag?document=18-CT/TU", {"days", "document_iri", "on"}),
        ("/compare?document=18-CT/TU&level=district", {"place", "kept", "texts_held"}),
        ("/trace?phrase=th%E1%BB%AD", {"fate", "quote", "document_iri"}),
    ],
)
def test_downloads(client: FlaskClient, path: str, columns: set[str]) -> None:
    table = client.get(f"{path}&format=csv")
    rows = list(csv.DictReader(io.StringIO(table.data.decode("utf-8-sig"))))
    assert rows
    assert columns <= set(rows[0])
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values() if cell)
    assert "attachment" in table.headers["Content-Disposition"]
    whole = json.loads(client.get(f"{path}&format=json").data)
    assert len(whole["rows"]) == len(rows)
    assert whole["snapshot"] == "first"


@pytest.mark.parametrize("path", PAGES[1:3])
def test_the_citation_names_title_snapshot_and_day(client: FlaskClient, path: str) -> None:
    page = client.get(f"{path}&lang=en", headers=HTML).text
    assert 'class="citation"' in page
    assert "Data version first" in page


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/gaps?document=99-CT/TU", 404),
        ("/gaps?document=https://no.such/<script>alert(1)</script>", 404),
        ("/lag?document=x", 404),
        ("/compare?document=x&level=province", 404),
        ("/trace?phrase=x", 400),
        ("/compare?document=18-CT/TU&level=moon", 200),
        ("/lag?by=moon", 200),
        ("/trace?phrase=%3Cscript%3Ealert(1)%3C/script%3E", 200),
    ],
)
def test_odd_addresses_are_answered(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path, headers=HTML)
    assert response.status_code == status
    assert "<script>alert" not in response.text


def test_the_calendar_of_a_body(client: FlaskClient) -> None:
    """The body page links to it where the body owes something."""
    page = client.get("/body/quang-ninh/ba-che/huyen-uy", headers=HTML).text
    assert "/calendar/" not in page
    response = client.get("/calendar/quang-ninh/ba-che/huyen-uy.ics")
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert Calendar.from_ical(response.data)


@pytest.mark.parametrize(
    ("body", "path"),
    [
        ("https://w3id.org/chidao/id/body/quang-ninh/so-y-te", "/calendar/quang-ninh/so-y-te.ics"),
        ("https://w3id.org/chidao/id/source/00ff/body/x", "/calendar/source/00ff/body/x.ics"),
        ("https://example.org/x", ""),
    ],
)
def test_the_address_of_a_calendar(body: str, path: str) -> None:
    assert calendar(body) == path


@pytest.mark.parametrize(
    ("typed", "named"),
    [
        ("18-CT/TU", "18-CT/TU"),
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        (PROVINCE, f"https://w3id.org/chidao/id/document/{PROVINCE}"),
        ("source/00ff/document/d1", "https://w3id.org/chidao/id/source/00ff/document/d1"),
        ("https://w3id.org/chidao/id/document/a/b/c/d", "https://w3id.org/chidao/id/document/a/b/c/d"),
    ],
)
def test_how_an_address_names_a_document(typed: str, named: str) -> None:
    assert document_named(typed) == named


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize(
    "fate",
    ["first use", "carried on", "taken up", "dropped", "not known", "in a report of several documents"],
)
def test_every_fate_has_a_word(fate: str, language: str) -> None:
    assert word("fate", fate, language)
