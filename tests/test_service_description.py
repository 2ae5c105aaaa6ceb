"""The endpoint describes itself and its data: limits as they are, figures as they are counted, in every format."""

from collections import Counter
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, NamedNode, RdfFormat, Store, parse

from chidao.graph.names import graph_iri
from chidao.ontology.namespaces import CD, RDF
from chidao.web import dataset_figures
from chidao.web.formats import GRAPH_FORMATS
from chidao.web.limits import Limits
from chidao.web.site import site_of
from chidao.web.workers import Pool

SD = "http://www.w3.org/ns/sparql-service-description#"
VOID = "http://rdfs.org/ns/void#"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PARSERS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}


@pytest.fixture(scope="module")
def snapshot(published: Path) -> Store:
    """The published data, read without the endpoint."""
    return Store.read_only(str(published / "snapshots/first"))


def description(client: FlaskClient, path: str, name: str = "ttl") -> Store:
    store = Store()
    store.extend(parse(client.get(f"{path}?format={name}").data, PARSERS[name]))
    return store


def values(store: Store, name: str, subject: str | None = None) -> list[str]:
    found = store.quads_for_pattern(NamedNode(subject) if subject else None, NamedNode(name), None)
    return [quad.object.value for quad in found if isinstance(quad.object, NamedNode | Literal)]


@pytest.mark.parametrize("path", ["/sparql", "/.well-known/void"])
@pytest.mark.parametrize("name", GRAPH_FORMATS)
def test_a_description_is_the_same_in_every_format(client: FlaskClient, path: str, name: str) -> None:
    assert {q.triple for q in description(client, path, name)} == {q.triple for q in description(client, path)}


def test_the_limits_are_those_that_hold(client: FlaskClient) -> None:
    limits, service = site_of(client.application).limits, description(client, "/sparql")
    told = {
        name: float(value)
        for name in ("timeLimit", "memoryLimit", "rowLimit", "answerLimit", "workers")
        for value in values(service, f"{CD}{name}")
    }
    assert told == {
        "timeLimit": limits.time_limit,
        "memoryLimit": limits.memory_limit,
        "rowLimit": limits.row_limit,
        "answerLimit": limits.answer_limit,
        "workers": limits.workers,
    }


def test_every_named_graph_is_listed_with_its_size(client: FlaskClient, snapshot: Store) -> None:
    service = description(client, "/sparql")
    sizes = Counter(str(quad.graph_name) for quad in snapshot if not isinstance(quad.graph_name, DefaultGraph))
    assert {f"<{name}>" for name in values(service, f"{SD}name")} == sizes.keys()
    for name in values(service, f"{SD}graph"):
        assert values(service, f"{VOID}triples", name) == [str(sizes[f"<{name}>"])]
    assert values(service, f"{CD}graphCount") == [str(len(sizes))]


def test_of_many_graphs_the_first_are_listed_and_all_counted(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The graphs that every dataset has come before those of the sources."""
    monkeypatch.setattr(dataset_figures, "_GRAPHS", dataset_figures._GRAPHS.replace("LIMIT 1000", "LIMIT 3"))
    dataset_figures.dataset_figures.cache_clear()
    service = description(client, "/sparql")
    dataset_figures.dataset_figures.cache_clear()
    first, second, third = sorted(values(service, f"{SD}name"))
    assert [first, second] == [graph_iri("derived"), graph_iri("ontology")]
    assert third.startswith(graph_iri("source/"))
    assert int(values(service, f"{CD}graphCount")[0]) > 3


def test_the_figures_are_those_of_the_default_graph(client: FlaskClient, snapshot: Store) -> None:
    void = description(client, "/.well-known/void")
    dataset = "http://localhost/.well-known/void#dataset"
    triples = [quad.triple for quad in snapshot.quads_for_pattern(None, None, None, DefaultGraph())]
    typed = [triple for triple in triples if triple.predicate == NamedNode(str(RDF.type))]
    for name, count in {
        "triples": len(triples),
        "distinctSubjects": len({triple.subject for triple in triples}),
        "distinctObjects": len({triple.object for triple in triples}),
        "entities": len({triple.subject for triple in typed}),
        "properties": len({triple.predicate for triple in triples}),
        "classes": len({triple.object for triple in typed}),
    }.items():
        assert values(void, f"{VOID}{name}", dataset) == [str(count)], name
    parts = {
        (values(void, f"{VOID}class", part)[0], int(values(void, f"{VOID}entities", part)[0]))
        for part in values(void, f"{VOID}classPartition")
    }
    assert parts == set(Counter(triple.object.value for triple in typed).items())  # type: ignore[union-attr]


def test_the_dump_that_is_named_is_there(client: FlaskClient) -> None:
    (dump,) = values(description(client, "/.well-known/void"), f"{VOID}dataDump")
    assert client.get(dump.removeprefix("http://localhost")).mimetype == "application/n-triples"


def test_what_costs_too_much_to_count_is_left_out(published: Path) -> None:
    """A description without figures is better than none."""
    with Pool(published, Limits(workers=1, answer_limit=0)) as pool:
        found = dataset_figures.dataset_figures(pool, "first")
    assert (found.totals, found.classes, found.properties, found.graphs) == ({}, {}, {}, {})


@pytest.mark.parametrize("host", ['a"><b', "x> <http://e", "a b", "x/y", "é.example"])
def test_a_host_header_that_is_no_host_does_no_harm(client: FlaskClient, host: str) -> None:
    answer = client.get("/sparql", headers={"Host": host})
    assert answer.status_code in (200, 400)
    if answer.status_code == 200:
        assert len([q for q in parse(answer.data, RdfFormat.TURTLE) if q.predicate == NamedNode(f"{SD}endpoint")]) == 1


def test_a_browser_gets_the_page_instead(client: FlaskClient) -> None:
    assert client.get("/sparql", headers={"Accept": BROWSER}).mimetype == "text/html"
