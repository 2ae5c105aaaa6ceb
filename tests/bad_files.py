"""Files that must be refused, each with words of the reason: empty, cut, locked, made to do harm."""

import os
import struct
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from docx import Document
from file_samples import as_docx, as_pdf, letter_of
from fpdf import FPDF

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
