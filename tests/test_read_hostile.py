"""Bad files of every kind: one clear message each, and the good files beside them are read."""

import os
import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import pytest
from docx import Document
from file_samples import as_docx, as_pdf, letter_of
from fpdf import FPDF

from chidao.graph.errors import SourceError
from chidao.loaders.formats import sandbox, worker
from chidao.loaders.formats.sandbox import Sandbox
from chidao.loaders.load import extract_files
from chidao.loaders.read import locations_in, read_source

ROOT = Path(__file__).resolve().parent.parent
TEXT = "Thực hiện Công văn số 12-CV/TU, Huyện ủy yêu cầu các đơn vị báo cáo."
LETTER = letter_of((ROOT / "samples/07-huyen-uy-ba-che-ct-hu.txt").read_text(encoding="utf-8"))


def pages(count: int) -> bytes:
    """A PDF of empty pages."""
    pdf = FPDF()
    for _ in range(count):
        pdf.add_page()
    return bytes(pdf.output())


def locked_pdf() -> bytes:
    """A PDF that asks for a password."""
    pdf = FPDF()
    pdf.add_page()
    pdf.set_encryption(owner_password="b", user_password="a")  # noqa: S106 (a test)
    return bytes(pdf.output())


def zipped(*members: tuple[str, bytes]) -> bytes:
    """An archive of these members."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return file.getvalue()


def locked_zip() -> bytes:
    """An archive whose member says that it is encrypted."""
    content = bytearray(zipped(("a.txt", TEXT.encode())))
    for sign, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        struct.pack_into("<H", content, content.index(sign) + at, 1)
    return bytes(content)


def swelling_docx() -> bytes:
    """A Word document that unpacks to a thousand times its size."""
    file = BytesIO()
    Document().save(file)
    with ZipFile(file, "a", ZIP_DEFLATED) as package:
        package.writestr("word/media/zeros.bin", bytes(40_000_000))
    return file.getvalue()


BAD: dict[str, tuple[Callable[[], bytes], str]] = {
    "empty.pdf": (lambda: b"", "empty"),
    "cut.pdf": (lambda: as_pdf(LETTER)[:3000], "damaged or cut"),
    "noise.pdf": (lambda: b"%PDF-1.7\n" + os.urandom(5000), "damaged or cut"),
    "no.pdf": (lambda: b"<p>" * 99, "not a .pdf file"),
    "locked.pdf": (locked_pdf, "password"),
    "thick.pdf": (lambda: pages(2001), "2,001 pages"),
    "blank.pdf": (lambda: pages(1), "no text"),
    "cut.docx": (lambda: as_docx(LETTER)[:9000], "damaged or cut"),
    "noise.docx": (lambda: b"PK\x03\x04" + os.urandom(5000), "damaged or cut"),
    "other.docx": (lambda: zipped(("a.txt", b"a")), "damaged or cut"),
    "renamed.docx": (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "old Office file; rename it to .doc"),
    "locked.docx": (
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"),
        "password",
    ),
    "bomb.docx": (swelling_docx, "zip bomb"),
    "empty.html": (lambda: b"<html><body><script>1</script></body></html>", "no text"),
    "foreign.html": (lambda: b"<p>Nothing is decided.</p>", "no Vietnamese letter"),
    "noise.html": (lambda: b"<html>" + os.urandom(5000), "encoding"),
    "cut.zip": (lambda: zipped(("a.txt", TEXT.encode()))[:60], "cut or damaged"),
    "locked.zip": (locked_zip, "password"),
    "bomb.zip": (lambda: zipped(("a.txt", bytes(60_000_000))), "zip bomb"),
    "none.zip": (lambda: zipped(("a.exe", b"a")), "no text in this archive"),
    "climbing.zip": (lambda: zipped(("../../a.txt", TEXT.encode())), "leads out of the archive"),
    "rooted.zip": (lambda: zipped(("/etc/a.txt", TEXT.encode())), "leads out of the archive"),
    "drive.zip": (lambda: zipped(("C:a.txt", TEXT.encode())), "leads out of the archive"),
    "nested.zip": (
        lambda: zipped(("b.zip", zipped(("c.zip", zipped(("a.txt", TEXT.encode())))))),
        "archive in an archive in an archive",
    ),
}


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
