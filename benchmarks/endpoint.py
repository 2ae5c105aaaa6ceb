"""The endpoint beside rdflib-endpoint, and beside the same site that queries in its own process: requests per second.

    python benchmarks/endpoint.py [--quick] [--json]

Three servers answer the same small queries over one synthetic corpus: `chidao serve` with its query workers;
rdflib-endpoint under uvicorn, over rdflib's memory store with the statements of the default graph (without the places
of the register, which only makes it quicker); and our site with the pool of workers replaced by a call of the engine.
Their rows are compared first. Then they are asked in turn, round after round, over 1 and over 8 connections: one query
again and again, and a mix in which no query comes twice (rdflib-endpoint keeps 128 parsed queries, `chidao serve` 512
small answers; the mix is beyond both). Medians count.

The requests come from `wrk` where it is installed (Debian: apt install wrk); else from threads of this program, which
takes a core from the servers and draws the ratios towards 1. rdflib-endpoint comes with `pip install rdflib-endpoint uvicorn` (group `bench`);
without it its column stays empty.
"""

import importlib.util
import json
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from http.client import HTTPConnection
from itertools import count
from operator import truediv
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

import pyoxigraph
from pyoxigraph import DefaultGraph, QuerySolutions, RdfFormat

from chidao.graph.publish import snapshot
from chidao.loaders.load import load_files
from chidao.loaders.synth.options import Options
from chidao.loaders.synth.write import write_corpus
from chidao.ontology.namespaces import CD, ID

DOCUMENTS = 200  # of the corpus
JSON = "application/sparql-results+json"
CONNECTIONS = (1, 8)
PREFIX = f"PREFIX cd: <{CD}> "
DOCUMENT = (
    PREFIX
    + """SELECT ?document ?symbol (COUNT(*) AS ?above) WHERE {
    ?document cd:symbol ?symbol ; cd:implements+ ?superior } GROUP BY ?document ?symbol ORDER BY ?document"""
)
KINDS = {
    "chain of three": PREFIX
    + "SELECT ?above ?other WHERE {{ <{document}> cd:implements+ ?above . ?above cd:symbol ?other }}",
    "lookup by symbol": PREFIX + 'SELECT ?document WHERE {{ ?document cd:symbol "{symbol}" }}',
    "ASK": PREFIX + 'ASK {{ ?document cd:symbol "{symbol}" ; cd:implements ?superior }}',
}
MIX = "each another one"
LUA = """local paths, number = {%s}, %d
request = function()
  number = number + 1
  return wrk.format("GET", paths[number %% #paths + 1]%s)
end
"""
OURS, PEER, IN_PROCESS = "chidao serve", "rdflib-endpoint", "in-process"


@dataclass(frozen=True, slots=True)
class Load:
    """Queries that are asked in turn; ``numbered`` ones end in a comment that takes a number from ``first`` on."""

    queries: list[str]
    numbered: bool
    first: int


@dataclass(frozen=True, slots=True)
class Measured:
    """Requests per second of one server in one round."""

    query: str
    connections: int
    server: str
    rate: float


@dataclass(frozen=True, slots=True)
class Row:
    """Medians of the servers, and medians of the ratios within a round; None for a server that is not installed."""

    query: str
    connections: int
    rates: dict[str, float | None]
    to_peer: float | None
    to_in_process: float


def main() -> None:
    """Print a line for each query and number of connections, with --json also all figures as JSON."""
    found = run("--quick" in sys.argv)
    if "--json" in sys.argv:
        print(json.dumps(found, indent=1, default=asdict))


def run(quick: bool) -> dict[str, object]:
    """All medians under ``rows``, and the smallest ratio to each of the other servers over queries and connections."""
    rounds, seconds = (2, 1) if quick else (5, 3)
    with tempfile.TemporaryDirectory() as folder, ExitStack() as running:
        data = loaded(Path(folder))
        asked = queries(data)
        servers = {name: running.enter_context(served(command)) for name, command in commands(data).items()}
        compare_answers(servers, asked[MIX])
        figures = [
            Measured(
                name, connections, server, rate(address, Load(texts, name == MIX, 10**6 * number), connections, seconds)
            )
            for number in range(rounds)
            for name, texts in asked.items()
            for connections in CONNECTIONS
            for server, address in servers.items()
        ]
    rows = [_row(figures, name, connections) for name in asked for connections in CONNECTIONS]
    _print(rows)
    return {
        "endpoint_vs_rdflib_endpoint": min((row.to_peer for row in rows if row.to_peer), default=None),
        "endpoint_vs_in_process": min(row.to_in_process for row in rows),
        "rows": rows,
    }


def _print(rows: list[Row]) -> None:
    """A table on stderr, so that stdout can be JSON."""
    print(
        f"{'requests per second':20}{'connections':>12}{OURS:>16}{PEER:>16}{IN_PROCESS:>16}{'ratios':>14}",
        file=sys.stderr,
    )
    for row in rows:
        cells = "".join(_cell(row.rates[name], 16, 0) for name in (OURS, PEER, IN_PROCESS))
        ratios = _cell(row.to_peer, 7, 2) + _cell(row.to_in_process, 7, 2)
        print(f"{row.query:20}{row.connections:12}{cells}{ratios}", file=sys.stderr)


def _cell(figure: float | None, width: int, digits: int) -> str:
    return f"{'-':>{width}}" if figure is None else f"{figure:{width}.{digits}f}"


