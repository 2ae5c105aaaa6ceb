"""Compare a built register with lists under the GPL: ``python tools/places/crosscheck.py --out DIR --lists DIR``.

For the developer's eyes only: it prints differences and writes nothing, and no row of these lists enters the register.
``--lists`` holds vietnam_provinces-*.whl (0.2.2, 0.5.0, 0.6.0, 2026.9.0) and dvhcvn-*.tgz as pip and npm fetch them.
"""

import argparse
import csv
import json
import re
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from slices import same_spelling, squeezed, typed
from tables import rows

LISTS = (  # file, the day that it is compared on
    ("vietnam_provinces-0.2.2-py3-none-any.whl", "2020-01-15"),
    ("dvhcvn-1.0.20221001.tgz", "2022-10-15"),
    ("vietnam_provinces-0.5.0-py3-none-any.whl", "2023-05-07"),
    ("dvhcvn-1.1.20240501.tgz", "2024-05-15"),
    ("dvhcvn-1.1.20241101.tgz", "2024-11-15"),
    ("vietnam_provinces-0.6.0-py3-none-any.whl", "2025-01-04"),
    ("dvhcvn-1.2.20250301.tgz", "2025-03-15"),
    ("vietnam_provinces-2026.9.0-py3-none-any.whl", "2025-12-01"),
)
UNIT = re.compile(r"new Level[23]\([\d, ]+,\s*[\"'](\d+)[\"'],\s*(?:\"([^\"]*)\"|'((?:[^'\\]|\\.)*)')")


def main() -> None:
    """Print, for each list, what it has that the register has not on that day, and the other way round."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, required=True, help="folder with places.csv")
    parser.add_argument("--lists", type=Path, required=True, help="folder with the lists")
    arguments = parser.parse_args()
    with (arguments.out / "places.csv").open(encoding="utf-8", newline="") as file:
        places = [row for row in csv.DictReader(file) if row["level"] != "province"]
    for name, day in LISTS:
        if (arguments.lists / name).exists():
            compare(name, day, places, dict(listed(arguments.lists / name)))


def compare(name: str, day: str, places: list[dict[str, str]], other: dict[str, str]) -> None:
    """Print the differences between a list and the register on a day."""
    ours = {row["code"]: row for row in places if row["valid_from"] <= day <= (row["valid_to"] or "9")}
    missing, extra = sorted(set(other) - set(ours)), sorted(set(ours) - set(other))
    print(
        f"== {name} on {day}: {len(other)} there, {len(ours)} here, {len(missing)} missing here, {len(extra)} only here"
    )
    recoded = {squeezed(other[code]) for code in missing} & {squeezed(_full_name(ours[code])) for code in extra}
    print(f"   {len(recoded)} names stand on both sides under another code and are left out")
    for code in missing:
        if squeezed(other[code]) not in recoded:
            print(f"   missing {code} {other[code]}")
    for code in extra:
        if squeezed(_full_name(ours[code])) not in recoded:
            print(f"   only here {code} {ours[code]['path']} ({ours[code]['source']})")
    known = {row["code"] for row in rows("spellings.csv")}
    for code in sorted((set(ours) & set(other)) - known):
        type_, unit_name = typed(other[code])
        if type_ != ours[code]["type"] or not same_spelling(unit_name, ours[code]["name"]):
            print(
                f"   {code} there {other[code]!r}, here {ours[code]['path']} {ours[code]['type']} {ours[code]['name']}"
            )


def _full_name(row: dict[str, str]) -> str:
    return f"{row['type']} {row['name']}"


def listed(path: Path) -> Iterator[tuple[str, str]]:
    """The districts and communes of a list: code and full name."""
    if path.suffix == ".tgz":
        with tarfile.open(path) as archive:
            member = archive.extractfile("package/lib/index.js")
            text = member.read().decode("utf-8") if member else ""
        for code, double, single in UNIT.findall(text):
            yield code, double or single.replace("\\'", "'")
        return
    with zipfile.ZipFile(path) as archive:
        provinces = json.loads(archive.read("vietnam_provinces/data/nested-divisions.json"))
    for province in provinces:
        for district in province.get("districts", []):
            yield f"{district['code']:03d}", district["name"]
        for above in province.get("districts", [province]):
            for ward in above["wards"]:
                yield f"{ward['code']:05d}", ward["name"]


if __name__ == "__main__":
    main()
