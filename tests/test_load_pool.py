"""Batches of work: in order, few under way, on workers that may die."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError

import pytest
from load_samples import doubled

from chidao.graph.errors import StoreError
from chidao.loaders.pool import Inline, InOrder, Workers, batched, local_workers


def in_order(workers: Workers, numbers: Sequence[int]) -> list[int]:
    """The numbers doubled in batches of two; zero for those that are given up."""
    return list(InOrder(workers, doubled, lambda _: 0).results(batched(numbers, 2)))


@pytest.mark.parametrize("jobs", [1, 2])
def test_results_come_in_the_order_of_the_things(jobs: int) -> None:
    assert in_order(local_workers(jobs), range(50)) == [2 * number for number in range(50)]


def test_who_kills_a_worker_is_given_up_and_the_others_go_on() -> None:
    """Also where two of them are near each other, and at the end."""
    numbers = [-3 if number in (5, 6, 49) else number for number in range(50)]
    assert in_order(local_workers(2), numbers) == [0 if number < 0 else 2 * number for number in numbers]


def test_no_more_is_taken_than_may_be_under_way() -> None:
    """A corpus of a million files is not a million futures: what is ahead of the reader is bounded."""
    taken = []

    def endless() -> Iterator[tuple[int, ...]]:
        for number in range(10**9):
            taken.append(number)
            yield (number,)

    results = InOrder(Workers(2, 6, lambda _: Inline()), doubled, lambda _: 0).results(endless())
    assert [next(results) for _ in range(10)] == [2 * number for number in range(10)]
    assert len(taken) <= 10 + 6


def test_workers_that_have_gone_end_the_work_with_an_explanation() -> None:
    def cancelled(_: object) -> list[int]:
        raise CancelledError

    with pytest.raises(StoreError, match="load again to go on"):
        list(InOrder(local_workers(1), cancelled, lambda _: 0).results([(1, 2), (3,)]))


def test_where_no_worker_can_start_no_file_is_blamed() -> None:
    """As where the program that loads comes from standard input, which another process can't read again."""
    program = "from chidao.loaders.pool import *; print(list(InOrder(local_workers(2), len, str).results([(1, 2)])))"
    command = [sys.executable, "-P", "-"]
    done = subprocess.run(command, input=program, capture_output=True, text=True, check=False)
    assert "StoreError: no process can be started to work in; give --jobs 1" in done.stderr


def test_a_batch_is_full_by_number_or_by_weight() -> None:
    assert list(batched([1, 1, 1, 9, 1], 2, lambda weight: weight, 5)) == [(1, 1), (1, 9), (1,)]
    assert list(batched([9, 9, 1], 3, lambda weight: weight, 5)) == [(9,), (9,), (1,)]
