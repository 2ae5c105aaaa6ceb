"""``kill -9`` at any moment: the store opens, documents are whole, what was acknowledged is there, nothing is left over.

``CHIDAO_KILLS`` is the number of kills (30), ``CHIDAO_KILL_SEED`` another choice of moments; both printed with each kill.
"""

import os
import subprocess
import sys
import time
from bisect import bisect
from pathlib import Path
from random import Random

import pytest
from kill_scenes import ENGINE, SCENES, Plan, Step
from scene_states import Ended, State, copy, dataset, graphs, left_over, run, snapshots

from chidao.graph.store import Store
from chidao.graph.texts import read_text

KILLS = int(os.environ.get("CHIDAO_KILLS", "30"))
SEED = os.environ.get("CHIDAO_KILL_SEED", "1")
LONG = {f"before {call}" for call in ENGINE}
pytestmark = pytest.mark.xdist_group("kill")


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that all scenes read from: its path is a part of what is loaded."""
    return tmp_path_factory.mktemp("texts")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, texts: Path) -> dict[str, tuple[State, State]]:
    """Each scene's state before it and after it, one scene after another."""
    folder = tmp_path_factory.mktemp("undisturbed")
    states = {}
    before = State(folder / "none")
    for scene in SCENES:
        copy(before, folder / scene)
        ended = run(scene, folder / scene, texts, Plan())
        assert ended.done
        after = State(folder / scene, ended.steps)
        states[scene] = before, after
        before = after
    return states


def plan(number: int, steps: tuple[Step, ...]) -> Plan:
    """The moments of a scene's kills: by turns at any time, at a step of any kind, and inside a call of the engine."""
    random, share = Random(f"{SEED} {number}"), number // len(SCENES)  # noqa: S311
    shares = -(-KILLS // len(SCENES))
    place = (share + random.random()) / shares
    if share % 3 == 0:
        times = [at for _, at in steps]
        moment = times[0] + place * (times[-1] - times[0])
        step = bisect(times, moment) - 1
        return Plan(step, max(0.0005, moment - times[step]))
    if share % 3 == 1:  # each kind of step as often as another, though there are many more files than transactions
        kind = random.choice(sorted({name for name, _ in steps}))
        return Plan(random.choice([number for number, (name, _) in enumerate(steps) if name == kind]))
    calls = [number for number, (name, _) in enumerate(steps) if name in LONG]
    step = calls[int(place * len(calls))]
    return Plan(step, max(0.0005, random.random() * (steps[step + 1][1] - steps[step][1])))


@pytest.mark.parametrize("number", range(KILLS))
def test_what_was_acknowledged_is_whole_and_nothing_is_left_over(
    number: int, undisturbed: dict[str, tuple[State, State]], texts: Path, tmp_path: Path
) -> None:
    scene = list(SCENES)[number % len(SCENES)]
    before, after = undisturbed[scene]
    moment, data = plan(number, after.steps), tmp_path / "data"
    copy(before, data)
    killed = run(scene, data, texts, moment)
    end = "after the end" if killed.done else f"{killed.files} files acknowledged"
    print(f"kill {number} of seed {SEED}: {scene}, {killed.at} + {moment.delay * 1000:.1f} ms, {end}")
    assert killed.status == -9

    whole = before.snapshots | after.snapshots
    assert snapshots(data).items() <= whole.items()
    seen = dataset(data)
    assert seen == after.dataset if killed.done else seen in (before.dataset, after.dataset)
    check_store(data, before, after, killed)
    assert not left_over(data)
    assert snapshots(data).items() <= whole.items()
    assert run(scene, data, texts).done
    assert dataset(data) == after.dataset
    assert not left_over(data)
    assert not (data / "unpublished").exists()


def check_store(data: Path, before: State, after: State, killed: Ended) -> None:
    """The next start: every source is as it was before or after the scene, and those acknowledged are as after it."""
    with Store.open(data) as store:
        found = graphs(store)
        paths = [path for source in store.sources() for path in source.paths]
    for sha256, graph in found.items():
        assert graph in (before.graphs.get(sha256), after.graphs.get(sha256))
    assert len(paths) == len(set(paths))
    whole = after.graphs.keys() if killed.done else [after.at[name] for name in sorted(after.at)][: killed.files]
    kept = before.graphs.keys() & after.graphs.keys()
    assert found.keys() >= {*whole, *kept}
    if killed.done:
        assert found == after.graphs
    assert all(
        read_text(data, sha256) == {**before.texts, **after.texts}[sha256] for sha256 in found if sha256 != "curated"
    )


def test_the_processes_of_a_killed_load_end_with_it(tmp_path: Path, root: Path) -> None:
    command = [sys.executable, "-P", "-m", "chidao", "load", "samples", "--jobs", "2", "--data", str(tmp_path / "data")]
    with subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as load:
        while len(pool := children(load.pid)) < 2:
            assert load.poll() is None
        load.kill()
    while any(map(runs, pool)):
        time.sleep(0.05)


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def runs(pid: int) -> bool:
    """Whether the process is there and is not just waiting to be buried."""
    try:
        return "State:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False
