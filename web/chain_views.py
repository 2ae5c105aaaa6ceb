"""What the pages about whole chains share: documents as links, the line to cite a view by, and its downloads."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Response, request

from chidao.web import links
from chidao.web.downloads import table
from chidao.web.language import Language, chosen, words
from chidao.web.links import Link
from chidao.web.reader import Analysed
from chidao.web.site import site

MOST_DOCUMENTS = 8
Documents = Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Start:
    """A document to begin with, and how many documents go back to it."""

    link: Link
    count: int
    path: str


@dataclass(frozen=True, slots=True)
class View:
    """How a view is cited: what it shows, the snapshot, the ISO day; and the addresses of its downloads' formats."""

    title: str
    snapshot: str
    day: str


def asked_documents() -> list[str]:
    """The documents of the address: symbols in any spelling, IRIs, or paths as in the explorer's addresses."""
    typed = (value.strip()[:500] for value in request.args.getlist("document"))
    return [links.document_named(value) for value in typed if value][:MOST_DOCUMENTS]


def analysed(name: str, **arguments: str | Sequence[str]) -> Analysed:
    """Ask the workers, in the reader's language."""
    return site().reader.analysis(name, lang=chosen(request), **arguments)


def document_link(documents: Documents, iri: str) -> Link:
    """The document as a link with its date."""
    head = documents[iri]
    return Link(str(head["label"]), links.page(iri), str(head.get("issued", "")))


def document_links(documents: Documents, iris: Iterable[str]) -> tuple[Link, ...]:
    """Several of them."""
    return tuple(document_link(documents, iri) for iri in iris)


def starts() -> list[Start]:
    """Documents with long chains below them, for a page that was asked about none."""
    answer = analysed("starts").found
    documents: Documents = answer["documents"]
    return [Start(document_link(documents, iri), count, links.document_path(iri)) for iri, count in answer["starts"]]


def view(title: str, snapshot: str) -> View:
    """The citation of what is shown, as of today."""
    return View(title, snapshot, date.today().isoformat())


def download(name: str, columns: Sequence[str], rows: Iterable[Sequence[object]], snapshot: str) -> Response | None:
    """The rows as a file where ``?format=`` asks for csv or json; cells of CSV never run as formulas."""
    asked = request.args.get("format", "")
    if asked == "csv":
        body = table(columns, [["" if cell is None else str(cell) for cell in row] for row in rows])
        response = Response(body, content_type="text/csv; charset=utf-8")
    elif asked == "json":
        whole = {"snapshot": snapshot, "rows": [dict(zip(columns, row, strict=True)) for row in rows]}
        response = Response(json.dumps(whole, ensure_ascii=False, indent=1), content_type="application/json")
    else:
        return None
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.{asked}"'
    return response


def word(prefix: str, value: str, language: Language) -> str:
    """The word of the page for a value of an analysis: ("state", "no texts held for this body")."""
    return words(language)[f"{prefix}_{value.replace(' ', '_').replace('-', '_')}"]
