"""The hand-made tables beside this file."""

import csv
from functools import cache
from pathlib import Path


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of this folder."""
    with (Path(__file__).parent / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
