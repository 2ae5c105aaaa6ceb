"""Many statements at a time: the sources of a store read ahead, and lines of N-Triples written in large loads."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, RdfFormat

from chidao.graph.names import SOURCE_GRAPHS

_THREADS = 2  # reading; the engine writes with threads of its own
_TOGETHER = 64  # graphs of sources that a thread reads at a time: few enough to hold
_LOADED = 96 << 20  # bytes that are loaded at a time: the fewer loads, the less the engine has to tidy up
_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


def source_graphs(store: pyoxigraph.Store) -> list[NamedNode]:
    """The graphs of the sources that ``store`` holds."""
    named = (graph for graph in store.named_graphs() if isinstance(graph, NamedNode))
    return [graph for graph in named if graph.value.startswith(SOURCE_GRAPHS)]


def together(graphs: Sequence[NamedNode]) -> Iterator[Sequence[NamedNode]]:
    """The graphs, as many at a time as are read together."""
    return (graphs[at : at + _TOGETHER] for at in range(0, len(graphs), _TOGETHER))


def ahead(work: Callable[[_Given], _Made], items: Iterable[_Given]) -> Iterator[_Made]:
    """``map`` on a few threads that are only a few items ahead of who takes the results."""
    with ThreadPoolExecutor(_THREADS) as threads:
        waiting: deque[Future[_Made]] = deque()
        for item in items:
            waiting.append(threads.submit(work, item))
            if len(waiting) > 2 * _THREADS:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def load_lines(store: pyoxigraph.Store, lines: bytes, graph: NamedNode | DefaultGraph) -> None:
    """Write lines of N-Triples, which the engine or the vocabulary wrote, into a graph."""
    store.bulk_load(lines, RdfFormat.N_TRIPLES, to_graph=graph, lenient=True)


@contextmanager
def loading(store: pyoxigraph.Store, *graphs: NamedNode | DefaultGraph) -> Iterator[Callable[[bytes], None]]:
    """A function that takes lines of N-Triples, which come into each graph in loads that the engine works well with.

    All are written at the end of the context.
    """
    waiting: list[bytes] = []

    def load(part: bytes) -> None:
        waiting.append(part)
        if sum(map(len, waiting)) >= _LOADED:
            flush()

    def flush() -> None:
        lines = b"".join(waiting)
        waiting.clear()
        for graph in graphs:
            load_lines(store, lines, graph)

    yield load
    flush()
