"""The columns of the explorer: which documents each lists, and how they are shown.

A column to the right of a chosen document lists what descends from it, one to the left of it what it descends from, and
a column beside none everything of its level. Lists and counts are kept for each snapshot: all visits start alike.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from pyoxigraph import Literal, NamedNode

from chidao.graph.names import slug
from chidao.ontology.namespaces import CD
from chidao.web.description import Description, shortened
from chidao.web.document_graph import names
from chidao.web.explorer_state import LEVELS, Filters, State, day_number
from chidao.web.language import Language
from chidao.web.reader import Reader

ROWS = 20  # in a column, so that four of them are soon read and sent
TITLE = 90  # characters of a title in a row

# Equal days keep the order of the store: to sort by name as well takes it twice as long.
LIST = """
SELECT DISTINCT ?thing ?day WHERE {
  $scope
  OPTIONAL { ?thing cd:issuedDay ?day }
  $filters
} ORDER BY DESC(?day) LIMIT $limit OFFSET $offset"""
# OPTIONAL, so that the level is looked up for each document of a chain; joined, the engine begins with the whole level.
SCOPES = {
    "all": "VALUES ?level { $levels } ?thing cd:level ?level ; a cd:Document .",
    "below": "?thing cd:descendsFrom $chosen . OPTIONAL { ?thing cd:level ?level } VALUES ?level { $levels }",
    "above": "$chosen cd:descendsFrom ?thing . OPTIONAL { ?thing cd:level ?level } VALUES ?level { $levels }",
}
WORDS = """
  OPTIONAL { ?thing cd:symbol ?symbol }
  OPTIONAL { ?thing cd:foldedText ?title }
  OPTIONAL { ?thing cd:issuedBy/skos:hiddenLabel ?body }
  BIND(LCASE(CONCAT(COALESCE(?symbol, ""), " ", COALESCE(?title, ""), " ", COALESCE(?body, ""))) AS ?words)"""
BELOW_COUNT = """
SELECT ?thing (COUNT(DISTINCT ?below) AS ?count) WHERE {
  VALUES ?thing { $things } ?below cd:descendsFrom ?thing
} GROUP BY ?thing"""


@dataclass(frozen=True, slots=True)
class Row:
    """A document in a column; ``url`` is the address with it chosen, ``below`` counts what descends from it."""

    name: str
    issuer: str
    issued: str
    title: str
    system: str
    held: bool
    below: int
    url: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """``scope`` says what is listed: "all", "below" or "above"; the addresses are "" where they lead nowhere."""

    level: str
    scope: str
    rows: tuple[Row, ...]
    first: int
    earlier: str
    later: str

    @property
    def next(self) -> str:
        """The anchor that a choice leads to: the column to the right, at the end the panel."""
        following = LEVELS[LEVELS.index(self.level) + 1 :]
        return f"column-{following[0]}" if following else "details"


@dataclass(frozen=True, slots=True)
class Listing:
    """What a column lists: level, scope and the chosen document that this is about, filters, where it starts."""

    level: str
    scope: str
    anchor: NamedNode | None
    filters: Filters
    offset: int


def column(reader: Reader, snapshot: str, state: State, level: str, language: Language) -> Column:
    """One column; the chosen document always stands in it, first where its own place is on another page."""
    scope, anchor = _scope(state, level)
    offset = state.offsets[level]
    listed = _listed(snapshot, reader, Listing(level, scope, anchor, state.filters, offset))
    things = list(listed[:ROWS])
    mine = state.path.get(level)
    if mine and mine.value not in things:
        things.insert(0, mine.value)
    return Column(
        level=level,
        scope=scope,
        rows=tuple(_rows(reader, snapshot, state, level, things, language)),
        first=offset + 1,
        earlier=state.starting(level, max(0, offset - ROWS)) if offset else "",
        later=state.starting(level, offset + ROWS) if len(listed) > ROWS else "",
    )


def prepare(reader: Reader, snapshot: str) -> None:
    """Look up what the start page lists, so that its first visitor need not wait."""
    for level in LEVELS:
        _listed(snapshot, reader, Listing(level, "all", None, Filters(), 0))


def _scope(state: State, level: str) -> tuple[str, NamedNode | None]:
    """What the column lists: below the nearest chosen document above it, else above the nearest one below, else all.

    A column with its own choice and none above it lists all: that is what one chose from.
    """
    place = LEVELS.index(level)
    for above in reversed(LEVELS[:place]):
        if above in state.path:
            return "below", state.path[above]
    for beneath in LEVELS[place + 1 :]:
        if beneath in state.path and level not in state.path:
            return "above", state.path[beneath]
    return "all", None


@lru_cache(maxsize=512)
def _listed(snapshot: str, reader: Reader, listing: Listing) -> tuple[str, ...]:
    """The documents of a column, newest first, one more than is shown."""
    del snapshot
    levels = ("commune", "grassroots") if listing.level == "commune" else (listing.level,)
    template = LIST.replace("$scope", " ".join((SCOPES[listing.scope], *_terms(listing.filters))))
    template = template.replace("$filters", "\n  ".join(_conditions(listing.filters)))
    rows = reader.rows(
        template,
        levels=[NamedNode(CD[level]) for level in levels],
        limit=ROWS + 1,
        offset=listing.offset,
        chosen=listing.anchor or [],
    )
    return tuple(row["thing"] for row in rows)


def _terms(filters: Filters) -> Iterator[str]:
    """The filters that name a term of the vocabulary; in the patterns a slug is left of anything else."""
    for name, value in (("system", filters.system), ("documentType", filters.type)):
        if value:
            yield f"?thing cd:{name} {NamedNode(CD[slug(value)])} ."


def _conditions(filters: Filters) -> Iterator[str]:
    """The filters on values: everything typed becomes an integer or a literal."""
    days = {">=": day_number(filters.since), "<=": day_number(filters.until)}
    yield from (f"FILTER(?day {sign} {day})" for sign, day in days.items() if day is not None)
    if filters.subject:
        yield f"?thing dcterms:subject ?subject . FILTER(STR(?subject) = {_literal(filters.subject)})"
    if filters.text:
        yield WORDS
        yield from (f"FILTER({' || '.join(_contains(word))})" for word in filters.text.split())


def _contains(word: str) -> Iterator[str]:
    """In symbols marks and signs stand as they are; in titles and names of bodies they are folded."""
    forms = dict.fromkeys((word.lower(), slug(word).replace("-", " ")))
    yield from (f"CONTAINS(?words, {_literal(form)})" for form in forms)


def _literal(typed: str) -> str:
    """``typed`` as a string of SPARQL, without the sign by which a template knows its blanks."""
    return str(Literal(typed)).replace("$", "\\u0024")


def _rows(
    reader: Reader, snapshot: str, state: State, level: str, things: list[str], language: Language
) -> Iterator[Row]:
    about = names(reader, things)
    below = _below(snapshot, reader, tuple(things))
    mine = state.path.get(level)
    for iri in things:
        chosen = bool(mine and mine.value == iri)
        yield _row(about, iri, language, below.get(iri, 0), state.choosing(level, NamedNode(iri)), chosen)


def _row(about: Description, iri: str, language: Language, below: int, url: str, chosen: bool) -> Row:
    return Row(
        name=about.document_name(iri, language),
        issuer="; ".join(about.label(body, language) for body in about.values(iri, CD.issuedBy)),
        issued=about.value(iri, CD.issued),
        title=shortened(about.title(iri), TITLE),
        system=about.value(iri, CD.system).removeprefix(str(CD)),
        held=bool(about.values(iri, CD.hasText) or about.values(iri, CD.reportedIn)),
        below=below,
        url=url,
        chosen=chosen,
    )


@lru_cache(maxsize=512)
def _below(snapshot: str, reader: Reader, things: tuple[str, ...]) -> Mapping[str, int]:
    """How many documents descend from each of ``things``; 0 stands for itself."""
    del snapshot
    rows = reader.rows(BELOW_COUNT, things=[NamedNode(iri) for iri in things]) if things else []
    return {row["thing"]: int(row["count"]) for row in rows}
