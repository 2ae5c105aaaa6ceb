"""Load many files: extract on one process, several or a cluster, write in batches, publish, and report."""

import os
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import chain, islice
from pathlib import Path

from chidao.graph.store import Store
from chidao.loaders.extraction import Extraction, Options, Order, extract_batch, refused
from chidao.loaders.ledger import Ledger
from chidao.loaders.load_report import REMEMBERED, LoadReport, Tally, write_report
from chidao.loaders.locations import Location, Named, locations_in
from chidao.loaders.pool import DIED, InOrder, Workers, batched, local_workers
from chidao.loaders.progress import Advance, progress
from chidao.loaders.record_cache import RecordCache
from chidao.loaders.rules import rules_version
from chidao.loaders.writer import Writer

Say = Callable[[str], None]
FEW = 32
"""So many files are read in this process sooner than others are started."""
_BATCH, _BATCH_BYTES = 8, 2_000_000  # sources, and bytes of files, that a worker gets at a time
_WRITTEN, _WRITTEN_BYTES = 1200, 96_000_000  # sources, and bytes of N-Quads, that are acknowledged together


@dataclass(frozen=True, slots=True)
class Means:
    """Who reads: ``jobs`` processes of this machine (None: one for each core where there are more than a `FEW` files),
    or the Dask cluster whose scheduler is at the address ``cluster``.
    """

    jobs: int | None = None
    cluster: str | None = None

    def workers(self, found: Iterator[Location]) -> tuple[AbstractContextManager[Workers], Iterator[Location]]:
        """The workers, and the sources found. Raises StoreError where no cluster answers."""
        if self.cluster is not None:
            from chidao.loaders.cluster import cluster_workers  # noqa: PLC0415 (an extra)

            return cluster_workers(self.cluster), (where.whole for where in found)
        first = list(islice(found, FEW + 1)) if self.jobs is None else []
        jobs = self.jobs or (_cores() if len(first) > FEW else 1)
        return nullcontext(local_workers(jobs)), chain(first, found)


def _cores() -> int:
    """How many processes can work at a time: the cores that this one may use."""
    allowed = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else ()
    return len(allowed) or os.cpu_count() or 1


def load_files(
    paths: tuple[Named, ...], data_dir: Path, jobs: int | None, say: Say, allow_secret: bool = False
) -> LoadReport:
    """`load_sources` on ``jobs`` processes of this machine."""
    return load_sources(paths, data_dir, Means(jobs), say, allow_secret)


def load_sources(
    paths: tuple[Named, ...], data_dir: Path, means: Means, say: Say, allow_secret: bool = False
) -> LoadReport:
    """Bring the store to what the files say; ``say`` is told of each refusal and of each circle found.

    What was read before by the same rules is not read again, and what the store holds is not written again. Members
    that an archive no longer has are withdrawn. Raises StoreError when the folder can't be written or the workers are
    gone; what was loaded before stays, and loading again goes on from there.
    """
    started, begun = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
    with Store.open(data_dir) as store:
        store.prepare()
        tally = write_sources(paths, store, data_dir, means, say, allow_secret)
        written = time.monotonic()
        published = store.publish(means.jobs or _cores())
    for cycle in published.cycles:
        say(f"these documents implement each other in a circle: {', '.join(cycle)}")
    seconds, publishing = written - begun, time.monotonic() - written
    report = LoadReport(data_dir, published.snapshot, started, rules_version(), seconds, publishing, tally)
    write_report(report, data_dir / "report.json", REMEMBERED)
    return report


def write_sources(
    paths: tuple[Named, ...], store: Store, data_dir: Path, means: Means, say: Say, allow_secret: bool = False
) -> Tally:
    """Bring the named graphs of the sources to what the files say, without publishing; see `load_sources`."""
    options = Options(rules_version(), allow_secret, (data_dir / "records").resolve())
    RecordCache(data_dir / "records", options.rules).prepare()
    with (
        Ledger(data_dir, options.rules + ("+secret" if allow_secret else "")) as ledger,
        ThreadPoolExecutor(1) as threads,
    ):
        writer = Writer(store, ledger, data_dir / "records", threads)
        _read(paths, writer, means, options, say)
    return writer.tally


def _read(paths: tuple[Named, ...], writer: Writer, means: Means, options: Options, say: Say) -> None:
    """Read all, and hand it to the writer."""
    archives: set[str] = set()
    held, found = means.workers(_noting_archives(locations_in(paths), archives))
    with held as workers, progress(partial(_count, paths)) as advance:
        work = InOrder(workers, partial(extract_batch, options), lambda order: refused(order.where, DIED))
        orders = batched(map(writer.order, found), _BATCH, _weight, _BATCH_BYTES)
        read = _told(work.results(orders), say, advance)
        for batch in batched(read, _WRITTEN, lambda each: len(each.nquads), _WRITTEN_BYTES):
            writer.write(batch)
            if acknowledged := writer.tally.files["files"]:
                say(f"on the disk so far: {acknowledged} files")
        writer.finish()
    for path in writer.withdraw_left_out(archives):
        say(f"{path}: no longer in the archive; withdrawn")


def _noting_archives(found: Iterator[Location], archives: set[str]) -> Iterator[Location]:
    for where in found:
        if where.members:
            archives.add(str(where.whole.file))
        yield where


def _count(paths: tuple[Named, ...]) -> int | None:
    """How many sources there are, None where a network would have to be asked."""
    return sum(1 for _ in locations_in(paths)) if all(isinstance(path, Path) for path in paths) else None


def _weight(order: Order) -> int:
    """The size of a file in bytes; a guess for what is packed or far away."""
    where = order.where
    if where.members or not isinstance(where.file, Path):
        return _BATCH_BYTES // _BATCH
    try:
        return where.file.stat().st_size
    except OSError:
        return 0


def _told(extractions: Iterator[Extraction], say: Say, advance: Advance) -> Iterator[Extraction]:
    """The extractions, each told of as it comes."""
    for extraction in extractions:
        if extraction.how == "refused":
            say(f"refused {extraction.refusal}")
        elif extraction.how != "known" and not extraction.findings.documents:
            say(f"{extraction.where}: no directive found in it, and none that it reports; kept as a source")
        advance()
        yield extraction
