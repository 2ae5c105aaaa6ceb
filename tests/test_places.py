"""The table of places: every unit on every day, under the right one, and what each change did.

The shapes see only the places that a text names; what they ask of a place is asked here of all.
"""

import re
from collections import Counter
from itertools import combinations

import pytest

from chidao.ontology.changes import day_before
from chidao.ontology.places import LEVELS, Place
from chidao.ontology.register import Register, register


@pytest.fixture(scope="module")
def known() -> Register:
    return register()


def level_counts(known: Register, date: str) -> Counter[str]:
    return Counter(place.level for place in known.places.values() if place.valid_on(date))


@pytest.mark.parametrize(
    ("date", "provinces", "districts", "communes"),
    [
        ("2020-01-15", 63, 711, 10_767),
        ("2021-10-19", 63, 705, 10_599),
        ("2025-06-30", 63, 696, 10_035),
        ("2025-07-01", 34, 0, 3_321),
        ("2025-12-01", 34, 0, 3_321),
    ],
)
def test_the_units_of_a_day_are_as_many_as_the_statistics_office_counts(
    known: Register, date: str, provinces: int, districts: int, communes: int
) -> None:
    assert level_counts(known, date) == +Counter(province=provinces, district=districts, commune=communes)


@pytest.mark.parametrize(
    ("parent", "level", "date", "count"),
    [
        ("quang-ninh/ba-che", "commune", "2021-10-19", 8),
        ("quang-ninh/ba-che", "commune", "2025-01-01", 7),
        ("quang-ninh", "district", "2021-10-01", 13),
        ("quang-ninh", "commune", "2025-12-01", 54),
        ("quang-ninh", "commune", "2026-10-01", 0),
        ("quang-ninh-2026", "commune", "2026-10-01", 54),
        ("thai-nguyen", "district", "2020-07-28", 9),
        ("tuyen-quang/son-duong", "commune", "2023-05-07", 31),
        (None, "province", "2025-07-01", 34),
    ],
)
def test_what_lies_below_a_place_on_a_day(
    known: Register, parent: str | None, level: str, date: str, count: int
) -> None:
    assert len(known.places.below(parent, level, date)) == count


@pytest.mark.parametrize(
    ("path", "date", "upward"),
    [
        ("quang-ninh/ba-che-2025", "2026-08-31", ["quang-ninh/ba-che-2025", "quang-ninh"]),
        ("quang-ninh/ba-che-2025", "2026-09-01", ["quang-ninh/ba-che-2025", "quang-ninh-2026"]),
        ("quang-ninh/ba-che-2025", None, ["quang-ninh/ba-che-2025", "quang-ninh"]),
        ("hai-duong/hai-duong", "2030-01-01", ["hai-duong/hai-duong", "hai-duong"]),
        ("ha-tinh/loc-ha/thach-kim", "2024-12-31", ["ha-tinh/loc-ha/thach-kim", "ha-tinh/loc-ha", "ha-tinh"]),
        ("no/such/place", None, []),
        (None, None, []),
    ],
)
def test_the_way_upward_follows_the_day(known: Register, path: str | None, date: str | None, upward: list[str]) -> None:
    assert [place.path for place in known.upward(path, date)] == upward


def test_a_commune_lives_on_when_its_district_becomes_a_city(known: Register) -> None:
    moved = [place for place in known.places.values() if len(place.parents) > 1]
    assert len(moved) > 500
    for place in moved:
        first, *later = place.parents
        ended = known.places.last_day(first)
        assert ended is not None
        assert known.places.parent_path(place.path, ended) == first
        assert known.places.parent_path(place.path, "9999-12-31") == later[-1]


def test_the_superiors_of_a_place_followed_each_other(known: Register) -> None:
    """So "part of X, and X existed on the day" counts no place twice."""
    for place in known.places.values():
        above = [known.places[parent] for parent in place.parents]
        assert not any(_lived_together(*pair) for pair in combinations(above, 2)), place.path


def test_a_commune_of_a_district_merged_into_a_neighbour_is_a_new_unit(known: Register) -> None:
    change = known.place_changes.of("ha-tinh/ha-tinh/ho-do")[0]
    assert (change.kind, change.date, change.before) == ("transfer", "2025-01-01", ("ha-tinh/loc-ha/ho-do",))
    assert known.places.last_day("ha-tinh/loc-ha/ho-do") == "2024-12-31"


def test_thanh_pho_hai_duong_was_a_district_and_is_gone(known: Register) -> None:
    def of_the_day(date: str) -> list[str]:
        return [place.path for place in known.places_named("Hải Dương", "thành phố", date=date)]

    assert of_the_day("2020-09-11") == ["hai-duong/hai-duong"]
    assert of_the_day("2026-11-21") == []
    assert known.places["hai-duong/hai-duong"].level == "district"


def test_tuyen_quang_is_two_units_that_a_change_joins(known: Register) -> None:
    (change,) = [each for each in known.place_changes.of("tuyen-quang-2025") if "tuyen-quang-2025" in each.after]
    assert (change.date, change.act, change.before) == ("2025-07-01", "202/2025/QH15", ("ha-giang", "tuyen-quang"))
    assert known.place_changes.successors("tuyen-quang") == ("tuyen-quang-2025",)
    assert known.place_changes.predecessors("tuyen-quang-2025") == ("ha-giang", "tuyen-quang")
    assert known.place_changes.successors("quang-ninh/ba-che") == ()


def test_every_place_keeps_the_rules_of_the_table(known: Register) -> None:
    rank = {level: number for number, level in enumerate(LEVELS)}
    for place in known.places.values():
        assert re.fullmatch(r"[a-z0-9-]+(/[a-z0-9-]+){0,2}", place.path)
        assert place.code is None or re.fullmatch(r"\d{2}|\d{3}|\d{5}", place.code)
        assert (place.valid_from or "") <= (place.valid_to or "9999")
        assert (place.level == "province") == (not place.parents)
        assert all(rank[known.places[parent].level] < rank[place.level] for parent in place.parents)
        assert not re.search(r'["\\<>\n]', place.label_vi + place.label_en)
        assert all(_lived_together(place, known.places[parent]) for parent in place.parents)


def _lived_together(one: Place, other: Place) -> bool:
    return (one.valid_from or "") <= (other.valid_to or "9999") and (other.valid_from or "") <= (one.valid_to or "9999")


def test_every_change_names_places_that_stood_before_and_after_it(known: Register) -> None:
    for change in known.place_changes:
        assert all(known.places[path].valid_on(day_before(change.date)) for path in change.before), change.id
        assert all(known.places[path].valid_on(change.date) for path in change.after), change.id
        assert re.fullmatch(r"[a-z0-9/-]+", change.id)


def test_every_end_and_every_beginning_is_in_a_change(known: Register) -> None:
    for place in known.places.values():
        changes = known.place_changes.of(place.path)
        begins = {change.date for change in changes if place.path in change.after}
        ends = {day_before(change.date) for change in changes if place.path in change.before}
        early = place.valid_from and place.valid_from < "2020"
        assert not place.valid_from or early or place.valid_from in begins, place.path
        assert not place.valid_to or place.valid_to in ends, place.path
