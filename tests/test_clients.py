"""The endpoint asked by the clients that researchers use, over HTTP: each gets the same rows, and errors for errors."""

import io
import json
import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode

import pandas as pd
import pyoxigraph
import pytest
import rdflib
from endpoint_process import Served, serving
from rdflib.compare import isomorphic
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import (
    CSV,
    GET,
    JSON,
    JSONLD,
    N3,
    POST,
    POSTDIRECTLY,
    RDFXML,
    TSV,
    TURTLE,
    URLENCODED,
    XML,
    SPARQLWrapper,
)
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from chidao.ontology.namespaces import CD, ID

ROOT = Path(__file__).resolve().parent.parent
COMUNICA = Path(__file__).parent / "clients" / "node_modules" / ".bin" / "comunica-sparql"
SNIPPET = re.compile(r"^```(\w+)\n(.*?)^```\n(?:```text\n(.*?)^```\n)?", re.DOTALL | re.MULTILINE)
SNIPPETS = SNIPPET.findall((ROOT / "docs" / "endpoint.md").read_text(encoding="utf-8"))
WRITTEN = "http://127.0.0.1:8000"  # the address in the documentation
SYMBOLS = f"PREFIX cd: <{CD}> SELECT ?symbol WHERE {{ ?document cd:symbol ?symbol ; cd:implements ?above }} ORDER BY ?symbol LIMIT 5"
FOUND = ["02/CĐ-UBND", "02/CĐ-UBND", "1124-CV/HU", "118/KH-UBND", "118/KH-UBND"]
CHAIN = f"PREFIX cd: <{CD}> CONSTRUCT {{ ?a cd:implements ?b }} WHERE {{ ?a cd:implements ?b }}"
EDGES = 21
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"

pytestmark = pytest.mark.xdist_group("endpoint")


@pytest.fixture(scope="module")
def served(sample_data: Path) -> Iterator[Served]:
    """The sample corpus, served with limits that a test can wait for."""
    with serving(sample_data, "--workers", 1, "--time-limit", 2, "--memory-limit", 400) as server:
        yield server


def program(name: str) -> str:
    """The path of a client; CHIDAO_REQUIRE_CLIENTS makes its lack a failure, but for R, which is large."""
    path = str(COMUNICA) if name == "comunica-sparql" else name
    if shutil.which(path):
        return path
    how = "npm ci --prefix tests/clients" if name == "comunica-sparql" else "it is a package of the system"
    if os.environ.get("CHIDAO_REQUIRE_CLIENTS") == "1" and name != "Rscript":
        pytest.fail(f"{name} is missing: {how}")
    pytest.skip(f"{name} is not installed: {how}")


def said(*command: str) -> str:
    """What a client prints. Raises CalledProcessError where it fails."""
    return subprocess.run([program(command[0]), *command[1:]], capture_output=True, text=True, check=True).stdout


def wrapped(served: Served, query: str, returned: str, method: str = GET) -> SPARQLWrapper:
    """SPARQLWrapper with a query."""
    wrapper = SPARQLWrapper(served.sparql, returnFormat=returned)
    wrapper.setMethod(method)
    wrapper.setQuery(query)
    return wrapper


def run_python(text: str) -> str:
    """What a piece of the documentation prints."""
    out = io.StringIO()
    with redirect_stdout(out):
        exec(compile(text, "docs/endpoint.md", "exec"), {})  # noqa: S102 - our own documentation
    return out.getvalue()


def run_shell(text: str) -> str:
    """What the lines print; a failure of any command in them is one of all."""
    for name, command in (("curl", "curl"), ("npx comunica-sparql", "comunica-sparql")):
        if name in text:
            text = text.replace(name, program(command))
    return said("bash", "-euo", "pipefail", "-c", text)


def run_r(text: str) -> str:
    """What R prints."""
    return said("Rscript", "--vanilla", "-e", text)


RUNNERS = {"python": run_python, "sh": run_shell, "r": run_r}


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [pytest.param(*one, id=f"{one[0]}-{number}") for number, one in enumerate(SNIPPETS) if one[0] in RUNNERS],
)
def test_the_documentation_says_what_comes_out(served: Served, language: str, text: str, expected: str) -> None:
    """Every piece of docs/endpoint.md, with the address of this server in the place of the one that is written."""
    assert expected
    assert RUNNERS[language](text.replace(WRITTEN, served.site)).strip() == expected.strip()


