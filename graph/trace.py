"""A slogan or target on its way through the levels: who used it first, who took it up, where it was left out.

Known phrases stand with their variants in ``ontology/wording/slogans.csv``; any other is traced as it is spelled.
Texts are searched in one spelling (case, tone style, dashes, quotes and blanks do not matter), quotes are untouched.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.chain_index import ChainIndex, read_chain_index
from chidao.graph.chains import describe_document
from chidao.graph.errors import QueryError
from chidao.graph.facts import Facts
from chidao.graph.tables import Row
from chidao.graph.terms import ALTERNATIVE, TITLE, cd, oa
from chidao.graph.texts import read_text
from chidao.graph.wording import table
from chidao.ontology.spelling import key

TEXT, REPORT, IN_TITLE = "text", "report", "title"
FIRST, CARRIED, TAKEN_UP, DROPPED, UNKNOWN = "first use", "carried on", "taken up", "dropped", "not known"
UNPLACED = "in a report of several documents"
COLUMNS = (
    "fate",
    "issued",
    "level",
    "issuer",
    "document",
    "superior",
    "where",
    "count",
    "quote",
    "source",
    "start",
    "end",
    "iri",
)
SPREAD_COLUMNS = ("level", "documents", "of_held", "first", "last")
_AROUND = 60  # code points of a quote on each side of the phrase
_SHORTEST, _LONGEST = 2, 100


@dataclass(frozen=True, slots=True)
class Use:
    """Where a document uses the phrase: ``where`` is "text", "report" or "title", ``quote`` around the first place.

    ``document`` is None where a report tells of several documents and the place belongs to none for sure. ``start`` and
    ``end`` are code points of the source (an IRI) that hold the phrase; a title has none.
    """

    document: str | None
    where: str
    count: int
    quote: str
    source: str = ""
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """What became of the phrase between a document that uses it and one that implements that.

    ``fate`` is "carried on", "dropped", or "not known" where neither text nor title of the child could be searched.
    """

    parent: str
    child: str
    fate: str


@dataclass(frozen=True, slots=True)
class Spread:
    """At one level: how many documents use the phrase, of how many whose text is held, and the first and last day."""

    level: str
    documents: int
    held: int
    first: str | None
    last: str | None


@dataclass(frozen=True, slots=True)
class Trace:
    """``uses`` by date, undated ones last; ``variants`` are the spellings searched."""

    variants: tuple[str, ...]
    uses: tuple[Use, ...]
    passages: tuple[Passage, ...]
    spread: tuple[Spread, ...]


def spellings(phrase: str) -> tuple[str, ...]:
    """The phrase with its known variants: "bốn tại chỗ" -> "4 tại chỗ", "bốn tại chỗ", "04 tại chỗ".

    Raises QueryError for less than two or more than a hundred characters.
    """
    plain = " ".join(unicodedata.normalize("NFC", phrase).split())
    if not _SHORTEST <= len(plain) <= _LONGEST:
        raise QueryError(f"a phrase to trace has {_SHORTEST} to {_LONGEST} characters, not {len(plain)}")
    for row in table("slogans"):
        known = (row["phrase"], *filter(None, row["variants"].split(";")))
        if key(plain) in map(key, known):
            return known
    return (plain,)


def trace(store: pyoxigraph.Store, data_dir: Path, phrase: str) -> Trace:
    """Search every text in DATA/texts and the titles of documents without one. Raises QueryError, see ``spellings``."""
    variants = spellings(phrase)
    pattern, facts, index = _pattern(variants), Facts(store), read_chain_index(store)
    found = [*_in_texts(facts, data_dir, pattern), *_in_titles(facts, index, pattern)]
    best: dict[tuple[str | None, str], Use] = {}
    for use in found:
        best.setdefault((use.document, use.source if use.document is None else ""), use)
    uses = sorted(best.values(), key=lambda use: (_day(index, use) is None, _day(index, use) or "", use.document or ""))
    users = {use.document for use in uses if use.document}
    return Trace(variants, tuple(uses), tuple(_passages(facts, index, users)), tuple(_spread(index, users)))


def _pattern(variants: Iterable[str]) -> re.Pattern[str]:
    """Any of the variants as whole words of a text's key: "4 tại chỗ" also over a line's end, or as "4  tại chỗ"."""
    words = (r"[\s\"',]+".join(map(re.escape, re.findall(r"[^\s\"',]+", key(each)))) for each in variants)
    return re.compile(rf"(?<!\w)(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\w)")


def _in_texts(facts: Facts, data_dir: Path, pattern: re.Pattern[str]) -> Iterator[Use]:
    """The uses in documents' own texts before those in reports."""
    for where, name in ((TEXT, "hasText"), (REPORT, "reportedIn")):
        documents: dict[str, list[str]] = {}
        for document, told_in in facts.pairs(cd(name)):
            documents.setdefault(told_in.value, []).append(document.value)
        for source in sorted(documents):
            sha256 = facts.value(NamedNode(source), cd("sha256"))
            text = read_text(data_dir, sha256) if sha256 else ""
            places = [match.span() for match in pattern.finditer(key(text))]
            yield from _uses(facts, sorted(documents[source]), where, source, text, places)


