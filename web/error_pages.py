"""What goes wrong, said once for people and once for programs, with a true status."""

from flask import Flask, Response, current_app, make_response, render_template, request
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.errors import ChidaoError, GoneError, NotFoundError, QueryError
from chidao.web.answers import LimitError, MalformedQueryError, RefusedQueryError
from chidao.web.protocol import READ_ONLY
from chidao.web.syntax import explained

LIMIT = "X-Chidao-Limit"


def register(app: Flask) -> None:
    """Give ``app`` its answers to errors."""
    app.register_error_handler(ChidaoError, said)
    app.register_error_handler(HTTPException, refused)


def said(error: ChidaoError) -> BaseResponse:
    """An error of ours: 404 not known, 410 no longer kept, 400 a bad query, 503 a limit or an unreadable store."""
    asked = request.values.get("query", "") or request.get_data(as_text=True)
    response = _answer(status_of(error), message_of(error, asked))
    if isinstance(error, LimitError):
        response.headers[LIMIT] = error.limit
        if error.retry_after is not None:
            response.headers["Retry-After"] = str(error.retry_after)
    return response


def message_of(error: ChidaoError, query: str) -> str:
    """The error's words; where a query is malformed, with the place in it."""
    return explained(str(error), query) if isinstance(error, MalformedQueryError) else str(error)


def status_of(error: ChidaoError) -> int:
    """The status of an answer that could not be given."""
    if isinstance(error, NotFoundError):
        return 404
    if isinstance(error, GoneError):
        return 410
    if isinstance(error, RefusedQueryError):
        return 403
    return 400 if isinstance(error, QueryError) else 503


def refused(error: HTTPException) -> BaseResponse:
    """An error of the protocol: 404, 405, 406, 413, 415 and their kin."""
    own = error.get_response()
    if error.code is None or error.code < 400:
        return make_response(own)
    if error.code == 405:
        response = _answer(405, f"{request.method} is not for this address. {READ_ONLY}")
        response.headers["Allow"] = own.headers["Allow"]
        return response
    if error.code == 413:
        longest = current_app.config["MAX_CONTENT_LENGTH"] // 1024
        return _answer(413, f"A request may hold {longest} KiB. Ask for less at once, for example by fewer VALUES.")
    return _answer(error.code, error.description or "")


def _answer(status: int, message: str) -> BaseResponse:
    """A page where a browser asks, else plain text; nobody keeps either."""
    if "text/html" in request.accept_mimetypes.values():
        response = make_response(render_template("error.html", status=status, message=message), status)
    else:
        response = Response(f"{message}\n", status, content_type="text/plain; charset=utf-8")
    response.headers["Cache-Control"] = "no-store"
    return response
