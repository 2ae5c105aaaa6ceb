"""The SPARQL 1.1 Protocol: reading a request into a question (sections 2.1 and 2.2)."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from flask import Request
from werkzeug.exceptions import BadRequest, NotAcceptable, UnsupportedMediaType

from chidao.graph.errors import QueryError
from chidao.web.answers import RefusedQueryError
from chidao.web.formats import Format, accepted_format, formats_for, named_format
from chidao.web.syntax import UPDATES, asks_elsewhere, first_keyword

FORM = "application/x-www-form-urlencoded"
QUERY = "application/sparql-query"
UPDATE = "application/sparql-update"
READ_ONLY = (
    "This endpoint only reads. The graph is written from texts by `chidao load` and `chidao withdraw` on the machine "
    "that holds the data folder."
)
ELSEWHERE = (
    "SERVICE is refused: this endpoint never contacts another server. Ask the other server yourself and join the "
    "answers, or load the data of both into one store."
)


@dataclass(frozen=True, slots=True)
class Question:
    """A query with its dataset: None where the protocol gives none. ``form`` is its first keyword."""

    text: str
    form: str
    default_graphs: tuple[str, ...] | None
    named_graphs: tuple[str, ...] | None


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
    """``text`` with the dataset that the request names. Raises QueryError for an update and for SERVICE."""
    form = first_keyword(text)
    if form in UPDATES:
        raise QueryError(f"{form} belongs to an update, not to a query. {READ_ONLY}")
    if asks_elsewhere(text):
        raise RefusedQueryError(ELSEWHERE)
    return Question(text, form, _graphs(request, "default-graph-uri"), _graphs(request, "named-graph-uri"))


def _texts(request: Request) -> tuple[Sequence[str], list[str]]:
    """The names of the fields and the queries of a request."""
    if request.method in ("GET", "HEAD"):
        return list(request.args), request.args.getlist("query")
    media_type = request.mimetype
    if media_type == FORM:
        return list(request.form), request.form.getlist("query")
    if media_type == UPDATE:
        raise RefusedQueryError(READ_ONLY)
    if media_type != QUERY:
        raise UnsupportedMediaType(f"send a query as {FORM} or {QUERY}, not as {media_type or 'nothing'}")
    return [], [request.get_data(as_text=True)]


def require_utf8(request: Request) -> None:
    """Raises BadRequest where the request's text is not UTF-8; called before the fields of a form are read."""
    for part in (request.query_string, request.get_data()):
        try:
            unquote_to_bytes(part).decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadRequest(f"the request is not UTF-8: {error}") from error


def _graphs(request: Request, name: str) -> tuple[str, ...] | None:
    """The graphs that a request names; a form may name them in its fields, a direct POST in its address."""
    named = request.form.getlist(name) if request.mimetype == FORM and request.method == "POST" else []
    return tuple(named or request.args.getlist(name)) or None


def answer_format(request: Request, form: str) -> Format:
    """The format that the request asks for, by ``format=`` or its Accept header. Raises NotAcceptable."""
    formats = formats_for(form)
    name = request.values.get("format") or request.values.get("output")
    found = named_format(name, formats) if name else accepted_format(request.accept_mimetypes, formats)
    if found is None:
        known = ", ".join(f"{one.name} ({one.media_type})" for one in formats.values())
        raise NotAcceptable(f"{form or 'this'} is answered as {known}")
    return found


def wants_page(request: Request) -> bool:
    """Whether a browser asks: HTML is preferred to every format, and no format is named."""
    if request.values.get("format") or request.values.get("output"):
        return False
    accept = request.accept_mimetypes
    html = max(accept.quality("text/html"), accept.quality("application/xhtml+xml"))
    machine = (
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/turtle",
        "text/csv",
        "application/json",
    )
    return "text/html" in accept.values() and html > 0 and html >= max(map(accept.quality, machine))
