"""The explorer: what each column lists follows from the path, and the path stands in the address."""

import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from site_samples import Sample, publish_samples

from chidao.web.app import create_app
from chidao.web.explorer_state import LEVELS, day_number
from chidao.web.limits import Limits
from chidao.web.site import site_of

DISTRICT = "quang-ninh/ba-che/huyen-uy/2021/ct-07"
PROVINCE = "quang-ninh/tinh-uy/2021/ct-18"
CENTRE = "trung-uong/ban-bi-thu/2021/ct-05"


def columns(page: str) -> list[list[str]]:
    """The names in each of the four columns."""
    lists = re.findall(r'<ol class="rows"[^>]*>(.*?)</ol>', page, re.DOTALL)
    return [re.findall(r'class="name">([^<]*)', one) for one in lists]


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("", [["05-CT/TW", "16/CT-TTg"], ["187/KH-UBND", "18-CT/TU"], ["112/KH-UBND", "07-CT/HU"], ["03-NQ/ĐU"]]),
        (
            f"p={CENTRE}",
            [["05-CT/TW", "16/CT-TTg"], ["187/KH-UBND", "18-CT/TU"], ["112/KH-UBND", "07-CT/HU"], ["03-NQ/ĐU"]],
        ),
        ("p=trung-uong/thu-tuong/2020/ct-16", [["05-CT/TW", "16/CT-TTg"], [], [], []]),
        (
            f"p={CENTRE}&p={PROVINCE}&p={DISTRICT}",
            [["05-CT/TW", "16/CT-TTg"], ["187/KH-UBND", "18-CT/TU"], ["112/KH-UBND", "07-CT/HU"], ["03-NQ/ĐU"]],
        ),
        (f"p={DISTRICT}", [["05-CT/TW"], ["18-CT/TU"], ["112/KH-UBND", "07-CT/HU"], ["03-NQ/ĐU"]]),
        ("q=ubnd", [[], ["187/KH-UBND"], ["112/KH-UBND"], []]),
        ("q=thu+tuong", [["16/CT-TTg"], [], [], []]),
        ("q=ba+che+ubnd", [[], [], ["112/KH-UBND"], []]),
        ("q=03-nq/đu", [[], [], [], ["03-NQ/ĐU"]]),
        ("from=19/10/2021&to=2021-10-25", [[], ["187/KH-UBND"], ["112/KH-UBND", "07-CT/HU"], []]),
        ("from=25.10.2021", [[], [], ["112/KH-UBND"], ["03-NQ/ĐU"]]),
        ("system=state", [["16/CT-TTg"], ["187/KH-UBND"], ["112/KH-UBND"], []]),
        ("type=type-nghi-quyet", [[], [], [], ["03-NQ/ĐU"]]),
        (f"p={PROVINCE}&system=party", [["05-CT/TW"], ["18-CT/TU"], ["07-CT/HU"], ["03-NQ/ĐU"]]),
        (f"p={PROVINCE}&system=state", [[], ["18-CT/TU", "187/KH-UBND"], ["112/KH-UBND"], []]),
        ("subject=none", [[], [], [], []]),
    ],
)
def test_columns_follow_the_path(client: FlaskClient, address: str, expected: list[list[str]]) -> None:
    found = columns(client.get(f"/chain?{address}", headers={"Accept": "text/html"}).text)
    assert [[name.split(" ", 2)[-1] for name in column] for column in found] == expected


def test_the_chosen_rows_are_marked_and_the_last_one_is_described(client: FlaskClient) -> None:
    page = client.get(f"/chain?p={PROVINCE}&p={DISTRICT}&lang=en", headers={"Accept": "text/html"}).text
    assert page.count('aria-current="true"') == 2
    assert "<h2>Directive 07-CT/HU" in page
    assert "Thực hiện 18-CT/TU" in page


def test_a_choice_keeps_the_path_above_it_and_drops_what_stood_below(client: FlaskClient) -> None:
    page = client.get(f"/chain?p={CENTRE}&p={PROVINCE}&p={DISTRICT}", headers={"Accept": "text/html"}).text
    plan = re.search(r'href="(/chain\?[^"#]*kh-187[^"#]*)', page)
    assert plan
    assert DISTRICT not in plan[1]
    assert CENTRE in plan[1]


def test_a_choice_keeps_the_filters_and_the_form_keeps_the_path(client: FlaskClient) -> None:
    page = client.get(f"/chain?p={CENTRE}&q=thử&from=1/1/2020&system=party", headers={"Accept": "text/html"}).text
    choice = re.search(r'href="(/chain\?[^"#]*ct-18[^"#]*)', page)
    assert choice
    for argument in ("q=th%E1%BB%AD", "from=1/1/2020", "system=party", f"p={CENTRE}"):
        assert argument in choice[1]
    assert f'<input type="hidden" name="p" value="{CENTRE}">' in page


