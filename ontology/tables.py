"""The register's tables: CSV files that a jurist can review, read as rows."""

import csv
from collections.abc import Iterator, Mapping
from importlib.resources import files


def rows(name: str) -> Iterator[Mapping[str, str]]:
    """The rows of ``ontology/register/<name>.csv`` by column name, in the order of the file."""
    text = files("chidao.ontology").joinpath("register", f"{name}.csv").read_text(encoding="utf-8")
    return csv.DictReader(text.splitlines())


def values(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values: "SNNPTNT;SNN" -> ("SNNPTNT", "SNN")."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())
