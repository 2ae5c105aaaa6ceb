"""Load many files: extract on one process or several, write each as one transaction, publish, and report."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from chidao.graph.errors import SourceError
from chidao.graph.model import Record
from chidao.graph.quads import record_quads
from chidao.graph.store import Store
from chidao.graph.tables import Row
from chidao.loaders.extract import extract
from chidao.loaders.orphans import end_with_parent
from chidao.loaders.read import Location, locations_in, read_source

Say = Callable[[str], None]
_COUNTED = ("documents", "citations", "unnamed", "duties", "unresolved", "unread")


@dataclass(frozen=True, slots=True)
class Extracted:
    """One source: its record and decoded text, or the reason why it was refused."""

    path: str
    record: Record | None = None
    text: str = ""
    refusal: str | None = None


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What came of a load: a row for each file, and the snapshot that holds the result."""

    rows: tuple[Row, ...]
    snapshot: str

    @property
    def refused(self) -> int:
        """How many files were refused."""
        return sum(row["status"] == "refused" for row in self.rows)

    @property
    def read(self) -> int:
        """How many files are in the store now."""
        return len(self.rows) - self.refused


def extract_file(where: Location, allow_secret: bool = False) -> Extracted:
    """Read and extract one source; a refusal is a value, so that the other files go on."""
    try:
        source = read_source(where)
        return Extracted(str(where), extract(source, allow_secret), source.text)
    except SourceError as refusal:
        return Extracted(str(where), refusal=str(refusal))


def extract_files(paths: tuple[Path, ...], jobs: int = 1, allow_secret: bool = False) -> Iterator[Extracted]:
    """Every file named, found below the folders named or packed in an archive, in order, on ``jobs`` processes.

    Texts that are stamped as a State secret are refused, unless ``allow_secret``.
    """
    return _extracted(_found(paths), jobs, allow_secret)


def _found(paths: tuple[Path, ...]) -> tuple[Location, ...]:
    """Each source once."""
    return tuple(dict.fromkeys(locations_in(paths)))


def _extracted(found: tuple[Location, ...], jobs: int, allow_secret: bool) -> Iterator[Extracted]:
    read = partial(extract_file, allow_secret=allow_secret)
    if jobs == 1 or len(found) < 2:
        yield from map(read, found)
        return
    with ProcessPoolExecutor(max_workers=jobs, initializer=end_with_parent) as pool:
        yield from pool.map(read, found, chunksize=4)


def load_files(paths: tuple[Path, ...], data_dir: Path, jobs: int, say: Say, allow_secret: bool = False) -> LoadReport:
    """Bring the store to what the files say; ``say`` is told of each refusal and of each circle found.

    Members that an archive no longer has are withdrawn. Raises StoreError when the folder can't be written; what was
    loaded before stays.
    """
    with Store.open(data_dir) as store:
        if jobs == 1:  # no thread may be at work where processes fork
            store.prepare()
        found = _found(paths)
        rows = tuple(_written(store, _extracted(found, jobs, allow_secret), say))
        for path in _left_out(found, store):
            store.withdraw(path)
            say(f"{path}: no longer in the archive; withdrawn")
        published = store.publish()
    for cycle in published.cycles:
        say(f"these documents implement each other in a circle: {', '.join(cycle)}")
    return LoadReport(rows, published.snapshot)


def _written(store: Store, sources: Iterable[Extracted], say: Say) -> Iterator[Row]:
    """Write each; ``say`` is told after each batch how many files are on the disk whatever happens now."""
    for number, extracted in enumerate(sources, 1):
        yield _stored(store, extracted, say)
        if store.flush_batch():
            say(f"on the disk so far: {number} files")


def _stored(store: Store, extracted: Extracted, say: Say) -> Row:
    """Write one file's record; its row of the report."""
    record = extracted.record
    if record is None:
        say(f"refused {extracted.refusal}")
        return {"file": _shown(extracted.path), "status": "refused"} | dict.fromkeys(_COUNTED, 0)
    if not record.documents:
        say(f"{extracted.path}: no directive found in it, and none that it reports; kept as a source")
    quads = record_quads(record, extracted.text)
    changed = store.replace(record.source.sha256, record.source.path, quads, extracted.text)
    return _row(extracted.path, "loaded" if changed else "unchanged", record)


def _left_out(found: Iterable[Location], store: Store) -> list[str]:
    """The stored members of the archives read that these do not hold any more.

    Where an archive, or one in it, could not be opened, what was loaded from it before stays.
    """
    paths = [str(Location(each.file.resolve(), each.members)) for each in found]
    archives = {path.partition("!/")[0] for path in paths if "!/" in path}
    held = [path for source in store.sources() for path in source.paths if path.partition("!/")[0] in archives]
    kept = tuple(f"{path}!/" for path in paths)
    return [path for path in held if not f"{path}!/".startswith(kept)]


def _shown(path: str) -> str:
    """The name of a file; of a member its whole way into the archive: "a.zip!/b/c.txt"."""
    file, *members = path.split("!/")
    return "!/".join((Path(file).name, *members))


def _row(path: str, status: str, record: Record) -> Row:
    """What was read of a file, and what of it stayed open."""
    return {
        "file": _shown(path),
        "status": status,
        "documents": len(record.documents),
        "citations": len(record.citations),
        "unnamed": len(record.collective_citations) + len(record.oral_instructions),
        "duties": len(record.obligations),
        "unresolved": len(record.unresolved) + sum(c.resolution != "resolved" for c in record.citations),
        "unread": len(record.unread),
    }
