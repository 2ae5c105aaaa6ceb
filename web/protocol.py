"""The SPARQL 1.1 Protocol: reading a request into a question (sections 2.1 and 2.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from flask import Request
from werkzeug.exceptions import BadRequest, NotAcceptable, UnsupportedMediaType

from chidao.graph.errors import QueryError
from chidao.web.answers import Query, RefusedQueryError
from chidao.web.formats import (
    GRAPH_FORMATS,
    RESULT_FORMATS,
    Format,
    accepted_format,
    formats_for,
    named_format,
    quality,
    range_weights,
)
from chidao.web.syntax import UPDATES, first_keyword

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
UTF8 = frozenset({"utf-8", "utf8", "us-ascii", "ascii"})
READ_ONLY = (
    "This endpoint only reads. The graph is written from texts by `chidao load` and `chidao withdraw` on the machine "
    "that holds the data folder."
)


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its dataset: None where the protocol gives none. ``form`` is its first keyword.

    ``base`` is the address of the endpoint, which relative IRIs of the query are relative to (RFC 3986, 5.1.3).
    """

    text: str
    form: str
    base: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None


def asked_query(question: Question, format_name: str, row_limit: int) -> Query:
    """The question as it goes to a worker."""
    return Query(question.text, format_name, row_limit, question.default_graphs, question.named_graphs, question.base)


def read_question(request: Request) -> Question | None:
    """The question of a GET or POST; None for a GET without one.

    Raises BadRequest, QueryError (refused: an update, SERVICE) or UnsupportedMediaType, with a message for who asked.
    """
    fields, texts = _texts(request)
    if "update" in fields:
        raise RefusedQueryError(READ_ONLY)
    if not texts and request.method in ("GET", "HEAD"):
        return None
    if len(texts) != 1:
        raise BadRequest(f"a request holds exactly one query; this one holds {len(texts)}")
    return checked(request, texts[0])


def checked(request: Request, text: str) -> Question:
    """``text`` with the dataset that the request names. Raises QueryError for an update; a worker refuses SERVICE."""
    form = first_keyword(text)
    if form in UPDATES:
        raise QueryError(f"{form} belongs to an update, not to a query. {READ_ONLY}")
    graphs = (_graphs(request, name) for name in ("default-graph-uri", "named-graph-uri"))
    return Question(text, form, request.base_url, *graphs)


def _texts(request: Request) -> tuple[Sequence[str], list[str]]:
    """The names of the fields and the queries of a request."""
    if request.method in ("GET", "HEAD"):
        return list(request.args), request.args.getlist("query")
    media_type = request.mimetype
    if media_type == FORM:
        return list(request.form), [*request.args.getlist("query"), *request.form.getlist("query")]
    if media_type == UPDATE:
        raise RefusedQueryError(READ_ONLY)
    if media_type != QUERY:
        raise UnsupportedMediaType(
            f"send a query as {FORM} or {QUERY}, not {f'as {media_type}' if media_type else 'without a Content-Type'}"
        )
    return [], [*request.args.getlist("query"), request.get_data().decode("utf-8-sig")]


def require_utf8(request: Request) -> None:
    """Called before the fields of a form are read (SPARQL 1.1 Protocol, 2.1.2 and 2.1.3: UTF-8 and nothing else).

    Raises UnsupportedMediaType where another encoding or compression is declared, BadRequest where the text is not
    UTF-8.
    """
    packed = request.headers.get("Content-Encoding", "identity").strip().lower()
    if packed not in ("", "identity"):
        raise UnsupportedMediaType(f"send the query as it is, not compressed by {packed}")
    charset = request.mimetype_params.get("charset", "utf-8")
    if charset.strip("'\" ").lower() not in UTF8:
        raise UnsupportedMediaType(f"send the query in UTF-8, not in {charset}")
    for part in (request.query_string, request.get_data()):
        try:
            unquote_to_bytes(part).decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadRequest(f"the request is not UTF-8: {error}") from error


def _graphs(request: Request, name: str) -> tuple[str, ...] | None:
    """The graphs that a request names, in its address and in the fields of its form."""
    return tuple(request.values.getlist(name)) or None


def pinned_snapshot(request: Request) -> str | None:
    """The snapshot that ``snapshot=`` asks for; None is the current one."""
    return request.values.get("snapshot") or None


def answer_format(request: Request, form: str) -> Format:
    """The format that the request asks for, by ``format=`` or its Accept header. Raises NotAcceptable."""
    return chosen_format(request, formats_for(form), form or "this")


def chosen_format(request: Request, formats: dict[str, Format], thing: str) -> Format:
    """Which of ``formats`` is asked for. Raises NotAcceptable, which tells in what ``thing`` is answered."""
    name = request.values.get("format") or request.values.get("output")
    found = named_format(name, formats) if name else accepted_format(request.accept_mimetypes, formats)
    if found is None:
        known = ", ".join(f"{one.name} ({one.media_type})" for one in formats.values())
        raise NotAcceptable(f"{thing} is answered as {known}")
    return found


def wants_page(request: Request) -> bool:
    """Whether a browser asks: HTML is preferred to every format, and no format is named."""
    if request.values.get("format") or request.values.get("output"):
        return False
    weights = range_weights(request.accept_mimetypes)
    pages = [quality(weights, name) for name in ("text/html", "application/xhtml+xml")]
    html = max((weight for weight, exact in pages if exact == 3), default=0.0)
    types = (
        name for one in (*RESULT_FORMATS.values(), *GRAPH_FORMATS.values()) for name in (one.media_type, *one.asked)
    )
    return html > 0 and html >= max(quality(weights, name)[0] for name in types)
