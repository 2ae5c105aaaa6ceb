"""A query as it goes to a worker, the answer that comes back, and the ways in which there is none."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import IO, Literal

from chidao.graph.errors import ChidaoError, QueryError

Kind = Literal["boolean", "solutions", "triples", "analysis"]


@dataclass(frozen=True, slots=True)
class Query:
    """A query and how it is to be answered.

    ``format`` is a key of ``formats.RESULT_FORMATS`` or ``formats.GRAPH_FORMATS``, fitting the form of the query.
    ``default_graphs`` and ``named_graphs`` are the protocol's dataset: None leaves the query's own.
    """

    text: str
    format: str
    row_limit: int
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Analysis:
    """A look at chains, one of ``analyses.ANALYSES`` by its name, with its arguments; the answer is JSON."""

    name: str
    arguments: Mapping[str, str | Sequence[str]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A complete answer: ``body`` holds ``length`` bytes from its start; ``rows`` counts rows or triples in it.

    ``truncated`` says that there was more than the row limit allows. ``snapshot`` names the data it was worked out on.
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
    """A limit was reached and the query was stopped; ``limit`` is "time", "memory", "size" or "workers"."""

    def __init__(self, limit: str, message: str) -> None:
        super().__init__(message)
        self.limit = limit
