"""The changes that lead from units to units, with the act and a sentence in Vietnamese and English."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from history import END_OF_TIME, LAST_OLD_DAY, NEW_DAY, day_after, day_before
from register import Register, Row
from slices import Source, same_spelling, squeezed
from tables import rows

END_OF_DISTRICTS = "203/2025/QH15"
UNKNOWN_VI, UNKNOWN_EN = "chưa rõ đơn vị kế thừa", "successor not known"
ENGLISH = {
    "tỉnh": "Province",
    "thành phố": "City",
    "quận": "Urban District",
    "huyện": "District",
    "thị xã": "Town",
    "phường": "Ward",
    "xã": "Commune",
    "thị trấn": "Township",
    "đặc khu": "Special Zone",
}


@dataclass(frozen=True, slots=True)
class Change:
    """Units before and after (paths) and the act. A unit before that lost a part only goes on: see its valid_to."""

    key: str
    kind: str
    date: str
    act: str
    label_vi: str
    label_en: str
    before: tuple[str, ...]
    after: tuple[str, ...]


def columns(change: Change) -> Mapping[str, str]:
    """The change as changes.csv holds it."""
    return {
        "id": f"{change.date}/{change.key}",
        "kind": change.kind,
        "date": change.date,
        "act": change.act,
        "label_vi": change.label_vi,
        "label_en": change.label_en,
        "before": ";".join(change.before),
        "after": ";".join(change.after),
    }


def province_changes(register: Register) -> Iterator[Change]:
    """Mergers and upgrades of provinces, from provinces.csv."""
    by_path = {row.path: row for row in register.rows}
    merged: defaultdict[str, list[Row]] = defaultdict(list)
    for row in rows("provinces.csv"):
        if row["succeeded_by"]:
            merged[row["succeeded_by"]].append(by_path[row["path"]])
    for path, before in merged.items():
        after = by_path[path]
        yield _into(after, before, after.span.start, after.span.begun_by.split("; ")[0])


def successions(register: Register, former_names: Mapping[str, tuple[str, ...]]) -> Iterator[Change]:
    """Changes of districts and communes, that of 1 July 2025 aside."""
    ended = [
        row for row in register.rows if row.span.level != "province" and row.span.end not in (LAST_OLD_DAY, END_OF_TIME)
    ]
    targets: defaultdict[tuple[str, str], list[Row]] = defaultdict(list)
    by_path = {row.path: row for row in register.rows}
    split: set[str] = set()
    for row in ended:
        after = _successors(register, row, former_names)
        split.update(other.path for other in after if len(after) > 1)
        for other in after:
            targets[day_after(row.span.end), other.path].append(row)
        if not after:
            yield _abolished(row)
    for row in _begun(register):
        origin = _district_origin(register, row)
        if (row.span.start, row.path) not in targets and origin:
            split.add(row.path)
            targets[row.span.start, row.path].append(origin)
        elif (row.span.start, row.path) not in targets:
            yield _created(row)
    for (day, path), before in targets.items():
        act = by_path[path].span.begun_by if path in split else before[0].span.ended_by
        yield _into(by_path[path], before, day, act, "split" if path in split and len(before) == 1 else "")


def of_july_2025(register: Register, origins: Mapping[str, Sequence[Source]]) -> Iterator[Change]:
    """Each commune of the two-tier system and the old communes that it came from; the end of the districts."""
    island_districts: set[str] = set()
    for row in register.rows:
        if row.span.start != NEW_DAY or row.span.level != "commune":
            continue
        sources = origins[row.span.unit.code]
        before = [_old_unit(register, source.old) for source in sources]
        island_districts.update(unit.path for unit in before if unit.span.level == "district")
        whole = [unit for unit, source in zip(before, sources, strict=True) if source.whole]
        part = [unit for unit, source in zip(before, sources, strict=True) if not source.whole]
        yield _arranged(row, whole, part)
    districts: defaultdict[str, list[Row]] = defaultdict(list)
    for row in register.rows:
        if row.span.level == "district" and row.span.end == LAST_OLD_DAY and row.path not in island_districts:
            districts[row.parents[-1]].append(row)
    by_path = {row.path: row for row in register.rows}
    for path, ended in districts.items():
        yield _end_of_districts(by_path[path], ended)


def _begun(register: Register) -> Iterator[Row]:
    return (
        row
        for row in register.rows
        if row.span.level != "province" and row.span.start > "2019" and row.span.start != NEW_DAY
    )


def _successors(register: Register, row: Row, former_names: Mapping[str, tuple[str, ...]]) -> list[Row]:
    level, code, day = row.span.level, row.span.unit.code, day_after(row.span.end)
    named = _named_successors(level)
    codes = named.get(code, [])
    if register.on(level, code, day):
        codes = list(dict.fromkeys([code, *codes]))
    elif level == "commune" and code not in named:
        codes = _taken_over_by(register, row, day, former_names)
    return [found for found in (register.on(level, code, day) for code in codes) if found]


def _named_successors(level: str) -> Mapping[str, list[str]]:
    return {row["code"]: row["successors"].split(";") for row in rows(f"{level}_successors.csv")}


def _taken_over_by(register: Register, row: Row, day: str, former_names: Mapping[str, tuple[str, ...]]) -> list[str]:
    """The one commune of the same district that has the name as a former name, or begins under the same name."""
    unit = row.span.unit
    found = {code for code in former_names.get(squeezed(unit.full_name), ()) if _neighbours(register, row, code, day)}
    for other in register.begun("commune", day):
        same_name = other.span.unit.type == unit.type and same_spelling(other.span.unit.name, unit.name)
        if same_name and _share_district(row, other):
            found.add(other.span.unit.code)
    return sorted(found) if len(found) == 1 else []


def _neighbours(register: Register, row: Row, code: str, day: str) -> bool:
    """True when the code stood for a commune of the row's district on the day or the day before."""
    rows_ = (register.on("commune", code, day), register.on("commune", code, day_before(day)))
    return any(other and _share_district(row, other) for other in rows_)


