"""What became of each file when it was last read: DATA/ledger.db, a table that a load goes on from after a kill.

It is a memory only: without it, or with a damaged one, everything is read again and nothing else changes.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from chidao.loaders.extraction import NOTHING, Findings

_SCHEMA = """
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, load INTEGER, number INTEGER,
    status TEXT, reason TEXT, sha256 TEXT, rules TEXT, findings TEXT
);
CREATE INDEX IF NOT EXISTS files_by_hash ON files (sha256);
CREATE INDEX IF NOT EXISTS files_by_load ON files (load, status, number);
"""
_COLUMNS = "path, status, reason, sha256, findings"


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of a load. ``status`` is "loaded", "unchanged" or "refused", ``reason`` that of a refusal."""

    path: str
    status: str
    reason: str = ""
    sha256: str = ""
    findings: Findings = NOTHING


class Ledger:
    """The table, open for the load that begins now. Use as a context manager."""

    def __init__(self, data_dir: Path, rules: str) -> None:
        """``rules`` names the rules and options by which this load reads."""
        self._rules = rules
        self._table = _opened(data_dir / "ledger.db")
        (last,) = self._table.execute("SELECT max(load) FROM files").fetchone()
        self._load, self._number = (last or 0) + 1, 0

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._table.close()

    def known(self, path: str) -> str:
        """The SHA-256 of what the store was given of this path by the same rules; empty where that is not known."""
        found = self._table.execute("SELECT sha256 FROM files WHERE path = ? AND rules = ?", (path, self._rules))
        return str((found.fetchone() or ("",))[0])

    def findings(self, path: str) -> Findings:
        """What was read at this path."""
        found = self._table.execute("SELECT findings FROM files WHERE path = ?", (path,)).fetchone()
        return Findings(**json.loads(found[0])) if found else NOTHING

    def hash_at(self, path: str) -> str:
        """The SHA-256 of what was last read at the path; empty where nothing was."""
        found = self._table.execute("SELECT sha256 FROM files WHERE path = ?", (path,)).fetchone()
        return str(found[0]) if found else ""

    def begin(self, entries: Iterable[Entry]) -> None:
        """Forget what is known of the paths and bytes of these: they are about to be written."""
        keys = [(entry.path, entry.sha256) for entry in entries]
        with self._table:
            self._table.executemany("UPDATE files SET rules = '' WHERE path = ? OR sha256 = ?", keys)

    def note(self, entries: Iterable[Entry]) -> None:
        """Write down what became of these files, durably, in this order."""
        with self._table:
            for entry in entries:
                self._number += 1
                row = (entry.status, entry.reason, entry.sha256, self._rules, json.dumps(asdict(entry.findings)))
                self._table.execute(
                    "INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (entry.path, self._load, self._number, *row),
                )

    def holds(self, paths: Iterable[str]) -> bool:
        """True where this load has read one of these paths."""
        query = "SELECT 1 FROM files WHERE load = ? AND path = ?"
        return any(self._table.execute(query, (self._load, path)).fetchone() for path in paths)


def entries(data_dir: Path, status: str | None = None) -> Iterator[Entry]:
    """The files of the last load, in the order in which they were read; ``status`` chooses some."""
    query = f"SELECT {_COLUMNS} FROM files WHERE load = (SELECT max(load) FROM files)"  # noqa: S608 (constants)
    chosen = (" AND status = ?", (status,)) if status else ("", ())
    with closing(_opened(data_dir / "ledger.db")) as table:
        for path, held, reason, sha256, findings in table.execute(f"{query}{chosen[0]} ORDER BY number", chosen[1]):
            yield Entry(path, held, reason, sha256, Findings(**json.loads(findings)))


def _opened(path: Path) -> sqlite3.Connection:
    """The table; one that can't be read is made anew."""
    try:
        return _connected(path)
    except sqlite3.DatabaseError:
        for end in ("", "-journal"):
            with suppress(FileNotFoundError):
                path.with_name(path.name + end).unlink()
        return _connected(path)


def _connected(path: Path) -> sqlite3.Connection:
    table = sqlite3.connect(path)
    table.executescript(_SCHEMA)
    return table
