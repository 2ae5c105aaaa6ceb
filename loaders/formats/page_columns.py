"""Bring the runs of a page into reading order: a letterhead's or signature's left column before its right one."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chidao.loaders.formats.page_runs import GAP, Run, joined

_PAGE_NUMBER = re.compile(r"[-–—\s]*(?:Trang\s+)?\d{1,4}(?:\s*/\s*\d{1,4})?[-–—\s]*$")
_LIST_HEAD = re.compile(r"Nơi\s+nhận", re.I)
_MARGIN = 0.1
"""Page numbers stand in the upper or lower tenth of a page."""


@dataclass(frozen=True, slots=True)
class Column:
    """Lines below each other; ``flow`` for the running text of the page, False for a column beside another one."""

    lines: tuple[Run, ...]
    flow: bool


@dataclass
class _Band:
    """Rows in two columns, and the empty gutter between them."""

    left: list[Run]
    right: list[Run]
    gutter: tuple[float, float]

    def takes(self, row: Sequence[Run]) -> bool:
        """Take the runs of a row if none crosses the gutter."""
        start, end = self.gutter
        sides = []
        for run in row:
            is_left = run.centre < (start + end) / 2
            start, end = (max(start, run.right), end) if is_left else (start, min(end, run.left))
            sides.append((self.left if is_left else self.right, run))
        if end - start < row[0].height * 0.5:
            return False
        for side, run in sides:
            side.append(run)
        self.gutter = (start, end)
        return True


def columns_of(rows: list[list[Run]], page_height: float) -> list[Column]:
    """The columns of a page in reading order, without page numbers."""
    rows = [row for row in rows if not _is_page_number(row, page_height)]
    centre = _centre(rows)
    columns: list[Column] = []
    flow: list[Run] = []
    at = 0
    while at < len(rows):
        band, after = _band_at(rows, at, centre)
        if band is None:
            flow.append(_one_line(rows[at]))
            at += 1
            continue
        columns += (Column(tuple(flow), True), Column(tuple(band.left), False), Column(tuple(band.right), False))
        flow, at = [], after
    return [column for column in (*columns, Column(tuple(flow), True)) if column.lines]


def _is_page_number(row: list[Run], height: float) -> bool:
    at_edge = row[0].bottom < _MARGIN * height or row[0].top > (1 - _MARGIN) * height
    return len(row) == 1 and at_edge and bool(_PAGE_NUMBER.match(row[0].text))


def _centre(rows: list[list[Run]]) -> float:
    runs = [run for row in rows for run in row]
    return (min(run.left for run in runs) + max(run.right for run in runs)) / 2 if runs else 0.0


def _one_line(row: list[Run]) -> Run:
    line = row[0]
    for run in row[1:]:
        line = joined(line, run, "   ")
    return line


def _band_at(rows: list[list[Run]], at: int, centre: float) -> tuple[_Band | None, int]:
    """The two columns that begin at a row, and the row behind them; None where the row is running text.

    Each has two lines at least, and none of them stands in the middle of the page, as titles do.
    """
    seed, gutter = _seed(rows, at)
    if gutter is None:
        return None, at
    band = _Band([], [], gutter)
    after = at
    while after < len(rows) and len(rows[after]) <= 2 and not _is_title(rows[after], centre):
        if after > seed and len(rows[after]) == 1 and _is_far(rows[after - 1], rows[after]):
            break
        if not band.takes(rows[after]):
            break
        after += 1
    if after <= seed or len(band.left) < 2 or len(band.right) < 2:
        return None, at
    return band, after


def _seed(rows: list[list[Run]], at: int) -> tuple[int, tuple[float, float] | None]:
    """The first row with two runs side by side, and the gutter between them; rows above it belong to the columns only
    where they can be no running text: a signature's first line may stand above the distribution list, or that above it.
    """
    for seed in range(at, min(at + 3, len(rows))):
        pair = _side_by_side(rows, seed)
        if pair:
            alone = (row[0] for row in rows[at:seed])
            fits = all(run.left > pair[0].right or _LIST_HEAD.match(run.text) for run in alone)
            return seed, (pair[0].right, pair[1].left) if fits else None
    return at, None


def _side_by_side(rows: list[list[Run]], at: int) -> tuple[Run, Run] | None:
    """Two runs of one row, or of two rows that overlap since their letters differ in size."""
    if len(rows[at]) == 2:
        return rows[at][0], rows[at][1]
    if len(rows[at]) > 2 or at + 1 >= len(rows) or len(rows[at + 1]) != 1:
        return None
    one, other = sorted((rows[at][0], rows[at + 1][0]), key=lambda run: run.left)
    overlap = min(one.bottom, other.bottom) - max(one.top, other.top)
    apart = other.left - one.right > GAP * one.height
    return (one, other) if apart and overlap > 0.2 * min(one.height, other.height) else None


def _is_title(row: list[Run], centre: float) -> bool:
    return len(row) == 1 and abs(row[0].centre - centre) < row[0].height * 0.7


def _is_far(above: list[Run], row: list[Run]) -> bool:
    return row[0].top - max(run.bottom for run in above) > 5 * row[0].height
