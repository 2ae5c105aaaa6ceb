"""Timing sides by turns, so that what else the machine does falls on all of them alike."""

import platform
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from math import log
from os import cpu_count
from pathlib import Path
from statistics import median
from time import perf_counter

LIBRARIES = (
    "pyoxigraph",
    "rdflib",
    "owlready2",
    "networkx",
    "flask",
    "waitress",
    "rdflib-endpoint",
    "underthesea",
    "pyvi",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of a run. ``unit`` "x" is a ratio: how many times better than the peer that the key names."""

    key: str
    value: float
    unit: str = "x"
    note: str = ""


def timed(work: Callable[[], object]) -> float:
    """Seconds that the work takes."""
    started = perf_counter()
    work()
    return perf_counter() - started


def interleaved(sides: Mapping[str, Callable[[], object]], rounds: int) -> dict[str, list[float]]:
    """Seconds of each side in each round, the sides by turns; one turn before that counts for none."""
    for work in sides.values():
        work()
    seconds: dict[str, list[float]] = {name: [] for name in sides}
    for _ in range(rounds):
        for name, work in sides.items():
            seconds[name].append(timed(work))
    return seconds


def times_quicker(seconds: Mapping[str, list[float]], ours: str, other: str) -> float:
    """The median over the rounds of the other side's seconds to ours."""
    return median(theirs / own for own, theirs in zip(seconds[ours], seconds[other], strict=True))


def exponent(sizes: Iterable[float], seconds: Iterable[float]) -> float:
    """The slope of the line through the logarithms: 0 does not grow, 1 grows as the size does."""
    points = [(log(size), log(spent)) for size, spent in zip(sizes, seconds, strict=True)]
    mean_x, mean_y = (sum(axis) / len(points) for axis in zip(*points, strict=True))
    return sum((x - mean_x) * (y - mean_y) for x, y in points) / sum((x - mean_x) ** 2 for x, _ in points)


def machine() -> dict[str, str]:
    """Processor, cores and system, as far as the system tells them."""
    return {
        "processor": _processor(),
        "cores": str(cpu_count()),
        "system": platform.platform(),
        "python": platform.python_version(),
    }


def versions() -> dict[str, str]:
    """The versions of Chidao and of what it is measured with and against."""
    return {name: _version(name) for name in ("chidao", *LIBRARIES)}


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())
