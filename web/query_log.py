"""An optional log of what is asked: only where the operator names a file, and never who asked.

One JSON object a line: ``time`` (UTC), ``status``, ``rows`` (null where there is no answer), ``milliseconds`` until the
answer began, and ``query``.
"""

import json
import time
from collections.abc import Iterable
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from chidao.graph.errors import ChidaoError
from chidao.web.protocol import QUERY
from chidao.web.sending import ROWS

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PATHS = ("/sparql", "/sparql/table.csv")


class QueryLog:
    """The WSGI application ``site``, whose queries are appended to ``file``. Raises ChidaoError where they can't be."""

    def __init__(self, site: "WSGIApplication", file: Path) -> None:
        self._site = site
        self._lock = Lock()
        try:
            self._file = file.open("a", encoding="utf-8", errors="replace")
        except OSError as error:
            raise ChidaoError(f"{file}: the log of queries can't be written ({error.strerror})") from error

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        """Answer as ``site`` does."""
        query = _query(environ) if environ.get("PATH_INFO") in PATHS else ""
        if not query:
            return self._site(environ, start_response)
        began, told = time.monotonic(), list[tuple[str, dict[str, str]]]()

        def tell(status: str, headers: list[tuple[str, str]], error: object = None, /) -> object:
            told.append((status, dict(headers)))
            return start_response(status, headers, error)  # type: ignore[arg-type]

        body = self._site(environ, tell)  # type: ignore[arg-type]
        status, headers = told[-1]
        self._write(int(status[:3]), headers.get(ROWS), began, query)
        return body

    def _write(self, status: int, rows: str | None, began: float, query: str) -> None:
        line = {
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
            "status": status,
            "rows": int(rows) if rows else None,
            "milliseconds": round(1000 * (time.monotonic() - began)),
            "query": query,
        }
        with self._lock:
            self._file.write(json.dumps(line, ensure_ascii=False) + "\n")
            self._file.flush()


def _query(environ: "WSGIEnvironment") -> str:
    """The query of a request, "" where there is none; its body can be read again afterwards."""
    fields: str = environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] == "POST":
        sent: bytes = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
        environ["wsgi.input"] = BytesIO(sent)
        text = sent.decode("utf-8", "replace")
        if environ.get("CONTENT_TYPE", "").startswith(QUERY):
            return text
        fields = text
    return parse_qs(fields, errors="replace").get("query", [""])[0]
