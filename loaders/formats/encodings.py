"""Decode the bytes of a text: Unicode in its encodings, windows-1258, TCVN3 (ABC), VNI; nothing is dropped.

Characters that XML forbids are replaced one for one, so no output has to think of them and offsets hold.
"""

import re
import unicodedata

from charset_normalizer import from_bytes

from chidao.loaders.formats.legacy_letters import repaired
from chidao.loaders.formats.syllables import syllable_share

_TONE_MARKS = "\u0300\u0301\u0303\u0309\u0323"
# Neither allowed by XML 1.0 (production 2, Char) nor by RDF 1.1; tabs and line ends of pages become blanks
_FORBIDDEN = re.compile("[\x00-\x08\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_CONTROL = bytes(c for c in range(32) if c not in b"\t\n\r")
_BINARY = bytes(c for c in _CONTROL if c not in b"\x0b\x0c")
_PAGE_ENDS = str.maketrans("\x0b\x0c", "  ")


def printable(text: str) -> str:
    """``text`` with U+FFFD for each character that XML forbids, and blanks for vertical tabs and form feeds."""
    return _FORBIDDEN.sub("\ufffd", text).translate(_PAGE_ENDS) if _needs_care(text) else text


def _needs_care(text: str) -> bool:
    """Counted in bytes, which is many times quicker: U+D800 to U+DFFF begin with ED, U+FFFE and U+FFFF with EF BF."""
    raw = text.encode("utf-8", "surrogatepass")
    return _count(raw, _CONTROL) > 0 or b"\xed" in raw or b"\xef\xbf" in raw


def _count(raw: bytes, bytes_counted: bytes) -> int:
    return len(raw) - len(raw.translate(None, bytes_counted))


def decoded(content: bytes) -> str | None:
    """The text of ``content``; None for what is binary or in an encoding that nothing fits."""
    text = _utf_16(content)
    if text is None and _count(content, _BINARY) * 100 <= len(content):
        text = _utf_8(content) or _legacy(content)
    return None if text is None else repaired(text)


def _utf_16(content: bytes) -> str | None:
    """UTF-16 with its mark, or without one: most high bytes of Vietnamese text are zero."""
    head = content[:4000]
    if head[:2] in (b"\xff\xfe", b"\xfe\xff"):
        encoding = "utf-16"
    elif head[1::2].count(0) * 2 > len(head[1::2]):
        encoding = "utf-16-le"
    elif head[0::2].count(0) * 2 > len(head[0::2]):
        encoding = "utf-16-be"
    else:
        return None
    text = content.decode(encoding, "replace")
    is_text = _is_nearly_whole(text) and len(_FORBIDDEN.findall(text)) * 100 <= len(text)
    return text if is_text else None


def _utf_8(content: bytes) -> str | None:
    """UTF-8 with or without mark; a letter cut at the end or damaged on the way becomes U+FFFD."""
    text = content.decode("utf-8-sig", "replace")
    return text if _is_nearly_whole(text) else None


def _is_nearly_whole(text: str) -> bool:
    return text.count("\ufffd") * 500 <= len(text)


def _legacy(content: bytes) -> str | None:
    """An older encoding of one byte a letter: the one in which the words are Vietnamese syllables."""
    if b"\x00" in content[:8000]:
        return None
    windows = content.decode("cp1258", "replace")
    old = repaired(content.decode("cp1252", "replace"))
    best = max((windows, old), key=lambda text: syllable_share(text)[0])
    if syllable_share(best)[0] > 0.5 and _is_composable(best):
        return best
    guess = from_bytes(content).best()
    return str(guess) if guess and _is_composable(str(guess)) else None


def _is_composable(text: str) -> bool:
    """True when nearly every combining tone mark finds its vowel, as in windows-1258: wrong tables scatter them."""
    marks = sum(map(text.count, _TONE_MARKS))
    left = sum(map(unicodedata.normalize("NFC", text).count, _TONE_MARKS))
    return bool(text) and left * 20 <= marks
