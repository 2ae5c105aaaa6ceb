"""The commands that look at chains: tables on stdout, all else on stderr, exit status 1 for what is not known."""

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from icalendar import Calendar

from chidao.__main__ import main


def run(data: Path, *arguments: str):
    return CliRunner().invoke(main, [*arguments, "--data", str(data)])


def test_the_gaps_of_18_ct_tu(corpus_data: Path) -> None:
    """Thirteen districts, Ba Chẽ after one day, the scope assumed."""
    rows = list(csv.DictReader(io.StringIO(run(corpus_data, "gaps", "18-CT/TU", "--format", "csv").stdout)))
    assert len(rows) == 13
    assert {row["scope"] for row in rows} == {"assumed"}
    assert [(row["label"], row["lag_days"]) for row in rows if row["state"] == "issued"] == [("Huyện ủy Ba Chẽ", "1")]
    assert [row["state"] for row in rows].count("no texts held for this body") == 12


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["gaps", "142/KH-UBND"], "nothing among the texts held"),
        (["gaps", "2291/ubnd-nn"], "body did not exist then"),
        (["gaps", "142/KH-UBND", "--other-days"], "on other days"),
        (["lag"], "level skip"),
        (["lag", "--summary"], "median"),
        (["lag", "68-CT/TW", "--by", "province"], "tỉnh Quảng Ninh"),
        (["compare", "68-CT/TW", "--level", "district"], "huyện Sơn Dương"),
        (["trace", "lũ quét"], "first use"),
        (["trace", "lũ quét", "--spread"], "commune"),
        (["reporting", "UBND huyện Ba Chẽ"], "monthly 22"),
        (["workload", "UBND huyện Ba Chẽ", "--lang", "en"], "Plan 142/KH-UBND"),
        (["calendar", "UBND huyện Ba Chẽ"], "BEGIN:VCALENDAR"),
    ],
)
def test_what_they_print(sample_data: Path, arguments: list[str], expected: str) -> None:
    done = run(sample_data, *arguments)
    assert done.exit_code == 0, done.output
    assert expected in done.stdout


@pytest.mark.parametrize("command", ["gaps", "lag", "compare", "trace", "reporting", "workload"])
def test_each_gives_json(sample_data: Path, command: str) -> None:
    about = {"trace": "lũ quét", "reporting": "UBND huyện Ba Chẽ", "workload": "UBND huyện Ba Chẽ"}
    done = run(sample_data, command, about.get(command, "68-CT/TW"), "--format", "json")
    assert json.loads(done.stdout)


@pytest.mark.parametrize(
    "arguments",
    [["gaps", "99-CT/TU"], ["lag", "x"], ["compare", "x"], ["trace", "x"], ["workload", "x"], ["calendar", "x"]],
)
def test_what_is_not_known_is_said(sample_data: Path, arguments: list[str]) -> None:
    done = run(sample_data, *arguments)
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr.startswith("chidao: ")


def test_issuer_and_year_tell_equal_symbols_apart(sample_data: Path) -> None:
    assert run(sample_data, "gaps", "68-CT/TW", "--year", "1999").exit_code == 1
    assert run(sample_data, "gaps", "68-CT/TW", "--year", "2023", "--issuer", "Ban Bi thu").exit_code == 0


def test_the_calendar_can_be_read(sample_data: Path) -> None:
    assert len(list(Calendar.from_ical(run(sample_data, "calendar", "UBND huyện Ba Chẽ").stdout).walk("VEVENT"))) == 5
