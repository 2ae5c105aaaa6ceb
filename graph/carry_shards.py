"""Carry-overs by several processes: each shard compares some documents with what they implement, and fills a file."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import networkx as nx
import pyoxigraph
from pyoxigraph import RdfFormat

from chidao.graph.carry_quads import Reader, carried
from chidao.graph.content_digest import ContentDigest, Counted
from chidao.graph.facts import Facts
from chidao.graph.identify import DERIVED, local_names
from chidao.graph.processes import processes

_TOGETHER = 48  # implementing documents of a shard: some megabytes of statements
_FEW = 4  # shards that are worked out in this process sooner than others are started
_COPY = "read"


@dataclass(frozen=True, slots=True)
class Shard:
    """Implementing documents, each with those that it implements, and the local names of all of them."""

    edges: tuple[tuple[str, tuple[str, ...]], ...]
    locals: Mapping[str, tuple[str, ...]]


@contextmanager
def carry_files(
    store: pyoxigraph.Store, scratch: Path, graph: "nx.DiGraph[str]", canonical: Mapping[str, str], jobs: int
) -> Iterator[Iterator[Counted]]:
    """Files of N-Triples in the folder ``scratch``: the carry-overs along every edge of ``graph``, each once.

    ``jobs`` processes read a copy of ``store`` as it is now, from the start of the context on.
    """
    works = [
        (shard, scratch / f"carried-{number}.nt") for number, shard in enumerate(_shards(graph, local_names(canonical)))
    ]
    here = partial(_write, Reader(Facts(store, None)))
    if jobs == 1 or len(works) <= _FEW:
        yield (here(shard, file) for shard, file in works)
        return
    copy = scratch / _COPY
    store.backup(str(copy))
    pool = processes(jobs, [__name__])
    try:
        begun = [(work, _submit(pool, copy, *work)) for work in works]
        yield (_result(future, partial(here, *work)) for work, future in begun)
    finally:
        pool.shutdown(cancel_futures=True)


def _shards(graph: "nx.DiGraph[str]", known: Mapping[str, tuple[str, ...]]) -> Iterator[Shard]:
    """All implementing documents; those that implement the same one stand together, since it is read for all."""
    edges = sorted((tuple(sorted(graph.successors(child))), child) for child in graph if graph.out_degree(child))
    for at in range(0, len(edges), _TOGETHER):
        some = tuple((child, parents) for parents, child in edges[at : at + _TOGETHER])
        named = {iri for child, parents in some for iri in (child, *parents)}
        yield Shard(some, {iri: known[iri] for iri in named & known.keys()})


def _submit(pool: Executor, copy: Path, shard: Shard, file: Path) -> "Future[Counted]":
    try:
        return pool.submit(_work, copy, shard, file)
    except BrokenExecutor as error:
        failed: Future[Counted] = Future()
        failed.set_exception(error)
        return failed


def _result(future: "Future[Counted]", here: Callable[[], Counted]) -> Counted:
    """The file of a shard; what a process that died, or could not start, has not done is done ``here``."""
    try:
        return future.result()
    except (BrokenExecutor, CancelledError):
        return here()


def _work(copy: Path, shard: Shard, file: Path) -> Counted:
    return _write(_reader(copy), shard, file)


@cache
def _reader(copy: Path) -> Reader:
    return Reader(Facts(pyoxigraph.Store.read_only(str(copy)), None))


def _write(reader: Reader, shard: Shard, file: Path) -> Counted:
    reader = Reader(reader.facts, shard.locals, reader.read)
    triples = (triple for child, parents in shard.edges for triple in dict.fromkeys(carried(reader, child, parents)))
    lines = pyoxigraph.serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    file.write_bytes(lines)
    digest = ContentDigest()
    digest.add_lines(DERIVED, lines.splitlines(keepends=True))
    return Counted(file, digest)
