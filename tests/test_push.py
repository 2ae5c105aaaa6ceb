"""A push makes a remote store equal to the snapshot, sends what changed and nothing else, and goes on where it was cut."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph
import pytest
from engine_servers import Engine
from hand_snapshots import SAYS, A, B, C, Graphs, publish, statement
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat

from chidao.graph.errors import StoreError
from chidao.graph.patch import Patch, write_patch
from chidao.graph.push import push
from chidao.graph.push_graphs import LARGE, difference
from chidao.graph.remote_address import MERGED
from chidao.graph.remote_marker import MARKER, Marker, note_digests, read_marker, write_marker
from chidao.graph.remote_store import RemoteStore

pytestmark = pytest.mark.xdist_group("engines")


@pytest.fixture(params=["oxigraph", "virtuoso"])
def engine(request: pytest.FixtureRequest) -> Engine:
    found: Engine = request.getfixturevalue(f"{request.param}_server")
    return found


@pytest.fixture
def remote(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[RemoteStore]:
    """An empty store; emptied again afterwards."""
    monkeypatch.setenv("CHIDAO_STORE_USER", engine.user)
    monkeypatch.setenv("CHIDAO_STORE_PASSWORD", engine.password)
    with RemoteStore.open(engine.url) as store:
        yield store
        for graph in (A, B, C, MERGED, MARKER):
            store.remove(graph)
        if store.address.default_graph is None:
            store.put(None, b"")


def held(remote: RemoteStore, graph: str) -> list[str]:
    """The words in a graph of the store."""
    where = remote.address.default_graph if graph == MERGED else graph
    pattern = f"GRAPH <{where}> {{ ?s {SAYS} ?o }}" if where else f"?s {SAYS} ?o"
    return sorted(row["o"] for row in remote.rows(f"SELECT ?o WHERE {{ {pattern} }}"))


FIRST = {A: ["một", "hai"], B: ["ba"], MERGED: ["một", "hai", "ba"]}
SECOND = {A: ["một", "hai"], C: ["bốn “trích” \\ \n hết"], MERGED: ["một", "hai", "bốn “trích” \\ \n hết"]}


def test_only_what_changed_is_sent_and_what_is_gone_is_removed(remote: RemoteStore, tmp_path: Path) -> None:
    data = publish(tmp_path / "data", "s1", FIRST)
    assert push(data, remote).graphs == 3
    assert {graph: held(remote, graph) for graph in FIRST} == {graph: sorted(words) for graph, words in FIRST.items()}
    assert push(data, remote).graphs == 0
    publish(data, "s2", SECOND)
    done = push(data, remote)
    assert (done.graphs, done.removed, done.statements) == (2, 1, 4)
    assert {graph: held(remote, graph) for graph in (A, B, C, MERGED)} == {
        graph: sorted(SECOND.get(graph, [])) for graph in (A, B, C, MERGED)
    }
    marker = read_marker(remote)
    assert marker is not None
    assert (marker.snapshot, set(marker.digests)) == ("s2", set(SECOND))


def cut_after(count: int, send: Callable[[str | None, bytes], None]) -> Callable[[str | None, bytes], None]:
    """``send``, whose line breaks after so many graphs."""
    sent = []

    def sending(graph: str | None, ntriples: bytes) -> None:
        if graph != MARKER:
            sent.append(graph)
        if len(sent) > count:
            raise StoreError("the store can't be reached")
        send(graph, ntriples)

    return sending


@pytest.mark.parametrize(("before", "left"), [(None, 2), (FIRST, 1)], ids=["the first push", "a later push"])
def test_a_cut_push_shows_and_is_taken_up(
    remote: RemoteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, before: Graphs | None, left: int
) -> None:
    """A reader sees that no snapshot is whole; what was noted as sent is not sent again."""
    data = tmp_path / "data"
    if before:
        push(publish(data, "s1", before), remote)
    publish(data, "s2", SECOND)
    monkeypatch.setattr("chidao.graph.push._NOTED", 1)
    with monkeypatch.context() as cut:
        cut.setattr(remote, "put", cut_after(1, remote.put))
        with pytest.raises(StoreError):
            push(data, remote)
    marker = read_marker(remote)
    assert marker is not None
    assert marker.snapshot is None
    assert push(data, remote).graphs == left
    assert {graph: held(remote, graph) for graph in (A, B, C, MERGED)} == {
        graph: sorted(SECOND.get(graph, [])) for graph in (A, B, C, MERGED)
    }


def test_of_a_large_graph_the_difference_is_sent(remote: RemoteStore, tmp_path: Path) -> None:
    many = [f"lời {number:05d} {'dài ' * 40}" for number in range(LARGE // 200)]
    data = publish(tmp_path / "data", "s1", {MERGED: [*many, "cũ"]})
    push(data, remote)
    publish(data, "s2", {MERGED: [*many, "mới"]})
    assert push(data, remote).statements == 2
    words = held(remote, MERGED) if remote.address.default_graph is None else []  # Virtuoso gives 1000 rows at most
    graph = f"GRAPH <{remote.address.default_graph}>" if remote.address.default_graph else ""
    (count,) = remote.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ {graph} {{ ?s {SAYS} ?o }} }}")
    assert count["n"] == str(len(many) + 1)
    assert not words or ("mới" in words and "cũ" not in words)


VALUES = {
    "words": Literal("lời “trích” \\ \n\t hết", language="vi"),
    "text": Literal('"'),
    "truth": Literal(True),
    "number": Literal(12),
    "share": Literal("0.50", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#decimal")),
    "day": Literal("2023-05-17", datatype=NamedNode("http://www.w3.org/2001/XMLSchema#date")),
    "thing": NamedNode("http://example.org/vật"),
}


def test_what_publishing_has_noted_is_sent_and_nothing_is_read(
    remote: RemoteStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of every form of value; graphs come and go; the marker is that of a push of everything."""
    data = publish(tmp_path / "data", "s1", FIRST)
    push(data, remote)
    steps = [FIRST, {**FIRST, C: ["bốn"]}, SECOND]
    quads = [{statement(graph, word) for graph, words in step.items() for word in words} for step in steps]
    valued = {Quad(SAYS, SAYS, value, graph) for value in VALUES.values() for graph in (NamedNode(A), DefaultGraph())}
    folder = data / "snapshots"
    write_patch(folder, "s2", Patch("s1", quads[0] - quads[1], (quads[1] - quads[0]) | valued))
    publish(data, "s2", steps[1])
    with monkeypatch.context() as unread:
        unread.setattr("chidao.graph.push._contents", None)
        push(data, remote)
        assert len(held(remote, A)) == 2 + len(VALUES)
        write_patch(folder, "s3", Patch("s2", (quads[1] - quads[2]) | valued, quads[2] - quads[1]))
        publish(data, "s3", SECOND)
        done = push(data, remote)
    assert (done.graphs, done.removed) == (3, 1)
    assert {graph: held(remote, graph) for graph in (A, B, C, MERGED)} == {
        graph: sorted(SECOND.get(graph, [])) for graph in (A, B, C, MERGED)
    }
    publish(data, "s4", SECOND)
    assert push(data, remote).graphs == 0


