"""The commands of the servers that ``endpoint`` sets side by side, and running them on loopback."""

import importlib.util
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from chidao.graph.publish import snapshot

OURS, RDFLIB, OXIGRAPH, IN_PROCESS = "chidao", "rdflib-endpoint", "oxigraph", "in-process"
STARTED = 300.0  # seconds; rdflib reads its statements first
_PORT = "{port}"


@dataclass(frozen=True, slots=True)
class Command:
    """What starts a server, "{port}" in the place of its port, and the path of its endpoint."""

    words: tuple[str, ...]
    path: str = "/sparql"


def commands(data: Path, statements: Path) -> Mapping[str, Command]:
    """Server -> its command, for those that are installed; ``statements`` is the default graph as N-Triples."""
    python = (sys.executable, "-P")
    own = (*python, str(Path(__file__).with_name("endpoint_servers.py")))
    found = {OURS: Command((*python, "-m", "chidao", "serve", "--data", str(data), "--port", _PORT))}
    if importlib.util.find_spec("rdflib_endpoint") and importlib.util.find_spec("uvicorn"):
        found[RDFLIB] = Command((*own, RDFLIB, str(statements), _PORT))
    program = Path(sys.executable).with_name("oxigraph")
    if program.exists():
        options = ("--location", str(snapshot(data)), "--bind", f"127.0.0.1:{_PORT}")
        found[OXIGRAPH] = Command((str(program), "serve-read-only", *options), "/query")
    return found | {IN_PROCESS: Command((*own, IN_PROCESS, str(data), _PORT))}


@contextmanager
def served(command: Command) -> Iterator[str]:
    """The address of a server that runs until the end of the block. Raises RuntimeError where it does not start."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    words = [word.replace(_PORT, str(port)) for word in command.words]
    process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _await(process, port)
        yield f"http://127.0.0.1:{port}{command.path}"
    finally:
        process.terminate()
        process.wait()


def _await(process: "subprocess.Popen[bytes]", port: int) -> None:
    ends = time.monotonic() + STARTED
    while process.poll() is None and time.monotonic() < ends:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise RuntimeError(f"{process.args!r} did not open its port; exit code {process.poll()}")
