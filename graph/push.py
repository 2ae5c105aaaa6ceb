"""Bringing a remote store to what the current snapshot of a data folder holds, graph by graph.

A graph whose digest the store's marker knows is not sent. Of a large graph, and of the default graph, the difference
to the snapshot pushed before is sent where that is still kept. A push that is cut is taken up by the next one.
"""

import hashlib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from io import BufferedReader, BytesIO
from itertools import chain, islice
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from chidao.graph.errors import StoreError
from chidao.graph.names import SOURCE_GRAPHS
from chidao.graph.publish import read_current, snapshot
from chidao.graph.remote_address import MERGED
from chidao.graph.remote_marker import Marker, note_digests, read_marker, write_marker
from chidao.graph.remote_store import RemoteStore

_PART = 4 << 20  # bytes of N-Triples that are sent at a time
_LARGE = 1 << 20  # bytes of a graph of which the difference is worth finding
_REMOVED = 500  # statements that one update takes away
_READING = 2  # threads; the engine reads beside Python
_NOTED, _NOTED_BYTES = 500, 32 << 20  # graphs, and bytes sent, after which the marker is told
Graph = NamedNode | DefaultGraph


@dataclass(frozen=True, slots=True)
class Pushed:
    """``graphs`` were sent whole or in part, ``removed`` taken away; ``statements`` and ``bytes`` were sent."""

    snapshot: str
    graphs: int = 0
    removed: int = 0
    statements: int = 0
    bytes: int = 0

    def __str__(self) -> str:
        """What was done, in one line."""
        if not self.graphs and not self.removed:
            return f"the store holds snapshot {self.snapshot} already"
        sent = f"{self.graphs} graphs sent ({self.statements} statements), {self.removed} removed"
        return f"pushed snapshot {self.snapshot}: {sent}"


@dataclass(frozen=True, slots=True)
class _Content:
    """What a graph of the snapshot holds."""

    digest: str
    size: int


def reach(store: str) -> None:
    """See that the store that ``--store`` names is there, before work is done for it. Raises StoreError."""
    with RemoteStore.open(store) as remote:
        read_marker(remote)


def push_to(data_dir: Path, store: str) -> Pushed:
    """`push` to the store that ``--store`` names. Raises StoreError."""
    with RemoteStore.open(store) as remote:
        return push(data_dir, remote)


def push(data_dir: Path, remote: RemoteStore) -> Pushed:
    """Push the current snapshot of ``data_dir``. Raises StoreError; then the next push goes on from there.

    Graphs that were pushed before and are gone are removed. Other graphs of the store are left alone; a default graph
    of its own has to be empty before the first push.
    """
    name, marker = read_current(data_dir), read_marker(remote)
    store = pyoxigraph.Store.read_only(str(snapshot(data_dir)))
    if name is None or (marker and marker.snapshot == name):
        return Pushed(name or "")
    if marker is None:
        _require_empty(remote)
        marker = Marker()
    graphs = _graphs(store)
    with ThreadPoolExecutor(_READING) as threads:
        contents = dict(zip(graphs, threads.map(partial(_content, store), graphs.values()), strict=True))
    changed = [iri for iri, content in contents.items() if marker.digests.get(iri) != content.digest]
    gone = sorted(marker.digests.keys() - contents.keys())
    unknown = dict.fromkeys([*changed, *gone], "")
    write_marker(remote, Marker(None, {**marker.digests, **unknown}))
    sending = _Sending(remote, store, _kept(data_dir, marker.snapshot))
    for iri in gone:
        remote.remove(iri)
    _send_all(sending, changed, contents)
    write_marker(remote, Marker(name, {iri: content.digest for iri, content in contents.items()}))
    return Pushed(name, len(changed), len(gone), sending.statements, sending.bytes)


def _graphs(store: pyoxigraph.Store) -> dict[str, Graph]:
    """The graphs of a snapshot by the IRI under which the marker knows them; the default graph is last."""
    named = [graph for graph in store.named_graphs() if isinstance(graph, NamedNode)]
    return {**{graph.value: graph for graph in sorted(named, key=str)}, MERGED: DefaultGraph()}


def _content(store: pyoxigraph.Store, graph: Graph) -> _Content:
    """Of one content the statements always come in one order: that of the engine's index."""
    with _dumped(store, graph) as lines:
        digest = hashlib.file_digest(lines, "sha256").hexdigest()
        return _Content(digest[:32], lines.tell())


def _require_empty(remote: RemoteStore) -> None:
    """The default graph is replaced by the first push. Raises StoreError where that would destroy something."""
    if remote.address.default_graph is None and remote.rows("SELECT * WHERE { ?s ?p ?o } LIMIT 1"):
        raise StoreError(
            f"{remote.address.query}: its default graph holds statements that were not pushed from here, and a push "
            "would replace them; name an empty store, or empty this one first"
        )


