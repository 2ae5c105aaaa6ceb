"""The page that writes: local visitors only, forms of its own only, one writer, and nothing hostile ever executes."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from curate_samples import CITING, HOSTILE, publish_open_questions
from flask import Flask
from flask.testing import FlaskClient
from record_factory import DISTRICT_STATE
from werkzeug.test import TestResponse

from chidao.graph.errors import ChidaoError
from chidao.graph.names import document_iri, local_iri
from chidao.graph.store import Store
from chidao.web.app import create_app
from chidao.web.curate_guard import is_loopback
from chidao.web.limits import Limits
from chidao.web.serve import Listening, serve
from chidao.web.site import site_of

OLD = document_iri("quang-ninh/tinh-uy", 2016, "CT", "18")
SEVEN = "/document/quang-ninh/ba-che/huyen-uy/2021/ct-07"
CITATION = local_iri(CITING[0].source.sha256, "citation", "1")
NORM = local_iri(CITING[0].source.sha256, "norm", "1")


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish_open_questions(tmp_path_factory.mktemp("curate") / "data")


@pytest.fixture(scope="module")
def curating(data: Path) -> Iterator[Flask]:
    made = create_app(data, Limits(workers=1), curate=True)
    made.testing = True
    yield made
    site_of(made).pool.close()


@pytest.fixture
def visitor(curating: Flask) -> FlaskClient:
    return curating.test_client()


def token(visitor: FlaskClient) -> str:
    """The token of the form, as the page gives it to this visitor."""
    page = visitor.get("/curate?kind=bearers").text
    found = re.search(r'name="token" value="(\w+)"', page)
    assert found, page
    return found[1]


def send(visitor: FlaskClient, origin: str | None = "http://localhost", **changes: str) -> TestResponse:
    form = {
        "token": token(visitor), "kind": "citations", "thing": CITATION, "verdict": "settled", "value": OLD,
        "by": "Người rà soát", "why": "bản giấy",
    } | changes  # fmt: skip
    headers = {"Origin": origin} if origin else {}
    return visitor.post("/curate", data=form, headers={**headers, "Accept": "text/html"})


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("kind", ["citations", "unnamed", "issuers", "bearers", "identified", "decisions", "nonsense"])
def test_every_list_is_in_both_languages_and_hostile_words_are_text(
    visitor: FlaskClient, kind: str, language: str
) -> None:
    response = visitor.get(f"/curate?kind={kind}", headers={"Accept-Language": language})
    assert response.status_code == 200
    assert f'<html lang="{language}">' in response.text
    assert "<script>window" not in response.text
    assert "<img" not in response.text
    assert not re.search(r"\son\w+=\"|<style|\sstyle=\"", response.text)


def test_the_list_shows_quote_candidates_and_reasons(visitor: FlaskClient) -> None:
    page = visitor.get("/curate", headers={"Accept-Language": "en"}).text
    assert "Thực hiện CT số 18 của Tỉnh ủy Quảng Ninh" in page
    assert OLD in page
    assert "same issuer" in page
    assert "period open" in page


def test_the_page_is_not_there_unless_asked_for(client: FlaskClient) -> None:
    assert client.get("/curate").status_code == 404
    assert client.post("/curate").status_code == 404
    assert 'href="/curate"' not in client.get("/").text


@pytest.mark.parametrize(
    ("origin", "changes"),
    [
        ("http://evil.example", {}),
        ("null", {}),
        (None, {}),
        ("http://localhost:1", {}),
        ("http://localhost", {"token": ""}),
        ("http://localhost", {"token": "0" * 64}),
        ("http://localhost", {"token": "ký tự lạ"}),
    ],
)
def test_a_form_from_elsewhere_is_refused(visitor: FlaskClient, origin: str | None, changes: dict[str, str]) -> None:
    assert send(visitor, origin, **changes).status_code == 403


def test_a_token_of_another_visitor_does_not_fit(curating: Flask, visitor: FlaskClient) -> None:
    assert send(visitor, token=token(curating.test_client())).status_code == 403


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.1.2", "["])
def test_another_name_for_this_machine_is_refused(visitor: FlaskClient, host: str) -> None:
    assert visitor.get("/curate", headers={"Host": host}).status_code in (400, 403)


def test_a_visitor_from_another_machine_is_refused(visitor: FlaskClient) -> None:
    assert visitor.get("/curate", environ_base={"REMOTE_ADDR": "192.168.1.2"}).status_code == 403


def test_no_other_site_may_read_the_page_or_send_its_cookie(visitor: FlaskClient) -> None:
    response = visitor.get("/curate", headers={"Origin": "http://evil.example"})
    assert "Access-Control-Allow-Origin" not in response.headers
    assert "SameSite=Strict" in response.headers["Set-Cookie"]
    assert "HttpOnly" in response.headers["Set-Cookie"]
    assert response.headers["Referrer-Policy"] == "same-origin"  # with no-referrer a browser sends "Origin: null"
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_only_a_post_writes(visitor: FlaskClient, method: str) -> None:
    assert getattr(visitor, method)("/curate").status_code == 405


@pytest.mark.parametrize(
    "changes",
    [
        {"by": ""}, {"why": " "}, {"value": ""}, {"verdict": "--help"}, {"thing": "--data=/tmp"}, {"why": "x" * 2001},
        {"by": "a\0b"}, {"thing": ""},
    ],
)  # fmt: skip
def test_a_form_that_lacks_something_says_so(visitor: FlaskClient, changes: dict[str, str]) -> None:
    response = send(visitor, **changes)
    assert response.status_code == 400
    assert 'role="alert"' in response.text


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"value": NORM}, "does not fit"),
        ({"other": "99-CT/TU"}, "is known"),
        ({"other": "--by=x"}, "is known"),
        ({"other": HOSTILE}, "is known"),
        ({"thing": CITATION + "9"}, "is no reference"),
    ],
)
def test_what_the_writer_refuses_is_shown_as_text(visitor: FlaskClient, changes: dict[str, str], message: str) -> None:
    response = send(visitor, **changes)
    assert response.status_code == 400
    assert message in response.text
    assert "<script>window" not in response.text


def test_while_another_process_writes_the_page_says_so(visitor: FlaskClient, data: Path) -> None:
    with Store.open(data):
        response = send(visitor)
    assert response.status_code == 409
    assert "Một tiến trình khác đang ghi" in response.text
    assert "Người rà soát" in response.text  # what was typed is kept


def test_a_decision_is_recorded_published_shown_and_undone(visitor: FlaskClient) -> None:
    sent = send(visitor, why=f"bản giấy {HOSTILE}")
    assert (sent.status_code, sent.location) == (303, "/curate?kind=citations&done=1")
    assert "Thực hiện CT số 18" not in visitor.get("/curate").text
    page = visitor.get(SEVEN, headers={"Accept": "text/html", "Accept-Language": "en"}).text
    assert "Decided by a person" in page
    assert "Người rà soát" in page
    assert "bản giấy &lt;script&gt;" in page
    assert "<script>window" not in page
    decisions = visitor.get("/curate?kind=decisions", headers={"Accept-Language": "en"}).text
    assert "applied" in decisions
    (decision,) = re.findall(r'name="thing" value="([^"]+/decision/\w+)"', decisions)
    assert send(visitor, thing=decision, verdict="undone", kind="decisions", value="").status_code == 303
    assert "undone" in visitor.get("/curate?kind=decisions", headers={"Accept-Language": "en"}).text
    assert "Thực hiện CT số 18" in visitor.get("/curate").text


def test_bearers_are_given_by_name(visitor: FlaskClient) -> None:
    names = "UBND huyện Ba Chẽ; body/quang-ninh/tinh-uy"
    assert send(visitor, thing=NORM, value="", other=names, kind="bearers").status_code == 303
    page = visitor.get(SEVEN, headers={"Accept": "text/html"}).text
    assert f'href="/body/{DISTRICT_STATE.iri.partition("/body/")[2]}"' in page


@pytest.mark.parametrize(
    ("host", "local"),
    [
        ("127.0.0.1", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),  # noqa: S104
        ("::", False),
        ("example.org", False),
    ],
)
def test_only_a_server_for_this_machine_may_have_the_page(data: Path, host: str, local: bool) -> None:
    assert is_loopback(host) is local
    if not local:
        with pytest.raises(ChidaoError, match="for this machine alone"):
            serve(data, Listening(host, 0), Limits(), print, curate=True)
