"""What a load says of itself: on the standard output, as JSON, and as a page."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from bad_files import BAD
from flask.testing import FlaskClient
from load_samples import LETTER, filled, write_letters
from place_base import seed

from chidao.loaders.ledger import Entry, entries
from chidao.loaders.load import Means
from chidao.loaders.load_report import LoadReport, Tally, kind_of, printed, write_report
from chidao.web.app import create_app
from chidao.web.limits import Limits
from chidao.web.site import site_of

FILES = int(os.environ.get("CHIDAO_BAD_INPUT", "300"))
"""Set it to 10000 for the measurement of docs/scale.md."""


def report_of(data_dir: Path, tally: Tally) -> LoadReport:
    return LoadReport(data_dir, "0" * 16, "2026-03-01T08:00:00+00:00", "rules", 2.0, 1.0, tally)


def bad_files(folder: Path, count: int) -> dict[str, str]:
    """Write so many bad files, in turn of every kind; name -> words of the reason."""
    plain = {
        "empty.txt": (lambda: b"", "empty"),
        "noise.txt": (lambda: bytes(range(256)) * 40, "not a text"),
        "foreign.txt": (lambda: b"Nothing is decided here. " * 20, "no Vietnamese letter"),
        "wrong-encoding.txt": (lambda: "Kế hoạch số 5 của Ủy ban".encode("utf-16")[3:] * 9, "not a text"),
        "old.doc": (lambda: b"\xd0\xcf\x11\xe0", "old Word file"),
    }
    kinds = list({**plain, **BAD}.items())
    made = {}
    for number in range(count):
        name, (make, reason) = kinds[number % len(kinds)]
        made[f"{number:05}-{name}"] = reason
        (folder / f"{number:05}-{name}").write_bytes(make())
    return made


def test_a_corpus_with_bad_files_loads_the_rest_and_names_each(tmp_path: Path) -> None:
    """Three in a hundred, and at least one of every kind; one text is a single line of 300,000 signs."""
    folder, data = tmp_path / "texts", tmp_path / "data"
    good = write_letters(folder, FILES)
    good[-1].write_text(LETTER.format(number=FILES) + "Nội dung khác của kế hoạch, " * 11_000, encoding="utf-8")
    bad = bad_files(folder, max(30, FILES * 3 // 100))
    tally = filled(data, folder, means=Means(2))
    assert (tally.files["loaded"], tally.files["refused"]) == (len(good), len(bad))
    said = {entry.path.partition("!/")[0].rpartition("/")[2]: entry.reason for entry in entries(data, "refused")}
    assert {name for name, reason in bad.items() if reason not in said.get(name, "")} == set()
    assert sum(tally.refused.values()) == len(bad)
    messages = (data / "said").read_text()
    assert all(name in messages for name in bad)
    assert "Traceback" not in messages


@pytest.mark.parametrize(
    ("reason", "kind"),
    [
        (
            "25,000 bytes, more than the 20,000 of any directive; split the file",
            "… bytes, more than the … of any directive",
        ),
        ("the file is empty", "the file is empty"),
        ("cannot be fetched; check the address and the network (http://a.vn/1)", "cannot be fetched"),
    ],
)
def test_refusals_are_counted_by_kind(reason: str, kind: str) -> None:
    """Without numbers and advice, so that a thousand files have a few reasons."""
    assert kind_of(Entry("a.txt", "refused", reason)) == kind


def test_many_files_are_summed_up_for_people_and_listed_for_programs(tmp_path: Path) -> None:
    """A table of 200 rows at most; CSV and JSON have a row for each file."""
    folder, data = tmp_path / "texts", tmp_path / "data"
    write_letters(folder, 205)
    (folder / "00100.txt").write_bytes(b"")
    report = report_of(data, filled(data, folder))
    shown = "".join(printed(report, "table"))
    assert "the file is empty" in shown
    assert shown.count(".txt") == 1
    assert "".join(printed(report, "csv")).splitlines()[:2] == [
        "file,status,documents,citations,unnamed,duties,unresolved,unread",
        "00001.txt,loaded,1,0,0,1,0,0",
    ]
    rows = json.loads("".join(printed(report, "json")))
    assert [row["file"] for row in rows] == [f"{number:05}.txt" for number in range(1, 206)]
    write_report(report, tmp_path / "all.json")
    write_report(report, tmp_path / "some.json", most=3)
    everything, some = (json.loads((tmp_path / f"{name}.json").read_text()) for name in ("all", "some"))
    assert (len(everything["files"]), len(some["files"])) == (205, 3)
    assert some["files"][0]["reason"] == "the file is empty"


def test_the_command_writes_the_report_and_the_site_shows_it(tmp_path: Path) -> None:
    """In both languages, a page of a hundred files at a time; a name of a file is a name and never markup."""
    folder, data, file = tmp_path / "texts", seed(tmp_path / "data"), tmp_path / "report.json"
    write_letters(folder, 120)
    (folder / "0<b>bold.txt").write_bytes(b"")
    command = [sys.executable, "-P", "-m", "chidao", "load", str(folder), "--data", str(data), "--report", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (1, False), done.stderr
    report = json.loads(file.read_text(encoding="utf-8"))
    counts = {"files": 121, "loaded": 120, "refused": 1, "documents": 120, "duties": 120}
    assert counts.items() <= report["counts"].items()
    assert report["refused_by_reason"] == {"the file is empty": 1}
    assert report == json.loads((data / "report.json").read_text(encoding="utf-8"))
    app = create_app(data, Limits(workers=1))
    try:
        pages = [show(app.test_client(), page, lang) for page, lang in (("", "vi"), ("", "en"), ("?page=2", "en"))]
    finally:
        site_of(app).pool.close()
    assert ["Bị từ chối" in pages[0], "Refused" in pages[1], "the file is empty" in pages[1]] == [True] * 3
    assert ["0&lt;b&gt;bold.txt" in pages[1], "<b>bold" in pages[1], str(folder) in pages[1]] == [True, False, False]
    assert ["00100.txt" in page for page in pages[1:]] == [False, True]


def show(client: FlaskClient, asked: str, language: str) -> str:
    """The page of the load as a browser gets it."""
    answer = client.get(f"/load{asked}", headers={"Accept": "text/html", "Accept-Language": language})
    assert answer.status_code == 200
    return answer.text


def test_a_site_without_a_report_says_so(client: FlaskClient) -> None:
    answer = client.get("/load", headers={"Accept": "text/html", "Accept-Language": "en"})
    assert (answer.status_code, "there is no report of a load" in answer.text) == (404, True)