@pytest.mark.parametrize("text", [text for language, text, _ in SNIPPETS if language == "sparql"])
def test_queries_of_the_documentation_find_something(served: Served, text: str) -> None:
    """One that asks a SERVICE is run in another store, which then asks this endpoint."""
    if "SERVICE" in text:
        rows = pyoxigraph.Store().query(text.replace(WRITTEN, served.site))
        assert len(list(rows)) == 2
    else:
        assert len(pd.read_csv(f"{served.sparql}?{urlencode({'query': text, 'format': 'csv'})}")) > 5


@pytest.mark.parametrize("method", [GET, POST])
@pytest.mark.parametrize("request_method", [URLENCODED, POSTDIRECTLY])
def test_sparqlwrapper_reads_every_format_of_rows(served: Served, method: str, request_method: str) -> None:
    rows: dict[str, list[str]] = {}
    for returned in (JSON, XML, CSV, TSV):
        wrapper = wrapped(served, SYMBOLS, returned, method)
        wrapper.setRequestMethod(request_method)
        answer: Any = wrapper.queryAndConvert()
        if returned == JSON:
            rows[returned] = [row["symbol"]["value"] for row in answer["results"]["bindings"]]
        elif returned == XML:
            rows[returned] = [one.firstChild.data for one in answer.getElementsByTagName("literal")]
        else:
            rows[returned] = [line.strip('"') for line in answer.decode("utf-8").split()[1:]]
    assert rows == dict.fromkeys(rows, FOUND)


@pytest.mark.parametrize("returned", [TURTLE, N3, RDFXML, JSONLD])
def test_sparqlwrapper_reads_graphs(served: Served, returned: str) -> None:
    """A CONSTRUCT comes as rdflib's graph, or in Turtle as text of one."""
    answer: Any = wrapped(served, CHAIN, returned, POST).queryAndConvert()
    graph = rdflib.Graph().parse(data=answer, format="turtle") if isinstance(answer, bytes) else answer
    assert len(graph) == EDGES


def test_sparqlwrapper_tells_where_a_query_is_malformed(served: Served) -> None:
    with pytest.raises(QueryBadFormed, match="line 2"):
        wrapped(served, "SELECT ?a\nWHERE { ?a ?b }", JSON).query()


@pytest.mark.parametrize("returned", ["json", "xml"])
@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
def test_rdflib_reads_the_store_like_a_graph(served: Served, method: Any, returned: str) -> None:
    """Patterns, rows, ASK and CONSTRUCT; the default graph is the merge, a named one holds only its own.

    With ``returnFormat="json"`` that client accepts no format of graphs, not even for a CONSTRUCT.
    """
    store = SPARQLStore(served.sparql, method=method, returnFormat=returned)
    graph = rdflib.Graph(store)
    implements = rdflib.URIRef(f"{CD}implements")
    edges = rdflib.Graph()
    for edge in graph.triples((None, implements, None)):
        edges.add(edge)
    assert len(edges) == EDGES
    assert [str(row[0]) for row in graph.query(SYMBOLS)] == FOUND  # type: ignore[index]
    assert graph.query("ASK { ?a ?b ?c }").askAnswer is True
    store.returnFormat = "xml"
    made = graph.query(CHAIN).graph
    assert made is not None
    assert isomorphic(made, edges)
    register = rdflib.Graph(SPARQLStore(served.sparql, method=method), rdflib.URIRef(f"{ID}graph/register"))
    assert not list(register.triples((None, implements, None)))


def test_rdflib_gives_no_rows_for_an_error(served: Served) -> None:
    """The trap of that client: by POST an error is a tuple that iterates like rows. By GET it raises."""
    failed: Any = SPARQLStore(served.sparql, method="POST_FORM")._query("SELECT nonsense")
    assert (failed[0], failed[2]) == (400, None)
    with pytest.raises(ValueError, match="wrong"):
        rdflib.Graph(SPARQLStore(served.sparql, method="GET")).query("SELECT nonsense")


def test_rdflib_asks_from_another_store(served: Served) -> None:
    """A SERVICE in a query of rdflib's own."""
    text = f"SELECT ?s WHERE {{ SERVICE <{served.sparql}> {{ ?s <{CD}symbol> '21-CT/HU' }} }}"
    assert [str(row[0]) for row in rdflib.Graph().query(text)] == [  # type: ignore[index]
        f"{ID}document/quang-ninh/ba-che/huyen-uy/2023/ct-21"
    ]