def test_a_marker_of_many_graphs_is_read_whole(remote: RemoteStore) -> None:
    """Though Virtuoso gives no more rows than its administrator allows, and leaves others out without a word."""
    digests = {f"http://example.org/{number}": f"{number:032x}" for number in range(1100)}
    write_marker(remote, Marker("s1", digests))
    note_digests(remote, {"http://example.org/7": ""})
    marker = read_marker(remote)
    assert marker is not None
    assert marker.digests == digests


def test_other_graphs_are_left_alone(remote: RemoteStore, tmp_path: Path) -> None:
    other = "http://example.org/graph"
    remote.put(other, b'<http://example.org/1> <http://example.org/says> "kh\xc3\xa1c"@vi .\n')
    push(publish(tmp_path / "data", "s1", FIRST), remote)
    assert held(remote, other) == ["khác"]
    remote.remove(other)


def test_a_default_graph_of_others_is_not_replaced(oxigraph_server: Engine, tmp_path: Path) -> None:
    with RemoteStore.open(oxigraph_server.url) as remote:
        remote.put(None, b'<http://example.org/1> <http://example.org/says> "kh\xc3\xa1c"@vi .\n')
        with pytest.raises(StoreError, match="name an empty store"):
            push(publish(tmp_path / "data", "s1", FIRST), remote)
        assert held(remote, MERGED) == ["khác"]
        remote.put(None, b"")


@given(st.sets(st.integers(0, 30)), st.sets(st.integers(0, 30)))
def test_a_difference_takes_and_gives_what_it_must(before: set[int], after: set[int]) -> None:
    """Also where the two do not come in one order, as in memory: then some is given that is there."""
    old, new = pyoxigraph.Store(), pyoxigraph.Store()
    for store, numbers in ((old, before), (new, after)):
        store.extend(Quad(NamedNode(f"http://example.org/{n}"), SAYS, Literal(n), DefaultGraph()) for n in numbers)
    found = [
        (int(line.split(b">")[0].rsplit(b"/", 1)[1]), is_new) for line, is_new in difference(old, new, DefaultGraph())
    ]
    assert {number for number, is_new in found if not is_new} == before - after
    assert after - before <= {number for number, is_new in found if is_new} <= after


def test_the_order_of_a_graph_is_that_of_its_content(tmp_path: Path) -> None:
    """So a digest of its lines names what a snapshot holds, however it came there."""
    quads = [Quad(NamedNode(f"http://example.org/{n}"), SAYS, Literal(n), DefaultGraph()) for n in range(500)]
    one, other = pyoxigraph.Store(str(tmp_path / "one")), pyoxigraph.Store(str(tmp_path / "other"))
    one.bulk_extend(quads)
    for quad in [*reversed(quads), Quad(NamedNode("http://example.org/x"), SAYS, Literal(""), DefaultGraph())]:
        other.add(quad)
    other.remove(Quad(NamedNode("http://example.org/x"), SAYS, Literal(""), DefaultGraph()))
    assert one.dump(format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()) == other.dump(
        format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()
    )
