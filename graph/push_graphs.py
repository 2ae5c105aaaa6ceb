"""Sending graphs to a remote store: whole, by the difference of two snapshots, or statement by statement."""

from collections.abc import Iterable, Iterator
from io import BufferedReader, BytesIO
from itertools import chain, islice
from pathlib import Path
from tempfile import NamedTemporaryFile, TemporaryFile
from typing import IO

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat

from chidao.graph.names import SOURCE_GRAPHS
from chidao.graph.remote_address import MERGED
from chidao.graph.remote_store import RemoteStore

_PART = 4 << 20  # bytes of N-Triples that are sent at a time
LARGE = 1 << 20  # bytes of a graph of which the difference is worth finding
_REMOVED = 500  # statements that one update takes away
Graph = NamedNode | DefaultGraph


class Sending:
    """Sends to one store, and counts ``statements`` and ``bytes``. `MERGED` stands for the default graph."""

    def __init__(self, remote: RemoteStore) -> None:
        self.remote = remote
        self.statements = self.bytes = 0

    def send(self, iri: str, after: pyoxigraph.Store) -> None:
        """Make the graph what ``after`` holds of it."""
        with dumped(after, named(iri)) as lines:
            for number, part in enumerate(_parts(lines)):
                self._count(part)
                (self.remote.add if number else self.remote.put)(self._target(iri), part)

    def send_difference(self, iri: str, before: pyoxigraph.Store, after: pyoxigraph.Store) -> None:
        """Make the graph, which is what ``before`` holds of it, what ``after`` holds."""
        with TemporaryFile() as added, TemporaryFile() as removed:
            for line, is_new in difference(before, after, named(iri)):
                (added if is_new else removed).write(line)
            added.seek(0)
            removed.seek(0)
            self._exchange(iri, removed, added)

    def exchange(self, iri: str, removed: Iterable[Quad], added: Iterable[Quad]) -> None:
        """Take statements out of the graph, and put others in."""
        self._exchange(iri, *(BytesIO(b"".join(f"{quad.triple} .\n".encode() for quad in q)) for q in (removed, added)))

    def _exchange(self, iri: str, removed: IO[bytes], added: IO[bytes]) -> None:
        target = self._target(iri)
        while batch := list(islice(removed, _REMOVED)):
            self._count(b"".join(batch))
            self.remote.update(_deletion(target, batch))
        for part in _parts(added):
            if part:
                self._count(part)
                self.remote.add(target, part)

    def _target(self, iri: str) -> str | None:
        return self.remote.address.default_graph if iri == MERGED else iri

    def _count(self, part: bytes) -> None:
        self.statements += part.count(b"\n")
        self.bytes += len(part)


def named(iri: str) -> Graph:
    """The graph of a snapshot that the marker of a store knows by this IRI."""
    return DefaultGraph() if iri == MERGED else NamedNode(iri)


def difference(before: pyoxigraph.Store, after: pyoxigraph.Store, graph: Graph) -> Iterator[tuple[bytes, bool]]:
    """The statements of a graph that only one of two stores holds, as N-Triples, with whether that is ``after``.

    Both give what they share in one order: so the two are gone through side by side, and only where they part is one
    looked up. Nothing is kept in memory. (Were the order ever another, more would be sent, and nothing wrong.)
    """
    with dumped(before, graph) as old_lines, dumped(after, graph) as new_lines:
        old, new = next(old_lines, None), next(new_lines, None)
        while old or new:
            if old == new:
                old, new = next(old_lines, None), next(new_lines, None)
            elif old is not None and not _holds(after, graph, old):
                yield old, False
                old = next(old_lines, None)
            elif new is not None:
                yield new, True
                new = next(new_lines, None)
            else:
                old = next(old_lines, None)


def _holds(store: pyoxigraph.Store, graph: Graph, line: bytes) -> bool:
    triple = next(iter(pyoxigraph.parse(line, RdfFormat.N_TRIPLES)))
    return Quad(triple.subject, triple.predicate, triple.object, graph) in store


def dumped(store: pyoxigraph.Store, graph: Graph) -> BufferedReader | BytesIO:
    """A file with the statements of the graph, one a line; what one source says goes into memory."""
    if isinstance(graph, NamedNode) and graph.value.startswith(SOURCE_GRAPHS):
        return BytesIO(store.dump(format=RdfFormat.N_TRIPLES, from_graph=graph) or b"")
    with NamedTemporaryFile() as file:  # by its path: the engine writes to a file of Python's bit by bit
        store.dump(file.name, RdfFormat.N_TRIPLES, from_graph=graph)
        return Path(file.name).open("rb")


def _parts(lines: IO[bytes]) -> Iterator[bytes]:
    """The lines together, so many bytes at a time; one empty part where there is none."""
    first = lines.readlines(_PART)
    yield from chain([b"".join(first)], map(b"".join, iter(lambda: lines.readlines(_PART), [])))


def _deletion(graph: str | None, lines: list[bytes]) -> str:
    triples = b"".join(lines).decode()
    return f"DELETE DATA {{ {triples} }}" if graph is None else f"DELETE DATA {{ GRAPH <{graph}> {{ {triples} }} }}"
