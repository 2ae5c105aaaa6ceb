"""A query as it goes to a worker, the answer that comes back, and the ways in which there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Literal

from chidao.graph.errors import ChidaoError, QueryError

Kind = Literal["boolean", "solutions", "triples", "graph", "analysis"]


@dataclass(frozen=True, slots=True)
class Query:
    """A query and how it is to be answered.

    ``format`` is a key of ``formats.RESULT_FORMATS`` or ``formats.GRAPH_FORMATS``, fitting the form of the query.
    ``default_graphs`` and ``named_graphs`` are the protocol's dataset: None leaves the query's own. ``base`` is what
    relative IRIs in it are relative to.
    """

    text: str
    format: str
    row_limit: int
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """A look at chains, one of ``analyses.ANALYSES`` by its name, with its arguments; the answer is JSON."""

    name: str
    arguments: Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class WholeGraph:
    """Every triple of the graph with this IRI, or of the default graph (None); ``format`` is one of GRAPH_FORMATS."""

    graph: str | None
    format: str


Asked = Query | Analysis | WholeGraph


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer: ``body`` holds ``length`` bytes from its start; ``rows`` counts rows or triples in it.

    ``truncated`` says that there was more than the row limit allows. ``snapshot`` names the data it was worked out on.
    The triples of a whole graph are not counted (0).
    """

    kind: Kind
    snapshot: str
    rows: int
    truncated: bool
    body: IO[bytes]
    length: int


class MalformedQueryError(QueryError):
    """The query is not SPARQL 1.1; the message tells where."""


class RefusedQueryError(QueryError):
    """The query asks for something that is not done here: an update, or a question to another server."""


class LimitError(ChidaoError):
    """A limit was reached and the query was stopped, or not begun.

    ``limit`` is "time", "memory", "size", "crash" (its process ended of itself) or "workers" (all are busy).
    ``retry_after`` is in seconds, None where the same question would fare no better later.
    """

    def __init__(self, limit: str, message: str, retry_after: int | None = None) -> None:
        super().__init__(message)
        self.limit = limit
        self.retry_after = retry_after
