"""The list of duties, and what a body's page says of its reports and its load; every figure leads to its duties."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from chain_stores import opened
from flask.testing import FlaskClient

from chidao.graph.duties import Duty, DutyIndex, Wanted
from chidao.graph.norms import position
from chidao.graph.workload import workload
from chidao.web.recurrence import recurrence_in

HTML = {"Accept": "text/html"}
COMMITTEE = "https://w3id.org/chidao/id/body/quang-ninh/ba-che/uy-ban-nhan-dan"
PLAN = "https://w3id.org/chidao/id/document/quang-ninh/uy-ban-nhan-dan/2023/kh-142"


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address, headers=HTML)
    assert response.status_code == 200
    return response.text


def rows(client: FlaskClient, filters: str) -> list[dict[str, str]]:
    table = client.get(f"/duties?format=csv&{filters}").data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(table)))


@pytest.fixture(scope="module")
def index(sample_data: Path) -> DutyIndex:
    return DutyIndex(opened(sample_data))


def test_the_latest_documents_come_first_each_in_the_order_of_its_text(index: DutyIndex) -> None:
    assert [duty.issued for duty in index.duties] == sorted((each.issued for each in index.duties), reverse=True)
    of_plan = [position(duty.norm)[1] for duty in index.duties if duty.document == PLAN]
    assert of_plan == sorted(of_plan)


@pytest.mark.parametrize(
    ("wanted", "holds"),
    [
        (Wanted(document=PLAN), lambda duty: duty.document == PLAN),
        (Wanted(modality="Prohibition"), lambda duty: duty.modality == "Prohibition"),
        (Wanted(level="commune"), lambda duty: duty.level == "commune"),
        (Wanted(rate="daily"), lambda duty: duty.recurrence.startswith("daily")),
        (Wanted(since="2023-05-01", until="2023-05-20"), lambda duty: "2023-05-01" <= duty.deadline[:10] <= "2023-05-20"),
    ],
)  # fmt: skip
def test_a_filter_takes_what_fits_and_all_of_it(index: DutyIndex, wanted: Wanted, holds) -> None:
    found = index.listed(wanted)
    assert found
    assert set(found) == set(filter(holds, index.duties))


def test_words_are_found_in_any_spelling(index: DutyIndex) -> None:
    found: list[Duty] = index.listed(Wanted(text="cháy rừng"))
    assert found
    assert found == index.listed(Wanted(text="CHAY  RUNG"))


def test_the_duties_of_a_body_are_those_of_its_load(index: DutyIndex, sample_data: Path) -> None:
    landed = {landing.norm.iri for landing in workload(opened(sample_data), COMMITTEE)}
    assert {duty.norm for duty in index.listed(Wanted(body=COMMITTEE))} == landed


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_holds_at_most_eighty_and_turns(sample_client: FlaskClient, language: str) -> None:
    first = page(sample_client, f"/duties?lang={language}")
    assert first.count('class="modality') == 80
    assert "start=80" in first
    assert 'class="citation"' in first
    second = page(sample_client, "/duties?start=80")
    assert "start=0" in second
    assert not set(re.findall(r'class="quote" href="([^"]+)"', first)) & set(
        re.findall(r'class="quote" href="([^"]+)"', second)
    )


def test_a_duty_has_its_quote_deadline_bearer_and_recipient(sample_client: FlaskClient) -> None:
    found = page(sample_client, f"/duties?body={COMMITTEE}&lang=en")
    assert 'class="quote" href="/source/' in found
    assert "every month, day 22" in found
    assert 'href="/body/quang-ninh/uy-ban-nhan-dan"' in found
    assert "16:30 · 26 May 2023" in found


def test_what_is_no_day_is_said_and_filters_nothing(sample_client: FlaskClient) -> None:
    assert "no date" in page(sample_client, "/duties?from=tomorrow&lang=en")
    assert len(rows(sample_client, "from=tomorrow")) == len(rows(sample_client, ""))


@pytest.mark.parametrize(
    "filters",
    ["role=king", "level=moon", "modality=%3Cscript%3E", "start=-5", "start=x", "often=never", "from=99/99/2023"],
)
def test_odd_addresses_are_answered(sample_client: FlaskClient, filters: str) -> None:
    assert 'class="modality' in page(sample_client, f"/duties?{filters}")


@pytest.mark.parametrize("filters", ["body=https://no<script>", "body=Sở Không Có", "document=99-CT/TU"])
def test_unknown_bodies_and_documents_are_not_found(sample_client: FlaskClient, filters: str) -> None:
    response = sample_client.get(f"/duties?{filters}", headers=HTML)
    assert response.status_code == 404
    assert "no<script>" not in response.text


def test_nothing_is_worded_as_nothing_held(sample_client: FlaskClient) -> None:
    assert "No such duty is in the texts held." in page(sample_client, "/duties?q=zzzz&lang=en")


def test_downloads_hold_every_page(sample_client: FlaskClient, index: DutyIndex) -> None:
    found = rows(sample_client, "")
    assert [row["norm"] for row in found] == [duty.norm for duty in index.duties]
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in found for cell in row.values())
    whole = json.loads(sample_client.get(f"/duties?format=json&body={COMMITTEE}").data)
    assert {row["document"] for row in whole["rows"]} == {"Chỉ thị 21-CT/HU", "Kế hoạch 142/KH-UBND"}


def test_every_figure_of_a_load_is_as_long_as_its_list(sample_client: FlaskClient) -> None:
    found = page(sample_client, "/body/quang-ninh/ba-che/uy-ban-nhan-dan?lang=en")
    figures = re.findall(r'<a href="/duties\?([^"]*)">(\d+)</a>', found[found.index("<h2>Load</h2>") :])
    assert len(figures) >= 6
    assert {len(rows(sample_client, filters.replace("&amp;", "&"))) - int(n) for filters, n in figures} == {0}


def test_lines_of_report(sample_client: FlaskClient) -> None:
    found = page(sample_client, "/body/quang-ninh/ba-che/uy-ban-nhan-dan?lang=en")
    lines = found[found.index("<h2>Lines of report</h2>") : found.index("<h2>Load</h2>")]
    assert "every month, day 22" in lines
    assert "every day, 15:00" in lines
    assert 'class="quote" href="/source/' in lines
    assert "role=recipient" in lines


def test_a_body_without_lines_says_so(client: FlaskClient) -> None:
    assert "No line of report with this body was read" in page(client, "/body/quang-ninh/tinh-uy?lang=en")


def test_suggestions_for_unnamed_references_are_worded_as_such(sample_client: FlaskClient) -> None:
    found = page(sample_client, "/document/tuyen-quang/son-duong/huyen-uy/2023/cv-1124?lang=en")
    suggested = re.search(r'<div class="suggested">(.*?)</div>', found, re.DOTALL)
    assert suggested
    assert "Suggested, confirmed by nobody, and no link" in suggested[1]
    assert re.search(r"confidence \d+ %", suggested[1])


@pytest.mark.parametrize(
    ("recurrence", "vi", "en"),
    [
        ("daily", "hằng ngày", "every day"),
        ("daily 15:00", "hằng ngày, 15:00", "every day, 15:00"),
        ("weekly friday 15:00", "hằng tuần, thứ Sáu, 15:00", "every week, on Friday, 15:00"),
        ("monthly 22", "hằng tháng, ngày 22", "every month, day 22"),
        ("yearly 12-25", "hằng năm, ngày 25/12", "every year, day 25/12"),
        ("whenever", "whenever", "whenever"),
        ("weekly someday", "weekly someday", "weekly someday"),
        ("", "", ""),
    ],
)
def test_how_often_in_the_readers_words(recurrence: str, vi: str, en: str) -> None:
    assert (recurrence_in(recurrence, "vi"), recurrence_in(recurrence, "en")) == (vi, en)
