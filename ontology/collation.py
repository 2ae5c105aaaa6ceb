"""The order of Vietnamese names: the alphabet first, then tones, then capitals, as CLDR orders them for "vi".

Code points put "Đà Nẵng" behind "Vĩnh Phúc", and folded text puts "Bắc Kạn" before "Bạc Liêu". Browsers order the same
way (``Intl.Collator("vi", {numeric: true})``), so a list looks alike wherever it is sorted.
"""

import re
import unicodedata
from functools import lru_cache

from chidao.ontology.spelling import old_tone_style

_RANK = {letter: rank for rank, letter in enumerate("aăâbcdđeêfghijklmnoôơpqrstuưvwxyz")}
# huyền, hỏi, ngã, sắc, nặng
_TONE = {tone: rank for rank, tone in enumerate("\u0300\u0309\u0303\u0301\u0323", 1)}
_BLANK, _SIGN, _NUMBER, _LETTER, _OTHER = range(5)
_NUMBERS = re.compile(r"([0-9]{1,4000})")

Weight = tuple[int, int, str]
Key = tuple[tuple[Weight, ...], tuple[int, ...], str]


def collation_key(text: str) -> Key:
    """A key for ``sorted``: "Bạc Liêu" before "Bắc Kạn", "Đắk Lắk" after "Dầu Tiếng", "Quận 2" before "Quận 10".

    Both styles of writing tones are one ("Khánh Hoà", "Khánh Hòa"); of equal letters and tones small ones come first.
    """
    letters, tones = list[Weight](), list[int]()
    for index, part in enumerate(_NUMBERS.split(old_tone_style(unicodedata.normalize("NFC", text)))):
        if index % 2:
            letters.append((_NUMBER, int(part), ""))
            tones.append(0)
            continue
        for letter in part:
            weight, tone = _weight(letter)
            letters.append(weight)
            tones.append(tone)
    return tuple(letters), tuple(tones), text.swapcase()


@lru_cache(maxsize=4096)
def _weight(character: str) -> tuple[Weight, int]:
    """What a letter or sign counts on the first level, and its tone on the second: "ắ" is an "ă" with the tone 4."""
    if character.isspace():
        return (_BLANK, 0, ""), 0
    marks = unicodedata.normalize("NFD", character.lower())
    tone = next((_TONE[mark] for mark in marks if mark in _TONE), 0)
    letter = unicodedata.normalize("NFC", "".join(mark for mark in marks if mark not in _TONE))
    if letter in _RANK:
        return (_LETTER, _RANK[letter], ""), tone
    return (_OTHER if letter.isalpha() else _SIGN, 0, letter), tone
