"""Finding documents by number in any spelling and bodies by name or abbreviation, with or without diacritics.

The words of a snapshot are kept in a full-text table in memory, made once for each snapshot and beside the requests:
while that of a new snapshot is being made, the one before answers.
"""

import sqlite3
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import lru_cache
from threading import Lock

from chidao.web import links
from chidao.web.links import Link
from chidao.web.reader import Reader
from chidao.web.search_rows import index_rows
from chidao.web.search_words import asked, beginnings, patterns

PATIENCE = 1.0  # seconds that a search waits for the index of a new snapshot before it takes the one before
TABLE = """
CREATE VIRTUAL TABLE words USING fts5(
  thing UNINDEXED, kind UNINDEXED, shown UNINDEXED, note UNINDEXED, whole UNINDEXED, symbol, name, short, title)"""
FOUND = """
SELECT thing, kind, shown, note FROM words WHERE words MATCH ? AND kind LIKE ?
ORDER BY instr(whole, ?) = 0, bm25(words, 0, 0, 0, 0, 0, 8, 4, 4, 1), thing LIMIT ?"""


@dataclass(frozen=True, slots=True)
class Found:
    """A hit: ``kind`` is "document" or "body"."""

    kind: str
    link: Link
    iri: str


class Index:
    """The words of one snapshot."""

    def __init__(self, reader: Reader) -> None:
        self._lock = Lock()
        self._table = sqlite3.connect(":memory:", check_same_thread=False)
        self._table.execute(TABLE)
        self._table.executemany("INSERT INTO words VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", index_rows(reader))

    def find(self, text: str, limit: int, kind: str = "%") -> list[Found]:
        """What has every word of ``text``: first what is called just so, then by weight; of one kind or of all.

        Where there is none, words may also be beginnings of longer ones.
        """
        wanted = asked(text)
        if not wanted:
            return []
        found: dict[str, Found] = {}
        for pattern in patterns(wanted):
            found |= self._matching(pattern, wanted, limit, kind)
        return list((found or self._matching(beginnings(wanted), wanted, limit, kind)).values())[:limit]

    def _matching(self, pattern: str, wanted: list[str], limit: int, kind: str) -> dict[str, Found]:
        with self._lock:
            rows = self._table.execute(FOUND, (pattern, kind, f"|{' '.join(wanted)}|", limit)).fetchall()
        return {thing: Found(of, Link(shown, links.page(thing), note), thing) for thing, of, shown, note in rows}


class Search:
    """The index of the current snapshot; while that is being made, the one of the snapshot before it."""

    def __init__(self, reader: Reader) -> None:
        self._reader = reader
        self._lock = Lock()
        self._snapshot = ""
        self._coming: Future[Index] = Future()
        self._ready: Index | None = None

    def prepare(self, snapshot: str) -> "Future[Index]":
        """Begin to make the index of ``snapshot``, where that has not begun or came to nothing."""
        with self._lock:
            failed = self._coming.done() and self._coming.exception() is not None
            if snapshot != self._snapshot or failed:
                thread = ThreadPoolExecutor(1, "search")
                self._snapshot, self._coming = snapshot, thread.submit(Index, self._reader)
                thread.shutdown(wait=False)
            return self._coming

    def find(self, snapshot: str, text: str, limit: int, kind: str = "%") -> list[Found]:
        """See ``Index.find``. Raises what the reader raises where the index can't be made."""
        return self._index(snapshot).find(text, limit, kind)

    def _index(self, snapshot: str) -> Index:
        coming, before = self.prepare(snapshot), self._ready
        try:
            self._ready = coming.result(None if before is None else PATIENCE)
        except TimeoutError:
            if before is None or coming.done():
                raise
            return before
        return self._ready


@lru_cache(maxsize=4)
def search(reader: Reader) -> Search:
    """The search of one site."""
    return Search(reader)
