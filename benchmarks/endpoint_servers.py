"""The servers that ``endpoint`` sets beside `chidao serve` and that have no command of their own; each runs until it is killed.

python benchmarks/endpoint_servers.py rdflib-endpoint STATEMENTS.nt PORT
python benchmarks/endpoint_servers.py in-process DATA PORT
"""

import sys
import tempfile
from dataclasses import replace
from pathlib import Path

import pyoxigraph
from waitress import serve

from chidao.graph.publish import snapshot
from chidao.ontology.namespaces import PREFIXES
from chidao.web.answers import Answer, Asked, Query
from chidao.web.app import create_app
from chidao.web.limits import Limits
from chidao.web.site import install, site_of
from chidao.web.worker import outcome

THREADS = 10
IN_MEMORY = 1024 * 1024  # bytes of an answer that stay in memory, as for the workers' answers


class InProcess:
    """Answers in the process of the site, with the engine that the workers use and nothing that could stop it."""

    def __init__(self, data: Path) -> None:
        folder = snapshot(data)
        self._name = folder.name
        self._store = pyoxigraph.Store.read_only(str(folder))
        self._prefixes = {name: str(iri) for name, iri in PREFIXES.items()}

    def answer(self, asked: Asked, _: str | None = None) -> Answer:
        """As ``Pool.answer``; queries only, and of the one snapshot."""
        assert isinstance(asked, Query)
        body = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 - sent later
        found = outcome(self._store, asked, body, self._prefixes)  # type: ignore[arg-type]
        length = body.tell()
        body.seek(0)
        return Answer(snapshot=self._name, body=body, length=length, **found)  # type: ignore[arg-type]


def serve_in_process(data: str, port: int) -> None:
    """Our site without workers."""
    app = create_app(Path(data), Limits())
    site = site_of(app)
    site.pool.close()
    install(app, replace(site, pool=InProcess(Path(data))))  # type: ignore[arg-type]
    serve(app, host="127.0.0.1", port=port, threads=THREADS, ident="chidao")


def serve_rdflib(path: str, port: int) -> None:
    """rdflib-endpoint over rdflib's memory store."""
    import rdflib  # noqa: PLC0415 - the other server must not load these
    import uvicorn  # noqa: PLC0415
    from rdflib_endpoint import SparqlEndpoint  # noqa: PLC0415

    graph = rdflib.Graph().parse(path, format="nt")
    uvicorn.run(SparqlEndpoint(graph=graph, path="/sparql"), host="127.0.0.1", port=port, log_level="error")


if __name__ == "__main__":
    {"rdflib-endpoint": serve_rdflib, "in-process": serve_in_process}[sys.argv[1]](sys.argv[2], int(sys.argv[3]))
