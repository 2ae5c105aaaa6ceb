"""Read arrival stamps: the receiver, its arrival number and date. They are facts of the reception, never of the act."""

import re
from dataclasses import dataclass

from chidao.loaders.dates import date_at

# "Số: 4153", "ĐẾN Số: 1172", "Số đến: 87"
_NUMBER = re.compile(r"\bSố(?:\s+đến)?\s*:?\s*(?P<n>\d{1,6})", re.I)
# "Ngày: 15/9/2020", "Ngày 06/9/2021"
_DATE = re.compile(r"\bNgày(?:\s+đến)?\s*:?\s*(?=\d)", re.I)
# The tail of the act's own symbol that a scan merged into the stamp's line: "Số: 4153<TAB>CT/TU"
_MERGED = re.compile(r"\bSố\s*:?\s*\d{1,6}[\t ]+(?P<tail>[A-ZĐ][A-Za-zĐđ]{0,4}\s*/\s*[A-ZĐ][A-Za-zĐđ]{1,12})\b")
_LABELLED = re.compile(r"\s*(?:Số|Ngày|Giờ|Chuy[êểeẻẽ]n|Lưu|ĐẾN|CÔNG VĂN ĐẾN|Kính chuyển)\b", re.I)


@dataclass(frozen=True, slots=True)
class Stamp:
    """An arrival stamp as read: offsets of the receiver's name (None if no line names it), number and ISO date."""

    start: int
    end: int
    receiver: tuple[int, int] | None
    number: str | None
    date: str | None
    merged_symbol: str | None


def read_stamp(text: str, start: int, end: int) -> Stamp:
    """The stamp in ``text[start:end]``."""
    number = _NUMBER.search(text, start, end)
    dated = _DATE.search(text, start, end)
    found = date_at(text, dated.end()) if dated else None
    merged = _MERGED.search(text, start, end)
    return Stamp(
        start,
        end,
        _receiver(text, start, end),
        number["n"] if number else None,
        found.iso if found else None,
        re.sub(r"\s+", "", merged["tail"]) if merged else None,
    )


def _receiver(text: str, start: int, end: int) -> tuple[int, int] | None:
    """The lines above "ĐẾN" that carry no label of a stamp's field."""
    at, first, last = start, None, start
    for line in text[start:end].split("\n"):
        if _LABELLED.match(line):
            break
        if line.strip():
            first = at if first is None else first
            last = at + len(line.rstrip())
        at += len(line) + 1
    return (first, last) if first is not None else None
