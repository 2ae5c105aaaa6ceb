"""The endpoint's page for people: a form, the shipped queries and tables of results."""

import json
import re
from dataclasses import dataclass
from itertools import chain

from flask import make_response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.errors import QueryError
from chidao.ontology.named_query import NamedQuery
from chidao.ontology.namespaces import ID, PREFIXES
from chidao.ontology.vocabulary import queries
from chidao.web import links
from chidao.web.answers import LimitError, Query
from chidao.web.description import shortened
from chidao.web.error_pages import message_of, status_of
from chidao.web.formats import GRAPH_FORMATS, formats_for
from chidao.web.links import Link
from chidao.web.protocol import Question, checked
from chidao.web.site import site

_HEAD = re.compile(r"^#\s*(?:(?:title|question)@\w+|param):.*\n", re.MULTILINE)
SHOWN = 500  # rows of a table in a page; the downloads hold all
FIRST_QUERY = """PREFIX cd: <{cd}>

SELECT ?document ?symbol ?issued WHERE {{
  ?document a cd:Document ; cd:symbol ?symbol ; cd:issued ?issued .
}}
ORDER BY DESC(?issued)
LIMIT 20
"""


@dataclass(frozen=True, slots=True)
class Table:
    """A page's view of an answer: rows of links, or the text of a graph or of yes and no."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Link, ...], ...]
    text: str
    boolean: str
    count: int
    truncated: bool


def asked_query(question: Question, format_name: str, row_limit: int) -> Query:
    """The question as it goes to a worker."""
    return Query(question.text, format_name, row_limit, question.default_graphs, question.named_graphs)


def sparql_page() -> BaseResponse:
    """The form, with a shipped query where ``?example=`` names one, and the answer to what was asked."""
    example = queries().get(request.args.get("example", ""))
    text, status = request.values.get("query", ""), 200
    table, error = None, ""
    try:
        if example and not text:
            text = _HEAD.sub("", example.bind(**_values(example)))
        table = _table(checked(request, text)) if text and not _only_shown(example) else None
    except ValueError as problem:
        error, status = str(problem), 400
    except (QueryError, LimitError) as problem:
        error, status = message_of(problem, text), status_of(problem)
    page = render_template(
        "sparql.html",
        text=text or FIRST_QUERY.format(cd=PREFIXES["cd"]),
        asked=text,
        table=table,
        error=error,
        example=example,
        values=_values(example) if example else {},
        examples=queries().values(),
        formats=formats_for(table_form(table)) if table else {},
        limits=site().limits,
        shown=SHOWN,
    )
    return make_response(page, status)


def _only_shown(example: NamedQuery | None) -> bool:
    """A shipped query with blanks is shown first, and run when its form is sent."""
    return bool(example and example.parameters and "run" not in request.args and "query" not in request.values)


def _values(example: NamedQuery) -> dict[str, str]:
    """The values of the example's blanks, as the form sends them."""
    given = {parameter.name: request.args.get(f"param.{parameter.name}") for parameter in example.parameters}
    return {name: value for name, value in given.items() if value is not None}


def table_form(table: Table) -> str:
    """The form of the query that a table came from, as far as formats care."""
    return "CONSTRUCT" if table.text else "SELECT"


def _table(question: Question) -> Table:
    is_graph = formats_for(question.form) is GRAPH_FORMATS
    answer = site().pool.answer(asked_query(question, "ttl" if is_graph else "json", SHOWN))
    with answer.body as body:
        content = body.read().decode("utf-8")
    if is_graph:
        return Table((), (), content, "", answer.rows, answer.truncated)
    results = json.loads(content)
    if "boolean" in results:
        return Table((), (), "", str(results["boolean"]).lower(), 1, False)
    columns = tuple(results["head"]["vars"])
    rows = tuple(tuple(_cell(row.get(name)) for name in columns) for row in results["results"]["bindings"])
    return Table(columns, rows, "", "", answer.rows, answer.truncated)


def _cell(term: dict[str, str] | None) -> Link:
    if term is None:
        return Link("")
    if term["type"] == "uri":
        return Link(_compact(term["value"]), links.page(term["value"]))
    return Link(term["value"], "", term.get("xml:lang", ""))


def _compact(iri: str) -> str:
    """``cd:Document`` for an IRI of a known namespace; of the data's IRIs, the part that differs."""
    fitting = ((name, str(base)) for name, base in chain(PREFIXES.items(), [("…", ID)]))
    for name, base in fitting:
        if iri.startswith(base):
            return f"{name}/{iri[len(base) :]}" if name == "…" else f"{name}:{iri[len(base) :]}"
    return shortened(iri, 120)
