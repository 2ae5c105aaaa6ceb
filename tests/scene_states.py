"""Data folders before and after a scene of ``kill_scenes``, what is in them, and playing a scene in a child."""

import hashlib
import os
import re
import shutil
import sys
import time
from dataclasses import dataclass
from functools import cache
from multiprocessing import forkserver, get_context
from multiprocessing.context import ForkServerContext
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from kill_scenes import Plan, Step, places, play
from pyoxigraph import NamedNode, RdfFormat

from chidao.graph.decisions import CURATED
from chidao.graph.names import source_graph_iri
from chidao.graph.patch import PATCH
from chidao.graph.publish import read_current
from chidao.graph.store import Store
from chidao.graph.texts import read_text

ENGINES_OWN = re.compile(r"\d{6}\.(sst|log)|CURRENT|IDENTITY|LOCK|LOG|(MANIFEST|OPTIONS)-\d{6}")
ACKNOWLEDGED = re.compile(r"on the disk so far: (\d+) files")
MEMORY = re.compile(r"ledger\.db|records$|records/(?!unfinished/.)")
"""What was read before: the next load uses or removes it, and tidies what it had not finished."""
UNSEEN = Plan(watched=False)


@dataclass(frozen=True)
class Ended:
    """What a child told before its end."""

    status: int
    said: tuple[str, ...]
    at: str
    done: bool
    failed: str
    steps: tuple[Step, ...]

    @property
    def files(self) -> int:
        """How many files the load had acknowledged."""
        counts = [int(found[1]) for message in self.said if (found := ACKNOWLEDGED.fullmatch(message))]
        return max(counts, default=0)


@cache
def processes() -> ForkServerContext:
    """Children come from one process that has read the tables (``warm_scenes``)."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        forkserver.set_forkserver_preload(["warm_scenes"])
        forkserver.ensure_running()
    return get_context("forkserver")


def run(scene: str, data: Path, texts: Path, plan: Plan = UNSEEN) -> Ended:
    """Play a scene in a child, and kill it where the plan says so."""
    ours, theirs = processes().Pipe()
    child = processes().Process(target=play, args=(scene, data, texts, plan, places(), theirs))
    child.start()
    theirs.close()
    told: list[tuple[str, Any]] = []
    try:
        while True:
            told.append(ours.recv())
            kind, _ = told[-1]
            if kind == "at":
                time.sleep(plan.delay)
            if kind == "at" or (kind == "done" and plan.step is not None):  # a run may have a step less than another
                child.kill()
    except EOFError:
        child.join()
    finally:
        child.kill()
        child.join()
    said = tuple(value for kind, value in told if kind == "said")
    last = dict(told)
    return Ended(
        child.exitcode or 0,
        said,
        last.get("at", ""),
        "done" in last,
        last.get("failed", ""),
        tuple(last.get("done", ())),
    )


class State:
    """A data folder at rest: what its sources say, what readers see, and the steps of the scene that led to it."""

    def __init__(self, folder: Path, steps: tuple[Step, ...] = ()) -> None:
        self.folder, self.steps = folder, steps
        self.graphs: dict[str, frozenset[str]] = {"curated": frozenset()}
        self.texts: dict[str, str] = {}
        self.at: dict[str, str] = {}
        if folder.exists():
            with Store.open(folder, create=False) as store:
                self.graphs = graphs(store)
                self.at = {Path(path).stem: source.sha256 for source in store.sources() for path in source.paths}
            self.texts = {sha256: read_text(folder, sha256) for sha256 in self.at.values()}
        self.dataset = dataset(folder)
        self.snapshots = snapshots(folder)


def graphs(store: Store) -> dict[str, frozenset[str]]:
    names = {source.sha256: NamedNode(source_graph_iri(source.sha256)) for source in store.sources()}
    return {
        key: frozenset(map(str, store.quads.quads_for_pattern(None, None, None, graph)))
        for key, graph in {**names, "curated": CURATED}.items()
    }


def dataset(data: Path, name: str | None = None) -> str:
    """The hash of every statement of a snapshot, the current one if none is named; "" before the first."""
    name = name or read_current(data)
    if name is None:
        return ""
    store = pyoxigraph.Store.read_only(str(data / "snapshots" / name))
    return hashlib.sha256(store.dump(format=RdfFormat.N_QUADS) or b"").hexdigest()


def snapshots(data: Path) -> dict[str, int]:
    """Snapshots that have their name, and how many statements each holds."""
    folders = (data / "snapshots").glob("?" * 16)
    return {folder.name: len(pyoxigraph.Store.read_only(str(folder))) for folder in folders}


def left_over(data: Path) -> set[str]:
    """Paths in the data folder that belong to nothing that is in it, after a start."""
    with Store.open(data) as store:
        texts = {f"texts/{source.sha256}.txt" for source in store.sources()}
    known = {"store", "texts", "snapshots", "snapshots/current", "unpublished", "report.json", *texts}
    folders = [data / "store", *(data / "snapshots").glob("?" * 16)]
    known |= {str(folder.relative_to(data)) for folder in folders}
    known |= {f"snapshots/{folder.name}{ending}" for folder in folders[1:] for ending in (".json", PATCH)}
    files = (path for folder in folders for path in folder.iterdir() if ENGINES_OWN.fullmatch(path.name))
    left = {str(path.relative_to(data)) for path in data.rglob("*")} - known - {str(f.relative_to(data)) for f in files}
    return {path for path in left if not MEMORY.match(path)}


def copy(state: State, folder: Path) -> None:
    if state.folder.exists():
        shutil.copytree(state.folder, folder)
