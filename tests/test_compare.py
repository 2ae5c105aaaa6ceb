"""Comparison: how places answered one document, beside how much of each is held."""

from pathlib import Path

import pytest
from chain_stores import addressed, in_memory, opened
from record_factory import DISTRICT_PARTY, DISTRICT_STATE, PROVINCE_PARTY, body, directive, duty

from chidao.graph.chains import resolve_document
from chidao.graph.compare import Answer, answer_rows, compare
from chidao.graph.gaps import State

EIGHTEEN = (PROVINCE_PARTY, "CT", "18", "TU", "2021-10-18")
SEVEN = (DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19")
TIEN_YEN = body("quang-ninh/tien-yen/huyen-uy", "Huyện ủy Tiên Yên", "district", "party")


def asked(*texts, level: str = "district") -> dict[str, Answer]:
    store = in_memory(texts)
    return {each.label: each for each in compare(store, resolve_document(store, "18-CT/TU"), level)}


def test_places_in_scope_stand_beside_those_that_answered() -> None:
    found = asked(addressed(directive(*EIGHTEEN), DISTRICT_PARTY, TIEN_YEN), directive(*SEVEN, cites=(EIGHTEEN,)))
    assert list(found) == ["huyện Ba Chẽ", "huyện Tiên Yên"]
    assert (found["huyện Ba Chẽ"].state, found["huyện Ba Chẽ"].first_days) == (State.ISSUED, 1)
    assert (found["huyện Tiên Yên"].state, found["huyện Tiên Yên"].documents) == (State.NO_TEXTS, ())


def test_party_and_state_of_a_place_answer_together() -> None:
    plan = directive(DISTRICT_STATE, "KH", "9", "UBND", "2021-10-25", cites=(SEVEN,))
    found = asked(addressed(directive(*EIGHTEEN), DISTRICT_PARTY), directive(*SEVEN, cites=(EIGHTEEN,)), plan)
    assert [iri.rpartition("/")[2] for iri in found["huyện Ba Chẽ"].documents] == ["ct-07", "kh-09"]
    assert found["huyện Ba Chẽ"].texts_held == 2


def test_the_share_is_of_the_texts_held() -> None:
    other = directive(DISTRICT_PARTY, "CV", "3", "HU", "2020-01-02")
    found = asked(addressed(directive(*EIGHTEEN), DISTRICT_PARTY), directive(*SEVEN, cites=(EIGHTEEN,)), other)
    assert found["huyện Ba Chẽ"].answers_per_text == 0.5
    assert found["huyện Ba Chẽ"].texts_held == 2


def test_duties_kept_dropped_and_added_are_counted_once() -> None:
    kept = "Rà soát các hộ dân ở ven suối có nguy cơ lũ quét."
    gone = "Tuyên truyền quy định về sử dụng lửa khi làm nương rẫy."
    come = "Lắp đặt trạm đo mưa tự động tại các hồ chứa."
    found = asked(
        directive(*EIGHTEEN, duties=(duty(kept, DISTRICT_PARTY), duty(gone, DISTRICT_PARTY))),
        directive(*SEVEN, cites=(EIGHTEEN,), duties=(duty(kept, DISTRICT_STATE), duty(come, DISTRICT_STATE))),
    )
    answer = found["huyện Ba Chẽ"]
    assert (answer.kept, answer.dropped, answer.added, answer.kept_share) == (1, 1, 1, 0.5)


def test_nothing_is_counted_where_no_duties_can_be_set_side_by_side() -> None:
    found = asked(directive(*EIGHTEEN), directive(*SEVEN, cites=(EIGHTEEN,)))
    answer = found["huyện Ba Chẽ"]
    assert (answer.kept, answer.dropped, answer.added, answer.kept_share) == (None, None, None, None)


def test_a_level_below_the_scope_shows_who_answered(sample_data: Path) -> None:
    """68-CT/TW of the Centre at districts: three answered, over their provinces."""
    store = opened(sample_data)
    found = compare(store, resolve_document(store, "68-CT/TW"), "district")
    assert [(each.label, each.first_days) for each in found] == [
        ("huyện Ba Chẽ", 25),
        ("huyện Sơn Dương", 28),
        ("huyện Tiên Yên", 30),
    ]


@pytest.mark.parametrize(("level", "places"), [("province", 63), ("district", 3), ("commune", 4)])
def test_rows(sample_data: Path, level: str, places: int) -> None:
    store = opened(sample_data)
    rows = answer_rows(store, compare(store, resolve_document(store, "68-CT/TW"), level, "en"), "en")
    assert len(rows) == places
    assert rows[0]["state"] == "issued"
