"""Document types as texts name them: codes of symbols and words of running text."""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from chidao.loaders.phrases import alternation


@cache
def _rows() -> tuple[tuple[str, str], ...]:
    with files("chidao.loaders").joinpath("type_codes.csv").open(encoding="utf-8") as table:
        return tuple((row["code"], row["word"]) for row in csv.DictReader(table))


@cache
def words_of() -> Mapping[str, tuple[str, ...]]:
    """Code -> the words it can stand for; "TT" -> ("thông tư", "thông tri")."""
    words: dict[str, tuple[str, ...]] = {}
    for code, word in _rows():
        words[code] = (*words.get(code, ()), word)
    return words


@cache
def code_of() -> Mapping[str, str]:
    """Type word -> its first code; "chỉ thị" -> "CT", "quy định" -> "QĐi"."""
    return {word: code for code, word in reversed(_rows())}


@cache
def type_word() -> re.Pattern[str]:
    """A type word in folded text, the longest that fits; group "word"."""
    return re.compile(rf"(?P<word>{alternation(code_of())})\b")


def code_for(word: str) -> str | None:
    """The code of a type word in any spacing or case: "CHỈ THỊ" -> "CT"; None for other words."""
    return code_of().get(re.sub(r"\s+", " ", word.strip().lower()))


def settled_code(code: str | None, word: str | None) -> str | None:
    """The type where code and word disagree or the code is ambiguous: the word beside the symbol wins.

    "Tờ trình số 1044/TT-STC" -> "TTr"; "Quy định số 66-QĐ/TW" -> "QĐi"; a word that only says more leaves the code:
    "Chương trình hành động số 10-CTr/TU" -> "CTr". Without a word the code stands.
    """
    if word is None or (code and _says_more(word, code)):
        return code
    return code_for(word) or code


def _says_more(word: str, code: str) -> bool:
    """True for "thông báo kết luận" beside TB: a "thông báo" and more."""
    said = re.sub(r"\s+", " ", word.strip().lower())
    return any(said.startswith(f"{plain} ") for plain in words_of().get(code, ()))
