"""Find the drawn tables of a PDF page: lines that cross, the cells between them, and the text in each."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import pypdfium2 as pdfium
from pypdfium2 import raw

from chidao.loaders.formats.blocks import Cell, Paragraph, Table
from chidao.loaders.formats.page_runs import Run, rows_of

_NEAR = 3.0
"""Points within which two ends of lines meet."""
_MOST_LINES = 4000


@dataclass(frozen=True, slots=True)
class Stroke:
    """A level (``flat``) or upright line at ``at``, from ``start`` to ``end``, in points from the upper left corner."""

    flat: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A table: the places of its upright and level lines, and the strokes themselves."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    strokes: tuple[Stroke, ...]

    def holds(self, run: Run) -> bool:
        """True when a run stands inside."""
        return self.xs[0] < run.centre < self.xs[-1] and self.ys[0] < run.middle < self.ys[-1]


def strokes_of(page: pdfium.PdfPage) -> list[Stroke]:
    """The level and upright lines that are drawn on a page, sides of thin and of framed rectangles among them."""
    height = page.get_height()
    found: list[Stroke] = []
    for path in page.get_objects(filter=(raw.FPDF_PAGEOBJ_PATH,), max_depth=4):
        for (x0, y0), (x1, y1) in _segments(path):
            if abs(y0 - y1) < 1 < abs(x0 - x1):
                found.append(Stroke(True, height - y0, min(x0, x1), max(x0, x1)))
            elif abs(x0 - x1) < 1 < abs(y0 - y1):
                found.append(Stroke(False, x0, height - max(y0, y1), height - min(y0, y1)))
        if len(found) > _MOST_LINES:
            return []
    return found


def _segments(path: pdfium.PdfObject) -> Iterator[tuple[tuple[float, float], tuple[float, float]]]:
    matrix = path.get_matrix()
    first = before = (0.0, 0.0)
    for at in range(min(raw.FPDFPath_CountSegments(path), _MOST_LINES)):
        segment = raw.FPDFPath_GetPathSegment(path, at)
        x, y = ctypes.c_float(), ctypes.c_float()
        raw.FPDFPathSegment_GetPoint(segment, x, y)
        here = matrix.on_point(x.value, y.value)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            first = here
        else:
            yield before, here
        before = here
        if raw.FPDFPathSegment_GetClose(segment):
            yield here, first


def grids_of(strokes: Sequence[Stroke]) -> list[Grid]:
    """The tables: groups of lines that meet, with two rows or columns at least."""
    groups: list[list[Stroke]] = []
    for stroke in strokes:
        meeting = [group for group in groups if any(_meet(stroke, other) for other in group)]
        groups = [group for group in groups if group not in meeting]
        groups.append([stroke, *(each for group in meeting for each in group)])
    grids = (_grid(group) for group in groups)
    return sorted((grid for grid in grids if grid), key=lambda grid: grid.ys[0])


def _meet(one: Stroke, other: Stroke) -> bool:
    if one.flat == other.flat:
        touching = one.start - _NEAR <= other.end and other.start - _NEAR <= one.end
        return abs(one.at - other.at) < _NEAR and touching
    return one.start - _NEAR <= other.at <= one.end + _NEAR and other.start - _NEAR <= one.at <= other.end + _NEAR


def _grid(strokes: list[Stroke]) -> Grid | None:
    xs = _levels(stroke.at for stroke in strokes if not stroke.flat)
    ys = _levels(stroke.at for stroke in strokes if stroke.flat)
    if len(xs) < 3 or len(ys) < 3:
        return None
    return Grid(xs, ys, tuple(strokes))


def _levels(values: Iterable[float]) -> tuple[float, ...]:
    levels: list[float] = []
    for value in sorted(values):
        if not levels or value - levels[-1] > _NEAR:
            levels.append(value)
    return tuple(levels)


def table_of(grid: Grid, runs: Sequence[Run]) -> Table:
    """The text of a grid; cells without a line between them are merged."""
    rows: list[tuple[Cell, ...]] = []
    for top, bottom in pairwise(grid.ys):
        row: list[Cell] = []
        for left, right in pairwise(grid.xs):
            inside = [run for run in runs if left < run.centre < right and top < run.middle < bottom]
            open_above = bool(rows) and not _drawn(grid, True, top, (left + right) / 2)
            if open_above and not inside:
                row.append(Cell(rows[-1][len(row)].blocks, True))
            else:
                row.append(Cell(_blocks(inside)))
        rows.append(tuple(row))
    return Table(tuple(rows))


def _drawn(grid: Grid, flat: bool, at: float, through: float) -> bool:
    return any(
        stroke.flat == flat and abs(stroke.at - at) <= _NEAR and stroke.start <= through <= stroke.end
        for stroke in grid.strokes
    )


def _blocks(runs: Sequence[Run]) -> tuple[Paragraph, ...]:
    text = " ".join(run.text for row in rows_of(runs) for run in row)
    return (Paragraph(text),) if text else ()
