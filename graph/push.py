"""Bringing a remote store to what the current snapshot of a data folder holds, graph by graph.

Where publishing has kept what changed since the snapshot that the store holds, just that is sent, and nothing is read.
Else every graph is read, and one whose digest the store's marker knows is not sent; of a large one the difference to
the snapshot pushed before is sent, where that is still kept. A push that is cut is taken up by the next one.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode, Quad

from chidao.graph.content_digest import ContentDigest
from chidao.graph.errors import StoreError
from chidao.graph.patch import Patch, patch_between
from chidao.graph.publish import read_current, snapshot
from chidao.graph.push_claim import Claim, locked
from chidao.graph.push_graphs import LARGE, Sending, dumped, named
from chidao.graph.remote_address import MERGED
from chidao.graph.remote_marker import (
    Marker,
    exchange_digests,
    note_digests,
    read_digests,
    read_marker,
    read_state,
    write_marker,
)
from chidao.graph.remote_store import RemoteStore

_READING = 2  # threads; the engine reads beside Python
_TOGETHER = 1 << 20  # bytes of lines that are hashed at a time
_NOTED, _NOTED_BYTES = 500, 32 << 20  # graphs, and bytes sent, after which the marker is told


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
        read_state(remote)


def push_to(data_dir: Path, store: str) -> Pushed:
    """`push` to the store that ``--store`` names. Raises StoreError."""
    with RemoteStore.open(store) as remote:
        return push(data_dir, remote)


def push(data_dir: Path, remote: RemoteStore) -> Pushed:
    """Push the current snapshot of ``data_dir``. Raises StoreError; then the next push goes on from there.

    Graphs that were pushed before and are gone are removed. Other graphs of the store are left alone; a default graph
    of its own has to be empty before the first push.
    """
    snapshot(data_dir)  # there is one
    with locked(data_dir, remote):
        name, state = read_current(data_dir) or "", read_state(remote)
        if state and state.snapshot == name:
            return Pushed(name)
        if state is None:
            _require_empty(remote)
        claim, found = Claim(remote, data_dir, name), state or Marker()
        before = claim.take(found)
        folder = data_dir / "snapshots"
        patch = patch_between(folder, found.snapshot, name) if found.snapshot else None
        sending = Sending(remote)
        done = _send_patch(sending, patch) if patch else None
        graphs, removed = done or _send_all(sending, folder, name, before, claim)
        claim.release(name)
        return Pushed(name, graphs, removed, sending.statements, sending.bytes)


def _require_empty(remote: RemoteStore) -> None:
    """The default graph is replaced by the first push. Raises StoreError where that would destroy something."""
    if remote.address.default_graph is None and remote.rows("SELECT * WHERE { ?s ?p ?o } LIMIT 1"):
        raise StoreError(
            f"{remote.address.query}: its default graph holds statements that were not pushed from here, and a push "
            "would replace them; name an empty store, or empty this one first"
        )


def _send_patch(sending: Sending, patch: Patch) -> tuple[int, int] | None:
    """Send what changed; how many graphs were sent, and how many removed.

    None, and nothing is done, where the marker does not know the graphs that changed.
    """
    removed, added = _by_graph(patch.removed), _by_graph(patch.added)
    graphs = sorted(removed.keys() | added.keys() | {MERGED})
    old = read_digests(sending.remote, graphs)
    if not all(old.get(iri) for iri in removed) or not old.get(MERGED):
        return None
    new = {iri: _changed(old.get(iri, ""), removed.get(iri, ()), added.get(iri, ())) for iri in graphs}
    unknown = dict.fromkeys(graphs, "")
    exchange_digests(sending.remote, old, unknown)
    gone = {iri for iri, digest in new.items() if not int(digest, 16) and iri != MERGED}
    for iri in graphs:
        if iri in gone:
            sending.remote.remove(iri)
        else:
            sending.exchange(iri, removed.get(iri, ()), added.get(iri, ()))
    exchange_digests(sending.remote, unknown, {iri: digest for iri, digest in new.items() if iri not in gone})
    return len(graphs) - len(gone), len(gone)


def _by_graph(quads: Iterable[Quad]) -> dict[str, list[Quad]]:
    found: dict[str, list[Quad]] = {}
    for quad in quads:
        iri = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else MERGED
        found.setdefault(iri, []).append(quad)
    return found


def _changed(digest: str, removed: Iterable[Quad], added: Iterable[Quad]) -> str:
    content = ContentDigest(int(digest or "0", 16))
    content.remove_lines(_SEED, (f"{quad.triple} .\n".encode() for quad in removed))
    content.add_lines(_SEED, (f"{quad.triple} .\n".encode() for quad in added))
    return f"{content.total:032x}"


_SEED = NamedNode(MERGED)  # the graph is told by the marker; its digest is that of its statements


def _send_all(sending: Sending, folder: Path, name: str, before: str | None, claim: Claim) -> tuple[int, int]:
    """Send every graph that is not known to be as it should be; how many were sent and removed."""
    remote, store = sending.remote, pyoxigraph.Store.read_only(str(folder / name))
    marker = read_marker(remote) or Marker()
    contents = _contents(store)
    changed = [iri for iri, content in contents.items() if marker.digests.get(iri) != content.digest]
    gone = sorted(marker.digests.keys() - contents.keys())
    unknown = dict.fromkeys([*changed, *gone], "")
    write_marker(remote, Marker(None, {**marker.digests, **unknown}, (str(claim),)))
    kept = folder / before if before else None
    old = pyoxigraph.Store.read_only(str(kept)) if kept and kept.is_dir() else None
    for iri in gone:
        remote.remove(iri)
    done: dict[str, str] = {}
    noted = 0
    for iri in changed:
        if old and contents[iri].size > LARGE:
            sending.send_difference(iri, old, store)
        else:
            sending.send(iri, store)
        done[iri] = contents[iri].digest
        if len(done) >= _NOTED or sending.bytes - noted >= _NOTED_BYTES:
            claim.renew()
            note_digests(remote, done)
            noted = sending.bytes
            done.clear()
    digests = {iri: content.digest for iri, content in contents.items()}
    claim.renew()
    write_marker(remote, Marker(None, digests, (str(claim),)))
    return len(changed), len(gone)


def _contents(store: pyoxigraph.Store) -> Mapping[str, _Content]:
    """The graphs of a snapshot by the IRI under which the marker knows them; the default graph is last."""
    graphs = sorted(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode))
    with ThreadPoolExecutor(_READING) as threads:
        contents = threads.map(partial(_content, store), [*graphs, MERGED])
        return dict(zip([*graphs, MERGED], contents, strict=True))


def _content(store: pyoxigraph.Store, iri: str) -> _Content:
    digest, size = ContentDigest(), 0
    with dumped(store, named(iri)) as file:
        while lines := file.readlines(_TOGETHER):
            digest.add_lines(_SEED, lines)
            size += sum(map(len, lines))
    return _Content(f"{digest.total:032x}", size)
