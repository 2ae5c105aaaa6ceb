"""A query worker: a process that opens one snapshot read-only and answers one query after another.

It is forked from ``python -m chidao.web.worker`` (see ``forking``) and may be killed at any moment: it owns nothing.
What is asked and answered is a message of ``channel``.
"""

import json
import pickle
import signal
import socket
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import TypedDict, TypeVar

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    serialize,
)

from chidao.graph.errors import NotFoundError, QueryError
from chidao.web.answers import Analysis, Asked, Query, WholeGraph
from chidao.web.channel import Channel
from chidao.web.confinement import confine_files, program_folders
from chidao.web.forking import fork_on_request
from chidao.web.isolation import limit_memory, refuse_network
from chidao.web.solutions import WRITERS
from chidao.web.syntax import ELSEWHERE, asks_elsewhere

PIECE = 64 * 1024
GRACE = 10  # seconds after the time limit in which the parent should have killed the process
RESULT_FORMATS = {
    "json": QueryResultsFormat.JSON,
    "xml": QueryResultsFormat.XML,
    "csv": QueryResultsFormat.CSV,
    "tsv": QueryResultsFormat.TSV,
}
GRAPH_FORMATS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
    "trig": RdfFormat.TRIG,
    "nq": RdfFormat.N_QUADS,
}
Name = NamedNode | BlankNode
DefaultNode = Name | DefaultGraph
T = TypeVar("T")


class Settings(TypedDict):
    """Limits as of `Limits`; ``preload`` to import once what pages will ask for."""

    time_limit: float
    graph_time: float
    memory_limit: int
    prefixes: dict[str, str]
    preload: bool


class Pieces:
    """A binary file of which every write goes to the web process, gathered into pieces."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._held = bytearray()

    def write(self, data: bytes) -> int:
        """Take ``data``; send what has gathered once it makes a piece."""
        self._held += data
        if len(self._held) >= PIECE:
            self.flush()
        return len(data)

    def flush(self) -> None:
        """Send what has gathered."""
        if self._held:
            self._channel.send([(b"c", bytes(self._held))])
            self._held.clear()

    def end(self, result: dict[str, object]) -> None:
        """Send what is left and the outcome."""
        last = [(b"c", bytes(self._held))] if self._held else []
        self._channel.send([*last, (b"e", json.dumps(result).encode())])


class Counted(Iterable[T]):
    """At most ``limit`` of ``things``; ``count`` were given, and ``truncated`` if there were more."""

    def __init__(self, things: Iterable[T], limit: int) -> None:
        self.count = 0
        self.truncated = False
        self._things = things
        self._limit = limit

    def __iter__(self) -> Iterator[T]:
        """Give them, one by one, counting."""
        rest = iter(self._things)
        for thing in islice(rest, self._limit):
            self.count += 1
            yield thing
        self.truncated = next(rest, None) is not None


def answer(store: Store, query: Query, out: Pieces, prefixes: dict[str, str]) -> dict[str, object]:
    """Evaluate ``query``, write the answer to ``out`` and tell its kind and count.

    Raises SyntaxError (malformed), ValueError (an IRI that is none) and OSError (evaluation failed).
    """
    default_graph, named_graphs = _dataset(query)
    results = store.query(query.text, base_iri=query.base, default_graph=default_graph, named_graphs=named_graphs)
    if isinstance(results, QueryBoolean):
        out.write(results.serialize(format=RESULT_FORMATS[query.format]) or b"")
        return {"kind": "boolean", "rows": 1, "truncated": False}
    if isinstance(results, QueryTriples):
        triples = Counted(results, query.row_limit)
        serialize(triples, out, GRAPH_FORMATS[query.format], prefixes=prefixes)  # type: ignore[arg-type]
        return {"kind": "triples", "rows": triples.count, "truncated": triples.truncated}
    return _write_solutions(results, query, out)


def _write_solutions(results: QuerySolutions, query: Query, out: Pieces) -> dict[str, object]:
    variables = [variable.value for variable in results.variables]
    rows = Counted(results, query.row_limit)
    for text in WRITERS[query.format](variables, (tuple(row) for row in rows)):
        out.write(text.encode("utf-8", "replace"))
    return {"kind": "solutions", "rows": rows.count, "truncated": rows.truncated}


def _dataset(query: Query) -> tuple[list[DefaultNode] | None, list[Name] | None]:
    """A dataset given by the protocol replaces the query's own, both halves of it (SPARQL 1.1 Protocol, 2.1.4)."""
    if query.default_graphs is None and query.named_graphs is None:
        return None, None
    return [NamedNode(iri) for iri in query.default_graphs or ()], [NamedNode(iri) for iri in query.named_graphs or ()]