def loaded(folder: Path) -> Path:
    """The data folder of the corpus."""
    write_corpus(folder / "corpus", Options(DOCUMENTS, seed=11))
    load_files((folder / "corpus" / "texts",), folder / "data", 2, lambda _: None)
    return folder / "data"


def queries(data: Path) -> dict[str, list[str]]:
    """What is measured -> the texts of its queries, asked in turn; those of the mix end in a comment to be numbered."""
    rows = pyoxigraph.Store.read_only(str(snapshot(data))).query(DOCUMENT)
    assert isinstance(rows, QuerySolutions)
    about = [(row["document"].value, row["symbol"].value, int(row["above"].value)) for row in rows]
    document, symbol = next((iri, symbol) for iri, symbol, above in about if above == 3)
    same = {name: [text.format(document=document, symbol=symbol)] for name, text in KINDS.items()}
    each = [text.format(document=iri, symbol=mark) for iri, mark, _ in about for text in KINDS.values()]
    return same | {MIX: [f"{text} # " for text in each]}


def _row(figures: list[Measured], query: str, connections: int) -> Row:
    rates = {
        name: [one.rate for one in figures if (one.query, one.connections, one.server) == (query, connections, name)]
        for name in (OURS, PEER, IN_PROCESS)
    }
    medians = {name: median(found) if found else None for name, found in rates.items()}
    to_peer = median(map(truediv, rates[OURS], rates[PEER])) if rates[PEER] else None
    return Row(query, connections, medians, to_peer, median(map(truediv, rates[OURS], rates[IN_PROCESS])))


def commands(data: Path) -> dict[str, list[str]]:
    """Server -> its command, still without the port."""
    own = [sys.executable, "-P", str(Path(__file__).with_name("endpoint_servers.py"))]
    found = {OURS: [sys.executable, "-P", "-m", "chidao", "serve", "--data", str(data), "--port"]}
    if importlib.util.find_spec("rdflib_endpoint") and importlib.util.find_spec("uvicorn"):
        found[PEER] = [*own, PEER, str(statements(data))]
    else:
        print("rdflib-endpoint is not installed: pip install rdflib-endpoint uvicorn", file=sys.stderr)
    return found | {IN_PROCESS: [*own, IN_PROCESS, str(data)]}


def statements(data: Path) -> Path:
    """The default graph as N-Triples, without the places of the register."""
    left_out = (f"<{ID}place/", f"<{ID}change/")
    quads = pyoxigraph.Store.read_only(str(snapshot(data))).quads_for_pattern(None, None, None, DefaultGraph())
    kept = (quad.triple for quad in quads if not str(quad.subject).startswith(left_out))
    path = data.with_suffix(".nt")
    pyoxigraph.serialize(kept, path, RdfFormat.N_TRIPLES)
    return path


@contextmanager
def served(command: list[str]) -> Iterator[str]:
    """The address of a server that runs until the end of the block."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    process = subprocess.Popen([*command, str(port)], stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/sparql"
    finally:
        process.terminate()
        process.wait()


def compare_answers(servers: dict[str, str], queries: list[str]) -> None:
    """Raises SystemExit where two servers give different rows."""
    for query in queries:
        found = {server: _values(address, query) for server, address in servers.items()}
        if any(rows != found[OURS] for rows in found.values()):
            raise SystemExit(f"the servers do not agree on {query}: {found}")


def _values(address: str, query: str) -> list[list[str]]:
    """The rows of an answer, sorted; of ASK the one value."""
    connection = HTTPConnection(urlsplit(address).netloc)
    connection.request("GET", f"/sparql?{urlencode({'query': query})}", headers={"Accept": JSON})
    found = json.load(connection.getresponse())
    connection.close()
    if "boolean" in found:
        return [[str(found["boolean"])]]
    return sorted([row[name]["value"] for name in sorted(row)] for row in found["results"]["bindings"])


def rate(address: str, load: Load, connections: int, seconds: int) -> float:
    """Requests per second that were answered with 200. Raises SystemExit where one was not."""
    paths = [f"/sparql?{urlencode({'query': query})}" for query in load.queries]
    if not shutil.which("wrk"):
        return _rate_of_threads(urlsplit(address).netloc, paths, load, connections, seconds)
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as script:
        listed = ",".join(map(json.dumps, paths))
        script.write(LUA % (listed, load.first + connections * 10**5, " .. number" if load.numbered else ""))
        script.flush()
        command = [
            "wrk",
            "-t1",
            f"-c{connections}",
            f"-d{seconds}s",
            "-H",
            f"Accept: {JSON}",
            "-s",
            script.name,
            address,
        ]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said or "Socket errors" in said:
        raise SystemExit(f"{address} failed under load:\n{said}")
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)  # "Requests/sec:    603.76"
    return float(found[1]) if found else 0.0


def _rate_of_threads(host: str, paths: list[str], load: Load, connections: int, seconds: float) -> float:
    ends = time.perf_counter() + seconds
    numbers = count(load.first + connections * 10**5)

    def ask(_: int) -> int:
        connection = HTTPConnection(host)
        for done in count():
            if time.perf_counter() > ends:
                connection.close()
                return done
            number = next(numbers)
            path = f"{paths[number % len(paths)]}{number if load.numbered else ''}"
            connection.request("GET", path, headers={"Accept": JSON})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise SystemExit(f"{host} answered {response.status} under load")
        return 0

    with ThreadPoolExecutor(connections) as pool:
        return sum(pool.map(ask, range(connections))) / seconds


if __name__ == "__main__":
    main()