def test_pandas_gets_the_types_of_the_values(served: Served) -> None:
    """Vietnamese as it is written, dates as dates, numbers as numbers, what is unbound as missing."""
    query = f"""PREFIX cd: <{CD}> SELECT ?symbol ?issued ?rank ?title ?above WHERE {{
        ?document cd:symbol ?symbol ; cd:level/cd:rank ?rank . OPTIONAL {{ ?document cd:issued ?issued }}
        OPTIONAL {{ ?document cd:implements/cd:symbol ?above }} }} ORDER BY ?symbol ?above"""
    address = f"{served.sparql}?{urlencode({'query': query, 'format': 'csv'})}"
    frame = pd.read_csv(address, parse_dates=["issued"], dtype={"symbol": "string"})
    assert "57-KH/ĐU" in set(frame["symbol"])
    assert (frame["issued"].dtype.kind, frame["rank"].dtype.kind) == ("M", "i")
    assert 0 < frame["above"].isna().sum() < len(frame)
    assert frame["title"].isna().all()


def test_pandas_is_told_of_a_limit(served: Served) -> None:
    """A stopped query is an error, never a short table."""
    with pytest.raises(HTTPError) as raised:
        pd.read_csv(f"{served.sparql}?{urlencode({'query': ENDLESS, 'format': 'csv'})}")
    assert (raised.value.code, raised.value.headers["X-Chidao-Limit"]) == (503, "time")
    assert "2 seconds" in raised.value.read().decode()


def test_curl_asks_in_every_way(served: Served) -> None:
    form = ("--data-urlencode", f"query={SYMBOLS}")
    direct = ("-H", "Content-Type: application/sparql-query", "--data-binary", SYMBOLS)
    answers = [
        said("curl", "-sS", "--fail", "-H", "Accept: text/csv", *ways, served.sparql)
        for ways in (("-G", *form), form, direct, ("--compressed", *form))
    ]
    assert [answer.split()[1:] for answer in answers] == [FOUND] * 4


@pytest.mark.parametrize("accepted", ["application/sparql-results+json", "text/csv;q=0.5, application/*;q=0.1", "*/*"])
def test_curl_gets_the_format_that_it_accepts(served: Served, accepted: str) -> None:
    kind = said(
        "curl", "-sS", "-o", os.devnull, "-w", "%{content_type}", "-H", f"Accept: {accepted}",
        "--data-urlencode", f"query={SYMBOLS}", served.sparql,
    )  # fmt: skip
    assert kind == ("text/csv; charset=utf-8" if accepted.startswith("text") else "application/sparql-results+json")


def test_curl_need_not_fetch_twice(served: Served, tmp_path: Path) -> None:
    """With the tag of the last answer the next one is 304 and has no body; a large answer travels compressed."""
    tag, first, second = (tmp_path / name for name in ("tag", "first", "second"))
    query = (
        "-G",
        "--data-urlencode",
        "query=SELECT * { ?s ?p ?o } LIMIT 500",
        served.sparql,
        "-w",
        "%{http_code} %{size_download}",
    )
    status, size = said("curl", "-sS", "--compressed", "--etag-save", str(tag), "-o", str(first), *query).split()
    assert (status, int(size) < first.stat().st_size / 3) == ("200", True)
    again = said("curl", "-sS", "--compressed", "--etag-compare", str(tag), "-o", str(second), *query)
    assert (again, second.exists()) == ("304 0", False)


def test_curl_fails_where_a_limit_stops_the_query(served: Served) -> None:
    asked = ["curl", "-sS", "--fail", "--data-urlencode", f"query={ENDLESS}", served.sparql]
    ended = subprocess.run([program("curl"), *asked[1:]], capture_output=True, text=True, check=False)
    assert (ended.returncode, ended.stdout) == (22, "")
    assert "503" in ended.stderr


@pytest.mark.parametrize("source", ["", "sparql@"])
def test_comunica_finds_rows_and_graphs(served: Served, source: str) -> None:
    """Named as an endpoint, or told so by the service description."""
    rows = json.loads(
        said("comunica-sparql", f"{source}{served.sparql}", SYMBOLS, "-t", "application/sparql-results+json")
    )
    assert [row["symbol"]["value"] for row in rows["results"]["bindings"]] == FOUND
    triples = said("comunica-sparql", f"{source}{served.sparql}", CHAIN, "-t", "application/n-triples")
    assert len(triples.splitlines()) == EDGES