def outcome(store: Store, query: Query, out: Pieces, prefixes: dict[str, str]) -> dict[str, object]:
    """The answer's kind and count, or what is wrong with the query."""
    try:
        if asks_elsewhere(query.text, query.base):
            return {"elsewhere": ELSEWHERE}
        return answer(store, query, out, prefixes)
    except SyntaxError as error:
        return {"malformed": str(error)}
    except (ValueError, OSError, RuntimeError) as error:
        return {"failed": str(error)}
    except MemoryError:
        return {"limit": "memory"}


def dumped(store: Store, asked: WholeGraph, out: Pieces, prefixes: dict[str, str]) -> dict[str, object]:
    """Write a whole graph to ``out``, in constant memory; or what is wrong with its name."""
    try:
        graph = NamedNode(asked.graph) if asked.graph else DefaultGraph()
    except ValueError as error:
        return {"refused": f"{asked.graph!r} is not an absolute IRI: {error}"}
    if asked.graph and next(store.quads_for_pattern(None, None, None, graph), None) is None:
        return {"missing": f"{asked.graph}: no graph of this name is published"}
    try:
        store.dump(out, GRAPH_FORMATS[asked.format], from_graph=graph, prefixes=prefixes)  # type: ignore[arg-type]
    except (OSError, RuntimeError) as error:
        return {"failed": str(error)}
    return {"kind": "graph", "rows": 0, "truncated": False}


def analysed(store: Store, data_dir: Path, asked: Analysis, out: Pieces) -> dict[str, object]:
    """Run an analysis, write its answer to ``out``; or what is wrong with it."""
    from chidao.web.analyses import ANALYSES  # noqa: PLC0415 - a worker that only answers queries starts quicker

    try:
        found = ANALYSES[asked.name](store, data_dir, asked.arguments)
    except NotFoundError as error:
        return {"missing": str(error)}
    except QueryError as error:
        return {"refused": str(error)}
    except OSError as error:
        return {"failed": str(error)}
    except MemoryError:
        return {"limit": "memory"}
    out.write(json.dumps(found, ensure_ascii=False).encode("utf-8", "replace"))
    return {"kind": "analysis", "rows": len(found), "truncated": False}


def work(store: Store, snapshot: Path, channel: Channel, settings: Settings) -> None:
    """Answer questions until ``channel`` is closed. An alarm ends the process should nobody be left to kill it."""
    prefixes = settings["prefixes"]
    while True:
        asked: Asked = pickle.loads(channel.receive()[1])  # noqa: S301 - from the web process alone
        allowed = settings["graph_time"] if isinstance(asked, WholeGraph) else settings["time_limit"]
        signal.alarm(int(allowed) + GRACE)
        out = Pieces(channel)
        if isinstance(asked, Analysis):
            result = analysed(store, snapshot.parent.parent, asked, out)
        elif isinstance(asked, WholeGraph):
            result = dumped(store, asked, out, prefixes)
        else:
            result = outcome(store, asked, out, prefixes)
        signal.alarm(0)
        out.end(result)


def serve(descriptor: int, snapshot: str, settings: Settings) -> None:
    """Open ``snapshot``, give up what is not needed from then on, and answer what comes over ``descriptor``."""
    channel = Channel(socket.socket(fileno=descriptor))
    refuse_network()
    store = Store.read_only(snapshot)
    limit_memory(settings["memory_limit"])
    confine_files({Path(snapshot).parent.parent, *program_folders()})
    channel.send([(b"r", b"")])
    with suppress(EOFError):
        work(store, Path(snapshot), channel, settings)


def main(descriptor: str, settings: str) -> None:
    """``descriptor`` is that of the socket with the requests, ``settings`` is JSON."""
    chosen: Settings = json.loads(settings)
    if chosen["preload"]:
        import chidao.web.analyses  # noqa: F401, PLC0415 - once for all workers
    fork_on_request(socket.socket(fileno=int(descriptor)), partial(serve, settings=chosen))


if __name__ == "__main__":
    main(*sys.argv[1:])
