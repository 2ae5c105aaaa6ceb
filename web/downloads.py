"""Tables for spreadsheets: UTF-8 with a byte order mark, and no cell that a spreadsheet would run as a formula."""

import csv
import io
from collections.abc import Iterable, Sequence

from chidao.web.links import Link
from chidao.web.marks import Quote
from chidao.web.readings import Norm, Reference

COLUMNS = ("kind", "type", "section", "who", "what", "deadline", "reports_to", "via", "quote", "start", "end", "source")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Figure(str):
    """A cell that is known to be a number: "-5", a lag in days."""

    __slots__ = ()


def table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV file of text cells."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([harmless(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def harmless(cell: str) -> str:
    """``cell``, with an apostrophe before it where a spreadsheet would take it for a formula ("=1+1" -> "'=1+1")."""
    return f"'{cell}" if cell.startswith(_FORMULA) and not isinstance(cell, Figure) else cell


def document_csv(norms: Iterable[Norm], citations: Iterable[Reference]) -> bytes:
    """The duties and citations of a document, one row for each quote."""
    rows = [_norm_row(norm, quote) for norm in norms for quote in norm.quotes]
    rows += [_citation_row(citation, quote) for citation in citations for quote in citation.quotes]
    return table(COLUMNS, rows)


def _norm_row(norm: Norm, quote: Quote) -> list[str]:
    who, reports_to, via = map(_joined, (norm.bearers, norm.reports_to, norm.via))
    said = ["norm", norm.modality, norm.section, who, "", norm.deadline, reports_to, via]
    return said + _quote_cells(quote)


def _citation_row(citation: Reference, quote: Quote) -> list[str]:
    return ["citation", citation.relation, "", "", _joined(citation.documents), "", "", "", *_quote_cells(quote)]


def _quote_cells(quote: Quote) -> list[str]:
    return [quote.exact, str(quote.start), str(quote.end), quote.source]


def _joined(named: Iterable[Link]) -> str:
    return "; ".join(link.text for link in named)
