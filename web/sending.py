"""Sending a spooled answer: its true headers, then its bytes from the file."""

from flask import Response, request
from werkzeug.wsgi import wrap_file

from chidao.web.answers import Answer, Asked
from chidao.web.caching import entity_tag, is_held, is_volatile, marked, not_modified, unkept
from chidao.web.compression import compressed_file, wanted
from chidao.web.formats import Format
from chidao.web.site import site
from chidao.web.workers import current_snapshot

SNAPSHOT = "X-Chidao-Snapshot"
TRUNCATED = "X-Chidao-Truncated"
ROWS = "X-Chidao-Rows"


def answered(asked: Asked, form: Format, snapshot: str | None) -> Response:
    """The answer to ``asked`` in the format ``form``, from ``snapshot`` (None: the current one).

    304 without asking a worker where the client holds it; caches keep what came by GET. Raises what ``Pool.answer``
    raises.
    """
    if request.method == "POST" or is_volatile(asked):
        return unkept(sent(site().pool.answer(asked, snapshot), form))
    named = snapshot or current_snapshot(site().data_dir)
    tag = entity_tag(named, asked)
    if is_held(request, tag):
        response = not_modified(tag, snapshot is not None)
        response.headers[SNAPSHOT] = named
        return response
    answer = site().pool.answer(asked, snapshot)
    lasting = snapshot is not None and not answer.truncated
    return marked(sent(answer, form), entity_tag(answer.snapshot, asked), lasting)


def sent(answer: Answer, asked: Format) -> Response:
    """The response for a complete answer; one that was cut at the row limit says so, and how much it holds."""
    body, length = answer.body, answer.length
    packed = wanted(request, asked.content_type, length)
    if packed:
        body, length = compressed_file(body)
    response = Response(wrap_file(request.environ, body), content_type=asked.content_type, direct_passthrough=True)
    response.content_length = length
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers[SNAPSHOT] = answer.snapshot
    if answer.kind != "graph":
        response.headers[ROWS] = str(answer.rows)
    if answer.truncated:
        response.headers[TRUNCATED] = f"row limit {answer.rows}"
    return response
