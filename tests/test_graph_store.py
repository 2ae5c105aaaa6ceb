"""Graphs are read whole by the Graph Store Protocol: indirect and direct, in every format, or refused with a reason."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse

from chidao.graph.names import graph_iri
from chidao.web.app import create_app
from chidao.web.formats import GRAPH_FORMATS
from chidao.web.limits import Limits
from chidao.web.site import site_of

ONTOLOGY = graph_iri("ontology")
RDF_FORMATS = (
    RdfFormat.TURTLE, RdfFormat.N_TRIPLES, RdfFormat.RDF_XML, RdfFormat.JSON_LD, RdfFormat.TRIG, RdfFormat.N_QUADS,
)  # fmt: skip


@pytest.fixture(scope="module")
def snapshot(published: Path) -> Store:
    """The published data, read without the endpoint."""
    return Store.read_only(str(published / "snapshots/first"))


@pytest.fixture(scope="module")
def narrow(published: Path) -> Iterator[FlaskClient]:
    """The site with room for one row and for answers of up to 1 MiB."""
    made = create_app(published, Limits(workers=1, time_limit=20, row_limit=1, answer_limit=1))
    yield made.test_client()
    site_of(made).pool.close()


def indirect(graph: str, **more: str) -> str:
    arguments = "".join(f"&{name}={value}" for name, value in more.items())
    return f"/rdf-graph-store?graph={quote(graph, safe='')}{arguments}"


def triples(store: Store, graph: NamedNode | DefaultGraph) -> set[object]:
    return {quad.triple for quad in store.quads_for_pattern(None, None, None, graph)}


@pytest.mark.parametrize(("name", "parser"), zip(GRAPH_FORMATS, RDF_FORMATS, strict=True))
def test_a_graph_comes_whole_in_every_format(
    narrow: FlaskClient, snapshot: Store, name: str, parser: RdfFormat
) -> None:
    """The row limit, here of one, is not for graphs; a graph stands in the default graph of its own answer."""
    answer = narrow.get(indirect(ONTOLOGY, format=name))
    assert (answer.status_code, answer.content_type) == (200, GRAPH_FORMATS[name].content_type)
    given = list(parse(answer.data, parser))
    assert {quad.triple for quad in given} == triples(snapshot, NamedNode(ONTOLOGY))
    assert {quad.graph_name for quad in given} == {DefaultGraph()}
    assert answer.headers["X-Chidao-Snapshot"] == "first"
    assert "X-Chidao-Truncated" not in answer.headers


def test_the_default_graph_is_the_merge(client: FlaskClient, snapshot: Store) -> None:
    answer = client.get("/rdf-graph-store?default", headers={"Accept": "application/n-triples"})
    assert {quad.triple for quad in parse(answer.data, RdfFormat.N_TRIPLES)} == triples(snapshot, DefaultGraph())


def test_a_graph_has_an_address_of_its_own(client: FlaskClient) -> None:
    direct = client.get("/rdf-graph-store/ontology", headers={"Accept": "application/n-triples"})
    assert direct.data == client.get(indirect(ONTOLOGY, format="nt")).data
    assert client.get("/rdf-graph-store/ontology").mimetype == "text/turtle"


@pytest.mark.parametrize(
    ("path", "accept", "status", "said"),
    [
        ("/rdf-graph-store", "*/*", 400, "?default"),
        ("/rdf-graph-store?default&graph=http://a.example/", "*/*", 400, "one graph"),
        ("/rdf-graph-store?graph=http://a.example/&graph=http://b.example/", "*/*", 400, "one graph"),
        ("/rdf-graph-store?graph=ontology", "*/*", 400, "not an absolute IRI"),
        ("/rdf-graph-store?graph=", "*/*", 400, "not an absolute IRI"),
        ("/rdf-graph-store?graph=http://a.example/%3E%20%7B", "*/*", 400, "not an absolute IRI"),
        ("/rdf-graph-store?graph=%FF", "*/*", 400, "UTF-8"),
        ("/rdf-graph-store?graph=http://a.example/none", "*/*", 404, "no graph of this name"),
        ("/rdf-graph-store?graph=file:///etc/hostname", "*/*", 404, "no graph of this name"),
        ("/rdf-graph-store/none/such", "*/*", 404, "no graph of this name"),
        (indirect(ONTOLOGY), "text/csv", 406, "text/turtle"),
        (indirect(ONTOLOGY, format="csv"), "*/*", 406, "text/turtle"),
        (indirect(ONTOLOGY, snapshot="gone"), "*/*", 410, "first"),
    ],
)
def test_what_is_no_graph_is_told_so(client: FlaskClient, path: str, accept: str, status: int, said: str) -> None:
    for method in ("GET", "HEAD"):
        answer = client.open(path, method=method, headers={"Accept": accept})
        assert (answer.status_code, answer.mimetype) == (status, "text/plain")
        assert said in answer.text or method == "HEAD"


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize("path", [indirect(ONTOLOGY), "/rdf-graph-store?default", "/rdf-graph-store/ontology"])
def test_nothing_is_written(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method, data="<a:a> <a:b> 1 .", content_type="text/turtle")
    assert (answer.status_code, answer.allow) == (405, {"GET", "HEAD", "OPTIONS"})
    assert "chidao load" in answer.text


def test_a_graph_too_long_for_an_answer_is_not_cut(tmp_path: Path) -> None:
    """503 that names the limit and two ways out, rather than a graph of which a part is missing."""
    (tmp_path / "snapshots").mkdir()
    store = Store(str(tmp_path / "snapshots/first"))
    name, text = NamedNode("http://a.example/p"), "x" * 1000
    store.extend(Quad(NamedNode(f"http://a.example/{n}"), name, name, DefaultGraph()) for n in range(9))
    store.extend(Quad(NamedNode(f"http://a.example/{n}/{text}"), name, name, name) for n in range(1200))
    store.flush()
    (tmp_path / "snapshots/current").write_text("first", encoding="utf-8")
    made = create_app(tmp_path, Limits(workers=1, answer_limit=1))
    try:
        long, short = (made.test_client().get(path) for path in (indirect(name.value), "/rdf-graph-store?default"))
        assert (long.status_code, long.headers["X-Chidao-Limit"]) == (503, "size")
        assert "1 MiB" in long.text
        assert "chidao export" in long.text
        assert short.status_code == 200
    finally:
        site_of(made).pool.close()


def test_a_graph_that_is_held_is_not_sent_again(client: FlaskClient) -> None:
    first = client.get(indirect(ONTOLOGY), headers={"Accept-Encoding": "gzip"})
    assert gzip.decompress(first.data)
    again = client.get(indirect(ONTOLOGY), headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(indirect(graph_iri("register"), format="nt"), headers={"If-None-Match": first.headers["ETag"]})
    assert other.status_code != 304
