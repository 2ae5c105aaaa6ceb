"""Publishing: from the named graphs of the sources to a snapshot that readers open.

A snapshot is a copy of the store (hard links), which holds the sources and the places of the register. Ontology, bodies
of the register, what is derived and the merge of all are added to it. It is built aside and named only when whole, so a
reader never sees half of it; DATA/snapshots/current holds its name.
"""

import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from chidao.graph.derive import Derivation, derive
from chidao.graph.errors import StoreError
from chidao.graph.identify import canonical_documents
from chidao.graph.members import member_quads
from chidao.graph.names import graph_iri
from chidao.graph.place_base import keep_places, stated_quads, version_quads
from chidao.graph.register_quads import BodiesNamed
from chidao.graph.rulings import correct, rule, struck_edges
from chidao.graph.terms import cd
from chidao.graph.texts import write_durably
from chidao.ontology.vocabulary import vocabulary_ntriples

KEPT_SNAPSHOTS = 5  # permalinks name one: a week of working days; each costs the disk a default graph of its own
_BUILDING = "building"


@dataclass(frozen=True, slots=True)
class Published:
    """The current snapshot; ``cycles`` are groups of documents that implement each other in a circle."""

    snapshot: str
    changed: bool = True
    quads: int = 0
    cycles: tuple[tuple[str, ...], ...] = ()


def publish(live: pyoxigraph.Store, data_dir: Path, placed: Callable[[], None]) -> Published:
    """Build the snapshot of what ``live`` holds, make it the current one and prune old ones. Raises OSError.

    ``placed`` returns when no thread writes the places of the register any more; the members of groups are worked out
    meanwhile. The snapshot is named by its content: the same sources give the same name, on any machine.
    """
    discard_unfinished(data_dir)
    folder = data_dir / "snapshots"
    building = folder / _BUILDING
    members = list(member_quads(live))
    placed()
    keep_places(live)
    try:
        live.backup(str(building))
        derivation, name, quads = _build(building, members)
    except OSError:
        discard_unfinished(data_dir)  # a full disk gets its room back
        raise
    if (folder / name).exists():
        shutil.rmtree(building)
        (folder / name).touch()
    else:
        building.rename(folder / name)
    write_durably(folder / "current", name.encode())
    _prune(folder, name)
    return Published(name, True, quads, derivation.cycles)


def read_current(data_dir: Path) -> str | None:
    """The name of the current snapshot, None before the first."""
    try:
        return (data_dir / "snapshots" / "current").read_text()
    except FileNotFoundError:
        return None


def snapshot(data_dir: Path) -> Path:
    """The folder of the current snapshot, to be opened with ``pyoxigraph.Store.read_only``. Raises StoreError."""
    name = read_current(data_dir)
    if name is None:
        raise StoreError(f"{data_dir} holds nothing published; load something first, or name another --data folder")
    return data_dir / "snapshots" / name


def discard_unfinished(data_dir: Path) -> None:
    """Remove the snapshot that a killed process did not finish."""
    for name in (_BUILDING, f"{_BUILDING}.tmp"):  # the engine's own, until a backup is whole
        shutil.rmtree(data_dir / "snapshots" / name, ignore_errors=True)


def merged(quads: Iterable[Quad], canonical: Mapping[str, str]) -> Iterator[Quad]:
    """The default graph: every statement of the named graphs, with canonical IRIs in place of local ones.

    The store keeps one of equal statements. Only what joins both IRIs keeps the local one.
    """
    shared: dict[object, NamedNode] = {NamedNode(local): NamedNode(iri) for local, iri in canonical.items()}
    joining = {cd("sameDocumentAs"), cd("localDocument"), cd("canonicalDocument")}
    default = DefaultGraph()
    for quad in quads:
        subject, target = quad.subject, quad.object
        if shared and quad.predicate not in joining:
            subject, target = shared.get(subject, subject), shared.get(target, target)
        yield Quad(subject, quad.predicate, target, default)


class ContentDigest:
    """A name for a set of quads that does not depend on their order: the sum of their hashes."""

    def __init__(self) -> None:
        self._sum = 0

    def watch(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Pass the quads on, adding each to the digest."""
        for quad in quads:
            digest = hashlib.blake2b(str(quad).encode(), digest_size=16).digest()
            self._sum = (self._sum + int.from_bytes(digest, "big")) % 2**128
            yield quad

    def add(self, quads: Iterable[Quad]) -> None:
        """Add the quads to the digest."""
        for _ in self.watch(quads):
            pass

    def hexdigest(self) -> str:
        """Sixteen hexadecimal digits."""
        return f"{self._sum:032x}"[:16]


def _build(building: Path, members: Sequence[Quad]) -> tuple[Derivation, str, int]:
    """Add what is worked out to the copy: (derivation, name of the content, quads). The copy is closed on return."""
    store = pyoxigraph.Store(str(building))
    store.bulk_load(vocabulary_ntriples(), RdfFormat.N_TRIPLES, to_graph=NamedNode(graph_iri("ontology")))
    store.bulk_extend(members)
    rulings = rule(store)
    derivation = derive(store, struck_edges(store, rulings))
    named, digest, canonical = BodiesNamed(), ContentDigest(), canonical_documents(store)
    store.bulk_extend(merged(digest.watch(named.watch(stated_quads(store))), canonical))
    bodies = list(named.quads())
    store.bulk_extend(bodies)
    store.bulk_extend(merged(digest.watch(bodies), canonical))
    correct(store, rulings, canonical)
    digest.add(version_quads())
    store.flush()
    return derivation, digest.hexdigest(), len(store)


def _prune(folder: Path, current: str) -> None:
    """Keep the newest snapshots, by the time of their making, and the current one."""
    snapshots = [path for path in folder.iterdir() if path.is_dir() and path.name != _BUILDING]
    newest = sorted(snapshots, key=lambda path: path.stat().st_mtime_ns, reverse=True)[:KEPT_SNAPSHOTS]
    for path in snapshots:
        if path not in newest and path.name != current:
            path.rename(folder / _BUILDING)  # half of one must never stand under the name of its content
            shutil.rmtree(folder / _BUILDING)
