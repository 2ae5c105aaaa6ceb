"""What a process does when it is killed: scenes of the store's life, real code on a register of few places.

Each scene runs in a child, which tells its parent what the command said and every step that touches the disk (calls of
the engine and of the system). A profiler sees the steps, so nothing of what runs is replaced.
"""

import os
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path
from signal import SIGKILL
from types import FrameType

import pyoxigraph

from chidao.graph import place_base
from chidao.graph import publish as publish_module
from chidao.graph.curate import Attribution, decide
from chidao.graph.errors import ChidaoError, NotFoundError
from chidao.graph.names import SOURCE_GRAPHS, local_iri
from chidao.graph.place_triples import place_ntriples
from chidao.graph.store import Store
from chidao.graph.withdraw import withdraw
from chidao.loaders import load as load_module
from chidao.loaders.load import load_files

PLACES = 6_000  # statements; to load all of them takes seconds
ENGINE = {"bulk_load", "bulk_extend", "extend", "update", "clear_graph", "backup", "flush"}
SYSTEM = {"mkdir", "rename", "replace", "fsync", "unlink", "rmdir", "open", "close"}

Say = Callable[[str], None]
Step = tuple[str, float]  # "before bulk_load", seconds since the start


@dataclass(frozen=True)
class Plan:
    """Die ``delay`` seconds after the step of this number (0: at it). None: live, but tell the steps if ``watched``."""

    step: int | None = None
    delay: float = 0
    watched: bool = True


def text(number: int, edition: str = "") -> str:
    """A directive of a province with ten duties; another edition is other bytes."""
    duties = "".join(f"{n}. Ủy ban nhân dân huyện Ba Chẽ báo cáo Tỉnh ủy kết quả lần {n}.\n" for n in range(1, 11))
    return (
        f"TỈNH ỦY QUẢNG NINH\nSố: {number}-CT/TU\nQuảng Ninh, ngày {number} tháng 10 năm 2021\n\nCHỈ THỊ\n"
        f"về công tác phòng cháy {edition}\n\nThực hiện Chỉ thị số {number - 1}-CT/TU ngày {number - 1}/10/2021 của "
        f"Ban Thường vụ Tỉnh ủy, Ban Thường vụ Tỉnh ủy yêu cầu:\n{duties}"
    )


def write_texts(folder: Path, *names: str) -> None:
    """Let the folder hold these alone: "4" is the directive 4, "4 sửa" its other edition."""
    for path in folder.iterdir():
        path.unlink()
    for name in names:
        number, _, edition = name.partition(" ")
        (folder / f"{number}.txt").write_text(text(int(number), edition), encoding="utf-8")


def first_load(data: Path, texts: Path, say: Say) -> None:
    """Into a folder that is not there: the places, four texts, what follows."""
    write_texts(texts, "1", "2", "3", "4")
    load_files((texts,), data, 1, say)


def load_more(data: Path, texts: Path, say: Say) -> None:
    """One text has other bytes, one is new."""
    write_texts(texts, "1", "2 sửa", "3", "4", "5")
    load_files((texts,), data, 1, say)


def withdraw_one(data: Path, texts: Path, say: Say) -> None:
    """As ``chidao withdraw`` does; whoever repeats it may be told that it was done."""
    with Store.open(data) as store:
        store.publish()
        try:
            say(f"withdrawn: {withdraw(store, str(texts / '3.txt'))}")
        except NotFoundError as done:
            say(str(done))
        store.publish()


def decide_one(data: Path, texts: Path, say: Say) -> None:
    """As ``chidao settle refuse`` does."""
    with Store.open(data) as store:
        (four,) = (source for source in store.sources() if source.paths == (str(texts / "4.txt"),))
        cited, who = "document/quang-ninh/tinh-uy/2021/ct-03", Attribution("a", "b", "2026-03-01T08:00:00Z")
        decide(store, "refused", local_iri(four.sha256, "citation", "1"), [cited], who)
        store.publish()
    say("recorded")


def load_with_another_register(data: Path, texts: Path, say: Say) -> None:
    """The places are written anew into a store that holds others."""
    place_base.place_version = lambda: "0"
    write_texts(texts, "1", "2 sửa", "4", "5", "6")
    load_files((texts,), data, 1, say)


def sweep(data: Path, texts: Path, say: Say) -> None:  # noqa: ARG001
    """Only open and close: what earlier ones left behind goes, which had noted what they were at."""
    (data / "unpublished").write_text(f"{SOURCE_GRAPHS}{0:016}\n")
    for name in ("texts/0.txt.part", f"texts/{0:064}.txt", "store/bulk-1.sst", "snapshots/current.part", "a.part"):
        (data / name).write_text("unfinished")
    (data / "snapshots/building").mkdir(exist_ok=True)
    (data / "snapshots/building/CURRENT").write_text("")
    with Store.open(data) as store:
        store.publish()
    say("swept")


SCENES = {
    scene.__name__: scene
    for scene in (first_load, load_more, withdraw_one, decide_one, load_with_another_register, sweep)
}


class Watch:
    """Counts the steps and dies at one of them, or lets the parent know that it should kill."""

    def __init__(self, plan: Plan, pipe: Connection) -> None:
        self.steps: list[Step] = []
        self._plan, self._pipe = plan, pipe
        self._numbers, self._start = count(), time.monotonic()

    def start(self) -> None:
        """Watch this thread and those that it starts."""
        threading.setprofile(self._see)
        sys.setprofile(self._see)

    def _see(self, frame: FrameType, event: str, called: object) -> None:  # noqa: ARG002
        if event not in ("c_call", "c_return") or not _touches_the_disk(called):
            return
        name = f"{'before' if event == 'c_call' else 'after'} {getattr(called, '__name__', '')}"
        self.steps.append((name, time.monotonic() - self._start))
        if next(self._numbers) == self._plan.step:
            self._pipe.send(("at", name))
            if not self._plan.delay:
                os.kill(os.getpid(), SIGKILL)


def _touches_the_disk(called: object) -> bool:
    name = getattr(called, "__name__", None)
    if isinstance(getattr(called, "__self__", None), pyoxigraph.Store):
        return name in ENGINE
    return name in SYSTEM and getattr(called, "__module__", None) == "posix"


@cache
def places() -> bytes:
    """A few statements of the register."""
    return b"".join(next(place_ntriples()).splitlines(keepends=True)[:PLACES])


def play(scene: str, data: Path, texts: Path, plan: Plan, few: bytes, pipe: Connection) -> None:
    """Run in a child. Tells ("said", message), ("at", step), at the end ("done", all steps) or ("failed", why)."""
    place_base.place_ntriples = lambda: iter([few])
    load_module._WRITTEN = 1  # every file is acknowledged
    publish_module.KEPT_SNAPSHOTS = 2  # so that most scenes prune one
    watch = Watch(plan, pipe)
    if plan.watched:
        watch.start()
    try:
        SCENES[scene](data, texts, lambda message: pipe.send(("said", message)))
    except ChidaoError as error:
        pipe.send(("failed", str(error)))
        return
    sys.setprofile(None)
    pipe.send(("done", watch.steps))
    if plan.step is not None:
        time.sleep(60)  # to be killed after all is done is a moment too
