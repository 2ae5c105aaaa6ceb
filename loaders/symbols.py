"""Read "số, ký hiệu" (number and symbol) in any spelling that offices, portals and scans give it.

Grammar (Decree 30/2020/NĐ-CP, Annex I; 36-HD/VPTW II.1.3): hyphen then slash is a Party symbol (07-CT/HU), slash then
hyphen a State one (16/CT-TTg), a year between two slashes makes it normative (30/2020/NĐ-CP), no type code makes it
a letter (932/UBND-KGVX), and the National Assembly numbers by term (202/2025/QH15).

Every symbol holds a slash and few other things do: the slash is found first, then what stands on its two sides is read.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

from chidao.graph.names import Symbol
from chidao.loaders.types import words_of

# "66.4/2025/NQ-CP" (a decimal series of the Government), "30c/NQ-CP"
_NUMBER = r"(?<![\w/.])(?<!\d-)(?P<n>\d{1,5}(?:\.\d{1,2})?[a-zđ]?)"
_YEAR = r"(?:19|20)\d\d"
_CODE = r"[A-ZĐƯ][A-Za-zĐđƯư0-9&]{1,14}"
_PARTY_ORGANS = re.compile(r"(?:TW|TƯ|TU|HU|ĐU|QU|ThU|TXU)$|^ĐU")
_SLASH = re.compile(r"/\s?(?=[^\W_])")
_BEFORE = 40  # code points to the left of the slash in which number and type stand
_AFTER = 72  # and to its right: year, type, issuer, unit

# Codes as typed without marks or in capitals: "30/2020/ND-CP", "1165/QD-TTg", "27-CTR/TU"
_TYPE_SPELLINGS = {"ND": "NĐ", "QD": "QĐ", "QDi": "QĐi", "CD": "CĐ", "CTR": "CTr", "Ctr": "CTr", "TTR": "TTr"}
_ISSUER_SPELLINGS = {"HDND": "HĐND", "BCD": "BCĐ", "TTG": "TTg"}
# Cyrillic letters that look like Latin ones, left by converters of scanned text: "105/2025/TT-BTС"
_LOOK_ALIKES = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")


class FoundSymbol(NamedTuple):
    """A symbol in a text, and what had to be repaired to read it.

    ``flags``: "state_punctuation" (217/QĐ-TW), "lost_hyphen" (1961/QĐUBND), "unknown_type" (12-XY/TW), "ascii"
    (30/2020/ND-CP).
    """

    start: int
    end: int
    symbol: Symbol
    flags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Form:
    """One way to write a symbol: what ends at the slash, and what begins behind it."""

    style: str
    head: re.Pattern[str]
    tail: re.Pattern[str]
    flag: str | None = None


@cache
def _forms() -> tuple[_Form, ...]:
    codes = sorted({*words_of(), *_TYPE_SPELLINGS}, key=len, reverse=True)
    types = "|".join(map(re.escape, codes))
    number = re.compile(rf"{_NUMBER}\s*+$")
    party_issuer = re.compile(r"\s*+(?P<i>[A-ZĐƯ][A-Za-zĐđƯư0-9]{1,12}(?:-[A-ZĐ]{1,8})?)(?!\w)")
    state_issuer = rf"(?P<i>{_CODE}(?:\s?-\s?[A-ZĐ][A-Za-zĐđ0-9&]{{1,10}}){{0,3}})(?!\w)"
    return (
        # 202/2025/QH15, 76/2025/UBTVQH15
        _Form("assembly", number, re.compile(rf"\s*+(?P<y>{_YEAR})\s*+/\s*+(?P<i>(?:UBTV)?QH(?:1\d|\d))(?=\d?(?!\w))")),
        # 07-CT/HU, 632 - CV/HU, 07 -CT/HU, 367-QĐ/TWĐTN-VP
        _Form("party", re.compile(rf"{_NUMBER}\s*+-\s*+(?P<t>{types})\s*+$"), party_issuer),
        # 16/CT-TTg, 30/2020/NĐ-CP, 11/2004/TTLT-BNN-BNV, 12/CĐ.UBND, 217/QĐ-TW
        _Form(
            "state",
            number,
            re.compile(rf"\s*+(?:(?P<y>{_YEAR})\s*+/\s*+)?(?P<t>{types})\s*+[-.]\s*+{state_issuer}"),
        ),
        # 61/2018/NĐCP, 10/2024/TTBTC; without a year only before codes that leave no doubt: 1961/QĐUBND
        _Form(
            "state",
            number,
            re.compile(rf"\s*+(?P<y>{_YEAR})/(?P<t>{types})\s?(?P<i>CP|TTg|UBND|HĐND|B[A-ZĐ]{{1,6}})(?!\w)"),
            "lost_hyphen",
        ),
        _Form("state", number, re.compile(rf"\s*+(?P<t>{types})(?P<i>CP|TTg|UBND|HĐND)(?!\w)"), "lost_hyphen"),
        # "Quyết định số 84 QĐ/TWĐTN"; not the stamp "Số: 4153 CT/TU", where 4153 is the arrival number
        _Form(
            "party",
            re.compile(rf"\w\s++số\s++{_NUMBER}\s++(?P<t>{types})\s*+$"),
            party_issuer,
            "lost_hyphen",
        ),
        # 12-XY/TW: a type code that nobody knows before a Party committee's code
        _Form(
            "party",
            re.compile(rf"{_NUMBER}\s*+-\s*+(?P<t>[A-ZĐ][A-Za-zĐđ]{{1,4}})\s*+$"),
            re.compile(r"\s*+(?P<i>[A-ZĐ]{0,6}(?:TW|TU|HU|ĐU))(?!\w)"),
            "unknown_type",
        ),
    )


# 932/UBND-KGVX, 5678/BYT-DP, 73/TTg-CN, 545/CCTKV.VIII-CNTK: a symbol only after a cue
_LETTER = re.compile(
    rf"{_NUMBER}\s*+/\s*+(?P<i>[A-ZĐ][A-Za-zĐđ&]{{1,11}}(?:\.[IVX]{{1,5}})?)"
    r"(?:\s?-\s?(?P<u>[A-ZĐ][A-Za-zĐđ0-9&.]{0,14}(?<!\.)))?(?!\w)"
)
_LETTER_NUMBER = re.compile(rf"{_NUMBER}\s*+$")


def _built(form: _Form, at: int, head: re.Match[str], tail: re.Match[str]) -> FoundSymbol:
    parts = head.groupdict() | tail.groupdict()
    year = int(parts["y"]) if parts.get("y") else None
    written, issuer = parts.get("t"), re.sub(r"\s+", "", parts["i"])
    type_code = _TYPE_SPELLINGS.get(written, written) if written else None
    flags: tuple[str, ...] = (form.flag,) if form.flag else ()
    if type_code != written:
        flags += ("ascii",)
    if form.style == "state" and year is None and _PARTY_ORGANS.search(issuer):
        flags += ("state_punctuation",)
    symbol = Symbol(form.style, parts["n"], type_code, _ISSUER_SPELLINGS.get(issuer, issuer), year)
    return FoundSymbol(at + head.start("n"), at + len(head.string) + 1 + tail.end(), symbol, flags)


def _symbol_around(text: str, slash: int, start: int, end: int) -> FoundSymbol | None:
    """The symbol whose first slash stands at ``slash``."""
    left = max(start, slash - _BEFORE)
    before = text[left:slash].translate(_LOOK_ALIKES)
    after = text[slash + 1 : min(end, slash + _AFTER)].translate(_LOOK_ALIKES)
    for form in _forms():
        tail = form.tail.match(after)
        head = form.head.search(before) if tail else None
        if head and tail:
            return _built(form, left, head, tail)
    return None


def _letter_around(text: str, slash: int, start: int) -> FoundSymbol | None:
    left = max(start, slash - 8)
    number = _LETTER_NUMBER.search(text[left:slash])
    return letter_at(text, left + number.start("n")) if number else None


def find_symbols(text: str, start: int = 0, end: int | None = None, letters: bool = False) -> Iterator[FoundSymbol]:
    """Numbered symbols with a type code or of the National Assembly, in order of place; none overlaps another.

    With ``letters`` also what may be the symbol of a letter without type code (932/UBND-KGVX): the caller wants a cue.
    """
    end = len(text) if end is None else end
    reached = start
    for slash in _SLASH.finditer(text, start, end):
        if slash.start() < reached:
            continue
        found = _symbol_around(text, slash.start(), reached, end)
        if found is None and letters:
            found = _letter_around(text, slash.start(), reached)
        if found:
            reached = found.end
            yield found


def letter_at(text: str, start: int) -> FoundSymbol | None:
    """The symbol of a letter without type code that begins at ``start``: the caller has seen a cue ("số")."""
    left = max(0, start - 2)
    found = _LETTER.match(text[left : start + _AFTER].translate(_LOOK_ALIKES), start - left)
    if not found:
        return None
    symbol = Symbol("letter", found["n"], None, _ISSUER_SPELLINGS.get(found["i"], found["i"]), None, found["u"])
    return FoundSymbol(start, left + found.end(), symbol)


def parse_symbol(text: str) -> Symbol | None:
    """The one symbol that ``text`` consists of, whatever its spelling: "07 -CT/HU" -> 07-CT/HU; None if it is none."""
    text = re.sub(r"[\u2010-\u2015\u2212]", "-", text.strip().replace("Ð", "Đ"))
    for found in find_symbols(text):
        if found.start == 0 and found.end == len(text):
            return found.symbol
    letter = letter_at(text, 0)
    return letter.symbol if letter and letter.end == len(text) else None


def as_letter(symbol: Symbol) -> Symbol:
    """A State symbol read as a letter's: the công văn "5348/CT-CS" is number 5348 of Cục Thuế, unit CS; no chỉ thị."""
    return replace(symbol, style="letter", type=None, issuer=symbol.type or symbol.issuer, unit=symbol.issuer)
