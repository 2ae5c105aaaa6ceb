"""Scans and pictures: recognised where tesseract is there, refused with advice where it is not, marked in the record."""

import os
import shutil
import subprocess
from collections.abc import Callable
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from file_samples import as_pdf, letter_of
from fpdf import FPDF

from chidao.graph.errors import SourceError
from chidao.graph.quads import record_quads
from chidao.graph.record_json import record_json
from chidao.loaders.extract import extract
from chidao.loaders.formats.sandbox import Sandbox
from chidao.loaders.read import read_source
from chidao.ontology.namespaces import CD

if TYPE_CHECKING:
    from PIL import Image

SAMPLE = Path(__file__).resolve().parent.parent / "samples/07-huyen-uy-ba-che-ct-hu.txt"


def missing() -> str | None:
    """What is not there to recognise Vietnamese letters; None where all is."""
    if not all(map(find_spec, ("PIL", "pytesseract"))):
        return 'the extra "ocr" is not installed'
    if not shutil.which("tesseract"):
        return "no program tesseract (Debian: tesseract-ocr tesseract-ocr-vie)"
    languages = subprocess.run(["tesseract", "--list-langs"], capture_output=True, text=True, check=False).stdout
    return None if "vie" in languages.split() else "tesseract has no language vie (Debian: tesseract-ocr-vie)"


@pytest.fixture(autouse=True)
def tesseract() -> None:
    """The extra and the program; CHIDAO_REQUIRE_OCR makes their lack a failure."""
    reason = missing()
    if reason and os.environ.get("CHIDAO_REQUIRE_OCR") == "1":
        pytest.fail(reason)
    if reason:
        pytest.skip(reason)


def scans() -> list["Image.Image"]:
    """Pages of a directive as pictures."""
    document = pypdfium2.PdfDocument(as_pdf(letter_of(SAMPLE.read_text(encoding="utf-8"))))
    return [page.render(scale=200 / 72, grayscale=True).to_pil() for page in document]


def picture(form: str) -> bytes:
    """The scans as one file."""
    file = BytesIO()
    first, *others = scans()
    more = {"save_all": True, "append_images": others} if form == "TIFF" else {}
    first.save(file, form, **more)
    return file.getvalue()


def scanned_pdf() -> bytes:
    """A PDF of pictures, with a line of text over them as signing programs add."""
    pdf = FPDF(format="A4")
    for page in scans():
        pdf.add_page()
        pdf.image(page, 0, 0, 210, 297)
        pdf.set_font("helvetica", size=6)
        pdf.text(150, 5, "Signed on 5.5.2023")
    return bytes(pdf.output())


@pytest.mark.parametrize(
    ("name", "make"), [("a.tiff", lambda: picture("TIFF")), ("a.png", lambda: picture("PNG")), ("a.pdf", scanned_pdf)]
)
def test_a_scan_gives_a_record_that_is_marked(name: str, make: Callable[[], bytes], tmp_path: Path) -> None:
    """Symbol, date and columns of the head are found; the source says that a machine recognised it."""
    path = tmp_path / name
    path.write_bytes(make())
    record = extract(read_source(path))
    (document,) = record.documents
    assert (document.symbol, document.issued) == ("21-CT/HU", "2023-05-05")
    assert record.source.ocr
    assert record_json(record)["source"]["ocr"] is True  # type: ignore[index]
    said = {
        quad.predicate.value: quad.object.value for quad in record_quads(record, "") if "ocr" in str(quad.predicate)
    }
    assert said == {f"{CD}ocr": "true"}


def test_without_tesseract_the_advice_is_given(monkeypatch: pytest.MonkeyPatch) -> None:
    """What to install, in Python and in the system."""
    monkeypatch.setenv("PATH", "")
    with pytest.raises(SourceError, match=r"chidao\[ocr\].*apt install tesseract-ocr tesseract-ocr-vie"):
        Sandbox().parse("image", picture("PNG"))


def test_a_damaged_picture_is_refused(tmp_path: Path) -> None:
    """A cut file, and one that only begins like a picture."""
    for content in (picture("PNG")[:5000], b"\x89PNG\r\n\x1a\n" + b"\x00" * 500):
        path = tmp_path / "a.png"
        path.write_bytes(content)
        with pytest.raises(SourceError, match=r"a\.png: the picture is damaged or cut"):
            read_source(path)
