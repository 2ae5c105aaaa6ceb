"""A lane of workers: so many processes, and so many questions that may wait for one of them."""

from threading import Condition

from chidao.web.answers import LimitError
from chidao.web.spawner import Worker


class Lane:
    """Seats with a worker each, or None where one has yet to be started. Whoever waited longest is served first.

    At most ``most_waiting`` wait, and for ``patience`` seconds each; all others are told to come again in
    ``retry_after`` seconds.
    """

    def __init__(self, name: str, seats: int, most_waiting: int, patience: float, retry_after: int) -> None:
        self.name = name
        self._seats = seats
        self._free: list[Worker | None] = [None] * seats
        self._most_waiting = most_waiting
        self._patience = patience
        self._retry_after = retry_after
        self._waiting = 0
        self._changed = Condition()

    @property
    def places(self) -> int:
        """How many questions have a seat or wait for one, at most."""
        return self._seats + self._most_waiting

    def take(self, snapshot: str) -> Worker | None:
        """A seat, best one whose worker reads ``snapshot``. Raises LimitError where the lane is full."""
        with self._changed:
            if self._waiting or not self._free:
                self._wait()
            return self._free.pop(self._best(snapshot))

    def take_free(self, snapshot: str) -> tuple[bool, Worker | None]:
        """(True, its worker) for a seat that is free now and that nobody waits for."""
        with self._changed:
            free = bool(self._free) and not self._waiting
            return free, self._free.pop(self._best(snapshot)) if free else None

    def give(self, worker: Worker | None) -> None:
        """Give a seat back, with its worker."""
        with self._changed:
            self._free.append(worker)
            self._changed.notify()

    def take_all(self) -> list[Worker | None]:
        """Every free seat."""
        with self._changed:
            free, self._free = self._free, []
            return free

    def _best(self, snapshot: str) -> int:
        """The seat used last whose worker reads it: an idle server keeps few processes busy, not many half awake."""
        places = range(len(self._free) - 1, -1, -1)
        return next((place for place in places if (worker := self._free[place]) and worker.snapshot == snapshot), -1)

    def _wait(self) -> None:
        if self._waiting >= self._most_waiting:
            raise self._busy()
        self._waiting += 1
        try:
            if not self._changed.wait_for(lambda: self._free, self._patience):
                raise self._busy()
        finally:
            self._waiting -= 1
            if len(self._free) > 1 and self._waiting:  # two seats may have come free before one of us woke
                self._changed.notify()

    def _busy(self) -> LimitError:
        return LimitError(
            "workers",
            f"all {self._seats} processes for {self.name} queries are busy; try again in {self._retry_after} s",
            self._retry_after,
        )
