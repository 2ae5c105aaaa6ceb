"""What must hold of the register: counts by day, known changes, and the shape of the tables."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from changes import Change
from history import END_OF_TIME
from register import Register, Row

COUNTS = (  # day, provinces, districts, communes (None: not stated by a source)
    ("2021-10-19", 63, 705, None),
    ("2022-12-01", 63, 705, 10599),
    ("2025-01-15", 63, 696, None),
    ("2025-06-30", 63, 696, 10035),
    ("2025-12-01", 34, 0, 3321),
    ("2026-11-01", 34, 0, 3321),
)
TYPES_2025 = {"xã": 2621, "phường": 687, "đặc khu": 13}
COMMUNES_IN = (  # day, district, communes
    ("2021-10-19", "quang-ninh/ba-che", 8),
    ("2025-01-15", "quang-ninh/ba-che", 7),
    ("2021-10-19", "tuyen-quang/son-duong", 31),
    ("2023-06-01", "tuyen-quang/son-duong", 31),
    ("2025-01-15", "tuyen-quang/son-duong", 30),
)
EXIST = (  # path, a day on which it exists, a day on which it does not
    ("hai-duong/hai-duong", "2020-09-11", "2025-07-01"),
    ("thua-thien-hue", "2024-12-31", "2025-01-01"),
    ("hue", "2025-01-01", "2024-12-31"),
    ("quang-ninh/dong-trieu", "2024-10-31", "2024-11-01"),
    ("quang-ninh/dong-trieu-2024", "2024-11-01", "2024-10-31"),
    ("tuyen-quang-2025", "2025-07-01", "2025-06-30"),
    ("quang-ninh/ba-che-2025", "2025-07-01", "2025-06-30"),
)


def check(register: Register, changes: Iterable[Change]) -> None:
    """Raise ValueError with what is wrong."""
    by_path = {row.path: row for row in register.rows}
    _must(len(by_path) == len(register.rows), "two units share a path")
    for day, *expected in COUNTS:
        found = _count(register, day)
        for level, number in zip(("province", "district", "commune"), expected, strict=True):
            _must(number in (None, found[level]), f"{day}: {found[level]} at the level {level}, not {number}")
    types = Counter(
        row.span.unit.type for row in register.rows if row.span.level == "commune" and row.span.on("2025-12-01")
    )
    _must(types == TYPES_2025, f"communes of 2025 by type: {types}")
    for day, path, expected_communes in COMMUNES_IN:
        number = len(communes_in(register, path, day))
        _must(number == expected_communes, f"{day}: {number} communes in {path}, not {expected_communes}")
    for path, inside, outside in EXIST:
        _must(by_path[path].span.on(inside), f"{path} is missing on {inside}")
        _must(not by_path[path].span.on(outside), f"{path} should not be there on {outside}")
    _check_parents(by_path)
    _check_changes(by_path, list(changes))


def _must(holds: bool, message: str) -> None:
    if not holds:
        raise ValueError(message)


def communes_in(register: Register, path: str, day: str) -> list[Row]:
    """The communes that were part of a district on a day."""
    by_path = {row.path: row for row in register.rows}
    return [row for row in register.rows if row.span.on(day) and row.parents and parent_on(by_path, row, day) == path]


def parent_on(by_path: Mapping[str, Row], row: Row, day: str) -> str:
    """The first of the parents that had not ended on the day."""
    return next(parent for parent in row.parents if by_path[parent].span.end >= day)


def _count(register: Register, day: str) -> Counter[str]:
    return Counter(row.span.level for row in register.rows if row.span.on(day))


def _check_parents(by_path: Mapping[str, Row]) -> None:
    for row in by_path.values():
        _must(row.span.start <= row.span.end, f"{row.path} ends before it begins")
        _must(bool(re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+)*", row.path)), f"{row.path} is not a path")
        if row.parents:
            _must(row.path.startswith(row.parents[0] + "/"), str(row.path))
            for one, other in zip(row.parents, row.parents[1:], strict=False):
                apart = not by_path[one].span.overlaps(by_path[other].span)
                _must(apart, f"{row.path}: {one} and {other} were there on one day, so it has two superiors")
            last = by_path[row.parents[-1]].span
            _must(last.end >= row.span.end, f"{row.path} outlives {row.parents[-1]}")
            first = by_path[row.parents[0]].span
            _must(first.start <= (row.span.start or first.start), f"{row.path} is older than {row.parents[0]}")


def _check_changes(by_path: Mapping[str, Row], changes: list[Change]) -> None:
    ids = Counter((change.date, change.key) for change in changes)
    _must(max(ids.values()) == 1, str(ids.most_common(3)))
    linked = {path for change in changes for path in (*change.before, *change.after)}
    for change in changes:
        _must(set(change.before) | set(change.after) <= by_path.keys(), str(change))
    for row in by_path.values():
        if row.span.end != END_OF_TIME or row.span.start > "2020":
            _must(row.path in linked, f"no change tells why {row.path} begins or ends")
    merged = next(change for change in changes if change.after == ("tuyen-quang-2025",))
    _must(set(merged.before) == {"ha-giang", "tuyen-quang"}, str(merged))
