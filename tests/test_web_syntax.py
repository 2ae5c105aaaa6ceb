"""Reading a query far enough to know its form and to refuse SERVICE, in every reading of its quotes."""

import re
import socket

import pyoxigraph
import pytest
from backtracking import Matcher, pumps, worst_texts

from chidao.web import syntax
from chidao.web.syntax import asks_elsewhere, explained, first_keyword

CALLS = (
    "SELECT * {SERVICE <http://x/> {}}",
    "select * {service silent ?x {}}",
    "SELECT * { {} SeRvIcE SiLeNt$a{} }",
    "SELECT * {SERVICE#remark\n<http://x/>#remark\n{}}",
    "SELECT * {?s ?p ?o FILTER(?o<?s+'>') SERVICE <http://x/> {} FILTER('x'='x')}",
    "SELECT * {?s ?p ?a FILTER(?a<?b#c> '''\n) SERVICE <http://x/>{} FILTER(''''''='')}",
    "SELECT * {?s ?p trueSERVICE<http://x/>{}}",
    "SELECT * {?s ?p 1SERVICE<http://x/>{}}",
    "SELECT * {?s ?p 'x'SERVICE<http://x/>{}}",
    "SELECT * {?s ?p <a:b>SERVICE<http://x/>{}}",
    "PREFIX e: <http://x/> SELECT * {?s ?p 1.SERVICE e:a{}}",
    "PREFIX e: <http://x/> SELECT * {?s ?p e:a SERVICESILENTe:a{}}",
    "PREFIX e: <http://x/> SELECT * {SERVICEe:x{}}",
    "PREFIX SERVICE: <http://x/> SELECT * {SERVICE SERVICE:x {}}",
    "PREFIX : <http://x/> SELECT * {SERVICE:{}}",
    "SELECT * {SERVICE # SILENT\nSILENT <http://x/> {}}",
    "ASK {{SELECT * {OPTIONAL {SERVICE <http://x/> {}}}}}",
    "SELECT (EXISTS {SERVICE <http://x/> {}} AS ?x) {}",
    "DESCRIBE ?x {SERVICE <http://x/> {?x ?y ?z}}",
)
STAYS = (
    "SELECT * {?s ?p 'SERVICE <x> {'}",
    'SELECT * {?s ?p """a \' SERVICE <x> { """}',
    "SELECT * {?s ?p ?service {}}",
    "# SERVICE <x> {\nSELECT * {?s ?p ?o}",
    "SELECT * {?s <http://x/service> ?o {}}",
    "PREFIX service: <http://x/> SELECT * {?s service:a ?o}",
    "SELECT * {?s <http://x/service#y> ?o . OPTIONAL {?s ?p ?x}}",
    "PREFIX e: <a:> SELECT * {?s e:service ?o . {?s ?p ?o}}",
    "ASK {}",
)


@pytest.mark.parametrize("query", CALLS)
def test_service_is_found_however_it_is_written(query: str) -> None:
    assert asks_elsewhere(query)


@pytest.mark.parametrize("query", STAYS)
def test_the_word_in_a_literal_comment_iri_or_name_is_no_service(query: str) -> None:
    assert not asks_elsewhere(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {?service ?p",
        "PREFIX e: <http://x/> SELECT * {?s ?p e:x\\'SERVICE e:a{} . ?s ?q 'x'}",
        "<'\"service " * 2000,
        "service" * 3000,
        "INSERT DATA {<a:b> <a:c> 'service'}",
    ],
    ids=["cut", "escaped", "mixed", "glued", "update"],
)
def test_what_is_malformed_is_said_to_be_so_and_never_tried(query: str) -> None:
    with pytest.raises(SyntaxError):
        asks_elsewhere(query)


def test_the_engine_knows_no_keyword_with_an_escaped_letter() -> None:
    """If it ever did, the word would have to be looked for in every spelling."""
    with pytest.raises(SyntaxError):
        pyoxigraph.Store().query("SELECT * {\\u0053ERVICE <http://127.0.0.1:1/> {}}")


@pytest.mark.parametrize("query", CALLS)
def test_reading_a_query_asks_no_server(query: str) -> None:
    """The engine is given the query with another word in the place of SERVICE."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        asks_elsewhere(query.replace("http://x/", f"http://127.0.0.1:{listener.getsockname()[1]}/"))
        with pytest.raises(BlockingIOError):
            listener.accept()


PATTERNS = {name: value for name, value in vars(syntax).items() if isinstance(value, re.Pattern)}


@pytest.mark.parametrize("compiled", PATTERNS.values(), ids=PATTERNS)
def test_steps_of_the_web_process_grow_with_the_text(compiled: re.Pattern[str]) -> None:
    """Twice the text takes at most two and a half times the steps; what is slow to parse is parsed by a worker."""
    matcher = Matcher(compiled)
    for prefix, pump in pumps(compiled):
        longer = worst_texts(prefix, pump, 80)
        for once, twice in zip(worst_texts(prefix, pump, 40), longer, strict=True):
            assert matcher.matched(twice) <= 2.5 * matcher.matched(once) + 200, (prefix, pump)


@pytest.mark.parametrize(
    ("query", "keyword"),
    [
        ("SELECT * {}", "SELECT"),
        ("# remark\nPREFIX a: <b> BASE <c> ask {}", "ASK"),
        ("PREFIX a:<b>CONSTRUCT {} {}", "CONSTRUCT"),
        ("prefix cd: <x#y>\n  # more\n describe <a:b>", "DESCRIBE"),
        ("PREFIX a: <b> INSERT DATA {}", "INSERT"),
        ("", ""),
        ("{", ""),
    ],
)
def test_the_form_is_the_first_keyword_after_the_prologue(query: str, keyword: str) -> None:
    assert first_keyword(query) == keyword


def test_a_complaint_about_a_long_line_shows_the_place_alone() -> None:
    said = explained("error at 1:5000: expected x", "a" * 4999 + "b" + "c" * 100_000)
    line, mark = said.splitlines()[-2:]
    assert line[len(mark) - 1] == "b"
    assert len(said) < 400


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ("SELECT * { ?s ex:p ?o }", "the prefix ex: is not declared, on line 1"),
        ("PREFIX cd: <u:x#>\nSELECT * { ?s cd:p ?o ;\n foo:bar ?x }", "the prefix foo: is not declared, on line 3"),
        ("PREFIX cd: <u:x#> SELECT * { ?s cd:p <http://a.b/c:d>", "malformed at line 1"),
        ("  \n", "the query is empty"),
        ("SELECT * { BIND(1 AS ?x) BIND(2 AS ?x) }", "something else belongs here"),
    ],
)
def test_common_mistakes_are_called_by_their_name(query: str, said: str) -> None:
    with pytest.raises(SyntaxError) as wrong:
        pyoxigraph.Store().query(query)
    assert said in syntax.explained(str(wrong.value), query)


def test_a_complaint_names_the_place_and_shows_the_line() -> None:
    said = explained('error at 2:3: expected one of "$", [_]', "SELECT *\n{ ?")
    assert "line 2, column 3" in said
    assert said.endswith("{ ?\n  ^")
