"""Requests per second of a server: by `wrk` where it is installed (Debian: apt install wrk), else by threads.

Threads of this program take a core from the servers and draw the ratios towards 1.
"""

import json
import re
import shutil
import subprocess
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from http.client import HTTPConnection
from itertools import count
from urllib.parse import urlencode, urlsplit

JSON = "application/sparql-results+json"
APART = 10**5  # numbers between those of different connections: no query comes twice
LUA = """local paths, number = {%s}, %d
request = function()
  number = number + 1
  return wrk.format("GET", paths[number %% #paths + 1]%s)
end
"""


@dataclass(frozen=True, slots=True)
class Load:
    """Queries that are asked in turn; ``numbered`` ones end in a comment that takes a number from ``first`` on."""

    queries: list[str]
    numbered: bool
    first: int


def rate(address: str, load: Load, connections: int, seconds: int) -> float:
    """Requests per second that were answered with 200. Raises RuntimeError where one was not."""
    parts = urlsplit(address)
    paths = [f"{parts.path}?{urlencode({'query': query})}" for query in load.queries]
    if shutil.which("wrk"):
        return _of_wrk(address, _script(paths, load, connections), connections, seconds)
    return _of_threads(parts.netloc, paths, load, connections, seconds)


def client() -> str:
    """What sends the requests, in words."""
    return "wrk" if shutil.which("wrk") else "threads of the benchmark"


def _script(paths: list[str], load: Load, connections: int) -> str:
    first = load.first + connections * APART
    return LUA % (",".join(map(json.dumps, paths)), first, " .. number" if load.numbered else "")


def _of_wrk(address: str, script: str, connections: int, seconds: int) -> float:
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        options = ["-t1", f"-c{connections}", f"-d{seconds}s", "-H", f"Accept: {JSON}", "-s", file.name]
        said = subprocess.run(["wrk", *options, address], capture_output=True, text=True, check=True).stdout
    found = re.search(r"Requests/sec:\s*([\d.]+)", said)  # "Requests/sec:    603.76"
    if found is None or "Non-2xx" in said or "Socket errors" in said:
        raise RuntimeError(f"{address} failed under load:\n{said}")
    return float(found[1])


def _of_threads(host: str, paths: list[str], load: Load, connections: int, seconds: float) -> float:
    numbers = count(load.first + connections * APART)  # threads may share it
    ends = time.perf_counter() + seconds

    def ask(_: int) -> int:
        connection = HTTPConnection(host)
        done = 0
        while time.perf_counter() < ends:
            number = next(numbers)
            path = f"{paths[number % len(paths)]}{number if load.numbered else ''}"
            connection.request("GET", path, headers={"Accept": JSON})
            response = connection.getresponse()
            response.read()
            if response.status != 200:
                raise RuntimeError(f"{host} answered {response.status} under load")
            done += 1
        connection.close()
        return done

    with ThreadPoolExecutor(connections) as pool:
        return sum(pool.map(ask, range(connections))) / seconds
