"""Small answers of the endpoint that are asked for again and again: kept in memory until the next snapshot.

A dashboard, a class of students, a page that is linked to: the same address in the same format, many times. What says
of itself that it is an answer of the current snapshot which everybody may keep (``caching``) is given again without
being worked out again. Whoever asks conditionally, or wants no kept answer, is passed on to the site.
"""

from collections import OrderedDict
from collections.abc import Iterable
from contextlib import closing
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from werkzeug.datastructures import Headers

from chidao.graph.errors import StoreError
from chidao.web.sending import SNAPSHOT
from chidao.web.workers import current_snapshot

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

LONGEST_ANSWER, LONGEST_ADDRESS = 16 * 1024, 4 * 1024  # bytes
MOST = 512  # answers: with the longest of both, 10 MiB
PASSED_ON = ("HTTP_IF_NONE_MATCH", "HTTP_CACHE_CONTROL", "HTTP_PRAGMA", "HTTP_AUTHORIZATION")
TOLD_APART = ("QUERY_STRING", "HTTP_ACCEPT", "HTTP_ACCEPT_ENCODING", "HTTP_ACCEPT_LANGUAGE", "HTTP_COOKIE", "HTTP_HOST")

Key = tuple[str, ...]
Answer = tuple[list[tuple[str, str]], bytes]


class Remembered:
    """The WSGI application ``site`` over ``data_dir``, which is asked only for what is not remembered."""

    def __init__(self, site: "WSGIApplication", data_dir: Path) -> None:
        self._site = site
        self._data_dir = data_dir
        self._snapshot = ""
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer as ``site`` does."""
        key = _key(environ)
        if key is None:
            return self._site(environ, start_response)
        try:
            snapshot = current_snapshot(self._data_dir)
        except StoreError:
            return self._site(environ, start_response)
        if found := self._found(snapshot, key):
            start_response("200 OK", list(found[0]))
            return [found[1]]
        return self._asked(environ, start_response, snapshot, key)

    def _found(self, snapshot: str, key: Key) -> Answer | None:
        with self._lock:
            if snapshot != self._snapshot:
                self._snapshot = snapshot
                self._answers.clear()
            if key in self._answers:
                self._answers.move_to_end(key)
            return self._answers.get(key)

    def _asked(
        self, environ: "WSGIEnvironment", start_response: "StartResponse", snapshot: str, key: Key
    ) -> Iterable[bytes]:
        told: list[tuple[str, list[tuple[str, str]]]] = []

        def tell(status: str, headers: list[tuple[str, str]], error: object = None, /) -> object:
            told.append((status, headers))
            return start_response(status, headers, error)  # type: ignore[arg-type]

        body = self._site(environ, tell)  # type: ignore[arg-type]
        status, headers = told[-1]
        if not _is_to_be_kept(status, Headers(headers), snapshot):
            return body
        with closing(body):  # type: ignore[type-var]
            answer = list(headers), b"".join(body)
        with self._lock:
            if snapshot == self._snapshot:
                self._answers[key] = answer
                if len(self._answers) > MOST:
                    self._answers.popitem(last=False)
        return [answer[1]]


def _key(environ: "WSGIEnvironment") -> Key | None:
    """What tells two requests apart; None for one that is to be passed on."""
    address = environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] != "GET" or environ["PATH_INFO"] != "/sparql" or not address:
        return None
    if len(address) > LONGEST_ADDRESS or "snapshot=" in address or any(name in environ for name in PASSED_ON):
        return None
    return tuple(environ.get(name, "") for name in TOLD_APART)


def _is_to_be_kept(status: str, headers: Headers, snapshot: str) -> bool:
    """Whether it is a short answer of this snapshot that everybody may keep."""
    return (
        status == "200 OK"
        and headers.get(SNAPSHOT) == snapshot
        and "ETag" in headers
        and headers.get("Cache-Control", "").startswith("public")
        and "Set-Cookie" not in headers
        and headers.get("Content-Length", LONGEST_ANSWER + 1, type=int) <= LONGEST_ANSWER
    )
