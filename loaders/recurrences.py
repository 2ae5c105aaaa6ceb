"""Read how often a duty is to be done: daily, weekly, monthly, quarterly, yearly, with the day or time where stated.

"trước 16h00’ hằng ngày" -> "daily 16:00", "vào thứ Sáu hằng tuần" -> "weekly friday", "trước ngày 25 hằng tháng" ->
"monthly 25". A bare rate counts only beside a word of reporting: testing, budgets and work have rates too.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chidao.loaders.dates import iso_date

# "17h00’", "17 giờ 00 phút", "17:30", "11g", "17h"
CLOCK = r"(?P<hour>\d{1,2})\s*+(?:h|g|giờ|:)(?:\s*+(?P<minute>\d{2}))?(?:\s*+(?:['’′`]|phút))?"
_EVERY = r"(?:hằng|hàng|mỗi)\s+"
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday")
_WEEKDAY_WORDS = {"hai": 0, "ba": 1, "tư": 2, "năm": 3, "sáu": 4, "bảy": 5}
_CALENDAR = (
    # "trước 16h00’ hằng ngày"
    ("daily", re.compile(rf"{CLOCK}\s*+(?:các\s+ngày\s+trong\s+tuần|{_EVERY}ngày)")),
    # "vào thứ Sáu hằng tuần", "trước 15 giờ ngày thứ 4 hằng tuần", "chủ nhật hằng tuần"
    (
        "weekly",
        re.compile(
            rf"(?:{CLOCK}(?:\s*+,)?\s*+)?(?:ngày\s+)?\b(?:thứ\s+(?P<weekday>hai|ba|tư|năm|sáu|bảy|[2-7])|chủ\s+nhật)\s+{_EVERY}tuần"
        ),
    ),
    # "trước ngày 25 hằng tháng", "ngày mùng 5 của mỗi tháng"
    (
        "monthly",
        re.compile(rf"(?:{CLOCK}(?:\s*+,)?\s*+)?\bngày\s+(?:m[ồù]ng\s+)?(?P<day>\d{{1,2}})\s+(?:của\s+)?{_EVERY}tháng"),
    ),
    # "trước ngày 20 của tháng cuối quý"
    ("quarterly", re.compile(r"(?:ngày\s+\d{1,2}\s+)?(?:của\s+)?tháng\s+cuối\s+(?:của\s+)?(?:mỗi\s+)?quý")),
    # "trước ngày 25/12 hằng năm", "ngày 15 tháng 12 hằng năm"
    (
        "yearly",
        re.compile(
            rf"(?P<other>\bngày\s+\d{{1,2}}[/-]\d{{1,2}}\s*(?:,|và)\s*)?\b(?:ngày\s+)?"
            rf"(?P<day>\d{{1,2}})\s*(?:[/-]|tháng)\s*(?P<month>\d{{1,2}})\s+(?:của\s+)?{_EVERY}năm"
        ),
    ),
    # "hằng năm trước ngày 15 tháng 01", "hằng năm, chậm nhất ngày 20/11"
    (
        "yearly",
        re.compile(
            rf"(?P<other>(?!))?{_EVERY}năm[\s,]+(?:(?:xong|vào|trước|chậm\s+nhất|là|đến)\s+){{0,4}}ngày\s+(?P<day>\d{{1,2}})"
            r"(?:\s*[/-]\s*|\s+tháng\s+)(?P<month>\d{1,2})(?!\d|\s*[/-]\s*\d|\s+năm\s+\d)"
        ),
    ),
)
_UNIT_RATES = {
    "ngày": "daily",
    "tuần": "weekly",
    "tháng": "monthly",
    "quý": "quarterly",
    "năm": "yearly",
}
_REPORTING = r"(?:báo\s+cáo|gửi|cập\s+nhật|tổng\s+hợp|giao\s+ban)"
_UNIT = r"(?P<unit>ngày|tuần|tháng|quý|năm)\b"
# A rate counts where something is reported at it: "chế độ báo cáo hằng ngày", "định kỳ hằng quý báo cáo"
_RATED = (
    re.compile(rf"{_REPORTING}(?:\s+[^\W\d]+){{0,8}}?\s+(?:định\s+kỳ\s+)?(?:hằng|hàng)\s+{_UNIT}"),
    re.compile(
        rf"(?:định\s+kỳ\s+)?\b(?:hằng|hàng)\s+{_UNIT}(?:\s*,\s*(?:(?:hằng|hàng)\s+)?(?:tuần|tháng|quý|năm))*[\s,]*(?:[^\W\d]+\s+){{0,4}}?{_REPORTING}"
    ),
)

_RATE_WORDS = ("hằng", "hàng", "mỗi", "tuần", "cuối")
"""No rate is without one of these words; few paragraphs have one."""
_BARE_RATE = re.compile(rf"(?:định\s+kỳ\s+)?{_EVERY}{_UNIT}\s*[.;]?")


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rate at ``start:end`` of the text, ``stated`` as the record states it: "weekly friday"."""

    start: int
    end: int
    stated: str


def clock_of(found: re.Match[str]) -> str | None:
    """The time of a match of CLOCK, "17:00"; None where none is stated, and for 24:00, which is the end of the day."""
    hour = found.groupdict().get("hour")
    if hour is None or int(hour) > 23 or int(found["minute"] or 0) > 59:
        return None
    return f"{int(hour):02}:{int(found['minute'] or 0):02}"


def _day(rate: str, parts: dict[str, str | None]) -> str | None:
    """The day of a rate, None where it has none or there is no such day."""
    if rate == "weekly":
        word = parts["weekday"]
        return _WEEKDAYS[int(word) - 2 if word.isdigit() else _WEEKDAY_WORDS[word]] if word else "sunday"
    day = int(parts.get("day") or 0)
    if rate == "monthly":
        return str(day) if 1 <= day <= 31 else None
    if rate == "yearly" and not parts["other"]:
        iso = iso_date(day, int(parts["month"] or 0), 2024)  # a leap year: 29/02 is a day
        return iso[5:] if iso else None
    return None


def _may_state_rate(key: str, start: int, end: int) -> bool:
    return any(key.find(word, start, end) >= 0 for word in _RATE_WORDS)


def calendar_rates(key: str, start: int, end: int) -> Iterator[Recurrence]:
    """Rates with a day or time of the calendar."""
    if not _may_state_rate(key, start, end):
        return
    for rate, pattern in _CALENDAR:
        for found in pattern.finditer(key, start, end):
            stated = " ".join(filter(None, (rate, _day(rate, found.groupdict()), clock_of(found))))
            yield Recurrence(found.start(), found.end(), stated)


def reported_rates(key: str, start: int, end: int) -> Iterator[Recurrence]:
    """Bare rates at which something is reported: "chế độ báo cáo hằng ngày", "định kỳ hằng quý báo cáo"."""
    if not _may_state_rate(key, start, end):
        return
    for pattern in _RATED:
        for found in pattern.finditer(key, start, end):
            yield Recurrence(found.start(), found.end(), _UNIT_RATES[found["unit"]])


def bare_rate(key: str, start: int, end: int) -> Recurrence | None:
    """The rate that all the words are: "Hằng ngày"."""
    found = _BARE_RATE.fullmatch(key, start, end)
    return Recurrence(start, end, _UNIT_RATES[found["unit"]]) if found else None
