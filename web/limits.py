"""What one query may cost, and how many may run at once."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """``time_limit`` in seconds of evaluation, ``memory_limit`` in MiB beyond the opened store.

    ``row_limit`` in rows or triples of one answer, ``answer_limit`` in MiB of its serialised form; ``workers`` is the
    number of processes of each lane (see ``workers``).
    """

    workers: int = 2
    time_limit: float = 10.0
    memory_limit: int = 1024
    row_limit: int = 100_000
    answer_limit: int = 256

    @property
    def graph_time(self) -> float:
        """Seconds for a whole graph, which is written out as it is: nothing in it can grow as a query does."""
        return 10 * self.time_limit
