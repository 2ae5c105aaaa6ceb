"""Answers bear a tag by snapshot and question: what a client holds already is not worked out again."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from chidao.web.app import create_app
from chidao.web.limits import Limits
from chidao.web.site import site_of
from chidao.web.workers import Pool

ROWS = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 60"


@pytest.fixture
def visitor(published: Path, tmp_path: Path) -> Iterator[FlaskClient]:
    """A site with two snapshots of its own, which hold the same."""
    data = tmp_path / "data"
    for name in ("first", "second"):
        shutil.copytree(published / "snapshots/first", data / "snapshots" / name)
    (data / "snapshots/current").write_text("first", encoding="utf-8")
    made = create_app(data, Limits(workers=1, row_limit=50))
    yield made.test_client()
    site_of(made).pool.close()


def url(query: str, **more: str) -> str:
    return "/sparql?" + "&".join(f"{name}={quote(value)}" for name, value in {"query": query, **more}.items())


def publish(visitor: FlaskClient, name: str) -> None:
    data: Path = site_of(visitor.application).data_dir
    (data / "snapshots/current").write_text(name, encoding="utf-8")


@pytest.mark.parametrize("path", [url("ASK {}"), url(ROWS), "/sparql", "/.well-known/void", "/rdf-graph-store?default"])
def test_what_is_held_is_not_worked_out_again_until_there_is_new_data(
    visitor: FlaskClient, path: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = visitor.get(path)
    assert (first.status_code, first.headers["Cache-Control"]) == (200, "public, no-cache")
    assert first.headers["ETag"].startswith('W/"first-')
    held = {"If-None-Match": f'"other", {first.headers["ETag"]}'}
    with monkeypatch.context() as nobody_works:
        nobody_works.setattr(Pool, "answer", None)
        for method in ("GET", "HEAD"):
            again = visitor.open(path, method=method, headers=held)
            assert (again.status_code, again.data) == (304, b"")
            assert again.headers["ETag"] == first.headers["ETag"]
            assert {"Accept", "Accept-Encoding"} <= set(again.vary)
    publish(visitor, "second")
    assert visitor.get(path, headers=held).status_code == 200


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        (url("ASK { ?s ?p ?o }"), {}),
        (url("ASK {}", format="xml"), {}),
        (url("ASK {}"), {"Accept": "text/csv"}),
        (url("ASK {}", **{"default-graph-uri": "http://a.example/"}), {}),
        (url("ASK {}", snapshot="second"), {}),
        (url("ASK {}"), {"Host": "other.example"}),
    ],
)
def test_another_question_has_another_tag(visitor: FlaskClient, path: str, headers: dict[str, str]) -> None:
    tag = visitor.get(url("ASK {}")).headers["ETag"]
    assert visitor.get(path, headers={**headers, "If-None-Match": tag}).status_code == 200


def test_compression_does_not_change_the_tag(visitor: FlaskClient) -> None:
    plain = visitor.get(url(ROWS, format="csv"))
    packed = visitor.get(url(ROWS, format="csv"), headers={"Accept-Encoding": "gzip"})
    assert packed.headers["Content-Encoding"] == "gzip"
    assert plain.headers["ETag"] == packed.headers["ETag"]


@pytest.mark.parametrize("header", ["*", '"first-0"', "nonsense"])
def test_only_the_right_tag_is_taken_for_the_answer(visitor: FlaskClient, header: str) -> None:
    assert visitor.get(url("ASK {}"), headers={"If-None-Match": header}).status_code == 200
    assert visitor.get(url("ASK {"), headers={"If-None-Match": header}).status_code == 400


@pytest.mark.parametrize("function", ["NOW()", "rand()", "UUID ()", "STRUUID()", "-1*RAND()"])
def test_what_depends_on_time_or_chance_is_never_kept(visitor: FlaskClient, function: str) -> None:
    answer = visitor.get(url(f"SELECT ({function} AS ?x) {{}}"))
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert "ETag" not in answer.headers


def test_an_answer_of_a_named_snapshot_lasts(visitor: FlaskClient) -> None:
    pinned = visitor.get(url("ASK {}", snapshot="second"))
    assert pinned.headers["X-Chidao-Snapshot"] == "second"
    assert "immutable" in pinned.headers["Cache-Control"]
    assert "immutable" not in visitor.get(url("SELECT * { ?s ?p ?o }", snapshot="second")).headers["Cache-Control"]
    posted = visitor.post("/sparql", data={"query": "ASK {}", "snapshot": "second"})
    assert posted.headers["X-Chidao-Snapshot"] == "second"
    assert posted.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    "path", [url("ASK {"), url("CLEAR ALL"), url("ASK {}", format="pdf"), url("ASK {}", snapshot="x")]
)
def test_errors_are_not_kept(visitor: FlaskClient, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code >= 400
    assert answer.headers["Cache-Control"] == "no-store"
