"""Queries run in processes that keep the limits, cannot reach the network, and are replaced when they end."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from threading import Event

import pytest
from hostile import ended, processes
from site_samples import SAMPLES, publish_samples

from chidao.graph.errors import GoneError, QueryError, StoreError
from chidao.graph.texts import write_durably
from chidao.web.answers import Answer, LimitError, MalformedQueryError, Query, RefusedQueryError
from chidao.web.channel import Channel
from chidao.web.limits import Limits
from chidao.web.reply import Reply
from chidao.web.spawner import Worker
from chidao.web.workers import Pool

LIMITS = Limits(workers=1, time_limit=2, memory_limit=200, row_limit=50)
LONG = Limits(workers=1, time_limit=30, memory_limit=200)  # for what ends before, also on a busy machine
DOCUMENTS = "PREFIX cd: <https://w3id.org/chidao/ontology#> SELECT ?d { ?d a cd:Document }"
CROSS = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@pytest.fixture(scope="module")
def pool(published: Path) -> Iterator[Pool]:
    """One worker with tight limits."""
    with Pool(published, LIMITS) as made:
        yield made


def ask(pool: Pool, text: str, format_name: str = "json", row_limit: int = 50) -> Answer:
    """Ask with the pool's limits."""
    return pool.answer(Query(text, format_name, row_limit))


def test_a_query_over_the_time_limit_is_stopped_and_the_next_one_is_answered(pool: Pool) -> None:
    """It is told the limit and how to narrow itself, and not to come again as it is."""
    with pytest.raises(LimitError, match=r"2 seconds.*add LIMIT, name a document or a body") as stopped:
        ask(pool, f"SELECT (COUNT(*) AS ?n) {CROSS}")
    assert (stopped.value.limit, stopped.value.retry_after) == ("time", None)
    assert ask(pool, "ASK {}").kind == "boolean"


def test_a_query_over_the_memory_limit_is_stopped_and_the_next_one_is_answered(published: Path) -> None:
    with Pool(published, LONG) as pool:
        with pytest.raises(LimitError, match="200 MiB") as stopped:
            ask(pool, f"SELECT * {CROSS} ORDER BY ?a ?d ?g ?j")
        assert stopped.value.limit == "memory"
        assert ask(pool, "ASK {}").kind == "boolean"


def test_a_query_that_crashes_its_process_costs_no_other(pool: Pool) -> None:
    """Brackets so deep that the engine's stack overflows; memory is not blamed for it."""
    with pytest.raises(LimitError, match=r"crashed \(signal 11") as stopped:
        ask(pool, f"SELECT * {'{' * 100_000}{'}' * 100_000}")
    assert stopped.value.limit == "crash"
    assert ask(pool, "ASK {}").kind == "boolean"


@contextmanager
def hostile(pool: Pool, count: int) -> Iterator[list[Future[Answer]]]:
    """So many queries at once that end at the time limit."""
    with ThreadPoolExecutor(count) as visitors:
        yield [visitors.submit(ask, pool, f"SELECT (COUNT(*) AS ?n) {CROSS}") for _ in range(count)]


@pytest.mark.parametrize("warm", [False, True], ids=["as wanted", "started before"])
def test_small_queries_and_pages_pass_a_long_one(published: Path, warm: bool) -> None:
    """With one process for each lane; the long query goes on in the slow lane, with what it has done so far."""
    with Pool(published, LONG) as pool:
        if warm:
            pool.warm()
        ask(pool, "ASK {}")
        with hostile(pool, 1) as running:
            for _ in range(20):
                ask(pool, "ASK {}")
                pool.answer_page(Query("ASK {}", "json", 1))
            assert not running[0].done()
            pool.close()
            assert isinstance(running[0].exception(), LimitError | StoreError)


def test_a_slow_lane_that_is_full_sends_away_with_the_time_to_come_again(published: Path) -> None:
    with Pool(published, Limits(workers=1, time_limit=1.5)) as pool:
        with hostile(pool, 4) as running:
            errors = [each.exception() for each in running]
        limits = [error.limit for error in errors if isinstance(error, LimitError)]
        assert len(limits) == len(errors)
        assert set(limits) == {"time", "workers"}
        retries = {error.retry_after for error in errors if isinstance(error, LimitError) and error.limit == "workers"}
        assert retries <= {1, 2}
        assert ask(pool, "ASK {}").kind == "boolean"


def test_an_answer_over_the_size_limit_is_stopped(published: Path) -> None:
    limits = Limits(workers=1, time_limit=20, memory_limit=400, row_limit=10**9, answer_limit=1)
    with Pool(published, limits) as pool, pytest.raises(LimitError) as stopped:
        ask(pool, f"SELECT * {CROSS}", row_limit=10**9)
    assert stopped.value.limit == "size"


