"""Memory: the peak of all processes of a load together, and what a query worker holds.

Shared pages are counted once, in shares (the kernel's "proportional set size"); where the system does not tell that,
resident memory, which counts them for each process.
"""

import subprocess
import sys
import tempfile
from pathlib import Path
from time import sleep

import psutil

from chidao.graph.chain_index import read_chain_index
from chidao.ontology.vocabulary import query
from chidao.web.answers import Query
from chidao.web.limits import Limits
from chidao.web.workers import Pool

from .corpora import LIKE_THE_CORPUS, opened, written
from .measure import Figure

MB = 1e6
PAUSE = 0.1  # seconds from one look to the next
ROWS = 100_000  # of an answer, at most


def run(quick: bool) -> list[Figure]:
    """Megabytes, at a small and a larger corpus; a quick run has the one."""
    figures = []
    for count in (30,) if quick else (250, 1000):
        with tempfile.TemporaryDirectory() as folder:
            texts, data = written(Path(folder), count, LIKE_THE_CORPUS), Path(folder) / "data"
            note = f"`chidao load --jobs 2` of {count} documents, the most at a time of all processes together"
            figures.append(Figure(f"load_memory_at_{count}", _peak_of_load(texts, data), "MB", note))
            worker = _of_a_worker(data)
    return [*figures, worker]


def _peak_of_load(texts: Path, data: Path) -> float:
    """The most memory that the command and its workers held at a time."""
    words = [sys.executable, "-P", "-m", "chidao", "load", "--jobs", "2", "--data", str(data), str(texts)]
    command = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        peak = 0.0
        while command.poll() is None:
            peak = max(peak, _held(command.pid))
            sleep(PAUSE)
    finally:
        command.kill()
        command.wait()
    if command.returncode:
        raise RuntimeError(f"chidao load ended with {command.returncode}")
    return peak


def _held(pid: int) -> float:
    """Megabytes of a process and all below it."""
    try:
        parent = psutil.Process(pid)
        return sum(_size(each) for each in (parent, *parent.children(recursive=True)))
    except psutil.NoSuchProcess:
        return 0.0


def _size(process: psutil.Process) -> float:
    try:
        held = process.memory_full_info()
    except (psutil.NoSuchProcess, psutil.AccessDenied):
        return 0.0
    return float(getattr(held, "pss", held.rss)) / MB


def _of_a_worker(data: Path) -> Figure:
    """The largest worker after the chains of a corpus were asked."""
    store = opened(data)
    tops = sorted(read_chain_index(store).heads)[:20]
    del store
    pool = Pool(data, Limits(workers=1))
    before = _below()
    try:
        for top in tops:
            pool.answer(Query(query("chain-below").bind(document=top), "json", ROWS)).body.close()
        largest = max(_size(psutil.Process(pid)) for pid in _below() - before)
    finally:
        pool.close()
    return Figure("worker_memory", largest, "MB", "the largest process of the query pool after twenty chains")


def _below() -> set[int]:
    return {process.pid for process in psutil.Process().children(recursive=True)}
