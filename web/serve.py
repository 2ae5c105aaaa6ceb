"""Serving the site with waitress."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

from chidao.graph.errors import ChidaoError
from chidao.web.app import create_app
from chidao.web.curate_guard import is_loopback
from chidao.web.explorer_columns import prepare
from chidao.web.limits import Limits
from chidao.web.query_log import QueryLog
from chidao.web.reader import Reader
from chidao.web.remembered import Remembered
from chidao.web.remote_pool import open_remote
from chidao.web.search import search
from chidao.web.site import site_of
from chidao.web.workers import current_snapshot

SENDING = 8  # threads beside those that wait for workers; none of them computes for long
IDLE = 20  # seconds until a connection that asks nothing, or never ends asking, is closed
MOST_CONNECTIONS = 500
MOST_SENT = 16 * 1024 * 1024  # bytes of a request that are read to the end, so that a message can answer it


@dataclass(frozen=True, slots=True)
class Listening:
    """Where to listen; ``port`` 0 takes any free one."""

    host: str
    port: int


def serve(
    data_dir: Path,
    at: Listening,
    limits: Limits,
    say: Callable[[str], None],
    curate: bool = False,
    query_log: Path | None = None,
    store: str | None = None,
) -> None:
    """Serve until interrupted; ``say`` is told the address when it is open.

    ``curate`` adds the page that writes; ``query_log`` takes the queries; ``store`` is the address of a SPARQL store
    that answers them. Raises StoreError where nothing was published, ChidaoError where address or log can't be had, or
    others may come while the page that writes is there.
    """
    if curate and not is_loopback(at.host):
        raise ChidaoError(f"--curate lets visitors write, so it is for this machine alone: not with --host {at.host}")
    remote, data_dir = open_remote(store, data_dir, limits) if store else (None, data_dir)
    app = create_app(data_dir, limits, curate, remote)
    with site_of(app).pool as pool:
        pool.warm()
        Thread(target=_prepare, args=(site_of(app).reader, current_snapshot(data_dir)), daemon=True).start()
        remembered = Remembered(app, data_dir)
        asked = QueryLog(remembered, query_log) if query_log else remembered
        server = _listening(asked, at, pool.places + SENDING)
        # the stubs know no port, and a name such as "localhost" opens several servers
        opened = at.port or getattr(server, "effective_port", None) or "?"
        say(f"Chidao: http://{at.host}:{opened}/ · SPARQL: /sparql · Ctrl+C ends it")
        server.run()


def _listening(app: Remembered | QueryLog, at: Listening, threads: int) -> MultiSocketServer | BaseWSGIServer:
    try:
        return create_server(
            app,
            host=at.host,
            port=at.port,
            threads=threads,
            connection_limit=MOST_CONNECTIONS,
            channel_timeout=IDLE,
            cleanup_interval=IDLE // 4,
            asyncore_use_poll=True,  # select() takes no file descriptor above 1023
            max_request_body_size=MOST_SENT,
            ident="chidao",
        )
    except OSError as error:
        address = f"{at.host}:{at.port}"
        raise ChidaoError(f"{address} can't be listened on ({error.strerror}); choose another --port") from error


def _prepare(reader: Reader, snapshot: str) -> None:
    """Make beside the first requests what they would wait for; where that fails they say why."""
    search(reader).prepare(snapshot)
    with suppress(ChidaoError):
        prepare(reader, snapshot)
