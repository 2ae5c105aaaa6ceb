"""Phrase tables: CSV files whose rows a jurist can read, as patterns over folded text."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of ``loaders/<name>.csv``."""
    table = files("chidao.loaders").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(table.splitlines()))


@cache
def phrases(name: str, column: str) -> Mapping[str, Mapping[str, str]]:
    """Phrase -> its row; the phrase stands in ``column``."""
    return {row[column]: row for row in rows(name)}


@cache
def pattern(name: str, column: str, classes: frozenset[str] | None = None) -> re.Pattern[str]:
    """One alternation of the phrases of a table, the longest first; a blank stands for any run of blanks.

    ``classes`` chooses rows by their column "class".
    """
    chosen = [phrase for phrase, row in phrases(name, column).items() if classes is None or row["class"] in classes]
    words = [re.escape(phrase).replace(r"\ ", r"\s+") for phrase in sorted(chosen, key=len, reverse=True)]
    return re.compile(rf"\b(?:{'|'.join(words)})\b")


def row_of(name: str, column: str, matched: str) -> Mapping[str, str]:
    """The row of a phrase as it was matched, whatever its blanks."""
    return phrases(name, column)[" ".join(matched.split())]
