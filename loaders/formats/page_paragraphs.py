"""Join the lines of pages to paragraphs, by what a page shows and a flat text has lost: margins, indents, gaps.

A line was wrapped when the first word of the next one had no room left on it.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from chidao.loaders.formats.blocks import Block, Paragraph, Table
from chidao.loaders.formats.page_columns import Column
from chidao.loaders.formats.page_runs import Run

_MARKER = re.compile(
    r"(?:[-–—+•*]\s*\S|\(?\d{1,2}(?:\.\d{1,2})*\s?[.)/-]\s|[a-zđ][.)]\s|[IVX]{1,5}\s?[.)-]\s|Điều\s+\d+[.:]|Nơi\s+nhận|Kính\s+gửi)"
)
# A symbol or date that the line's end cut: "68-" / "CT/TW"
_BROKEN = re.compile(r"\w[-/]$")
_DASH = re.compile(r"[-–—+]\s*\S")


@dataclass(frozen=True, slots=True)
class Placed:
    """A column with its margins; ``left``/``right`` are where its lines begin and end at most."""

    column: Column
    left: float
    right: float

    @property
    def centre(self) -> float:
        """Half way between the margins."""
        return (self.left + self.right) / 2


Part = Placed | Table


def placed(column: Column, margins: tuple[float, float]) -> Placed:
    """A column between the margins of its page; one beside another has margins of its own."""
    if column.flow:
        return Placed(column, *margins)
    return Placed(column, min(ln.left for ln in column.lines), max(ln.right for ln in column.lines))


def margins_of(columns: Sequence[Column]) -> tuple[float, float]:
    """Where the running text of a page begins and ends; of all its columns where it has none."""
    lines = [line for column in columns if column.flow for line in column.lines]
    lines = lines or [line for column in columns for line in column.lines]
    return (min(line.left for line in lines), max(line.right for line in lines)) if lines else (0.0, 0.0)


def paragraphs_of(parts: Iterable[Part]) -> list[Block]:
    """The paragraphs and tables of all pages; a paragraph goes on from one page to the next."""
    blocks: list[Block] = []
    before: tuple[Run, Placed] | None = None
    for part in parts:
        if isinstance(part, Table):
            _add_table(blocks, part)
            before = None
            continue
        for at, line in enumerate(part.column.lines):
            above = before if at or part.column.flow else None
            _add_line(blocks, above, line, part)
            before = (line, part)
        if not part.column.flow:
            before = None
    return blocks


def _add_line(blocks: list[Block], above: tuple[Run, Placed] | None, line: Run, here: Placed) -> None:
    last = blocks[-1] if blocks else None
    if above is None or not isinstance(last, Paragraph):
        blocks.append(Paragraph(line.text))
        return
    first = last.text
    if _goes_on(*above, line, here, first):
        between = "" if _BROKEN.search(first) else " "
        blocks[-1] = Paragraph(f"{first}{between}{line.text}", last.close)
    else:
        blocks.append(Paragraph(line.text, _is_close(*above, line, here)))


def _goes_on(above: Run, there: Placed, line: Run, here: Placed, first: str) -> bool:
    """True when ``line`` is the rest of the paragraph that begins with ``first`` and goes on in the line ``above``."""
    if _MARKER.match(line.text) or (not here.column.flow and not _DASH.match(first)):
        return False
    same_page = there is here
    if same_page and line.top - above.bottom > above.height:
        return False
    if max(line.height, above.height) > 1.7 * min(line.height, above.height):
        return False
    indent = (line.left - here.left) - (above.left - there.left)
    if indent > 0.8 * line.height and not _MARKER.match(above.text):
        return False
    word = line.text.split(" ", 1)[0]
    room = (line.right - line.left) / max(len(line.text), 1) * (len(word) + 1)
    return above.right + room > there.right - 0.4 * line.height


def _is_close(above: Run, there: Placed, line: Run, here: Placed) -> bool:
    """True in a column, and for the centred lines of a title, the full ones between them too."""
    if there is not here or not here.column.flow:
        return there is here
    if line.top - above.bottom > 0.6 * above.height:
        return False
    over, under = _is_centred(above, there), _is_centred(line, here)
    full = line.left - here.left < 0.5 * line.height and here.right - line.right < line.height
    return (over and (under or full)) or (under and line.text[0].islower())


def _is_centred(line: Run, here: Placed) -> bool:
    return abs(line.centre - here.centre) < line.height * 0.5 < line.left - here.left


def _add_table(blocks: list[Block], table: Table) -> None:
    """Add a table; rows of the same width right behind a table go on with it, without the repeated heads."""
    last = blocks[-1] if blocks else None
    if isinstance(last, Table) and len(last.rows[0]) == len(table.rows[0]):
        rows = table.rows[1:] if table.rows[0] == last.rows[0] else table.rows
        blocks[-1] = Table(last.rows + rows)
    else:
        blocks.append(table)
