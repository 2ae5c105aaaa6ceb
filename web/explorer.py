"""The explorer: one column of documents for each level, and a panel about the one chosen last.

The address holds the whole state: ``p`` (repeated) is the path of chosen documents, ``q`` filters, and ``province=60``
starts that column at its 61st row. A column to the right of a chosen document lists what descends from it, one to the
left of it what it descends from, and a column beside none everything of its level.
"""

from dataclasses import dataclass, replace
from functools import lru_cache
from urllib.parse import urlencode

from flask import Blueprint, render_template, request
from pyoxigraph import Literal, NamedNode
from werkzeug.datastructures import MultiDict

from chidao.graph.errors import NotFoundError
from chidao.graph.names import slug
from chidao.ontology.namespaces import CD
from chidao.web import links
from chidao.web.description import Description, shortened
from chidao.web.document_graph import names
from chidao.web.document_page import DocumentView, document_view
from chidao.web.language import Language, chosen
from chidao.web.reader import Reader, identified
from chidao.web.site import site
from chidao.web.workers import current_snapshot

blueprint = Blueprint("explorer", __name__)
LEVELS = ("central", "province", "district", "commune")
ROWS = 60

LIST = """
SELECT DISTINCT ?thing ?day WHERE {
  VALUES ?level { $levels }
  ?thing cd:level ?level ; a cd:Document .
  OPTIONAL { ?thing cd:issuedDay ?day }
  $scope $filter
} ORDER BY DESC(?day) ?thing LIMIT $limit OFFSET $offset"""
FILTER = """
  OPTIONAL { ?thing cd:symbol ?symbol }
  OPTIONAL { ?thing cd:foldedText ?title }
  OPTIONAL { ?thing cd:issuedBy/skos:hiddenLabel ?body }
  FILTER(CONTAINS(LCASE(COALESCE(?symbol, "")), $typed) || CONTAINS(COALESCE(?title, ""), $folded)
         || CONTAINS(LCASE(COALESCE(?body, "")), $folded))"""
BELOW = "?thing cd:descendsFrom $chosen ."
ABOVE = "$chosen cd:descendsFrom ?thing ."
BELOW_COUNT = """
SELECT ?thing (COUNT(DISTINCT ?below) AS ?count) WHERE {
  VALUES ?thing { $things } ?below cd:descendsFrom ?thing
} GROUP BY ?thing"""


@dataclass(frozen=True, slots=True)
class Row:
    """A document in a column; ``url`` is the explorer's address with it chosen."""

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
    """What a column lists: its scope and the chosen document that this is about, the filter, and where it starts."""

    scope: str
    anchor: NamedNode | None
    text: str
    offset: int


@dataclass(frozen=True, slots=True)
class State:
    """What the address says. ``path`` is level -> chosen document."""

    path: dict[str, NamedNode]
    text: str
    offsets: dict[str, int]

    def url(self, **changes: dict[str, NamedNode] | dict[str, int]) -> str:
        """The address of this state with ``path`` or ``offsets`` changed."""
        state = replace(self, **changes)  # type: ignore[arg-type]
        chosen_path = [("p", links.document_path(state.path[level].value)) for level in LEVELS if level in state.path]
        text = [("q", state.text)] if state.text else []
        offsets = [(level, str(offset)) for level, offset in state.offsets.items() if offset]
        return "/chain?" + urlencode([*chosen_path, *text, *offsets], safe="/")


@blueprint.get("/chain")
def chain() -> str:
    """The columns; works without scripts, every row is a link."""
    reader, language = site().reader, chosen(request)
    state = read_state(reader, request.args)
    deepest = [state.path[level] for level in LEVELS if level in state.path]
    details: DocumentView | None = document_view(site(), deepest[-1], language) if deepest else None
    columns = [column(reader, state, level, language) for level in LEVELS]
    return render_template("chain.html", columns=columns, state=state, details=details)


