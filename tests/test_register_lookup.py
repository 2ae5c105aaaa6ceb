"""`chidao register` says what a name means and why, and never guesses."""

import json
import subprocess
import sys

import pytest

from chidao.graph.names import body_iri, place_iri
from chidao.graph.register_lookup import COLUMNS, look_up
from chidao.graph.tables import Row
from chidao.ontology import mentions
from chidao.ontology.mentions import (
    ABSENT_PLACE,
    AMBIGUOUS_PLACE,
    IMPOSSIBLE_DATE,
    NO_PLACE,
    UNKNOWN_NAME,
    UNKNOWN_PLACE,
)
from chidao.ontology.reasons import reason_in
from chidao.ontology.register import register


def found(name: str, place: str | None = None, date: str | None = None) -> list[Row]:
    return look_up(name, place, date, register())


@pytest.mark.parametrize(
    ("name", "place", "date", "meaning", "path"),
    [
        ("UBND tỉnh", "ha-tinh", "2021-05-01", "body", "ha-tinh/uy-ban-nhan-dan"),
        ("UBND tỉnh", "tỉnh Hà Tĩnh", "2021-05-01", "body", "ha-tinh/uy-ban-nhan-dan"),
        ("UBND huyện", "huyện Ba Chẽ, tỉnh Quảng Ninh", "2021-05-01", "body", "quang-ninh/ba-che/uy-ban-nhan-dan"),
        ("quang-ninh/ba-che/huyen-uy", None, None, "body", "quang-ninh/ba-che/huyen-uy"),
        (body_iri("trung-uong/bo-y-te"), None, None, "body", "trung-uong/bo-y-te"),
        (place_iri("quang-ninh/ba-che"), None, None, "place", "quang-ninh/ba-che"),
        ("huyện Ba Chẽ", None, "2021-05-01", "place", "quang-ninh/ba-che"),
        ("xã Ba Chẽ", None, "2025-12-01", "place", "quang-ninh/ba-che-2025"),
        ("UBND các huyện, thị xã, thành phố", "thai-nguyen", "2020-07-28", "group", "thai-nguyen"),
    ],
)
def test_a_name_has_one_first_row(name: str, place: str | None, date: str | None, meaning: str, path: str) -> None:
    first = found(name, place, date)[0]
    assert tuple(first) == COLUMNS
    assert (first["meaning"], first["path"]) == (meaning, path)


def test_a_group_is_followed_by_its_members_of_the_day() -> None:
    rows = found("UBND các huyện, thị xã, thành phố", "thai-nguyen", "2020-07-28")
    assert [row["meaning"] for row in rows] == ["group", *["member"] * 9]
    assert [row["reason"] for row in found("UBND các huyện", "thai-nguyen")] == ["members need --date"]


def test_an_ambiguous_name_lists_its_candidates_with_the_reason() -> None:
    rows = found("UBND huyện Châu Thành", None, "2021-05-01")
    assert len(rows) == 10
    assert {(row["meaning"], row["reason"]) for row in rows} == {("candidate", "several places fit")}


def test_a_row_tells_what_came_before_and_by_which_act() -> None:
    (row,) = found("Sở Nông nghiệp và Môi trường", "ha-tinh", "2025-05-01")
    before = "ha-tinh/so-nong-nghiep-va-phat-trien-nong-thon ha-tinh/so-tai-nguyen-va-moi-truong"
    assert row["predecessors"] == before
    assert row["reason"] == "2025-03-01 45/2025/NĐ-CP"


@pytest.mark.parametrize(
    ("name", "place", "date", "reason"),
    [
        ("không có", None, "2021-05-01", UNKNOWN_NAME),
        ("", None, "2021-05-01", UNKNOWN_NAME),
        ("xã", None, "2021-05-01", UNKNOWN_NAME),
        ("UBND tỉnh", None, "2021-05-01", NO_PLACE),
        ("Huyện ủy Vinh", "nghe-an", "2021-05-01", UNKNOWN_PLACE),
        ("UBND tỉnh Quảng Ninh", None, "2021-02-30", IMPOSSIBLE_DATE),
        ("UBND tỉnh Quảng Ninh", None, "19/10/2021", IMPOSSIBLE_DATE),
        ("UBND tỉnh Quảng Ninh", None, "2021-10", IMPOSSIBLE_DATE),
        ("Sở Y tế", "Atlantis", "2021-05-01", UNKNOWN_PLACE),
        ("UBND xã", "xã Ba Chẽ", "2021-05-01", ABSENT_PLACE),
        ("UBND huyện", "huyện Châu Thành", "2021-05-01", AMBIGUOUS_PLACE),
    ],
)
def test_what_the_register_cannot_settle_stays_unresolved(name: str, place: str | None, date: str, reason: str) -> None:
    first = found(name, place, date)[0]
    assert (first["meaning"], first["path"], first["reason"]) == ("unresolved", "", reason)


def test_the_places_that_a_context_could_be_follow_the_unresolved_name() -> None:
    rows = found("UBND huyện", "huyện Châu Thành", "2021-05-01")[1:]
    assert {row["meaning"] for row in rows} == {"context"}
    assert "ben-tre/chau-thanh" in {row["path"] for row in rows}


def test_an_unresolved_body_keeps_what_its_name_tells() -> None:
    (row,) = found("Ban Chỉ đạo trồng cây xanh tỉnh", "nghe-an", "2021-05-01")
    assert (row["label"], row["level"]) == ("Ban Chỉ đạo trồng cây xanh tỉnh Nghệ An", "province")


def test_a_place_of_another_day_is_a_candidate_with_the_reason() -> None:
    (row,) = found("xã Ba Chẽ", None, "2021-05-01")
    assert (row["meaning"], row["path"], row["reason"]) == ("candidate", "quang-ninh/ba-che-2025", ABSENT_PLACE)


def test_every_reason_has_its_vietnamese() -> None:
    reasons = (value for name, value in vars(mentions).items() if name.isupper() and isinstance(value, str))
    assert all(reason_in(reason, "vi") != reason for reason in reasons)
    assert reason_in("9 members", "vi") == "9 thành viên"


def test_the_command_prints_json_and_a_reason_for_what_it_cannot_settle() -> None:
    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-P", "-m", "chidao", "register", *arguments]
        return subprocess.run(command, capture_output=True, text=True, check=False)

    done = run("UBND tỉnh", "--place", "ha-tinh", "--date", "2021-05-01", "--format", "json")
    assert done.returncode == 0
    assert json.loads(done.stdout)[0]["path"] == "ha-tinh/uy-ban-nhan-dan"
    impossible = run("UBND tỉnh", "--date", "2021-02-30", "--format", "json")
    assert impossible.returncode == 0
    assert json.loads(impossible.stdout)[0]["reason"] == reason_in(IMPOSSIBLE_DATE, "vi")
    unknown = run("không có", "--lang", "en", "--format", "json")
    assert unknown.returncode == 0
    assert json.loads(unknown.stdout)[0]["reason"] == UNKNOWN_NAME
