"""Parse untrusted bytes in a process of their own: a parser that crashes, hangs or swells costs that one file."""

import json
import os
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from functools import cache

from chidao.graph.errors import SourceError
from chidao.loaders.formats.parsed import Parsed
from chidao.loaders.formats.worker import SECONDS

WORKER = "chidao.loaders.formats.worker"


class Sandbox:
    """One worker process, started when first needed and again when it has died."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def parse(self, parser: str, content: bytes) -> Parsed:
        """The text of ``content``. Raises SourceError with the worker's reason, or with how it died."""
        process = self._running()
        reply = _asked(process, parser, content)
        if not reply.endswith(b"\n"):
            self._process = None
            raise SourceError(_death(_ended(process)))
        answer = json.loads(reply)
        if "refusal" in answer:
            raise SourceError(answer["refusal"])
        return Parsed(answer["text"], answer["ocr"])

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            command = [sys.executable, "-P", "-m", WORKER]
            self._process = subprocess.Popen(  # noqa: S603 (our own module)
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        return self._process


def _asked(process: subprocess.Popen[bytes], parser: str, content: bytes) -> bytes:
    """The worker's answer, cut or empty when it died."""
    if process.stdin is None or process.stdout is None:
        raise TypeError("a worker has pipes")
    try:
        process.stdin.write(json.dumps({"parser": parser, "length": len(content)}).encode() + b"\n")
        process.stdin.write(content)
        process.stdin.flush()
    except BrokenPipeError:
        return b""
    return process.stdout.readline()


def _ended(process: subprocess.Popen[bytes]) -> int:
    """End what is left of a worker; its exit code, its own where it had one."""
    for pipe in (process.stdin, process.stdout):
        with suppress(BrokenPipeError):
            if pipe:
                pipe.close()
    return process.wait()


def _death(code: int) -> str:
    if code == -signal.SIGALRM:
        return f"reading it took more than {SECONDS} seconds; split the file, or save it anew"
    return "its parser broke down over it (damaged, cut, or made to do harm); save it anew in another program"


@cache
def _sandbox(process: int, thread: int) -> Sandbox:  # noqa: ARG001 (the key: pipes can't be shared)
    return Sandbox()


def parse(parser: str, content: bytes) -> Parsed:
    """Parse ``content`` in the sandbox of this process and thread. Raises SourceError with the reason."""
    return _sandbox(os.getpid(), threading.get_ident()).parse(parser, content)
