"""Work on many things, in order and with few under way, whatever executor does it and whichever worker dies."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, wait
from dataclasses import dataclass
from typing import Generic, TypeVar

from chidao.graph.errors import ChidaoError, StoreError
from chidao.graph.processes import processes

Thing = TypeVar("Thing")
Result = TypeVar("Result")
UNDER_WAY = 8
"""Batches for each worker: enough that none is idle while the results of others are being written."""
DIED = "it ended the process that read it (damaged, or made to do harm); save it anew in another program"
"""Why a thing is given up over which a worker died."""
CANNOT_START = (
    "no process can be started to work in; give --jobs 1 (in a program of your own: call it under "
    "`if __name__ == '__main__':`)"
)
PATIENCE = 30.0
"""Seconds after which it is asked whether a result will come at all."""


class Inline(Executor):
    """Does the work at once, in this process."""

    def submit(self, fn: Callable[..., Result], /, *args: object, **kwargs: object) -> Future[Result]:
        """See Executor."""
        done: Future[Result] = Future()
        try:
            done.set_result(fn(*args, **kwargs))
        except (ChidaoError, CancelledError) as error:
            done.set_exception(error)
        return done


@dataclass(frozen=True, slots=True)
class Workers:
    """Who does the work: ``start`` gives an executor with so many workers, of the ``count`` that there are.

    ``window`` batches may be under way, done and not yet taken included. ``lost`` is what the futures raise when a
    worker died over a batch, ``gone`` when there are no workers any more; ``check`` is called while a result does not
    come, and raises StoreError where none will.
    """

    count: int
    window: int
    start: Callable[[int], Executor]
    lost: tuple[type[BaseException], ...] = (BrokenExecutor,)
    gone: tuple[type[BaseException], ...] = (CancelledError,)
    check: Callable[[], None] = lambda: None


def local_workers(jobs: int) -> Workers:
    """``jobs`` processes of this machine; one job is done in this process."""
    return Workers(1, 1, lambda _: Inline()) if jobs == 1 else Workers(jobs, jobs * UNDER_WAY, _processes)


def _processes(count: int) -> ProcessPoolExecutor:
    return processes(count, ["chidao.loaders.extraction"])


@dataclass(slots=True)
class InOrder(Generic[Thing, Result]):
    """``work`` on batches; ``give_up`` makes the result of a thing over which a worker died when it had it alone."""

    workers: Workers
    work: Callable[[tuple[Thing, ...]], Sequence[Result]]
    give_up: Callable[[Thing], Result]

    def results(self, batches: Iterable[tuple[Thing, ...]]) -> Iterator[Result]:
        """The result of each thing, in the order of the things; takes no more of them than the window allows.

        Raises StoreError when all workers have gone.
        """
        executor = self.workers.start(self.workers.count)
        under_way: deque[tuple[tuple[Thing, ...], Future[Sequence[Result]]]] = deque()
        left = iter(batches)
        try:
            while True:
                while len(under_way) < self.workers.window and (batch := next(left, None)) is not None:
                    under_way.append((batch, self._submit(executor, batch)))
                if not under_way:
                    return
                batch, future = under_way.popleft()
                done = self._result(future)
                if done is not None:
                    yield from done
                    continue
                executor.shutdown(cancel_futures=True)
                yield from self._again((batch, future), *under_way)
                under_way.clear()
                executor = self.workers.start(self.workers.count)
        finally:
            executor.shutdown(cancel_futures=True)

    def _submit(self, executor: Executor, batch: tuple[Thing, ...]) -> Future[Sequence[Result]]:
        """The future of a batch; where the executor has broken already, one that says so."""
        try:
            return executor.submit(self.work, batch)
        except self.workers.lost as error:
            failed: Future[Sequence[Result]] = Future()
            failed.set_exception(error)
            return failed

    def _result(self, future: Future[Sequence[Result]]) -> Sequence[Result] | None:
        """What came of a batch; None where a worker died."""
        try:
            while not wait([future], timeout=PATIENCE).done:
                self.workers.check()
            return future.result()
        except self.workers.lost:
            return None
        except self.workers.gone as error:
            raise StoreError("the workers have gone; what was loaded before is safe, load again to go on") from error

    def _again(self, *broken: tuple[tuple[Thing, ...], Future[Sequence[Result]]]) -> Iterator[Result]:
        """After a death: what was done counts, and each of the other things is done alone."""
        executor = self._fresh()
        try:
            for batch, future in broken:
                if future.done() and not future.cancelled() and future.exception() is None:
                    yield from future.result()
                    continue
                for thing in batch:
                    done = self._result(self._submit(executor, (thing,)))
                    if done is None:
                        executor.shutdown(cancel_futures=True)
                        executor = self._fresh()
                    yield from [self.give_up(thing)] if done is None else done
        finally:
            executor.shutdown(cancel_futures=True)

    def _fresh(self) -> Executor:
        """A single worker that works. Raises StoreError where none can be started: then no file is guilty."""
        executor = self.workers.start(1)
        try:
            executor.submit(os.getpid).result()
        except self.workers.lost as error:
            executor.shutdown(cancel_futures=True)
            raise StoreError(CANNOT_START) from error
        return executor


def batched(
    things: Iterable[Thing], most: int, weight: Callable[[Thing], int] = lambda _: 0, heaviest: int = 1
) -> Iterator[tuple[Thing, ...]]:
    """Batches of at most ``most`` things; one that weighs ``heaviest`` or more together is full."""
    batch: list[Thing] = []
    weighed = 0
    for thing in things:
        batch.append(thing)
        weighed += weight(thing)
        if len(batch) == most or weighed >= heaviest:
            yield tuple(batch)
            batch, weighed = [], 0
    if batch:
        yield tuple(batch)
