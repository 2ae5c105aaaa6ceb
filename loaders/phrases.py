"""Phrase tables: CSV files whose rows a jurist can read, as patterns over folded text."""

import csv
import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import TypeAlias

_Node: TypeAlias = dict[str, "_Node"]
_LETTERS = re.compile(r"^[^\W_]+(?![?*+{])")
"""The letters that a branch begins with, each of them once."""


@cache
def rows(name: str) -> tuple[Mapping[str, str], ...]:
    """The rows of ``loaders/<name>.csv``."""
    table = files("chidao.loaders").joinpath(f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(table.splitlines()))


@cache
def phrases(name: str, column: str) -> Mapping[str, Mapping[str, str]]:
    """Phrase -> its row; the phrase stands in ``column``."""
    return {row[column]: row for row in rows(name)}


def at_word(*branches: str, group: str = "") -> str:
    """A group of branches, each beginning with a plain letter, that matches at the start of a word: "\\b(?:…|…)".

    ``group`` is its name, if it has one.
    A search skips to the first letters of such a group, but stops at every character to try a "\\b" before it.
    """
    opening = f"?P<{group}>" if group else "?:"
    return f"({opening}{'|'.join(_LETTERS.sub(_first, branch, count=1) for branch in branches)})"


def _first(letters: re.Match[str]) -> str:
    """Letters that begin a word; what stands before them is looked at last, for they are seldom all there."""
    return rf"{letters[0]}(?<!\w{letters[0]})"


def alternation(chosen: Iterable[str], blank: str = r"\s+", wildcard: str = r"\S{1,12}") -> str:
    """The phrases as one pattern that reads each letter once, however many phrases begin with it; the longest wins.

    It matches at the start of a word, as `at_word` does.
    ``blank`` stands for each blank of a phrase, ``wildcard`` for each "*".
    """
    trie: _Node = {}
    for phrase in chosen:
        node = trie
        for letter in phrase:
            node = node.setdefault(letter, {})
        node[""] = {}
    special = {" ": blank, "*": wildcard}
    openings = {step: step if step.isalnum() else rf"\b{re.escape(step)}" for step in trie}
    return at_word(*(openings[step] + _branches(below, special) for step, below in trie.items()))


def _branches(node: _Node, special: Mapping[str, str]) -> str:
    ways = [special.get(step, re.escape(step)) + _branches(below, special) for step, below in node.items() if step]
    together = "|".join(ways) if len(ways) == 1 else f"(?:{'|'.join(ways)})"
    return f"(?:{together})?" if "" in node and ways else together if ways else ""


@cache
def pattern(name: str, column: str, classes: frozenset[str] | None = None) -> re.Pattern[str]:
    """One alternation of the phrases of a table, the longest first; a blank stands for any run of blanks.

    ``classes`` chooses rows by their column "class".
    """
    chosen = [phrase for phrase, row in phrases(name, column).items() if classes is None or row["class"] in classes]
    return re.compile(rf"{alternation(chosen)}\b")


def row_of(name: str, column: str, matched: str) -> Mapping[str, str]:
    """The row of a phrase as it was matched, whatever its blanks."""
    return phrases(name, column)[" ".join(matched.split())]
