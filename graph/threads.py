"""Threads that read a store for the one that writes it."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_THREADS = 2  # the engine writes with threads of its own
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def ahead(work: Callable[[_Given], _Made], items: Iterable[_Given]) -> Iterator[_Made]:
    """``map`` on a few threads that are only a few items ahead of who takes the results."""
    with ThreadPoolExecutor(_THREADS) as threads:
        waiting: deque[Future[_Made]] = deque()
        for item in items:
            waiting.append(threads.submit(work, item))
            if len(waiting) > 2 * _THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
