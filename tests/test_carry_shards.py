"""Carry-overs by several processes: what one process gives, each statement once, whoever dies."""

from collections.abc import Callable
from concurrent.futures import BrokenExecutor, Executor
from pathlib import Path

import pyoxigraph
import pytest
from pyoxigraph import RdfFormat
from synthetic_changes import World

from chidao.graph import carry_shards
from chidao.graph.carry_quads import carry_triples
from chidao.graph.carry_shards import carry_files
from chidao.graph.derive import identify, implementation_graph
from chidao.graph.implied import write_implied
from chidao.graph.processes import processes


class Dead(Executor):
    """Processes that have died."""

    def submit(self, *_: object, **__: object) -> None:  # type: ignore[override]
        raise BrokenExecutor


@pytest.mark.parametrize(
    ("jobs", "pool"),
    [(1, processes), (2, processes), (2, lambda *_: Dead())],
    ids=["in this process", "in two", "in two that died"],
)
def test_the_files_hold_what_one_process_works_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, jobs: int, pool: Callable[..., Executor]
) -> None:
    for name, value in (("_TOGETHER", 2), ("_FEW", 1), ("processes", pool)):
        monkeypatch.setattr(carry_shards, name, value)
    world = World(1)
    for _ in range(20):
        world.load()
    store = pyoxigraph.Store(str(tmp_path / "store"))
    store.extend(world.quads)
    write_implied(store)
    canonical, _ = identify(store)
    graph = implementation_graph(store, None, canonical)
    expected = pyoxigraph.serialize(set(carry_triples(store, graph, canonical)), format=RdfFormat.N_TRIPLES) or b""
    with carry_files(store, tmp_path, graph, canonical, jobs) as files:
        lines = [line for counted in files for line in counted.file.read_bytes().splitlines()]
    assert lines
    assert sorted(lines) == sorted(expected.splitlines())
