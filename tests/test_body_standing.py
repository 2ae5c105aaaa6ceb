"""A body's page shows its place in the register on a day: superiors, bodies below, forerunners and successors."""

import pytest
from flask.testing import FlaskClient

from chidao.ontology.register import register
from chidao.ontology.subordinates import subordinates


def page(client: FlaskClient, path: str, language: str = "vi") -> str:
    response = client.get(path, headers={"Accept": "text/html", "Accept-Language": language})
    assert response.status_code == 200
    return response.text


def test_a_body_of_the_register_has_a_page_though_no_text_names_it(client: FlaskClient) -> None:
    shown = page(client, "/body/ha-tinh/so-xay-dung?date=2021-05-01")
    assert "Sở Xây dựng tỉnh Hà Tĩnh" in shown
    assert "Ủy ban nhân dân tỉnh Hà Tĩnh" in shown
    assert "Bộ Xây dựng" in shown
    assert 'href="/body/ha-tinh/so-giao-thong-van-tai"' in shown


@pytest.mark.parametrize(
    ("date", "superior"),
    [("2026-08-31", "/body/quang-ninh/uy-ban-nhan-dan"), ("2026-09-01", "/body/quang-ninh-2026/uy-ban-nhan-dan")],
)
def test_the_superior_is_that_of_the_day(client: FlaskClient, date: str, superior: str) -> None:
    shown = page(client, f"/body/quang-ninh/ba-che-2025/uy-ban-nhan-dan?date={date}")
    assert f'href="{superior}"' in shown


@pytest.mark.parametrize(
    ("language", "words"),
    [("vi", "Cơ quan này không tồn tại vào ngày đó."), ("en", "The body did not exist on that day.")],
)
def test_a_day_before_the_body_is_said_so(client: FlaskClient, language: str, words: str) -> None:
    assert words in page(client, "/body/ha-tinh/so-nong-nghiep-va-moi-truong?date=2021-05-01", language)


def test_a_day_that_is_none_falls_back_to_the_last_one_of_the_body(client: FlaskClient) -> None:
    shown = page(client, "/body/quang-ninh/ba-che/huyen-uy?date=<script>")
    assert 'value="2025-06-30"' in shown
    assert "<script>&" not in shown


def test_what_neither_text_nor_register_knows_has_no_page(client: FlaskClient) -> None:
    assert client.get("/body/no/such/body", headers={"Accept": "text/html"}).status_code == 404


@pytest.mark.parametrize(
    ("path", "date", "some", "none"),
    [
        ("quang-ninh/tinh-uy", "2021-10-19", "quang-ninh/ba-che/huyen-uy", "quang-ninh/ba-che-2025/dang-uy"),
        ("quang-ninh/tinh-uy", "2025-12-01", "quang-ninh/ba-che-2025/dang-uy", "quang-ninh/ba-che/huyen-uy"),
        ("trung-uong/chinh-phu", "2021-10-19", "ha-tinh/uy-ban-nhan-dan", "trung-uong/bo-nong-nghiep-va-moi-truong"),
        ("quang-ninh/ba-che/uy-ban-nhan-dan", "2021-10-19", "quang-ninh/ba-che/phong-y-te", "quang-ninh/so-y-te"),
    ],
)
def test_who_stands_below_a_body_on_a_day(path: str, date: str, some: str, none: str) -> None:
    below = {entry.path for entry in subordinates(path, date, register(), 200)}
    assert some in below
    assert none not in below


def test_no_more_are_listed_than_asked_for() -> None:
    assert len(subordinates("trung-uong/chinh-phu", "2021-10-19", register(), 7)) == 7
    assert subordinates("no/such/body", "2021-10-19", register(), 7) == []
