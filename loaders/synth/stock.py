"""The stock of words: subjects with their duties, forms of documents, slips of scans, which body has which role."""

import csv
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, cast


@dataclass(frozen=True, slots=True, eq=False)
class Action:
    """A duty of the stock: ``wordings`` that say the same, with what their slots can hold (see subjects.toml)."""

    roles: Mapping[str, str]
    wordings: tuple[str, ...]
    objects: tuple[str, ...]
    areas: tuple[str, ...] = ()
    targets: tuple[int, ...] = ()
    reporting: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Subject:
    """What documents can be about; ``actions`` are its own duties, then those that fit every subject."""

    name: str
    titles: tuple[str, ...]
    situations: tuple[str, ...]
    actions: tuple[Action, ...]


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads(files("chidao.loaders.synth").joinpath(name).read_text(encoding="utf-8"))


def _rows(name: str) -> list[dict[str, str]]:
    with files("chidao.loaders.synth").joinpath(name).open(encoding="utf-8") as table:
        return list(csv.DictReader(table))


def _action(row: Mapping[str, Any]) -> Action:
    return Action(
        {"state": row["state"], "party": row["party"]},
        tuple(row["wordings"]),
        tuple(row["objects"]),
        tuple(row.get("areas", ())),
        tuple(row.get("targets", ())),
    )


@cache
def subjects() -> tuple[Subject, ...]:
    """The subjects of subjects.toml."""
    table = _toml("subjects.toml")
    common = tuple(map(_action, table["common"]))
    return tuple(
        Subject(row["name"], tuple(row["titles"]), tuple(row["situations"]), (*map(_action, row["action"]), *common))
        for row in table["subject"]
    )


@cache
def phrases() -> Mapping[str, Any]:
    """The forms of phrases.toml as they stand there."""
    return _toml("phrases.toml")


@cache
def prose() -> Mapping[str, Any]:
    """The forms of prose.toml as they stand there."""
    return _toml("prose.toml")


def variants(section: str, name: str) -> Sequence[str]:
    """The ways to say one thing."""
    return cast(Sequence[str], phrases()[section][name])


@cache
def reporting() -> Action:
    """The duty to report, which every document ends with."""
    return Action(
        {"state": "subordinates", "party": "subordinates"}, tuple(variants("reporting", "wordings")), (), reporting=True
    )


@cache
def roles() -> Mapping[tuple[str, str], tuple[str, ...]]:
    """The slugs of the bodies that have a role at a level, the earlier ones first."""
    return {(row["role"], row["level"]): tuple(row["bodies"].split(";")) for row in _rows("roles.csv")}


@cache
def slips() -> tuple[tuple[str, str], ...]:
    """Words as printed and as a scan reads them."""
    return tuple((row["printed"], row["scanned"]) for row in _rows("slips.csv"))
