"""Reading files: what is a text, and how each thing that is none is refused."""

import hashlib
import os
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from chidao.graph.errors import SourceError
from chidao.loaders import read
from chidao.loaders.locations import files_in
from chidao.loaders.read import read_source

TEXT = "Thực hiện Công văn số 12-CV/TU, Huyện ủy yêu cầu các đơn vị báo cáo."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_encodings_of_vietnamese(tmp_path: Path, encoding: str) -> None:
    """UTF-8 and UTF-16, and windows-1258 with its combining tone marks, are read as the same words."""
    path = tmp_path / "a.txt"
    written = "".join(_windows_1258(c) for c in TEXT) if encoding == "cp1258" else TEXT
    path.write_bytes(written.encode(encoding))
    source = read_source(path)
    assert unicodedata.normalize("NFC", source.text) == TEXT
    assert source.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()


def _windows_1258(letter: str) -> str:
    """The letter as windows-1258 spells it: a vowel with its shape, the tone mark behind it."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    apart = unicodedata.normalize("NFD", letter)
    tone = "".join(c for c in apart if c in tones)
    return unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones)) + tone


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n\t ", "empty"),
        ("binary.txt", bytes(range(256)) * 40, "not a text"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + b"\xff\x00\x80" * 200, "not a text"),
        ("pages.txt", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", r"not a text: the file is a PDF file; rename it to .pdf"),
        ("english.txt", b"To whom it may concern: nothing is decided yet.", "no Vietnamese letter"),
        ("french.txt", "L’arrêté préfectoral n’a pas été publié à temps.".encode(), "no Vietnamese letter"),
        ("bare.txt", b"Uy ban nhan dan tinh yeu cau cac don vi bao cao.", "with Vietnamese marks"),
        ("table.xlsx", "Kế hoạch".encode(), "not read"),
        ("old.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 99, "convert-to docx"),
        ("old.rtf", b"{\\rtf1}", "convert-to docx"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path: Path, name: str, content: bytes, reason: str) -> None:
    """The message names the file and the reason."""
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(SourceError, match=reason) as refusal:
        read_source(path)
    assert name in str(refusal.value)


def test_a_missing_path_and_a_folder_without_texts_are_refused(tmp_path: Path) -> None:
    """Both say what to do."""
    with pytest.raises(SourceError, match="no such file"):
        read_source(tmp_path / "nowhere.txt")
    (tmp_path / "only.csv").write_text("a,b")
    assert list(files_in((tmp_path,))) == [tmp_path]
    with pytest.raises(SourceError, match="no text in this folder"):
        read_source(tmp_path)


def test_a_file_larger_than_any_directive_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The size decides before the content is read."""
    monkeypatch.setitem(read.KINDS, ".txt", replace(read.KINDS[".txt"], max_bytes=1000))
    path = tmp_path / "huge.txt"
    path.write_text(TEXT * 100, encoding="utf-8")
    with pytest.raises(SourceError, match="split the file"):
        read_source(path)


def test_a_folder_gives_its_texts_in_order(tmp_path: Path) -> None:
    """Folders are walked; other kinds of files in them are passed over."""
    for name in ("b.txt", "a.TXT", "c/d.md", "c/e.pyc", "c/f.PDF", "c/.g.txt", "c/~$h.docx", "c/i.zip", "c/j.doc"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    assert [p.name for p in files_in((tmp_path,))] == ["a.TXT", "b.txt", "d.md", "f.PDF", "i.zip", "j.doc"]


def test_a_pipe_is_refused_unread(tmp_path: Path) -> None:
    """Opening one would wait for ever."""
    path = tmp_path / "pipe.txt"
    os.mkfifo(path)
    with pytest.raises(SourceError, match="no regular file"):
        read_source(path)


def test_what_no_output_may_hold_is_replaced_one_for_one(tmp_path: Path) -> None:
    """XML forbids control characters and U+FFFE; offsets stay, tabs and line ends too."""
    path = tmp_path / "a.txt"
    path.write_text(f"{TEXT}\x02\ufffe\uffff\x0b\x0c\t\n{TEXT}", encoding="utf-8")
    assert read_source(path).text == f"{TEXT}\ufffd\ufffd\ufffd  \t\n{TEXT}"


def test_a_text_cut_within_a_letter_is_read_up_to_it(tmp_path: Path) -> None:
    """The letter that the cut went through is U+FFFD."""
    path = tmp_path / "a.txt"
    path.write_bytes((TEXT * 10 + "ệ").encode()[:-1])
    assert read_source(path).text == TEXT * 10 + "\ufffd"
