"""The shipped queries give the same answers in every engine, by value: embedded, Oxigraph's server and Virtuoso."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from engine_servers import Engine
from pyoxigraph import DefaultGraph, QueryResultsFormat, QuerySolutions, RdfFormat, parse_query_results

from chidao.graph.publish import snapshot
from chidao.graph.remote_store import JSON_RESULTS, RemoteStore
from chidao.graph.remote_values import rows_of
from chidao.ontology.namespaces import ID
from chidao.ontology.vocabulary import queries, query

pytestmark = pytest.mark.xdist_group("engines")
EXPECTED = Path(__file__).resolve().parent / "expected"
Rows = list[list[str]]


@pytest.fixture(scope="module", params=["oxigraph", "virtuoso"])
def remote(request: pytest.FixtureRequest, sample_data: Path) -> Iterator[RemoteStore]:
    """The merge of the sample corpus in a server: no shipped query asks for another graph."""
    engine: Engine = request.getfixturevalue(f"{request.param}_server")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("CHIDAO_STORE_USER", engine.user)
        environment.setenv("CHIDAO_STORE_PASSWORD", engine.password)
        with RemoteStore.open(engine.url) as store:
            lines = pyoxigraph.Store.read_only(str(snapshot(sample_data))).dump(
                format=RdfFormat.N_TRIPLES, from_graph=DefaultGraph()
            )
            store.put(store.address.default_graph, lines or b"")
            yield store
            store.put(store.address.default_graph, b"")


def answer(remote: RemoteStore, text: str) -> Rows:
    """The columns, then the rows in order; IRIs of the data without their base."""
    form: dict[str, str | list[str]] = {"query": text}
    if remote.address.default_graph:
        form["default-graph-uri"] = remote.address.default_graph
    with remote.answer(form, JSON_RESULTS, 60) as response:
        assert response.status_code == 200, response.read()
        found = parse_query_results(response.read(), QueryResultsFormat.JSON)
    assert isinstance(found, QuerySolutions)
    columns = [variable.value for variable in found.variables]
    rows = [[str(getattr(term, "value", "")) for term in row] for row in rows_of(found)]
    return [columns, *sorted([value.replace(str(ID), "") for value in row] for row in rows)]


@pytest.mark.parametrize("name", sorted(queries()))
def test_a_shipped_query_answers_as_it_does_here(remote: RemoteStore, name: str) -> None:
    """No query is left out: where an engine is wrong, the template is written so that it is right."""
    expected = list(csv.reader(io.StringIO((EXPECTED / f"{name}.csv").read_text(encoding="utf-8"))))
    assert answer(remote, query(name).bind()) == expected
