"""The explorer: one column of documents for each level, and a panel about the one chosen last.

The address holds the whole state: ``p`` (repeated) is the path of chosen documents, ``province=60`` starts that column
at its 61st row, and ``q``, ``from``, ``to``, ``system``, ``type`` and ``subject`` filter all columns.
"""

from dataclasses import dataclass
from functools import lru_cache

from flask import Blueprint, render_template, request
from pyoxigraph import NamedNode

from chidao.ontology.collation import collation_key
from chidao.web import links
from chidao.web.document_graph import names
from chidao.web.document_page import DocumentView, document_view
from chidao.web.explorer_columns import column
from chidao.web.explorer_state import LEVELS, SYSTEMS, read_state
from chidao.web.language import Language, chosen
from chidao.web.links import Link
from chidao.web.reader import Reader
from chidao.web.site import site
from chidao.web.workers import current_snapshot

blueprint = Blueprint("explorer", __name__)

TYPES = """
SELECT DISTINCT ?name ?label (LANG(?label) AS ?language) WHERE {
  { SELECT DISTINCT ?type { ?document cd:documentType ?type } }
  ?type skos:prefLabel ?label . BIND(STRAFTER(STR(?type), "#") AS ?name)
}"""
SUBJECTS = """
SELECT ?subject (COUNT(*) AS ?count) WHERE { ?document a cd:Document ; dcterms:subject ?subject }
GROUP BY ?subject ORDER BY DESC(?count) ?subject LIMIT 60"""
LAGS = """
SELECT DISTINCT ?parent ?days WHERE {
  $document cd:implements ?parent ; cd:issuedDay ?own . ?parent cd:issuedDay ?day .
  BIND(?own - ?day AS ?days)
} ORDER BY ?days ?parent LIMIT 12"""


@dataclass(frozen=True, slots=True)
class Lag:
    """``days`` from a superior document to the one that implements it."""

    document: Link
    days: int


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: the types (local name, label) and subjects of the documents there are."""

    types: tuple[tuple[str, str], ...]
    subjects: tuple[str, ...]


@blueprint.get("/chain")
def chain() -> str:
    """The columns; works without scripts, every row is a link."""
    reader, language, snapshot = site().reader, chosen(request), current_snapshot(site().data_dir)
    state = read_state(reader, request.args)
    deepest = state.chosen[-1] if state.chosen else None
    details: DocumentView | None = document_view(site(), deepest, language) if deepest else None
    return render_template(
        "chain.html",
        columns=[column(reader, snapshot, state, level, language) for level in LEVELS],
        state=state,
        path=_path(reader, state.chosen, language),
        details=details,
        lags=_lags(reader, deepest, language) if deepest else [],
        choices=_choices(snapshot, reader, language),
        systems=SYSTEMS,
    )


def _path(reader: Reader, documents: list[NamedNode], language: Language) -> list[Link]:
    """The chosen documents from the top down, each with the address at which it was the last one chosen."""
    about = names(reader, [document.value for document in documents])
    iris = [document.value for document in documents]
    return [Link(about.document_name(iri, language), links.chain(*iris[: place + 1])) for place, iri in enumerate(iris)]


def _lags(reader: Reader, document: NamedNode, language: Language) -> list[Lag]:
    rows = reader.rows(LAGS, document=document)
    about = names(reader, [row["parent"] for row in rows])
    return [
        Lag(Link(about.document_name(row["parent"], language), links.page(row["parent"])), int(row["days"]))
        for row in rows
    ]


@lru_cache(maxsize=8)
def _choices(snapshot: str, reader: Reader, language: Language) -> Choices:
    del snapshot
    types = ((row["name"], row["label"]) for row in reader.rows(TYPES) if row["language"] == language)
    subjects = (row["subject"] for row in reader.rows(SUBJECTS))
    return Choices(
        tuple(sorted(types, key=lambda pair: collation_key(pair[1]))), tuple(sorted(subjects, key=collation_key))
    )
