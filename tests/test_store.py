"""The store: whole transactions, the same bytes whatever the order, one writer, snapshots that readers can trust."""

import gc
import os
import signal
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pyoxigraph
import pytest
from place_base import lines, seed, touched_quads
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat
from record_factory import DISTRICT_PARTY, PROVINCE_PARTY, ba_che, directive

from chidao.graph.content_digest import ContentDigest
from chidao.graph.errors import NotFoundError, StoreError
from chidao.graph.model import Record
from chidao.graph.names import graph_iri, source_graph_iri
from chidao.graph.publication import rules_version
from chidao.graph.publish import KEPT_SNAPSHOTS, snapshot
from chidao.graph.quads import record_quads
from chidao.graph.store import SourceQuads, Store
from chidao.graph.terms import cd
from chidao.graph.texts import read_text
from chidao.loaders.load import load_files


def opened(data_dir: Path) -> Store:
    """A store that has the places of the register from the start."""
    return Store.open(seed(data_dir))


def load(store: Store, texts: list[tuple[Record, str]], folder: str = "") -> list[bool]:
    return [
        store.replace(record.source.sha256, folder + record.source.path, record_quads(record, text), text)
        for record, text in texts
    ]


def read(data_dir: Path) -> pyoxigraph.Store:
    return pyoxigraph.Store.read_only(str(snapshot(data_dir)))


def without_paths(store: pyoxigraph.Store) -> list[str]:
    return [line for line in lines(store) if f" {cd('path')} " not in line]


def paths_of(store: Store) -> set[str]:
    return {path for source in store.sources() for path in source.paths}


def test_loading_again_or_in_another_order_gives_the_same_bytes(tmp_path: Path) -> None:
    results = []
    for number, order in enumerate(permutations(ba_che())):
        data = tmp_path / str(number)
        with opened(data) as store:
            load(store, list(order))
            assert not any(load(store, list(order)))  # nothing changes the second time
            store.publish()
        results.append((snapshot(data).name, lines(read(data))))
    assert all(result == results[0] for result in results)


def as_lines(text: tuple[Record, str], path: str | None = None) -> SourceQuads:
    record, words = text
    nquads = pyoxigraph.serialize(record_quads(record, words), format=RdfFormat.N_QUADS) or b""
    return SourceQuads(record.source.sha256, path or record.source.path, nquads, words)


def test_sources_that_are_written_together_give_the_same_bytes(tmp_path: Path) -> None:
    """Also where one of them is at two paths, takes the path of another, or was loaded before."""
    eighteen, seven, plan = ba_che()
    order = [as_lines(plan), as_lines(eighteen), as_lines(eighteen, "b.txt"), as_lines(seven, "18.txt"), as_lines(plan)]
    with opened(tmp_path / "together") as store:
        assert store.replace_many(order) == [True, True, True, True, False]
        assert store.replace_many(order[-2:]) == [False, False]
        assert paths_of(store) == {"kh.txt", "b.txt", "18.txt"}
        store.publish()
        assert read_text(tmp_path / "together", eighteen[0].source.sha256) == eighteen[1]
    with opened(tmp_path / "apart") as store:
        for item in order:
            quads = pyoxigraph.parse(item.nquads, RdfFormat.N_QUADS)
            store.replace(item.sha256, item.path, quads, item.text)
        store.publish()
    assert lines(read(tmp_path / "together")) == lines(read(tmp_path / "apart"))
    assert snapshot(tmp_path / "together").name == snapshot(tmp_path / "apart").name


@pytest.mark.parametrize("damage", ["forgotten", "garbled", "other rules", "what changed is not known"])
def test_a_snapshot_of_which_nothing_is_known_is_not_built_upon(tmp_path: Path, damage: str) -> None:
    with opened(tmp_path) as store:
        load(store, ba_che()[:2])
        store.publish()
        (kept,) = (tmp_path / "snapshots").glob("*.json")
        if damage == "forgotten":
            kept.unlink()
        elif damage == "garbled":
            kept.write_text(kept.read_text()[:100])
        elif damage == "other rules":
            kept.write_text(kept.read_text().replace(rules_version(), "0" * 16))
        load(store, ba_che()[2:])
        if damage == "what changed is not known":
            (tmp_path / "unpublished").write_text("")
        name = store.publish().snapshot
    with opened(tmp_path / "anew") as store:
        load(store, ba_che())
        assert store.publish().snapshot == name


