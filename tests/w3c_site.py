"""A server over the data of the W3C suite: every file of it a named graph, so that each test names its own dataset.

The snapshot is written as publishing leaves it (`graph.publish`): a store in DATA/snapshots, named by `current`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from email import message_from_bytes
from email.message import Message
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import parse_qs, quote, urlsplit

from endpoint_process import serving
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, Triple, parse
from w3c_suite import FORMATS, QUERY_FOLDERS, Exchange, HttpTest, http_tests, iri_of, query_tests

EMPTY = "http://example.org/no-such-graph"
HOST, GRAPHS = "www.example", "/rdf-graph-store"
NEW = f"http://{HOST}/gsp/new"
READING = ("GET", "HEAD")
Graphs = Mapping[str | None, frozenset[Triple]]


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back; the names of the headers are in small letters."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Without parameters."""
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass(frozen=True, slots=True)
class Step:
    """An exchange of a test of the Graph Store Protocol: sent as ``exchange`` to ``host``, where ``graphs`` are."""

    exchange: Exchange
    host: str
    graphs: Graphs


class Client:
    """One connection that is kept open, as clients of a server do."""

    def __init__(self, port: int) -> None:
        self._connection = HTTPConnection("127.0.0.1", port, timeout=60)

    def send(self, method: str, path: str, headers: Mapping[str, str], body: bytes | None = None) -> Answer:
        """Ask, with no header but these and those that every request has."""
        self._connection.request(method, path, body, dict(headers))
        response = self._connection.getresponse()
        return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())

    def close(self) -> None:
        """Close the connection."""
        self._connection.close()


@contextmanager
def asked(suite: Path, folder: Path) -> Iterator[Client]:
    """A client of a server process over the data of the suite."""
    data = folder / "data"
    write_snapshot(suite, data)
    with serving(data, "--workers", 1) as served:
        client = Client(served.port)
        try:
            yield client
        finally:
            client.close()


def write_snapshot(suite: Path, data: Path) -> None:
    """A data folder of which the current snapshot holds the graphs of all tests."""
    snapshot = data / "snapshots" / "w3c"
    snapshot.mkdir(parents=True)
    store = Store(str(snapshot))
    store.extend(_quads(suite))
    store.flush()
    (data / "snapshots" / "current").write_text("w3c", encoding="utf-8")


def read_graph(file: Path, name: NamedNode | DefaultGraph) -> Iterator[Quad]:
    """The statements of a file as those of a graph; its blank nodes are nobody else's."""
    found = parse(path=file, format=FORMATS[file.suffix[1:]], base_iri=iri_of(file), rename_blank_nodes=True)
    return (_placed(quad.triple, name) for quad in found)


def _placed(triple: Triple, name: NamedNode | DefaultGraph) -> Quad:
    return Quad(triple.subject, triple.predicate, triple.object, name)


def _quads(suite: Path) -> Iterator[Quad]:
    tests = [test for folder in QUERY_FOLDERS for test in query_tests(suite, folder)]
    for file in sorted({file for test in tests for file in (*test.data, *test.graphs)}):
        yield from read_graph(file, NamedNode(iri_of(file)))
    for name, source in {graph for test in protocol_tests(suite) for graph in test.graphs}:
        yield from read_graph(source, NamedNode(name))
    for test in graph_store_tests(suite):
        for step in steps(test):
            for graph, triples in step.graphs.items():
                yield from (_placed(triple, NamedNode(graph) if graph else DefaultGraph()) for triple in triples)


def protocol_tests(suite: Path) -> list[HttpTest]:
    """The tests of the SPARQL Protocol."""
    return http_tests(suite / "protocol/manifest.ttl", "ProtocolTest")


def graph_store_tests(suite: Path) -> list[HttpTest]:
    """The tests of the Graph Store Protocol, direct and indirect."""
    folder = suite / "graph-store-protocol"
    return [
        test
        for name in ("direct", "indirect")
        for test in http_tests(folder / f"manifest-{name}.ttl", "GraphStoreProtocolTest")
    ]


def steps(test: HttpTest) -> Iterator[Step]:
    """The exchanges of a test, each on a host of its own with the graphs that the ones before it should have left."""
    state: dict[str | None, frozenset[Triple]] = {}
    for number, exchange in enumerate(test.exchanges, start=1):
        host = f"{re.sub('[^a-z]', '-', test.name.partition('/')[2])}-{number}.example"
        exchange = replace(exchange, path=exchange.path.replace("$LOCATION$", quote(NEW, safe="")))  # noqa: PLW2901
        name = _graph_name(exchange)
        graphs = {_hosted(graph, host): triples for graph, triples in state.items()}
        path = GRAPHS + exchange.path.removeprefix("/gsp").replace(HOST, host)
        yield Step(replace(exchange, path=path), host, graphs if exchange.method in READING else {})
        if exchange.method == "DELETE":
            state.pop(name, None)
        elif exchange.method in ("PUT", "POST"):
            kept = state.get(name, frozenset()) if exchange.method == "POST" else frozenset()
            state[name] = kept | frozenset(_sent(exchange))


def _graph_name(exchange: Exchange) -> str | None:
    """The graph that a request is about; None is the default graph."""
    address = urlsplit(exchange.path)
    named = parse_qs(address.query, keep_blank_values=True)
    if "default" in named:
        return None
    if "graph" in named:
        return named["graph"][0]
    return NEW if address.path == "/gsp" else f"http://{HOST}{GRAPHS}{address.path.removeprefix('/gsp')}"


def _hosted(name: str | None, host: str) -> str | None:
    return name and name.replace(HOST, host)


def _sent(exchange: Exchange) -> Iterable[Triple]:
    """The triples in the body of a request: Turtle, or several files of it in a form."""
    headers = "".join(f"{name}: {value}\n" for name, value in exchange.headers)
    message = message_from_bytes(headers.encode() + b"\n" + (exchange.body or b""))
    for part in message.walk():
        if not part.is_multipart():
            content = _content(part)
            yield from (quad.triple for quad in parse(content, RdfFormat.TURTLE, rename_blank_nodes=True))


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content
