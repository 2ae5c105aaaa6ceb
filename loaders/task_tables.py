"""Read tables that assign tasks: a row is a duty, its columns say what, who, with whom and until when.

Readers give tables as lines of cells between bars ("| 1 | Lập danh sách | Sở A | Sở B | Tháng 6/2023 |"); the heads of
the columns say which is which. Other tables, letterheads among them, are left alone.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from chidao.loaders.clean import Clean

_ROW = re.compile(r"^[ \t]*\|(?P<cells>.+)\|[ \t]*$", re.M)
_RULE = re.compile(r"[\s:|-]*$")
_HEADS = (
    ("content", re.compile(r"(?:tên\s+)?(?:nội\s+dung|nhiệm\s+vụ|công\s+việc|hoạt\s+động)\b")),
    ("with", re.compile(r"(?:(?:cơ\s+quan|đơn\s+vị)\s+)?phối\s+hợp\b")),
    (
        "lead",
        re.compile(r"(?:(?:cơ\s+quan|đơn\s+vị|bộ\s+phận)\s+)?(?:chủ\s+trì|thực\s+hiện|phụ\s+trách|được\s+giao)\b"),
    ),
    ("time", re.compile(r"(?:thời\s+(?:gian|hạn)|tiến\s+độ|hạn\s+hoàn\s+thành)\b")),
)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell at ``start:end`` of the clean text, without blanks at its ends; ``kind`` by the head of its column."""

    kind: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Table:
    """A table at ``start:end`` of the clean text; each row is the cells that say something of a task."""

    start: int
    end: int
    rows: tuple[tuple[Cell, ...], ...]


def _clean_offset(clean: Clean, source: int) -> int:
    at = bisect_right(clean.sources, source) - 1
    return clean.starts[at] + source - clean.sources[at]


def _spans(clean: Clean, row: re.Match[str]) -> list[tuple[int, int]]:
    """The cells of a row, in the clean text."""
    spans, at = [], row.start("cells")
    for cell in row["cells"].split("|"):
        start = at + len(cell) - len(cell.lstrip())
        spans.append((_clean_offset(clean, start), _clean_offset(clean, at + len(cell.rstrip()))))
        at += len(cell) + 1
    return spans


def _kinds(clean: Clean, spans: list[tuple[int, int]]) -> list[str]:
    """What each column holds by its head; "" for numbers, products, notes."""
    return [next((kind for kind, form in _HEADS if form.match(clean.key, start, end)), "") for start, end in spans]


@lru_cache(maxsize=2)
def tables_of(clean: Clean) -> tuple[Table, ...]:
    """The tables of a text whose heads name a task and who does it; each of its annexes asks for them."""
    start, end = clean.source_offset(0), clean.source_offset(len(clean.text))
    found = (_table(clean, rows) for rows in _blocks(clean.source, start, end))
    return tuple(table for table in found if table and table.start >= 0 and table.end <= len(clean.text))


def _blocks(source: str, start: int, end: int) -> Iterator[list[re.Match[str]]]:
    """Runs of table rows between two offsets that follow each other line by line."""
    block: list[re.Match[str]] = []
    for row in _ROW.finditer(source, start, end) if source.find("|", start, end) >= 0 else ():
        if block and source[block[-1].end() : row.start()].strip(" \t\r") != "\n":
            yield block
            block = []
        block.append(row)
    if block:
        yield block


def _table(clean: Clean, rows: list[re.Match[str]]) -> Table | None:
    kinds = _kinds(clean, _spans(clean, rows[0]))
    if not {"content", "lead"} <= set(kinds):
        return None
    tasks = []
    for row in rows[1:]:
        spans = _spans(clean, row)
        if _RULE.match(row["cells"]) or len(spans) != len(kinds):
            continue
        cells = tuple(Cell(kind, *span) for kind, span in zip(kinds, spans, strict=True) if kind and span[0] < span[1])
        if any(cell.kind == "content" for cell in cells):
            tasks.append(cells)
    return Table(_clean_offset(clean, rows[0].start()), _clean_offset(clean, rows[-1].end()), tuple(tasks))
