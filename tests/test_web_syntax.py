"""Reading a query far enough to know its form and to refuse SERVICE, in every reading of its quotes."""

import pytest

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
    "PREFIX e: <http://x/> SELECT * {?s ?p e:x\\'SERVICE e:a{} . ?s ?q 'x'}",
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
    "text",
    [
        "<'\"service " * 20_000,
        "<" * 200_000 + "service",
        "service" * 30_000,
        "service" + " " * 100_000 + "x",
        "'" * 90_000,
    ],
    ids=["mixed", "less", "glued", "spaces", "quotes"],
)
def test_odd_texts_end(text: str) -> None:
    assert not asks_elsewhere(text)


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


def test_a_complaint_names_the_place_and_shows_the_line() -> None:
    said = explained('error at 2:3: expected one of "$", [_]', "SELECT *\n{ ?")
    assert "line 2, column 3" in said
    assert said.endswith("{ ?\n  ^")
