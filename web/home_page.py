"""The front page with its search, and the page about the method."""

from functools import lru_cache

from flask import Blueprint, render_template, request

from chidao.ontology.vocabulary import queries
from chidao.web.document_graph import names
from chidao.web.language import chosen
from chidao.web.reader import Reader
from chidao.web.readings import DocumentRow, Readings
from chidao.web.search import search
from chidao.web.site import site
from chidao.web.workers import current_snapshot

blueprint = Blueprint("home", __name__)
HITS = 60

COUNTS = """
SELECT ?documents ?held ?sources ?bodies ?norms ?citations ?collective WHERE {
  { SELECT (COUNT(*) AS ?documents) { ?d a cd:Document } }
  { SELECT (COUNT(DISTINCT ?d) AS ?held) { ?d cd:hasText|cd:reportedIn ?t } }
  { SELECT (COUNT(*) AS ?sources) { ?s a cd:SourceText } }
  { SELECT (COUNT(*) AS ?bodies) { ?b a cd:Body } }
  { SELECT (COUNT(DISTINCT ?n) AS ?norms) { ?n cd:imposedBy ?d } }
  { SELECT (COUNT(*) AS ?citations) { ?c a cd:Citation } }
  { SELECT (COUNT(*) AS ?collective) { ?c a cd:CollectiveReference } }
}"""
LEVELS = """
SELECT ?level (COUNT(DISTINCT ?d) AS ?documents) (COUNT(DISTINCT ?h) AS ?held) WHERE {
  ?d a cd:Document .
  OPTIONAL { ?d cd:level ?l . ?l cd:rank ?rank }
  BIND(IF(BOUND(?l), STRAFTER(STR(?l), "#"), "none") AS ?level)
  OPTIONAL { ?d cd:hasText|cd:reportedIn ?t . BIND(?d AS ?h) }
} GROUP BY ?level ?rank ORDER BY COALESCE(?rank, 9)"""
LATEST = """
SELECT ?thing ?issued WHERE {
  { SELECT DISTINCT ?thing { ?thing cd:hasText|cd:reportedIn ?text } }
  ?thing cd:issued ?issued
} ORDER BY DESC(?issued) LIMIT 12"""


@lru_cache(maxsize=2)
def counts(snapshot: str, reader: Reader) -> dict[str, str]:
    """How many of each there are in ``snapshot``, counted once."""
    del snapshot
    return reader.rows(COUNTS)[0]


@blueprint.get("/")
def home() -> str:
    """Search, counts, the latest documents, and ways on."""
    text = request.args.get("q", "").strip()[:200]
    reader, snapshot = site().reader, current_snapshot(site().data_dir)
    found = search(reader).find(snapshot, text, HITS) if text else []
    return render_template(
        "home.html",
        q=text,
        found=found,
        hits=HITS,
        counts=counts(snapshot, reader),
        latest=[] if text else _latest(reader),
    )


def _latest(reader: Reader) -> list[DocumentRow]:
    things = [row["thing"] for row in reader.rows(LATEST)]
    readings = Readings(names(reader, things), chosen(request))
    return list(map(readings.document, things))


@blueprint.get("/about")
def about() -> str:
    """Method, coverage as counts, and what must not be concluded from them."""
    reader, snapshot = site().reader, current_snapshot(site().data_dir)
    return render_template(
        "about.html",
        counts=counts(snapshot, reader),
        levels=reader.rows(LEVELS),
        limits=site().limits,
        snapshot=snapshot,
        queries=queries(),
    )
