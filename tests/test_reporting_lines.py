"""Lines of report and the load of a body: who tells whom through whom, and what lands on one body from all sides."""

from dataclasses import replace
from pathlib import Path

import pytest
from chain_stores import in_memory, opened
from record_factory import DISTRICT_PARTY, DISTRICT_STATE, PROVINCE_PARTY, PROVINCE_STATE, body, directive, duty

from chidao.graph.body_names import resolve_body
from chidao.graph.errors import NotFoundError
from chidao.graph.names import body_iri
from chidao.graph.norms import LEAD, PARTNER
from chidao.graph.reporting import reporting_lines, reporting_rows
from chidao.graph.workload import load_figures, workload, workload_rows

BA_CHE = body_iri("quang-ninh/ba-che/uy-ban-nhan-dan")
CHAIRMAN = body(
    "quang-ninh/ba-che/chu-tich-uy-ban-nhan-dan",
    "Chủ tịch Ủy ban nhân dân huyện Ba Chẽ",
    "district",
    "state",
    "quang-ninh/ba-che/uy-ban-nhan-dan",
)
OFFICE = body("quang-ninh/ba-che/van-phong-huyen-uy", "Văn phòng Huyện ủy Ba Chẽ", "district", "party")


def test_the_lines_of_the_samples(sample_data: Path) -> None:
    """The province's daily and monthly reports of the districts, and those of the communes through the district."""
    store = opened(sample_data)
    rows = reporting_rows(store, reporting_lines(store, BA_CHE))
    found = {(row["bearer"], row["via"], row["how_often"]) for row in rows}
    department = "Sở Nông nghiệp và Phát triển nông thôn tỉnh Quảng Ninh"
    assert ("Ủy ban nhân dân các huyện, thị xã, thành phố", department, "monthly 22") in found
    assert ("Ủy ban nhân dân các huyện, thị xã, thành phố", None, "daily 15:00") in found
    assert all(row["quote"] and row["documents"] for row in rows)


def test_a_line_gathers_the_duties_that_say_so() -> None:
    report = replace(duty("báo cáo Huyện ủy hằng ngày.", DISTRICT_STATE), report_to=(DISTRICT_PARTY,), via=(OFFICE,))
    daily = replace(report, recurrence="daily 16:00")
    seven = (DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19")
    store = in_memory([directive(*seven, duties=(daily, daily, replace(report, recurrence="weekly friday")))])
    lines = reporting_lines(store)
    assert [(len(line.norms), line.recurrence) for line in lines] == [(2, "daily 16:00"), (1, "weekly friday")]
    assert {line.via for line in lines} == {OFFICE.iri}
    assert len(reporting_lines(store, OFFICE.iri)) == 2
    assert reporting_lines(store, PROVINCE_STATE.iri) == []


def test_all_sides_of_the_load() -> None:
    """The body itself, its head, and as a partner; from its own Party committee and from the province."""
    seven = (DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19")
    eighteen = (PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18")
    mine = replace(duty("Ủy ban nhân dân huyện trực hằng ngày.", DISTRICT_STATE), recurrence="daily")
    store = in_memory([
        directive(*seven, duties=(mine, duty("Chủ tịch UBND huyện chịu trách nhiệm.", CHAIRMAN)), path="7.txt"),
        directive(
            *eighteen, duties=(replace(duty("UBND tỉnh chủ trì.", PROVINCE_STATE), partners=(DISTRICT_STATE,)),), path="18.txt"
        ),
    ])  # fmt: skip
    found = workload(store, DISTRICT_STATE.iri)
    assert sorted((each.role, each.named) for each in found) == [
        (LEAD, CHAIRMAN.iri),
        (LEAD, DISTRICT_STATE.iri),
        (PARTNER, DISTRICT_STATE.iri),
    ]
    figures = load_figures(store, found)
    assert (figures.duties, figures.daily, figures.with_deadline) == (3, 1, 1)
    assert figures.levels == {"district": 2, "province": 1}
    assert {row["issuer"] for row in workload_rows(store, found)} == {"Huyện ủy Ba Chẽ", "Tỉnh ủy Quảng Ninh"}


def test_what_lands_on_the_head_in_person_is_told_apart() -> None:
    seven = (DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19")
    store = in_memory([directive(*seven, duties=(duty("Ủy ban nhân dân huyện kiểm tra.", DISTRICT_STATE),))])
    assert workload(store, CHAIRMAN.iri) == []


def test_a_report_of_a_document_whose_text_is_held_adds_no_duties(sample_data: Path) -> None:
    """21-CT/HU is held as a text (07) and told of in the news (13): each duty counts once."""
    found = workload(opened(sample_data), BA_CHE)
    sources = {each.norm.source for each in found if each.norm.document.endswith("/huyen-uy/2023/ct-21")}
    assert len(sources) == 1


@pytest.mark.parametrize(
    "name", ["UBND huyện Ba Chẽ", "quang-ninh/ba-che/uy-ban-nhan-dan", BA_CHE, "Ủy ban nhân dân huyện Ba Chẽ"]
)
def test_a_body_is_found_by_name_path_or_iri(name: str) -> None:
    assert resolve_body(in_memory([]), name) == BA_CHE


@pytest.mark.parametrize("name", ["", "Ủy ban nhân dân", "Bộ Không Có", "<script>"])
def test_a_name_that_fits_none_or_several_is_refused(name: str) -> None:
    with pytest.raises(NotFoundError):
        resolve_body(in_memory([]), name)