def test_a_query_waits_no_longer_than_it_may_run(published: Path) -> None:
    with Pool(published, Limits(workers=0, time_limit=0.05)) as pool, pytest.raises(LimitError) as busy:
        ask(pool, "ASK {}")
    assert busy.value.limit == "workers"


@pytest.mark.parametrize("format_name", ["json", "xml", "csv", "tsv"])
def test_rows_beyond_the_limit_are_cut_counted_and_said(pool: Pool, format_name: str) -> None:
    answer = ask(pool, "SELECT * { ?s ?p ?o }", format_name, row_limit=7)
    assert (answer.rows, answer.truncated) == (7, True)
    assert answer.length == len(answer.body.read())


def test_an_answer_of_exactly_the_limit_is_complete(pool: Pool) -> None:
    answer = ask(pool, "SELECT * { ?s ?p ?o } LIMIT 7", row_limit=7)
    assert (answer.rows, answer.truncated) == (7, False)


def test_triples_beyond_the_limit_are_cut_and_the_graph_stays_whole(pool: Pool) -> None:
    answer = ask(pool, "CONSTRUCT WHERE { ?s ?p ?o }", "jsonld", row_limit=5)
    assert answer.truncated
    assert json.load(answer.body)


def test_malformed_queries_tell_where(pool: Pool) -> None:
    with pytest.raises(MalformedQueryError, match="1:12"):
        ask(pool, "SELECT * { ")


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{there}> {{ ?x ?y ?z }} }}",
        "SELECT * {{ SERVICE SILENT <{there}> {{ ?x ?y ?z }} }}",
        "ASK {{ VALUES ?there {{ <{there}> }} SERVICE SILENT ?there {{ ?x ?y ?z }} }}",
    ],
    ids=["named", "silent", "variable"],
)
def test_service_is_refused_and_no_connection_made(pool: Pool, query: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        with pytest.raises(RefusedQueryError, match="SERVICE is refused"):
            ask(pool, query.format(there=f"http://127.0.0.1:{listener.getsockname()[1]}/"))
        with pytest.raises(BlockingIOError):
            listener.accept()


SECOND_LOCK = """
import os, sys
from pyoxigraph import Store
from chidao.web.isolation import refuse_network
if sys.argv[2]:
    os.setuid(int(sys.argv[2]))
assert refuse_network()
try:
    list(Store().query("SELECT * { SERVICE <%s> { ?x ?y ?z } }" % sys.argv[1]))
except OSError as error:
    print(error)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the lock is one of the Linux kernel's")
@pytest.mark.parametrize("user", ["", "65534"], ids=["as we are", "without privileges"])
def test_a_worker_could_not_connect_if_the_first_lock_failed(user: str) -> None:
    """What a worker gives up needs no privilege, and holds for a query that nobody has refused."""
    if user and os.getuid() != 0:
        pytest.skip("only root can become another user")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        there = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        command = [sys.executable, "-P", "-c", SECOND_LOCK, there, user]
        ended = subprocess.run(command, capture_output=True, text=True, check=False)
        assert "denied" in ended.stdout, ended.stderr
        with pytest.raises(BlockingIOError):
            listener.accept()


CONFINED = """
import sys
from pathlib import Path
from chidao.web.confinement import confine_files, program_folders
from chidao.web.isolation import refuse_network
refuse_network()
if not confine_files({Path(sys.argv[1]), *program_folders()}):
    sys.exit("no Landlock")
print(Path(sys.argv[1], "inside").read_text())
import wave
for mode, name in (("r", sys.argv[2]), ("w", sys.argv[1] + "/new"), ("w", sys.argv[2])):
    try:
        open(name, mode)
    except PermissionError:
        print("denied")
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the lock is one of the Linux kernel's")
def test_a_worker_reads_its_data_and_its_program_and_writes_nothing(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    for name in ("data/inside", "outside"):
        (tmp_path / name).write_text("read", encoding="utf-8")
    command = [sys.executable, "-P", "-c", CONFINED, str(tmp_path / "data"), str(tmp_path / "outside")]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)
    if "no Landlock" in ended.stderr:
        pytest.skip("this kernel has no Landlock")
    assert ended.stdout.split() == ["read", "denied", "denied", "denied"], ended.stderr


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM <{iri}> {{ ?s ?p ?o }}",
        "SELECT * FROM NAMED <{iri}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        "SELECT * {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}",
    ],
    ids=["from", "named", "graph"],
)
def test_a_dataset_is_never_fetched_from_a_file_or_the_web(pool: Pool, tmp_path: Path, query: str) -> None:
    secret = tmp_path / "secret.nt"
    secret.write_text("<a:a> <a:b> <a:c> .", encoding="utf-8")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        for iri in (secret.as_uri(), f"http://127.0.0.1:{listener.getsockname()[1]}/"):
            assert ask(pool, query.format(iri=iri)).rows == 0
        with pytest.raises(BlockingIOError):
            listener.accept()


