"""One push at a time: a second one is told why it has to wait, and one that was given up is taken over in the end."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from engine_servers import Engine
from hand_snapshots import MERGED, A, B, publish

from chidao.graph.errors import StoreError
from chidao.graph.push import push
from chidao.graph.push_claim import Claim, Pusher, locked
from chidao.graph.remote_marker import MARKER, Marker, exchange_pusher, read_marker, read_state
from chidao.graph.remote_store import RemoteStore

pytestmark = pytest.mark.xdist_group("engines")
FIRST = {A: ["một"], MERGED: ["một"]}
NOW = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def remote(oxigraph_server: Engine) -> Iterator[RemoteStore]:
    with RemoteStore.open(oxigraph_server.url) as store:
        yield store
        for graph in (A, B, MARKER):
            store.remove(graph)
        store.put(None, b"")


def test_two_pushes_from_one_folder_do_not_run_together(remote: RemoteStore, tmp_path: Path) -> None:
    data = publish(tmp_path / "data", "s1", FIRST)
    with locked(data, remote), pytest.raises(StoreError, match=r"another push from .* is under way; wait"):
        push(data, remote)
    assert push(data, remote).graphs == 2


def test_a_push_from_elsewhere_is_respected_for_an_hour(remote: RemoteStore, tmp_path: Path) -> None:
    """Then it is taken over, whole; and the one that was given up may not go on."""
    data = publish(tmp_path / "data", "s1", FIRST)
    other = Claim(remote, tmp_path / "other", "s0")
    other.take(Marker())
    with pytest.raises(StoreError, match=r"a push from another data folder is under way.*Wait until it is done"):
        push(data, remote)
    old = str(other)
    exchange_pusher(remote, [old], str(Pusher("other", NOW - timedelta(hours=2), "", "s0")))
    assert push(data, remote).graphs == 2
    for go_on in (other.renew, lambda: other.release("s0")):
        with pytest.raises(StoreError, match="another push took the store over"):
            go_on()
    marker = read_marker(remote)
    assert marker is not None
    assert (marker.snapshot, marker.pushers) == ("s1", ())


def test_of_two_that_begin_at_once_none_goes_on(remote: RemoteStore, tmp_path: Path) -> None:
    """Each has read the marker before the other wrote: the second sees the first, and takes itself out again."""
    push(publish(tmp_path / "data", "s1", FIRST), remote)
    found = read_state(remote)
    assert found is not None
    first, second = (Claim(remote, tmp_path / name, "s2") for name in ("one", "other"))
    assert first.take(found) == "s1"
    with pytest.raises(StoreError, match="at the same moment; try again"):
        second.take(found)
    first.release("s2")
    with pytest.raises(StoreError, match="at the same moment; try again"):
        second.take(found)
    assert read_state(remote) == Marker("s2")


def test_of_a_push_that_was_cut_the_beginning_is_known(remote: RemoteStore, tmp_path: Path) -> None:
    """As long as it is the same that is pushed again; of another one nothing is known."""
    push(publish(tmp_path / "data", "s1", FIRST), remote)
    found = read_state(remote)
    assert found is not None
    Claim(remote, tmp_path, "s2").take(found)
    cut = read_state(remote)
    assert cut is not None
    assert cut.snapshot is None
    assert Claim(remote, tmp_path, "s2").take(cut) == "s1"
    again = read_state(remote)
    assert again is not None
    assert Claim(remote, tmp_path, "s3").take(again) is None


@pytest.mark.parametrize("text", ["", "x", "x y z", "x 2026-13-01T00:00:00+00:00 s1 s0"])
def test_what_is_no_claim_is_not_read_as_one(text: str) -> None:
    assert Pusher.read(text) is None


def test_a_claim_comes_back_as_it_was_written() -> None:
    for before in ("", "s1"):
        pusher = Pusher("a" * 16, NOW, before, "s2")
        assert Pusher.read(str(pusher)) == pusher
