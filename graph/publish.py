"""Publishing: from the named graphs of the sources to a snapshot that readers open.

A snapshot is a copy of the store (hard links), which holds the sources and the places of the register. Ontology, bodies
of the register, what is derived and the merge of all are added to it. It is built aside and named only when whole, so a
reader never sees half of it; DATA/snapshots/current holds its name.
"""

import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from chidao.graph.derive import Cycles
from chidao.graph.errors import StoreError
from chidao.graph.members import member_quads
from chidao.graph.patch import PATCH, Patch, write_patch
from chidao.graph.place_base import keep_places
from chidao.graph.publication import Publication, read_publication, write_publication
from chidao.graph.rebuild import rebuild
from chidao.graph.renew import renew
from chidao.graph.texts import write_durably

KEPT_SNAPSHOTS = 5  # permalinks name one: a week of working days; each costs the disk a default graph of its own
_BUILDING, _SCRATCH = "building", "scratch"
_FEW, _SHARE = 20, 10  # so many changed graphs, and one in so many sources: then to rebuild is not slower


@dataclass(frozen=True, slots=True)
class Published:
    """The current snapshot; ``cycles`` are groups of documents that implement each other in a circle."""

    snapshot: str
    changed: bool = True
    cycles: Cycles = ()


def publish(
    live: pyoxigraph.Store,
    data_dir: Path,
    placed: Callable[[], None],
    graphs: frozenset[str] | None = None,
    jobs: int = 1,
) -> Published:
    """Build the snapshot of what ``live`` holds, make it the current one and prune old ones. Raises OSError.

    ``placed`` returns when no thread writes the places of the register any more. ``graphs`` are those that may have
    changed since the current snapshot, None where that is not known: where they are few, the new snapshot is made of
    the current one. Both ways give the same. It is named by its content: the same sources give the same name, on any
    machine. ``jobs`` processes share the work where all is worked out anew.
    """
    discard_unfinished(data_dir)
    folder = data_dir / "snapshots"
    current = read_current(data_dir)
    made = read_publication(folder, current) if current and graphs is not None else None
    try:
        if current and made and graphs is not None and len(graphs) <= _FEW + made.sources // _SHARE:
            placed()
            publication, circles, patch = _renewed(live, folder, current, made, graphs)
        else:
            (publication, circles), patch = _rebuilt(live, folder, placed, jobs), None
    except OSError:
        discard_unfinished(data_dir)  # a full disk gets its room back
        raise
    _keep(folder, publication)
    if patch and patch.before != publication.name:
        write_patch(folder, publication.name, patch)
    write_durably(folder / "current", publication.name.encode())
    _prune(folder, publication.name)
    return Published(publication.name, True, circles)


def _renewed(
    live: pyoxigraph.Store, folder: Path, current: str, made: Publication, graphs: frozenset[str]
) -> tuple[Publication, Cycles, Patch]:
    """The snapshot under construction, made of the current one. It is closed on return: nothing may hold on to it."""
    before = pyoxigraph.Store.read_only(str(folder / current))
    before.backup(str(folder / _BUILDING))
    store = pyoxigraph.Store(str(folder / _BUILDING))
    publication, circles, changes = renew(live, before, store, made, graphs)
    store.flush()
    return publication, circles, Patch(current, changes.removed, changes.added)


def _rebuilt(live: pyoxigraph.Store, folder: Path, placed: Callable[[], None], jobs: int) -> tuple[Publication, Cycles]:
    """The snapshot under construction, made of what ``live`` holds. It is closed on return.

    The members of groups are worked out while the places are still being written.
    """
    members = list(member_quads(live))
    placed()
    keep_places(live)
    live.backup(str(folder / _BUILDING))
    store = pyoxigraph.Store(str(folder / _BUILDING))
    return rebuild(store, members, folder / _SCRATCH, jobs)


def _keep(folder: Path, publication: Publication) -> None:
    """Name what was built, unless there is a snapshot of that content."""
    write_publication(folder, publication)
    if (folder / publication.name).exists():
        shutil.rmtree(folder / _BUILDING)
        (folder / publication.name).touch()
    else:
        (folder / _BUILDING).rename(folder / publication.name)


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
    for name in (_BUILDING, f"{_BUILDING}.tmp", _SCRATCH):  # the second is the engine's own, until a backup is whole
        shutil.rmtree(data_dir / "snapshots" / name, ignore_errors=True)
    _discard_notes(data_dir / "snapshots")


def _prune(folder: Path, current: str) -> None:
    """Keep the newest snapshots, by the time of their making, and the current one."""
    snapshots = [path for path in folder.iterdir() if path.is_dir() and path.name != _BUILDING]
    newest = sorted(snapshots, key=lambda path: path.stat().st_mtime_ns, reverse=True)[:KEPT_SNAPSHOTS]
    for path in snapshots:
        if path not in newest and path.name != current:
            path.rename(folder / _BUILDING)  # half of one must never stand under the name of its content
            shutil.rmtree(folder / _BUILDING)
    _discard_notes(folder)


def _discard_notes(folder: Path) -> None:
    """Remove what is kept beside snapshots that are not there."""
    for path in (*folder.glob("*.json"), *folder.glob(f"*{PATCH}")):
        if not path.with_suffix("").is_dir():
            path.unlink()
