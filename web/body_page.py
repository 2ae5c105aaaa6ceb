"""The page of a body or a group: what it is, what it issued, what it owes, and who reports to whom."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.errors import NotFoundError
from chidao.graph.names import register_path
from chidao.ontology.bodies import BodyEntry
from chidao.ontology.collation import collation_key
from chidao.ontology.namespaces import CD, RDF, SKOS
from chidao.web.body_load import BodyLoad, body_load
from chidao.web.document_graph import names, readings_description, with_names
from chidao.web.language import Language, chosen
from chidao.web.links import Link, by_name
from chidao.web.rdf import THING, described, wanted_format
from chidao.web.reader import Reader, identified
from chidao.web.readings import DocumentRow, Norm, Readings
from chidao.web.site import site
from chidao.web.standing import Standing, standing

blueprint = Blueprint("body", __name__)
SHOWN = 100
LINES = (CD.subordinateTo, CD.ledBy, CD.guidedBy, CD.place, CD.within, CD.changedBy, CD.succeededBy)
SPANS = (CD.validFrom, CD.validTo)

ISSUED = """
SELECT DISTINCT ?thing WHERE { ?thing cd:issuedBy $body OPTIONAL { ?thing cd:issued ?day } }
ORDER BY DESC(?day) ?thing LIMIT $limit"""
OWED = """
SELECT DISTINCT ?thing WHERE { ?thing cd:bearer $body OPTIONAL { ?thing cd:deadline ?day } }
ORDER BY DESC(?day) ?thing LIMIT $limit"""
REPORTED = """
SELECT DISTINCT ?thing WHERE { ?thing cd:reportsTo $body OPTIONAL { ?thing cd:deadline ?day } }
ORDER BY DESC(?day) ?thing LIMIT $limit"""
BELOW = """
SELECT DISTINCT ?thing WHERE { ?thing cd:subordinateTo|cd:ledBy $body OPTIONAL { ?thing skos:prefLabel ?label } }
ORDER BY ?label ?thing LIMIT $limit"""
GROUPS = """
SELECT DISTINCT ?thing WHERE { ?thing cd:member $body } ORDER BY ?thing LIMIT $limit"""
MEMBERS = """
SELECT DISTINCT ?thing WHERE { $body cd:member ?thing } ORDER BY ?thing LIMIT $limit"""


@dataclass(frozen=True, slots=True)
class Line:
    """A line to other bodies or places, or a date, by the property's name."""

    label: str
    values: tuple[Link, ...]
    is_date: bool = False


@dataclass(frozen=True, slots=True)
class BodyView:
    """All that the page shows; each list holds at most ``SHOWN`` and one more that tells there are others."""

    iri: str
    name: str
    group: bool
    level: str
    system: str
    system_name: str
    other_names: tuple[str, ...]
    lines: tuple[Line, ...]
    issued: tuple[DocumentRow, ...]
    owed: tuple[Norm, ...]
    reported: tuple[Norm, ...]
    below: tuple[Link, ...]
    groups: tuple[Link, ...]
    members: tuple[Link, ...]
    standing: Standing | None
    ties: tuple[Line, ...]
    load: BodyLoad


@blueprint.get("/body/<path:path>")
def body(path: str) -> BaseResponse | str:
    """A body of the register: ``/body/quang-ninh/ba-che/huyen-uy``."""
    return _answer(f"body/{path}")


@blueprint.get("/source/<sha>/<any(body, group):kind>/<name>")
def local_body(sha: str, kind: str, name: str) -> BaseResponse | str:
    """A body or group that only one source names."""
    return _answer(f"source/{sha}/{kind}/{name}")


def _answer(path: str) -> BaseResponse | str:
    path, asked = wanted_format(path)
    iri = identified(path)
    if asked:
        return described(THING, iri, asked)
    view = body_view(site().reader, iri, chosen(request), request.args.get("date"))
    return render_template("body.html", view=view, shown=SHOWN)


def body_view(reader: Reader, iri: NamedNode, language: Language, day: str | None = None) -> BodyView:
    """Read what the page shows, the register's part as of the ISO ``day``.

    Raises NotFoundError for a body that neither a text nor the register knows.
    """
    about = with_names(reader, reader.graph(THING, thing=iri))
    readings = Readings(about, language)
    types = about.values(iri.value, RDF.type)
    registered = standing(register_path(iri.value, "body") or "", day, language, SHOWN + 1)
    if not types and not registered:
        raise NotFoundError(f"{iri.value}: no text that was loaded names this body, nor does the register know it")
    entry = registered[0] if registered else None
    known_level, known_system = (str(CD[each]) if each else "" for each in _kind(entry))
    level = about.value(iri.value, CD.level) or known_level
    system = about.value(iri.value, CD.system) or known_system
    return BodyView(
        iri=iri.value,
        name=_name(entry, language) or about.label(iri.value, language),
        group=str(CD.BodyGroup) in types,
        level=about.label(level, language) if level else "",
        system=system.removeprefix(str(CD)),
        system_name=about.label(system, language) if system else "",
        other_names=tuple(sorted(about.values(iri.value, SKOS.altLabel), key=collation_key)),
        lines=_lines(readings, iri.value),
        issued=_documents(reader, iri, language),
        owed=_norms(reader, OWED, iri, language),
        reported=_norms(reader, REPORTED, iri, language),
        below=_links(reader, BELOW, iri, language),
        groups=_links(reader, GROUPS, iri, language),
        members=_links(reader, MEMBERS, iri, language),
        standing=registered[1] if registered else None,
        ties=_ties(registered[1], readings) if registered else (),
        load=body_load(reader, iri.value, language),
    )


def _kind(entry: BodyEntry | None) -> tuple[str | None, str | None]:
    return (entry.level, entry.system) if entry else (None, None)


def _name(entry: BodyEntry | None, language: Language) -> str:
    return "" if entry is None else entry.label_vi if language == "vi" else entry.label_en


def _ties(found: Standing, readings: Readings) -> tuple[Line, ...]:
    """The superiors of the day by the names of the properties."""
    lines = []
    for name in dict(found.superiors):
        label = readings.description.label(name, readings.language)
        lines.append(Line(label, tuple(link for each, link in found.superiors if each == name)))
    return tuple(lines)


def _lines(readings: Readings, body_iri: str) -> tuple[Line, ...]:
    about, language = readings.description, readings.language
    lines = [Line(about.label(name, language), readings.links(body_iri, name)) for name in LINES]
    spans = [Line(about.label(name, language), _literals(about.values(body_iri, name)), True) for name in SPANS]
    return tuple(line for line in (*lines, *spans) if line.values)


def _literals(values: list[str]) -> tuple[Link, ...]:
    return tuple(map(Link, values))


def _things(reader: Reader, query: str, iri: NamedNode) -> list[str]:
    return [row["thing"] for row in reader.rows(query, body=iri, limit=SHOWN + 1)]


def _links(reader: Reader, query: str, iri: NamedNode, language: Language) -> tuple[Link, ...]:
    things = _things(reader, query, iri)
    readings = Readings(names(reader, things), language)
    return by_name(map(readings.link, things))


def _documents(reader: Reader, iri: NamedNode, language: Language) -> tuple[DocumentRow, ...]:
    things = _things(reader, ISSUED, iri)
    return tuple(map(Readings(names(reader, things), language).document, things))


def _norms(reader: Reader, query: str, iri: NamedNode, language: Language) -> tuple[Norm, ...]:
    things = _things(reader, query, iri)
    readings = Readings(readings_description(reader, things), language)
    return tuple(map(readings.norm, things))
