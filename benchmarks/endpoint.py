"""The endpoint beside rdflib-endpoint, Oxigraph's server, and the same site that queries in its own process.

Four servers answer the same small queries over one synthetic corpus: `chidao serve` with its query workers;
rdflib-endpoint under uvicorn, over rdflib's memory store with the statements of the default graph (without the places
of the register, which only makes it quicker); `oxigraph serve-read-only` on the same snapshot; and our site with the
pool of workers replaced by a call of the engine. Their rows are compared first. Then they are asked in turn, round
after round, over 1 and over 8 connections: one query again and again, and a mix in which no query comes twice
(rdflib-endpoint keeps 128 parsed queries, `chidao serve` 512 small answers; the mix is beyond both). Medians count.

The servers share the cores with whatever sends the requests (see ``request_rates``).
"""

import json
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.client import HTTPConnection
from operator import truediv
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

import pyoxigraph
from pyoxigraph import QuerySolutions

from chidao.ontology.namespaces import CD

from .corpora import loaded, small_default_graph
from .endpoint_processes import IN_PROCESS, OURS, OXIGRAPH, RDFLIB, commands, served
from .measure import Figure
from .request_rates import JSON, Load, client, rate

CONNECTIONS = (1, 8)
PREFIX = f"PREFIX cd: <{CD}> "
DOCUMENT = (
    PREFIX
    + """SELECT ?document ?symbol (COUNT(*) AS ?above) WHERE {
    ?document cd:symbol ?symbol ; cd:implements+ ?superior } GROUP BY ?document ?symbol ORDER BY ?document"""
)
KINDS = {
    "chain": PREFIX + "SELECT ?above ?other WHERE {{ <{document}> cd:implements+ ?above . ?above cd:symbol ?other }}",
    "symbol": PREFIX + 'SELECT ?document WHERE {{ ?document cd:symbol "{symbol}" }}',
    "ask": PREFIX + 'ASK {{ ?document cd:symbol "{symbol}" ; cd:implements ?superior }}',
}
MIX = "mix"
NAMES = {RDFLIB: "rdflib_endpoint", OXIGRAPH: "oxigraph_server", IN_PROCESS: "in_process"}


@dataclass(frozen=True, slots=True)
class Rate:
    """Requests per second of one server in one round."""

    query: str
    connections: int
    server: str
    rate: float


def run(quick: bool) -> list[Figure]:
    """Requests per second of each server, and the smallest ratio to each of the others."""
    documents, rounds, seconds = (60, 1, 1) if quick else (200, 5, 3)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        store = loaded(Path(folder), documents)
        asked = queries(store, (*KINDS,)[:1] if quick else (*KINDS,))
        small_default_graph(store, Path(folder) / "default.nt")
        del store
        servers = {
            name: running.enter_context(served(command))
            for name, command in commands(Path(folder) / "data", Path(folder) / "default.nt").items()
        }
        compare_answers(servers, asked[MIX])
        rates = [
            Rate(
                query, connections, server, rate(address, Load(texts, query == MIX, 10**6 * turn), connections, seconds)
            )
            for turn in range(rounds)
            for query, texts in asked.items()
            for connections in CONNECTIONS
            for server, address in servers.items()
        ]
    return [*_rates(rates), *_ratios(rates)]


def queries(store: pyoxigraph.Store, kinds: Iterable[str]) -> dict[str, list[str]]:
    """What is measured -> the texts of its queries, asked in turn; those of the mix end in a comment to be numbered."""
    rows = store.query(DOCUMENT)
    assert isinstance(rows, QuerySolutions)
    about = [(row["document"].value, row["symbol"].value, int(row["above"].value)) for row in rows]
    document, symbol = next((iri, symbol) for iri, symbol, above in about if above == 3)
    same = {name: [KINDS[name].format(document=document, symbol=symbol)] for name in kinds}
    each = [text.format(document=iri, symbol=mark) for iri, mark, _ in about for text in KINDS.values()]
    return same | {MIX: [f"{text} # " for text in each]}


def _rates(rates: list[Rate]) -> Iterator[Figure]:
    for query, connections, server in dict.fromkeys((one.query, one.connections, one.server) for one in rates):
        found = median(_of(rates, query, connections, server))
        yield Figure(f"requests_{NAMES.get(server, OURS)}_{query}_{connections}", found, "requests/s")


def _ratios(rates: list[Rate]) -> Iterator[Figure]:
    """The smallest ratio over queries and connections; where answers that we keep would help, of the mix alone."""
    every = sorted({one.query for one in rates})
    least = f"over 1 and 8 connections, requests by {client()}"
    mix = f"the smallest ratio in a mix in which no query comes twice, so that no kept answer helps; {least}"
    for server, asked, note in (
        (RDFLIB, every, f"the smallest ratio of all queries to rdflib-endpoint on rdflib's memory store; {least}"),
        (OXIGRAPH, [MIX], f"Oxigraph's server on the same snapshot; {mix}"),
        (IN_PROCESS, [MIX], f"the same Flask site that queries in its own process, with no limits; {mix}"),
    ):
        key = f"endpoint_vs_{NAMES[server]}"
        if any(one.server == server for one in rates):
            yield Figure(
                key, min(_ratio(rates, query, number, server) for query in asked for number in CONNECTIONS), note=note
            )
        else:
            yield Figure(key, None, note=f"{server} is not installed (extra bench)")


def _ratio(rates: list[Rate], query: str, connections: int, server: str) -> float:
    ours, theirs = (_of(rates, query, connections, name) for name in (OURS, server))
    return float(median(map(truediv, ours, theirs)))


def _of(rates: list[Rate], query: str, connections: int, server: str) -> list[float]:
    wanted = (query, connections, server)
    return [one.rate for one in rates if (one.query, one.connections, one.server) == wanted]


def compare_answers(servers: dict[str, str], queries: list[str]) -> None:
    """Raises AssertionError where two servers give different rows: then there is nothing to compare."""
    for query in queries:
        found = {server: _values(address, query) for server, address in servers.items()}
        if any(rows != found[OURS] for rows in found.values()):
            raise AssertionError(f"the servers do not agree on {query}: {found}")


def _values(address: str, query: str) -> list[list[str]]:
    """The rows of an answer, sorted; of ASK the one value."""
    parts = urlsplit(address)
    connection = HTTPConnection(parts.netloc)
    connection.request("GET", f"{parts.path}?{urlencode({'query': query})}", headers={"Accept": JSON})
    found = json.load(connection.getresponse())
    connection.close()
    if "boolean" in found:
        return [[str(found["boolean"])]]
    return sorted([row[name]["value"] for name in sorted(row)] for row in found["results"]["bindings"])