def _kept(data_dir: Path, name: str | None) -> pyoxigraph.Store | None:
    """The snapshot that was pushed before, if it is still there."""
    folder = data_dir / "snapshots" / (name or "")
    return pyoxigraph.Store.read_only(str(folder)) if name and folder.is_dir() else None


def _send_all(sending: "_Sending", changed: list[str], contents: dict[str, _Content]) -> None:
    """Send the graphs, and tell the marker from time to time what is done."""
    done: dict[str, str] = {}
    noted = 0
    for iri in changed:
        sending.send(iri, contents[iri].size)
        done[iri] = contents[iri].digest
        if len(done) >= _NOTED or sending.bytes - noted >= _NOTED_BYTES:
            note_digests(sending.remote, done)
            noted = sending.bytes
            done.clear()


class _Sending:
    """What is sent where; counts it."""

    def __init__(self, remote: RemoteStore, after: pyoxigraph.Store, before: pyoxigraph.Store | None) -> None:
        self.remote = remote
        self.statements = self.bytes = 0
        self._after = after
        self._before = before

    def send(self, iri: str, size: int) -> None:
        """Bring one graph up to date: by its difference where it is large, else whole."""
        graph: Graph = DefaultGraph() if iri == MERGED else NamedNode(iri)
        target = self.remote.address.default_graph if iri == MERGED else iri
        if self._before and size > _LARGE:
            self._send_difference(self._before, graph, target)
        else:
            with _dumped(self._after, graph) as lines:
                for number, part in enumerate(_parts(lines)):
                    self._count(part)
                    (self.remote.add if number else self.remote.put)(target, part)

    def _send_difference(self, before: pyoxigraph.Store, graph: Graph, target: str | None) -> None:
        with TemporaryFile() as added, TemporaryFile() as removed:
            for line, is_new in difference(before, self._after, graph):
                (added if is_new else removed).write(line)
            added.seek(0)
            removed.seek(0)
            while batch := list(islice(removed, _REMOVED)):
                self._count(b"".join(batch))
                self.remote.update(_deletion(target, batch))
            for part in _parts(added):
                self._count(part)
                self.remote.add(target, part)

    def _count(self, part: bytes) -> None:
        self.statements += part.count(b"\n")
        self.bytes += len(part)


def difference(before: pyoxigraph.Store, after: pyoxigraph.Store, graph: Graph) -> Iterator[tuple[bytes, bool]]:
    """The statements of a graph that only one of two stores holds, as N-Triples, with whether that is ``after``.

    Both give what they share in one order: so the two are gone through side by side, and only where they part is one
    looked up. Nothing is kept in memory. (Were the order ever another, more would be sent, and nothing wrong.)
    """
    with _dumped(before, graph) as old_lines, _dumped(after, graph) as new_lines:
        old, new = next(old_lines, None), next(new_lines, None)
        while old or new:
            if old == new:
                old, new = next(old_lines, None), next(new_lines, None)
            elif old is not None and not _holds(after, graph, old):
                yield old, False
                old = next(old_lines, None)
            elif new is not None:
                yield new, True
                new = next(new_lines, None)
            else:
                old = next(old_lines, None)


def _holds(store: pyoxigraph.Store, graph: Graph, line: bytes) -> bool:
    triple = next(iter(pyoxigraph.parse(line, RdfFormat.N_TRIPLES)))
    return Quad(triple.subject, triple.predicate, triple.object, graph) in store


def _dumped(store: pyoxigraph.Store, graph: Graph) -> BufferedReader | BytesIO:
    """A file with the statements of the graph, one a line; what one source says goes into memory."""
    if isinstance(graph, NamedNode) and graph.value.startswith(SOURCE_GRAPHS):
        return BytesIO(store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b"")
    with NamedTemporaryFile() as file:  # by its path: the engine writes to a file of Python's bit by bit
        store.dump(file.name, RdfFormat.N_TRIPLES, from_graph=graph)
        return Path(file.name).open("rb")


def _parts(lines: IO[bytes]) -> Iterator[bytes]:
    """The lines together, so many bytes at a time; one empty part where there is none."""
    first = lines.readlines(_PART)
    yield from chain([b"".join(first)], map(b"".join, iter(lambda: lines.readlines(_PART), [])))


def _deletion(graph: str | None, lines: list[bytes]) -> str:
    triples = b"".join(lines).decode()
    return f"DELETE DATA {{ {triples} }}" if graph is None else f"DELETE DATA {{ GRAPH <{graph}> {{ {triples} }} }}"
