"""Serving the site with waitress."""

from pathlib import Path

import waitress

from chidao.web.app import create_app
from chidao.web.limits import Limits
from chidao.web.site import site_of

THREADS_PER_WORKER = 4  # threads wait for workers, or send; none of them computes


def serve(data_dir: Path, host: str, port: int, limits: Limits) -> None:
    """Serve until interrupted. Raises StoreError where nothing was published, OSError where the port is taken."""
    app = create_app(data_dir, limits)
    try:
        waitress.serve(app, host=host, port=port, threads=THREADS_PER_WORKER * limits.workers + 2, ident="chidao")
    finally:
        site_of(app).pool.close()
