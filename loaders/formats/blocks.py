"""Write paragraphs and tables as one text in reading order, the same for every kind of file.

Letterhead and signature stand in tables without lines, or in two columns: the left column comes first, then the right
one, as in the flattened texts of portals. Tables of data become rows between bars, which `task_tables` reads.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph; ``close`` when it stands right under the one before it (a title of two lines, an item)."""

    text: str
    close: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell; ``above`` when it only goes on with the cell above it (merged), whose blocks it repeats."""

    blocks: tuple["Paragraph | Table", ...] = ()
    above: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells; a cell that was merged sideways is followed by empty ones."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Paragraph | Table

# What only letterheads, addressees and signatures say: motto, "Hà Nội, ngày 10 tháng 4 năm 2023", "Kính gửi:",
# "Nơi nhận:", "TM. ỦY BAN …"
_FRAME = re.compile(
    r"^\W*(?:CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM|Kính\s+gửi|Nơi\s+nhận"
    r"|[^,\n|]{2,40},\s*ngày\s[\s\d.…]*tháng\s[\s\d.…]*năm\s+\d{4}\W*$|(?:T/?M|K/?T|T/?L|TUQ|T/U\s?Q)[.\s]\s*[A-ZĐỦ])",
    re.M,
)
_LONG_CELL = 8
"""Paragraphs in a cell from which on a table is the layout of a page, not data."""


def written(blocks: Sequence[Block]) -> str:
    """The text of the blocks: a blank line between paragraphs, none before those that stand close."""
    pieces: list[str] = []
    for block in blocks:
        text = block.text.strip() if isinstance(block, Paragraph) else table_text(block)
        if text:
            close = isinstance(block, Paragraph) and block.close
            pieces += ("\n" if close else "\n\n", text)
    return "".join(pieces[1:])


def table_text(table: Table) -> str:
    """A table as rows between bars, or column by column where it only lays out text."""
    return _columns(table) if _is_layout(table) else "\n".join(map(_row, table.rows))


def _is_layout(table: Table) -> bool:
    width = max(map(len, table.rows), default=0)
    cells = [cell for row in table.rows for cell in row]
    nested = any(isinstance(block, Table) for cell in cells for block in cell.blocks)
    if width < 2 or nested or any(len(cell.blocks) > _LONG_CELL for cell in cells):
        return True
    return width <= 4 and any(_FRAME.search(written(cell.blocks)) for cell in cells)


def _columns(table: Table) -> str:
    columns = (
        "\n".join(filter(None, (written(_tight(cell)) for cell in column if not cell.above)))
        for column in _by_column(table)
    )
    return "\n\n".join(filter(None, columns))


def _by_column(table: Table) -> Iterator[list[Cell]]:
    for at in range(max(map(len, table.rows), default=0)):
        yield [row[at] for row in table.rows if at < len(row)]


def _tight(cell: Cell) -> tuple[Block, ...]:
    """The blocks of a short cell without blank lines between them; a long one keeps its own."""
    if len(cell.blocks) > _LONG_CELL and not _FRAME.search(written(cell.blocks[:2])):
        return cell.blocks
    return tuple(Paragraph(block.text, True) if isinstance(block, Paragraph) else block for block in cell.blocks)


def _row(row: tuple[Cell, ...]) -> str:
    return "| " + " | ".join(" ".join(written(cell.blocks).replace("|", "/").split()) for cell in row) + " |"
