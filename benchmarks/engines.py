"""Engines that are asked the shipped queries: each takes a query's text and gives its rows, as values."""

import os
import re
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib.util import find_spec
from pathlib import Path
from unittest.mock import patch

import owlready2
import pyoxigraph
import rdflib
from pyoxigraph import QueryResultsFormat, QuerySolutions, parse_query_results

from chidao.graph.errors import ChidaoError
from chidao.graph.remote_store import JSON_RESULTS, RemoteStore
from chidao.graph.remote_values import rows_of

Rows = list[tuple[str, ...]]
Ask = Callable[[str], Rows]
_TESTS = Path(__file__).resolve().parent.parent / "tests"  # what starts real servers is shared with the tests
_PART = 4 << 20  # bytes of N-Triples sent at a time
_NUMBER = re.compile(r"-?\d+\.\d+")


class RefusedError(ChidaoError):
    """An engine does not take the query."""


def by_value(rows: Iterable[tuple[str, ...]]) -> Rows:
    """The rows in order, with numbers as numbers: engines write 1, 1.0 and 1.000."""
    return sorted(tuple(_plain(value) for value in row) for row in rows)


def _plain(value: str) -> str:
    if _NUMBER.fullmatch(value):
        return f"{float(value):.6g}"
    return value.lower() if value in ("True", "False") else value


def in_oxigraph(store: pyoxigraph.Store) -> Ask:
    """The embedded store."""

    def ask(text: str) -> Rows:
        found = store.query(text)
        return _rows(found) if isinstance(found, QuerySolutions) else [(str(bool(found)),)]

    return ask


def _rows(solutions: QuerySolutions) -> Rows:
    return [tuple(str(getattr(value, "value", "")) for value in row) for row in rows_of(solutions)]


def in_rdflib(file: Path) -> Ask:
    """rdflib's memory store, with the statements of an N-Triples file."""
    graph = rdflib.Graph()
    graph.parse(file, format="nt")

    def ask(text: str) -> Rows:
        found = graph.query(text)
        if found.type == "ASK":
            return [(str(found.askAnswer),)]
        return [tuple("" if value is None else str(value) for value in row) for row in found]  # type: ignore[union-attr]

    return ask


def in_owlready2(file: Path) -> Ask:
    """owlready2's quadstore in memory. Comments are left out: it cannot read them."""
    world = owlready2.World()
    with file.open("rb") as statements:
        world.get_ontology("http://example.org/data#").load(fileobj=statements, format="ntriples")

    def ask(text: str) -> Rows:
        rows = world.sparql(re.sub(r"(?m)(^|\s)#[ ].*$", "", text))
        return [tuple("" if value is None else str(getattr(value, "iri", value)) for value in row) for row in rows]

    return ask


def virtuoso_is_there() -> bool:
    """Whether Debian's Virtuoso is installed, and what the tests that start it need."""
    return shutil.which("virtuoso-t") is not None and find_spec("pytest") is not None


@contextmanager
def in_virtuoso(file: Path) -> Iterator[Ask]:
    """A Virtuoso server on loopback, with the statements of an N-Triples file; asked over HTTP."""
    if str(_TESTS) not in sys.path:
        sys.path.append(str(_TESTS))
    from engine_servers import virtuoso  # noqa: PLC0415 - needs pytest, and only here

    with tempfile.TemporaryDirectory() as folder, virtuoso(Path(folder), rows=10**6) as engine:
        credentials = {"CHIDAO_STORE_USER": engine.user, "CHIDAO_STORE_PASSWORD": engine.password}
        with patch.dict(os.environ, credentials), RemoteStore.open(engine.url) as store:
            for part in _parts(file):
                store.add(store.address.default_graph, part)
            yield partial(_over_http, store)


def _parts(file: Path) -> Iterator[bytes]:
    with file.open("rb") as statements:
        while lines := statements.readlines(_PART):
            yield b"".join(lines)


def _over_http(store: RemoteStore, text: str) -> Rows:
    form: dict[str, str | list[str]] = {"query": text, "default-graph-uri": store.address.default_graph or ""}
    with store.answer(form, JSON_RESULTS, 60) as response:
        content = response.read()
    if response.status_code != 200:
        raise RefusedError(content.decode("utf-8", "replace"))
    found = parse_query_results(content, QueryResultsFormat.JSON)
    return _rows(found) if isinstance(found, QuerySolutions) else [(str(bool(found)),)]
