"""Rows as pandas frames with typed columns, and frames as files for spreadsheets.

pandas and XlsxWriter come with the extra ``[notebook]`` and are imported where a frame is made, so that nothing else
needs them.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from chidao.graph.errors import ChidaoError
from chidao.ontology.namespaces import XSD
from chidao.web.downloads import harmless

if TYPE_CHECKING:
    import pandas as pd

LONGEST_CELL = 32_767  # characters that a cell of a spreadsheet holds
_COUNTS = frozenset(str(XSD[name]) for name in ("integer", "int", "long", "nonNegativeInteger", "positiveInteger"))
_FIGURES = frozenset(str(XSD[name]) for name in ("decimal", "double", "float"))
_DATES = frozenset(str(XSD[name]) for name in ("date", "dateTime"))


class NotebookError(ChidaoError):
    """Something for notebooks is missing, or a table can't be written as asked."""


def frame(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> "pd.DataFrame":
    """A frame with ``columns``; counts become Int64, truth values boolean, moments datetime64, missing values stay so.

    Texts stand in it as they are, also those that a spreadsheet would take for a formula. Raises NotebookError where
    pandas is not installed.
    """
    with _extra():
        import pandas as pd  # noqa: PLC0415 - an extra, and slow to import
    listed = list(rows)
    values = {name: [row.get(name) for row in listed] for name in columns}
    return pd.DataFrame({name: pd.Series(column, dtype=_dtype(column)) for name, column in values.items()})


def _dtype(values: Iterable[object]) -> str | None:
    """The type of a column that pandas would not choose itself: None leaves it to pandas."""
    kinds = {type(value) for value in values if value is not None}
    if not kinds:
        return "object"
    return {int: "Int64", bool: "boolean"}.get(kinds.pop()) if len(kinds) == 1 else None


def cell(value: str, datatype: str | None) -> object:
    """The Python value of a literal: int, float, bool, datetime; anything else, and what is malformed, as its text."""
    try:
        if datatype in _COUNTS:
            return int(value)
        if datatype in _FIGURES:
            return float(value)
        if datatype in _DATES:
            return datetime.fromisoformat(value)
    except ValueError:
        return value
    return value == "true" if datatype == str(XSD.boolean) else value


def save(table: "pd.DataFrame", path: str | Path) -> None:
    """Write ``table`` as .csv or .xlsx, whichever ``path`` ends in, so that a spreadsheet runs nothing in it.

    CSV is UTF-8 with a byte order mark, and a text that a spreadsheet would take for a formula gets an apostrophe
    before it. In XLSX every text is a text; moments with a zone become ISO texts, longer cells than it can hold end in
    "…". The frame itself stays as it is. Raises NotebookError for another ending or a missing package.
    """
    path = Path(path)
    match path.suffix.lower():
        case ".csv":
            _write_csv(table, path)
        case ".xlsx":
            _write_xlsx(table, path)
        case other:
            raise NotebookError(
                f"{path}: a table is written as .csv or .xlsx, not as {other or 'a file without ending'}"
            )


def _write_csv(table: "pd.DataFrame", path: Path) -> None:
    safe = table.map(lambda value: harmless(value) if isinstance(value, str) else value)
    safe.to_csv(path, index=False, encoding="utf-8-sig", errors="replace", lineterminator="\n")


def _write_xlsx(table: "pd.DataFrame", path: Path) -> None:
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with _extra():
        import pandas as pd  # noqa: PLC0415 - as above

        writer = pd.ExcelWriter(path, engine="xlsxwriter", engine_kwargs={"options": options})
    with writer:
        table.map(_spreadsheet_cell).to_excel(writer, sheet_name="chidao", index=False, freeze_panes=(1, 0))


def _spreadsheet_cell(value: object) -> object:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return value.isoformat()
    if isinstance(value, str) and len(value) > LONGEST_CELL:
        return value[: LONGEST_CELL - 1] + "…"
    return value


@contextmanager
def _extra() -> Iterator[None]:
    """What is imported here may be missing: then the message says what to install."""
    try:
        yield
    except ImportError as error:
        raise NotebookError(
            f'{error.name or error}: tables need pandas and XlsxWriter: pip install "chidao[notebook]"'
        ) from error
