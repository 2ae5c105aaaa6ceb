"""The site over a remote store: the same answers, headers and refusals, from a real Oxigraph server and a Virtuoso."""

import csv
import io
import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
from engine_servers import Engine
from flask.testing import FlaskClient
from hand_snapshots import MERGED, A, B, C, publish
from tiny_server import RESULTS, Answer, parts, server

from chidao.graph.errors import ChidaoError, GoneError, QueryError, StoreError
from chidao.graph.push import push
from chidao.graph.remote_marker import CURRENT, MARKER, Marker, write_marker
from chidao.graph.remote_store import RemoteStore
from chidao.web.answers import LimitError, Query, WholeGraph
from chidao.web.app import create_app
from chidao.web.limits import Limits
from chidao.web.remote_pool import RemotePool, open_remote

pytestmark = pytest.mark.xdist_group("engines")
MANY = [f"lời {number}" for number in range(40)]
SELECT = "SELECT ?o WHERE { ?s ?p ?o FILTER(STRSTARTS(?o, 'lời')) }"
ASKING = len(urlencode({"query": CURRENT}))  # bytes of the question for the snapshot
LIMITS = Limits(workers=1, time_limit=3, row_limit=30, answer_limit=1)


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def engine(request: pytest.FixtureRequest) -> Iterator[Engine]:
    """A server with a small snapshot, s1; emptied again afterwards."""
    found: Engine = request.getfixturevalue(f"{request.param}_server")
    folder = request.getfixturevalue("tmp_path_factory").mktemp("served")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CHIDAO_STORE_USER", found.user)
        environment.setenv("CHIDAO_STORE_PASSWORD", found.password)
        with RemoteStore.open(found.url) as remote:
            push(publish(folder / "data", "s1", {A: MANY, B: ["một"], MERGED: [*MANY, "một"]}), remote)
            yield found
            for graph in (A, B, MERGED, MARKER):
                remote.remove(graph)
            if remote.address.default_graph is None:
                remote.put(None, b"")


@pytest.fixture(scope="module")
def pool(engine: Engine, tmp_path_factory: pytest.TempPathFactory) -> Iterator[RemotePool]:
    made, folder = open_remote(engine.url, tmp_path_factory.mktemp("none"), LIMITS)
    assert folder == made.data_dir
    with made:
        yield made
    assert not folder.exists()


@pytest.fixture(scope="module")
def visitor(pool: RemotePool) -> FlaskClient:
    app = create_app(pool.data_dir, LIMITS, pool=pool)
    app.testing = True
    return app.test_client(use_cookies=False)


def rows(text: str) -> list[str]:
    return sorted(row[0] for row in list(csv.reader(io.StringIO(text)))[1:])


def test_an_answer_says_its_snapshot_and_how_it_was_cut(visitor: FlaskClient) -> None:
    whole = visitor.get("/sparql", query_string={"query": f"{SELECT} LIMIT 20", "format": "csv"})
    assert (whole.status_code, len(rows(whole.text))) == (200, 20)
    assert (whole.headers["X-Chidao-Snapshot"], whole.headers["X-Chidao-Rows"]) == ("s1", "20")
    cut = visitor.post("/sparql", data={"query": SELECT}, headers={"Accept": "text/csv"})
    assert (cut.status_code, len(rows(cut.text))) == (200, 30)
    assert cut.headers["X-Chidao-Truncated"] == "row limit 30"


@pytest.mark.parametrize(
    ("pattern", "dataset", "found"),
    [
        ("?s ?p ?o", "", 41),
        ("?s ?p ?o", f"FROM <{B}>", 1),
        (f"GRAPH <{B}> {{ ?s ?p ?o }}", "", 1),
        (f"GRAPH <{A}> {{ ?s ?p ?o }} ?from ?p ?o", "", 40),
        (f"GRAPH ?g {{ ?s ?p ?o }} FILTER(?g = <{A}>)", "", 40),
    ],
)
def test_the_graphs_are_those_of_the_snapshot(visitor: FlaskClient, pattern: str, dataset: str, found: int) -> None:
    """The default graph is the merge, wherever the store keeps it; a query's own dataset is left to it."""
    query = f"SELECT (COUNT(DISTINCT ?o) AS ?n) {dataset} WHERE {{ {pattern} }}"
    assert rows(visitor.get("/sparql", query_string={"query": query, "format": "csv"}).text) == [str(found)]


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("SELECT * WHERE { SERVICE <http://x/> { ?s ?p ?o } }", 403, "SERVICE is refused"),
        ("SELECT * WHERE { \\u0053ERVICE <http://x/> { ?s ?p ?o } }", 400, "malformed"),
        ("SELECT * WHERE { ?s ?p 'ok \\u0053ERVICE <http://x/>' }", 200, ""),
        ('DEFINE get:soft "soft" SELECT * WHERE { ?s ?p ?o }', 400, ""),
        ("SELECT * WHERE { ?s ?p }", 400, "malformed"),
        ("INSERT DATA { <http://x/> <http://x/> 1 }", 400, ""),
    ],
)
def test_refusals_are_those_of_our_own_workers(visitor: FlaskClient, query: str, status: int, said: str) -> None:
    answer = visitor.get("/sparql", query_string={"query": query, "format": "json"})
    assert answer.status_code == status, answer.text
    assert said in answer.text


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld"])
def test_graphs_come_in_every_format(visitor: FlaskClient, form: str) -> None:
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{B}> {{ ?s ?p ?o }} }}"
    answer = visitor.get("/sparql", query_string={"query": query, "format": form})
    assert (answer.status_code, answer.headers["X-Chidao-Rows"]) == (200, "1")
    assert "một" in answer.text or "m\\u1ED9t" in answer.text


