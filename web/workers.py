"""The pool of query workers: which process answers a query, how long it may, and what happens to one that does not end.

Evaluation cannot be interrupted inside the engine, so a query that reaches a limit takes its process with it, and a
fresh one takes its place. Three lanes keep the quick from waiting for the slow:

- quick: where every query begins, for a third of a second;
- slow: where it goes on if a process is free there (the two lanes exchange theirs), or begins anew when one is;
- pages: what our own pages ask.
"""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import lru_cache
from math import ceil
from pathlib import Path
from types import TracebackType

from chidao.graph.errors import GoneError, StoreError
from chidao.web.answers import Analysis, Answer, Asked, WholeGraph
from chidao.web.limits import Limits
from chidao.web.outcomes import Outcome, death, error_of, too_long
from chidao.web.reply import Reply
from chidao.web.seats import Lane
from chidao.web.spawner import Spawner, Worker

QUICK = 1 / 3  # seconds that a query may run before it has to make room
PATIENCE = 5.0  # seconds that a query waits for its first turn; then it is told to come again
_BUILDING = "building"  # the folder, and with a suffix the engine's own, of a snapshot that is not whole yet
WAITING, WAITING_SLOW = 16, 2  # questions that may wait for each process of a lane


class _PrunedError(Exception):
    """A newer snapshot was published while the query ran, and it failed: perhaps for the older one was pruned."""


@dataclass
class Turn:
    """A question's hold on a worker and on a seat of a lane."""

    lane: Lane
    worker: Worker
    reply: Reply | None = None


def current_snapshot(data_dir: Path) -> str:
    """The name of the snapshot that readers use now. Raises StoreError where nothing was published."""
    path = f"{data_dir}/snapshots/current"
    try:
        file = os.stat(path)
        return _content(path, (file.st_ino, file.st_mtime_ns, file.st_size))
    except OSError as error:
        message = f"{data_dir}: nothing is published there yet; `chidao load` publishes what it has read"
        raise StoreError(message) from error


@lru_cache(maxsize=16)
def _content(path: str, version: tuple[int, ...]) -> str:
    """Looked up for every answer; publishing puts another file in the place of this one."""
    del version
    return Path(path).read_text(encoding="utf-8").strip()


def kept_snapshot(data_dir: Path, name: str) -> str:
    """``name``, where it names a snapshot that is kept. Raises GoneError, also for a copy that is still being built."""
    folder = data_dir / "snapshots"
    kept = (path.name for path in folder.iterdir() if path.is_dir() and path.stem != _BUILDING)
    if name in kept:
        return name
    current = current_snapshot(data_dir)
    raise GoneError(f"the snapshot {name!r} is not kept any more; ask the current one, {current!r}", current)


