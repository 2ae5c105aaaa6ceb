"""The report of a load: what was read, what stayed open and what was refused, by reason; for people and as JSON."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path

from chidao.graph.errors import StoreError
from chidao.graph.tables import Row, format_rows
from chidao.loaders.ledger import Entry, entries

REMEMBERED = 2000
"""Files that DATA/report.json names at most, the refused ones first; the counts are of all."""
SHOWN = 200
"""Files for which a table for people has a row each."""
_COUNTED = ("documents", "citations", "unnamed", "duties", "unresolved", "unread")
COLUMNS = ("file", "status", *_COUNTED)
_NUMBER = re.compile(r"\d[\d.,]*")


@dataclass(slots=True)
class Tally:
    """Counts that grow while files are read; how many files there are does not matter to their size."""

    files: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    unresolved: Counter[str] = field(default_factory=Counter)

    def add(self, entry: Entry, how: str) -> None:
        """Count one file; ``how`` is the way in which it was read."""
        self.files.update(("files", entry.status, *([how] if how in ("extracted", "kept") else [])))
        self.found.update({name: getattr(entry.findings, name) for name in _COUNTED})
        self.unresolved.update(entry.findings.reasons)
        if entry.status == "refused":
            self.refused[kind_of(entry)] += 1


def kind_of(entry: Entry) -> str:
    """What refusals of one kind share: "a.pdf: 25,000 bytes, more than …; split the file" -> "… bytes, more than …"."""
    reason = entry.reason.removeprefix(f"{entry.path}: ").partition("; ")[0]
    return _NUMBER.sub("…", reason)


@dataclass(frozen=True, slots=True)
class LoadReport:
    """What came of a load of files into ``data_dir``, and the snapshot that holds the result.

    ``seconds`` were spent until all was written, ``publishing`` on the snapshot; ``started`` is an ISO time.
    """

    data_dir: Path
    snapshot: str
    started: str
    rules: str
    seconds: float
    publishing: float
    tally: Tally

    @property
    def files(self) -> int:
        """How many files were read or refused."""
        return self.tally.files["files"]

    @property
    def refused(self) -> int:
        """How many files were refused."""
        return self.tally.files["refused"]

    @property
    def read(self) -> int:
        """How many files are in the store now."""
        return self.files - self.refused

    def rows(self) -> Iterator[Row]:
        """A row for each file, in the order in which they were read; only until the next load begins."""
        return map(row_of, entries(self.data_dir))

    def summary(self) -> dict[str, object]:
        """Everything but the files, for JSON."""
        return {
            "started": self.started,
            "seconds": round(self.seconds, 2),
            "publishing_seconds": round(self.publishing, 2),
            "files_per_second": round(self.files / self.seconds, 1) if self.seconds else None,
            "rules": self.rules,
            "snapshot": self.snapshot,
            "counts": self._counts(),
            "refused_by_reason": dict(self.tally.refused.most_common()),
            "unresolved_by_reason": dict(self.tally.unresolved.most_common()),
        }

    def _counts(self) -> dict[str, int]:
        statuses = ("files", "loaded", "unchanged", "refused", "extracted", "kept")
        return {name: self.tally.files[name] for name in statuses} | {name: self.tally.found[name] for name in _COUNTED}

    def summary_rows(self) -> list[Row]:
        """The counts as rows of a table: what, why, how many."""
        plain: list[Row] = [{"what": what, "reason": "", "count": count} for what, count in self._counts().items()]
        reasons = (("refused", self.tally.refused), ("unresolved", self.tally.unresolved))
        return plain + [
            {"what": what, "reason": reason, "count": count}
            for what, counted in reasons
            for reason, count in counted.most_common()
        ]


def row_of(entry: Entry) -> Row:
    """What was read of a file, and what of it stayed open."""
    counts = {name: getattr(entry.findings, name) for name in _COUNTED}
    return {"file": shown(entry.path), "status": entry.status, **counts}


def shown(path: str) -> str:
    """The name of a file; of a member its whole way into the archive: "a.zip!/b/c.txt"."""
    file, *members = path.split("!/")
    return "!/".join((Path(file).name, *members))


def printed(report: LoadReport, form: str) -> Iterator[str]:
    """The report in one of the `FORMATS` of tables, piece by piece: a row for each file.

    As a table for people, more than `SHOWN` files are summed up by reason, and only the refused ones are named.
    """
    if form == "csv":
        yield format_rows([], form, COLUMNS)
        yield from (format_rows([row], form, COLUMNS).partition("\n")[2] for row in report.rows())
    elif form == "json":
        yield "["
        yield from (
            f"{',' if at else ''}\n  {json.dumps(row, ensure_ascii=False)}" for at, row in enumerate(report.rows())
        )
        yield "\n]\n"
    elif report.files <= SHOWN:
        yield format_rows(list(report.rows()), form)
    else:
        yield format_rows(report.summary_rows(), form)
        refused = [{"refused": entry.path, "reason": entry.reason} for entry in entries(report.data_dir, "refused")]
        yield "\n" + format_rows(refused, form) if refused else ""


def write_report(report: LoadReport, path: Path, most: int | None = None) -> None:
    """Write the report as JSON, whole or not at all; at most ``most`` files, the refused ones first.

    Raises StoreError where it can't be written.
    """
    refused, others = entries(report.data_dir, "refused"), _not_refused(report.data_dir)
    named = islice(chain(refused, others), most)
    unfinished = path.with_name(path.name + ".part")
    try:
        with unfinished.open("w", encoding="utf-8") as file:
            file.writelines(_json(report.summary(), named))
        unfinished.replace(path)
    except OSError as error:
        raise StoreError(f"{path}: the report can't be written: {error.strerror}; all else is done") from error


def _not_refused(data_dir: Path) -> Iterator[Entry]:
    return (entry for entry in entries(data_dir) if entry.status != "refused")


def _json(summary: Mapping[str, object], named: Iterable[Entry]) -> Iterator[str]:
    """The object piece by piece: a line for each file."""
    yield json.dumps(summary, ensure_ascii=False, indent=1)[:-2] + ',\n "files": ['
    for number, entry in enumerate(named):
        why = {"reason": entry.reason} if entry.reason else {}
        row = {"path": entry.path, **row_of(entry), **why}
        yield ("," if number else "") + "\n  " + json.dumps(row, ensure_ascii=False)
    yield "\n ]\n}\n"
