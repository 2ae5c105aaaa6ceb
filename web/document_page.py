"""The page of a document: its head, duties, references and receptions, and its text with every quote marked."""

from dataclasses import dataclass

from flask import Blueprint, Response, render_template, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response as BaseResponse

from chidao.graph.errors import NotFoundError
from chidao.ontology.namespaces import CD, RDF
from chidao.web import links
from chidao.web.decided import Decided, decided
from chidao.web.description import Description
from chidao.web.document_graph import CITED_BY, DOCUMENT, document_description, readings_description
from chidao.web.downloads import document_csv
from chidao.web.facts import Fact, facts
from chidao.web.language import Language, chosen
from chidao.web.marks import Quote
from chidao.web.rdf import described, wanted_format
from chidao.web.reader import identified
from chidao.web.readings import KINDS, Norm, Readings, Received, Reference
from chidao.web.site import Site, site
from chidao.web.source_texts import SourceText, source_text
from chidao.web.suggestions import Suggestion, suggestions

blueprint = Blueprint("document", __name__)
CITED_BY_SHOWN = 100


@dataclass(frozen=True, slots=True)
class CitedBy:
    """A document that cites this one, with its words."""

    relation: str
    document: links.Link
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class DocumentView:
    """All that the page shows. ``more`` says that more documents cite this one than are listed.

    ``suggestions`` are by the reference that they are for.
    """

    iri: str
    name: str
    title: str
    issuers: str
    system: str
    facts: list[Fact]
    norms: list[Norm]
    citations: list[Reference]
    unnamed: list[Reference]
    receptions: list[Received]
    cited_by: list[CitedBy]
    more: bool
    texts: list[SourceText]
    decided: list[Decided]
    suggestions: dict[str, list[Suggestion]]


@blueprint.get("/document/<path:path>")
def document(path: str) -> BaseResponse | str:
    """A document of the register's numbering: ``/document/quang-ninh/ba-che/huyen-uy/2021/ct-07``."""
    return _answer(f"document/{path}")


@blueprint.get("/source/<sha>/document/<name>")
def local_document(sha: str, name: str) -> BaseResponse | str:
    """A document known only in one source, because its number or issuer is not stated."""
    return _answer(f"source/{sha}/document/{name}")


def _answer(path: str) -> BaseResponse | str:
    path, asked = wanted_format(path)
    iri = identified(path)
    if asked and asked.name != "csv":
        return described(DOCUMENT, iri, asked)
    view = document_view(site(), iri, chosen(request))
    if asked:
        name = links.document_path(iri.value).replace("/", "-")
        headers = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
        return Response(
            document_csv(view.norms, view.citations), content_type="text/csv; charset=utf-8", headers=headers
        )
    return render_template("document.html", view=view, chain=links.chain(iri.value), picture=links.picture(iri.value))


def document_view(of: Site, iri: NamedNode, language: Language) -> DocumentView:
    """Read what the page shows. Raises NotFoundError where nothing is stated about the document."""
    about = document_description(of.reader, iri)
    if str(CD.Document) not in about.values(iri.value, RDF.type):
        raise NotFoundError(f"{iri.value} is not a document")
    readings = Readings(about, language)
    cited_by = _cited_by(of, iri, language)
    return DocumentView(
        iri=iri.value,
        name=about.document_name(iri.value, language),
        title=about.title(iri.value),
        issuers=readings.document(iri.value).issuers,
        system=about.value(iri.value, CD.system).removeprefix(str(CD)),
        facts=facts(readings, iri.value),
        norms=readings.norms(iri.value),
        citations=readings.references(iri.value, CD.Citation),
        unnamed=readings.references(iri.value, CD.CollectiveReference, CD.OralInstruction),
        receptions=readings.receptions(iri.value),
        cited_by=cited_by[:CITED_BY_SHOWN],
        more=len(cited_by) > CITED_BY_SHOWN,
        texts=_texts(of, about, readings, iri.value),
        decided=decided(of.reader, iri, language),
        suggestions=suggestions(of.reader, iri, language),
    )


def _cited_by(of: Site, iri: NamedNode, language: Language) -> list[CitedBy]:
    """One more than is shown, to know whether there are more."""
    rows = of.reader.rows(CITED_BY, document=iri, limit=CITED_BY_SHOWN + 1)
    readings = Readings(readings_description(of.reader, (row["citation"] for row in rows)), language)
    about = readings.description
    return [
        CitedBy(
            about.label(about.value(row["citation"], CD.relation), language),
            readings.link(row["citing"]),
            readings.quotes(row["citation"]),
        )
        for row in rows
    ]


def _texts(of: Site, about: Description, readings: Readings, document: str) -> list[SourceText]:
    """The document's own text first, then the reports of it."""
    quotes = [quote for thing in about.instances(*map(str, KINDS)) for quote in readings.quotes(thing)]
    sources = [*about.values(document, CD.hasText), *about.values(document, CD.reportedIn)]
    return [source_text(of, about, source, quotes) for source in dict.fromkeys(sources)]
