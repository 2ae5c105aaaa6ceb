"""Answers go out compressed to those who accept it, with true lengths, and are the same when unpacked."""

import gzip

import pytest
from flask.testing import FlaskClient

ROWS = "/sparql?query=SELECT+*+{?s+?p+?o}+ORDER+BY+?s+?p+?o+LIMIT+200&format=csv"


@pytest.mark.parametrize("path", [ROWS, "/about", "/document/quang-ninh/ba-che/huyen-uy/2021/ct-07.ttl"])
def test_an_answer_is_compressed_on_request_only(client: FlaskClient, path: str) -> None:
    plain = client.get(path, headers={"Accept": "text/html"})
    packed = client.get(path, headers={"Accept": "text/html", "Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert packed.content_length == len(packed.data) < len(plain.data)
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in packed.headers["Vary"]


def test_a_short_answer_is_left_as_it_is(client: FlaskClient) -> None:
    assert "Content-Encoding" not in client.get("/sparql?query=ASK+{}", headers={"Accept-Encoding": "gzip"}).headers
