"""The page of a source text: the whole text with everything that was read from it, and what it states."""

from dataclasses import dataclass

from flask import Blueprint, render_template, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.errors import NotFoundError
from chidao.ontology.namespaces import CD
from chidao.web import links
from chidao.web.description import Description
from chidao.web.document_graph import names, with_names
from chidao.web.language import Language, chosen
from chidao.web.marks import Quote
from chidao.web.rdf import THING, described, wanted_format
from chidao.web.reader import identified
from chidao.web.readings import KINDS, Readings
from chidao.web.site import Site, site
from chidao.web.source_texts import SourceText, source_text

blueprint = Blueprint("source", __name__)

STATED = """
SELECT DISTINCT ?document WHERE { ?document cd:hasText|cd:reportedIn $source } ORDER BY ?document"""
QUOTES = """
SELECT DISTINCT ?class ?said ?start ?end WHERE {
  ?target oa:hasSource $source ; oa:hasSelector ?selector .
  ?selector oa:start ?start ; oa:end ?end .
  ?thing oa:hasTarget ?target ; a ?class .
  OPTIONAL { ?thing cd:claimProperty|cd:relation ?said }
}"""


@dataclass(frozen=True, slots=True)
class SourceView:
    """All that the page shows."""

    text: SourceText
    documents: tuple[links.Link, ...]
    quotes: int


@blueprint.get("/source/<sha>")
def source(sha: str) -> BaseResponse | str:
    """``sha`` is the first sixteen digits of the SHA-256 of the source's bytes."""
    path, asked = wanted_format(f"source/{sha}")
    iri = identified(path)
    if asked:
        return described(THING, iri, asked)
    return render_template("source.html", view=source_view(site(), iri, chosen(request)))


def source_view(of: Site, iri: NamedNode, language: Language) -> SourceView:
    """Read what the page shows. Raises NotFoundError where no such source is loaded."""
    about = of.reader.graph(THING, thing=iri)
    if not about.value(iri.value, CD.sha256):
        raise NotFoundError(f"{iri.value}: no such source text is loaded")
    documents = [row["document"] for row in of.reader.rows(STATED, source=iri)]
    readings = Readings(names(of.reader, documents), language)
    quotes = _quotes(of, iri, language)
    text = source_text(of, with_names(of.reader, about), iri.value, quotes)
    return SourceView(text, tuple(map(readings.link, documents)), len({quote.id for quote in quotes}))


def _quotes(of: Site, iri: NamedNode, language: Language) -> list[Quote]:
    rows = [row for row in of.reader.rows(QUOTES, source=iri) if row["class"] in _KINDS]
    labels = names(of.reader, {row.get("said", row["class"]) for row in rows})
    return [_quote(iri.value, row, labels, language) for row in rows]


_KINDS = {str(name): kind for name, kind in KINDS.items()}


def _quote(source_iri: str, row: dict[str, str], labels: Description, language: Language) -> Quote:
    note = labels.label(row.get("said", row["class"]), language)
    return Quote(source_iri, int(row["start"]), int(row["end"]), "", _KINDS[row["class"]], note)
