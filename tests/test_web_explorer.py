"""The explorer: what each column lists follows from the path, and the path stands in the address."""

import re

import pytest
from flask.testing import FlaskClient

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


@pytest.mark.parametrize("address", ["district=-5", "district=x", "district=99999999999999", "p=", "q=%27%22%7D"])
def test_odd_addresses_are_answered(client: FlaskClient, address: str) -> None:
    assert client.get(f"/chain?{address}", headers={"Accept": "text/html"}).status_code == 200


def test_a_chosen_document_on_another_page_still_stands_in_its_column(client: FlaskClient) -> None:
    page = client.get(f"/chain?p={DISTRICT}&district=80", headers={"Accept": "text/html"}).text
    assert columns(page)[2] == ["Chỉ thị 07-CT/HU"]
