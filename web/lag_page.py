"""How long it took: a timeline whose lengths are days, its table, and the figures by level, province or period."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.lag import GROUPS, RECEPTION
from chidao.web.chain_views import Documents, analysed, asked_documents, document_link, document_links, starts, view
from chidao.web.chain_views import download as as_file
from chidao.web.lag_picture import Interval, timeline
from chidao.web.language import Language, chosen, words
from chidao.web.links import Link

blueprint = Blueprint("lag", __name__)
COLUMNS = (
    "measure",
    "days",
    "superior",
    "superior_iri",
    "document",
    "document_iri",
    "on",
    "step",
    "level",
    "province",
    "by",
)


@dataclass(frozen=True, slots=True)
class Row:
    """An interval of the table; ``superior`` has no text for a reception."""

    measure: str
    days: int
    superior: Link
    document: Link
    on: str
    step: str
    level: str
    province: str
    by: str


@blueprint.get("/lag")
def lag() -> BaseResponse | str:
    """``?document=`` narrows to what goes back to it, ``by`` groups the figures."""
    language = chosen(request)
    by = request.args.get("by", "")
    by = by if by in GROUPS else "level"
    asked = asked_documents()[:1]
    answer = analysed("lag", document=asked[0] if asked else "", by=by, all=request.args.get("format", ""))
    found: Mapping[str, Any] = answer.found
    documents: Documents = found["documents"]
    file = as_file("lag", COLUMNS, _file_rows(found["lags"], documents), answer.snapshot)
    if file:
        return file
    document = document_link(documents, found["document"]) if found["document"] else None
    title = f"{words(language)['lag']}: {document.text if document else words(language)['lag_all']}"
    return render_template(
        "lag.html",
        document=document,
        asked=asked,
        by=by,
        groups=GROUPS,
        found=found,
        rows=[_row(each, documents, language) for each in found["lags"]],
        cycles=[document_links(documents, group) for group in found["cycles"]],
        timeline=timeline(_intervals(found["lags"], documents)),
        starts=[] if asked else starts(),
        view=view(title, answer.snapshot),
    )


def _intervals(lags: Sequence[Mapping[str, Any]], documents: Documents) -> list[Interval]:
    found = []
    for each in lags:
        link = document_link(documents, each["child"])
        above = documents[each["parent"]]
        name = link.text if each["measure"] == RECEPTION else f"{link.text} ← {above.get('symbol') or above['label']}"
        begins = date.fromisoformat(each["on"]).toordinal() - each["days"]
        found.append(Interval(name, link.url, begins, each["days"], each["measure"]))
    return found


def _row(each: Mapping[str, Any], documents: Documents, language: Language) -> Row:
    known = words(language)
    superior = Link("") if each["measure"] == RECEPTION else document_link(documents, each["parent"])
    return Row(
        known[f"lag_{each['measure']}"],
        each["days"],
        superior,
        document_link(documents, each["child"]),
        each["on"],
        _step(each, known),
        known[f"level_{each['level'] or 'none'}"],
        each["province"] or "",
        each["by"],
    )


def _step(each: Mapping[str, Any], known: Mapping[str, str]) -> str:
    if each["days"] < 0:
        return known["step_contradiction"]
    return known[f"step_{each['kind'].replace(' ', '_').replace('-', '_')}"] if each["kind"] else ""


def _file_rows(lags: Sequence[Mapping[str, Any]], documents: Documents) -> Iterator[list[object]]:
    for each in lags:
        above = "" if each["measure"] == RECEPTION else each["parent"]
        ends = [documents[above]["label"] if above else "", above, documents[each["child"]]["label"], each["child"]]
        yield [
            each["measure"],
            each["days"],
            *ends,
            *(each[name] for name in ("on", "kind", "level", "province", "by")),
        ]