def _share_district(one: Row, other: Row) -> bool:
    return one.span.unit.parent == other.span.unit.parent or not set(one.parents).isdisjoint(other.parents)


def _district_origin(register: Register, row: Row) -> Row | None:
    for found in rows("district_successors.csv") if row.span.level == "district" else ():
        if row.span.unit.code in found["successors"].split(";"):
            return register.on("district", found["code"], day_before(row.span.start))
    return None


def _old_unit(register: Register, code: str) -> Row:
    found = register.on("commune", code, LAST_OLD_DAY) or register.on("district", code, LAST_OLD_DAY)
    if not found:
        raise ValueError(f"no unit with code {code} on {LAST_OLD_DAY}")
    return found


def _into(after: Row, before: Sequence[Row], day: str, act: str, kind: str = "") -> Change:
    kind = kind or ("merge" if len(before) > 1 or after.span.start != day else _kind(before[0], after))
    first, before_vi, before_en = before[0], vietnamese(before), english(before)
    label_vi, label_en = {
        "merge": (f"Nhập {before_vi} thành {after.label}", f"{before_en} merged into {_en(after)}"),
        "upgrade": (f"Thành lập {after.label} từ {before_vi}", f"{_en(after)} established from {before_en}"),
        "rename": (f"Đổi tên {before_vi} thành {after.label}", f"{_en(first)} renamed {_en(after)}"),
        "transfer": (f"Chuyển {after.label} sang đơn vị cấp trên khác", f"{_en(after)} moved to another superior unit"),
        "split": (f"Tách {after.label} từ {before_vi}", f"{_en(after)} separated from {before_en}"),
    }[kind]
    if after.span.start != day:
        label_vi = f"Nhập {before_vi} vào {after.label}"
    return Change(after.path, kind, day, act, label_vi, label_en, _paths(before), (after.path,))


def _kind(before: Row, after: Row) -> str:
    if before.span.unit.type != after.span.unit.type:
        return "upgrade"
    return "transfer" if same_spelling(before.span.unit.name, after.span.unit.name) else "rename"


def _created(row: Row) -> Change:
    return Change(
        row.path,
        "create",
        row.span.start,
        row.span.begun_by,
        f"Thành lập {row.label}",
        f"{_en(row)} established",
        (),
        (row.path,),
    )


def _abolished(row: Row) -> Change:
    label_vi, label_en = f"Giải thể {row.label}", f"{_en(row)} abolished"
    if row.span.unit.code not in _named_successors(row.span.level):
        label_vi, label_en = f"{label_vi} ({UNKNOWN_VI})", f"{label_en} ({UNKNOWN_EN})"
    return Change(row.path, "abolish", day_after(row.span.end), row.span.ended_by, label_vi, label_en, (row.path,), ())


def _arranged(row: Row, whole: Sequence[Row], part: Sequence[Row]) -> Change:
    before = [*whole, *part]
    if len(before) > 1:
        kind = "merge"
    elif part:
        kind = "split"
    else:
        kind = "create" if before[0].span.level == "district" else _kind(before[0], row)
    vi = [unit.label for unit in whole] + [f"một phần {unit.label}" for unit in part]
    en = [_en(unit) for unit in whole] + [f"part of {_en(unit)}" for unit in part]
    label_vi, label_en = f"Thành lập {row.label} từ {_list(vi, 'và')}", f"{_en(row)} formed from {_list(en, 'and')}"
    if kind == "transfer":
        label_vi, label_en = f"Chuyển {row.label} về trực thuộc cấp tỉnh", f"{_en(row)} now directly under the province"
    return Change(row.path, kind, NEW_DAY, row.span.begun_by, label_vi, label_en, _paths(before), (row.path,))


def _end_of_districts(province: Row, ended: Sequence[Row]) -> Change:
    label_vi = f"Kết thúc hoạt động của đơn vị hành chính cấp huyện ở {province.label}"
    label_en = f"District level ended in {_en(province)}"
    return Change(
        f"{province.path}/districts", "abolish", NEW_DAY, END_OF_DISTRICTS, label_vi, label_en, _paths(ended), ()
    )


def _paths(units: Iterable[Row]) -> tuple[str, ...]:
    return tuple(unit.path for unit in units)


def vietnamese(units: Iterable[Row]) -> str:
    """ "xã A, xã B và xã C" """
    return _list([unit.label for unit in units], "và")


def english(units: Iterable[Row]) -> str:
    """ "A Commune, B Commune and C Commune" """
    return _list([_en(unit) for unit in units], "and")


def _list(labels: Sequence[str], last: str) -> str:
    return f" {last} ".join([", ".join(labels[:-1]), labels[-1]]) if len(labels) > 1 else labels[0]


def _en(row: Row) -> str:
    unit = row.span.unit
    word = ENGLISH[unit.type.lower()]
    return f"{word} {unit.name}" if unit.name.isdigit() else f"{unit.name} {word}"
