"""Gaps: who answered, and what can be said of those who did not, told apart in four states."""

from pathlib import Path

import pyoxigraph
import pytest
from chain_stores import addressed, in_memory, opened
from record_factory import DISTRICT_PARTY, DISTRICT_STATE, PROVINCE_PARTY, PROVINCE_STATE, body, directive, duty

from chidao.graph.chains import resolve_document
from chidao.graph.gaps import IN_VIETNAMESE, Gap, State, existed, gap_rows, gaps, state_word
from chidao.graph.model import Body
from chidao.graph.names import body_iri, local_iri

DISTRICTS = [
    "ba-che",
    "binh-lieu",
    "cam-pha",
    "co-to",
    "dam-ha",
    "dong-trieu",
    "ha-long",
    "hai-ha",
    "mong-cai",
    "quang-yen",
    "tien-yen",
    "uong-bi",
    "van-don",
]
EIGHTEEN = (PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18")
TIEN_YEN = body("quang-ninh/tien-yen/huyen-uy", "Huyện ủy Tiên Yên", "district", "party")
SPECIAL_ZONE = body("quang-ninh/van-don-2025/uy-ban-nhan-dan", "UBND đặc khu Vân Đồn", "commune", "state")


def asked(*texts, document: str = "18-CT/TU", **more) -> list[Gap]:
    store = in_memory(texts)
    return gaps(store, resolve_document(store, document), **more)


def states(found: list[Gap]) -> dict[str, State]:
    return {gap.body.rpartition("/body/")[2]: gap.state for gap in found}


def test_the_thirteen_districts_of_quang_ninh_in_october_2021(corpus_data: Path) -> None:
    """The text of 18-CT/TU is not held: its scope is assumed, Ba Chẽ answered after a day, of the others none is held."""
    store = opened(corpus_data)
    found = gaps(store, resolve_document(store, "18-CT/TU"))
    assert sorted(gap.body.split("/")[-2] for gap in found) == DISTRICTS
    assert {gap.basis for gap in found} == {"assumed"}
    first, *others = found
    assert (first.label, first.state, first.lag_days) == ("Huyện ủy Ba Chẽ", State.ISSUED, 1)
    assert resolve_document(store, "07-CT/HU") in first.children
    assert {(gap.state, gap.lag_days, gap.children, gap.texts_held) for gap in others} == {
        (State.NO_TEXTS, None, (), 0)
    }


@pytest.mark.parametrize(
    ("document", "name", "state", "days"),
    [
        ("142/KH-UBND", "quang-ninh/ba-che/uy-ban-nhan-dan", State.ISSUED, 8),
        ("142/KH-UBND", "quang-ninh/tien-yen/uy-ban-nhan-dan", State.NOTHING, None),
        ("142/KH-UBND", "quang-ninh/co-to/uy-ban-nhan-dan", State.NO_TEXTS, None),
        ("2291/UBND-NN", "quang-ninh/van-don-2025/uy-ban-nhan-dan", State.NOT_THEN, None),
        ("2291/UBND-NN", "quang-ninh/tien-yen/uy-ban-nhan-dan", State.NOTHING, None),
        ("2291/UBND-NN", "quang-ninh/van-don/uy-ban-nhan-dan", State.NO_TEXTS, None),
    ],
)
def test_each_state_occurs_in_the_samples(
    sample_data: Path, document: str, name: str, state: State, days: int | None
) -> None:
    store = opened(sample_data)
    found = {gap.body: gap for gap in gaps(store, resolve_document(store, document))}
    assert (found[body_iri(name)].state, found[body_iri(name)].lag_days) == (state, days)


def test_groups_are_worked_out_as_of_the_date(sample_data: Path) -> None:
    """392/CĐ-TTg of 2023 addresses the heads of 63 provinces; each speaks for its People's Committee."""
    store = opened(sample_data)
    found = gaps(store, resolve_document(store, "392/CĐ-TTg"))
    councils = [gap for gap in found if gap.body.endswith("/uy-ban-nhan-dan")]
    assert len(councils) == 63
    assert {gap.basis for gap in found} == {"addressee"}
    assert [(gap.label, gap.lag_days) for gap in found[:2]] == [
        ("Ủy ban nhân dân tỉnh Tuyên Quang", 14),
        ("Ủy ban nhân dân tỉnh Quảng Ninh", 20),
    ]


def test_stated_addressees_are_the_scope_and_nothing_is_assumed() -> None:
    found = asked(addressed(directive(*EIGHTEEN), DISTRICT_PARTY, TIEN_YEN))
    assert states(found) == {
        "quang-ninh/ba-che/huyen-uy": State.NO_TEXTS,
        "quang-ninh/tien-yen/huyen-uy": State.NO_TEXTS,
    }
    assert {gap.basis for gap in found} == {"addressee"}


def test_bearers_of_a_lower_level_are_in_scope_organs_of_the_same_level_are_not() -> None:
    duties = (duty("Huyện ủy Ba Chẽ lập kế hoạch.", DISTRICT_PARTY), duty("UBND tỉnh kiểm tra.", PROVINCE_STATE))
    found = asked(directive(*EIGHTEEN, duties=duties))
    assert [(gap.body, gap.basis) for gap in found] == [(body_iri("quang-ninh/ba-che/huyen-uy"), "bearer of a duty")]


def test_a_held_text_that_states_nobody_below_has_an_assumed_scope() -> None:
    found = asked(directive(*EIGHTEEN))
    assert len(found) == 13
    assert {gap.basis for gap in found} == {"assumed"}


def test_a_body_answers_by_its_standing_committee() -> None:
    standing = body(
        "quang-ninh/ba-che/ban-thuong-vu",
        "Ban Thường vụ Huyện ủy Ba Chẽ",
        "district",
        "party",
        "quang-ninh/ba-che/huyen-uy",
    )
    answer = directive(standing, "CT", "7", "HU", "2021-10-19", cites=(EIGHTEEN,))
    found = asked(addressed(directive(*EIGHTEEN), DISTRICT_PARTY), answer)
    assert [(gap.state, gap.lag_days) for gap in found] == [(State.ISSUED, 1)]


def test_an_office_of_the_committee_does_not_answer_for_it() -> None:
    office = body("quang-ninh/ba-che/van-phong-huyen-uy", "Văn phòng Huyện ủy Ba Chẽ", "district", "party")
    answer = directive(office, "CV", "7", "VPHU", "2021-10-19", cites=(EIGHTEEN,))
    found = asked(addressed(directive(*EIGHTEEN), DISTRICT_PARTY), answer)
    assert [gap.state for gap in found] == [State.NO_TEXTS]


def test_an_answer_over_another_document_counts_after_a_direct_one() -> None:
    plan = (DISTRICT_STATE, "KH", "9", "UBND", "2021-10-25")
    seven = (DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19")
    texts = [
        addressed(directive(*EIGHTEEN), DISTRICT_STATE),
        directive(*seven, cites=(EIGHTEEN,)),
        directive(*plan, cites=(seven,)),
        directive(DISTRICT_STATE, "KH", "12", "UBND", "2021-11-18", cites=(EIGHTEEN,)),
    ]
    (gap,) = asked(*texts)
    assert [child.rpartition("/")[2] for child in gap.children] == ["kh-12", "kh-09"]
    assert gap.lag_days == 31


def test_another_text_of_the_body_makes_it_nothing_among_the_texts_held() -> None:
    other = directive(TIEN_YEN, "CV", "3", "HU", "2020-01-02")
    (gap,) = asked(addressed(directive(*EIGHTEEN), TIEN_YEN), other)
    assert (gap.state, gap.texts_held) == (State.NOTHING, 1)


def test_a_body_of_other_days_is_not_blamed() -> None:
    found = asked(addressed(directive(*EIGHTEEN), SPECIAL_ZONE))
    assert [gap.state for gap in found] == [State.NOT_THEN]


def test_committees_of_other_days_are_shown_when_asked_for() -> None:
    """Hoành Bồ was merged into Hạ Long at the end of 2019; Đông Triều became a city in 2024."""
    added = [gap for gap in asked(directive(*EIGHTEEN), other_days=True) if gap.basis == "on other days"]
    assert {gap.state for gap in added} == {State.NOT_THEN}
    assert body_iri("quang-ninh/hoanh-bo/huyen-uy") in {gap.body for gap in added}


def test_after_july_2025_the_committees_below_a_province_are_those_of_communes() -> None:
    found = asked(directive(PROVINCE_PARTY, "CT", "18", "TU", "2025-10-18"))
    assert len(found) == 54
    assert {gap.level for gap in found} == {"commune"}


def test_a_body_that_only_one_source_knows_keeps_its_name() -> None:
    unit = Body("Xí nghiệp Thử nghiệm", local_iri("0" * 64, "body", "xi-nghiep"), "district", "state")
    found = asked(addressed(directive(*EIGHTEEN), unit))
    assert [(gap.label, gap.state) for gap in found] == [("Xí nghiệp Thử nghiệm", State.NO_TEXTS)]


def test_an_undated_document_assumes_nobody() -> None:
    made = directive(PROVINCE_PARTY, "CT", "18", "TU", None)
    store = in_memory([made])
    assert gaps(store, made[0].documents[0].iri) == []


def test_rows_and_words(corpus_data: Path) -> None:
    store: pyoxigraph.Store = opened(corpus_data)
    row = gap_rows(store, gaps(store, resolve_document(store, "18-CT/TU"), lang="en")[:1], "en")[0]
    assert (row["label"], row["answers"], row["issued"]) == (
        "District Party Committee of Ba Chẽ",
        "Directive 07-CT/HU",
        "2021-10-19",
    )
    assert set(IN_VIETNAMESE) == set(State)
    assert state_word(State.NO_TEXTS, "en") == "no texts held for this body"
    assert all(state_word(state, "vi") != state.value for state in State)


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("quang-ninh/ba-che/huyen-uy", "2025-06-30", True),
        ("quang-ninh/ba-che/huyen-uy", "2025-07-01", False),
        ("quang-ninh/van-don-2025/uy-ban-nhan-dan", "2025-06-30", False),
        ("not/known", "1990-01-01", True),
    ],
)
def test_existence(name: str, day: str, expected: bool) -> None:
    assert existed(body_iri(name), day) is expected
