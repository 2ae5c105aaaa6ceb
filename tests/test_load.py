"""Loading many files: nothing is read twice, nothing depends on who reads or when it was broken off."""

import shutil
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from zipfile import ZipFile

import pytest
from load_samples import DEADLY, LETTER, deadly_batch, filled, stated, write_letters
from place_base import seed

from chidao.graph.store import Store
from chidao.loaders import load as load_module
from chidao.loaders.extraction import Options, Order, extract_batch
from chidao.loaders.load import Means
from chidao.loaders.locations import Location
from chidao.loaders.record_cache import RecordCache, forget
from chidao.loaders.rules import GRAPH_MODULES, rules_version


def ways(data_dir: Path, *paths: Path, secret: bool = False) -> tuple[int, int, int]:
    """Load again: how many texts were extracted, how many taken from the cache, and how many left as they were."""
    files = filled(data_dir, *paths, secret=secret).files
    return files["extracted"], files["kept"], files["unchanged"]


def test_an_unchanged_corpus_is_not_extracted_again(tmp_path: Path) -> None:
    """Neither by its path, nor from another folder, nor after it was withdrawn from the store by hand."""
    folder, data = tmp_path / "texts", tmp_path / "data"
    write_letters(folder, 5)
    assert ways(data, folder) == (5, 0, 0)
    before = stated(data)
    assert ways(data, folder) == (0, 0, 5)
    (data / "ledger.db").unlink()
    assert ways(data, folder) == (0, 5, 5)
    assert stated(data) == before
    shutil.copytree(folder, tmp_path / "other")
    assert ways(data, tmp_path / "other") == (0, 5, 0)
    with Store.open(data) as store:
        store.withdraw(str(folder / "00001.txt"))
    extracted, _, unchanged = ways(data, folder)
    assert (extracted, unchanged) == (0, 4)


def test_what_changed_is_extracted_and_nothing_else(tmp_path: Path) -> None:
    """Another letter at a path; another kind of file with the same letters; other options."""
    folder, data = tmp_path / "texts", tmp_path / "data"
    first, second = write_letters(folder, 2)
    ways(data, folder)
    second.write_text(LETTER.format(number=9), encoding="utf-8")
    assert ways(data, folder) == (1, 0, 1)
    assert sum("/KH-UBND" in line and "symbol" in line for line in stated(data)) == 2
    assert len(list((data / "records").glob("*/*/*"))) == 2
    shutil.copy(first, folder / "first.md")
    assert ways(data, folder)[0] == 1
    assert ways(data, folder, secret=True)[0] == 3


def test_other_rules_read_everything_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And what the old ones gave is removed."""
    folder, data = tmp_path / "texts", tmp_path / "data"
    write_letters(folder, 2)
    ways(data, folder)
    for module in (load_module, sys.modules["chidao.loaders.extraction"]):
        monkeypatch.setattr(module, "rules_version", lambda: "other")
    assert ways(data, folder) == (2, 0, 2)
    assert {path.name for path in (data / "records").iterdir()} == {"other", "unfinished"}
    assert not list((data / "records/unfinished").iterdir())


def test_the_version_of_the_rules_covers_every_module_that_makes_quads() -> None:
    """A module of ``graph`` that a worker imports and the version forgets would let old records live on."""
    imported = (
        "import sys, chidao.loaders.extraction; print(*(m for m in sys.modules if m.startswith('chidao.graph.')))"
    )
    modules = subprocess.run([sys.executable, "-P", "-c", imported], capture_output=True, text=True, check=True).stdout
    assert {module.rpartition(".")[2] for module in modules.split()} == set(GRAPH_MODULES)


@pytest.mark.parametrize("damage", [slice(0, -7), slice(0, 0), slice(1, None)], ids=["cut", "empty", "altered"])
def test_a_torn_record_is_read_anew(tmp_path: Path, damage: slice) -> None:
    """Its checksum tells."""
    (path,) = write_letters(tmp_path / "texts", 1)
    (tmp_path / "records").mkdir()
    read = partial(extract_batch, Options(rules_version(), records=tmp_path / "records"), [Order(Location(path))])
    (first,), (kept,) = read(), read()
    assert (first.how, kept.how) == ("extracted", "kept")
    assert (first.nquads, first.text, first.findings) == (kept.nquads, kept.text, kept.findings)
    (entry,) = (tmp_path / "records").glob("*/*/*")
    entry.write_bytes(entry.read_bytes()[damage])
    (again,), (healed,) = read(), read()
    assert (again.how, again.nquads, healed.how) == ("extracted", first.nquads, "kept")


def test_what_is_withdrawn_is_not_kept(tmp_path: Path) -> None:
    cache = RecordCache(tmp_path, "rules")
    for sha256 in ("ab12", "cd34"):
        cache.put(sha256, ".txt", b"said")
    forget(tmp_path, ["ab12"])
    assert (cache.get("ab12", ".txt"), cache.get("cd34", ".txt")) == (None, b"said")


def test_one_or_two_processes_give_the_same(tmp_path: Path) -> None:
    """Letter for letter, with archives and refused files among them; jobs for a few files are as many as asked."""
    folder = tmp_path / "texts"
    write_letters(folder, 40)
    (folder / "00007.txt").write_bytes(b"")
    with ZipFile(folder / "a.zip", "w") as archive:
        archive.write(folder / "00003.txt", "inner/3.txt")
        archive.writestr("4.txt", LETTER.format(number=99))
    for jobs in (1, 2):
        filled(tmp_path / f"by-{jobs}", folder, means=Means(jobs))
    assert stated(tmp_path / "by-1") == stated(tmp_path / "by-2")
    assert (tmp_path / "by-1/said").read_text() == (tmp_path / "by-2/said").read_text()


def test_a_file_that_ends_its_reader_is_named_and_the_rest_is_loaded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(load_module, "extract_batch", deadly_batch)
    write_letters(tmp_path / "texts", 30)
    (tmp_path / "texts" / f"00012-{DEADLY}.txt").write_text(LETTER, encoding="utf-8")
    tally = filled(tmp_path / "data", tmp_path / "texts", means=Means(2))
    assert (tally.files["loaded"], tally.files["refused"]) == (30, 1)
    assert f"{DEADLY}.txt: it ended the process that read it" in (tmp_path / "data/said").read_text()


def acknowledged(data_dir: Path) -> bool:
    """True when a load that is at work has files on the disk."""
    address = f"file:{data_dir}/ledger.db?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True)) as ledger:
            return bool(ledger.execute("SELECT count(*) FROM files").fetchone()[0])
    except sqlite3.OperationalError:  # the table is not made yet, or is being written
        return False


def test_a_load_that_was_killed_goes_on_where_it_was(tmp_path: Path) -> None:
    """After kill -9 nothing that was acknowledged is read again, no worker is left, and the result is that of one go."""
    folder, data = tmp_path / "texts", seed(tmp_path / "data")
    write_letters(folder, 600)
    command = [sys.executable, "-P", "-m", "chidao", "load", str(folder), "--data", str(data), "--jobs", "2"]
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True
    ) as loading:
        try:
            while loading.poll() is None and not acknowledged(data):
                time.sleep(0.02)
        finally:
            loading.kill()
        assert loading.stderr is not None
        assert b"Traceback" not in loading.stderr.read()  # ends when the last process that holds it has ended
    extracted, kept, unchanged = ways(data, folder)
    assert extracted + kept <= 100
    assert unchanged >= 500
    filled(seed(tmp_path / "whole"), folder)
    assert stated(data) == stated(tmp_path / "whole")
