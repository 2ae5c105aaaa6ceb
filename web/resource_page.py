"""The page of anything that has no page of its own: every statement about it, and the first ones that point to it."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.errors import NotFoundError
from chidao.web import links
from chidao.web.document_graph import names
from chidao.web.language import chosen
from chidao.web.links import Link
from chidao.web.rdf import THING, described, wanted_format
from chidao.web.site import site

blueprint = Blueprint("resource", __name__)
SHOWN = 100

POINTING = """
SELECT ?thing ?property WHERE { ?thing ?property $thing } ORDER BY ?property ?thing LIMIT $limit"""


@dataclass(frozen=True, slots=True)
class Statement:
    """A property and a value; the value of a literal has no address."""

    property: Link
    value: Link


@blueprint.get("/resource")
def resource() -> BaseResponse | str:
    """``?iri=`` names the thing."""
    iri = _named(request.args.get("iri", ""))
    _, asked = wanted_format("")
    if asked:
        return described(THING, iri, asked)
    language = chosen(request)
    about = site().reader.graph(THING, thing=iri)
    pointing = site().reader.rows(POINTING, thing=iri, limit=SHOWN)
    if iri.value not in about and not pointing:
        raise NotFoundError(f"{iri.value}: nothing is stated about this in the texts that were loaded")
    named = about | names(
        site().reader, {*about.mentioned(), *(row[key] for row in pointing for key in row)} - {iri.value}
    )
    return render_template(
        "resource.html",
        iri=iri.value,
        name=named.name(iri.value, language),
        statements=[
            Statement(_link(named.label(name, language), name), _value(term, named.name(term.value, language)))
            for name, term in about.statements(iri.value)
        ],
        pointing=[
            Statement(
                _link(named.label(row["property"], language), row["property"]),
                _link(named.name(row["thing"], language), row["thing"]),
            )
            for row in pointing
        ],
    )


def _named(iri: str) -> NamedNode:
    try:
        return NamedNode(iri)
    except ValueError as error:
        raise NotFoundError(f"{iri!r} is not an IRI; the address ends in ?iri=https://…") from error


def _value(term: object, name: str) -> Link:
    if isinstance(term, NamedNode):
        return _link(name, term.value)
    return Link(getattr(term, "value", ""), "", getattr(term, "language", None) or "")


def _link(text: str, iri: str) -> Link:
    return Link(text, links.page(iri))
