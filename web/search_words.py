"""Words for searching: folded, numbers plain, abbreviations beside what they stand for, without the words around.

Folding is ``graph.names.slug``: lower case, đ as d, marks off. Abbreviations are those of the register
(``ontology/register/abbreviations.csv``) and those that people type (``search_abbreviations.csv``).
"""

import csv
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from chidao.graph.names import plain_number, slug
from chidao.ontology.tables import rows

# "Chỉ thị số 68", "ngày 10 tháng 4 năm 2023", "của Ban Bí thư": words around what is meant. Without its marks "nam" is
# also Hà Nam, so it goes only between numbers; what else may be one of them is looked for first ("cua": Cửa Lò).
_AROUND = re.compile(r"\b(?:số|so|ngày|ngay|tháng|thang|năm)\s+(?=\d)|(?<=\d)\s+nam\s+(?=\d)|\bcủa\b|\bv/v\b")
_FILLERS = frozenset({"cua", "ve", "viec", "ngay", "thang", "nam", "so", "cac", "va", "tai", "do"})
_TOKEN = re.compile(r"\d+|[a-z]+")
_CAPITALS = re.compile(r"[A-ZĐƯ][A-ZĐƯ&-]+(?![a-zđư])")


def tokens(text: str) -> list[str]:
    """Folded words; numbers without padding, and apart from letters: "07-CT/HU" and "07CT HU" -> 7, ct, hu."""
    return [plain_number(word) if word.isdigit() else word for word in _TOKEN.findall(slug(text))]


def asked(text: str) -> list[str]:
    """The tokens of what a person typed, at most twenty: "Chỉ thị số 68 của Ban Bí thư" -> chi thi 68 ban bi thu."""
    typed = unicodedata.normalize("NFC", text).lower()
    return (tokens(_AROUND.sub(" ", typed)) or tokens(typed))[:20]


def patterns(wanted: list[str]) -> Iterator[str]:
    """Queries of SQLite's full-text search, the strictest first: every word; without the words around the matter."""
    yield _all_of(wanted)
    meant = [word for word in wanted if word not in _FILLERS]
    if meant and meant != wanted:
        yield _all_of(meant)


def beginnings(wanted: list[str]) -> str:
    """The same, and each word may be the beginning of a longer one; a number is meant as a whole."""
    meant = [word for word in wanted if word not in _FILLERS] or wanted
    return " ".join(f'"{word}"' if word.isdigit() else f'"{word}"*' for word in meant)


def _all_of(words: list[str]) -> str:
    """Folded words hold letters and digits only, so that nothing in them means anything to the engine."""
    return " ".join(f'"{word}"' for word in words)


def short_forms(folded: str) -> str:
    """The abbreviations of what ``folded`` spells out, as tokens: "uy ban nhan dan huyen ba che" -> "ubnd"."""
    found = (short for match in _spelled().finditer(folded) for short in _abbreviations()[match[1]])
    return " ".join(dict.fromkeys(found))


def spelled_out(text: str) -> str:
    """What the abbreviations in ``text`` stand for, as tokens: "V/v PCCC" -> "phong chay chua chay"."""
    found = (full for word in _CAPITALS.findall(text) for full in _meanings().get(word, ()))
    return " ".join(dict.fromkeys(found))


@cache
def _pairs() -> tuple[tuple[str, str], ...]:
    """(abbreviation as it is written, folded words)."""
    own = csv.DictReader(files("chidao.web").joinpath("search_abbreviations.csv").read_text("utf-8").splitlines())
    known = ((row["abbreviation"], " ".join(tokens(row["full"]))) for row in (*rows("abbreviations"), *own))
    return tuple((short, full) for short, full in known if " " in full and " ".join(tokens(short)) != full)


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    """Folded words -> the abbreviations of all and of parts of them, folded."""
    shorts: defaultdict[str, set[str]] = defaultdict(set)
    for short, full in _pairs():
        shorts[full].add(" ".join(tokens(short)))
    return {
        full: tuple(sorted({short for part in shorts if f" {part} " in f" {full} " for short in shorts[part]}))
        for full in shorts
    }


@cache
def _spelled() -> re.Pattern[str]:
    """Any of the folded words, the longest that begins at a place; they may overlap."""
    longest = sorted(_abbreviations(), key=lambda full: (-len(full), full))
    return re.compile(rf"\b(?=({'|'.join(longest)})\b)")


@cache
def _meanings() -> dict[str, tuple[str, ...]]:
    meanings: defaultdict[str, list[str]] = defaultdict(list)
    for short, full in _pairs():
        meanings[short].append(full)
    return {short: tuple(full) for short, full in meanings.items()}
