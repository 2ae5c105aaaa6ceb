"""A real `chidao serve` on this machine, for tests that ask it as strangers do."""

import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil

START = 60  # seconds
SAID = re.compile(r"http://127\.0\.0\.1:(\d+)/")  # "Chidao: http://127.0.0.1:8000/ · SPARQL: /sparql"


@dataclass(frozen=True, slots=True)
class Served:
    """A running server: its port, and the process that can be looked at."""

    port: int
    process: psutil.Popen

    @property
    def site(self) -> str:
        """The address of the site, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def sparql(self) -> str:
        """The address of the endpoint."""
        return f"{self.site}/sparql"


@contextmanager
def serving(data: Path, *options: object) -> Iterator[Served]:
    """A server over a data folder; Ctrl+C ends it after the block, and it has to end then."""
    command = [sys.executable, "-P", "-m", "chidao", "serve", "--data", str(data), "--port", "0", *map(str, options)]
    with (data.parent / "serve.log").open("w+", encoding="utf-8") as log:
        process = psutil.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            served = Served(_port(process, Path(log.name)), process)
            _wait_for_workers(served)
            yield served
            process.send_signal(signal.SIGINT)
            process.wait(START)
        finally:
            for one in [process, *process.children(recursive=True)] if process.is_running() else []:
                one.kill()
            process.wait()


def _wait_for_workers(served: Served) -> None:
    """A server that is still starting them says that it is busy."""
    ends = time.monotonic() + START
    while True:
        try:
            urlopen(f"{served.sparql}?query=ASK%7B%7D").close()
            return
        except HTTPError as error:
            if error.code != 503 or time.monotonic() > ends:
                raise


def _port(process: psutil.Popen, log: Path) -> int:
    ends = time.monotonic() + START
    while time.monotonic() < ends and process.poll() is None:
        if found := SAID.search(log.read_text(encoding="utf-8")):
            return int(found[1])
        time.sleep(0.05)
    raise AssertionError(f"the server did not start: {log.read_text(encoding='utf-8')}")
