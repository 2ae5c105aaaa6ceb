"""Taking an answer from a remote store: row by row into a bounded file, in the format that was asked for."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import Any

import httpx
from pyoxigraph import (
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
    serialize,
)

from chidao.graph.errors import NotFoundError, QueryError, StoreError
from chidao.graph.remote_store import JSON_RESULTS, NTRIPLES, RemoteStore
from chidao.graph.remote_values import canonical_triples, rows_of
from chidao.ontology.namespaces import PREFIXES
from chidao.web.answers import Answer, Kind, LimitError, Query, WholeGraph
from chidao.web.formats import GRAPH_FORMATS as GRAPHS
from chidao.web.limits import Limits
from chidao.web.reply import IN_MEMORY
from chidao.web.solutions import WRITERS
from chidao.web.worker import GRAPH_FORMATS, RESULT_FORMATS, Counted

_PREFIXES = {name: str(iri) for name, iri in PREFIXES.items()}
_ENDLESS = sys.maxsize
_ERROR = 300  # characters of what the store says


class _Incoming:
    """A file with the body of a response; reading from it ends when the time is over."""

    def __init__(self, response: httpx.Response, ends: float) -> None:
        self.late = False
        self._pieces = response.iter_bytes()
        self._ends = ends
        self._held = b""

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; none at the end. Raises OSError when the time is over."""
        while not self._held:
            piece = self._next()
            if piece is None:
                return b""
            self._held = piece
        cut = len(self._held) if size < 0 else size
        given, self._held = self._held[:cut], self._held[cut:]
        return given

    def _next(self) -> bytes | None:
        self.late = self.late or time.monotonic() > self._ends
        try:
            return None if self.late else next(self._pieces, None)
        except httpx.TimeoutException:
            self.late = True
            return None


class _Spool:
    """The body of an answer, up to its limit."""

    def __init__(self, limits: Limits) -> None:
        self.file: SpooledTemporaryFile[bytes] = SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (sent later)
        self._limits = limits

    def write(self, data: bytes) -> int:
        """Take it. Raises LimitError when the answer is too long."""
        most = self._limits.answer_limit
        if self.file.tell() + len(data) > most * 1024 * 1024:
            raise LimitError("size", f"the answer is longer than {most} MiB: ask for less, or with LIMIT and OFFSET")
        return self.file.write(data)

    def flush(self) -> None:
        """Nothing waits."""

    def answer(self, kind: Kind, snapshot: str, rows: int, truncated: bool) -> Answer:
        """What was written, as an answer."""
        length = self.file.tell()
        self.file.seek(0)
        return Answer(kind, snapshot, rows, truncated, self.file, length)


def ask_query(remote: RemoteStore, query: Query, snapshot: str, limits: Limits, ends: float) -> Answer:
    """The store's answer to a query that our own engine has found well-formed; ``ends`` is by `time.monotonic`.

    Raises QueryError where the store can't evaluate it, LimitError, StoreError, TimeoutError, httpx.TimeoutException.
    """
    is_graph = query.format in GRAPHS
    accept = NTRIPLES if is_graph else JSON_RESULTS
    with remote.answer(_form(query, remote.address.rows), accept, limits.time_limit) as response:
        _require_answer(response)
        incoming = _Incoming(response, ends)
        written = _write_triples if is_graph else _write_results
        return written(incoming, response, query, _Spool(limits), snapshot)


def ask_graph(remote: RemoteStore, asked: WholeGraph, snapshot: str, limits: Limits, ends: float) -> Answer:
    """A whole graph of the store. Raises as `ask_query`, and NotFoundError."""
    graph = asked.graph or remote.address.default_graph
    with remote.graph(graph, limits.time_limit) as response:
        if response.status_code == httpx.codes.NOT_FOUND:
            raise NotFoundError(f"{graph}: no graph of this name is published")
        _require_answer(response)
        incoming, spool = _Incoming(response, ends), _Spool(limits)
        count = _serialise(incoming, spool, asked.format, _ENDLESS).count
    if asked.graph and not count:
        raise NotFoundError(f"{graph}: no graph of this name is published")
    if remote.address.rows and graph:
        _require_whole(remote, graph, count)
    return spool.answer("graph", snapshot, 0, False)


