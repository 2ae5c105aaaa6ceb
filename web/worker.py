"""A query worker: a process that opens one snapshot read-only and answers one query after another.

It is started by ``workers`` as ``python -m chidao.web.worker`` and may be killed at any moment: it owns nothing.
What goes back over the pipe is bytes: ``c`` and a piece of the answer, or ``e`` and the outcome as JSON.
"""

import json
import signal
import sys
from collections.abc import Iterable, Iterator
from itertools import islice
from multiprocessing.connection import Connection
from pathlib import Path
from typing import TypeVar

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
from chidao.web.answers import Analysis, Query
from chidao.web.isolation import limit_memory, refuse_network
from chidao.web.solutions import WRITERS

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


class Pieces:
    """A binary file of which every write goes over the pipe, gathered into pieces."""

    def __init__(self, pipe: Connection) -> None:
        self._pipe = pipe
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
            self._pipe.send_bytes(b"c" + self._held)
            self._held.clear()


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
    results = store.query(query.text, default_graph=default_graph, named_graphs=named_graphs)
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
        result = answer(store, query, out, prefixes)
    except SyntaxError as error:
        return {"malformed": str(error)}
    except (ValueError, OSError, RuntimeError) as error:
        return {"failed": str(error)}
    except MemoryError:
        return {"limit": "memory"}
    out.flush()
    return result


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
    out.flush()
    return {"kind": "analysis", "rows": len(found), "truncated": False}


def work(store: Store, snapshot: Path, pipe: Connection, time_limit: float, prefixes: dict[str, str]) -> None:
    """Answer queries from ``pipe`` until it is closed. An alarm ends the process should nobody be left to kill it."""
    while True:
        asked: Query | Analysis = pipe.recv()
        signal.alarm(int(time_limit) + GRACE)
        if isinstance(asked, Analysis):
            result = analysed(store, snapshot.parent.parent, asked, Pieces(pipe))
        else:
            result = outcome(store, asked, Pieces(pipe), prefixes)
        signal.alarm(0)
        pipe.send_bytes(b"e" + json.dumps(result).encode())


def main(descriptor: str, snapshot: str, settings: str) -> None:
    """``descriptor`` is the pipe's; ``settings`` is JSON: time_limit (s), memory_limit (MiB), prefixes."""
    chosen = json.loads(settings)
    pipe = Connection(int(descriptor))
    refuse_network()
    store = Store.read_only(snapshot)
    limit_memory(chosen["memory_limit"])
    pipe.send_bytes(b"r")
    try:
        work(store, Path(snapshot), pipe, chosen["time_limit"], chosen["prefixes"])
    except (EOFError, BrokenPipeError, KeyboardInterrupt):
        return


if __name__ == "__main__":
    main(*sys.argv[1:])
