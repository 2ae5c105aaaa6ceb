"""Sending a spooled answer: its true headers, then its bytes from the file."""

from flask import Response, request
from werkzeug.wsgi import wrap_file

from chidao.web.answers import Answer
from chidao.web.compression import compressed_file, wanted
from chidao.web.formats import Format

SNAPSHOT = "X-Chidao-Snapshot"
TRUNCATED = "X-Chidao-Truncated"
ROWS = "X-Chidao-Rows"


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
    response.headers[ROWS] = str(answer.rows)
    if answer.truncated:
        response.headers[TRUNCATED] = f"row limit {answer.rows}"
    return response
