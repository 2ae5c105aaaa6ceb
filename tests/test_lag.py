"""Lag: days from parent to child and from issue to reception, with the number of intervals beside every figure."""

from dataclasses import replace
from pathlib import Path

import pytest
from chain_stores import in_memory, opened
from record_factory import DISTRICT_PARTY, DISTRICT_STATE, PROVINCE_PARTY, ba_che, directive

from chidao.graph.chains import resolve_document
from chidao.graph.lag import Lag, group_of, lag_rows, lags, summarise, summary_rows
from chidao.graph.model import Reception, Span

EIGHTEEN = (PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18")


def test_the_lags_of_the_five_texts(corpus_data: Path) -> None:
    """1 day to 07-CT/HU, 6 to the district's plan; 7 to 632-CV/HU, which was received after 6 more."""
    store = opened(corpus_data)
    rows = lag_rows(store, lags(store))
    found = {(row["measure"], row["superior"], row["document"]): row["days"] for row in rows}
    assert found["issue", "Chỉ thị 18-CT/TU", "Chỉ thị 07-CT/HU"] == 1
    assert found["issue", "Chỉ thị 07-CT/HU", "Kế hoạch (không rõ số)"] == 6
    assert found["issue", "Công văn 635-CV/TU", "Công văn 632-CV/HU"] == 7
    assert found["reception", None, "Công văn 632-CV/HU"] == 6


def test_the_lags_below_a_document(corpus_data: Path) -> None:
    store = opened(corpus_data)
    found = lags(store, resolve_document(store, "18-CT/TU"))
    assert [(lag.days, lag.level, lag.province) for lag in found] == [
        (1, "district", "tỉnh Quảng Ninh"),
        (6, "district", "tỉnh Quảng Ninh"),
    ]
    (both,) = summarise(found)
    assert (both.n, both.median, both.minimum, both.maximum) == (2, 3.5, 1, 6)


def lag(days: int, on: str = "2021-10-19", **more: object) -> Lag:
    known = {"measure": "issue", "parent": "p", "child": "c", "kind": None, "level": None, "province": None}
    return Lag(**{**known, "days": days, "on": on, "body": None, **more})


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("month", "2021-10"),
        ("quarter", "2021-Q4"),
        ("year", "2021"),
        ("level", "district"),
        ("province", "tỉnh Quảng Ninh"),
        (None, ""),
    ],
)
def test_groups(by: str | None, expected: str) -> None:
    assert group_of(lag(1, level="district", province="tỉnh Quảng Ninh"), by) == expected


@pytest.mark.parametrize(("month", "quarter"), [("01", 1), ("03", 1), ("04", 2), ("09", 3), ("12", 4)])
def test_quarters(month: str, quarter: int) -> None:
    assert group_of(lag(1, f"2021-{month}-05"), "quarter") == f"2021-Q{quarter}"


def test_intervals_whose_dates_contradict_are_counted_apart_and_in_no_figure() -> None:
    (found,) = summarise([lag(4), lag(10), lag(-400)])
    assert (found.n, found.median, found.minimum, found.maximum, found.contradictions) == (2, 7, 4, 10, 1)
    (nothing,) = summarise([lag(-1)])
    assert (nothing.n, nothing.median, nothing.contradictions) == (0, None, 1)


def test_issue_and_reception_are_never_mixed() -> None:
    found = summarise([lag(4), lag(10, measure="reception")])
    assert [(each.measure, each.n) for each in found] == [("issue", 1), ("reception", 1)]
    assert [row["n"] for row in summary_rows(found)] == [1, 1]


def test_a_reception_counts_from_the_issue_of_the_document() -> None:
    record, text = directive(*EIGHTEEN)
    stamp = Reception(DISTRICT_STATE, "1172", "2021-10-21", Span(0, 5, text[:5]))
    record = replace(record, documents=(replace(record.documents[0], received=(stamp,)),))
    (found,) = lags(in_memory([(record, text)]))
    assert (found.measure, found.days, found.on, found.province) == ("reception", 3, "2021-10-21", "tỉnh Quảng Ninh")


def test_an_undated_child_has_no_lag() -> None:
    texts = [directive(*EIGHTEEN), directive(DISTRICT_PARTY, "CT", "7", "HU", None, cites=(EIGHTEEN,))]
    assert lags(in_memory(texts)) == []


def test_a_circle_ends() -> None:
    one, two = (DISTRICT_PARTY, "CT", "1", "HU", "2021-01-01"), (DISTRICT_PARTY, "CT", "2", "HU", "2021-01-02")
    store = in_memory([directive(*one, cites=(two,)), directive(*two, cites=(one,))])
    assert [lag.days for lag in lags(store, resolve_document(store, "1-CT/HU"))] == [-1, 1]
    assert {row["step"] for row in lag_rows(store, lags(store))} == {"child older than its parent", "same body"}


def test_siblings_are_not_below() -> None:
    store = in_memory(ba_che())
    assert [lag.days for lag in lags(store, resolve_document(store, "07-CT/HU"))] == [6]
