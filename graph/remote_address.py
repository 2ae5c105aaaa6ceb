"""Where a SPARQL 1.1 store answers queries, takes updates and keeps graphs: found by trying the layouts of a table."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import httpx

from chidao.graph.errors import StoreError
from chidao.graph.names import graph_iri

MERGED = graph_iri("merged")
"""Holds the default graph in stores that have none of their own, where "default" means the union of all graphs."""
_PARTS = ("query", "update", "graphs")
_NAMED = tuple(f"{part}=" for part in (*_PARTS, "default"))
_FORM = "--store 'query=URL update=URL graphs=URL default=own'"


@dataclass(frozen=True, slots=True)
class Address:
    """Three URLs (SPARQL query, SPARQL update, Graph Store Protocol), and the graph that holds the default graph.

    ``default_graph`` is None where the store has a default graph of its own. ``rows`` is the parameter by which the
    store lets itself be told how many rows are wanted, "" where it knows none.
    """

    query: str
    update: str
    graphs: str
    default_graph: str | None
    rows: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """A row of ``remote_stores.csv``: paths below the address; ``server`` begins the header Server, in lower case."""

    name: str
    server: str
    query: str
    update: str
    graphs: str
    default_graph: str
    rows: str

    def at(self, base: str) -> Address:
        """The layout of the store at ``base``."""
        default_graph = MERGED if self.default_graph == "merged" else None
        return Address(f"{base}{self.query}", f"{base}{self.update}", f"{base}{self.graphs}", default_graph, self.rows)

    def answers(self, response: httpx.Response) -> bool:
        """Whether this is how such a store answers at its address for queries."""
        if not response.headers.get("server", "").lower().startswith(self.server):
            return False
        results = "sparql-results" in response.headers.get("content-type", "")
        return (response.status_code == httpx.codes.OK and results) or response.status_code == httpx.codes.UNAUTHORIZED


@cache
def layouts() -> tuple[Layout, ...]:
    """The known layouts, in the order in which they are tried."""
    table = (files("chidao.graph") / "remote_stores.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(table.splitlines())
    return tuple(Layout(**{name: row[name] for name in Layout.__slots__}) for row in rows)


def host_of(store: str) -> str:
    """The host that ``--store`` names, "" where it names none."""
    first = next(iter(store.split()), "")
    try:
        return httpx.URL(first.partition("=")[2] if first.startswith(_NAMED) else first).host
    except httpx.InvalidURL:
        return ""


def find_address(store: str, ask: Callable[[str], httpx.Response]) -> Address:
    """The address of the store that ``--store`` names: one URL, or each by itself (``_FORM``).

    ``ask`` puts a query to the URL and gives the response, whatever its status. Raises StoreError.
    """
    if store.startswith(_NAMED):
        return _spelled_out(store)
    base = _checked(store).rstrip("/")
    refusals = []
    for layout in layouts():
        found = layout.at(base)
        response = ask(found.query)
        if layout.answers(response):
            return found
        refusals.append(f"{layout.name}: {response.status_code} at {found.query}")
    raise StoreError(f"{store}: no SPARQL store of a known layout ({'; '.join(refusals)}); name its parts: {_FORM}")


def _spelled_out(store: str) -> Address:
    given = dict(_pairs(store))
    missing = [part for part in _PARTS if part not in given]
    if missing or given.keys() - {*_PARTS, "default"} or given.get("default", "own") not in ("own", "merged"):
        raise StoreError(f"--store {store!r} can't be read; write {_FORM} (default: own or merged)")
    query, update, graphs = (_checked(given[part]) for part in _PARTS)
    if len({httpx.URL(url).netloc for url in (query, update, graphs)}) > 1:
        raise StoreError(f"--store {store!r}: query, update and graphs are to be at one host: passwords go there")
    return Address(query, update, graphs, MERGED if given.get("default") == "merged" else None)


def _pairs(store: str) -> Iterator[tuple[str, str]]:
    for piece in store.split():
        name, _, value = piece.partition("=")
        yield name, value


def _checked(url: str) -> str:
    """The URL. Raises StoreError where it is none, or holds a password."""
    try:
        parsed = httpx.URL(url)
    except httpx.InvalidURL as error:
        raise StoreError(f"--store: not a URL ({error}); write http://… or https://…") from error
    if parsed.userinfo:
        raise StoreError(
            f"--store: no password in the address of {parsed.host}, where others may read it; "
            "set CHIDAO_STORE_USER and CHIDAO_STORE_PASSWORD, or use ~/.netrc"
        )
    if parsed.scheme not in ("http", "https") or not parsed.host or parsed.query or parsed.fragment:
        raise StoreError(f"--store: {url!r} is not the address of a store; write http://host:port or https://host/path")
    return url
