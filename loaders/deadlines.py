"""Read until when, how often or how long after what a duty is to be done.

Forms: "trước 17h00’ ngày 28/7/2020", "hoàn thành trong quý IV/2025", "trước ngày 25 hằng tháng", "trong 05 ngày làm
việc kể từ ngày ký". A date without such a cue is no deadline: it cites, looks back, plans or names an event.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from chidao.graph.model import RelativeDeadline
from chidao.loaders.dates import date_at, iso_date
from chidao.loaders.phrases import at_word
from chidao.loaders.recurrences import CLOCK, Recurrence, bare_rate, calendar_rates, clock_of, reported_rates

_LATEST = (r"chậm\s+nhất", r"muộn\s+nhất")
_LEADS = r"(?:là|vào|đến|trước|lúc|hết|cuối|thời\s+điểm|sáng|chiều)"
# "trước 17h00’ ngày 28/7", "chậm nhất là ngày 15/6", "đến hết ngày 30/9"; the date follows
_BEFORE_DATE = re.compile(
    at_word("trước", *_LATEST, r"không\s+muộn\s+hơn", r"đến\s+hết", "hết", "đến", group="cue")
    + rf"(?:\s+{_LEADS}){{0,3}}(?:\s+{CLOCK}(?:\s*+,)?)?(?:\s+ngày)?\s+(?=\d{{1,2}}\s*(?:[/.-]\s*\d|tháng))"
)
# "trong tháng 9/2021", "trước tháng 10 năm 2025", "đến hết quý III/2025", "trong năm 2025"
_PERIOD = re.compile(
    at_word("trong", "trước", *_LATEST, r"đến\s+hết", "hết", r"đến\s+cuối", group="cue")
    + r"(?:\s+(?:là|trong|vào|đến|hết|cuối)){0,3}\s+"
    r"(?:tháng\s+(?P<month>\d{1,2})|quý\s+(?P<quarter>iv|i{1,3}|[1-4])|năm(?=\s+\d{4}))\b"
    r"(?:\s*[/.-]\s*|\s+năm\s+|\s+)?(?P<year>(?:19|20)\d\d)?(?!\s*[-/]\s*\d)(?!\d)"
)
# "Thời gian hoàn thành: Quý IV/2025": the label is the cue
_BARE_PERIOD = re.compile(
    r"(?P<cue>)(?:trong\s+)?(?:tháng\s+(?P<month>\d{1,2})|quý\s+(?P<quarter>iv|i{1,3}|[1-4]))\b"
    r"(?:\s*[/.-]\s*|\s+năm\s+)(?P<year>(?:19|20)\d\d)(?:\s*+[.;,])?\s*+$"
)
# "Từ ngày 01/6/2025 đến hết ngày 30/6/2025", "Quý III - Quý IV/2025", "Tháng 6 đến tháng 9 năm 2025": up to its end
_INTERVAL = re.compile(
    r"(?:thực\s+hiện\s+)?(?:từ\s+)?(?:ngày\s+|tháng\s+|quý\s+)?[\divx][\d/.ivx\s]{0,15}?(?:\s*-\s*|\s+đến\s+(?:hết\s+)?)(?:ngày\s+)?"
    r"(?=\d|tháng|quý)"
)
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
# Verbs that something is finished or handed in with; "nhiệm vụ trọng tâm trong năm 2025" has none
_FINISH = re.compile(
    r"\b(?:hoàn\s+thành|hoàn\s+tất|xong|kết\s+thúc|báo\s+cáo|trình|gửi|nộp|ban\s+hành|bàn\s+giao|công\s+bố|phê\s+duyệt|nghiệm\s+thu)\b"
)
# Nouns whose period is no deadline: "kế hoạch công tác trong tháng 9"
_OF_PERIOD = re.compile(
    r"\b(?:nhiệm\s+vụ|công\s+tác|chỉ\s+tiêu|kế\s+hoạch|kết\s+quả|thời\s+gian|dịp|diễn\s+ra|xảy\s+ra|trọng\s+tâm|tình\s+hình)\s*$"
)
# "các hồ sơ tiếp nhận trước ngày 01/7", "được phê duyệt trước ngày …", "tạm dừng … đến hết ngày …"
_ATTRIBUTE = re.compile(
    r"\b(?:(?:tiếp\s+nhận|phát\s+sinh|(?:trẻ|em|con|người)\s+sinh|thành\s+lập|ký\s+kết|có\s+hiệu\s+lực)|được\s+(?!giao\b|phân\s+công\b)\w+(?:\s+\w+)?)\s*$"
)
# "từ ngày 01/12", "từ nay": a beginning; not "từ 90% trở lên", "phát sinh từ hộ dân", "huyện Đại Từ"
_LASTING = re.compile(
    r"\b(?:từ(?=\s+(?:ngày|nay|tháng|quý|năm|đầu|cuối|giữa|thứ|sáng|chiều|\d{1,2}\s*(?:giờ|h\d|[/.-]\s*\d)))|tạm\s+dừng|tạm\s+ngừng|kéo\s+dài|duy\s+trì|áp\s+dụng|hiệu\s+lực|gia\s+hạn)\b"
)

_DIGIT = re.compile("[0-9]")
_ISO_UNITS = {"giờ": "PT{}H", "ngày": "P{}D", "tuần": "P{}W", "tháng": "P{}M"}
# "trong vòng 24 giờ", "trong 05 ngày làm việc kể từ ngày nhận được …", "chậm nhất 10 ngày sau khi …"
_RELATIVE = re.compile(
    at_word(
        r"trong(?:\s+vòng|\s+thời\s+hạn|\s+thời\s+gian|\s+khoảng)?",
        *_LATEST,
        r"không\s+quá",
        r"thời\s+hạn",
        group="cue",
    )
    + r"(?:\s+(?:là|sau|trong|vòng|không|quá)){0,3}\s+(?:\d{1,3}\s*-\s*)?(?P<n>\d{1,3})\s*+(?:\(\w+(?:\s\w+)?\)\s*+)?"
    r"(?P<unit>giờ|ngày|tuần|tháng)\b(?P<working>\s+làm\s+việc)?"
    r"(?P<anchored>(?:\s*+,)?\s*+(?:(?:(?:kể|tính)\s*+)?từ|sau)\s+(?P<anchor>(?:khi|ngày|lúc|thời\s+điểm)\b[^,;.()]{0,80}))?"
)
# "14 ngày gần đây", "10 ngày vừa qua", "3 tháng đầu năm", "02 tháng cuối năm": looks back or plans
_NO_TERM = re.compile(r"\s*(?:năm\s+\d|gần|vừa|qua\b|trước|liên\s+tục|đầu|cuối|tới|/|nữa)")
_CONDITION = re.compile(
    at_word(
        r"khi\s+(?:có|được|xảy\s+ra|xuất\s+hiện|phát\s+hiện|phát\s+sinh|cần)",
        r"nếu\s+(?:có|phát\s+sinh|xảy\s+ra|cần)",
        r"trường\s+hợp\s+(?:có|phát\s+sinh|xảy\s+ra|cần)",
    )
    + r"\b"
    r"[^,;.:()]{0,120}"
)


REACH = 300
"""So many code points before a cue can say what it means."""


class FoundDeadline(NamedTuple):
    """A deadline at ``start:end`` of the text: one of ``deadline`` (ISO), ``recurrence`` and ``relative`` is set.

    ``inferred`` when the year was taken from the document's date.
    """

    start: int
    end: int
    deadline: str | None = None
    recurrence: str | None = None
    relative: RelativeDeadline | None = None
    inferred: bool = False

    def same(self, other: "FoundDeadline") -> bool:
        """True where both say the same moment or rate."""
        return (self.deadline, self.recurrence, self.relative) == (other.deadline, other.recurrence, other.relative)

    def rivals(self, other: "FoundDeadline") -> bool:
        """True where both are of one sort and differ: they belong to two duties."""
        return any(
            mine and its and mine != its
            for mine, its in (
                (self.deadline, other.deadline),
                (self.recurrence, other.recurrence),
                (self.relative, other.relative),
            )
        )


def _clause_before(key: str, start: int, at: int) -> str:
    """What stands before ``at`` in the same clause (since the last full stop, semicolon or colon)."""
    return re.split(r"[;:.](?!\d)", key[max(start, at - REACH) : at])[-1]


def _dated(key: str, start: int, end: int, issued: date | None) -> Iterator[FoundDeadline]:
    for cue in _BEFORE_DATE.finditer(key, start, end):
        found = date_at(key, cue.end(), issued.year if issued else None)
        before = _clause_before(key, start, cue.start())
        if not found or not found.iso or found.end > end or not _due(cue["cue"], before):
            continue
        iso = found.iso
        if issued and found.inferred and iso < issued.isoformat():
            iso = iso_date(int(iso[8:]), int(iso[5:7]), issued.year + 1) or iso
        if issued and iso < issued.isoformat():
            continue
        clock = clock_of(cue)
        yield FoundDeadline(cue.start(), found.end, f"{iso}T{clock}" if clock else iso, inferred=found.inferred)


def _due(cue: str, before: str) -> bool:
    """True where a cue means the last moment: not "được duyệt trước ngày …", "từ ngày … đến hết ngày …"."""
    if _ATTRIBUTE.search(before):
        return False
    if cue.endswith("hết"):
        return not _LASTING.search(before)
    return cue != "đến" or bool(_FINISH.search(before[-60:]) and not _LASTING.search(before))


def _period_end(found: re.Match[str], issued: date | None) -> tuple[str | None, bool]:
    """Last day of the period, or of the one before it behind "trước"; and whether the year was inferred."""
    year = int(found["year"]) if found["year"] else issued.year if issued else None
    if year is None:
        return None, False
    groups = found.groupdict()
    quarter, month = groups["quarter"], groups["month"]
    last = 3 * (_QUARTERS.get(quarter) or int(quarter)) if quarter else int(month) if month else 12
    if found["cue"] == "trước":
        last -= 3 if quarter else 1 if month else 12
    if month and not 1 <= int(month) <= 12:
        return None, False
    if last < 1:
        year, last = year - 1, last + 12
    return iso_date(monthrange(year, last)[1], last, year), not found["year"]


def _periods(key: str, start: int, end: int, issued: date | None) -> Iterator[FoundDeadline]:
    for found in _PERIOD.finditer(key, start, end):
        before = _clause_before(key, start, found.start())
        yearly = not (found["month"] or found["quarter"])
        finished = bool(_FINISH.search(before))
        if (
            _OF_PERIOD.search(before)
            or _LASTING.search(before)
            or (not finished and (yearly or found["cue"] != "trong"))
        ):
            continue
        iso, inferred = _period_end(found, issued)
        if iso and not (issued and iso < issued.isoformat()):
            yield FoundDeadline(found.start(), found.end(), iso, inferred=inferred)


def _recurring(found: Recurrence) -> FoundDeadline:
    return FoundDeadline(found.start, found.end, recurrence=found.stated)


def _relative(text: str, key: str, start: int, end: int) -> Iterator[FoundDeadline]:
    for found in _RELATIVE.finditer(key, start, end):
        looking = found["cue"].endswith("thời gian") and not found["anchored"]
        if looking or (not found["anchored"] and _NO_TERM.match(key, found.end(), end)):
            continue
        anchor = text[slice(*found.span("anchor"))].strip() if found["anchored"] else None
        within = _ISO_UNITS[found["unit"]].format(int(found["n"]))
        worded = re.sub(r"\s+", " ", text[found.start() : found.end()]).strip()
        term = RelativeDeadline(within, re.sub(r"\s+", " ", anchor) if anchor else None, worded)
        yield FoundDeadline(found.start(), found.end(), relative=term)


def _day_of(issued: str | None) -> date | None:
    return date.fromisoformat(issued) if issued else None


def find_deadlines(text: str, key: str, start: int, end: int, issued: str | None) -> list[FoundDeadline]:
    """The deadlines between two offsets, in order; none overlaps another.

    ``key`` is the folded ``text``. ``issued`` is the document's ISO date: a missing year is taken from it, and what
    lies before it is no deadline. Calendar recurrences go before dates ("ngày 25/12 hằng năm"), stated times before
    bare rates.
    """
    day = _day_of(issued)
    taken, covered = list[FoundDeadline](), bytearray(max(0, end - start))
    numbered = _DIGIT.search(key, start, end) is not None
    for found in (
        *map(_recurring, calendar_rates(key, start, end)),
        *(_dated(key, start, end, day) if numbered else ()),
        *(_periods(key, start, end, day) if numbered or key.find("quý", start, end) >= 0 else ()),
        *(_relative(text, key, start, end) if numbered else ()),
    ):
        if not any(covered[found.start - start : found.end - start]):
            covered[found.start - start : found.end - start] = b"\1" * (found.end - found.start)
            taken.append(found)
    if not any(other.recurrence for other in taken):
        rates = sorted(map(_recurring, reported_rates(key, start, end)), key=lambda found: found.start)
        taken = _each_year(taken, rates[0]) if rates else taken
    return sorted(taken, key=lambda found: found.start)


def _each_year(taken: list[FoundDeadline], rate: FoundDeadline) -> list[FoundDeadline]:
    """The deadlines with a bare rate: "hằng năm … báo cáo trước ngày 20/11" is due each year on that day."""
    behind = (found for found in taken if found.start >= rate.end)
    dated = next((found for found in behind if found.inferred and found.deadline), None)
    if rate.recurrence != "yearly" or not dated or not dated.deadline:
        return [*taken, rate]
    yearly = FoundDeadline(rate.start, dated.end, recurrence=f"yearly {dated.deadline[5:10]}")
    return [found for found in taken if found is not dated] + [yearly]


def labelled_deadline(text: str, key: str, start: int, end: int, issued: str | None) -> FoundDeadline | None:
    """What stands behind a label or in a column of time: "Quý IV/2025" -> 2025-12-31, "Hằng ngày" -> daily.

    Of an interval its end: "Từ tháng 6 đến tháng 9/2025" -> 2025-09-30. None for "Thường xuyên", and for "Năm 2025 và
    các năm tiếp theo", which is a plan's horizon.
    """
    stated = find_deadlines(text, key, start, end, issued)
    if stated:
        return stated[0]
    rate = bare_rate(key, start, end)
    if rate:
        return _recurring(rate)
    interval = _INTERVAL.match(key, start, end)
    last = interval.end() if interval else start
    day = _day_of(issued)
    dated = date_at(key, last, day.year if day else None) if interval else None
    if dated and dated.iso and not key[dated.end : end].strip(" .;"):
        return FoundDeadline(start, end, dated.iso, inferred=dated.inferred)
    found = _BARE_PERIOD.match(key, last, end)
    iso = _period_end(found, day)[0] if found else None
    return FoundDeadline(start, end, iso) if iso else None


def find_condition(text: str, key: str, start: int, end: int) -> str | None:
    """The first condition as worded: "khi có yêu cầu", "nếu có vướng mắc"; "(nếu có)" is none."""
    for found in _CONDITION.finditer(key, start, end):
        if key[found.start() - 1 : found.start()] != "(":
            return re.sub(r"\s+", " ", text[found.start() : found.end()]).strip()
    return None
