"""Starting workers and learning how they ended, through the process that they are forked from (``forking``)."""

import json
import os
import pickle
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Lock

from chidao.graph.errors import StoreError
from chidao.ontology.namespaces import PREFIXES
from chidao.web.answers import Asked
from chidao.web.channel import Channel, Message
from chidao.web.forking import LONGEST
from chidao.web.limits import Limits

START = 60.0  # seconds for a worker to open its snapshot
END = 10.0  # seconds for the system to take a killed process's memory back


class Worker:
    """A running process and the snapshot that it reads; used by one thread at a time."""

    def __init__(self, process: int, channel: Channel, snapshot: str) -> None:
        self.process = process
        self.channel = channel
        self.snapshot = snapshot

    @property
    def alive(self) -> bool:
        """Whether the process still runs, as far as can be told without waiting."""
        return self.channel.open

    def ask(self, asked: Asked) -> None:
        """Send a question. Raises EOFError where the process has ended."""
        self.channel.send([(b"q", pickle.dumps(asked))])

    def receive(self, seconds: float) -> Message:
        """The next piece of the answer. Raises EOFError where the process has ended, TimeoutError."""
        return self.channel.receive(seconds)

    def kill(self) -> None:
        """End the process at once, whatever it does. Its number is its own until it is reaped."""
        with suppress(ProcessLookupError):
            os.kill(self.process, signal.SIGKILL)


class Spawner:
    """Starts workers over the snapshots of one data folder; itself started when the first one is wanted."""

    def __init__(self, data_dir: Path, limits: Limits) -> None:
        self.preload = False  # to import once, before the first worker, what pages will ask for
        self._snapshots = data_dir.resolve() / "snapshots"
        self._limits = limits
        self._lock = Lock()
        self._closed = False
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None

    def start(self, snapshot: str) -> Worker:
        """A worker that has opened ``snapshot``. Raises StoreError where it cannot."""
        ours, theirs = socket.socketpair()
        folder = self._snapshots / snapshot
        with theirs:
            process = int(self._requested(f"start {folder}", theirs.fileno()))
        worker = Worker(process, Channel(ours), snapshot)
        with suppress(EOFError, TimeoutError):
            worker.receive(START)
            return worker
        self.end(worker)
        raise StoreError(f"{folder}: the snapshot can't be opened; `chidao load` publishes a new one")

    def end(self, worker: Worker) -> int:
        """End the process, wait until its memory is free, and give its exit code: its own where it ended before."""
        worker.kill()
        with suppress(EOFError, TimeoutError):
            while True:  # the system closes the process's files after it has freed its memory
                worker.receive(END)
        worker.channel.close()
        return int(self._requested(f"reap {worker.process}"))

    def close(self) -> None:
        """End the process that workers are forked from; workers end with it."""
        with self._lock:
            self._closed = True
            self._stop()

    def _requested(self, request: str, *descriptors: int) -> str:
        """The reply to ``request``; where the process has gone, a new one is asked."""
        with self._lock:
            for _ in range(0 if self._closed else 2):
                control = self._control or self._launched()
                with suppress(OSError):
                    socket.send_fds(control, [request.encode()], descriptors)
                    if reply := control.recv(LONGEST):
                        return reply.decode()
                self._stop()
        raise StoreError("query processes can't be started; look at the messages of the server")

    def _launched(self) -> socket.socket:
        ours, theirs = socket.socketpair()
        settings = {
            "time_limit": self._limits.time_limit,
            "graph_time": self._limits.graph_time,
            "memory_limit": self._limits.memory_limit,
            "prefixes": {name: str(iri) for name, iri in PREFIXES.items()},
            "preload": self.preload,
        }
        command = [sys.executable, "-P", "-m", "chidao.web.worker", str(theirs.fileno()), json.dumps(settings)]
        with theirs:
            self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL)  # noqa: S603
        ours.settimeout(START)
        self._control = ours
        return ours

    def _stop(self) -> None:
        if self._control and self._process:
            self._control.close()
            self._process.kill()
            self._process.wait()
        self._control = self._process = None
