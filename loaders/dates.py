"""Dates as directives write them: day first, always."""

import re
from datetime import date
from typing import NamedTuple

_DAY_MONTH = r"(?P<d>\d{1,2})\s*+tháng\s*+(?P<m>\d{1,2})"
_FORMS = (
    # "31 tháng 8 năm 2021", "16 tháng 11, năm 2025"
    re.compile(rf"{_DAY_MONTH}\s*+(?:,?\s*+năm|,)\s*+(?P<y>\d{{4}})(?!\d)", re.I),
    # "24/8/2021", "27-10-2021", "11.9.2020", "20/ 11 /2025"; "27/10" leaves its year open; not "16-20/11/2025"
    re.compile(
        r"(?P<d>\d{1,2})\s*+[/.-]\s*+(?P<m>\d{1,2})(?:\s*+[/.-]\s*+(?P<y>(?:19|20)\d\d))?(?!\d|\.\d|\s*+[/-]\s*+\d)"
    ),
    # "31 tháng 8"
    re.compile(rf"{_DAY_MONTH}(?!\d|\s*+,?\s*+năm)", re.I),
)


class FoundDate(NamedTuple):
    """A date in a text: ``iso`` is None where no such day exists ("29/77/2020"); ``inferred`` without a stated year."""

    start: int
    end: int
    iso: str | None
    inferred: bool = False


def iso_date(day: int, month: int, year: int) -> str | None:
    """ISO form of a day, None where the calendar has no such day."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def date_at(text: str, start: int, year: int | None = None) -> FoundDate | None:
    """The date that begins at ``start``; a missing year is ``year``, marked inferred; else there is none."""
    for form in _FORMS:
        found = form.match(text, start)
        if found:
            stated = found.groupdict().get("y")
            if stated is None and year is None:
                return None
            iso = iso_date(int(found["d"]), int(found["m"]), int(stated or year or 0))
            return FoundDate(start, found.end(), iso, stated is None)
    return None
