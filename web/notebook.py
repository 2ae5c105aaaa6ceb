"""A corpus in a notebook: its documents, norms, chains, gaps and queries as pandas frames. See ``docs/notebook.md``."""

import html
import json
import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

import pyoxigraph

from chidao.graph.chain_formats import COLUMNS as CHAIN_COLUMNS
from chidao.graph.chain_formats import chain_rows, format_chain
from chidao.graph.chains import Chain as ChainGraph
from chidao.graph.chains import chain as chain_of
from chidao.graph.chains import resolve_document
from chidao.graph.errors import QueryError
from chidao.graph.gaps import COLUMNS as GAP_COLUMNS
from chidao.graph.gaps import gap_rows
from chidao.graph.gaps import gaps as gaps_of
from chidao.graph.listing import DOCUMENT_COLUMNS, NORM_COLUMNS, NormFilter, document_rows, norm_rows
from chidao.graph.publish import snapshot
from chidao.ontology.namespaces import XSD
from chidao.web.answers import Answer
from chidao.web.chain_graph import drawn
from chidao.web.console import LIMITS, ask, query_text
from chidao.web.formats import GRAPH_FORMATS, formats_for
from chidao.web.frames import cell, frame
from chidao.web.language import Language
from chidao.web.picture import picture
from chidao.web.syntax import first_keyword
from chidao.web.workers import Pool

if TYPE_CHECKING:
    import pandas as pd

_DAY, _MOMENT = str(XSD.date), str(XSD.dateTime)
_TYPES = {"issued": _DAY, "deadline": _MOMENT}


