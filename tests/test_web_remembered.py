"""What is remembered is the same answer, of the snapshot that is current, for the same request, and little of it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse

from chidao.web import remembered
from chidao.web.remembered import MOST, Remembered

SYMBOLS = "/sparql?query=SELECT+*+{?s+<https://w3id.org/chidao/ontology%23symbol>+?o}"
Ask = Callable[..., TestResponse]


class Counting:
    """The site, and how often it was asked."""

    def __init__(self, site: Flask) -> None:
        self.site, self.times = site, 0

    def __call__(self, environ: Any, start_response: Any) -> Iterable[bytes]:
        """Answer as the site does."""
        self.times += 1
        return self.site(environ, start_response)


@pytest.fixture
def counting(app: Flask) -> Counting:
    """The site over the invented documents."""
    return Counting(app)


@pytest.fixture
def ask(counting: Counting, published: Path) -> Ask:
    """Asks it through the memory; ``method`` is get unless another is given."""
    visitor = Client(Remembered(counting, published), use_cookies=False)

    def ask(address: str, method: str = "GET", **headers: str) -> TestResponse:
        names = {name.replace("_", "-"): value for name, value in headers.items()}
        return visitor.open(address, method=method, headers=names, buffered=True)

    return ask


def test_the_second_answer_is_the_first_one(ask: Ask, counting: Counting) -> None:
    """Byte for byte, with all headers."""
    first, second = ask(SYMBOLS, Accept="text/csv"), ask(SYMBOLS, Accept="text/csv")
    assert (first.status, first.data, list(first.headers)) == (second.status, second.data, list(second.headers))
    assert (counting.times, second.status_code) == (1, 200)


@pytest.mark.parametrize(
    "other",
    [
        {"address": SYMBOLS + "+LIMIT+1"},
        {"address": SYMBOLS + "&format=xml"},
        {"Accept": "application/sparql-results+xml"},
        {"Accept-Encoding": "gzip"},
        {"Accept-Language": "en"},
        {"Host": "other.example"},
        {"method": "HEAD"},
        {"If-None-Match": "*"},
        {"Cache-Control": "no-cache"},
    ],
)
def test_another_request_is_asked_for_itself(ask: Ask, counting: Counting, other: dict[str, str]) -> None:
    ask(SYMBOLS)
    ask(**({"address": SYMBOLS} | {name.replace("-", "_"): value for name, value in other.items()}))
    assert counting.times == 2


@pytest.mark.parametrize(
    "address",
    [
        "/sparql?query=SELECT+(NOW()+AS+?n)+{}",
        "/sparql?query=SELECT+(RAND()+AS+?n)+{}",
        "/sparql?query=SELECT+nonsense",
        "/sparql?query=SELECT+*+{SERVICE+<http://127.0.0.1:1/>+{}}",
        "/sparql?query=SELECT+*+{?s+?p+?o}",  # longer than what is kept
        "/sparql?query=ASK{}&query=ASK{}",
        "/sparql?query=ASK{}&snapshot=0000000000000000",
        "/sparql",
        "/",
    ],
)
def test_what_may_change_or_is_long_or_wrong_is_asked_again(ask: Ask, counting: Counting, address: str) -> None:
    assert ask(address).status == ask(address).status
    assert counting.times == 2


def test_a_page_is_not_remembered(ask: Ask, counting: Counting) -> None:
    ask(SYMBOLS, Accept="text/html")
    ask(SYMBOLS, Accept="text/html")
    assert counting.times == 2


def test_a_new_snapshot_is_asked_at_once(ask: Ask, counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of two snapshots in turn each is asked again: nothing of one is given out for the other."""
    ask(SYMBOLS)
    monkeypatch.setattr(remembered, "current_snapshot", lambda _: "another")
    assert ask(SYMBOLS).status_code == 200
    assert ask(SYMBOLS).status_code == 200  # its answers still name the first one, so they are not kept
    monkeypatch.undo()
    ask(SYMBOLS)
    assert counting.times == 4


def test_only_so_many_are_remembered(ask: Ask, counting: Counting, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one that was not asked for longest goes first."""
    monkeypatch.setattr(remembered, "MOST", 2)
    assert MOST > 100
    for number in (1, 2, 1, 3, 1, 2):
        ask(f"{SYMBOLS}+LIMIT+{number}")
    assert counting.times == 4
