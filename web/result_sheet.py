"""An answer as a table for spreadsheets: names beside the IRIs, and the quotes of what was read from a text.

``downloads`` keeps spreadsheets from running its cells; the exact CSV of SPARQL is at ``/sparql?format=csv``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import zip_longest

from flask import Blueprint, Response, request, url_for
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest

from chidao.web import downloads
from chidao.web.answers import LimitError
from chidao.web.language import chosen
from chidao.web.links import page
from chidao.web.marks import Quote
from chidao.web.protocol import checked, pinned_snapshot
from chidao.web.query_address import TABLE, QueryAddress, tidy
from chidao.web.query_answer import SHEET, ask
from chidao.web.result_names import Names, find_names
from chidao.web.result_rows import Row, Rows, read_rows
from chidao.web.result_table import is_number, lexical, things
from chidao.web.sending import ROWS, SNAPSHOT, TRUNCATED
from chidao.web.site import site

blueprint = Blueprint("result_sheet", __name__)
_TRIPLE = ("subject", "predicate", "object")
_QUOTE = ("quote", "quote_source", "quote_page")


@blueprint.get(TABLE)
def sheet() -> Response:
    """The first ten thousand rows of the answer to ``query``, from ``snapshot`` where that is given."""
    text = tidy(request.args.get("query", ""))
    if not text:
        raise BadRequest("the address ends in ?query=…, a SPARQL query")
    question = replace(checked(request, text), base=url_for("sparql.sparql", _external=True))
    answer = ask(QueryAddress(question, pinned_snapshot(request)), site().limits.row_limit)
    found = read_rows(answer, 0, SHEET)
    if found.cut:
        raise LimitError("size", "a row is too long for a spreadsheet: ask for less in it, or take the exact CSV")
    names = find_names(replace(site().reader, snapshot=answer.snapshot), things(found.rows), chosen(request))
    response = Response(_table(found, names, request.host_url.rstrip("/")), content_type="text/csv; charset=utf-8")
    name = f"chidao-{answer.snapshot}-{len(found.rows)}.csv"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    response.headers[SNAPSHOT] = answer.snapshot
    response.headers[ROWS] = str(len(found.rows))
    if answer.truncated or len(found.rows) < answer.rows:
        response.headers[TRUNCATED] = f"row limit {len(found.rows)}"
    return response


def _table(found: Rows, names: Names, site_address: str) -> bytes:
    """The columns of the answer, each followed by the names of its things if any has one; then the quotes if any."""
    if found.boolean is not None:
        return downloads.table(["answer"], [[str(found.boolean).lower()]])
    header, columns = list[str](), list[Sequence[str]]()
    for number, name in enumerate(found.columns or _TRIPLE):
        terms = [row[number] for row in found.rows]
        header.append(name)
        columns.append([downloads.Figure(lexical(term)) if is_number(term) else lexical(term) for term in terms])
        called = [_called(term.value, names) if isinstance(term, NamedNode) else "" for term in terms]
        if any(called):
            header.append(f"{name}_label")
            columns.append(called)
    quotes = [_quote_cells(row, names, site_address) for row in found.rows]
    if any(map(any, quotes)):
        header += _QUOTE
        columns += zip(*quotes, strict=True)
    return downloads.table(header, zip_longest(*columns, fillvalue=""))


def _called(iri: str, names: Names) -> str:
    """ "Chỉ thị 07-CT/HU: Về việc …"."""
    return ": ".join(filter(None, (names.name(iri), names.title(iri))))


def _quote_cells(row: Row, names: Names, site_address: str) -> tuple[str, str, str]:
    """The quotes of the row's things, the texts that they stand in and the pages that show them there, line by line."""
    quotes = dict.fromkeys(quote for term in row if isinstance(term, NamedNode) for quote in names.quotes(term.value))
    sources = dict.fromkeys(names.source(quote) for quote in quotes)
    pages = [_page(quote, site_address) for quote in quotes]
    return _lines(quote.exact for quote in quotes), _lines(sources), _lines(pages)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(texts)


def _page(quote: Quote, site_address: str) -> str:
    return f"{site_address}{page(quote.source)}#{quote.id}"
