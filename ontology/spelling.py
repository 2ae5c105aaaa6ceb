"""One spelling for matching: a fold that keeps every offset, and one without marks for search.

Vietnamese is printed in two tone styles ("Tỉnh ủy" and "Tỉnh uỷ"), with look-alikes of Đ, in any case and with many
blanks, dashes and quotes. All are folded character by character: an offset in the key is an offset in the text.
"""

import re
import unicodedata

_VOWELS = ("aàáảãạ", "eèéẻẽẹ", "oòóỏõọ", "uùúủũụ", "yỳýỷỹỵ")
_BASE = {mark: vowel[0] for vowel in _VOWELS for mark in vowel}
_TONE = {mark: tone for vowel in _VOWELS for tone, mark in enumerate(vowel)}
_TONED = {(vowel[0], tone): mark for vowel in _VOWELS for tone, mark in enumerate(vowel)}

# New style "hoà", "khoẻ", "uỷ" -> old style "hòa", "khỏe", "ủy"; closed syllables ("hoàn") and qu + y ("quý") stay.
_NEW_STYLE = re.compile(
    "[oOuU](?:(?<=[oO])[àáảãạèéẻẽẹÀÁẢÃẠÈÉẺẼẸ]|(?<=[uU])[ỳýỷỹỵỲÝỶỸỴ])"
    "(?<![qaâăeêioôơuưQAÂĂEÊIOÔƠUƯ]..)"  # the letter before the pair
    r"(?![^\W\d_])"
)
_BLANKS = "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\u00a0\u1680\u2028\u2029\u202f\u205f\u3000" + "".join(
    map(chr, range(0x2000, 0x200B))
)
_LOOK_ALIKES = (
    {"ð": "đ", "ɖ": "đ", "Ð": "Đ", "Ɖ": "Đ"}
    | dict.fromkeys(_BLANKS, " ")
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212", "-")
    | dict.fromkeys("“”„‟«»″", '"')
    | dict.fromkeys("‘’‚‛′´`", "'")
)
_LOOK_ALIKE = re.compile(f"[{re.escape(''.join(_LOOK_ALIKES))}]")


def key(text: str) -> str:
    """Fold NFC ``text`` for matching; the key has the same length, so offsets hold in both.

    Lower case, Đ look-alikes, old tone style, one blank, one hyphen, one kind of quote.
    """
    lower = text.lower().replace("\n", " ")
    if len(lower) != len(text):  # "İ" has a lower case of two characters
        lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _NEW_STYLE.sub(_old_style, _LOOK_ALIKE.sub(lambda match: _LOOK_ALIKES[match[0]], lower))


def old_tone_style(text: str) -> str:
    """The same text with "uỷ", "hoà", "khoẻ" written "ủy", "hòa", "khỏe"; case and length are kept."""
    return _NEW_STYLE.sub(_old_style, text)


def fold(text: str) -> str:
    """Lower case without any mark ("Huyện uỷ Ba Chẽ" -> "huyen uy ba che"), for hidden labels and search."""
    apart = unicodedata.normalize("NFD", key(unicodedata.normalize("NFC", text)).replace("đ", "d"))
    return "".join(c for c in apart if not unicodedata.combining(c)).lower()


def _old_style(match: re.Match[str]) -> str:
    first, second = match.group()[0], match.group()[1]
    vowel, marked = first.lower(), second.lower()
    toned, plain = _TONED[_BASE[vowel], _TONE[marked]], _BASE[marked]
    return (toned.upper() if first.isupper() else toned) + (plain.upper() if second.isupper() else plain)
