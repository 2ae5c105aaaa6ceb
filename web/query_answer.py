"""An answer as the query page shows it: some of its rows with names, what it is of, and the links to all the rest."""

import re
from dataclasses import dataclass, replace

from pyoxigraph import RdfFormat, Triple, serialize

from chidao.ontology.namespaces import PREFIXES
from chidao.web.answers import Answer, LimitError
from chidao.web.description import Description
from chidao.web.formats import GRAPH_FORMATS, formats_for
from chidao.web.language import Language
from chidao.web.protocol import asked_query
from chidao.web.query_address import RESULT_ONLY, TABLE, QueryAddress, title_of
from chidao.web.result_chains import ResultChain, result_chains
from chidao.web.result_names import Names, find_names
from chidao.web.result_rows import Row, Rows, read_rows
from chidao.web.result_table import Cell, cells, things
from chidao.web.site import site
from chidao.web.snapshots import Snapshot, describe_snapshot, newest_snapshot

SHOWN = 500  # rows of one page
SHEET = 10_000  # rows of a table for spreadsheets, where each thing is asked for its name
_ORDER_BY = re.compile(r"\border\s+by\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """Rows ``first`` to ``last`` (from 1) of ``count``; ``truncated`` where the row limit cut the rest off.

    ``cut`` is true where the page ends before a row that is too long for it; unless ``ordered``, the rows may come in
    another order each time. A graph is shown as ``text`` (Turtle) too and has no ``columns``; ``boolean`` is "true",
    "false" or "". Where things could not be looked up in time they are not ``named``.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    first: int
    last: int
    count: int
    truncated: bool
    cut: bool
    ordered: bool
    boolean: str
    text: str
    chains: tuple[ResultChain, ...]
    named: bool
    snapshot: Snapshot
    newest: Snapshot
    links: "Links"

    @property
    def is_graph(self) -> bool:
        """Whether triples were asked for."""
        return not self.columns and not self.boolean


@dataclass(frozen=True, slots=True)
class Links:
    """Addresses: of this answer, of the question put to the newest data, of the page without the form, of files.

    ``earlier`` and ``later`` are "" where there are no such rows; ``files`` are (name of the format, address).
    """

    permalink: str
    newest: str
    result_only: str
    earlier: str
    later: str
    table: str
    files: tuple[tuple[str, str], ...]


def ask(address: QueryAddress, row_limit: int) -> Answer:
    """Put the question to the workers, for ``read_rows``. Raises QueryError, LimitError, GoneError or StoreError."""
    format_name = "nt" if formats_for(address.question.form) is GRAPH_FORMATS else "json"
    return site().pool.answer(asked_query(address.question, format_name, row_limit), address.snapshot)


def shown_answer(address: QueryAddress, first: int, language: Language) -> Shown:
    """The answer to what was asked, its rows from ``first`` (0 is the first one) on. Raises as ``ask`` does."""
    answer = ask(address, site().limits.row_limit)
    found = read_rows(answer, first, SHOWN)
    pinned = replace(address, snapshot=answer.snapshot)
    names = _names(found, answer.snapshot, language)
    unnamed = Names(Description(()), language)
    last = min(first, answer.rows) + len(found.rows)
    is_graph = answer.kind == "triples"
    return Shown(
        title=title_of(address.question.text),
        columns=found.columns,
        rows=cells(found.rows, names or unnamed),
        first=first + 1 if found.rows else 0,
        last=last,
        count=answer.rows,
        truncated=answer.truncated,
        cut=found.cut,
        ordered=bool(_ORDER_BY.search(address.question.text)),
        boolean="" if found.boolean is None else str(found.boolean).lower(),
        text=_turtle(found.rows) if is_graph else "",
        chains=result_chains(found.rows, names) if is_graph and names else (),
        named=names is not None,
        snapshot=describe_snapshot(site().data_dir, answer.snapshot),
        newest=newest_snapshot(site().data_dir),
        links=_links(pinned, min(first, answer.rows), last if last < answer.rows and found.rows else 0),
    )


def _names(found: Rows, snapshot: str, language: Language) -> Names | None:
    """The names of the things in the rows; None where the workers have no time for more than the answer."""
    try:
        return find_names(replace(site().reader, snapshot=snapshot), things(found.rows), language)
    except LimitError:
        return None


def _links(pinned: QueryAddress, first: int, later: int) -> Links:
    plain, files = replace(pinned, view=""), formats_for(pinned.question.form)
    return Links(
        permalink=plain.url(),
        newest=replace(pinned, snapshot=None).url(),
        result_only=replace(pinned, view=RESULT_ONLY).url(),
        earlier=pinned.url(first=str(max(0, first - SHOWN))) if first else "",
        later=pinned.url(first=str(later)) if later else "",
        table=plain.url(TABLE),
        files=tuple((name, plain.url(format=name)) for name in files),
    )


def _turtle(rows: tuple[Row, ...]) -> str:
    triples = (Triple(*row) for row in rows)  # type: ignore[arg-type]
    prefixes = {name: str(iri) for name, iri in PREFIXES.items()}
    return (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"").decode("utf-8")
