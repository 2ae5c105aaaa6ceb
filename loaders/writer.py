"""Write what was extracted in batches: one is written by a thread while the next is gathered, and then acknowledged."""

from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

from pyoxigraph import Literal, NamedNode

from chidao.graph.names import source_graph_iri, source_iri
from chidao.graph.store import SourceQuads, Store
from chidao.graph.terms import cd, text
from chidao.loaders.extraction import Extraction, Order
from chidao.loaders.ledger import Entry, Ledger
from chidao.loaders.load_report import Tally
from chidao.loaders.locations import Location
from chidao.loaders.record_cache import forget


def stated_path(where: Location) -> str:
    """The path by which the store and the ledger know a source: whole, and signs that are no text as "?"."""
    return str(where.whole).encode("utf-8", "replace").decode()


@dataclass(slots=True)
class Writer:
    """Brings the store to what the files say. What `ledger` has noted is on the disk."""

    store: Store
    ledger: Ledger
    records: Path
    threads: ThreadPoolExecutor
    tally: Tally = field(default_factory=Tally)
    _pending: tuple[Sequence[Extraction], list[Entry], Future[list[bool]]] | None = None

    def order(self, where: Location) -> Order:
        """What to read at a place; with the hash of what the store holds of it, where the rules are the same."""
        path = stated_path(where)
        sha256 = self.ledger.known(path)
        return Order(where, sha256 if sha256 and self._holds(sha256, path) else "")

    def _holds(self, sha256: str, path: str) -> bool:
        source, graph = NamedNode(source_iri(sha256)), NamedNode(source_graph_iri(sha256))
        return any(self.store.quads.quads_for_pattern(source, cd("path"), text(path), graph))

    def write(self, batch: Sequence[Extraction]) -> None:
        """Begin to write a batch, when the one before has been acknowledged. Raises StoreError."""
        self.finish()
        entries = [self._entry(extraction) for extraction in batch]
        for entry in entries:
            before = self.ledger.hash_at(entry.path)
            if entry.sha256 and before not in ("", entry.sha256):
                forget(self.records, [before])
        new = [extraction for extraction in batch if extraction.how in ("extracted", "kept")]
        self.ledger.begin(entry for entry in entries if entry.status == "loaded")
        items = [SourceQuads(each.sha256, stated_path(each.where), each.nquads, each.text) for each in new]
        self._pending = batch, entries, self.threads.submit(self.store.replace_many, items)

    def finish(self) -> None:
        """Wait for the batch that is being written, and acknowledge it. Raises StoreError."""
        if self._pending is None:
            return
        (batch, entries, written), self._pending = self._pending, None
        changed = iter(written.result())
        for at, entry in enumerate(entries):
            if entry.status == "loaded" and not next(changed):
                entries[at] = replace(entry, status="unchanged")
        self.ledger.note(entries)
        for extraction, entry in zip(batch, entries, strict=True):
            self.tally.add(entry, extraction.how)

    def withdraw_left_out(self, archives: Collection[str]) -> Iterator[str]:
        """Withdraw the members that these archives do not hold any more; their paths.

        Where an archive, or one in it, could not be opened, what was loaded from it before stays.
        """
        if not archives:
            return
        stated = (quad.object for quad in self.store.quads.quads_for_pattern(None, cd("path"), None, None))
        paths = (path.value for path in stated if isinstance(path, Literal) and "!/" in path.value)
        held = [path for path in paths if path.partition("!/")[0] in archives]
        for path in held:
            if not self.ledger.holds(_ways_to(path)):
                forget(self.records, self.store.withdraw(path))
                yield path

    def _entry(self, extraction: Extraction) -> Entry:
        path = stated_path(extraction.where)
        if extraction.how == "refused":
            reason = extraction.refusal
            for name in (str(extraction.where), path):
                reason = reason.removeprefix(f"{name}: ")
            return Entry(path, "refused", reason)
        if extraction.how == "known":
            return Entry(path, "unchanged", "", extraction.sha256, self.ledger.findings(path))
        return Entry(path, "loaded", "", extraction.sha256, extraction.findings)


def _ways_to(path: str) -> Iterator[str]:
    """A member's path and those of the archives around it: "a.zip!/b.zip!/c.txt", "a.zip!/b.zip", "a.zip"."""
    while path:
        yield path
        path = path.rpartition("!/")[0]
