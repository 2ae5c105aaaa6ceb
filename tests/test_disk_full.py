"""A full disk: the message says so, what was loaded before is safe, reading goes on; with room again all is as ever."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from kill_scenes import write_texts
from scene_states import State, copy, dataset, graphs, left_over, run, snapshots

from chidao.graph.errors import StoreError
from chidao.graph.store import Store
from chidao.web.app import create_app
from chidao.web.limits import Limits
from chidao.web.site import site_of

MEBIBYTES = 60
pytestmark = pytest.mark.xdist_group("kill")


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk of its own."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEBIBYTES}m", "none", str(folder)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk to fill can be mounted by root alone")
    yield folder
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture(scope="module")
def texts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("texts")


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory, texts: Path) -> dict[str, State]:
    """An empty folder, and what two loads make of it one after the other."""
    folder = tmp_path_factory.mktemp("undisturbed")
    states = {"nothing": State(folder / "none")}
    for before, scene in (("nothing", "first_load"), ("first_load", "load_more")):
        copy(states[before], folder / scene)
        assert run(scene, folder / scene, texts).done
        states[scene] = State(folder / scene)
    return states


def fill(disk: Path, room: int) -> Path:
    """A file that leaves ``room`` KiB."""
    found, filler = os.statvfs(disk), disk / "filler"
    with filler.open("wb") as file:
        os.posix_fallocate(file.fileno(), 0, found.f_bavail * found.f_frsize - room * 1024)
    return filler


@pytest.mark.parametrize(
    ("before", "scene", "room"),
    [
        ("nothing", "first_load", 8),  # not even an empty store
        ("nothing", "first_load", 1500),  # the places
        ("nothing", "first_load", 6000),  # the snapshot
        ("first_load", "load_more", 8),  # a text, or opening the store
        ("first_load", "load_more", 200),  # a source's statements, or its text
        ("first_load", "load_more", 1500),  # the snapshot
    ],
)
def test_a_load_that_fills_the_disk_says_so_and_is_done_again_with_more_room(
    disk: Path, undisturbed: dict[str, State], texts: Path, before: str, scene: str, room: int
) -> None:
    data, old, new = disk / "data", undisturbed[before], undisturbed[scene]
    copy(old, data)
    filler = fill(disk, room)
    ended = run(scene, data, texts)
    assert f"the disk of {data} is full; what was loaded before is safe, free some space" in ended.failed
    assert snapshots(data).items() <= old.snapshots.items()
    assert dataset(data) == old.dataset
    assert not {path.name for path in data.rglob("*") if path.name == "building" or path.suffix == ".part"}
    filler.unlink()
    with Store.open(data) as store:
        found = graphs(store)
    assert found.keys() >= old.graphs.keys() & new.graphs.keys()
    assert all(graph in (old.graphs.get(sha256), new.graphs.get(sha256)) for sha256, graph in found.items())
    assert run(scene, data, texts).done
    assert dataset(data) == new.dataset
    assert not left_over(data)


def test_a_text_that_does_not_fit_leaves_nothing_behind(disk: Path) -> None:
    with Store.open(disk / "data") as store:
        fill(disk, 500)
        with pytest.raises(StoreError, match="is full"):
            store.replace("0" * 64, "a.txt", [], "chỉ đạo " * 100_000)
        assert store.sources() == []
        assert not list((disk / "data/texts").iterdir())
        (disk / "filler").unlink()
        assert store.replace("0" * 64, "a.txt", [], "chỉ đạo " * 100_000)


def test_reading_goes_on_and_writing_is_refused_in_words(
    disk: Path, undisturbed: dict[str, State], texts: Path
) -> None:
    data = disk / "data"
    write_texts(texts, "7")
    copy(undisturbed["first_load"], data)
    fill(disk, 0)
    arguments = (["info"], ["query", "ASK { ?s ?p ?o }"], ["chain", "4-CT/TU"], ["load", str(texts)])
    info, query, chain, load = (chidao(*each, "--data", str(data)) for each in arguments)
    assert (info.returncode, query.stdout.strip(), chain.returncode) == (0, "true", 0), (info, query, chain)
    assert load.returncode == 1
    assert load.stderr.count("\n") == 1
    assert f"the disk of {data} is full" in load.stderr
    served = create_app(data, Limits(workers=1))
    try:
        answer = served.test_client().get("/sparql?query=ASK{?s ?p ?o}", headers={"Accept": "text/csv"})
        assert (answer.status_code, answer.text.strip()) == (200, "true")
    finally:
        site_of(served).pool.close()


def chidao(*arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, "-P", "-m", "chidao", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
