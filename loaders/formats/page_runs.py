"""What stands on a page: runs of letters with their places, and which of them make one line.

Lengths are points or pixels, downwards from the top; rules compare them with the height of the letters only.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

GAP = 1.3
"""A gap of so many heights of a letter parts two runs: justified lines have smaller ones, columns wider ones."""
_MARKER_ALONE = re.compile(r"(?:[-–•+]|\(?(?:\d{1,2}(?:\.\d{1,2})*|[a-zđ]|[IVX]{1,5})[.)]?)$")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one line without a wide gap in it."""

    left: float
    right: float
    top: float
    bottom: float
    text: str

    @property
    def height(self) -> float:
        """The height of its letters."""
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """Half way down its letters."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """Half way along it."""
        return (self.left + self.right) / 2


def beside(one: Run, other: Run) -> bool:
    """True when two runs stand on one line."""
    return abs(one.middle - other.middle) < 0.45 * min(one.height, other.height)


def rows_of(runs: Iterable[Run]) -> list[list[Run]]:
    """The runs line by line, from the left; those that touch are one, as are a list's number and text."""
    rows: list[list[Run]] = []
    for run in sorted(runs, key=lambda run: (run.middle, run.left)):
        above = rows[-1] if rows else []
        if any(_repeats(other, run) for other in above):
            continue
        if any(beside(other, run) for other in above) and not any(_overlaps(other, run) for other in above):
            above.append(run)
        else:
            rows.append([run])
    return [_merged(sorted(row, key=lambda run: run.left)) for row in rows]


def _overlaps(one: Run, other: Run) -> bool:
    """True when one stands below or over the other: a line between theirs in the other column is beside both."""
    return min(one.right, other.right) - max(one.left, other.left) > 0.3 * one.height


def _repeats(one: Run, other: Run) -> bool:
    """True for the second stroke of letters that a program printed twice to make them bold."""
    return one.text == other.text and abs(one.left - other.left) + abs(one.top - other.top) < 0.2 * one.height


def _merged(row: list[Run]) -> list[Run]:
    merged = row[:1]
    for run in row[1:]:
        before = merged[-1]
        gap = run.left - before.right
        if gap < GAP * before.height or (gap < 4 * before.height and _MARKER_ALONE.match(before.text)):
            merged[-1] = joined(before, run, "" if gap < 0.12 * before.height else " ")
        else:
            merged.append(run)
    return merged


def joined(first: Run, second: Run, between: str) -> Run:
    """Two runs as one."""
    return replace(
        first,
        left=min(first.left, second.left),
        right=max(first.right, second.right),
        top=min(first.top, second.top),
        bottom=max(first.bottom, second.bottom),
        text=f"{first.text}{between}{second.text}",
    )
