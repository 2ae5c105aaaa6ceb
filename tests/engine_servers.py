"""Real SPARQL servers on loopback, each with an empty store in a folder of its own; stopped by whoever started them."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

STARTED = 60.0  # seconds
VIRTUOSO_INI = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
FileExtend = 200
MaxCheckpointRemap = 2000
TempStorage = TempDatabase
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
FileExtend = 200
MaxCheckpointRemap = 2000
[Parameters]
ServerPort = 127.0.0.1:{sql}
DisableUnixSocket = 1
MaxClientConnections = 10
CheckpointInterval = 0
CaseMode = 2
SchedulerInterval = 10
DirsAllowed = .
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
ThreadsPerQuery = 1
AsyncQueueMaxThreads = 2
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
MaxClientConnections = 4
EnabledDavVSP = 0
DefaultMailServer = localhost:25
HTTPThreadSize = 280000
Charset = UTF-8
[SPARQL]
ResultSetMaxRows = {rows}
MaxQueryExecutionTime = 60
"""


@dataclass(frozen=True)
class Engine:
    """A running server; ``user`` and ``password`` are "" where it asks for none."""

    name: str
    url: str
    user: str = ""
    password: str = ""


@contextmanager
def oxigraph(folder: Path, kept: bool = False) -> Iterator[Engine]:
    """The `oxigraph` server of PyPI, in memory, or with a store in the folder that is ``kept``."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        _missing("the oxigraph server is not installed (pip install oxigraph)")
    (port,) = _free_ports(1)
    command = [str(program), "serve", "--bind", f"127.0.0.1:{port}"]
    if kept:
        command += ["--location", str(folder / "kept")]
    with _running(command, folder, f"http://127.0.0.1:{port}/query"):
        yield Engine("oxigraph", f"http://127.0.0.1:{port}")


@contextmanager
def virtuoso(folder: Path, rows: int = 1000) -> Iterator[Engine]:
    """Debian's Virtuoso. As a provider's would, it gives no more than so many rows (ResultSetMaxRows) and says so."""
    program = shutil.which("virtuoso-t")
    if program is None:
        _missing("Virtuoso is not installed (apt-get install virtuoso-opensource-7)")
    sql, http = _free_ports(2)
    (folder / "virtuoso.ini").write_text(VIRTUOSO_INI.format(sql=sql, http=http, rows=rows))
    command = [str(program), "+configfile", "virtuoso.ini", "+foreground"]
    with _running(command, folder, f"http://127.0.0.1:{http}/sparql"):
        yield Engine("virtuoso", f"http://127.0.0.1:{http}", "dba", "dba")


def _missing(reason: str) -> None:
    if os.environ.get("CHIDAO_REQUIRE_ENGINES") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def _free_ports(count: int) -> list[int]:
    sockets = [socket.socket() for _ in range(count)]
    for each in sockets:
        each.bind(("127.0.0.1", 0))
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


@contextmanager
def _running(command: list[str], folder: Path, url: str) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(command, cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
    try:
        _await(process, url, folder / "log")
        yield
    finally:
        process.kill()  # its store goes with the folder
        process.wait()


def _await(process: "subprocess.Popen[bytes]", url: str, log: Path) -> None:
    ends = time.monotonic() + STARTED
    while process.poll() is None and time.monotonic() < ends:
        try:
            urllib.request.urlopen(url, timeout=5).close()
            return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{url} was not opened; exit code {process.poll()}: {log.read_text(errors='replace')[-1000:]}")
