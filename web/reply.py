"""Taking an answer from a worker: its pieces gather in a bounded file, by the clock, until its outcome is there."""

import json
import time
from collections.abc import Mapping
from tempfile import SpooledTemporaryFile
from typing import Any

from chidao.graph.errors import StoreError
from chidao.web.answers import Answer, Asked, LimitError
from chidao.web.spawner import Worker

IN_MEMORY = 1024 * 1024  # bytes of an answer that stay in memory; what is longer goes to a temporary file


class Reply:
    """What has come of a question so far: ``body`` grows to at most ``answer_limit`` MiB."""

    def __init__(self, worker: Worker, asked: Asked, answer_limit: int) -> None:
        """Ask. Raises EOFError where the worker has ended."""
        self.body: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (sent later)
        self.finished = False
        self._worker = worker
        self._answer_limit = answer_limit
        self._room = answer_limit * 1024 * 1024
        worker.ask(asked)

    def outcome(self, seconds: float) -> dict[str, Any] | None:
        """How it ended, as the worker tells it; None where it has not within so many seconds: ask again later, or not.

        Raises EOFError where the worker has ended, LimitError for an answer that is too long, StoreError where there is
        no room on the disk to keep it.
        """
        ends = time.monotonic() + seconds
        while True:
            try:
                kind, content = self._worker.receive(ends - time.monotonic())
            except TimeoutError:
                return None
            if kind == b"e":
                self.finished = True
                return dict(json.loads(content))
            self._keep(content)

    def answer(self, snapshot: str, outcome: Mapping[str, Any]) -> Answer:
        """The whole answer; ``outcome`` tells its kind and count."""
        length = self.body.tell()
        self.body.seek(0)
        return Answer(snapshot=snapshot, body=self.body, length=length, **outcome)

    def _keep(self, piece: bytes) -> None:
        self._room -= len(piece)
        if self._room < 0:
            message = f"the answer is longer than {self._answer_limit} MiB: ask for less, or with LIMIT and OFFSET"
            raise LimitError("size", message)
        try:
            self.body.write(piece)
        except OSError as error:
            raise StoreError(
                f"there is no room to keep the answer ({error.strerror}); free space on the disk"
            ) from error
