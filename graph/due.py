"""Which of two deadlines is stricter: dates, days of a recurrence, rates, and periods ("trong vòng 05 ngày")."""

import re
from dataclasses import dataclass

STRICTER, LAXER = "tightened", "loosened"
_RATES = ("daily", "weekly", "monthly", "quarterly", "yearly")
_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_HOURS = {"H": 1, "D": 24, "W": 168, "M": 720}


@dataclass(frozen=True, slots=True)
class Due:
    """When a duty is due, as the norm states it; empty where it states nothing.

    ``moment`` is an ISO date-time or date, ``recurrence`` as in "monthly 22" or "daily 15:00", ``within`` an ISO 8601
    duration ("P5D", "PT2H").
    """

    moment: str = ""
    recurrence: str = ""
    within: str = ""

    @property
    def stated(self) -> bool:
        """True where there is a deadline of any sort."""
        return bool(self.moment or self.recurrence or self.within)


def compare_due(parent: Due, child: Due) -> str | None:
    """ "tightened", "loosened", or None where they are equal or cannot be compared."""
    if parent.stated != child.stated:
        return STRICTER if child.stated else LAXER
    orders = (
        _order(_moment(parent.moment), _moment(child.moment)),
        _order(_rate(parent.recurrence), _rate(child.recurrence)),
        _day_order(parent.recurrence, child.recurrence),
        _order(_hours(parent.within), _hours(child.within)),
    )
    return next((order for order in orders if order), None)


def _order(parent: str | float | None, child: str | float | None) -> str | None:
    if parent is None or child is None or parent == child:
        return None
    return STRICTER if child < parent else LAXER  # type: ignore[operator]


def _moment(iso: str) -> str | None:
    """A day ends at its last second: "2023-05-22" and "2023-05-22T11:00" compare as they should."""
    return (iso if "T" in iso else f"{iso}T23:59:59") if iso else None


def _rate(recurrence: str) -> float | None:
    rate = recurrence.partition(" ")[0]
    return _RATES.index(rate) if rate in _RATES else None


def _day_order(parent: str, child: str) -> str | None:
    """Within one rate the earlier day or hour is stricter: "monthly 20" than "monthly 22"."""
    (rate, _, above), (other, _, below) = parent.partition(" "), child.partition(" ")
    return _order(_place(above), _place(below)) if rate == other and above and below else None


def _place(stated: str) -> float | None:
    """Where in its period a day or hour lies: "thursday 15:00" -> 3.15, "22" -> 22, "12-25" -> 12.25."""
    found = re.fullmatch(r"(?P<day>[a-z]+|\d{1,2}(?:-\d{2})?)?\s*(?:(?P<hour>\d{1,2}):(?P<minute>\d{2}))?", stated)
    if not found:
        return None
    day, clock = found["day"] or "0", int(found["hour"] or 24) * 60 + int(found["minute"] or 0)
    if day.isalpha():
        return _WEEKDAYS.index(day) + clock / 10000 if day in _WEEKDAYS else None
    return float(day.replace("-", ".")) + clock / 1000000


def _hours(duration: str) -> float | None:
    found = re.fullmatch(r"PT?(\d+)([HDWM])", duration)
    return int(found[1]) * _HOURS[found[2]] if found else None
