"""Turn the letters of TCVN3 (ABC, the .VnTime fonts) and VNI-Windows into Unicode.

Both put Vietnamese letters where Latin-1 has others, so their texts arrive as "Uû ban nh©n d©n" and "Uûy ban nhaân
daân", in files, in PDFs and in Word documents alike. TCVN3 has no capitals with tone marks: whole phrases in capitals
came from fonts of their own (".VnTimeH") and are recognised by their other letters.
"""

import csv
import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from itertools import product
from typing import Literal

from chidao.loaders.formats.syllables import syllable_share

Encoding = Literal["tcvn3", "vni"]
ENCODINGS: tuple[Encoding, ...] = ("tcvn3", "vni")

# Letters of Unicode that neither encoding can have written: a line with one of them is left alone
_UNICODE_ONLY = re.compile("[\u0102-\u01b0\u1ea0-\u1ef9]")
_BEYOND_ASCII = re.compile("[\u00a1-\u00ff]")
# What stands in Unicode texts too: § ° « » · ² ³ ½ × and the letters of Vietnamese in Latin-1
_FOREIGN = re.compile(
    "[\u00a1-\u00a6\u00a8-\u00aa\u00ac-\u00af\u00b1\u00b4-\u00b6\u00b8-\u00ba\u00bc\u00be\u00bf"
    "ÄÅÆÇËÎÏÑÖØÛÜÞßäåæçëîïñöøûüþÿ]"
)
_PHRASE = re.compile(r"[^\W\d_]+(?: +[^\W\d_]+)*")


@cache
def letters(encoding: Encoding) -> Mapping[str, str]:
    """What each letter or pair of letters of the encoding, read as Latin-1, stands for."""
    text = files("chidao.loaders.formats").joinpath("legacy_letters.csv").read_text(encoding="utf-8")
    table = csv.DictReader(text.splitlines())
    if encoding == "tcvn3":
        return {chr(int(row["tcvn3"], 16)): row["letter"] for row in table}
    return {written: letter for row in table if row["vni"] for written, letter in _cases(row["vni"], row["letter"])}


def _cases(written: str, letter: str) -> list[tuple[str, str]]:
    """ "aù" is á; "Aù" and "AÙ" are Á."""
    spellings = {"".join(each) for each in product(*((c, c.upper()) for c in written))}
    return [(each, letter.upper() if each[0].isupper() else letter) for each in spellings]


@cache
def _pattern(encoding: Encoding) -> re.Pattern[str]:
    return re.compile("|".join(sorted(map(re.escape, letters(encoding)), key=len, reverse=True)))


def from_legacy(text: str, encoding: Encoding) -> str:
    """``text``, read as Latin-1, with the letters that the encoding meant."""
    table = letters(encoding)
    converted = _pattern(encoding).sub(lambda found: table[found[0]], text)
    return _PHRASE.sub(_capitals, converted) if encoding == "tcvn3" else converted


def _capitals(phrase: re.Match[str]) -> str:
    """A phrase whose ASCII letters are capitals, three or more, stands in capitals: "ñY BAN NH©N D©N"."""
    plain = [c for c in phrase[0] if c.isascii() and c.isalpha()]
    in_capitals = len(plain) >= 3 and all(c.isupper() for c in plain)
    return phrase[0].upper() if in_capitals else phrase[0]


def repaired(text: str) -> str:
    """``text`` with its runs of TCVN3 or VNI as Unicode; as it is where the evidence is thin.

    Converted are whole lines without a letter that only Unicode has, and only when nearly all their words become
    Vietnamese syllables that they were not before.
    """
    if not _FOREIGN.search(text):
        return text
    lines = text.split("\n")
    runs = [at for at, line in enumerate(lines) if _BEYOND_ASCII.search(line) and not _UNICODE_ONLY.search(line)]
    encoding = detected("\n".join(lines[at] for at in runs))
    if encoding is None:
        return text
    for at in runs:
        lines[at] = from_legacy(lines[at], encoding)
    return "\n".join(lines)


def detected(text: str) -> Encoding | None:
    """The old encoding that ``text`` (read as Latin-1) is written in, None where it reads as well without one."""
    if not _FOREIGN.search(text):
        return None
    raw, _ = syllable_share(text)
    shares = {encoding: syllable_share(from_legacy(text, encoding)) for encoding in ENCODINGS}
    best = max(ENCODINGS, key=lambda encoding: shares[encoding][0])
    share, words = shares[best]
    return best if words >= 3 and share >= 0.85 and share > raw + 0.25 else None