class Pool:
    """Answers questions with ``limits.workers`` processes for each lane, started when they are first wanted.

    Each is answered from the snapshot that is current then, or always from ``snapshot`` where that is named.
    """

    def __init__(self, data_dir: Path, limits: Limits, snapshot: str | None = None) -> None:
        self._data_dir = data_dir
        self._limits = limits
        self._snapshot = snapshot
        self._spawner = Spawner(data_dir, limits)
        self._background: ThreadPoolExecutor | None = None
        self._closed = False
        seats, most = limits.workers, limits.time_limit
        self._quick = Lane("quick", seats, seats * WAITING, PATIENCE, ceil(PATIENCE))
        self._slow = Lane("slow", seats, seats * WAITING_SLOW, most, ceil(most))
        self._pages = Lane("page", seats, seats * WAITING, most, 1)

    @property
    def places(self) -> int:
        """How many questions are answered or wait at most at one time."""
        return sum(lane.places for lane in (self._quick, self._slow, self._pages))

    def warm(self) -> None:
        """Start every worker now, and from now on the next one as soon as one has ended; returns at once."""
        self._spawner.preload = True
        self._background = ThreadPoolExecutor(3 * self._limits.workers, "workers")
        for lane in (self._quick, self._pages, self._slow):
            for worker in lane.take_all():
                self._give(lane, worker)

    def answer(self, asked: Asked, snapshot: str | None = None) -> Answer:
        """Answer a stranger. Raises QueryError (malformed, refused), LimitError (stopped), StoreError (no data).

        ``snapshot`` asks one that is still kept; raises GoneError where it is not. A graph or an analysis raises
        NotFoundError for a name that is not known.
        """
        if isinstance(asked, Analysis):
            return self.answer_page(asked, snapshot)
        pinned = self._pinned(snapshot)
        while True:
            with suppress(_PrunedError):
                if isinstance(asked, WholeGraph):
                    return self._in_lane(self._slow, asked, pinned, self._limits.graph_time)
                return self._in_two_lanes(asked, pinned)

    def answer_page(self, asked: Asked, snapshot: str | None = None) -> Answer:
        """Answer one of our own pages, which do not wait behind strangers. Raises as ``answer``."""
        pinned = self._pinned(snapshot)
        while True:
            with suppress(_PrunedError):
                return self._in_lane(self._pages, asked, pinned, self._limits.time_limit)

    def _pinned(self, snapshot: str | None) -> str | None:
        return kept_snapshot(self._data_dir, snapshot) if snapshot else self._snapshot

    def _in_two_lanes(self, asked: Asked, pinned: str | None) -> Answer:
        quick = min(QUICK, self._limits.time_limit)
        slow = self._limits.time_limit - quick
        with self._turn(self._quick, pinned) as turn:
            reply = turn.reply = Reply(turn.worker, asked, self._limits.answer_limit)
            outcome = reply.outcome(quick)
            if outcome is None and self._moved(turn):
                outcome = reply.outcome(slow) or too_long(self._limits.time_limit)
            if outcome is not None:
                return self._answer(turn, outcome, pinned)
        return self._in_lane(self._slow, asked, pinned, slow)

    def _in_lane(self, lane: Lane, asked: Asked, pinned: str | None, seconds: float) -> Answer:
        with self._turn(lane, pinned) as turn:
            reply = turn.reply = Reply(turn.worker, asked, self._limits.answer_limit)
            return self._answer(turn, reply.outcome(seconds) or too_long(max(seconds, self._limits.time_limit)), pinned)

    def _answer(self, turn: Turn, outcome: Outcome, pinned: str | None) -> Answer:
        """The answer that the outcome describes, or the error that it tells of."""
        snapshot = turn.worker.snapshot
        if "kind" in outcome and turn.reply:
            return turn.reply.answer(snapshot, outcome)
        if "failed" in outcome and not pinned and snapshot != current_snapshot(self._data_dir):
            raise _PrunedError
        raise error_of(outcome, self._limits)

    @contextmanager
    def _turn(self, lane: Lane, pinned: str | None) -> Iterator[Turn]:
        """A worker of ``lane``; one whose answer is not whole at the end is killed and replaced."""
        wanted = pinned or current_snapshot(self._data_dir)
        taken = lane.take(wanted)
        try:
            turn = Turn(lane, self._ready(taken, wanted, pinned))
        except BaseException:
            lane.give(None)
            raise
        ended = False
        try:
            yield turn
        except EOFError as error:
            ended = True
            raise death(self._spawner.end(turn.worker), self._limits) from error
        finally:
            whole = bool(turn.reply and turn.reply.finished)
            self._give(turn.lane, None if ended else turn.worker, whole)

    def _moved(self, turn: Turn) -> bool:
        """Whether the turn goes on in the slow lane, and leaves the quick one the process that was idle there."""
        free, spare = self._slow.take_free(turn.worker.snapshot)
        if free:
            turn.lane, left = self._slow, turn.lane
            self._give(left, spare)
        return free

    def _give(self, lane: Lane, worker: Worker | None, whole: bool = True) -> None:
        """Give the seat back: with its worker, or else with a new one, beside the requests where there is a thread."""
        if worker and whole:
            lane.give(worker)
            return
        if worker:
            worker.kill()
        if self._background and not self._closed:
            self._background.submit(self._replace, lane, worker)
            return
        if worker:
            self._spawner.end(worker)
        lane.give(None)

    def _replace(self, lane: Lane, worker: Worker | None) -> None:
        started = None
        try:
            if worker:
                self._spawner.end(worker)
            started = self._started(self._snapshot)
        finally:
            lane.give(started)

    def _ready(self, worker: Worker | None, wanted: str, pinned: str | None) -> Worker:
        """``worker`` if it runs on the snapshot wanted, else a new one in its place."""
        if worker and worker.snapshot == wanted and worker.alive:
            return worker
        if worker:
            self._spawner.end(worker)
        return self._started(pinned)

    def _started(self, pinned: str | None) -> Worker:
        """A new worker; the snapshot that was current may be pruned before it is opened: then on the newer one."""
        while True:
            wanted = pinned or current_snapshot(self._data_dir)
            try:
                return self._spawner.start(wanted)
            except StoreError:
                newest = kept_snapshot(self._data_dir, pinned) if pinned else current_snapshot(self._data_dir)
                if newest == wanted:
                    raise

    def close(self) -> None:
        """End all workers, also those that are at work."""
        self._closed = True
        if self._background:
            self._background.shutdown(wait=False, cancel_futures=True)
        for lane in (self._quick, self._slow, self._pages):
            for worker in lane.take_all():
                if worker:
                    worker.channel.close()
        self._spawner.close()

    def __enter__(self) -> "Pool":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
