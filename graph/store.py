"""The writer's store: one named graph for each source and the curated graph, on disk under DATA/store.

What is worked out (register, derived and default graph) exists in published snapshots only, see ``publish``.
A transaction is whole or absent after ``kill -9``; a text is on the disk before the transaction that speaks of it. What
a batch acknowledges is on the disk; what a killed process leaves unfinished goes when the next writer opens the folder.
"""

import errno
import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import pyoxigraph
from pyoxigraph import NamedNode, Quad, RdfFormat

from chidao.graph.errors import NotFoundError, StoreError
from chidao.graph.facts import Facts
from chidao.graph.journal import Journal
from chidao.graph.names import SOURCE_GRAPHS, graph_iri, source_graph_iri, source_iri
from chidao.graph.place_base import keep_places
from chidao.graph.publish import Published, discard_unfinished, publish, read_current
from chidao.graph.terms import cd, text
from chidao.graph.texts import remove_texts, sweep, write_text, write_texts

_FULL = ("No space left", "Disk quota exceeded")
_LEFT_BEHIND = ("store/bulk-*.sst", "store/*.dbtmp", "store/LOG.old.*", "snapshots/*.part", "*.part")


@dataclass(frozen=True, slots=True)
class SourceQuads:
    """What one source says: ``nquads`` are the statements of its graph, without blank nodes, one a line, in UTF-8."""

    sha256: str
    path: str
    nquads: bytes
    text: str


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source text in the store; ``paths`` in order, more than one where the same bytes were loaded twice."""

    sha256: str
    paths: tuple[str, ...]


class Store:
    """The only writer of a data folder. Use as a context manager, or ``close`` it."""

    def __init__(self, data_dir: Path, quads: pyoxigraph.Store) -> None:
        self._data_dir = data_dir
        self._texts = data_dir / "texts"
        self._journal = Journal(data_dir / "unpublished")
        self._quads: pyoxigraph.Store | None = quads
        self._prepared: Future[None] | None = None

    @classmethod
    def open(cls, data_dir: Path, create: bool = True) -> Self:
        """Open DATA for writing and sweep what a killed process left behind.

        Raises StoreError when another process is writing, the folder can't be used, or it is not there and ``create``
        is false.
        """
        if not create and not (data_dir / "store").is_dir():
            raise StoreError(f"{data_dir} holds no Chidao data; load something first, or name another --data folder")
        with _explained(data_dir):
            for name in ("store", "texts", "snapshots"):
                (data_dir / name).mkdir(parents=True, exist_ok=True)
            store = cls(data_dir, pyoxigraph.Store(str(data_dir / "store")))
            discard_unfinished(data_dir)
            _sweep_files(data_dir)
            if store._journal.pending:  # else no text was being written, and counting the sources takes seconds
                sweep(store._texts, store._held())
        return store

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def prepare(self) -> None:
        """Begin to put the places of the register into a new store, while texts are being read; ``publish`` waits."""
        threads = ThreadPoolExecutor(1)
        self._prepared = threads.submit(keep_places, self.quads)
        threads.shutdown(wait=False)

    def _await_places(self) -> None:
        prepared, self._prepared = self._prepared, None
        if prepared:
            prepared.result()

    def close(self) -> None:
        """Sync everything to the disk and give up the lock, also where the disk is full."""
        try:
            with _explained(self._data_dir):
                self._await_places()
            if self._quads is not None:
                self.flush()
        finally:
            if self._quads is not None:
                _sweep_files(self._data_dir)
            self._quads = None

    @property
    def quads(self) -> pyoxigraph.Store:
        """The named graphs of the sources and the curated graph, for reading."""
        if self._quads is None:
            raise StoreError(f"the store in {self._data_dir} was closed; open it again")
        return self._quads

    def sources(self) -> list[StoredSource]:
        """Every source, in the order of its SHA-256."""
        facts = Facts(self.quads, None)
        found = ((sha256, facts.values(source, cd("path"))) for source, sha256 in facts.pairs(cd("sha256")))
        stored = (StoredSource(sha256.value, tuple(paths)) for sha256, paths in found)
        return sorted(stored, key=lambda source: source.sha256)

    def _held(self) -> set[str]:
        """The first sixteen digits of the SHA-256 of each source."""
        graphs = (graph.value for graph in self.quads.named_graphs() if isinstance(graph, NamedNode))
        return {graph.removeprefix(SOURCE_GRAPHS) for graph in graphs}

    def _discard_texts(self, changed: frozenset[str] | None) -> None:
        """Remove the texts of sources that went; ``changed`` are the graphs that may have gone, None: not known."""
        if changed is None:
            sweep(self._texts, self._held())
            return
        gone = {graph for graph in changed if not self.quads.contains_named_graph(NamedNode(graph))}
        if gone:
            remove_texts(self._texts, {graph.removeprefix(SOURCE_GRAPHS) for graph in gone})

    def replace_many(self, items: Iterable[SourceQuads]) -> list[bool]:
        """``replace`` for each, in order, and one sync to the disk; for each whether it changed anything.

        Sources that are new are written together, all or none of them after ``kill -9``.
        """
        results: list[bool] = []
        fresh: dict[str, SourceQuads] = {}  # by graph
        for item in items:
            graph = source_graph_iri(item.sha256)
            if graph not in fresh and self._is_new(item, {each.path for each in fresh.values()}):
                fresh[graph] = item
                results.append(True)
            else:
                self._write_new(fresh)
                fresh.clear()
                quads = pyoxigraph.parse(item.nquads, RdfFormat.N_QUADS)
                results.append(self.replace(item.sha256, item.path, quads, item.text))
        self._write_new(fresh)
        self.flush()
        return results

    def _is_new(self, item: SourceQuads, taken: Container[str]) -> bool:
        """True where neither the source nor its path is in the store or in ``taken``."""
        if item.path in taken or self.quads.contains_named_graph(NamedNode(source_graph_iri(item.sha256))):
            return False
        return not any(self.quads.quads_for_pattern(None, cd("path"), _path(item.path), None))

    def _write_new(self, items: Mapping[str, SourceQuads]) -> None:
        with _explained(self._data_dir):
            if not items:
                return
            self._journal.note(items)
            write_texts(self._texts, {item.sha256: item.text for item in items.values()})
            self.quads.bulk_load(b"".join(_stated_at_path(item) for item in items.values()), RdfFormat.N_QUADS)

    def replace(self, sha256: str, path: str, quads: Iterable[Quad], full_text: str) -> bool:
        """Make the source ``sha256`` what stands at ``path``, in one transaction; False where nothing changes.

        A source that stood there before goes, unless its bytes are also at another path. ``path`` counts, not the path
        that ``quads`` state.
        """
        graph, source = NamedNode(source_graph_iri(sha256)), NamedNode(source_iri(sha256))
        paths = self.quads.quads_for_pattern(source, cd("path"), None, graph)
        said = (quad for quad in quads if quad.predicate != cd("path"))
        new = {*said, Quad(source, cd("path"), _path(path), graph), *paths}
        old = set(self.quads.quads_for_pattern(None, None, None, graph))
        drop, moved = self._leaving(path, source)
        if new == old and not drop and not moved:
            return False
        with _explained(self._data_dir):
            self._journal.note([graph.value])
            write_text(self._texts, sha256, full_text)
        self._commit(drop, {*moved, *(old - new)}, new - old)
        return True

    def withdraw(self, name: str) -> tuple[str, ...]:
        """Remove a source by its path, SHA-256 or the first sixteen digits of that; returns the SHA-256s removed.

        By path, a source whose bytes are also at another path only loses this path. Raises NotFoundError.
        """
        drop, moved = self._leaving(name, None)
        if self._is_hash(name):
            drop, moved = [NamedNode(source_graph_iri(name))], set()
        if not drop and not moved:
            raise NotFoundError(f"no source {name!r} is loaded; `chidao info` lists the paths and hashes")
        facts = [Facts(self.quads, graph) for graph in drop]
        removed = sorted(sha256.value for each in facts for _, sha256 in each.pairs(cd("sha256")))
        self._commit(drop, moved, set())
        return tuple(removed)

    def _is_hash(self, name: str) -> bool:
        """True for the SHA-256 of a source in the store, or its first sixteen digits."""
        digits = re.fullmatch("[0-9a-f]{16}|[0-9a-f]{64}", name)
        held = Facts(self.quads, None).values(NamedNode(source_iri(name)), cd("sha256")) if digits else []
        return any(name in (sha256, sha256[:16]) for sha256 in held)

    def curate(self, quads: Iterable[Quad]) -> None:
        """Add what a person confirmed, refused or settled. Raises ValueError for quads of another graph."""
        added = set(quads)
        if any(quad.graph_name != NamedNode(graph_iri("curated")) for quad in added):
            raise ValueError(f"curated statements belong to the graph {graph_iri('curated')}")
        self._commit([], set(), added)

    def flush(self) -> None:
        """Sync to the disk what was written: after it, a batch may be acknowledged."""
        with _explained(self._data_dir):
            self.quads.flush()

    def publish(self, jobs: int = 1) -> Published:
        """Derive, merge and make the snapshot that readers use from now on; nothing is done where nothing changed.

        ``jobs`` processes share the work where much has to be worked out.
        """
        with _explained(self._data_dir):
            self.flush()
            current = read_current(self._data_dir)
            if current is not None and not self._journal.pending:
                return Published(current, changed=False)
            changed = self._journal.graphs()
            published = publish(self.quads, self._data_dir, self._await_places, changed, jobs)
            self._discard_texts(changed)
            self._journal.clear()
        return published

    def _leaving(self, path: str, staying: NamedNode | None) -> tuple[list[NamedNode], set[Quad]]:
        """Graphs that end, and path statements that go from graphs that stay, when another source takes ``path``."""
        drop: list[NamedNode] = []
        moved: set[Quad] = set()
        for quad in self.quads.quads_for_pattern(None, cd("path"), _path(path), None):
            if quad.subject == staying:
                continue
            others = self.quads.quads_for_pattern(quad.subject, cd("path"), None, quad.graph_name)
            if sum(1 for _ in others) > 1:
                moved.add(quad)
            elif isinstance(quad.graph_name, NamedNode):
                drop.append(quad.graph_name)
        return drop, moved

    def _commit(self, drop: Sequence[NamedNode], remove: set[Quad], add: set[Quad]) -> None:
        with _explained(self._data_dir):
            self._journal.note(_graphs(drop, remove | add))
            if drop or remove:
                self.quads.update("; ".join(_operations(drop, remove, add)))
            else:
                self.quads.extend(add)


def _graphs(graphs: Iterable[NamedNode], quads: Iterable[Quad]) -> Iterator[str]:
    """The names of the graphs and of those of the quads, once."""
    named = {graph.value for graph in graphs}
    yield from sorted(named | {quad.graph_name.value for quad in quads if isinstance(quad.graph_name, NamedNode)})


def _stated_at_path(item: SourceQuads) -> bytes:
    """The statements of a source with its path as the only one."""
    source, graph = NamedNode(source_iri(item.sha256)), NamedNode(source_graph_iri(item.sha256))
    path = f"{source} {cd('path')} ".encode()
    said = b"".join(line for line in item.nquads.splitlines(keepends=True) if not line.startswith(path))
    return said + path + f"{_path(item.path)} {graph} .\n".encode()


def _operations(drop: Sequence[NamedNode], remove: set[Quad], add: set[Quad]) -> Iterator[str]:
    """SPARQL operations; one request with all of them is one transaction."""
    yield from (f"DROP SILENT GRAPH {graph}" for graph in drop)
    for verb, quads in (("DELETE", remove), ("INSERT", add)):
        for graph in sorted({quad.graph_name for quad in quads}, key=str):
            triples = (quad.triple for quad in quads if quad.graph_name == graph)
            lines = (pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b"").decode()
            yield f"{verb} DATA {{ GRAPH {graph} {{ {lines} }} }}"


def _sweep_files(data_dir: Path) -> None:
    """Remove what bulk loads and durable writes of a killed process did not finish; only who holds the lock may."""
    for pattern in _LEFT_BEHIND:
        for path in data_dir.glob(pattern):
            path.unlink(missing_ok=True)


def _path(path: str) -> pyoxigraph.Literal:
    literal = text(path)
    assert literal is not None  # noqa: S101 - only None gives None
    return literal


@contextmanager
def _explained(data_dir: Path) -> Iterator[None]:
    """Turn errors of the disk and of the engine into a StoreError that says what to do."""
    try:
        yield
    except OSError as error:
        raise StoreError(_explanation(data_dir, error)) from error


def _explanation(data_dir: Path, error: OSError) -> str:
    message = str(error)
    if "LOCK" in message or "lock hold" in message:
        return f"{data_dir} is being written by another process; wait until it has ended, or name another --data folder"
    if error.errno in (errno.ENOSPC, errno.EDQUOT) or any(words in message for words in _FULL):
        return f"the disk of {data_dir} is full; what was loaded before is safe, free some space and try again"
    return f"{data_dir} can't be used as a data folder: {message}"
