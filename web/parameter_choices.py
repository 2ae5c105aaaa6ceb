"""The blanks of a shipped query as fields of a form: what may be chosen, and what the typed words mean.

Everything works without a script: a document or body may be typed in any words that the search understands, and where
they fit several, the field comes back as a list to choose from. With ``query_parameters.js`` the same suggestions come
while typing, from ``/sparql/choices.json``.
"""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache

from flask import Blueprint, Response, jsonify, request
from pyoxigraph import NamedNode
from rdflib import Literal, URIRef

from chidao.graph.names import folded
from chidao.ontology.named_query import NamedQuery, Parameter
from chidao.ontology.namespaces import CD, SKOS
from chidao.ontology.vocabulary import vocabulary
from chidao.web.document_graph import names
from chidao.web.explorer_state import day_number
from chidao.web.language import Language, chosen, words
from chidao.web.readings import Readings
from chidao.web.search import search
from chidao.web.site import site
from chidao.web.workers import current_snapshot

blueprint = Blueprint("parameter_choices", __name__)
MOST = 20  # suggestions
LONGEST = 200  # characters of what is searched
FEW = 12  # choices that a list to open holds; more are suggested while typing
SEARCHED = ("document", "body")
TONGUES = {"vi": "Tiếng Việt", "en": "English"}


@dataclass(frozen=True, slots=True)
class Option:
    """A value with its words; ``note`` is a remark such as date and issuer."""

    value: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field; ``form`` is search, select, suggest, day, integer or text, ``shown`` the value in words."""

    name: str
    label: str
    form: str
    picks: str
    value: str
    shown: str
    options: tuple[Option, ...]


@blueprint.get("/sparql/choices.json")
def choices() -> Response:
    """At most twenty documents (``picks=document``) or bodies (``picks=body``) that ``q`` may mean."""
    picks, text = request.args.get("picks", ""), request.args.get("q", "")
    found = _searched(picks, text) if picks in SEARCHED else ()
    response = jsonify([{"value": one.value, "label": one.label, "note": one.note} for one in found])
    response.cache_control.no_cache = True
    return response


@blueprint.app_context_processor
def _for_templates() -> dict[str, object]:
    return {"parameter_fields": parameter_fields}


def parameter_fields(query: NamedQuery) -> list[Field]:
    """The fields of a query's form, filled with what the request gave, else with the defaults."""
    return [_field(parameter, chosen(request)) for parameter in query.parameters]


def given_values(query: NamedQuery) -> dict[str, str]:
    """Parameter -> value as ``bind`` takes it, of what the request gave as ``param.<name>``.

    Raises ValueError, in the reader's language, for words that name nothing or several things, and for what is no day.
    """
    given = {parameter: _typed(parameter) for parameter in query.parameters}
    return {parameter.name: _meant(parameter, typed) for parameter, typed in given.items() if typed is not None}


def _typed(parameter: Parameter) -> str | None:
    """What was typed; the language of labels is the page's where nothing was said."""
    typed = request.args.get(f"param.{parameter.name}")
    return chosen(request) if typed is None and parameter.picks == "language" else typed


def _meant(parameter: Parameter, typed: str) -> str:
    t = words(chosen(request))
    if parameter.kind in ("day", "date"):
        number = day_number(typed.strip())
        if number is None:
            raise ValueError(f"“{typed}”: {t['parameter_no_day']}")
        return (date(1970, 1, 1) + timedelta(number)).isoformat()
    if parameter.picks not in SEARCHED or _is_iri(typed):
        return typed
    found = _called_so(typed, _searched(parameter.picks, typed))
    if len(found) != 1:
        raise ValueError(f"“{typed}”: {t['parameter_several' if found else 'parameter_none']}")
    return found[0].value


def _field(parameter: Parameter, language: Language) -> Field:
    typed = _typed(parameter)
    label = parameter.label.vi if language == "vi" else parameter.label.en
    value = parameter.default if typed is None else typed
    field = Field(parameter.name, label, "text", parameter.picks, value, "", ())
    if parameter.picks in SEARCHED:
        return _searched_field(field, typed is None, language)
    if parameter.picks:
        options = _options(parameter, language)
        return replace(field, form="select" if len(options) <= FEW else "suggest", options=options)
    if parameter.kind in ("day", "date"):
        return replace(field, form="day", value=_as_written(value))
    return replace(field, form="integer" if parameter.kind == "integer" else "text")


def _searched_field(field: Field, is_default: bool, language: Language) -> Field:
    """A thing by its name; a list to choose from where words mean several things.

    A default that the graph does not hold leaves the field empty.
    """
    if not _is_iri(field.value):
        found = _called_so(field.value, _searched(field.picks, field.value))
        if len(found) > 1:
            return replace(field, form="select", value="", options=found)
        if not found:
            return replace(field, form="search")
        field = replace(field, value=found[0].value)
    about = names(site().reader, [field.value])
    if field.value not in about:
        return replace(field, form="search", value="" if is_default else field.value)
    return replace(field, form="search", shown=Readings(about, language).link(field.value).text)


def _searched(kind: str, text: str) -> tuple[Option, ...]:
    reader, asked = site().reader, text.strip()[:LONGEST]
    found = search(reader).find(current_snapshot(site().data_dir), asked, MOST, kind) if asked else []
    readings = Readings(names(reader, [one.iri for one in found]), chosen(request))
    return tuple(Option(one.iri, readings.link(one.iri).text, one.link.note) for one in found)


def _called_so(typed: str, found: tuple[Option, ...]) -> tuple[Option, ...]:
    """Of several, the one whose name ends in just these words ("34 ct tu": "Directive 34-CT/TU"), if only one does."""
    exact = tuple(one for one in found if f" {folded(one.label)}".endswith(f" {folded(typed)}"))
    return exact if len(exact) == 1 else found


def _options(parameter: Parameter, language: Language) -> tuple[Option, ...]:
    if parameter.picks == "language":
        return tuple(Option(*each) for each in TONGUES.items())
    known = concepts(parameter.picks, parameter.kind == "iri", language)
    if parameter.default in {option.value for option in known}:
        return known
    return (Option(parameter.default, words(language)["filter_any"]), *known)


@cache
def concepts(scheme: str, as_iri: bool, language: Language) -> tuple[Option, ...]:
    """The concepts of a scheme ("cd:levels") by rank, then by name; several with one notation are one choice."""
    graph, found = vocabulary(), dict[str, list[str]]()
    every = [one for one in graph.subjects(SKOS.inScheme, CD[scheme.removeprefix("cd:")]) if isinstance(one, URIRef)]
    for concept in sorted(every, key=lambda one: (str(graph.value(one, CD.rank) or ""), str(one))):
        notation = graph.value(concept, SKOS.notation) or concept.removeprefix(str(CD))
        labels = graph.objects(concept, SKOS.prefLabel)
        label = next((str(one) for one in labels if isinstance(one, Literal) and one.language == language), "")
        found.setdefault(str(concept if as_iri else notation), []).append(label)
    return tuple(Option(value, " / ".join(labels)) for value, labels in found.items())


def _as_written(day: str) -> str:
    """ "2021-10-19" -> "19/10/2021"; anything else as it was typed."""
    try:
        return f"{date.fromisoformat(day):%d/%m/%Y}"
    except ValueError:
        return day


def _is_iri(text: str) -> bool:
    try:
        NamedNode(text)
    except ValueError:
        return False
    return text.startswith(("http://", "https://", "urn:"))
