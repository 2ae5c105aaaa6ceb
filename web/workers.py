"""The pool of query workers: who is idle, what a query may cost, and what happens to one that costs more.

Evaluation cannot be interrupted inside the engine, so a query that reaches a limit takes its process with it, and a
fresh one takes its place. Before each query the pool looks at which snapshot is current, and replaces a worker of an
older one.
"""

import json
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing import Pipe
from multiprocessing.connection import Connection
from pathlib import Path
from queue import Empty, LifoQueue
from tempfile import SpooledTemporaryFile
from types import TracebackType
from typing import Any

from chidao.graph.errors import NotFoundError, QueryError, StoreError
from chidao.ontology.namespaces import PREFIXES
from chidao.web.answers import Analysis, Answer, LimitError, MalformedQueryError, Query
from chidao.web.limits import Limits

IN_MEMORY = 1024 * 1024  # bytes of an answer that stay in memory; what is longer goes to a temporary file
START = 60.0  # seconds for a worker to open its snapshot


@dataclass
class Worker:
    """A running process, the pipe to it and the snapshot that it reads."""

    process: subprocess.Popen[bytes]
    pipe: Connection
    snapshot: str

    @property
    def fresh(self) -> bool:
        """Whether the process still runs."""
        return self.process.poll() is None

    def end(self) -> int:
        """Kill the process and give its exit code, which is its own where it ended before."""
        self.pipe.close()
        self.process.kill()
        return self.process.wait()


def current_snapshot(data_dir: Path) -> str:
    """The name of the snapshot that readers use now. Raises StoreError where nothing was published."""
    try:
        return (data_dir / "snapshots" / "current").read_text(encoding="utf-8").strip()
    except OSError as error:
        message = f"{data_dir}: nothing is published there yet; `chidao load` publishes what it has read"
        raise StoreError(message) from error


def start(data_dir: Path, snapshot: str, limits: Limits) -> Worker:
    """Start a worker on ``snapshot`` and wait until it has opened it. Raises StoreError where it cannot."""
    ours, theirs = Pipe()
    settings = {
        "time_limit": limits.time_limit,
        "memory_limit": limits.memory_limit,
        "prefixes": {name: str(iri) for name, iri in PREFIXES.items()},
    }
    folder = str(data_dir.resolve() / "snapshots" / snapshot)
    command = [sys.executable, "-P", "-m", "chidao.web.worker", str(theirs.fileno()), folder, json.dumps(settings)]
    with theirs:
        process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603
    worker = Worker(process, ours, snapshot)
    with suppress(EOFError):
        if ours.poll(START) and ours.recv_bytes() == b"r":
            return worker
    worker.end()
    raise StoreError(f"{folder}: the snapshot can't be opened; `chidao load` publishes a new one")


class Pool:
    """Answers queries with at most ``limits.workers`` processes; a query waits its turn as long as it may run.

    Each query is answered from the snapshot that is current then, or always from ``snapshot`` where that is named.
    """

    def __init__(self, data_dir: Path, limits: Limits, snapshot: str | None = None) -> None:
        self._data_dir = data_dir
        self._limits = limits
        self._snapshot = snapshot
        # The last one used is the first one taken: an idle server keeps one warm process, not many.
        self._slots: LifoQueue[Worker | None] = LifoQueue()
        for _ in range(limits.workers):
            self._slots.put(None)

    def answer(self, query: Query | Analysis) -> Answer:
        """Evaluate ``query``. Raises QueryError (malformed, refused), LimitError (stopped) or StoreError (no data).

        An analysis raises NotFoundError for a document that is not known.
        """
        try:
            worker = self._slots.get(timeout=self._limits.time_limit)
        except Empty:
            raise LimitError("workers", f"all {self._limits.workers} workers are busy; try again soon") from None
        try:
            worker = self._ready(worker)
            return self._run(worker, query)
        finally:
            self._slots.put(worker)

    def _ready(self, worker: Worker | None) -> Worker:
        """``worker`` if it runs on the snapshot wanted, else a new one in its place."""
        snapshot = self._snapshot or current_snapshot(self._data_dir)
        if worker and worker.fresh and worker.snapshot == snapshot:
            return worker
        if worker:
            worker.end()
        return start(self._data_dir, snapshot, self._limits)

    def _run(self, worker: Worker, query: Query | Analysis) -> Answer:
        body: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (sent later)
        try:
            worker.pipe.send(query)
            result = self._received(worker, body.write)
        except (LimitError, EOFError, OSError) as error:
            body.close()
            code = worker.end()
            raise error if isinstance(error, LimitError) else self._death(code) from error
        except KeyboardInterrupt:  # the rest of this answer must not be taken for the next one's
            worker.end()
            raise
        if "malformed" in result:
            raise MalformedQueryError(result["malformed"])
        if "missing" in result:
            raise NotFoundError(result["missing"])
        if "refused" in result:
            raise QueryError(result["refused"])
        if "failed" in result:
            raise QueryError(f"the query could not be evaluated: {result['failed']}")
        length = body.tell()
        body.seek(0)
        return Answer(snapshot=worker.snapshot, body=body, length=length, **result)

    def _received(self, worker: Worker, write: Callable[[bytes], int]) -> dict[str, Any]:
        """Take the pieces of an answer until its end, by the clock and up to the size limit."""
        ends = time.monotonic() + self._limits.time_limit
        room = self._limits.answer_limit * 1024 * 1024
        while worker.pipe.poll(max(0.0, ends - time.monotonic())):
            piece = worker.pipe.recv_bytes()
            if piece[:1] == b"e":
                result: dict[str, Any] = json.loads(piece[1:])
                if "limit" in result:
                    raise self._death(0)
                return result
            room -= write(piece[1:])
            if room < 0:
                size = self._limits.answer_limit
                raise LimitError(
                    "size", f"the answer is longer than {size} MiB: ask for less, or with LIMIT and OFFSET"
                )
        seconds = f"{self._limits.time_limit:g}"
        raise LimitError("time", f"the query was stopped after {seconds} seconds: ask for less, or more exactly")

    def _death(self, code: int) -> LimitError:
        """A worker that ended by itself ran out of memory: the engine aborts where the system gives it no more."""
        memory = self._limits.memory_limit
        return LimitError("memory", f"the query was stopped: it needs more than {memory} MiB of memory (exit {code})")

    def close(self) -> None:
        """End the idle workers."""
        while not self._slots.empty():
            worker = self._slots.get()
            if worker:
                worker.end()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
