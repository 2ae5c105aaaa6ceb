"""The benchmarks run, in small, and give the figures that they promise; how fast anything is, no test asserts."""

import json
import math
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from chidao.benchmarks import sections
from chidao.benchmarks.engines import by_value
from chidao.benchmarks.measure import Figure, exponent, interleaved, times_quicker
from chidao.benchmarks.report import write_report

RATIOS = ("load_vs_rdflib", "load_vs_raw_bulk_load", "chain_vs_rdflib", "gaps_vs_naive", "endpoint_vs_in_process")
TO_EXTRAS = ("extract_vs_underthesea", "extract_vs_pyvi", "endpoint_vs_rdflib_endpoint", "endpoint_vs_oxigraph_server")
OTHERS = ("growth_exponent_chain", "bytes_per_document", "statements_per_document", "source_statements_per_document")
ABOUT: dict[str, Any] = {
    "date": "2024-01-31",
    "quick": True,
    "machine": {"cores": "2"},
    "versions": {"rdflib": "7"},
    "failed": ["pages"],
}


@pytest.mark.timeout(900)
def test_a_quick_run_gives_all_figures(root: Path) -> None:
    """Ratios are positive numbers; those to a peer that is not installed are null, with the reason."""
    command = [sys.executable, "-m", "benchmarks", "--quick", "--json"]
    run = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    assert run.returncode == 0, run.stderr[-4000:]
    found = json.loads(run.stdout)
    assert found["about"]["failed"] == []
    assert {key: found[key] for key in RATIOS if not (found[key] and 0 < found[key] < math.inf)} == {}
    assert all(math.isfinite(found[key]) for key in OTHERS)
    for key in TO_EXTRAS:
        assert found[key] > 0 if found[key] is not None else "not installed" in found["notes"][key]


def test_a_section_that_fails_does_not_stop_the_others(monkeypatch: pytest.MonkeyPatch) -> None:
    """What made it fail is kept, to be told."""
    monkeypatch.setattr(sections, "SECTIONS", {"one": "no_such_module", "other": "no_such_module_either"})
    found = list(sections.measured(["one", "other"], quick=True))
    assert [section.section for section in found] == ["one", "other"]
    assert all("ModuleNotFoundError" in section.problem and not section.figures for section in found)


def test_sides_are_measured_by_turns() -> None:
    """One turn of each counts for none: it warms up."""
    turns: list[str] = []
    seconds = interleaved({"a": lambda: turns.append("a"), "b": lambda: turns.append("b")}, rounds=2)
    assert turns == ["a", "b", "a", "b", "a", "b"]
    assert {name: len(spent) for name, spent in seconds.items()} == {"a": 2, "b": 2}


def test_a_ratio_is_the_median_of_those_of_each_round() -> None:
    """A disturbed round counts as one."""
    assert times_quicker({"ours": [1, 1, 1], "theirs": [2, 3, 100]}, "ours", "theirs") == 3


@pytest.mark.parametrize(("power", "expected"), [(0, 0), (1, 1), (2, 2)])
def test_the_exponent_of_a_power_is_that_power(power: int, expected: int) -> None:
    """Time that grows as the size does has the exponent 1."""
    sizes = (10.0, 100.0, 1000.0)
    assert exponent(sizes, [0.5 * size**power for size in sizes]) == pytest.approx(expected)


def test_answers_are_compared_by_value() -> None:
    """Engines write numbers and truth values in other letters, and rows in another order."""
    assert by_value([("1.50", "True"), ("a", "x")]) == by_value([("a", "x"), ("1.5", "true")])
    assert by_value([("1.5",)]) != by_value([("1.4",)])


def test_the_page_says_what_was_aimed_at_and_what_is_missing(tmp_path: Path) -> None:
    """A missed aim, a figure that could not be measured with its reason, and a section that failed."""
    figures = [
        Figure("growth_exponent_chain", 0.7, "exponent"),
        Figure("chain_vs_rdflib", None, note="rdflib is not installed"),
    ]
    write_report(tmp_path / "page.md", ABOUT, figures)
    page = (tmp_path / "page.md").read_text(encoding="utf-8")
    assert "| growth_exponent_chain | ≤ 0.2 | 0.7 | **missed** |" in page
    assert "| chain_vs_rdflib | ≥ 10 | – | not measured |" in page
    assert "rdflib is not installed" in page
    assert "failed and have no figures: pages" in page
