"""The title (trích yếu) of a document: under the type name, under a letter's number, or in a portal's title line."""

import re
from dataclasses import dataclass

from chidao.loaders.layout import lines_of
from chidao.loaders.letters import CAPITAL, SMALL
from chidao.loaders.numbers import OwnSymbol
from chidao.loaders.zones import Zones, inside

# "V/v hướng dẫn góp vốn điều lệ", "Về công tác triển khai các biện pháp": under the number of a letter
_SUBJECT = re.compile(r"(?:(?<=\n)|(?<![^\n])|(?<=\s))(?:V/v\b|Về\s+việc\b|Về\s)\s*:?|(?<=[A-ZĐ]\n)về\s", re.M)
# What a subject line runs into where the head was put on one line
_SUBJECT_END = re.compile(
    rf"(?:TP\.?\s*+)?[{CAPITAL}][{SMALL}]+(?:\s[{CAPITAL}][{SMALL}]+){{0,3}}\s*+,\s*+ngày\s+\d|(?<![-\s])[-\s]*+Kính\s+gửi|CỘNG\s+HÒA|ĐẢNG\s+CỘNG\s+SẢN|Độc\s+lập\s*-|\bSố\s*:|\n[^\S\n]*\n"
)
# "CỦA BAN THƯỜNG VỤ TỈNH ỦY": the adopting body under the type name
_ADOPTER = re.compile(
    r"\s*+của\s++(?!đồng\s+chí)(?P<body>[^\n]+(?:\n(?!\s*(?:về|v/v)\b)[^\n]+)*)\n\s*+(?=(?:về|v/v)\b)", re.I
)
# "… ngày 11/01/2024 của Bộ Chính trị về tiếp tục thực hiện …": the rest of a portal's title line
_PORTAL_SUBJECT = re.compile(r"\s(?:về|V/v|quy\s+định|ban\s+hành|hướng\s+dẫn|phê\s+duyệt)\s[^\n]+", re.I)
_RULES = re.compile(r"(?<![-_=*\s])\s*+[-_=*]{3,}+\s*+$")


PORTAL_LINES = 3
"""A portal repeats its title line within so many lines."""


@dataclass(frozen=True, slots=True)
class Title:
    """Offsets of the title, and of the adopting body that stands between type name and title."""

    start: int
    end: int
    adopter: tuple[int, int] | None = None


def title_of(text: str, zones: Zones, own: OwnSymbol | None) -> Title | None:
    """The title of an original document; None where none is printed."""
    if zones.type_line:
        return _under_type(text, zones, zones.type_line[1])
    return _subject_line(text, zones) or _portal_title(text, own)


def title_text(text: str, start: int, end: int) -> str:
    """The title as one line, without the rule under it."""
    return " ".join(_RULES.sub("", text[start:end]).split()).strip(" -;")


def _under_type(text: str, zones: Zones, start: int) -> Title | None:
    end = min(zones.head[1], _address_cue(text, zones))
    adopter = _ADOPTER.match(text, start, end)
    if adopter:
        return Title(adopter.end(), end, (adopter.start("body"), adopter.end("body")))
    return Title(start, end) if text[start:end].strip(" \n-") else None


def _address_cue(text: str, zones: Zones) -> int:
    """Where the line of "Kính gửi" or "… điện:" begins, which stands between title and addressees."""
    if zones.address is None:
        return len(text)
    before = lines_of(text[: zones.address[0]])
    return before[-1].start if before else zones.address[0]


def _subject_line(text: str, zones: Zones) -> Title | None:
    head = max(zones.head[1], zones.address[0] if zones.address else 0)
    for cue in _SUBJECT.finditer(text, 0, head):
        if inside(cue.start(), zones.stamps):
            continue
        stop = _SUBJECT_END.search(text, cue.end(), head)
        return Title(cue.start(), stop.start() if stop else head)
    return None


def _portal_title(text: str, own: OwnSymbol | None) -> Title | None:
    if own is None or not own.portal:
        return None
    for line in [ln for ln in lines_of(text) if ln.end >= own.start][:PORTAL_LINES]:
        found = _PORTAL_SUBJECT.search(text, max(line.start, own.end), line.end)
        if found:
            return Title(found.start() + 1, found.end())
    return None
