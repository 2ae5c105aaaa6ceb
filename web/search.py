"""Finding documents by number in any spelling and bodies by name or abbreviation, with or without diacritics.

The words of a snapshot are folded and kept in a full-text table in memory, made at the first search after publishing.
Folding is ``graph.names.slug``: lower case, đ as d, marks off; the engine's own folding leaves đ as it is.
"""

import re
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from chidao.graph.names import plain_number, slug
from chidao.web import links
from chidao.web.links import Link
from chidao.web.reader import Reader

DOCUMENTS = """
SELECT ?thing ?symbol ?title ?issued ?type ?code ?system WHERE {
  ?thing a cd:Document .
  OPTIONAL { ?thing cd:symbol ?symbol }
  OPTIONAL { ?thing dcterms:title|dcterms:alternative ?title }
  OPTIONAL { ?thing cd:issued ?issued }
  OPTIONAL { ?thing cd:system ?system }
  OPTIONAL {
    ?thing cd:documentType ?concept . ?concept skos:notation ?code ; skos:prefLabel ?type . FILTER(LANG(?type) = "vi")
  }
}"""
ISSUERS = """
SELECT ?thing ?name WHERE { ?thing a cd:Document ; cd:issuedBy ?body . ?body skos:prefLabel|skos:altLabel ?name }"""
BODIES = """
SELECT ?thing ?name ?main WHERE {
  ?thing a ?class ; skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name ; skos:prefLabel ?main .
  FILTER(?class IN (cd:Body, cd:BodyGroup) && LANG(?main) IN ("", "vi"))
}"""
TABLE = """
CREATE VIRTUAL TABLE words
USING fts5(thing UNINDEXED, kind UNINDEXED, shown UNINDEXED, note UNINDEXED, symbol, name, title)"""
FOUND = """
SELECT thing, kind, shown, note FROM words WHERE words MATCH ?
ORDER BY bm25(words, 0, 0, 0, 0, 8, 4, 1), thing LIMIT ?"""

# What people write short; a body's own short names come with the register (skos:altLabel).
SHORT = {
    "uy ban nhan dan": "ubnd",
    "hoi dong nhan dan": "hdnd",
    "ban thuong vu": "btv",
    "mat tran to quoc": "mttq",
    "tinh uy": "tu",
    "thanh uy": "tu",
    "huyen uy": "hu",
    "dang uy": "du",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A hit: ``kind`` is "document" or "body"."""

    kind: str
    link: Link


def tokens(text: str) -> list[str]:
    """Folded words; numbers without padding, and apart from letters: "07-CT/HU" and "07CT HU" -> 7, ct, hu."""
    return [plain_number(word) if word.isdigit() else word for word in re.findall(r"\d+|[a-z]+", slug(text))]


def words(text: str) -> str:
    """What is indexed for ``text``: its tokens, and the abbreviations of what they spell out."""
    folded = " ".join(tokens(text))
    short = [abbreviation for spelled, abbreviation in SHORT.items() if spelled in folded]
    return " ".join((folded, *short))


def dates(iso: str) -> str:
    """The ways to write a date that people search by: "2021-10-19" -> day, month and year."""
    return " ".join(map(plain_number, filter(str.isdigit, iso.split("-"))))


class Index:
    """The words of one snapshot."""

    def __init__(self, reader: Reader) -> None:
        self._lock = Lock()
        self._table = sqlite3.connect(":memory:", check_same_thread=False)
        self._table.execute(TABLE)
        rows = (*_documents(reader), *_bodies(reader))
        self._table.executemany("INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?)", rows)

    def find(self, text: str, limit: int) -> list[Found]:
        """What has every word of ``text``, a word also as the beginning of a longer one; best first."""
        wanted = tokens(text)[:20]
        if not wanted:
            return []
        with self._lock:
            rows = self._table.execute(FOUND, (" ".join(map(_pattern, wanted)), limit)).fetchall()
        return [Found(kind, Link(shown, links.page(thing), note)) for thing, kind, shown, note in rows]


def _pattern(word: str) -> str:
    """A number is meant as a whole; letters may begin a word. Folded words hold letters and digits only."""
    return f'"{word}"' if word.isdigit() else f'"{word}"*'


@lru_cache(maxsize=2)
def index(snapshot: str, reader: Reader) -> Index:
    """The index of ``snapshot``, made once."""
    del snapshot
    return Index(reader)


def _documents(reader: Reader) -> Iterator[tuple[str, ...]]:
    issuers: dict[str, list[str]] = {}
    for row in reader.rows(ISSUERS):
        issuers.setdefault(row["thing"], []).append(row["name"])
    for thing, rows in _by_thing(reader.rows(DOCUMENTS)).items():
        named, issued = issuers.get(thing, []), rows[0].get("issued", "")
        symbols, titles, kinds = (_distinct(rows, key) for key in ("symbol", "title", "type"))
        shown = " ".join(filter(None, (kinds[:1] + (symbols or titles)[:1]))) or thing
        indexed = (words(" ".join(symbols + _distinct(rows, "code"))), words(" ".join(kinds + named)))
        yield thing, "document", shown, _note(issued, named), *indexed, f"{words(' '.join(titles))} {dates(issued)}"


def _note(issued: str, issuers: list[str]) -> str:
    return " · ".join(filter(None, ("/".join(reversed(issued.split("-"))), issuers[0] if issuers else "")))


def _bodies(reader: Reader) -> Iterator[tuple[str, ...]]:
    names: dict[str, dict[str, None]] = {}
    shown: dict[str, str] = {}
    for row in reader.rows(BODIES):
        names.setdefault(row["thing"], {})[row["name"]] = None
        shown[row["thing"]] = row["main"]
    for thing, labels in names.items():
        yield thing, "body", shown[thing], "", "", words(" ".join(labels)), ""


def _by_thing(rows: Iterable[dict[str, str]]) -> dict[str, list[dict[str, str]]]:
    """The rows of each thing: a document with two readings of its symbol has two."""
    grouped: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        grouped.setdefault(row["thing"], []).append(row)
    return grouped


def _distinct(rows: Iterable[dict[str, str]], key: str) -> list[str]:
    return list(dict.fromkeys(row[key] for row in rows if key in row))
