"""The calendar of a body: true dates in Vietnam time, plain rules, the quote in every event."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from chain_stores import in_memory, opened
from icalendar import Calendar
from record_factory import DISTRICT_PARTY, DISTRICT_STATE, directive, duty

from chidao.graph.deadline_calendar import VIETNAM, deadline_calendar, first_time, recurrence_rule
from chidao.graph.names import body_iri

SEVEN = (DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19")
ISSUED = date(2021, 10, 19)  # a Tuesday


def events(*duties) -> list[Mapping[str, object]]:
    store = in_memory([directive(*SEVEN, duties=duties)])
    return list(Calendar.from_ical(deadline_calendar(store, DISTRICT_STATE.iri)).walk("VEVENT"))


def test_a_day_is_an_event_of_the_whole_day() -> None:
    (event,) = events(replace(duty("Báo cáo trước ngày 15/12/2021.", DISTRICT_STATE), deadline="2021-12-15"))
    assert (event["dtstart"].dt, event["dtend"].dt) == (date(2021, 12, 15), date(2021, 12, 16))


def test_a_minute_is_a_moment_in_vietnam() -> None:
    (event,) = events(replace(duty("Báo cáo trước 17h00.", DISTRICT_STATE), deadline="2021-12-15T17:00"))
    start = event["dtstart"].dt
    assert (start.astimezone(VIETNAM), start.utcoffset()) == (
        datetime(2021, 12, 15, 17, tzinfo=VIETNAM),
        VIETNAM.utcoffset(None),
    )


def test_an_event_tells_quote_document_and_to_whom_to_report() -> None:
    made = replace(duty("Báo cáo, nêu rõ; lý do.", DISTRICT_STATE), deadline="2021-12-15", report_to=(DISTRICT_PARTY,))
    (event,) = events(replace(made, condition="khi có bão"))
    words = str(event["description"])
    assert "“1. Báo cáo, nêu rõ; lý do.”" in words
    assert "7-CT/HU" in words
    assert "Báo cáo: Huyện ủy Ba Chẽ" in words
    assert "Điều kiện: khi có bão" in words
    assert str(event["url"]).endswith("/quang-ninh/ba-che/huyen-uy/2021/ct-07")


RULES = [
    ("daily", "FREQ=DAILY", date(2021, 10, 20)),
    ("daily 16:00", "FREQ=DAILY", datetime(2021, 10, 20, 16, tzinfo=VIETNAM)),
    ("weekly friday", "FREQ=WEEKLY;BYDAY=FR", date(2021, 10, 22)),
    ("weekly sunday 9:30", "FREQ=WEEKLY;BYDAY=SU", datetime(2021, 10, 24, 9, 30, tzinfo=VIETNAM)),
    ("monthly 25", "FREQ=MONTHLY;BYMONTHDAY=25", date(2021, 10, 25)),
    ("monthly 31", "FREQ=MONTHLY;BYMONTHDAY=31", date(2021, 10, 31)),
    ("monthly 5", "FREQ=MONTHLY;BYMONTHDAY=5", date(2021, 11, 5)),
    ("yearly 12-25", "FREQ=YEARLY;BYMONTHDAY=25;BYMONTH=12", date(2021, 12, 25)),
    ("yearly 02-29", "FREQ=YEARLY;BYMONTHDAY=29;BYMONTH=2", date(2024, 2, 29)),
]


@pytest.mark.parametrize(("recurrence", "rule", "first"), RULES)
def test_plain_recurrences(recurrence: str, rule: str, first: date) -> None:
    found = recurrence_rule(recurrence)
    assert found is not None
    assert found.to_ical().decode() == rule
    assert first_time(recurrence, ISSUED) == first


@pytest.mark.parametrize("recurrence", ["", "weekly", "monthly", "quarterly", "yearly", "weekly someday", "hourly 3"])
def test_recurrences_without_a_day_are_no_rule(recurrence: str) -> None:
    assert recurrence_rule(recurrence) is None


@pytest.mark.parametrize("recurrence", ["yearly 02-30", "monthly 32", "yearly 13-01"])
def test_days_that_no_calendar_has_end_the_search(recurrence: str) -> None:
    assert first_time(recurrence, ISSUED) is None


def test_a_date_and_a_recurrence_are_two_events_with_names_of_their_own() -> None:
    made = replace(duty("Báo cáo.", DISTRICT_STATE), deadline="2021-12-15", recurrence="monthly 20")
    found = events(made)
    assert len({str(event["uid"]) for event in found}) == 2
    assert [("rrule" in event) for event in found] == [False, True]


def test_what_has_no_day_is_left_out() -> None:
    assert events(duty("Kiểm tra thường xuyên.", DISTRICT_STATE)) == []


def test_hostile_words_stay_words() -> None:
    """No line of a text becomes a line of the calendar."""
    words = "x\r\nEND:VCALENDAR\r\nBEGIN:VEVENT\u202e;,\\n\x00"
    found = events(replace(duty(words, DISTRICT_STATE), deadline="2021-12-15"))
    assert len(found) == 1


def test_the_calendar_of_the_samples_is_the_same_each_time(sample_data: Path) -> None:
    store, iri = opened(sample_data), body_iri("quang-ninh/ba-che/uy-ban-nhan-dan")
    made = deadline_calendar(store, iri)
    assert made == deadline_calendar(store, iri)
    found = Calendar.from_ical(made)
    starts = sorted(str(event["dtstart"].dt) for event in found.walk("VEVENT"))
    assert starts == [
        "2023-05-05 15:00:00+07:00",
        "2023-05-15",
        "2023-05-20",
        "2023-05-22",
        "2023-05-26 16:30:00+07:00",
    ]
    assert b"BEGIN:VTIMEZONE" in made
    assert all(len(line) <= 75 for line in made.splitlines())