def _require_whole(remote: RemoteStore, graph: str, count: int) -> None:
    """Raises LimitError where the store has left statements out, as Virtuoso does after so many, without a word."""
    (row,) = remote.rows(f"SELECT (COUNT(*) AS ?n) WHERE {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")
    if int(row["n"]) > count:
        raise LimitError(
            "size",
            f"the store gave {count} of {row['n']} statements of the graph: ask /sparql for them part by part, or "
            "have its limit raised (ResultSetMaxRows in Virtuoso)",
        )


def _form(query: Query, rows: str) -> dict[str, str | list[str]]:
    base = f"BASE <{query.base}> " if query.base and ">" not in query.base else ""
    form: dict[str, str | list[str]] = {"query": base + query.text}
    if query.default_graphs is not None:
        form["default-graph-uri"] = list(query.default_graphs)
    if query.named_graphs is not None:
        form["named-graph-uri"] = list(query.named_graphs)
    if rows:
        form[rows] = str(query.row_limit + 1)  # one more tells that there is more
    return form


def _require_answer(response: httpx.Response) -> None:
    """Raises StoreError or QueryError for what is none, and LimitError for one that the store has cut by its clock."""
    if response.is_success and response.headers.get("x-sql-state", "") == "S1TAT":  # Virtuoso's "anytime" answers
        raise LimitError("time", "the store gave a part of the answer when its own time was over: ask for less")
    if response.is_success:
        return
    said = " ".join(response.read().decode("utf-8", "replace").split())[:_ERROR]
    if "The estimated execution time" in said:  # Virtuoso's, which is off by any factor
        raise LimitError("time", f"the store will not try: {said[:150]}. Have its MaxQueryCostEstimationTime removed")
    if response.status_code in (400, 500):
        raise QueryError(f"the query could not be evaluated: the store said {response.status_code}: {said}")
    raise StoreError(f"{response.url.host} does not answer queries now: {response.status_code} {said}")


def _write_results(incoming: _Incoming, response: httpx.Response, query: Query, spool: _Spool, snapshot: str) -> Answer:
    with _whole(incoming):
        results = parse_query_results(incoming, QueryResultsFormat.JSON)  # type: ignore[arg-type] # only read
        if isinstance(results, QueryBoolean):
            spool.write(results.serialize(format=RESULT_FORMATS[query.format]) or b"")
            return spool.answer("boolean", snapshot, 1, False)
        assert isinstance(results, QuerySolutions)  # noqa: S101 - JSON results are one or the other
        rows = Counted(rows_of(results), query.row_limit)
        for text in WRITERS[query.format]([variable.value for variable in results.variables], rows):
            spool.write(text.encode("utf-8", "replace"))
    return spool.answer("solutions", snapshot, rows.count, _is_cut(rows, response))


def _write_triples(incoming: _Incoming, response: httpx.Response, query: Query, spool: _Spool, snapshot: str) -> Answer:
    triples = _serialise(incoming, spool, query.format, query.row_limit)
    return spool.answer("triples", snapshot, triples.count, _is_cut(triples, response))


def _serialise(incoming: _Incoming, spool: _Spool, form: str, most: int) -> Counted[Triple]:
    """Write the statements that come in, which are N-Triples or Turtle."""
    with _whole(incoming):
        quads = parse(incoming, RdfFormat.TURTLE)  # type: ignore[arg-type] # only read
        triples = Counted(canonical_triples(quad.triple for quad in quads), most)
        serialize(triples, spool, GRAPH_FORMATS[form], prefixes=_PREFIXES)  # type: ignore[arg-type] # only written to
    return triples


def _is_cut(counted: Counted[Any], response: httpx.Response) -> bool:
    """Whether there was more: than our limit, or than Virtuoso's ResultSetMaxRows, which cuts without another word."""
    most = response.headers.get("x-sparql-maxrows", "")
    return counted.truncated or (most.isdigit() and counted.count >= int(most))


@contextmanager
def _whole(incoming: _Incoming) -> Iterator[None]:
    """Reading an answer that has to be whole. Raises TimeoutError where its time is over, else StoreError."""
    try:
        yield
    except (SyntaxError, OSError, ValueError, httpx.TransportError) as error:
        if incoming.late:
            raise TimeoutError from error
        raise StoreError(f"the store broke its answer off, or sent what is none ({error}); ask again") from error
    if incoming.late:
        raise TimeoutError
