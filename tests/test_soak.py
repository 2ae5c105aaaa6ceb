"""Thousands of mixed requests from four connections: each gets the answer that it asks for, and nothing is left over.

``CHIDAO_REQUESTS`` is their number (1000; `make soak` takes 50,000), ``CHIDAO_SOAK_SEED`` another order of them.
"""

import os
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path
from random import Random
from typing import Literal
from urllib.parse import quote, urlencode

import psutil
import pyoxigraph
import pytest
from chain_stores import opened
from endpoint_process import Served, serving

from chidao.ontology.namespaces import CD, ID

REQUESTS = int(os.environ.get("CHIDAO_REQUESTS", "1000"))
SEED = int(os.environ.get("CHIDAO_SOAK_SEED", "1"))
CONNECTIONS = 4
WARM = min(REQUESTS // 2, 5000)  # requests after which memory must not grow any more
GROWTH = 1.2
PATIENCE = 30  # times that a client comes back where it is told to
LIMITS = ("--workers", 2, "--time-limit", 6, "--memory-limit", 96, "--row-limit", 300)
FORM = {"Content-Type": "application/x-www-form-urlencoded"}
DIRECT = {"Content-Type": "application/sparql-query"}
CSV, TURTLE, PAGE = {"Accept": "text/csv"}, {"Accept": "text/turtle"}, {"Accept": "text/html"}
ALL = "SELECT * WHERE { ?s ?p ?o }"

pytestmark = [pytest.mark.xdist_group("endpoint"), pytest.mark.timeout(300 + REQUESTS // 10)]


@dataclass(frozen=True, slots=True)
class Ask:
    """A request, and what its answer has to be: the status, a header, some bytes of the body.

    ``leave``: the client goes away in the middle of the request, or in the middle of the answer.
    """

    path: str
    status: int = 200
    holds: bytes = b""
    header: str = ""
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    leave: Literal["", "request", "answer"] = ""


def sparql(query: str, **parameters: str) -> str:
    """The path that asks ``query``."""
    return f"/sparql?{urlencode({'query': query, **parameters})}"


def small(symbol: str, document: str) -> Iterator[Ask]:
    """What most people ask: one document, in one of the three ways."""
    query = f'PREFIX cd: <{CD}> SELECT ?document WHERE {{ ?document cd:symbol "{symbol}" }}'
    found = {"holds": document.encode(), "headers": CSV}
    yield Ask(sparql(query), **found)  # type: ignore[arg-type]
    form = urlencode({"query": query, "format": "json"}).encode()
    yield Ask("/sparql", holds=document.encode(), method="POST", headers=FORM, body=form)
    yield Ask("/sparql", holds=document.encode(), method="POST", headers=DIRECT, body=query.encode())
    yield Ask(sparql(f"ASK {{ <{document}> ?p ?o }}"), holds=b"true")
    yield Ask(sparql(f"DESCRIBE <{document}>"), holds=symbol.encode(), headers=TURTLE)


def pages(symbol: str, document: str) -> Iterator[Ask]:
    """Our own pages about a document."""
    path = document.removeprefix(f"{ID}document/")
    for address in (f"/document/{path}", f"/chain?p={quote(path)}", f"/?q={quote(symbol)}"):
        yield Ask(address, holds=symbol.encode(), headers=PAGE)
    for address in ("/", "/chain", "/about", "/sparql", sparql(ALL)):
        yield Ask(address, holds=b"</html>", headers=PAGE)


def wrong() -> Iterator[Ask]:
    """Requests that are not in order, each with the status that says so."""
    yield Ask(sparql("SELECT nonsense"), 400, b"line 1")
    yield Ask("/sparql?query=ASK{}&query=ASK{}", 400, b"exactly one")
    yield Ask("/sparql?query=%ff%fe", 400, b"UTF-8")
    yield Ask(sparql("SELECT * { SERVICE <http://127.0.0.1:1/> { ?a ?b ?c } }"), 403, b"SERVICE")
    yield Ask("/sparql", 403, b"only reads", method="POST", headers=FORM, body=b"update=CLEAR+ALL")
    yield Ask("/document/nowhere/2021/ct-1", 404)
    yield Ask("/sparql", 405, method="DELETE", header="Allow")
    yield Ask(sparql("ASK {}"), 406, headers={"Accept": "image/png"})
    yield Ask(sparql("ASK {}", snapshot="0000000000000000"), 410)
    yield Ask("/sparql", 415, method="POST", headers={"Content-Type": "text/plain"}, body=b"ASK {}")


def other() -> Iterator[Ask]:
    """The rest of what the protocol allows, answers that are cut at the row limit, and clients that go away."""
    yield Ask(sparql(ALL), header="X-Chidao-Truncated", headers=CSV)
    yield Ask(sparql(ALL), header="X-Chidao-Truncated", headers=CSV | {"Accept-Encoding": "gzip"})
    yield Ask(sparql("CONSTRUCT WHERE { ?s ?p ?o }"), header="X-Chidao-Truncated", headers=TURTLE)
    yield Ask(sparql("ASK {}"), method="HEAD", header="X-Chidao-Snapshot")
    yield Ask("/sparql", method="OPTIONS", header="Access-Control-Allow-Origin")
    yield Ask("/sparql", holds=b"sparql-service-description#")
    yield Ask("/rdf-graph-store/ontology", holds=b"skos", headers=TURTLE)
    yield Ask(sparql(ALL), headers=CSV, leave="answer")
    yield Ask("/sparql", method="POST", headers=FORM, body=b"query=ASK", leave="request")
    yield Ask("/", headers=PAGE, leave="answer")


def hostile() -> Iterator[Ask]:
    """Queries that only a limit ends."""
    yield Ask(sparql("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"), 503, header="X-Chidao-Limit")
    yield Ask(sparql("SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?f ?c"), 503, header="X-Chidao-Limit")
    yield Ask(
        sparql("SELECT (COUNT(*) AS ?n) { ?a (<x:a>|!<x:a>)* ?b }"), 503, header="X-Chidao-Limit", leave="request"
    )


def mix(data: Path, served: Served) -> tuple[list[list[Ask]], list[float]]:
    """Kinds of requests and how often each comes."""
    rows = opened(data).query(
        f"SELECT ?symbol ?document WHERE {{ ?document <{CD}symbol> ?symbol ; <{CD}implements> ?above }}"
    )
    assert isinstance(rows, pyoxigraph.QuerySolutions)
    about = sorted({(row["symbol"].value, row["document"].value) for row in rows})
    held = Ask(
        sparql("SELECT ?s { ?s ?p 1 }"), 304, headers={"If-None-Match": tag(served, sparql("SELECT ?s { ?s ?p 1 }"))}
    )
    kinds = [
        [ask for one in about for ask in small(*one)],
        [ask for one in about for ask in pages(*one)],
        list(wrong()),
        [*other(), held],
        list(hostile()),
    ]
    return kinds, [60, 10, 15, 14, 0.3]


def tag(served: Served, path: str) -> str:
    """The entity tag of an answer."""
    with closing(HTTPConnection("127.0.0.1", served.port)) as connection:
        response, _, _ = patient(connection, Ask(path))
        return response.headers["ETag"]


def patient(connection: HTTPConnection, ask: Ask) -> tuple[HTTPResponse, bytes, int]:
    """Send a request, again where the server is busy and says when to come back; the answer, and how often it was so."""
    waited = 0
    while True:
        connection.request(ask.method, ask.path, ask.body, ask.headers)
        response = connection.getresponse()
        body = response.read()
        wait = response.headers.get("Retry-After")
        if response.status != 503 or ask.status == 503 or wait is None or waited == PATIENCE:
            return response, body, waited
        time.sleep(int(wait))
        waited += 1


def problem(ask: Ask, response: HTTPResponse, body: bytes) -> str | None:
    """What is wrong with an answer, if anything is."""
    if response.status == ask.status and ask.holds in body and (not ask.header or ask.header in response.headers):
        return None
    return f"{ask}: {response.status} {response.headers} {body[:300]!r}"


def go_away(port: int, ask: Ask) -> None:
    """Send a request, or the beginning of one, and close the connection without waiting for what comes."""
    body = ask.body or b""
    more = len(body) + (100 if ask.leave == "request" else 0)
    head = "".join(f"{name}: {value}\r\n" for name, value in ask.headers.items())
    text = f"{ask.method} {ask.path} HTTP/1.1\r\nHost: x\r\nContent-Length: {more}\r\n{head}\r\n"
    with socket.create_connection(("127.0.0.1", port)) as client:
        client.sendall(text.encode() + body)
        if ask.leave == "answer":
            client.recv(100)


def send_many(port: int, choose: Callable[[], Ask], count: int) -> tuple[Counter[str], list[str]]:
    """Send so many requests over one connection; how often each status came, and what was wrong."""
    came: Counter[str] = Counter()
    problems = []
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    for _ in range(count):
        ask = choose()
        if ask.leave:
            go_away(port, ask)
            came["left"] += 1
            continue
        try:
            response, body, waited = patient(connection, ask)
        except (OSError, HTTPException) as error:
            problems.append(f"{ask}: {error!r}")
            connection.close()
            continue
        came.update({str(response.status): 1, "told to wait": waited})
        if wrong := problem(ask, response, body):
            problems.append(wrong)
    connection.close()
    return came, problems


def resident(server: psutil.Process) -> dict[str, int]:
    """Resident bytes of the server, of the process that workers are forked from, and of the largest worker."""
    children = server.children()
    workers = [one for child in children for one in child.children()] or children
    sizes = [one.memory_info().rss for one in workers if one.is_running() and one.status() != psutil.STATUS_ZOMBIE]
    return {
        "server": server.memory_info().rss,
        "parent of workers": max(child.memory_info().rss for child in children),
        "largest worker": max(sizes),
    }


def settled(server: psutil.Process) -> bool:
    """Whether no connection is open and no process waits to be collected; waits a little for that."""
    for _ in range(100):
        processes = server.children(recursive=True)
        ended = [one for one in processes if one.status() == psutil.STATUS_ZOMBIE]
        held = [one for one in server.net_connections("tcp") if one.status == psutil.CONN_ESTABLISHED]
        if not ended and not held:
            return True
        time.sleep(0.1)
    return False


def rounds(served: Served, kinds: list[list[Ask]], weights: list[float], stage: int, count: int) -> Counter[str]:
    """Send ``count`` requests from all connections; what came. Fails where one was not the one asked for."""

    def visit(number: int) -> tuple[Counter[str], list[str]]:
        rng = Random(f"{SEED} {stage} {number}")  # noqa: S311 - the same requests each time
        return send_many(served.port, lambda: rng.choice(rng.choices(kinds, weights)[0]), count // CONNECTIONS)

    with ThreadPoolExecutor(CONNECTIONS) as clients:
        done = list(clients.map(visit, range(CONNECTIONS)))
    problems = [problem for _, found in done for problem in found]
    assert not problems, "\n".join(problems)
    assert settled(served.process)
    came: Counter[str] = sum((counted for counted, _ in done), Counter())
    assert came["told to wait"] <= count / 20
    return came


def test_a_server_gives_each_its_answer_and_keeps_nothing(
    sample_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Statuses, memory, open files, temporary files, processes; at the end a clean stop."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    measured = []
    with serving(sample_data, *LIMITS) as served:
        kinds, weights = mix(sample_data, served)
        for stage, count in enumerate((WARM, REQUESTS - WARM)):
            came = rounds(served, kinds, weights, stage, count)
            measured.append((resident(served.process), served.process.num_fds()))
            print(f"{count} requests: {dict(came)}; bytes, open files: {measured[-1]}")
        processes = served.process.children(recursive=True)
    (first, files), (last, files_at_end) = measured
    assert {role: last[role] / first[role] for role in first if last[role] > first[role] * GROWTH} == {}
    assert files_at_end <= files + 2
    assert list(tmp_path.iterdir()) == []
    assert [one for one in processes if one.is_running() and one.status() != psutil.STATUS_ZOMBIE] == []
    assert served.process.returncode == 0