def test_functions_of_others_are_refused(pool: Pool) -> None:
    with pytest.raises(QueryError, match="is not supported"):
        ask(pool, "SELECT (<http://example.org/f>(1) AS ?x) {}")


@pytest.fixture(scope="module")
def two_snapshots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a snapshot "first" of one document and the current one, "second", of two."""
    folder = tmp_path_factory.mktemp("two")
    publish_samples(folder / "one", SAMPLES[:1])
    publish_samples(folder / "two", SAMPLES[:2])
    shutil.move(folder / "two/snapshots/first", folder / "one/snapshots/second")
    (folder / "one/snapshots/current").write_text("second", encoding="utf-8")
    return folder / "one"


def test_a_new_snapshot_is_taken_up_without_a_restart(two_snapshots: Path, tmp_path: Path) -> None:
    data = shutil.copytree(two_snapshots, tmp_path / "data")
    write_durably(data / "snapshots/current", b"first")
    with Pool(data, LIMITS) as pool:
        before = ask(pool, DOCUMENTS)
        write_durably(data / "snapshots/current", b"second")
        after = ask(pool, DOCUMENTS)
    assert (before.snapshot, before.rows) == ("first", 1)
    assert (after.snapshot, after.rows) == ("second", 2)


def test_a_snapshot_that_is_kept_can_be_asked_by_name(two_snapshots: Path) -> None:
    asked = Query(DOCUMENTS, "json", 50)
    with Pool(two_snapshots, LIMITS) as pool:
        answers = [pool.answer(asked, name) for name in ("first", None, "second", "first")]
    assert [(each.snapshot, each.rows) for each in answers] == [
        ("first", 1),
        ("second", 2),
        ("second", 2),
        ("first", 1),
    ]


@pytest.mark.parametrize("name", ["third", "..", "../snapshots/first", "current", "first/", "building", "building.tmp"])
def test_a_snapshot_that_is_not_kept_names_the_current_one(two_snapshots: Path, name: str) -> None:
    for unfinished in ("building", "building.tmp"):
        (two_snapshots / "snapshots" / unfinished).mkdir(exist_ok=True)
    with Pool(two_snapshots, LIMITS) as pool, pytest.raises(GoneError, match="'second'") as gone:
        pool.answer(Query("ASK {}", "json", 50), name)
    assert gone.value.current == "second"


def test_no_query_fails_while_snapshots_come_and_go(two_snapshots: Path, tmp_path: Path) -> None:
    """Each is removed as soon as the next is current, though queries may be about to open it."""
    data = shutil.copytree(two_snapshots, tmp_path / "data")
    folder, done = data / "snapshots", Event()

    def publish_on() -> None:
        number = 0
        while not done.is_set():
            number += 1
            shutil.copytree(folder / "first", folder / f"copy{number}")
            write_durably(folder / "current", f"copy{number}".encode())
            shutil.rmtree(folder / f"copy{number - 1}", ignore_errors=True)

    with Pool(data, LONG) as pool, ThreadPoolExecutor(1) as publisher:
        publishing = publisher.submit(publish_on)
        try:
            seen: set[str] = set()
            while len(seen) < 12 and not publishing.done():
                seen.add(ask(pool, DOCUMENTS).snapshot)
        finally:
            done.set()
    publishing.result()


@pytest.mark.parametrize("whose", ["worker", "parent of all"])
def test_a_process_that_was_killed_from_outside_is_replaced(published: Path, whose: str) -> None:
    others = processes(os.getpid())
    with Pool(published, LIMITS) as pool:
        ask(pool, "ASK {}")
        forking, worker, *_ = (process for process in processes(os.getpid()) if process not in others)
        os.kill(worker if whose == "worker" else forking, signal.SIGKILL)
        while not ended(worker):
            pass
        assert ask(pool, "ASK {}").kind == "boolean"


def test_a_worker_that_ends_just_before_it_is_asked_is_told_like_one_that_ends_later() -> None:
    ours, theirs = socket.socketpair()
    theirs.close()
    with ours, pytest.raises(EOFError):
        Reply(Worker(0, Channel(ours), "any"), Query("ASK {}", "json", 50), 1)


def test_without_a_snapshot_the_message_says_what_to_do(tmp_path: Path) -> None:
    with Pool(tmp_path, LIMITS) as pool, pytest.raises(StoreError, match="chidao load"):
        ask(pool, "ASK {}")
