"""The sections of a run, each in a process of its own, so that none finds what another kept in memory."""

import multiprocessing
import os
import traceback
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib import import_module
from time import perf_counter

from .measure import Figure

SECTIONS: Mapping[str, str] = {
    "extraction": "segmenters",
    "load": "loading",
    "queries": "queries",
    "endpoint": "endpoint",
    "growth": "growth",
    "memory": "memory",
    "pages": "pages",
}
"""Name -> module; each has ``run(quick)``, which gives figures."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of a section: its figures, or the traceback of what made it fail; ``seconds`` that it took."""

    section: str
    seconds: float
    figures: tuple[Figure, ...] = ()
    problem: str = ""


def measured(sections: Iterable[str], quick: bool) -> Iterator[Measured]:
    """Each section in turn. One that fails does not keep the others from being measured."""
    context = multiprocessing.get_context("spawn")
    for section in sections:
        started = perf_counter()
        with ProcessPoolExecutor(1, mp_context=context, initializer=_to_stderr) as process:
            future = process.submit(_figures, SECTIONS[section], quick)
            error = future.exception()
        seconds = perf_counter() - started
        if error is None:
            yield Measured(section, seconds, future.result())
        else:
            yield Measured(section, seconds, problem="".join(traceback.format_exception(error)))


def _to_stderr() -> None:
    """What libraries print in this process goes to stderr: stdout may be JSON."""
    os.dup2(2, 1)


def _figures(module: str, quick: bool) -> tuple[Figure, ...]:
    return tuple(import_module(f"{__package__}.{module}").run(quick))
