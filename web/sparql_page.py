"""The endpoint's page for people: a form, the shipped queries, and what was asked with its answer."""

import re

from flask import make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.errors import GoneError, NotFoundError, QueryError
from chidao.ontology.collation import collation_key
from chidao.ontology.named_query import NamedQuery
from chidao.ontology.namespaces import PREFIXES
from chidao.ontology.vocabulary import queries
from chidao.web.answers import LimitError
from chidao.web.error_pages import LIMIT
from chidao.web.language import chosen
from chidao.web.parameter_choices import given_values
from chidao.web.protocol import checked, pinned_snapshot
from chidao.web.query_address import RESULT_ONLY, QueryAddress, tidy
from chidao.web.query_answer import SHEET, Shown, shown_answer
from chidao.web.query_problem import Problem, problem_of
from chidao.web.sending import ROWS, SNAPSHOT, TRUNCATED
from chidao.web.site import site

_HEAD = re.compile(r"^#\s*(?:(?:title|question)@\w+|param):.*\n", re.MULTILINE)
FIRST_QUERY = """PREFIX cd: <{cd}>

SELECT ?document ?symbol ?issued WHERE {{
  ?document a cd:Document ; cd:symbol ?symbol ; cd:issued ?issued .
}}
ORDER BY DESC(?issued)
LIMIT 20
"""


def sparql_page() -> BaseResponse:
    """The form, with a shipped query where ``?example=`` names one, and the answer to what was asked."""
    example = _example(request.args.get("example", ""))
    text, answer, problem = tidy(request.values.get("query", "")), None, None
    try:
        if example and not text:
            text = _example_text(example)
        if text and not _only_shown(example):
            answer = _answer(text)
    except (ValueError, QueryError, LimitError, GoneError) as error:
        problem = problem_of(error, text, chosen(request))
    page = render_template(
        "sparql_result.html" if answer and _view() else "sparql.html",
        text=text or FIRST_QUERY.format(cd=PREFIXES["cd"]),
        answer=answer,
        problem=problem,
        newest=QueryAddress(checked(request, text)).url() if problem and problem.gone else "",
        example=example,
        examples=sorted(queries().values(), key=lambda one: collation_key(_title(one))),
        limits=site().limits,
        sheet=SHEET,
    )
    return _dressed(make_response(page, problem.status if problem else 200), answer, problem)


def _example(name: str) -> NamedQuery | None:
    """Raises NotFoundError for a name that no shipped question has."""
    if name and name not in queries():
        raise NotFoundError(f"there is no question {name!r}; /sparql lists all")
    return queries().get(name)


def _answer(text: str) -> Shown:
    address = QueryAddress(checked(request, text), pinned_snapshot(request), _view())
    first = request.values.get("first", 0, type=int)
    return shown_answer(address, min(max(0, first), site().limits.row_limit), chosen(request))


def _view() -> str:
    return RESULT_ONLY if request.values.get("view") == RESULT_ONLY else ""


def _only_shown(example: NamedQuery | None) -> bool:
    """A shipped query with blanks is shown first, and run when its form is sent."""
    return bool(example and example.parameters and "run" not in request.args and "query" not in request.values)


def _example_text(example: NamedQuery) -> str:
    """The query with the values that were given; its title is the comment above it, and stays in every link."""
    values = given_values(example) if "run" in request.args else {}
    return f"# {_title(example)}\n{_HEAD.sub('', example.bind(**values)).strip()}"


def _title(example: NamedQuery) -> str:
    return example.title.vi if chosen(request) == "vi" else example.title.en


def _dressed(response: BaseResponse, answer: Shown | None, problem: Problem | None) -> BaseResponse:
    """The page with the headers that programs get too."""
    if answer:
        response.headers[SNAPSHOT] = answer.snapshot.name
        response.headers[ROWS] = str(answer.count)
        if answer.truncated:
            response.headers[TRUNCATED] = f"row limit {answer.count}"
    if problem and problem.limit:
        response.headers[LIMIT] = problem.limit
    if problem and problem.retry_after is not None:
        response.headers["Retry-After"] = str(problem.retry_after)
    return response
