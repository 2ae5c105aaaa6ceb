"""The rows of an answer, read from its file one by one: a page shows some of them, however many there are."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import islice
from typing import IO, cast

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from chidao.web.answers import Answer

Term = NamedNode | BlankNode | Literal | Triple
Row = tuple[Term | None, ...]
LONGEST_ROW = 4 * 1024 * 1024  # bytes: one GROUP_CONCAT can be as long as an answer may be
LONGEST_PART = 32 * 1024 * 1024  # bytes of all rows that are taken at once


@dataclass(frozen=True, slots=True)
class Rows:
    """Some rows of an answer, in its order. A graph has no ``columns`` and three terms in each row.

    ``boolean`` is the answer to an ASK. ``cut`` is true where the next row is too long to be shown.
    """

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    boolean: bool | None = None
    cut: bool = False


def read_rows(answer: Answer, first: int, count: int) -> Rows:
    """At most ``count`` rows from row ``first`` (0 is the first one) on, and close the answer.

    Solutions and booleans are to be in the format "json", graphs in "nt".
    """
    with answer.body as body:
        file = _Rationed(body)
        stream = cast("IO[bytes]", file)  # of which the parsers only read
        if answer.kind == "triples":
            triples = (_terms(quad.triple) for quad in parse(stream, RdfFormat.N_TRIPLES))
            return Rows((), *_taken(triples, file, first, count))
        results = parse_query_results(stream, format=QueryResultsFormat.JSON)
        if isinstance(results, QueryBoolean):
            return Rows((), (), bool(results))
        columns = tuple(variable.value for variable in results.variables)
        return Rows(columns, *_taken(map(tuple, results), file, first, count))


class _TooLongError(Exception):
    """A row has more bytes than may be read at once."""


class _Rationed:
    """A file that gives only so many bytes until somebody says that a row has ended."""

    def __init__(self, body: IO[bytes]) -> None:
        self._body = body
        self._row = 0
        self.taken = 0

    def read(self, size: int = -1) -> bytes:
        """As of a file. Raises _TooLongError."""
        piece = self._body.read(size)
        self._row += len(piece)
        self.taken += len(piece)
        if self._row > LONGEST_ROW:
            raise _TooLongError
        return piece

    def end_row(self) -> None:
        """The next row may be as long again."""
        self._row = 0


def _taken(rows: Iterable[Row], file: _Rationed, first: int, count: int) -> tuple[tuple[Row, ...], None, bool]:
    """The rows from ``first`` on; no boolean; whether a row was too long."""
    taken, skipped = list[Row](), 0
    try:
        for number, row in enumerate(islice(rows, first + count)):
            file.end_row()
            if number < first:
                skipped = file.taken
            elif file.taken - skipped > LONGEST_PART:
                return tuple(taken), None, True
            else:
                taken.append(row)
    except _TooLongError:
        return tuple(taken), None, True
    return tuple(taken), None, False


def _terms(triple: Triple) -> Row:
    return triple.subject, triple.predicate, triple.object
