"""Dates: day first, worded or in figures; a day that no calendar has keeps its place but no value."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.loaders.dates import date_at, iso_date


@pytest.mark.parametrize(
    ("text", "iso", "length"),
    [
        ("31 tháng 8 năm 2021", "2021-08-31", 19),
        ("08 tháng 10\nnăm 2002 của", "2002-10-08", 20),
        ("16 tháng 11, năm 2025", "2025-11-16", 21),
        ("24/8/2021 của", "2021-08-24", 9),
        ("27-10-2021", "2021-10-27", 10),
        ("11.9.2020.", "2020-09-11", 9),
        ("20/ 11 /2025", "2025-11-20", 12),
        ("29/77/2020", None, 10),
        ("31/02/2024", None, 10),
    ],
)
def test_dates(text: str, iso: str | None, length: int) -> None:
    found = date_at(text, 0)
    assert found is not None
    assert (found.iso, found.end, found.inferred) == (iso, length, False)


@pytest.mark.parametrize(
    "text", ["16-20/11/2025", "8/2021", "tháng 8 năm 2021", "2021", "19/10", "5 tháng 3", "1/2/34567"]
)
def test_what_is_no_single_day_is_none(text: str) -> None:
    """Ranges, months and years are no days; a day without its year is read only where a year is given."""
    assert date_at(text, 0) is None


@pytest.mark.parametrize("text", ["27/10 tại", "27/10,", "27 tháng 10 Ban", "27-10"])
def test_a_missing_year_is_taken_from_the_context(text: str) -> None:
    found = date_at(text, 0, 2021)
    assert found is not None
    assert (found.iso, found.inferred) == ("2021-10-27", True)


@given(
    st.dates(date(1930, 1, 1), date(2099, 12, 31)),
    st.sampled_from(
        ["{d}/{m}/{y}", "{d:02}-{m:02}-{y}", "{d}.{m}.{y}", "{d:02} tháng {m} năm {y}", "{d} tháng {m:02}, năm {y}"]
    ),
    st.text(alphabet=" ,;của)", max_size=5),
)
def test_every_day_is_read_back(day: date, form: str, after: str) -> None:
    text = "ngày " + form.format(d=day.day, m=day.month, y=day.year)
    found = date_at(text + after, 5)
    assert found is not None
    assert (found.iso, found.end) == (day.isoformat(), len(text))


@given(st.integers(0, 99), st.integers(0, 99), st.integers(1, 9999))
def test_only_real_days_have_an_iso_form(day: int, month: int, year: int) -> None:
    iso = iso_date(day, month, year)
    assert iso is None or date.fromisoformat(iso) == date(year, month, day)
