"""Queries run in processes that keep the limits, cannot reach the network, and are replaced when they end."""

import json
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from site_samples import SAMPLES, publish_samples

from chidao.graph.errors import QueryError, StoreError
from chidao.web.answers import Answer, LimitError, MalformedQueryError, Query
from chidao.web.limits import Limits
from chidao.web.workers import Pool

LIMITS = Limits(workers=1, time_limit=2, memory_limit=200, row_limit=50)
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
    with pytest.raises(LimitError, match="2 seconds") as stopped:
        ask(pool, f"SELECT (COUNT(*) AS ?n) {CROSS}")
    assert stopped.value.limit == "time"
    assert ask(pool, "ASK {}").kind == "boolean"


def test_a_query_over_the_memory_limit_is_stopped_and_the_next_one_is_answered(pool: Pool) -> None:
    with pytest.raises(LimitError, match="200 MiB") as stopped:
        ask(pool, f"SELECT * {CROSS} ORDER BY ?a ?d ?g ?j")
    assert stopped.value.limit == "memory"
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


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_a_worker_cannot_reach_the_network(pool: Pool, silent: str) -> None:
    """The second lock: even a SERVICE that got past the reading of the query opens no connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        query = f"SELECT * {{ SERVICE {silent} <http://127.0.0.1:{server.getsockname()[1]}/> {{ ?x ?y ?z }} }}"
        if silent:
            ask(pool, query)
        else:
            with pytest.raises(QueryError, match="denied"):
                ask(pool, query)
        with pytest.raises(TimeoutError):
            server.accept()


@pytest.mark.parametrize(
    "query", ["SELECT * FROM <http://127.0.0.1/> { ?s ?p ?o }", "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }"]
)
def test_from_never_fetches(pool: Pool, query: str) -> None:
    assert ask(pool, query).rows == 0


def test_a_new_snapshot_is_taken_up_without_a_restart(tmp_path: Path) -> None:
    publish_samples(tmp_path / "one", SAMPLES[:1])
    publish_samples(tmp_path / "two", SAMPLES[:2])
    count = "PREFIX cd: <https://w3id.org/chidao/ontology#> SELECT ?d { ?d a cd:Document }"
    with Pool(tmp_path / "one", LIMITS) as pool:
        before = ask(pool, count)
        shutil.copytree(tmp_path / "two/snapshots/first", tmp_path / "one/snapshots/second")
        (tmp_path / "one/snapshots/current").write_text("second", encoding="utf-8")
        after = ask(pool, count)
    assert (before.snapshot, before.rows) == ("first", 1)
    assert (after.snapshot, after.rows) == ("second", 2)


def test_without_a_snapshot_the_message_says_what_to_do(tmp_path: Path) -> None:
    with Pool(tmp_path, LIMITS) as pool, pytest.raises(StoreError, match="chidao load"):
        ask(pool, "ASK {}")
