"""The page where a trusted local user settles what the rules left open; it is there with ``serve --curate`` only."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, redirect, render_template, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as BaseResponse

from chidao.web.curate_guard import COOKIE, Guard, remember
from chidao.web.curate_writer import BUSY, Wish, write
from chidao.web.document_graph import names
from chidao.web.language import Language, chosen, words
from chidao.web.links import Link
from chidao.web.marks import Quote
from chidao.web.open_questions import DECISIONS, PAGE, QUERIES, REASONS, Question, questions
from chidao.web.reader import Reader
from chidao.web.readings import Readings
from chidao.web.site import site

BY = "curator"
HEADERS = {"Referrer-Policy": "same-origin", "Cache-Control": "no-store"}
TITLES = {
    "citations": "curate_citations",
    "unnamed": "curate_unnamed",
    "issuers": "curate_issuers",
    "bearers": "curate_bearers",
    "identified": "curate_identified",
    "decisions": "curate_decisions",
}
"""Kind of list -> its title in ``language.toml``."""
# What a button "this one" says: where the rules have a value, that it is right
_CHOICE = {"identified": "confirmed", "issuers": "confirmed"}


@dataclass(frozen=True, slots=True)
class Option:
    """A value that a thing may have, with what speaks for and against it."""

    iri: str
    link: Link
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to settle; ``choice`` is the verdict of choosing one of the options."""

    thing: str
    holder: Link
    quotes: tuple[Quote, ...]
    reason: str
    options: tuple[Option, ...]
    choice: str


@dataclass(frozen=True, slots=True)
class Made:
    """A decision of the history."""

    iri: str
    verdict: str
    about: str
    values: tuple[Link, ...]
    by: str
    when: str
    why: str
    quote: str
    standing: str
    undone: bool


def curate_blueprint() -> Blueprint:
    """The page with a guard of its own."""
    blueprint, guard = Blueprint("curate", __name__), Guard()
    blueprint.before_request(lambda: guard.admit(request))

    @blueprint.get("/curate")
    def page() -> BaseResponse:
        return _shown(guard, request.args.get("kind", ""), "", 200)

    @blueprint.post("/curate")
    def decide() -> BaseResponse:
        guard.check(request)
        kind = request.form.get("kind", "")
        fault = _written(_wish())
        if fault:
            busy = BUSY in fault
            return _shown(guard, kind, words(chosen(request))["curate_busy"] if busy else fault, 409 if busy else 400)
        response = redirect(f"/curate?kind={_kind(kind)}&done=1", 303)
        remember(response, BY, request.form["by"])  # type: ignore[arg-type]
        return response

    return blueprint


def _kind(asked: str) -> str:
    return asked if asked in TITLES else "citations"


def _wish() -> Wish:
    form = request.form
    other = tuple(name for each in form.get("other", "").split(";") if (name := each.strip()))
    values = other or tuple(filter(None, form.getlist("value")))
    verdict, thing = form.get("verdict", ""), form.get("thing", "")
    by, why = (" ".join(form.get(name, "").split()) for name in ("by", "why"))
    return Wish(verdict, thing, () if verdict == "undone" else values, by, why)


def _written(wish: Wish) -> str | None:
    """None when the decision was recorded, else what is wrong."""
    return write(site().data_dir, wish) if wish.complete else words(chosen(request))["curate_incomplete"]


def _shown(guard: Guard, asked: str, fault: str, status: int) -> Response:
    language, kind = chosen(request), _kind(asked)
    offset = request.args.get("offset", 0, type=int)
    offset = max(0, min(offset, 1_000_000))
    reader = site().reader
    shown: Callable[[Reader, str, int, Language], Sequence[Item | Made]] = _decisions if kind == "decisions" else _items
    found = shown(reader, kind, offset, language)
    visit, token = guard.issue(request)
    page = render_template(
        "curate.html",
        kind=kind,
        titles=TITLES,
        found=found,
        following=offset + PAGE if len(found) == PAGE else None,
        fault=fault,
        token=token,
        by=request.form.get("by") or request.cookies.get(BY, ""),
        why=request.form.get("why", ""),
    )
    response = make_response(page, status)
    response.headers.update(HEADERS)
    remember(response, COOKIE, visit)
    return response


def _items(reader: Reader, kind: str, offset: int, language: Language) -> list[Item]:
    asked = questions(reader.rows(QUERIES[kind], limit=PAGE, offset=offset))
    things = [NamedNode(each.thing) for each in asked]
    reasons: dict[tuple[str, str], list[str]] = {}
    for row in reader.rows(REASONS, things=things) if things else ():
        reasons.setdefault((row["thing"], row["value"]), []).append(row["why"])
    named = {iri for each in asked for iri in (each.holder, *each.values)} | {
        why for all_ in reasons.values() for why in all_
    }
    readings = Readings(names(reader, sorted(named)), language)
    return [_item(each, readings, reasons, kind) for each in asked]


def _item(asked: Question, readings: Readings, reasons: dict[tuple[str, str], list[str]], kind: str) -> Item:
    label = readings.description.label
    options = tuple(
        Option(
            value,
            readings.link(value),
            tuple(label(why, readings.language) for why in reasons.get((asked.thing, value), ())),
        )
        for value in asked.values
    )
    return Item(
        asked.thing, readings.link(asked.holder), asked.quotes, asked.reason, options, _CHOICE.get(kind, "settled")
    )


def _decisions(reader: Reader, kind: str, offset: int, language: Language) -> list[Made]:  # noqa: ARG001
    rows: dict[str, list[dict[str, str]]] = {}
    for row in reader.rows(DECISIONS, limit=PAGE, offset=offset):
        rows.setdefault(row["decision"], []).append(row)
    named = {
        row[name] for of_one in rows.values() for row in of_one for name in ("verdict", "property", "value", "standing")
    }
    readings = Readings(names(reader, sorted(named)), language)
    return [_made(iri, of_one, readings) for iri, of_one in rows.items()]


def _made(iri: str, rows: list[dict[str, str]], readings: Readings) -> Made:
    first, label, language = rows[0], readings.description.label, readings.language
    return Made(
        iri,
        label(first["verdict"], language),
        label(first["property"], language),
        tuple(readings.link(row["value"]) for row in rows),
        first["by"],
        first["when"],
        first["why"],
        first["quote"],
        label(first["standing"], language),
        first["standing"].endswith("#undone"),
    )
