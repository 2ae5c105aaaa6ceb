"""A served site to be attacked, and how its answers are read: what came, and whether it is what it says."""

import http.client
import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from pyoxigraph import RdfFormat, parse

from chidao.ontology.namespaces import CD

QUERIES = Path(__file__).with_name("hostile_queries.toml")
TIME_LIMIT, MEMORY_LIMIT, ROW_LIMIT, WORKERS = 0.7, 256, 1000, 2  # seconds, MiB, rows, processes of a lane
ACCEPT = "application/sparql-results+json, text/turtle;q=0.9"


@dataclass(frozen=True)
class Hostile:
    """One query of the table: its bytes, and the ways in which it may end."""

    name: str
    method: str
    content: bytes
    ends: tuple[str, ...]


@dataclass(frozen=True)
class Response:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes


def hostile_queries(port: int, file: Path) -> list[Hostile]:
    """The table, with the listener's port and the file's path filled in."""
    return [_hostile(row, port, file) for row in tomllib.loads(QUERIES.read_text(encoding="utf-8"))["query"]]


def hostile_names() -> list[str]:
    """The names of the table, in its order."""
    return [query.name for query in hostile_queries(0, Path("/"))]


def _hostile(row: Mapping[str, Any], port: int, file: Path) -> Hostile:
    times = row.get("times", 0)
    unit = row.get("unit", "")
    units = (unit.replace("§", str(number)) for number in range(times)) if "§" in unit else (unit * times,)
    parts = (row.get("head", ""), *units, row.get("middle", ""), row.get("close", "") * times, row.get("tail", ""))
    text = f"PREFIX cd: <{CD}>\n" + "".join(parts).replace("§port§", str(port)).replace("§file§", str(file))
    return Hostile(
        row["name"], row.get("method", "POST"), text.encode() + bytes(row.get("bytes", ())), tuple(row["ends"])
    )


@contextmanager
def served(data: Path, time_limit: float = TIME_LIMIT) -> Iterator[tuple[int, int]]:
    """The port and process id of ``chidao serve`` over a data folder, with small limits."""
    limits = f"--time-limit {time_limit} --memory-limit {MEMORY_LIMIT} --row-limit {ROW_LIMIT} --workers {WORKERS}"
    command = [sys.executable, "-P", "-m", "chidao", "serve", "--data", str(data), "--port", "0", *limits.split()]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True) as process:
        try:
            assert process.stderr
            opened = next(
                (found for line in process.stderr if (found := re.search(r"http://[\d.]+:(\d+)", line))), None
            )
            assert opened, "the server did not start"
            yield int(opened[1]), process.pid
        finally:
            process.kill()


def ask(port: int, method: str, content: bytes, patience: float) -> Response:
    """Ask, and read the answer to its end; nothing coming for ``patience`` seconds is an error."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=patience)
    headers = {"Accept": ACCEPT, "Content-Type": "application/sparql-query"}
    try:
        if method == "GET":
            connection.request("GET", f"/sparql?query={quote(content)}", headers={"Accept": ACCEPT})
        else:
            connection.request("POST", "/sparql", content, headers)
        response = connection.getresponse()
        return Response(response.status, dict(response.getheaders()), response.read())
    finally:
        connection.close()


def ending(response: Response) -> str:
    """How a query ended, in the words of the table. Raises AssertionError for an answer that is not what it says."""
    told = response.headers
    assert told.get("Content-Length") in (None, str(len(response.body)))
    if response.status == 200:
        rows = _rows(response)
        assert rows == int(told["X-Chidao-Rows"])
        assert ("X-Chidao-Truncated" in told) <= (rows == ROW_LIMIT)
        return "cut" if "X-Chidao-Truncated" in told else "whole" if rows else "empty"
    message = response.body.decode()
    assert message.strip()
    assert "Traceback" not in message
    if response.status != 503:
        return str(response.status)
    limit = told["X-Chidao-Limit"]
    assert limit != "workers" or int(told["Retry-After"]) > 0
    return limit


def _rows(response: Response) -> int:
    """How many rows or triples a whole body holds."""
    if response.headers["Content-Type"].startswith("text/turtle"):
        return sum(1 for _ in parse(response.body, RdfFormat.TURTLE))
    found = json.loads(response.body)
    return 1 if "boolean" in found else len(found["results"]["bindings"])


def processes(parent: int) -> list[int]:
    """The process and all that descend from it."""
    children: list[int] = []
    with suppress(OSError):  # it ended meanwhile
        for task in Path(f"/proc/{parent}/task").iterdir():
            children += map(int, (task / "children").read_text(encoding="ascii").split())
    return [parent, *(descendant for child in children for descendant in processes(child))]


def ended(process: int) -> bool:
    """Whether it has given up its files and memory: the first of its threads may be gone while others still hold them."""
    try:
        return len(os.listdir(f"/proc/{process}/task")) == 1 and _state(process) in "ZX"
    except OSError:  # it was reaped
        return True


def _state(process: int) -> str:
    """The letter of its first thread; the name before it, in brackets, may hold anything."""
    return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0]


def resident(process: int) -> int:
    """Bytes of memory that a process holds, its share of common ones included; 0 where it has ended."""
    try:
        return int(Path(f"/proc/{process}/statm").read_text(encoding="ascii").split()[1]) * 4096
    except OSError:
        return 0
