"""The register's tables: CSV files that a jurist can review, read as rows."""

import csv
import lzma
from collections.abc import Iterator, Mapping
from importlib.resources import files


def rows(name: str) -> Iterator[Mapping[str, str]]:
    """The rows of ``ontology/register/<name>.csv`` by column name, in the order of the file."""
    return csv.DictReader(table_bytes(f"{name}.csv").decode("utf-8").splitlines())


def packed_rows(name: str, columns: tuple[str, ...]) -> Iterator[list[str]]:
    """The rows of the large table ``<name>.csv.xz`` as lists. Raises ValueError where its columns are not these."""
    table = csv.reader(lzma.decompress(table_bytes(f"{name}.csv.xz")).decode("utf-8").splitlines())
    header = tuple(next(table))
    if header != columns:
        raise ValueError(f"ontology/register/{name}.csv.xz has the columns {header}, not {columns}")
    return table


def table_bytes(file: str) -> bytes:
    """The bytes of a file of ``ontology/register``."""
    return files("chidao.ontology").joinpath("register", file).read_bytes()


def values(cell: str) -> tuple[str, ...]:
    """The parts of a cell that holds several values: "SNNPTNT;SNN" -> ("SNNPTNT", "SNN")."""
    return tuple(part.strip() for part in cell.split(";") if part.strip())
