"""Serving the site with waitress."""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from threading import Thread

from waitress.server import create_server

from chidao.graph.errors import ChidaoError
from chidao.web.app import create_app
from chidao.web.curate_guard import is_loopback
from chidao.web.explorer_columns import prepare
from chidao.web.limits import Limits
from chidao.web.reader import Reader
from chidao.web.search import search
from chidao.web.site import site_of
from chidao.web.workers import current_snapshot

THREADS_PER_WORKER = 4  # threads wait for workers, or send; none of them computes


def serve(
    data_dir: Path, host: str, port: int, limits: Limits, say: Callable[[str], None], curate: bool = False
) -> None:
    """Serve until interrupted; ``say`` is told the address when it is open (``port`` 0 takes any free one).

    ``curate`` adds the page that writes. Raises StoreError where nothing was published, ChidaoError where the address
    can't be had, or is open to others while the page that writes is asked for.
    """
    if curate and not is_loopback(host):
        raise ChidaoError(f"--curate lets visitors write, so it is for this machine alone: not with --host {host}")
    app = create_app(data_dir, limits, curate)
    Thread(target=_prepare, args=(site_of(app).reader, current_snapshot(data_dir)), daemon=True).start()
    threads = THREADS_PER_WORKER * limits.workers + 2
    try:
        server = create_server(app, host=host, port=port, threads=threads, ident="chidao")
    except OSError as error:
        raise ChidaoError(f"{host}:{port} can't be listened on ({error.strerror}); choose another --port") from error
    try:
        # the stubs know no port, and a name such as "localhost" opens several servers
        opened = port or getattr(server, "effective_port", None) or "?"
        say(f"Chidao: http://{host}:{opened}/ · SPARQL: /sparql · Ctrl+C ends it")
        server.run()
    finally:
        site_of(app).pool.close()


def _prepare(reader: Reader, snapshot: str) -> None:
    """Make beside the first requests what they would wait for; where that fails they say why."""
    search(reader).prepare(snapshot)
    with suppress(ChidaoError):
        prepare(reader, snapshot)
