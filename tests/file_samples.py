"""Renders an invented directive as other kinds of files, laid out as offices do: two columns, numbered lists, tables."""

import html
import re
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos

FONTS = (
    Path("/usr/share/fonts/truetype/noto/NotoSans-Regular.ttf"),
    Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
)
_MOTTO = re.compile(r"CỘNG HÒA XÃ HỘI|ĐẢNG CỘNG SẢN")
_LEFT = re.compile(r"Số\b|V/v\b|Về\b|\*$|(?:TỈNH|HUYỆN|XÃ) ")
_TYPE = re.compile(r"(?:KẾ HOẠCH|CHỈ THỊ|THÔNG BÁO|QUYẾT ĐỊNH|CÔNG ĐIỆN)$")


@dataclass(frozen=True)
class Letter:
    """A directive in its parts, each a tuple of lines or paragraphs."""

    left: tuple[str, ...]
    right: tuple[str, ...]
    title: tuple[str, ...]
    body: tuple[str, ...]
    recipients: tuple[str, ...]
    signature: tuple[str, ...]


def letter_of(text: str) -> Letter:
    """Takes a sample with one part of its head on each line apart."""
    lines = text.rsplit("\n[", 1)[0].split("\n")
    at = next(k for k, line in enumerate(lines) if _TYPE.match(line))
    head = [piece for line in lines[:at] for piece in re.split(r"\s{3,}", line) if piece and not piece.startswith("--")]
    motto = next(k for k, line in enumerate(head) if _MOTTO.match(line))
    left = tuple(line for k, line in enumerate(head) if k < motto or _LEFT.match(line))
    title, *rest = "\n".join(lines[at:]).split("\n\n")
    tail = next(k for k, part in enumerate(rest) if part.startswith("Nơi nhận"))
    signature = tuple(filter(None, "\n".join(rest[tail + 1 :]).split("\n")))
    recipients = tuple(rest[tail].split("\n"))
    right = tuple(line for line in head if line not in left)
    return Letter(left, right, tuple(title.split("\n")), tuple(rest[:tail]), recipients, signature)


def cells_of(paragraph: str) -> list[list[str]] | None:
    """The cells of a table that the sample writes between bars; None for a paragraph."""
    rows = [line.strip("| ").split(" | ") for line in paragraph.split("\n") if line.startswith("|")]
    return [row for row in rows if not re.fullmatch(r"[-| ]+", "".join(row))] or None


def as_html(letter: Letter) -> bytes:
    """A portal's page: menus around it, letterhead and signature as tables without borders."""

    def cell(lines: tuple[str, ...]) -> str:
        return f"<td>{'<br/>'.join(map(html.escape, lines))}</td>"

    def part(paragraph: str) -> str:
        rows = cells_of(paragraph)
        if rows is None:
            return f"<p>{html.escape(paragraph)}</p>"
        return f"<table border=1>{''.join('<tr>' + ''.join(map(cell, ((c,) for c in row))) + '</tr>' for row in rows)}</table>"

    menu = "".join(f'<li><a href="/{k}">Chuyên mục thứ {k} của cổng</a></li>' for k in range(12))
    title = "".join(f'<p style="text-align: center">{html.escape(line)}</p>' for line in letter.title)
    page = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>Văn bản chỉ đạo điều hành</title></head><body>
    <div id="menu"><ul>{menu}</ul></div><div class="page"><div class="article">
    <table><tr>{cell(letter.left)}{cell(letter.right)}</tr></table>{title}{"".join(map(part, letter.body))}
    <table><tr>{cell(letter.recipients)}{cell(letter.signature)}</tr></table>
    </div></div><div class="bottom"><p>Bản quyền thuộc về Cổng thông tin</p></div><script>alert(1)</script></body></html>"""
    return page.encode()


def as_docx(letter: Letter) -> bytes:
    """A Word document: letterhead and signature as tables, the title centred."""
    document = Document()
    _two_columns(document, letter.left, letter.right)
    for line in letter.title:
        document.add_paragraph(line).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for paragraph in letter.body:
        rows = cells_of(paragraph)
        if rows is None:
            document.add_paragraph(paragraph)
            continue
        table = document.add_table(len(rows), len(rows[0]))
        for row, texts in zip(table.rows, rows, strict=True):
            for made, text in zip(row.cells, texts, strict=True):
                made.text = text
    _two_columns(document, letter.recipients, letter.signature)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def _two_columns(document: Document, left: tuple[str, ...], right: tuple[str, ...]) -> None:  # type: ignore[valid-type]
    table = document.add_table(1, 2)  # type: ignore[attr-defined]
    for made, lines in zip(table.rows[0].cells, (left, right), strict=True):
        made.paragraphs[0].text = lines[0]
        for line in lines[1:]:
            made.add_paragraph(line)


def font() -> Path:
    """A font with the letters of Vietnamese."""
    found = next((path for path in FONTS if path.exists()), None)
    if found is None:
        pytest.skip("no font with Vietnamese letters to draw a PDF with (Debian: fonts-noto-core)")
    return found


def as_pdf(letter: Letter) -> bytes:
    """Pages as an office prints them: two centred columns on top, justified text, page numbers, two columns below."""
    pdf = _Pages(format="A4")
    pdf.set_margins(30, 20, 20)
    pdf.add_font("text", fname=font())
    pdf.add_page()
    pdf.set_font("text", size=11)
    _columns(pdf, letter.left, letter.right, Align.C)
    pdf.ln(6)
    for line in letter.title:
        pdf.multi_cell(0, 6, line, align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    pdf.ln(4)
    for paragraph in letter.body:
        rows = cells_of(paragraph)
        if rows is None:
            pdf.multi_cell(0, 6, f"      {paragraph}", align=Align.J, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        else:
            with pdf.table(rows, first_row_as_headings=False):
                pass
        pdf.ln(2)
    if pdf.will_page_break(6 * len(letter.recipients) + 10):
        pdf.add_page()
    pdf.ln(4)
    _columns(pdf, letter.recipients, letter.signature, Align.L)
    return bytes(pdf.output())


class _Pages(FPDF):
    def header(self) -> None:
        if self.page_no() > 1:
            self.set_font("text", size=10)
            self.cell(0, 6, str(self.page_no()), align=Align.C, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
            self.set_font("text", size=11)


def _columns(pdf: FPDF, left: tuple[str, ...], right: tuple[str, ...], align: Align) -> None:
    """Two columns with lines of their own height, as in a table without borders."""
    top, below = pdf.get_y(), 0.0
    for at, height, width, lines, how in ((0, 5, 72, left, align), (72, 6, 88, right, Align.C)):
        pdf.set_y(top)
        for line in lines:
            pdf.set_x(pdf.l_margin + at)
            pdf.multi_cell(width, height, line, align=how, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        below = max(below, pdf.get_y())
    pdf.set_y(below)
