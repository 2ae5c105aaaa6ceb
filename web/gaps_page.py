"""Who answered which directive: a matrix of bodies by documents, with what is not known told apart."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.gaps import STATES
from chidao.web import links
from chidao.web.chain_views import Documents, analysed, asked_documents, document_link, document_links, starts, view
from chidao.web.chain_views import download as as_file
from chidao.web.language import Language, chosen, words
from chidao.web.links import Link

blueprint = Blueprint("gaps", __name__)
SHOWN = 400  # rows of the matrix
KEYS = {state.value: f"state_{state.name.lower()}" for state in STATES}
COLUMNS = (
    "document",
    "document_iri",
    "body",
    "body_iri",
    "level",
    "scope",
    "state",
    "lag_days",
    "answers",
    "texts_held",
)


@dataclass(frozen=True, slots=True)
class Cell:
    """``key`` names the state's word; "" where the body is not in the document's scope. ``assumed``: the scope is."""

    key: str
    lag_days: int | None = None
    children: tuple[Link, ...] = ()
    texts_held: int = 0
    assumed: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """A body and its cell for each document."""

    body: Link
    level: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A document, with how many bodies are in each state (by the state's key), and whether its scope is assumed."""

    document: Link
    path: str
    counts: tuple[tuple[str, int], ...]
    assumed: bool


@blueprint.get("/gaps")
def gaps() -> BaseResponse | str:
    """``?document=`` (repeated) names the directives; ``other=1`` adds bodies of other days."""
    asked, language = asked_documents(), chosen(request)
    if not asked:
        return render_template("gaps.html", starts=starts(), columns=(), asked=())
    answer = analysed("gaps", document=asked, other_days="1" if request.args.get("other") else "")
    file = as_file("gaps", COLUMNS, _file_rows(answer.found), answer.snapshot)
    if file:
        return file
    documents: Documents = answer.found["documents"]
    columns = [_column(answer.found, place, documents) for place in range(len(answer.found["columns"]))]
    title = f"{words(language)['gaps']}: {'; '.join(column.document.text for column in columns)}"
    return render_template(
        "gaps.html",
        columns=columns,
        rows=[_row(body, documents, language) for body in answer.found["bodies"][:SHOWN]],
        left_out=max(0, len(answer.found["bodies"]) - SHOWN),
        keys=tuple(KEYS.values()),
        asked=asked,
        view=view(title, answer.snapshot),
    )


def _column(found: Mapping[str, Any], place: int, documents: Documents) -> Column:
    iri = found["columns"][place]
    cells = [body["cells"][place] for body in found["bodies"] if body["cells"][place]]
    counted = Counter(KEYS[cell["state"]] for cell in cells)
    assumed = any(cell["basis"] == "assumed" for cell in cells)
    counts = tuple((key, counted[key]) for key in KEYS.values())
    return Column(document_link(documents, iri), links.document_path(iri), counts, assumed)


def _row(body: Mapping[str, Any], documents: Documents, language: Language) -> Row:
    level = words(language)[f"level_{body['level'] or 'none'}"]
    cells = tuple(_cell(cell, documents) for cell in body["cells"])
    return Row(Link(body["label"], links.page(body["body"])), level, cells)


def _cell(cell: Mapping[str, Any] | None, documents: Documents) -> Cell:
    if cell is None:
        return Cell("")
    children = document_links(documents, cell["children"])
    return Cell(KEYS[cell["state"]], cell["lag_days"], children, cell["texts_held"], cell["basis"] == "assumed")


def _file_rows(found: Mapping[str, Any]) -> Iterator[list[object]]:
    """A row for each body and document, in words that do not change with the reader's language."""
    documents = found["documents"]
    for place, iri in enumerate(found["columns"]):
        for body in found["bodies"]:
            cell = body["cells"][place]
            if cell:
                answers = "; ".join(documents[child]["label"] for child in cell["children"])
                about = [documents[iri]["label"], iri, body["label"], body["body"], body["level"], cell["basis"]]
                yield [*about, cell["state"], cell["lag_days"], answers, cell["texts_held"]]
