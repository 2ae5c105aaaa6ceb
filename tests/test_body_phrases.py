"""Eight hundred phrases in context, each with the body, the group or the reason why it stays open (``body_phrases.csv``).

``means`` is the path of a body, "group <level> <place> <members>", or why no body is meant: "ambiguous", "place"
(unknown or not stated), "contradiction", "not yet", "never", "date", "several", "unknown".
"""

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from chidao.ontology.mentions import (
    AMBIGUOUS,
    AMBIGUOUS_NAME,
    CONTRADICTION,
    IMPOSSIBLE_DATE,
    NEVER,
    NO_PLACE,
    NOT_YET,
    SEVERAL,
    UNKNOWN_NAME,
    UNKNOWN_PLACE,
)
from chidao.ontology.register import Context, Resolution, register

OPEN = {
    AMBIGUOUS: "ambiguous",
    AMBIGUOUS_NAME: "ambiguous",
    CONTRADICTION: "contradiction",
    IMPOSSIBLE_DATE: "date",
    NEVER: "never",
    NO_PLACE: "place",
    NOT_YET: "not yet",
    SEVERAL: "several",
    UNKNOWN_NAME: "unknown",
    UNKNOWN_PLACE: "place",
}


def phrases() -> list[dict[str, str]]:
    """The rows of the table."""
    with (Path(__file__).parent / "body_phrases.csv").open(encoding="utf-8", newline="") as table:
        return list(csv.DictReader(table))


def meaning(row: Mapping[str, str], found: Resolution) -> str:
    """What the register makes of a phrase, as the table writes it."""
    if found.entry:
        return found.entry.path
    if found.group:
        group = found.group
        members = register().members(group.label, group.place_path, row["date"])
        return f"group {group.level or '-'} {group.place_path or '-'} {len(members)}"
    return OPEN.get(found.reason or "", found.reason or "")


@pytest.mark.parametrize("row", phrases(), ids=lambda row: f"{row['phrase']}-{row['place']}-{row['date']}")
def test_a_phrase_means_what_a_reader_would_say(row: Mapping[str, str]) -> None:
    found = register().resolve(row["phrase"], Context(row["place"] or None, row["date"] or None))
    assert meaning(row, found) == row["means"], row["why"]


def test_the_table_is_large_and_its_places_exist() -> None:
    rows = phrases()
    assert len(rows) >= 750
    assert all(not row["place"] or register().place(row["place"]) for row in rows)


@pytest.mark.parametrize(
    "row", [row for row in phrases() if row["means"] == "ambiguous"], ids=lambda row: row["phrase"]
)
def test_an_ambiguous_phrase_names_its_candidates(row: Mapping[str, str]) -> None:
    found = register().resolve(row["phrase"], Context(row["place"] or None, row["date"] or None))
    assert found.entry is None
    assert all(register().entry(path) for path in found.candidates)
    assert found.candidates