def test_what_is_no_day_is_said_and_filters_nothing(client: FlaskClient) -> None:
    page = client.get("/chain?from=31/2/2021&lang=en", headers={"Accept": "text/html"}).text
    assert "31/2/2021”: no date" in page
    assert [len(column) for column in columns(page)] == [2, 2, 2, 1]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("01/01/1970", 0), ("2021-10-19", 18919), ("19.10.2021", 18919), ("29/2/2021", None), ("2021", None), ("", None)],
)
def test_days_are_read_in_both_orders(typed: str, expected: int | None) -> None:
    assert day_number(typed) == expected


def test_the_filters_offer_the_types_of_the_documents_there_are(client: FlaskClient) -> None:
    page = client.get("/chain?lang=en", headers={"Accept": "text/html"}).text
    offered = re.search(r'<select name="type">(.*?)</select>', page, re.DOTALL)
    assert offered
    assert re.findall(r'value="type-([a-z-]+)">', offered[1]) == ["chi-thi", "ke-hoach", "nghi-quyet"]


def test_the_panel_tells_lag_and_duties_with_their_quotes(client: FlaskClient) -> None:
    page = client.get(f"/chain?p={DISTRICT}&lang=en", headers={"Accept": "text/html"}).text
    panel = page[page.index('id="details"') :]
    assert re.search(r"1 day after\s*<a href=\"/document/quang-ninh/tinh-uy/2021/ct-18\">Directive 18-CT/TU", panel)
    assert "Sở Thử nghiệm chủ trì" in panel


def test_the_path_is_listed_from_the_top_down(client: FlaskClient) -> None:
    """Each step leads back to where it was the last one chosen."""
    page = client.get(f"/chain?p={CENTRE}&p={PROVINCE}&p={DISTRICT}&lang=en", headers={"Accept": "text/html"}).text
    path = re.search(r'<nav class="chosen-path".*?</nav>', page, re.DOTALL)
    assert path
    found = re.findall(r'href="([^"]*)"[^>]*>Directive ([^<]*)<', path[0])
    assert [name for _, name in found] == ["05-CT/TW", "18-CT/TU", "07-CT/HU"]
    assert found[1][0].replace("&amp;", "&") == f"/chain?p={CENTRE}&p={PROVINCE}"


def test_of_a_long_column_a_page_is_shown_and_all_can_be_reached(tmp_path: Path) -> None:
    """The start page has at most eighty rows and 50 kB, whatever the corpus; "more" leads through the whole column."""
    corpus = [
        Sample(f"quang-ninh/ba-che/xa-{number}/dang-uy", 2021, "CT", f"{number}-CT/ĐU", f"Đảng ủy xã {number}",
               level, "party", "2021-11-02", "Về một việc thử nghiệm với một trích yếu dài như thường thấy " * 2)
        for level in LEVELS for number in range(1 + 100 * LEVELS.index(level), 46 + 100 * LEVELS.index(level))
    ]  # fmt: skip
    publish_samples(tmp_path / "data", corpus)
    app = create_app(tmp_path / "data", Limits(workers=1))
    client = app.test_client()
    address, seen = "/chain", []
    while address:
        page = client.get(address, headers={"Accept": "text/html"})
        shown = columns(page.text)
        assert sum(map(len, shown)) <= 80
        assert len(page.data) <= 50_000
        seen += shown[1]
        column = page.text.partition('id="column-province"')[2].partition("</section>")[0]
        later = re.search(r'href="([^"]*)">↓', column)
        address = later[1].replace("&amp;", "&") if later else ""
    assert len(set(seen)) == len(seen) == 45
    site_of(app).pool.close()


@pytest.mark.parametrize(
    "address",
    ["district=-5", "district=x", "district=99999999999999", "p=", "q=%27%22%7D", "q=$limit+$x+$chosen", "subject=$x",
     "type=%3E}", "system=party%20}", "from=%00", "to=99/99/9999"],
)  # fmt: skip
def test_odd_addresses_are_answered(client: FlaskClient, address: str) -> None:
    assert client.get(f"/chain?{address}", headers={"Accept": "text/html"}).status_code == 200


def test_a_chosen_document_on_another_page_still_stands_in_its_column(client: FlaskClient) -> None:
    page = client.get(f"/chain?p={DISTRICT}&district=80", headers={"Accept": "text/html"}).text
    assert columns(page)[2] == ["Chỉ thị 07-CT/HU"]
