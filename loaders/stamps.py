"""Read arrival stamps: the receiver, its arrival number and date. They are facts of the reception, never of the act."""

import re
from dataclasses import dataclass

from chidao.loaders.dates import date_at
from chidao.loaders.layout import Line

# "Số: 4153", "ĐẾN Số: 1172", "Số đến: 87"
_NUMBER = re.compile(r"\bSố(?:\s++đến)?(?:\s*+:)?\s*+(?P<n>\d{1,6})", re.I)
# "Ngày: 15/9/2020", "Ngày 06/9/2021"
_DATE = re.compile(r"\bNgày(?:\s++đến)?(?:\s*+:)?\s*+(?=\d)", re.I)
# The tail of the act's own symbol that a scan merged into the stamp's line: "Số: 4153<TAB>CT/TU"
_MERGED = re.compile(r"\bSố(?:\s*+:)?\s*+\d{1,6}[\t ]++(?P<tail>[A-ZĐ][A-Za-zĐđ]{0,4}\s*/\s*[A-ZĐ][A-Za-zĐđ]{1,12})\b")
_LABELLED = re.compile(r"\s*(?:Số|Ngày|Giờ|Chuy[êểeẻẽ]n|Lưu|ĐẾN|CÔNG VĂN ĐẾN|Kính chuyển)\b", re.I)


# "ĐẾN Số: 1172", "CÔNG VĂN ĐẾN", "ĐẾN"
_ARRIVAL = re.compile(r"(?:CÔNG VĂN\s+)?ĐẾN(?=\s*$|\s+Số|\s*:|\s+Ngày|\s+Giờ)", re.M)
# The other lines of a stamp: "Số: 4153<TAB>CT/TU", "Ngày: 15/9/2020", "Giờ: 14", "Chuyển:", "Lưu hồ sơ số: …"
_STAMP_LINE = re.compile(
    r"(?:Số(?:\s*+:)?\s*+\d+|Ngày(?:\s*+:)?\s*+\d{1,2}\s*+[/.-]|Giờ|Chuy[êểeẻẽ]n\s*:|Lưu\s+hồ\s+sơ|Kính\s+chuyển|ĐẾN\b)",
    re.I,
)

# "PHÒNG TÀI CHÍNH - KẾ HOẠCH" / "HUYỆN MƯỜNG LA": a stamp's second line names the place of its first
_PLACE_OPENS = re.compile(r"(?:TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU)\s")
MOST_STAMPS = 8
"""No document was stamped by more offices."""


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


def stamps_of(text: str, lines: tuple[Line, ...]) -> tuple[tuple[int, int], ...]:
    """Blocks of lines around "ĐẾN" that a receiving office stamped; see domain rule: they are no part of the act."""
    stamps: list[tuple[int, int]] = []
    for at, line in enumerate(lines if "ĐẾN" in text else ()):
        if len(stamps) == MOST_STAMPS:
            break
        if not _ARRIVAL.match(text, line.start, line.end):
            continue
        first = last = at
        while first > 0 and at - first < 5 and not lines[first].after_gap and _stamped(text, lines[first - 1]):
            first -= 1
        if first > 0 and not lines[first].after_gap and _capitals(text, lines[first - 1]):
            first -= 1
            named_above = first > 0 and not lines[first].after_gap and _capitals(text, lines[first - 1])
            first -= named_above and _PLACE_OPENS.match(text, lines[first].start) is not None
        while last + 1 < len(lines) and last - at < 5 and _STAMP_LINE.match(text, lines[last + 1].start):
            last += 1
        stamps.append((lines[first].start, lines[last].end))
    return tuple(stamps)


def _stamped(text: str, line: Line) -> bool:
    return bool(_STAMP_LINE.match(text, line.start, line.end))


def _capitals(text: str, line: Line) -> bool:
    return text[line.start : line.end].isupper()
