"""A store that is killed while it is pushed to is never taken for whole, and the next push makes it so."""

from contextlib import ExitStack
from pathlib import Path

import pytest
from engine_servers import oxigraph
from hand_snapshots import MERGED, A, B, C, publish, statement
from pyoxigraph import Quad

from chidao.graph.errors import StoreError
from chidao.graph.patch import Patch, write_patch
from chidao.graph.push import push
from chidao.graph.push_graphs import Sending
from chidao.graph.remote_marker import read_state
from chidao.graph.remote_store import RemoteStore
from chidao.web.limits import Limits
from chidao.web.remote_pool import open_remote

pytestmark = pytest.mark.xdist_group("engines")
FIRST = {A: ["một"], B: ["hai"], MERGED: ["một", "hai"]}
SECOND = {A: ["một", "năm"], C: ["ba ba"], MERGED: ["một", "năm", "ba ba"]}


def quads(graphs: dict[str, list[str]]) -> set[Quad]:
    return {statement(graph, word) for graph, words in graphs.items() for word in words}


@pytest.mark.parametrize("noted", [True, False], ids=["what changed", "everything"])
@pytest.mark.parametrize("calls", [0, 2], ids=["before the first change", "amid the changes"])
def test_a_store_killed_amid_a_push(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, noted: bool, calls: int) -> None:
    monkeypatch.setattr("chidao.graph.remote_store._PAUSES", (0.0,))
    data = publish(tmp_path / "data", "s1", FIRST)
    with ExitStack() as running:
        engine = running.enter_context(oxigraph(tmp_path, kept=True))
        with RemoteStore.open(engine.url) as remote:
            push(data, remote)
            publish(data, "s2", SECOND)
            if noted:
                write_patch(
                    data / "snapshots", "s2", Patch("s1", quads(FIRST) - quads(SECOND), quads(SECOND) - quads(FIRST))
                )
            sent: list[str] = []
            real = Sending.exchange if noted else Sending.send

            def killing(self: Sending, iri: str, *rest: object) -> None:
                if len(sent) == calls:
                    running.close()
                sent.append(iri)
                real(self, iri, *rest)  # type: ignore[arg-type]

            with monkeypatch.context() as cut:
                cut.setattr(Sending, "exchange" if noted else "send", killing)
                with pytest.raises(StoreError, match="can't be reached"):
                    push(data, remote)
    with oxigraph(tmp_path, kept=True) as engine, RemoteStore.open(engine.url) as remote:
        with pytest.raises(StoreError, match="no whole snapshot"):
            open_remote(engine.url, tmp_path / "none", Limits(workers=1))
        push(data, remote)
        state = read_state(remote)
        assert state is not None
        assert state.snapshot == "s2"
        rows = remote.rows("SELECT ?g ?o WHERE { { ?s ?p ?o BIND(1 AS ?g) } UNION { GRAPH ?g { ?s ?p ?o } } }")
        found = {(row["g"], row["o"]) for row in rows if "published" not in row["g"]}
        assert found == {("1" if graph == MERGED else graph, word) for graph, words in SECOND.items() for word in words}
