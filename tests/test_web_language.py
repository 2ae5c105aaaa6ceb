"""Every word of the pages exists in both languages, and every one of them is used."""

import re
import tomllib
from pathlib import Path

import pytest

DYNAMIC = (
    "system_",
    "level_",
    "count_",
    "kind_",
    "mark_",
    "scope_",
    "shape_",
    "source_",
    "answer_",
    "error_",
    "state_",
    "step_",
    "fate_",
    "where_",
    "by_",
    "lag_",
    "limit_",
    "loaded_",
    "often_",
    "on_",
    "role_",
    "parameter_",
)


@pytest.fixture(scope="module")
def table(root: Path) -> dict[str, dict[str, str]]:
    """The dictionary."""
    return tomllib.loads((root / "web/language.toml").read_text(encoding="utf-8"))


def test_each_key_has_both_languages_and_they_differ_from_nothing(table: dict[str, dict[str, str]]) -> None:
    assert all(set(both) == {"vi", "en"} and all(both.values()) for both in table.values())


def test_the_templates_name_no_word_that_is_missing(table: dict[str, dict[str, str]], root: Path) -> None:
    used = {
        word for path in (root / "web/templates").glob("*.html") for word in re.findall(r"\bt\.(\w+)", path.read_text())
    }
    assert used <= table.keys()


def test_no_word_is_left_over(table: dict[str, dict[str, str]], root: Path) -> None:
    files = [*(root / "web/templates").glob("*.html"), *(root / "web").glob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in files)
    left_over = {key for key in table if not key.startswith(DYNAMIC) and not re.search(rf"\b{key}\b", text)}
    assert left_over == set()
