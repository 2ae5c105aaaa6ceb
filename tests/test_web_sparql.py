"""The endpoint keeps the SPARQL 1.1 Protocol: forms of request, negotiation, refusals, limits and their marks."""

import json
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from site_samples import SAMPLES

from chidao.ontology.vocabulary import queries

CD = "PREFIX cd: <https://w3id.org/chidao/ontology#> "
ROWS = CD + "SELECT ?d ?symbol { ?d a cd:Document ; cd:symbol ?symbol } ORDER BY ?d"
GRAPH = CD + "CONSTRUCT { ?d cd:symbol ?s } WHERE { ?d cd:symbol ?s }"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


def url(query: str, **more: str) -> str:
    """The address of a GET."""
    return "/sparql?" + "&".join(f"{name}={quote(value)}" for name, value in {"query": query, **more}.items())


@pytest.mark.parametrize(
    ("query", "accept", "content_type"),
    [
        (ROWS, None, "application/sparql-results+json"),
        (ROWS, "*/*", "application/sparql-results+json"),
        (ROWS, "application/json", "application/sparql-results+json"),
        (ROWS, "application/sparql-results+xml", "application/sparql-results+xml"),
        (ROWS, "text/xml", "application/sparql-results+xml"),
        (ROWS, "text/csv", "text/csv; charset=utf-8"),
        (ROWS, "text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (ROWS, "text/csv;q=0.2, application/sparql-results+xml;q=0.9", "application/sparql-results+xml"),
        (ROWS, "application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
        (ROWS, "text/turtle, text/csv;q=0.1", "text/csv; charset=utf-8"),
        (ROWS, "text/csv;charset=utf-8", "text/csv; charset=utf-8"),
        (ROWS, "TEXT/CSV ; charset=UTF-8; q=0.5, application/json;q=0.4", "text/csv; charset=utf-8"),
        (ROWS, "*/*, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (ROWS, "text/*, application/sparql-results+json;q=0.9", "text/csv; charset=utf-8"),
        (ROWS, "text/csv;q=0, text/*", "text/tab-separated-values; charset=utf-8"),
        (ROWS, "application/sparql-results+xml;q=0.001", "application/sparql-results+xml"),
        (ROWS, "text/html;q=0, */*", "application/sparql-results+json"),
        (ROWS, "text/html;q=0.5, text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        (GRAPH, "application/ld+json, text/html;q=0.9", "application/ld+json"),
        (ROWS, BROWSER, "text/html; charset=utf-8"),
        (ROWS, "application/xhtml+xml, */*;q=0.5", "text/html; charset=utf-8"),
        (ROWS, "image/png, */*;q=0.1", "application/sparql-results+json"),
        ("ASK {}", "application/sparql-results+xml", "application/sparql-results+xml"),
        ("ASK {}", "text/csv", "text/csv; charset=utf-8"),
        (GRAPH, None, "text/turtle; charset=utf-8"),
        (GRAPH, "application/n-triples", "application/n-triples"),
        (GRAPH, "text/plain", "application/n-triples"),
        (GRAPH, "text/turtle;q=0.3, application/rdf+xml;q=0.9, */*;q=0.1", "application/rdf+xml"),
        (GRAPH, "application/rdf+xml", "application/rdf+xml"),
        (GRAPH, "application/ld+json", "application/ld+json"),
        (GRAPH, "application/trig", "application/trig"),
        (GRAPH, "application/n-quads", "application/n-quads"),
        ("DESCRIBE <https://w3id.org/chidao/ontology#implements>", "text/turtle", "text/turtle; charset=utf-8"),
    ],
)
def test_answers_come_in_the_best_format_asked_for(
    client: FlaskClient, query: str, accept: str | None, content_type: str
) -> None:
    response = client.get(url(query), headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.content_type) == (200, content_type)
    assert response.content_length == len(response.data)


@pytest.mark.parametrize(
    ("query", "name", "content_type"),
    [
        (ROWS, "csv", "text/csv"),
        (ROWS, "json", "application/sparql-results+json"),
        (GRAPH, "ttl", "text/turtle"),
        (GRAPH, "json", "application/ld+json"),
    ],
)
def test_a_link_can_name_its_format(client: FlaskClient, query: str, name: str, content_type: str) -> None:
    response = client.get(url(query, format=name), headers={"Accept": BROWSER})
    assert response.mimetype == content_type


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        ({"path": url(ROWS), "headers": {"Accept": "image/png"}}, 406, "sparql-results+json"),
        ({"path": url(GRAPH), "headers": {"Accept": "text/csv"}}, 406, "text/turtle"),
        ({"path": url(ROWS), "headers": {"Accept": "*/*;q=0"}}, 406, "text/tab-separated-values"),
        ({"path": url(ROWS), "headers": {"Accept": "application/json;q=0, text/turtle"}}, 406, "text/csv"),
        ({"path": "/sparql", "headers": {"Accept": "text/csv"}}, 406, "text/turtle"),
        ({"path": url(ROWS, format="pdf")}, 406, "csv"),
        ({"path": url(ROWS, output="ttl")}, 406, "csv"),
        ({"path": url(ROWS, snapshot="long-gone")}, 410, "first"),
        ({"path": url(ROWS, snapshot="../../etc")}, 410, "first"),
        ({"path": url("SELECT * { ?s ?p")}, 400, "line 1, column 17"),
        ({"path": url("")}, 400, "the query is empty"),
        ({"path": "/sparql?query=ASK%7B%7D&query=ASK%7B%7D"}, 400, "exactly one query"),
        ({"path": url("ASK {}"), "method": "POST", "data": {"query": "ASK {}"}}, 400, "exactly one query"),
        (
            {"path": url("ASK {}"), "method": "POST", "data": "ASK {}", "content_type": "application/sparql-query"},
            400,
            "exactly one query",
        ),
        ({"path": "/sparql?query=%FF"}, 400, "UTF-8"),
        ({"path": url("ASK {}", **{"default-graph-uri": "not an iri"})}, 400, "IRI"),
        ({"path": url("INSERT DATA { <a:a> <a:a> 1 }")}, 400, "only reads"),
        ({"path": url("SELECT * { SERVICE <http://x/> {} }")}, 403, "never contacts another server"),
        ({"path": url("SELECT * { SERVICE SILENT ?x {} }")}, 403, "never contacts another server"),
        ({"path": "/sparql?update=CLEAR+ALL"}, 403, "only reads"),
        ({"path": "/sparql", "method": "POST", "data": {"update": "CLEAR ALL"}}, 403, "chidao load"),
        (
            {"path": "/sparql", "method": "POST", "data": "CLEAR ALL", "content_type": "application/sparql-update"},
            403,
            "only reads",
        ),
        ({"path": "/sparql", "method": "POST", "data": "ASK {}", "content_type": "text/plain"}, 415, "sparql-query"),
        (
            {"path": "/sparql", "method": "POST", "data": b"\xff", "content_type": "application/sparql-query"},
            400,
            "UTF-8",
        ),
        (
            {"path": "/sparql", "method": "POST", "data": "", "content_type": "application/x-www-form-urlencoded"},
            400,
            "exactly one query",
        ),
        ({"path": "/sparql", "method": "PUT"}, 405, "chidao load"),
        ({"path": "/sparql", "method": "DELETE"}, 405, "only reads"),
        (
            {
                "path": "/sparql",
                "method": "POST",
                "data": b"\x1f\x8b",
                "content_type": "application/sparql-query",
                "headers": {"Content-Encoding": "gzip"},
            },
            415,
            "gzip",
        ),
        (
            {
                "path": "/sparql",
                "method": "POST",
                "data": "ASK {}",
                "content_type": "application/sparql-query; charset=utf-16",
            },
            415,
            "utf-16",
        ),
        (
            {
                "path": "/sparql",
                "method": "POST",
                "data": b"query=ASK%7B%7D",
                "content_type": "application/x-www-form-urlencoded; charset=latin1",
            },
            415,
            "UTF-8",
        ),
        (
            {
                "path": "/sparql",
                "method": "POST",
                "data": b"query=%E9",
                "content_type": "application/x-www-form-urlencoded",
            },
            400,
            "UTF-8",
        ),
        (
            {"path": "/sparql", "method": "POST", "data": "x" * 600_000, "content_type": "application/sparql-query"},
            413,
            "512 KiB",
        ),
    ],
)
def test_what_is_not_answered_says_why(
    client: FlaskClient, arguments: dict[str, object], status: int, said: str
) -> None:
    response = client.open(**arguments)  # type: ignore[arg-type]
    assert (response.status_code, response.mimetype) == (status, "text/plain")
    assert said in response.text


@pytest.mark.parametrize("method", ["get", "form", "direct", "marked"])
def test_the_three_forms_of_request_give_one_answer(client: FlaskClient, method: str) -> None:
    response = {
        "get": lambda: client.get(url(ROWS)),
        "form": lambda: client.post("/sparql", data={"query": ROWS}),
        "direct": lambda: client.post(
            "/sparql", data=ROWS.encode(), content_type="application/sparql-query; charset=utf-8"
        ),
        "marked": lambda: client.post(  # a byte order mark, as editors of Windows put it
            "/sparql", data=b"\xef\xbb\xbf" + ROWS.encode(), content_type="application/sparql-query; charset='UTF-8'"
        ),
    }[method]()
    symbols = {row["symbol"]["value"] for row in response.get_json(force=True)["results"]["bindings"]}
    assert symbols == {sample.symbol for sample in SAMPLES}


def named_graph(client: FlaskClient) -> str:
    """One of the sources' graphs."""
    rows = client.get(url("SELECT ?g { GRAPH ?g { ?d <https://w3id.org/chidao/ontology#imposedBy> ?x } } LIMIT 1"))
    return str(rows.get_json(force=True)["results"]["bindings"][0]["g"]["value"])


def test_the_protocol_names_the_dataset(client: FlaskClient) -> None:
    graph = named_graph(client)
    everything = "SELECT * { ?s ?p ?o }"
    inside = "SELECT * { GRAPH ?g { ?s ?p ?o } }"

    def rows(query: str, **dataset: str) -> int:
        return int(client.get(url(query, **dataset)).headers["X-Chidao-Rows"])

    assert rows(everything, **{"default-graph-uri": graph}) > 0
    assert rows(inside, **{"default-graph-uri": graph}) == 0
    assert rows(everything, **{"named-graph-uri": graph}) == 0
    assert rows(inside, **{"named-graph-uri": graph}) > 0
    assert rows(everything, **{"default-graph-uri": "http://example.org/unknown"}) == 0
    own_dataset = "SELECT * FROM <GRAPH> { ?s ?p ?o }".replace("GRAPH", graph)
    assert rows(own_dataset, **{"default-graph-uri": "http://example.org/unknown"}) == 0
    direct = client.post(
        f"/sparql?default-graph-uri={quote(graph)}", data=everything, content_type="application/sparql-query"
    )
    assert int(direct.headers["X-Chidao-Rows"]) > 0
    both = client.post(
        f"/sparql?default-graph-uri={quote(graph)}", data={"query": everything, "named-graph-uri": graph}
    )
    assert both.headers["X-Chidao-Rows"] == direct.headers["X-Chidao-Rows"]


def test_relative_names_are_relative_to_the_endpoint(client: FlaskClient) -> None:
    assert (
        "<http://localhost/a> <http://localhost/b>" in client.get(url("CONSTRUCT { <a> </b> 1 } {}", format="nt")).text
    )


def test_head_tells_what_get_would(client: FlaskClient) -> None:
    whole, head = client.get(url(ROWS)), client.head(url(ROWS))
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "X-Chidao-Rows", "X-Chidao-Snapshot", "ETag"):
        assert head.headers[name] == whole.headers[name]


def test_a_cut_answer_is_marked_counted_and_whole(client: FlaskClient) -> None:
    response = client.get(url("SELECT * { ?s ?p ?o }"))
    assert response.headers["X-Chidao-Truncated"] == "row limit 2000"
    assert response.headers["X-Chidao-Rows"] == "2000"
    assert len(json.loads(response.text)["results"]["bindings"]) == 2000
    assert response.headers["X-Chidao-Snapshot"] == "first"


def test_a_stopped_query_is_a_503_that_names_the_limit(client: FlaskClient) -> None:
    response = client.get(url("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"))
    assert response.status_code == 503
    assert response.headers["X-Chidao-Limit"] == "time"
    assert "5 seconds" in response.text
    assert "Retry-After" not in response.headers  # the same query would be stopped again
    assert response.headers["Cache-Control"] == "no-store"


def test_answers_are_open_to_pages_of_other_sites(client: FlaskClient) -> None:
    answer = client.get(url("ASK {}"))
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    shown = answer.headers["Access-Control-Expose-Headers"].split(", ")
    assert {"X-Chidao-Snapshot", "X-Chidao-Rows", "X-Chidao-Truncated", "X-Chidao-Limit", "ETag", "Retry-After"} <= set(
        shown
    )
    preflight = client.options(
        "/sparql", headers={"Origin": "https://x.example", "Access-Control-Request-Method": "POST"}
    )
    assert preflight.status_code == 200
    assert preflight.allow == {"GET", "HEAD", "OPTIONS", "POST"}
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]


