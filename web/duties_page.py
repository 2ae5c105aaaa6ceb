"""All duties: filtered by body, document, modality, deadline and words, a page at a time."""

from datetime import date, timedelta

from flask import Blueprint, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.duties import COLUMNS, MODALITIES, ROLES
from chidao.ontology.namespaces import CD
from chidao.web import links
from chidao.web.chain_views import analysed, document_link, view
from chidao.web.chain_views import download as as_file
from chidao.web.document_graph import names, readings_description
from chidao.web.duty_analyses import IN_FILE, PAGE
from chidao.web.explorer_state import LEVELS, day_number
from chidao.web.language import chosen, words
from chidao.web.links import Link
from chidao.web.readings import Readings
from chidao.web.site import site

blueprint = Blueprint("duties", __name__)
RATES = ("daily", "weekly", "monthly", "quarterly", "yearly")
CHOICES = {"role": ROLES, "modality": MODALITIES, "level": (*LEVELS, "grassroots"), "often": RATES}
TYPED = ("body", "document", "q", "from", "to")
_WORDS = {
    "body": "body",
    "document": "document",
    "q": "duties_words",
    "from": "duties_due_from",
    "to": "filter_to",
    "role": "duties_role",
    "modality": "kind",
    "level": "duties_level",
    "often": "reporting_how_often",
}
FURTHEST = 10_000_000  # of the first duty of a page


@blueprint.get("/duties")
def duties() -> BaseResponse | str:
    """Filters are arguments: ``body``, ``role``, ``document``, ``modality``, ``level``, ``from``, ``to``, ``often``,
    ``q``; ``start`` is the first duty shown, from 0."""
    asked, language = _asked(), chosen(request)
    start = min(max(request.args.get("start", 0, type=int), 0), FURTHEST)
    answer = analysed(
        "duties",
        body=asked["body"],
        document=links.document_named(asked["document"]),
        since=_day(asked["from"]),
        until=_day(asked["to"]),
        rate=asked["often"],
        text=asked["q"],
        start=str(start),
        all="1" if request.args.get("format") else "",
        **{name: asked[name] for name in ("role", "modality", "level")},
    )
    found = answer.found
    file = as_file("duties", COLUMNS, ([row[name] for name in COLUMNS] for row in found["rows"]), answer.snapshot)
    if file:
        return file
    about = names(site().reader, [str(CD[each]) for each in MODALITIES])
    readings = Readings(readings_description(site().reader, found["duties"]), language)
    t = words(language)
    title = "; ".join([t["duties_title"], *(f"{t[_WORDS[name]]}: {value}" for name, value in asked.items() if value)])
    return render_template(
        "duties.html",
        asked=asked,
        choices=CHOICES,
        modalities={each: about.label(str(CD[each]), language) for each in MODALITIES},
        unread=[asked[name] for name in ("from", "to") if asked[name] and not _day(asked[name])],
        norms=[readings.norm(iri) for iri in found["duties"]],
        count=found["count"],
        first=start + 1,
        earlier=max(0, start - PAGE) if start else None,
        later=start + PAGE if start + PAGE < found["count"] else None,
        in_file=IN_FILE if found["count"] > IN_FILE else None,
        body=Link(found["body"][1], links.page(found["body"][0])) if found["body"] else None,
        document=document_link(found["documents"], found["document"]) if found["document"] else None,
        view=view(title, answer.snapshot),
    )


def _asked() -> dict[str, str]:
    """The filters as typed; a choice that is none of those offered filters nothing."""
    typed = {name: request.args.get(name, "").strip()[:500] for name in TYPED}
    chosen_ones = {name: request.args.get(name, "") for name in CHOICES}
    return typed | {name: value if value in CHOICES[name] else "" for name, value in chosen_ones.items()}


def _day(typed: str) -> str:
    """The ISO day of "19/10/2021" or "2021-10-19"; "" for what is none."""
    number = day_number(typed)
    return "" if number is None else (date(1970, 1, 1) + timedelta(number)).isoformat()
