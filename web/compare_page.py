"""How provinces, districts or communes answered one directive, side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.compare import LEVELS
from chidao.web import links
from chidao.web.chain_views import Documents, analysed, asked_documents, document_link, starts, view
from chidao.web.chain_views import download as as_file
from chidao.web.gaps_page import KEYS
from chidao.web.language import chosen, words
from chidao.web.links import Link

blueprint = Blueprint("compare", __name__)
COLUMNS = (
    "place",
    "place_iri",
    "state",
    "first_days",
    "answers",
    "answer_iris",
    "kept",
    "dropped",
    "added",
    "kept_share",
    "texts_held",
    "answers_per_text",
)


@dataclass(frozen=True, slots=True)
class Row:
    """A place; shares are in percent. ``key`` names the word of its state, "" for none.

    Each answer has the address at which it stands beside what it implements, "" where that is not known.
    """

    place: Link
    key: str
    first_days: int | None
    answers: tuple[tuple[Link, str], ...]
    kept: int | None
    dropped: int | None
    added: int | None
    kept_percent: int | None
    texts_held: int
    answering_percent: int | None


@blueprint.get("/compare")
def compare() -> BaseResponse | str:
    """``?document=`` is the directive, ``level`` the places: province, district or commune."""
    asked, level = asked_documents()[:1], request.args.get("level", "")
    level = level if level in LEVELS else LEVELS[0]
    if not asked:
        return render_template("compare.html", starts=starts(), asked=(), level=level, levels=LEVELS)
    answer = analysed("compare", document=asked[0], level=level)
    file = as_file("compare", COLUMNS, _file_rows(answer.found), answer.snapshot)
    if file:
        return file
    documents: Documents = answer.found["documents"]
    document = document_link(documents, answer.found["document"])
    return render_template(
        "compare.html",
        document=document,
        asked=asked,
        level=level,
        levels=LEVELS,
        rows=[_row(each, answer.found) for each in answer.found["answers"]],
        view=view(f"{words(chosen(request))['compare']}: {document.text}", answer.snapshot),
    )


def _row(each: Mapping[str, Any], found: Mapping[str, Any]) -> Row:
    return Row(
        Link(each["label"], links.page(each["place"])),
        KEYS[each["state"]] if each["state"] else "",
        each["first_days"],
        tuple(_answer(found, iri) for iri in each["documents"]),
        each["kept"],
        each["dropped"],
        each["added"],
        _percent(each["kept_share"]),
        each["texts_held"],
        _percent(each["answers_per_text"]),
    )


def _answer(found: Mapping[str, Any], iri: str) -> tuple[Link, str]:
    above = found["above"][iri]
    superior = found["document"] if found["document"] in above else next(iter(above), "")
    return document_link(found["documents"], iri), links.diff(superior, iri) if superior else ""


def _percent(share: float | None) -> int | None:
    return None if share is None else round(share * 100)


def _file_rows(found: Mapping[str, Any]) -> Iterator[list[object]]:
    for each in found["answers"]:
        labels = "; ".join(found["documents"][iri]["label"] for iri in each["documents"])
        about = [each["label"], each["place"], each["state"], each["first_days"], labels, "; ".join(each["documents"])]
        figures = ("kept", "dropped", "added", "kept_share", "texts_held", "answers_per_text")
        yield [*about, *(each[name] for name in figures)]
