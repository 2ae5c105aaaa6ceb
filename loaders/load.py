"""Load many files: extract on one process or several, write each as one transaction, publish, and report."""

from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from chidao.graph.errors import SourceError
from chidao.graph.model import Record
from chidao.graph.quads import record_quads
from chidao.graph.store import Store
from chidao.graph.tables import Row
from chidao.loaders.extract import extract
from chidao.loaders.read import files_in, read_source

Say = Callable[[str], None]
_COUNTED = ("documents", "citations", "unnamed", "duties", "unresolved", "unread")


@dataclass(frozen=True, slots=True)
class Extracted:
    """One file: its record and decoded text, or the reason why it was refused."""

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


def extract_file(path: Path) -> Extracted:
    """Read and extract one file; a refusal is a value, so that the other files go on."""
    try:
        source = read_source(path)
    except SourceError as refusal:
        return Extracted(str(path), refusal=str(refusal))
    return Extracted(str(path), extract(source), source.text)


def extract_files(paths: tuple[Path, ...], jobs: int = 1) -> Iterator[Extracted]:
    """Every file named or found below the folders named, in order, on ``jobs`` processes."""
    found = dict.fromkeys(files_in(paths))
    if jobs == 1 or len(found) < 2:
        yield from map(extract_file, found)
        return
    with ProcessPoolExecutor(max_workers=jobs) as pool:
        yield from pool.map(extract_file, found, chunksize=4)


def load_files(paths: tuple[Path, ...], data_dir: Path, jobs: int, say: Say) -> LoadReport:
    """Bring the store to what the files say; ``say`` is told of each refusal and of each circle found.

    Raises StoreError when the folder can't be written; what was loaded before stays.
    """
    with Store.open(data_dir) as store:
        rows = tuple(_stored(store, extracted, say) for extracted in extract_files(paths, jobs))
        published = store.publish()
    for cycle in published.cycles:
        say(f"these documents implement each other in a circle: {', '.join(cycle)}")
    return LoadReport(rows, published.snapshot)


def _stored(store: Store, extracted: Extracted, say: Say) -> Row:
    """Write one file's record; its row of the report."""
    record = extracted.record
    if record is None:
        say(f"refused {extracted.refusal}")
        return {"file": Path(extracted.path).name, "status": "refused"} | dict.fromkeys(_COUNTED, 0)
    if not record.documents:
        say(f"{extracted.path}: no directive found in it, and none that it reports; kept as a source")
    quads = record_quads(record, extracted.text)
    changed = store.replace(record.source.sha256, record.source.path, quads, extracted.text)
    return _row(extracted.path, "loaded" if changed else "unchanged", record)


def _row(path: str, status: str, record: Record) -> Row:
    """What was read of a file, and what of it stayed open."""
    return {
        "file": Path(path).name,
        "status": status,
        "documents": len(record.documents),
        "citations": len(record.citations),
        "unnamed": len(record.collective_citations) + len(record.oral_instructions),
        "duties": len(record.obligations),
        "unresolved": len(record.unresolved) + sum(c.resolution != "resolved" for c in record.citations),
        "unread": len(record.unread),
    }