def test_another_folder_changes_the_paths_only(tmp_path: Path) -> None:
    for name in ("one", "two"):
        with opened(tmp_path / name) as store:
            load(store, ba_che(), folder=f"{name}/")
            store.publish()
    one, two = read(tmp_path / "one"), read(tmp_path / "two")
    assert without_paths(one) == without_paths(two)
    assert lines(one) != lines(two)


def test_other_bytes_at_a_path_replace_the_source(tmp_path: Path) -> None:
    old = directive(PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18", path="18.txt")
    new = directive(PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18", path="18.txt", words="(bản sửa)")
    with opened(tmp_path) as store:
        load(store, [old])
        load(store, [new])
        assert [source.sha256 for source in store.sources()] == [new[0].source.sha256]
        assert not list(store.quads.quads_for_pattern(None, None, None, NamedNode(graph(old))))


def graph(text: tuple[Record, str]) -> str:
    return source_graph_iri(text[0].source.sha256)


def test_the_same_bytes_at_two_paths_are_one_graph_with_two_paths(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        load(store, ba_che()[:1], "a/")
        load(store, ba_che()[:1], "b/")
        (source,) = store.sources()
        assert source.paths == ("a/18.txt", "b/18.txt")
        assert store.withdraw("a/18.txt") == ()
        assert paths_of(store) == {"b/18.txt"}
        assert store.withdraw("b/18.txt") == (source.sha256,)
        assert store.sources() == []


def test_a_path_that_moves_to_another_source_leaves_the_first_at_its_other_path(tmp_path: Path) -> None:
    first, second = ba_che()[:2]
    with opened(tmp_path) as store:
        for path in ("a.txt", "b.txt"):
            store.replace(first[0].source.sha256, path, record_quads(*first), first[1])
        store.replace(second[0].source.sha256, "b.txt", record_quads(*second), second[1])
        found = {source.sha256: source.paths for source in store.sources()}
    assert "b.txt" in found[second[0].source.sha256]
    assert "b.txt" not in found[first[0].source.sha256]


@pytest.mark.parametrize("digits", [16, 64])
def test_a_source_is_withdrawn_by_its_hash(tmp_path: Path, digits: int) -> None:
    with opened(tmp_path) as store:
        load(store, ba_che())
        store.publish()
        sha256 = ba_che()[0][0].source.sha256
        assert store.withdraw(sha256[:digits]) == (sha256,)
        store.publish()
        with pytest.raises(NotFoundError, match="chidao info"):
            store.withdraw(sha256)
    with pytest.raises(NotFoundError):
        read_text(tmp_path, sha256)
    assert f"<{source_graph_iri(sha256)}>" not in "".join(lines(read(tmp_path)))


def test_withdrawing_gives_the_dataset_that_was_never_loaded(tmp_path: Path) -> None:
    with opened(tmp_path / "less") as store:
        load(store, ba_che()[:2])
        store.publish()
    with opened(tmp_path / "more") as store:
        load(store, ba_che())
        store.publish()
        store.withdraw("kh.txt")
        store.publish()
    assert lines(read(tmp_path / "less")) == lines(read(tmp_path / "more"))
    assert snapshot(tmp_path / "less").name == snapshot(tmp_path / "more").name


def test_the_default_graph_says_once_what_several_sources_say(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        load(store, ba_che())
        store.publish()
    store = read(tmp_path)
    triples = [quad.triple for quad in touched_quads(store) if quad.graph_name == DefaultGraph()]
    assert len(triples) == len(set(triples))
    assert not store.query("ASK { ?s ?p ?o FILTER NOT EXISTS { GRAPH ?g { ?s ?p ?o } } }")
    assert not store.query("ASK { GRAPH ?g { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }")
    assert {graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)} == {
        *(graph(text) for text in ba_che()),
        *(graph_iri(name) for name in ("register", "ontology", "derived")),
    }


def test_a_settled_identity_survives_reloading_and_reaches_the_default_graph(tmp_path: Path) -> None:
    record, _ = ba_che()[2]
    local = NamedNode(record.documents[0].iri)
    canonical = NamedNode(local.value + "/settled")
    curated = NamedNode(graph_iri("curated"))
    with opened(tmp_path) as store:
        load(store, ba_che())
        store.curate([Quad(local, cd("sameDocumentAs"), canonical, curated)])
        store.withdraw("kh.txt")
        load(store, ba_che())
        store.publish()
    store = read(tmp_path)
    assert [quad.predicate for quad in store.quads_for_pattern(local, None, None, DefaultGraph())] == [
        cd("sameDocumentAs")
    ]
    assert list(store.quads_for_pattern(canonical, cd("implements"), None, DefaultGraph()))
    assert not list(store.quads_for_pattern(None, cd("citing"), local, DefaultGraph()))
    assert list(store.quads_for_pattern(None, cd("citing"), canonical, DefaultGraph()))


def test_curated_statements_belong_to_the_curated_graph(tmp_path: Path) -> None:
    with Store.open(tmp_path) as store, pytest.raises(ValueError, match="curated"):
        store.curate([Quad(NamedNode("a:a"), NamedNode("a:b"), Literal("c"))])


def test_nothing_is_built_again_where_nothing_changed(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        load(store, ba_che())
        first = store.publish()
        second = store.publish()
    assert first.changed
    assert not second.changed
    assert first.snapshot == second.snapshot


def test_readers_keep_their_snapshot_while_a_new_one_is_published(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        load(store, ba_che()[:1])
        store.publish()
        reader = read(tmp_path)
        before = lines(reader)
        load(store, ba_che()[1:])
        store.publish()
        assert lines(reader) == before
        assert len(lines(read(tmp_path))) > len(before)


def test_the_last_snapshots_are_kept(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        for number in range(1, KEPT_SNAPSHOTS + 2):
            load(store, [directive(PROVINCE_PARTY, "CT", str(number), "TU", "2021-10-18", path=f"{number}.txt")])
            store.publish()
    folders = [path.name for path in (tmp_path / "snapshots").iterdir() if path.is_dir()]
    assert len(folders) == KEPT_SNAPSHOTS
    assert snapshot(tmp_path).name in folders


def test_publishing_closes_what_it_built_without_the_garbage_collector(tmp_path: Path, root: Path) -> None:
    """What a circle of objects kept open would hold its lock, and the next publishing would fail."""
    first, *others = sorted((root / "samples").glob("*.txt"))
    gc.disable()
    try:
        load_files((first, *others[:8]), seed(tmp_path), 1, print)
        assert load_files(others[8:], tmp_path, 1, print).snapshot == snapshot(tmp_path).name
    finally:
        gc.enable()


def test_texts_are_kept_as_decoded(tmp_path: Path) -> None:
    record, _ = ba_che()[0]
    text = "một\r\nhai\rba\n\ufeff\u0301"
    with opened(tmp_path) as store:
        store.replace(record.source.sha256, "a", [], text)
    assert read_text(tmp_path, record.source.sha256) == text


@pytest.mark.parametrize(
    "arguments",
    [("load", "samples"), ("withdraw", "07.txt"), ("settle", "undo", "0", "--by", "a", "--why", "b")],
    ids=lambda arguments: arguments[0],
)
def test_a_second_writer_is_told_so_and_harms_nothing(tmp_path: Path, root: Path, arguments: tuple[str, ...]) -> None:
    """What an earlier process left unfinished may be what the first writer is at: only that one sweeps."""
    with Store.open(tmp_path):
        (tmp_path / "store" / "bulk-1.sst").write_text("being written")
        command = [sys.executable, "-P", "-m", "chidao", *arguments, "--data", str(tmp_path)]
        done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=root)
        assert (tmp_path / "store" / "bulk-1.sst").exists()
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr == (
        f"chidao: {tmp_path} is being written by another process; wait until it has ended, or name another --data folder\n"
    )


def test_a_folder_that_cannot_be_used_is_named(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("")
    with pytest.raises(StoreError, match="file"):
        Store.open(file)
    with pytest.raises(StoreError, match="load something first"):
        Store.open(tmp_path / "missing", create=False)
    with pytest.raises(StoreError, match="load something first"):
        snapshot(tmp_path)


def test_what_a_killed_process_left_behind_is_swept(tmp_path: Path) -> None:
    with opened(tmp_path) as store:
        load(store, ba_che()[:1])
    texts = f"{'0' * 64}.txt", "x.txt.part"
    orphans = [
        *(f"texts/{text}" for text in texts),
        "store/bulk-0a.sst",
        "store/OPTIONS-000008.dbtmp",
        "snapshots/current.part",
        "unpublished.part",
    ]
    for orphan in orphans:
        (tmp_path / orphan).write_text("unfinished")
    folders = ("snapshots/building", "snapshots/building.tmp")
    for folder in folders:
        (tmp_path / folder).mkdir()
    with Store.open(tmp_path):
        assert [path.stem for path in (tmp_path / "texts").iterdir()] == [ba_che()[0][0].source.sha256]
        assert not [orphan for orphan in (*orphans, *folders) if (tmp_path / orphan).exists()]


def test_the_engines_logs_do_not_pile_up(tmp_path: Path) -> None:
    for _ in range(3):
        with Store.open(tmp_path):
            assert not list(tmp_path.glob("store/LOG.old.*"))


def test_a_load_tells_how_many_files_are_on_the_disk(
    tmp_path: Path, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("chidao.loaders.load._WRITTEN", 1)
    said: list[str] = []
    load_files(tuple(sorted((root / "samples").glob("*.txt"))[:3]), seed(tmp_path), 1, said.append)
    assert [message for message in said if "disk" in message] == [f"on the disk so far: {n} files" for n in (1, 2)]


KILLED = """
import sys
from itertools import count
from pathlib import Path
from chidao.graph.quads import record_quads
from chidao.graph.store import Store
from record_factory import DISTRICT_STATE, PROVINCE_PARTY, directive, duty

with Store.open(Path(sys.argv[1])) as store:
    for number in count(1):
        duties = tuple(duty(f"Báo cáo lần {n}.", DISTRICT_STATE) for n in range(20))
        record, text = directive(PROVINCE_PARTY, "CT", str(number), "TU", "2021-10-18", duties=duties, path=str(number))
        store.replace(record.source.sha256, record.source.path, record_quads(record, text), text)
        print(record.source.sha256, len(set(record_quads(record, text))), flush=True)
        if number % 7 == 0:
            store.publish()
"""


@pytest.mark.parametrize("after", [3, 8, 15])
def test_a_killed_process_leaves_whole_documents_and_loses_none_it_reported(tmp_path: Path, after: int) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, str(seed(tmp_path))], stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdout is not None
        reported = dict(process.stdout.readline().split() for _ in range(after))
        process.send_signal(signal.SIGKILL)
        reported |= dict(line.split() for line in process.stdout.read().splitlines() if " " in line)
    with opened(tmp_path) as store:
        sizes = {source.sha256: size(store, source.sha256) for source in store.sources()}
        assert {sha256: sizes[sha256] for sha256 in reported} == {sha: int(each) for sha, each in reported.items()}
        assert len(set(map(bool, sizes.values()))) == 1
        assert all(read_text(tmp_path, sha256) for sha256 in sizes)
        store.publish()
    assert lines(read(tmp_path))


def size(store: Store, sha256: str) -> int:
    return sum(1 for _ in store.quads.quads_for_pattern(None, None, None, NamedNode(source_graph_iri(sha256))))


def test_the_digest_of_a_set_of_quads_does_not_depend_on_their_order() -> None:
    quads = list(record_quads(*ba_che()[1]))
    digests = []
    for order in (quads, quads[::-1], quads[1:]):
        digest = ContentDigest()
        digest.add(order)
        digests.append(digest.total)
    assert digests[0] == digests[1] != digests[2]


def test_hostile_text_stays_data(tmp_path: Path) -> None:
    words = 'x" . } ; DROP ALL ; INSERT DATA { <a:b> <a:b> "'
    old = directive(DISTRICT_PARTY, "CT", "1", "HU", "2021-10-18", words=words, path="a'\"} \udcff")
    new = directive(DISTRICT_PARTY, "CT", "2", "HU", "2021-10-18", words=words, path=old[0].source.path)
    with opened(tmp_path) as store:
        load(store, [*ba_che(), old])
        load(store, [new])  # replaces: goes through an update request
        assert {source.sha256 for source in store.sources()} == {text[0].source.sha256 for text in (*ba_che(), new)}