@dataclass(frozen=True, slots=True)
class Picture:
    """The interactive picture of a chain, as a page that needs nothing else. A notebook shows it where it stands."""

    page: str
    height: int

    def _repr_html_(self) -> str:
        """The page in a sandboxed frame: its scripts run, and reach neither the notebook nor the network."""
        size = f'width="100%" height="{self.height}" style="border:1px solid #d9dbe0"'
        return f'<iframe sandbox="allow-scripts" {size} srcdoc="{html.escape(self.page)}"></iframe>'

    def save(self, path: str | Path) -> None:
        """Write the page, to be opened in any browser without a network."""
        Path(path).write_text(self.page, encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Chain:
    """What stands above and below one document. ``graph`` is a networkx graph, see ``graph.chains.chain``."""

    graph: ChainGraph

    def frame(self) -> "pd.DataFrame":
        """A row for each document and superior, with lag and quote; a document without superior has one row."""
        return frame(map(_typed, chain_rows(self.graph)), CHAIN_COLUMNS)

    def show(self, height: int = 640) -> Picture:
        """The picture, ``height`` pixels high. Of more than 300 documents the higher levels are drawn."""
        return Picture(picture(drawn(self.graph), self.graph.graph["lang"]), height)

    def to_csv(self, path: str | Path) -> None:
        """Write the rows of ``frame`` as CSV, without formulas that a spreadsheet would run."""
        self._write(path, "csv")

    def to_graphml(self, path: str | Path) -> None:
        """Write GraphML, as Gephi, yEd and networkx read it."""
        self._write(path, "graphml")

    def to_gexf(self, path: str | Path) -> None:
        """Write GEXF, as Gephi reads it."""
        self._write(path, "gexf")

    def _write(self, path: str | Path, form: str) -> None:
        Path(path).write_text(format_chain(self.graph, form), encoding="utf-8")

    def __repr__(self) -> str:
        """The document asked for, and the size: "Chain of Chỉ thị 18-CT/TU: 5 documents, 4 relations"."""
        asked = self.graph.nodes[self.graph.graph["document"]]["label"]
        return f"Chain of {asked}: {len(self.graph)} documents, {self.graph.number_of_edges()} relations"


class Corpus:
    """The published snapshot of a data folder, opened read-only; made by ``chidao.open``.

    All answers are from the snapshot that was current when it was opened (``snapshot`` is its name), also if something
    is loaded meanwhile. A document is given by its symbol in any spelling, or its IRI. Raises StoreError for a folder
    without published data, NotFoundError for an unknown or ambiguous document.
    """

    def __init__(self, data_dir: Path, lang: Language = "vi") -> None:
        folder = snapshot(data_dir)
        self.snapshot = folder.name
        self.store = pyoxigraph.Store.read_only(str(folder))
        self.lang: Language = lang
        self._pool = Pool(data_dir, LIMITS, folder.name)

    def documents(self) -> "pd.DataFrame":
        """Every document, also those that are only cited (``held`` is false), oldest first."""
        return frame(map(_typed, document_rows(self.store, self.lang)), DOCUMENT_COLUMNS)

    def norms(
        self,
        document: str | None = None,
        bearer: str | None = None,
        deadline_from: str | date | None = None,
        deadline_to: str | date | None = None,
    ) -> "pd.DataFrame":
        """Duties, prohibitions and other norms, each with its quote; only those that fit every filter given.

        ``bearer`` is an IRI or words of a name, with or without diacritics; norms of a group fit by its members too.
        The days ("2023-05-31" or a date) include themselves.
        """
        iri = None if document is None else resolve_document(self.store, document)
        wanted = NormFilter(iri, bearer, _day(deadline_from), _day(deadline_to))
        return frame(map(_typed, norm_rows(self.store, wanted, self.lang)), NORM_COLUMNS)

    def chain(self, document: str, issuer: str | None = None, year: int | None = None) -> Chain:
        """What ``document`` implements and what implements it; ``issuer`` and ``year`` tell equal symbols apart."""
        found = resolve_document(self.store, document, issuer, year, self.lang)
        return Chain(chain_of(self.store, found, self.lang))

    def gaps(
        self, document: str, issuer: str | None = None, year: int | None = None, other_days: bool = False
    ) -> "pd.DataFrame":
        """A row for each body in the scope of ``document``: issued with lag, or which of the three kinds of silence.

        ``other_days`` adds the committees that stood there on other days only.
        """
        found = resolve_document(self.store, document, issuer, year, self.lang)
        rows = gap_rows(self.store, gaps_of(self.store, found, other_days, self.lang))
        return frame(({key: None if value == "" else value for key, value in row.items()} for row in rows), GAP_COLUMNS)

    def query(self, query: str, **params: object) -> "pd.DataFrame":
        """The table of a SELECT or ASK: SPARQL text, the path of a .rq file, or a shipped query with its parameters.

        The usual prefixes need no declaration. It runs in a process of its own and is stopped after 60 seconds. Raises
        QueryError (malformed, refused), LimitError; warns where rows were cut off.
        """
        values = {name: str(value) for name, value in params.items()}
        text = query_text(query, values, partial(resolve_document, self.store))
        if formats_for(first_keyword(text)) is GRAPH_FORMATS:
            raise QueryError(
                "a frame holds a table: ask with SELECT or ASK; for a graph use `chidao query --format ttl`"
            )
        answer = ask(self._pool, text, "json")
        if answer.truncated:
            warnings.warn(f"only the first {answer.rows} rows are in the frame", stacklevel=2)
        return _answered(answer)

    def close(self) -> None:
        """End the process that answers queries."""
        self._pool.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()


def _typed(row: Mapping[str, object]) -> dict[str, object]:
    """``row`` with its dates as datetimes."""
    return {key: cell(value, _TYPES.get(key)) if isinstance(value, str) else value for key, value in row.items()}


def _day(day: str | date | None) -> date | None:
    try:
        return date.fromisoformat(day) if isinstance(day, str) else day
    except ValueError as error:
        raise QueryError(f"{day!r} is no day: write it as 2023-05-31") from error


def _answered(answer: Answer) -> "pd.DataFrame":
    with answer.body as body:
        found = json.load(body)
    if "boolean" in found:
        return frame([{"answer": found["boolean"]}], ["answer"])
    columns: Sequence[str] = found["head"]["vars"]
    rows: Iterable[Mapping[str, Mapping[str, str]]] = found["results"]["bindings"]
    return frame(
        ({name: cell(term["value"], term.get("datatype")) for name, term in row.items()} for row in rows), columns
    )
