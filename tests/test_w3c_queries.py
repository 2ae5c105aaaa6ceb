"""The endpoint answers the W3C's tests of queries over HTTP as the engine does in process; deviations are listed.

Folders of https://github.com/w3c/rdf-tests, sparql/sparql11, without entailment and federation (service, syntax-fed).
"""

import csv
from collections import Counter
from pathlib import Path
from urllib.parse import urlencode

import pytest
from pyoxigraph import DefaultGraph, NamedNode, QueryResultsFormat, QuerySolutions, Store
from w3c_results import Result, expected, read_result, result
from w3c_site import EMPTY, Client, read_graph
from w3c_suite import FORMATS, QUERY_FOLDERS, UPDATE_FOLDERS, QueryTest, iri_of, query_tests, update_tests

pytestmark = pytest.mark.xdist_group("w3c")
DEVIATIONS = Path(__file__).parent / "tables/w3c_deviations.csv"
ENDINGS = {
    "application/sparql-results+xml": "srx",
    "application/sparql-results+json": "srj",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
    "text/turtle": "ttl",
}
TYPES = {ending: media_type for media_type, ending in ENDINGS.items()}


def deviations(who: str) -> set[str]:
    """The names of the tests that the table says fail, at the "endpoint" or in the "engine"."""
    with DEVIATIONS.open(encoding="utf-8", newline="") as file:
        return {row["test"] for row in csv.DictReader(file) if row[who] == "fails"}


def ordered(test: QueryTest) -> bool:
    return "order by" in text_of(test).lower()


def text_of(test: QueryTest) -> str:
    return test.query.read_text(encoding="utf-8")


def asked_by_http(client: Client, test: QueryTest, accept: str) -> tuple[int, str, bytes]:
    """Status, ending of the format, body. The dataset of the test replaces all others, unless the query has its own."""
    text = text_of(test)
    graphs = [("default-graph-uri", iri_of(file)) for file in test.data] or [("default-graph-uri", EMPTY)]
    graphs += [("named-graph-uri", iri_of(file)) for file in test.graphs]
    pairs = [("query", f"BASE <{iri_of(test.query)}>\n{text}"), *([] if "FROM <" in text else graphs)]
    answer = client.send("GET", f"/sparql?{urlencode(pairs)}", {"Accept": accept})
    return answer.status, ENDINGS.get(answer.media_type, ""), answer.body


def endpoint_passes(client: Client, test: QueryTest) -> bool:
    if "Syntax" in test.kind:
        status, _, body = asked_by_http(client, test, "*/*")
        malformed = (status, b"malformed" in body) == (400, True)
        return malformed if "Negative" in test.kind else not malformed
    assert test.result is not None
    ending = test.result.suffix[1:]
    is_graph = "CONSTRUCT" in text_of(test).upper()
    accept = TYPES["ttl" if is_graph else "srj"] if ending in FORMATS else TYPES[ending]
    status, ending, body = asked_by_http(client, test, accept)
    return status == 200 and read_result(body, ending, ordered(test)) == expected(test.result, ordered(test))


def engine_passes(test: QueryTest) -> bool:
    store, text, base = Store(), text_of(test), iri_of(test.query)
    if "Syntax" in test.kind:
        try:
            store.query(text, base_iri=base)
        except SyntaxError:
            return "Negative" in test.kind
        except RuntimeError:  # well-formed, but calls a function that nobody knows
            pass
        return "Positive" in test.kind
    assert test.result is not None
    for file in test.data:
        store.extend(read_graph(file, DefaultGraph()))
    for file in test.graphs:
        store.extend(read_graph(file, NamedNode(iri_of(file))))
    return answered(store, text, base, test) == expected(test.result, ordered(test))


def answered(store: Store, text: str, base: str, test: QueryTest) -> Result:
    found = store.query(text, base_iri=base)
    if isinstance(found, QuerySolutions) and test.kind == "CSVResultFormatTest":
        return read_result(found.serialize(format=QueryResultsFormat.CSV) or b"", "csv", ordered(test))
    return result(found, ordered(test))


@pytest.mark.parametrize("folder", QUERY_FOLDERS)
def test_the_endpoint_answers_as_the_suite_expects(shared: Path, w3c: Client, folder: str) -> None:
    tests = query_tests(shared / "w3c/sparql11", folder)
    listed = {name for name in deviations("endpoint") if name.startswith(f"{folder}/")}
    assert {test.name for test in tests if not endpoint_passes(w3c, test)} == listed


@pytest.mark.parametrize("folder", QUERY_FOLDERS)
def test_the_engine_answers_as_the_suite_expects(shared: Path, folder: str) -> None:
    tests = query_tests(shared / "w3c/sparql11", folder)
    listed = {name for name in deviations("engine") if name.startswith(f"{folder}/")}
    assert {test.name for test in tests if not engine_passes(test)} == listed


def test_the_endpoint_fails_nowhere_where_the_engine_does_not() -> None:
    assert deviations("endpoint") <= deviations("engine")
    with DEVIATIONS.open(encoding="utf-8", newline="") as file:
        assert all(row["reason"] for row in csv.DictReader(file))


def test_no_test_of_the_suite_is_left_out(shared: Path) -> None:
    """495: 338 of queries, which go over HTTP, and 157 of updates, which are refused there and tried in process."""
    suite = shared / "w3c/sparql11"
    queries = Counter(test.kind for folder in QUERY_FOLDERS for test in query_tests(suite, folder))
    updates = Counter(test.kind for folder in UPDATE_FOLDERS for test in update_tests(suite, folder))
    assert queries == {
        "QueryEvaluationTest": 232,
        "CSVResultFormatTest": 3,
        "PositiveSyntaxTest11": 63,
        "NegativeSyntaxTest11": 40,
    }
    assert sum(updates.values()) == 157