def test_the_writers_agree_with_the_standard_on_odd_terms(client: FlaskClient) -> None:
    query = 'SELECT * { VALUES (?a ?b ?c) { ("a\\"\\n,\\t<&>"@vi 1.5 UNDEF) (<http://x/?a&b> true "\\u0001") } }'
    answers = {name: client.get(url(query, format=name)).text for name in ("json", "xml", "csv", "tsv")}
    assert json.loads(answers["json"])["results"]["bindings"][0] == {
        "a": {"type": "literal", "value": 'a"\n,\t<&>', "xml:lang": "vi"},
        "b": {"type": "literal", "value": "1.5", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
    }
    assert '<literal xml:lang="vi">a"\n,\t&lt;&amp;&gt;</literal>' in answers["xml"]
    assert "<uri>http://x/?a&amp;b</uri>" in answers["xml"]
    assert '"a""\n,\t<&>",1.5,\r\n' in answers["csv"]
    assert answers["tsv"].splitlines()[0] == "?a\t?b\t?c"
    assert all(line.count("\t") == 2 for line in answers["tsv"].splitlines())


@pytest.mark.parametrize("name", queries())
def test_every_shipped_query_runs_from_its_page(client: FlaskClient, name: str) -> None:
    response = client.get(f"/sparql?example={name}&run=1", headers={"Accept": BROWSER})
    assert response.status_code == 200
    assert 'id="results"' in response.text


def test_a_blank_takes_only_a_term(client: FlaskClient) -> None:
    address = f"/sparql?example=chain-above&run=1&param.document={quote('https://a/> } SELECT')}"
    response = client.get(address, headers={"Accept": BROWSER})
    assert response.status_code == 400
    assert "“https://a/&gt; } SELECT”: " in response.text


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT * {", 400),
        ("SELECT * { SERVICE ?x {} }", 403),
        ("CLEAR ALL", 400),
        ("DESCRIBE <a:b>", 200),
        ("ASK {}", 200),
    ],
)
def test_a_browser_gets_a_page_with_a_true_status(client: FlaskClient, query: str, status: int) -> None:
    response = client.get(url(query), headers={"Accept": BROWSER})
    assert (response.status_code, response.mimetype) == (status, "text/html")
