"""How often something is due, in the reader's words."""

import re

from chidao.web.language import Language, words

# "daily", "daily 15:00", "weekly friday 15:00", "monthly 22", "quarterly", "yearly 12-25"
_RECURRENCE = re.compile(
    r"(?P<rate>daily|weekly|monthly|quarterly|yearly)(?: (?P<weekday>[a-z]+day))?"
    r"(?: (?:(?P<month>\d{2})-)?(?P<day>\d{1,2}))?(?: (?P<clock>\d{1,2}:\d{2}))?"
)


def recurrence_in(recurrence: str, language: Language) -> str:
    """ "monthly 22" -> "hằng tháng, ngày 22"; what is not written like that as it is."""
    found, t = _RECURRENCE.fullmatch(recurrence), words(language)
    if found is None or (found["weekday"] and f"on_{found['weekday']}" not in t):
        return recurrence
    day = f"{found['day']}/{found['month']}" if found["month"] else found["day"]
    parts = (
        t[f"often_{found['rate']}"],
        t[f"on_{found['weekday']}"] if found["weekday"] else "",
        f"{t['on_day']} {day}" if day else "",
        found["clock"],
    )
    return ", ".join(filter(None, parts))
