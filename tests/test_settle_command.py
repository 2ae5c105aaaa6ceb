"""``chidao settle`` as a user meets it: a real process on a real store."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from place_base import seed

Run = Callable[..., "subprocess.CompletedProcess[str]"]
SEVEN = "Số: 07-CT/HU\nBa Chẽ, ngày 19 tháng 10 năm 2021\n\nCHỈ THỊ\nvề bảo vệ rừng\n\nThực hiện Chỉ thị số 18-CT/TU của Ban Thường vụ Tỉnh ủy, Ban Thường vụ Huyện ủy Ba Chẽ yêu cầu:\n1. Công an huyện tuần tra rừng.\n"


def running(folder: Path) -> Run:
    """Runs ``chidao`` on a store with one text."""

    def run(*arguments: object, data: str = "data", text: str | None = None) -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-P", "-m", "chidao", *map(str, arguments), "--data", str(seed(folder / data))]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder, input=text)

    (folder / "07.txt").write_text(SEVEN, encoding="utf-8")
    assert run("load", "07.txt").returncode == 0
    return run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """On a store that may be changed."""
    return running(tmp_path)


@pytest.fixture(scope="module")
def run_in_vain(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """On a store that nothing changes."""
    return running(tmp_path_factory.mktemp("settle"))


def listed(run: Run, **more: str) -> list[dict[str, str]]:
    return json.loads(run("settle", "list", "--format", "json", **more).stdout)


def test_a_decision_from_the_list_of_open_questions_to_its_undoing(run: Run) -> None:
    (question,) = json.loads(run("settle", "open", "citations", "--format", "json").stdout)
    assert "Chỉ thị số 18-CT/TU" in question["quote"]
    chosen = "document/quang-ninh/tinh-uy/2021/ct-18"
    made = run("settle", "choose", question["thing"], chosen, "--by", "Người rà soát", "--why", "bản giấy")
    assert made.returncode == 0, made.stderr
    assert json.loads(run("settle", "open", "citations", "--format", "json").stdout) == []
    (row,) = listed(run)
    assert (row["by"], row["why"], row["standing"], row["values"]) == ("Người rà soát", "bản giấy", "applied", chosen)
    assert made.stdout.strip().endswith(row["decision"])
    assert "18-CT/TU" in run("chain", "07-CT/HU").stdout
    undone = run("settle", "undo", row["decision"], "--by", "Người rà soát", "--why", "nhầm")
    assert undone.returncode == 0, undone.stderr
    assert [each["standing"] for each in listed(run)] == ["undone"]
    exported = run("settle", "export").stdout
    assert len(exported.splitlines()) == 2
    assert run("check").returncode == 0

    imported = run("settle", "import", "-", text=exported, data="other")
    assert imported.returncode == 0, imported.stderr
    assert run("settle", "export", data="other").stdout == exported


@pytest.mark.xdist_group("settle")
@pytest.mark.parametrize(
    ("arguments", "message", "status"),
    [
        (("confirm", "source/0/citation/1", "07-CT/HU", "--by", "a", "--why", "b"), "is no reference", 1),
        (("refuse", "99-CT/TU", "07-CT/HU", "--by", "a", "--why", "b"), "no document '99-CT/TU'", 1),
        (("merge", "07-CT/HU", "07-CT/HU", "--by", "a", "--why", "b"), "does not fit", 1),
        (("choose", "07-CT/HU", "Tỉnh ủy Quảng Ninh", "--by", "", "--why", "b"), "a decision says who", 1),
        (("choose", "07-CT/HU", "Tỉnh ủy Quảng Ninh", "--by", "a"), "--why", 2),
        (("undo", "0123456789abcdef", "--by", "a", "--why", "b"), "settle list", 1),
        (("import", "-"), "line 1 is no decision", 1),
    ],
)
def test_what_cannot_be_decided_is_said_without_a_traceback(
    run_in_vain: Run, arguments: tuple[str, ...], message: str, status: int
) -> None:
    ended = run_in_vain("settle", *arguments, text="{}\n")
    assert (ended.returncode, "Traceback" in ended.stderr) == (status, False)
    assert message in ended.stderr
    assert listed(run_in_vain) == []


def test_an_issuer_is_settled_by_symbol_and_name(run: Run) -> None:
    made = run("settle", "choose", "07-CT/HU", "Huyện ủy Ba Chẽ", "--by", "Người rà soát", "--why", "con dấu")
    assert made.returncode == 0, made.stderr
    (row,) = listed(run)
    assert (row["property"], row["values"]) == ("issuedBy", "body/quang-ninh/ba-che/huyen-uy")