def read_state(reader: Reader, args: MultiDict[str, str]) -> State:
    """The state of an address; of two chosen documents of one level the later counts. Raises NotFoundError."""
    documents = [identified(links.document_iri_path(path)) for path in args.getlist("p")[:8] if path]
    about = names(reader, [document.value for document in documents])
    path = {_level(about, document): document for document in documents}
    offsets = {level: args.get(level, 0, type=int) for level in LEVELS}
    kept = {level: min(max(offset, 0), 1_000_000) for level, offset in offsets.items()}
    return State(path, args.get("q", "").strip()[:100], kept)


def _level(about: Description, document: NamedNode) -> str:
    """The column of a document; the grassroots stand with the communes."""
    if document.value not in about:
        raise NotFoundError(f"{document.value}: nothing is stated about this document in the texts that were loaded")
    level = about.value(document.value, CD.level).removeprefix(str(CD))
    if level in LEVELS:
        return level
    return "commune" if level == "grassroots" else "central"


def column(reader: Reader, state: State, level: str, language: Language) -> Column:
    """One column; the chosen document always stands in it, first where its own place is on another page."""
    scope, anchor = _scope(state, level)
    offset = state.offsets[level]
    listed = _listed(current_snapshot(site().data_dir), reader, level, Listing(scope, anchor, state.text, offset))
    more = len(listed) > ROWS
    things = list(listed[:ROWS])
    mine = state.path.get(level)
    if mine and mine.value not in things:
        things.insert(0, mine.value)
    return Column(
        level=level,
        scope=scope,
        rows=_rows(reader, state, level, things, language),
        first=offset + 1,
        earlier=state.url(offsets={**state.offsets, level: max(0, offset - ROWS)}) if offset else "",
        later=state.url(offsets={**state.offsets, level: offset + ROWS}) if more else "",
    )


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
def _listed(snapshot: str, reader: Reader, level: str, listing: Listing) -> tuple[str, ...]:
    """The documents of a column, newest first, one more than is shown; kept, as all visits start from the same."""
    del snapshot
    levels = [NamedNode(CD[level])] + ([NamedNode(CD.grassroots)] if level == "commune" else [])
    template = LIST.replace("$scope", {"below": BELOW, "above": ABOVE}.get(listing.scope, ""))
    template = template.replace("$filter", FILTER if listing.text else "")
    rows = reader.rows(
        template,
        levels=levels,
        limit=ROWS + 1,
        offset=listing.offset,
        chosen=listing.anchor or [],
        typed=Literal(listing.text.lower()),
        folded=Literal(slug(listing.text).replace("-", " ")),
    )
    return tuple(row["thing"] for row in rows)


def _rows(reader: Reader, state: State, level: str, things: list[str], language: Language) -> tuple[Row, ...]:
    about = names(reader, things)
    terms = [NamedNode(iri) for iri in things]
    counted = reader.rows(BELOW_COUNT, things=terms) if terms else []
    below = {row["thing"]: int(row["count"]) for row in counted}
    mine = state.path.get(level)
    return tuple(
        Row(
            name=about.document_name(iri, language),
            issuer="; ".join(about.label(body, language) for body in about.values(iri, CD.issuedBy)),
            issued=about.value(iri, CD.issued),
            title=shortened(about.title(iri), 90),
            system=about.value(iri, CD.system).removeprefix(str(CD)),
            held=bool(about.values(iri, CD.hasText) or about.values(iri, CD.reportedIn)),
            below=below.get(iri, 0),
            url=state.url(path=_choosing(state, level, NamedNode(iri)), offsets=_kept(state, level)),
            chosen=bool(mine and mine.value == iri),
        )
        for iri in things
    )


def _choosing(state: State, level: str, document: NamedNode) -> dict[str, NamedNode]:
    """The path with ``document`` chosen: what stood below it no longer descends from it."""
    place = LEVELS.index(level)
    return {above: state.path[above] for above in LEVELS[:place] if above in state.path} | {level: document}


def _kept(state: State, level: str) -> dict[str, int]:
    """The places of the columns down to ``level``; those below begin anew."""
    place = LEVELS.index(level)
    return {name: offset if LEVELS.index(name) <= place else 0 for name, offset in state.offsets.items()}