def test_an_ask_and_a_description_are_answered(visitor: FlaskClient) -> None:
    assert visitor.get("/sparql", query_string={"query": "ASK { ?s ?p 'nix' }", "format": "json"}).json == {
        "head": {},
        "boolean": False,
    }
    assert visitor.get("/sparql", headers={"Accept": "text/turtle"}).status_code == 200


def test_what_is_worked_out_needs_the_data_folder(visitor: FlaskClient) -> None:
    answer = visitor.get("/lag", headers={"Accept": "text/html"})
    assert answer.status_code == 503
    assert "serve with --data" in answer.text


def test_only_the_snapshot_that_is_there_can_be_asked(pool: RemotePool) -> None:
    with pool.answer(Query(SELECT, "csv", 5), "s1").body as body:
        assert body.read()
    with pytest.raises(GoneError, match="holds the snapshot 's1'"):
        pool.answer(Query(SELECT, "csv", 5), "s0")


def test_nothing_is_answered_while_a_push_is_not_whole(engine: Engine, visitor: FlaskClient, tmp_path: Path) -> None:
    with RemoteStore.open(engine.url) as remote:
        write_marker(remote, Marker(None, {A: ""}))
        answer = visitor.get("/sparql", query_string={"query": SELECT})
        assert (answer.status_code, "no whole snapshot" in answer.text) == (503, True)
        push(publish(tmp_path / "data", "s2", {A: MANY, B: ["một"], MERGED: [*MANY, "một"]}), remote)
        assert visitor.get("/sparql", query_string={"query": SELECT}).headers["X-Chidao-Snapshot"] == "s2"


def test_a_graph_is_given_whole_or_refused(engine: Engine, pool: RemotePool) -> None:
    """Virtuoso gives no more statements than its ResultSetMaxRows, and says nothing."""
    lines = "".join(f'<http://example.org/{n}> <http://example.org/says> "{n}" .\n' for n in range(1100))
    with RemoteStore.open(engine.url) as remote:
        remote.put(C, lines.encode())
        if engine.name == "virtuoso":
            with pytest.raises(LimitError, match=r"gave 100\d of 1100 statements"):
                pool.answer(WholeGraph(C, "nt"))
        else:
            with pool.answer(WholeGraph(C, "nt")).body as body:
                assert body.read().count(b"\n") == 1100
        remote.remove(C)


def results(*words: str) -> bytes:
    """Rows of one column."""
    bindings = [{"snapshot": {"type": "literal", "value": word}} for word in words]
    return json.dumps({"head": {"vars": ["snapshot"]}, "results": {"bindings": bindings}}).encode()


@pytest.mark.parametrize(
    ("answer", "error", "said"),
    [
        (None, LimitError, "stopped after 0.3 seconds"),
        ((200, {"Content-Type": RESULTS}, results("một")[:-9]), StoreError, "broke its answer off"),
        ((200, {"Content-Type": RESULTS}, b"The operation has been cancelled"), StoreError, "broke its answer off"),
        ((200, {"Content-Type": RESULTS, "X-SQL-State": "S1TAT"}, results("một")), LimitError, "a part of the answer"),
        ((200, {"Content-Type": RESULTS}, results("x" * 2**21)), LimitError, "longer than 1 MiB"),
        ((500, {}, b"42000 Error The estimated execution time 9 (sec)"), LimitError, "MaxQueryCostEstimationTime"),
        ((500, {}, b"37000 Error SQ074"), QueryError, "said 500: 37000 Error SQ074"),
        ((503, {}, b"busy"), StoreError, "does not answer queries now: 503 busy"),
    ],
    ids=["silence", "cut", "cancelled", "anytime", "long", "estimate", "failed", "busy"],
)
def test_what_is_no_whole_answer_is_not_taken_for_one(
    answer: Answer | None, error: type[ChidaoError], said: str
) -> None:
    """Stores that stop a query at a limit of their own may say 200 all the same."""
    with served(answer) as pool, pytest.raises(error, match=said):
        pool.answer(Query(SELECT, "csv", 9))


def test_an_answer_that_the_store_has_cut_is_marked() -> None:
    """Virtuoso's ResultSetMaxRows."""
    with served((200, {"Content-Type": RESULTS, "X-SPARQL-MaxRows": "2"}, results("một", "hai"))) as pool:
        assert pool.answer(Query(SELECT, "csv", 9)).truncated


@contextmanager
def served(answer: Answer | None) -> Iterator[RemotePool]:
    """A pool on a store that holds the snapshot s1 and gives this answer, or none for a second."""

    def handle(_method: str, _path: str, headers: dict[str, str]) -> Answer:
        if int(headers["content-length"]) == ASKING:
            return 200, {"Content-Type": RESULTS}, results("s1")
        if answer is None:
            time.sleep(1)
        return answer or (200, {}, b"")

    limits = Limits(workers=1, time_limit=20 if answer else 0.3, answer_limit=1)
    with server(handle) as url, RemotePool(RemoteStore.open(parts(url)), limits) as pool:
        yield pool