def _uses(
    facts: Facts, documents: Sequence[str], where: str, source: str, text: str, places: Sequence[tuple[int, int]]
) -> Iterator[Use]:
    by_document: dict[str | None, list[tuple[int, int]]] = {}
    spans = _norm_spans(facts, documents, source) if places and len(documents) > 1 else []
    for start, end in places:
        inside = (document for document, first, last in spans if first <= start and end <= last)
        document = documents[0] if len(documents) == 1 else next(inside, None)
        by_document.setdefault(document, []).append((start, end))
    for document, found in by_document.items():
        (start, end), count = found[0], len(found)
        yield Use(document, where, count, _around(text, start, end), source, start, end)


def _norm_spans(facts: Facts, documents: Sequence[str], source: str) -> list[tuple[str, int, int]]:
    """(document, start, end) of every duty read in the source."""
    found = []
    for document in documents:
        for norm in facts.subjects(cd("imposedBy"), NamedNode(document)):
            for target in facts.objects(norm, oa("hasTarget")):
                selector = facts.first(target, oa("hasSelector"))
                start, end = facts.value(selector, oa("start")), facts.value(selector, oa("end"))
                if start and end and facts.value(target, oa("hasSource")) == source:
                    found.append((document, int(start), int(end)))
    return found


def _around(text: str, start: int, end: int) -> str:
    """The phrase with some words on both sides, on one line."""
    before, after = text[max(0, start - _AROUND) : start], text[end : end + _AROUND]
    if start > _AROUND:
        before = "…" + before.partition(" ")[2]
    if end + _AROUND < len(text):
        after = after.rpartition(" ")[0] + "…"
    return " ".join(f"{before}{text[start:end]}{after}".split())


def _titles(facts: Facts, document: str) -> list[str]:
    return [value for name in (TITLE, ALTERNATIVE) for value in facts.values(NamedNode(document), name)]


def _in_titles(facts: Facts, index: ChainIndex, pattern: re.Pattern[str]) -> Iterator[Use]:
    """The uses in titles, as documents bear them or as others cite them, of documents whose own text is not held."""
    for head in index.heads.values():
        if not head.held:
            titles = (title for title in _titles(facts, head.iri) if pattern.search(key(title)))
            for title in list(titles)[:1]:
                yield Use(head.iri, IN_TITLE, 1, " ".join(title.split()))


def _passages(facts: Facts, index: ChainIndex, users: set[str]) -> Iterator[Passage]:
    for parent in sorted(users):
        for child in index.children(parent):
            if child in users:
                yield Passage(parent, child, CARRIED)
            else:
                seen = index.head(child).held or bool(_titles(facts, child))
                yield Passage(parent, child, DROPPED if seen else UNKNOWN)


def _spread(index: ChainIndex, users: set[str]) -> Iterator[Spread]:
    """From the top down; documents whose level is not known come last, under ""."""
    ranks: Mapping[str, int] = {name: level.rank for name, level in index.levels.items()}
    levels = {head.level or "" for head in index.heads.values()}
    for level in sorted(levels, key=lambda name: ranks.get(name, 9)):
        heads = [head for head in index.heads.values() if (head.level or "") == level]
        mine = [head for head in heads if head.iri in users]
        days = sorted(head.issued for head in mine if head.issued)
        held = sum(head.held or head.reported for head in heads)
        if mine or held:
            yield Spread(level, len(mine), held, next(iter(days), None), days[-1] if days else None)


def _day(index: ChainIndex, use: Use) -> str | None:
    return index.head(use.document).issued if use.document else None


def trace_rows(store: pyoxigraph.Store, found: Trace, lang: str = "vi") -> list[Row]:
    """Rows of ``COLUMNS``: every use by date, then who implements a user and left the phrase out."""
    carried = {passage.child: passage.parent for passage in found.passages if passage.fate == CARRIED}
    rows = [
        _use_row(store, use, _fate(found, use, carried), carried.get(use.document or ""), lang) for use in found.uses
    ]
    left_out = [passage for passage in found.passages if passage.fate != CARRIED]
    return rows + [_row(store, passage.child, lang) | _passage_cells(store, passage, lang) for passage in left_out]


def _fate(found: Trace, use: Use, carried: Mapping[str, str]) -> str:
    if use.document is None:
        return UNPLACED
    if use is found.uses[0]:
        return FIRST
    return CARRIED if use.document in carried else TAKEN_UP


def _use_row(store: pyoxigraph.Store, use: Use, fate: str, parent: str | None, lang: str) -> Row:
    cells = {
        "fate": fate,
        "superior": describe_document(store, parent, lang)["label"] if parent else None,
        "where": use.where,
        "count": use.count,
        "quote": use.quote,
        "source": use.source,
        "start": use.start,
        "end": use.end,
    }
    return _row(store, use.document, lang) | cells


def _passage_cells(store: pyoxigraph.Store, passage: Passage, lang: str) -> dict[str, object]:
    return {"fate": passage.fate, "superior": describe_document(store, passage.parent, lang)["label"]}


def _row(store: pyoxigraph.Store, document: str | None, lang: str) -> dict[str, object]:
    head = describe_document(store, document, lang) if document else {}
    known = {name: head.get(name) for name in ("issued", "level", "issuer")}
    return dict.fromkeys(COLUMNS) | known | {"document": head.get("label"), "iri": document}


def spread_rows(found: Trace) -> list[Row]:
    """Rows of ``SPREAD_COLUMNS``."""
    return [
        {"level": each.level, "documents": each.documents, "of_held": each.held, "first": each.first, "last": each.last}
        for each in found.spread
    ]
