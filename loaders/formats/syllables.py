"""Tell Vietnamese from other text: the letters that no other language has, and how its syllables are built."""

import re
import unicodedata

# What only Vietnamese writes: đ, ă, ơ, ư, and the precomposed block U+1EA0 to U+1EF9
_OWN_LETTERS = re.compile("[ăĂđĐơƠưƯ\u1ea0-\u1ef9]")
_LETTERS = re.compile(r"[^\W\d_]")
_TONES = dict.fromkeys(map(ord, "\u0300\u0301\u0303\u0309\u0323"))
_ONSET = r"(?:ngh?|nh|gh?|gi|kh?|ph|qu|th|tr|ch|[bcdđhlmnprstvx])?"
_RIMES = (
    "a(?:i|o|u|y|c|ch|m|n|ng|nh|p|t)?|ă(?:c|m|n|ng|p|t)|â(?:u|y|c|m|n|ng|p|t)",
    "e(?:o|c|m|n|ng|p|t)?|ê(?:u|ch|m|n|nh|ng|p|t)?|i(?:a|u|ch|m|n|nh|p|t)?|iê(?:c|m|n|ng|p|t|u)",
    "o(?:i|c|m|n|ng|p|t)?|oo(?:c|ng)|o(?:a|e)(?:i|o|y|c|ch|m|n|ng|nh|p|t)?|oă(?:c|m|n|ng|t)|ô(?:i|c|m|n|ng|p|t)?",
    "ơ(?:i|m|n|p|t)?|u(?:a|i|c|m|n|ng|p|t)?|uâ(?:n|ng|t|y)|uê(?:ch|nh)?|uô(?:c|i|m|n|ng|t)|uơ|uy(?:a|ch|n|nh|p|t|u)?",
    "uyê(?:n|t)|ư(?:a|i|u|c|n|ng|t)?|ươ(?:c|i|m|n|ng|p|t|u)|y|yê(?:m|n|ng|t|u)",
)
_SYLLABLE = re.compile(f"{_ONSET}(?:{'|'.join(_RIMES)})")
# A word with a letter beyond ASCII; the signs that old encodings use for letters count as letters
_BEYOND_ASCII = "\u00a1-\u024f\u1e00-\u1eff"
_ANY = rf"[A-Za-z\u0300-\u0323{_BEYOND_ASCII}]*"
_WORD = re.compile(rf"{_ANY}[{_BEYOND_ASCII}]{_ANY}")


def is_vietnamese(text: str) -> bool:
    """True when at least one letter in a hundred is one that only Vietnamese has (in Vietnamese texts, 15 to 25).

    The beginning of a text tells it nearly always; the whole is looked at where it does not.
    """
    return _has_own_letters(text[:1000]) or (len(text) > 1000 and _has_own_letters(text))


def _has_own_letters(text: str) -> bool:
    own = len(_OWN_LETTERS.findall(unicodedata.normalize("NFC", text)))
    return own > 0 and (own * 100 >= len(text) or own * 100 >= len(_LETTERS.findall(text)))


def syllable_share(text: str) -> tuple[float, int]:
    """Which share of the words with a letter beyond ASCII are Vietnamese syllables, and how many such words stand."""
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    good = sum(map(_is_syllable, words))
    return (good / len(words) if words else 0.0), len(words)


def _is_syllable(word: str) -> bool:
    apart = unicodedata.normalize("NFD", word)
    toneless = apart.translate(_TONES)
    single_tone = len(apart) - len(toneless) <= 1
    return single_tone and bool(_SYLLABLE.fullmatch(unicodedata.normalize("NFC", toneless)))
