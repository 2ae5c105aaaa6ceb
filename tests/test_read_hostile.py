"""Bad files of every kind: one clear message each, and the good files beside them are read."""

import os
from io import BytesIO
from pathlib import Path

import pytest
from bad_files import BAD, LETTER, TEXT, zipped
from file_samples import as_docx

from chidao.graph.errors import SourceError
from chidao.loaders.extracted import extract_files
from chidao.loaders.formats import sandbox, worker
from chidao.loaders.formats.sandbox import Sandbox
from chidao.loaders.locations import locations_in
from chidao.loaders.read import read_source


@pytest.mark.parametrize("name", BAD)
def test_bad_files_are_refused_by_name(name: str, tmp_path: Path) -> None:
    """The message names the file, what is wrong and what to do; the good file behind it is read."""
    make, reason = BAD[name]
    (tmp_path / name).write_bytes(make())
    (tmp_path / "zzz.docx").write_bytes(as_docx(LETTER))
    bad, good = extract_files((tmp_path,))
    assert bad.refusal is not None
    assert str(tmp_path / name) in bad.refusal
    assert reason in bad.refusal
    assert "\n" not in bad.refusal
    assert good.record is not None


def test_a_member_larger_than_it_says_is_not_read_to_its_end(tmp_path: Path) -> None:
    """The size in the archive's table is the archive's claim; reading stops at the limit whatever it says."""
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(("a.txt", (TEXT * 400_000).encode())))
    (where,) = locations_in((path,))
    with pytest.raises(SourceError, match=r"larger than any directive|zip bomb"):
        read_source(where)


def test_deep_markup_is_read_or_refused(tmp_path: Path) -> None:
    """Ten thousand elements in each other neither crash nor hang the reading."""
    path = tmp_path / "deep.html"
    path.write_text("<div>" * 10_000 + TEXT + "</div>" * 10_000, encoding="utf-8")
    (extracted,) = extract_files((path,))
    assert extracted.refusal is None or "deep.html" in extracted.refusal


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import os; os.kill(os.getpid(), 11)", "broke down"),
        ("raise KeyError('an unexpected part')", "broke down"),
        ("import signal; signal.alarm(1)\nwhile True: pass", "took more than"),
        ("x = [bytes(2**28) for _ in range(99)]", "memory"),
    ],
)
def test_a_parser_that_dies_costs_one_file(
    script: str, reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A crash in a native library, a bug, an endless loop, memory without end: said, and the next file is parsed."""
    (tmp_path / "dying_parser.py").write_text(f"def parse(content):\n    exec({script!r}, {{}})\n", encoding="utf-8")
    (tmp_path / "dying_worker.py").write_text(
        "from chidao.loaders.formats import worker\n"
        "worker._PARSERS['dying'] = ('dying_parser', 'parse')\n"
        "worker.main()\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("PYTHONPATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(sandbox, "WORKER", "dying_worker")
    tried = Sandbox()
    with pytest.raises(SourceError, match=reason):
        tried.parse("dying", b"a")
    assert tried.parse("html", f"<p>{TEXT}</p>".encode()).text == TEXT


def test_what_a_library_prints_is_no_answer(capfd: pytest.CaptureFixture[str]) -> None:
    """An answer is one line of JSON with nothing of the parser's own output in it."""
    answers = BytesIO()
    page = f"<p>{TEXT}</p>".encode()
    request = b'{"parser": "html", "length": %d}\n' % len(page)
    worker.serve(BytesIO(request + page), answers)
    assert answers.getvalue().count(b"\n") == 1
    assert capfd.readouterr().out == ""
