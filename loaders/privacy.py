"""Mask what identifies private persons: telephone numbers, and numbers of identity cards and passports.

The masked text is as long as the text, so that offsets hold; what stands around the numbers stays. A number is masked
where a word says what it is, or where its form leaves no doubt (Circular 22/2014/TT-BTTTT: a mobile number is 0 and
nine digits; Decree 137/2015/NĐ-CP: a personal number has twelve, the first of them 0). Numbers of documents, dates and
amounts are none of these.
"""

import re
from unicodedata import is_normalized, normalize

MASK = "█"
"""What stands for each digit or letter that was masked."""

_GAP = r"[ .\u00a0-]?"
# "0912345678", "0912.345.678", "091 234 5678", "+84 912 345 678", "(0203) 3.835.678"
_TELEPHONE = rf"(?:\+?84{_GAP}|0|\(0)\d(?:{_GAP}\)?{_GAP}\d){{7,9}}"
_CARD = rf"(?:\d(?:{_GAP}\d){{11}}|\d(?:{_GAP}\d){{8}}|[A-Z]\d{{7,8}})"
_NUMBER_OF = r"(?:\s*+(?:số|của\s+cá\s+nhân|liên\s+hệ|di\s+động|bàn|cơ\s+quan|nóng))*+(?:\s*+[:.])?\s*+"
_END = r"(?![\w]|[-/.,]\w)"
_START = r"(?<![\w/])(?<![\w][.,-])"
_PRIVATE = (
    # "Điện thoại: 0912.345.678", "ĐT: 0203.3835678 - 0912345678", "SĐT liên hệ 091 234 5678"
    re.compile(
        rf"\b(?:điện\s+thoại|đường\s+dây|đtdđ|đt|sđt|tel|phone|hotline|fax|zalo|di\s+động|số\s+máy)\b{_NUMBER_OF}"
        rf"(?P<private>{_TELEPHONE}(?:\s*+(?:[-;,/]|hoặc)\s*+{_TELEPHONE}){{0,4}}){_END}",
        re.I,
    ),
    # "CCCD số 022085012345", "CMND: 100 123 456", "số định danh cá nhân: 022085012345", "hộ chiếu số B1234567"
    re.compile(
        r"\b(?:cccd|cmnd|cmtnd|cmt|căn\s+cước(?:\s+công\s+dân)?|chứng\s+minh\s+(?:nhân\s+dân|thư(?:\s+nhân\s+dân)?)|"
        rf"định\s+danh(?:\s+cá\s+nhân)?|hộ\s+chiếu)(?:\s*+/\s*+(?:cccd|cmnd|căn\s+cước))?\b{_NUMBER_OF}(?P<private>{_CARD}){_END}",
        re.I,
    ),
    # Without a word: a mobile number, a landline, the number of an identity card
    re.compile(rf"{_START}(?P<private>(?:0|\+84{_GAP})[35789]\d(?:{_GAP}\d){{7}}){_END}"),
    re.compile(rf"{_START}(?P<private>0\d{{11}}){_END}"),
)
# No private number has fewer digits than a passport's (seven) or, with gaps, nine; few texts have so many in a row
_LONG_NUMBER = re.compile(r"\d(?:\d{6}|(?:[ .\u00a0()-]{0,3}\d){8})")
_PRINTED = re.compile(r"[A-Z\d]")


def mask(text: str) -> str:
    """``text`` with private numbers masked; as long as it was, and the same where it holds none.

    The words before a number are known with letters and marks composed (NFC). Of a text with marks apart the digits are
    masked that would be masked in its composed form.
    """
    if not _LONG_NUMBER.search(text):
        return text
    if not is_normalized("NFC", text):
        composed = normalize("NFC", text)
        digits = (shown for printed, shown in zip(composed, mask(composed), strict=True) if printed.isdecimal())
        return "".join(next(digits) if letter.isdecimal() else letter for letter in text)
    for form in _PRIVATE:
        text = form.sub(_masked, text)
    return text


def _masked(found: re.Match[str]) -> str:
    start, end = found.start("private") - found.start(), found.end("private") - found.start()
    return found[0][:start] + _PRINTED.sub(MASK, found["private"]) + found[0][end:]
