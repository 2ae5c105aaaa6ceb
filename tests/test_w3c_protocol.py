"""The W3C's tests of the SPARQL Protocol, of reading by the Graph Store Protocol, and of the Service Description."""

from collections.abc import Mapping
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QueryResultsFormat, RdfFormat, Store, Triple, parse, parse_query_results
from w3c_results import graph_result
from w3c_site import READING, Answer, Client, Step, graph_store_tests, protocol_tests, steps
from w3c_suite import RDF, Exchange, HttpTest

pytestmark = pytest.mark.xdist_group("w3c")
STATUSES = {
    "OK": {200},
    "Created": {201},
    "NoContent": {204},
    "NotFound": {404},
    "StatusCode2xx": set(range(200, 300)),
    "StatusCode3xx": set(range(300, 400)),
    "StatusCode4xx": set(range(400, 500)),
}
BOOLEANS = {
    "application/sparql-results+json": QueryResultsFormat.JSON,
    "application/sparql-results+xml": QueryResultsFormat.XML,
}
FORMS = {
    "boolean": set(BOOLEANS),
    "tabular": {*BOOLEANS, "text/csv", "text/tab-separated-values"},
    "RDF": {"text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json"},
}
SD = "http://www.w3.org/ns/sparql-service-description#"
# The vocabulary of SPARQL 1.1 Service Description, section 3: property -> class of its subject
SD_PROPERTIES = {
    "endpoint": "Service",
    "feature": "Service",
    "defaultEntailmentRegime": "Service",
    "supportedLanguage": "Service",
    "resultFormat": "Service",
    "defaultDataset": "Service",
    "defaultGraph": "Dataset",
    "namedGraph": "Dataset",
    "name": "NamedGraph",
    "graph": "NamedGraph",
}


def sent(client: Client, exchange: Exchange, path: str, headers: Mapping[str, str] | None = None) -> Answer:
    return client.send(exchange.method, path, {**dict(exchange.headers), **(headers or {})}, exchange.body)


def expected_statuses(exchange: Exchange) -> set[int]:
    return {status for name in exchange.statuses for status in STATUSES[name]}


def passes(client: Client, exchange: Exchange) -> bool:
    """Whether the endpoint keeps one exchange of a protocol test; the suite's path stands for that of the endpoint."""
    answer = sent(client, exchange, exchange.path.replace("/sparql/", "/sparql", 1))
    right = answer.status in expected_statuses(exchange)
    if exchange.form:
        right = right and answer.media_type in FORMS[exchange.form]
    if exchange.boolean is not None and right:
        right = bool(parse_query_results(answer.body, BOOLEANS[answer.media_type])) == exchange.boolean
    return right


def is_update(test: HttpTest) -> bool:
    """Tests of updates that a store should carry out; those that it should refuse are for every endpoint."""
    return test.name.startswith("protocol/update_")


def test_the_protocol_is_kept_for_queries_and_bad_requests(shared: Path, w3c: Client) -> None:
    tests = [test for test in protocol_tests(shared / "w3c/sparql11") if not is_update(test)]
    assert len(tests) == 27
    assert [test.name for test in tests if not all(passes(w3c, exchange) for exchange in test.exchanges)] == []


def test_updates_by_the_protocol_are_refused_and_told_where_writing_happens(shared: Path, w3c: Client) -> None:
    tests = [test for test in protocol_tests(shared / "w3c/sparql11") if is_update(test)]
    assert len(tests) == 7
    for test in tests:
        answer = sent(w3c, test.exchanges[0], test.exchanges[0].path.replace("/sparql/", "/sparql", 1))
        assert (answer.status, b"chidao load" in answer.body) == (403, True), test.name


def graph_of(content: bytes, step: Step) -> object:
    base = f"http://{step.host}{step.exchange.path}"
    return graph_result([quad.triple for quad in parse(content, RdfFormat.TURTLE, base_iri=base)])


def keeps(client: Client, step: Step) -> bool:
    """Whether one reading step gets the status, type and graph that it should."""
    answer = sent(client, step.exchange, step.exchange.path, {"Host": step.host})
    right = answer.status in expected_statuses(step.exchange)
    if answer.status == 200:
        right = right and answer.headers["content-type"] == "text/turtle; charset=utf-8"
    if step.exchange.graph:
        right = right and graph_of(answer.body, step) == graph_of(step.exchange.graph.encode(), step)
    return right


def test_graphs_are_read_as_the_graph_store_protocol_asks(shared: Path, w3c: Client) -> None:
    """Each reading step, on the graphs that the writing steps before it should have left."""
    tests = graph_store_tests(shared / "w3c/sparql11")
    reading = [(test.name, step) for test in tests for step in steps(test) if step.exchange.method in READING]
    assert (len(tests), len(reading)) == (14, 19)
    assert [name for name, step in reading if not keeps(w3c, step)] == []


def test_graphs_are_not_written_and_it_is_told_where_they_are(shared: Path, w3c: Client) -> None:
    for test in graph_store_tests(shared / "w3c/sparql11"):
        for step in steps(test):
            if step.exchange.method not in READING:
                answer = sent(w3c, step.exchange, step.exchange.path, {"Host": step.host})
                assert (answer.status, b"chidao load" in answer.body) == (405, True), test.name
                assert set(answer.headers["allow"].split(", ")) == {"GET", "HEAD", "OPTIONS"}


@pytest.fixture(scope="module")
def description(w3c: Client) -> Store:
    """What a GET on the endpoint gives (:returns-rdf)."""
    answer = w3c.send("GET", "/sparql", {"Host": "data.example:8080"})
    assert (answer.status, answer.media_type) == (200, "text/turtle")
    store = Store()
    store.extend(parse(answer.body, RdfFormat.TURTLE))
    return store


def triples(store: Store, name: str) -> list[Triple]:
    return [quad.triple for quad in store.quads_for_pattern(None, NamedNode(f"{SD}{name}"), None)]


def test_the_description_names_the_endpoint_that_was_asked(description: Store) -> None:
    """:has-endpoint-triple"""
    assert [triple.object for triple in triples(description, "endpoint")] == [
        NamedNode("http://data.example:8080/sparql")
    ]


def test_the_description_keeps_the_vocabulary(description: Store) -> None:
    """:conforms-to-schema: only its terms are used, on things of the classes they are for, and no literals with them."""
    used = {quad.predicate.value.removeprefix(SD) for quad in description if quad.predicate.value.startswith(SD)}
    assert used <= SD_PROPERTIES.keys()
    for name in used:
        for triple in triples(description, name):
            kind = NamedNode(f"{SD}{SD_PROPERTIES[name]}")
            assert next(description.quads_for_pattern(triple.subject, NamedNode(f"{RDF}type"), kind), None), name
            assert not isinstance(triple.object, Literal)
    assert len(triples(description, "defaultDataset")) == len(triples(description, "defaultGraph")) == 1
