"""The records of many files, for those who want records and no store."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from chidao.graph.errors import SourceError
from chidao.graph.model import Record
from chidao.loaders.extract import extract
from chidao.loaders.locations import Location, Named, locations_in
from chidao.loaders.pool import DIED, InOrder, batched, local_workers
from chidao.loaders.read import read_source

_BATCH = 4


@dataclass(frozen=True, slots=True)
class Extracted:
    """One source: its record and decoded text, or the reason why it was refused."""

    path: str
    record: Record | None = None
    text: str = ""
    refusal: str | None = None


def extract_file(where: Location, allow_secret: bool = False) -> Extracted:
    """Read and extract one source; a refusal is a value, so that the other files go on."""
    try:
        source = read_source(where)
        return Extracted(str(where), extract(source, allow_secret), source.text)
    except SourceError as refusal:
        return Extracted(str(where), refusal=str(refusal))


def extract_files(paths: tuple[Named, ...], jobs: int = 1, allow_secret: bool = False) -> Iterator[Extracted]:
    """Every file named, found below the folders named or packed in an archive, in order, on ``jobs`` processes.

    Texts that are stamped as a State secret are refused, unless ``allow_secret``.
    """
    work = InOrder(local_workers(jobs), partial(_extract_all, allow_secret), _died)
    yield from work.results(batched(locations_in(paths), _BATCH))


def _extract_all(allow_secret: bool, batch: Sequence[Location]) -> list[Extracted]:
    return [extract_file(where, allow_secret) for where in batch]


def _died(where: Location) -> Extracted:
    return Extracted(str(where), refusal=f"{where}: {DIED}")
