"""What happened to places and bodies: mergers, splits, new names and ends, each with its day and its act."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from chidao.ontology.tables import packed_rows, rows, values

COLUMNS = ("id", "kind", "date", "act", "label_vi", "label_en", "before", "after")


@dataclass(frozen=True, slots=True)
class Change:
    """One event. ``kind`` is merge, split, abolish, create, rename, upgrade or transfer; ``date`` the first day after.

    ``before`` and ``after`` are paths; a unit before that goes on (it gave a part) ends on no day before ``date``.
    """

    id: str
    kind: str
    date: str
    act: str
    label_vi: str
    label_en: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Changes:
    """Changes by what they changed. ``ends`` gives the last day of what stands at a path, None while it goes on."""

    def __init__(self, changes: Iterable[Change], ends: Callable[[str], str | None]) -> None:
        self._ends = ends
        self._of: dict[str, list[Change]] = {}
        self._all = tuple(changes)
        for change in self._all:
            for path in {*change.before, *change.after}:
                self._of.setdefault(path, []).append(change)

    def __iter__(self) -> Iterator[Change]:
        return iter(self._all)

    def of(self, path: str) -> tuple[Change, ...]:
        """The changes that made, altered or ended what stands at the path, the earliest first."""
        return tuple(self._of.get(path, ()))

    def successors(self, path: str) -> tuple[str, ...]:
        """What took the place of ``path`` when it ended; several where it was split, none where it just ended."""
        changes = [change for change in self.of(path) if path in change.before and self._ended(path, change)]
        return tuple(dict.fromkeys(after for change in changes for after in change.after if after != path))

    def predecessors(self, path: str) -> tuple[str, ...]:
        """What ended and was followed by ``path``."""
        changes = [change for change in self.of(path) if path in change.after]
        before = ((each, change) for change in changes for each in change.before)
        return tuple(dict.fromkeys(each for each, change in before if each != path and self._ended(each, change)))

    def _ended(self, path: str, change: Change) -> bool:
        return self._ends(path) == day_before(change.date)


def read_place_changes() -> Iterator[Change]:
    """The changes of places since the end of 2019, in the order of time."""
    for name, kind, day, act, label_vi, label_en, before, after in packed_rows("changes", COLUMNS):
        yield Change(name, kind, day, act, label_vi, label_en, values(before), values(after))


def read_central_changes() -> Iterator[Change]:
    """The changes of central bodies."""
    for row in rows("body_changes"):
        lists = {"before": values(row["before"]), "after": values(row["after"])}
        yield Change(**(dict(row) | lists))  # type: ignore[arg-type]


@cache
def day_before(iso: str) -> str:
    """The ISO day before an ISO day."""
    return (date.fromisoformat(iso) - timedelta(days=1)).isoformat()
