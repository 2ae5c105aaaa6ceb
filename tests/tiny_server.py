"""A server on loopback that answers as a test says, and how `--store` names it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

RESULTS = "application/sparql-results+json"
Answer = tuple[int, dict[str, str], bytes]
Handler = Callable[[str, str, dict[str, str]], Answer | None]


@contextmanager
def server(handle: Handler) -> Iterator[str]:
    """A tiny server; ``handle`` gets method, path and headers (lower case), and gives None to cut the connection."""

    class Handling(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            self.rfile.read(int(self.headers.get("content-length") or 0))
            answer = handle(self.command, self.path, {name.lower(): value for name, value in self.headers.items()})
            if answer is None:
                self.close_connection = True
                return
            self.send_response(answer[0])
            for name, value in (answer[1] | {"Content-Length": str(len(answer[2]))}).items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer[2])

        do_GET = do_POST = do_PUT = do_DELETE = _answer  # noqa: N815 - names that http.server calls

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handling) as running:
        thread = Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def parts(url: str) -> str:
    """The server as a store."""
    return f"query={url}/q update={url}/u graphs={url}/g"
