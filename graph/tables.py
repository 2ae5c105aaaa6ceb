"""Rows of values as a table for people, as CSV or as JSON."""

import csv
import io
import json
import sys
from collections.abc import Mapping, Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

Row = Mapping[str, object]
FORMATS = ("table", "csv", "json")


def format_rows(rows: Sequence[Row], form: str, columns: Sequence[str] = (), width: int | None = None) -> str:
    """``rows`` in one of `FORMATS`; ``columns`` names those shown, in order (default: those of the first row)."""
    names = tuple(columns or (rows[0] if rows else ()))
    if form == "json":
        return (
            json.dumps([{name: row.get(name) for name in names} for row in rows], ensure_ascii=False, indent=2) + "\n"
        )
    if form == "csv":
        return _csv(rows, names)
    return _table(rows, names, width)


def _csv(rows: Sequence[Row], names: tuple[str, ...]) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(out, names, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def _table(rows: Sequence[Row], names: tuple[str, ...], width: int | None) -> str:
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold")
    for row in rows:
        # Text, not str: rich would read "[link=…]" of a document's title as its own markup
        table.add_row(*(Text(_cell(row.get(name))) for name in names))
    out = io.StringIO()
    Console(file=out, width=width or _width(), highlight=False).print(table)
    return "\n".join(line.rstrip() for line in out.getvalue().splitlines()) + "\n"


def _width() -> int:
    """The terminal's width; what goes to a file or a pipe is not folded."""
    return Console().width if sys.stdout.isatty() else 10_000


def _cell(value: object) -> str:
    return "" if value is None else printable(str(value))


def printable(text: str) -> str:
    """``text`` with a blank for each control character (line ends too), which a terminal would obey."""
    return "".join(c if c.isprintable() else " " for c in text)
