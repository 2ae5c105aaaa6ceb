"""The deadlines of a body as iCalendar (RFC 5545): an event for each dated or plainly recurring duty, Vietnam time."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta, timezone
from importlib.metadata import version

import pyoxigraph
from icalendar import Calendar, Event, Timezone, TimezoneStandard, vRecur

from chidao.graph.body_names import body_label
from chidao.graph.chains import describe_document
from chidao.graph.facts import Facts
from chidao.graph.norms import LEAD, Norm, landing_on
from chidao.graph.tables import printable

VIETNAM = timezone(timedelta(hours=7))
_ZONE = "Asia/Ho_Chi_Minh"
_WEEKDAYS = {"monday": 0, "tuesday": 1, "wednesday": 2, "thursday": 3, "friday": 4, "saturday": 5, "sunday": 6}
_WORDS = {
    "vi": {"document": "Văn bản", "issuer": "Cơ quan ban hành", "report": "Báo cáo", "condition": "Điều kiện"},
    "en": {"document": "Document", "issuer": "Issued by", "report": "Report to", "condition": "Condition"},
}
_LONGEST_SUMMARY = 90
_LONGEST_WAIT = 8 * 366 + 1  # days: two 29 Februaries are never farther apart


def deadline_calendar(store: pyoxigraph.Store, body: str, lang: str = "vi") -> bytes:
    """The calendar of the body (an IRI): duties that it bears itself, through its head or as one of a group.

    A day without a clock time is an event of the whole day. A recurrence is a rule where it is plain ("monthly 22",
    "weekly friday 15:00", "daily"), beginning after the document's issue; "quarterly" names no day and is left out, as
    are deadlines that count from an event. The same snapshot gives the same bytes.
    """
    facts = Facts(store)
    calendar = Calendar()
    calendar.add("prodid", f"-//chidao//{version('chidao')}//{lang.upper()}")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", printable(body_label(facts, body, lang)))
    calendar.add_component(_zone())
    for norm in (landing.norm for landing in landing_on(facts, body, (LEAD,))):
        for event in _events(store, norm, lang):
            calendar.add_component(event)
    return bytes(calendar.to_ical())


def _zone() -> Timezone:
    """Vietnam has had one offset, without summer time, for longer than any document here reaches back."""
    standard = TimezoneStandard()
    standard.add("dtstart", datetime(1975, 6, 13))
    standard.add("tzoffsetfrom", timedelta(hours=7))
    standard.add("tzoffsetto", timedelta(hours=7))
    standard.add("tzname", "+07")
    zone = Timezone()
    zone.add("tzid", _ZONE)
    zone.add_component(standard)
    return zone


def _events(store: pyoxigraph.Store, norm: Norm, lang: str) -> Iterator[Event]:
    head = describe_document(store, norm.document, lang)
    issued = str(head.get("issued", ""))
    if norm.deadline:
        moment = datetime.fromisoformat(norm.deadline)
        yield _event(store, norm, lang, moment if norm.precision == "minute" else moment.date(), "deadline")
    rule = recurrence_rule(norm.recurrence)
    first = first_time(norm.recurrence, date.fromisoformat(issued)) if rule and issued else None
    if rule and first:
        event = _event(store, norm, lang, first, "recurrence")
        event.add("rrule", rule)
        yield event


def recurrence_rule(recurrence: str) -> vRecur | None:
    """The rule of a plain recurrence: "monthly 25" -> FREQ=MONTHLY;BYMONTHDAY=25; None where it names no day."""
    rate, day, _ = _parts(recurrence)
    if rate == "daily":
        return vRecur({"freq": "daily"})
    if rate == "weekly" and day in _WEEKDAYS:
        return vRecur({"freq": "weekly", "byday": day[:2].upper()})
    if rate == "monthly" and day.isdigit():
        return vRecur({"freq": "monthly", "bymonthday": int(day)})
    if rate == "yearly" and "-" in day:
        month, _, of_month = day.partition("-")
        return vRecur({"freq": "yearly", "bymonth": int(month), "bymonthday": int(of_month)})
    return None


def _parts(recurrence: str) -> tuple[str, str, str]:
    """(rate, day or "", clock or ""): "weekly friday 15:00" -> ("weekly", "friday", "15:00")."""
    rate, *rest = recurrence.split() or [""]
    clock = next((part for part in rest if ":" in part), "")
    return rate, next((part for part in rest if part != clock), ""), clock


def first_time(recurrence: str, issued: date) -> date | datetime | None:
    """The first day, or moment, after the day of issue on which a plain recurrence falls; None for a 30 February."""
    rate, day, clock = _parts(recurrence)
    days = (issued + timedelta(days=after) for after in range(1, _LONGEST_WAIT))
    wanted = next((each for each in days if _falls_on(rate, day, each)), None)
    if wanted is None or not clock:
        return wanted
    return datetime.combine(wanted, time.fromisoformat(clock.zfill(5)), VIETNAM)


def _falls_on(rate: str, day: str, wanted: date) -> bool:
    if rate == "weekly":
        return wanted.weekday() == _WEEKDAYS[day]
    if rate == "monthly":
        return wanted.day == int(day)
    if rate == "yearly":
        return (wanted.month, wanted.day) == tuple(map(int, day.split("-")))
    return True


def _event(store: pyoxigraph.Store, norm: Norm, lang: str, when: date | datetime, kind: str) -> Event:
    head = describe_document(store, norm.document, lang)
    event = Event()
    event.add("uid", f"{norm.iri}#{kind}")
    event.add("dtstamp", datetime.fromisoformat(f"{head.get('issued', '1970-01-01')}T00:00:00+00:00"))
    event.add("summary", printable(f"{head['label']}: {_shortened(norm.text)}"))
    event.add("description", "\n".join(_description(store, norm, head, lang)))
    event.add("url", norm.document)
    if isinstance(when, datetime):
        event.add("dtstart", when.astimezone(VIETNAM).replace(tzinfo=None), {"tzid": _ZONE})
    else:
        event.add("dtstart", when)
        event.add("dtend", when + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _description(store: pyoxigraph.Store, norm: Norm, head: dict[str, str | bool], lang: str) -> Sequence[str]:
    facts, words = Facts(store), _WORDS[lang]
    reports = "; ".join(body_label(facts, each, lang) for each in norm.reports_to)
    lines = (
        ("", f"“{printable(norm.text)}”"),
        (words["condition"], printable(norm.condition)),
        (words["report"], reports),
        (words["document"], f"{head['label']} ({norm.document})"),
        (words["issuer"], str(head.get("issuer", ""))),
    )
    return [f"{name}: {value}" if name else value for name, value in lines if value]


def _shortened(text: str) -> str:
    even = " ".join(text.split())
    return even if len(even) <= _LONGEST_SUMMARY else even[: _LONGEST_SUMMARY - 1].rsplit(" ", 1)[0] + "…"
