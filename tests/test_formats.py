"""One directive in every kind of file gives one record; letterheads, lists and tables come in reading order."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from docx import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from file_samples import Letter, as_docx, as_html, as_pdf, letter_of

from chidao.graph.record_json import record_json
from chidao.loaders.extract import extract
from chidao.loaders.extracted import extract_files
from chidao.loaders.formats.blocks import Cell, Paragraph, Table, table_text, written
from chidao.loaders.formats.docx_file import parse_docx
from chidao.loaders.formats.html_page import parse_html
from chidao.loaders.formats.pdf_file import parse_pdf
from chidao.loaders.locations import locations_in
from chidao.loaders.read import SourceText, read_source

SAMPLES = Path(__file__).resolve().parent.parent / "samples"
RENDERED = (
    "01-ban-bi-thu-ct-tw.txt",
    "03-tinh-uy-quang-ninh-kh-tu.txt",
    "04-tinh-uy-tuyen-quang-ct-tu.txt",
    "07-huyen-uy-ba-che-ct-hu.txt",
    "11-ubnd-xa-don-dac-kh-ubnd.txt",
    "14-ubnd-quang-ninh-tb-ubnd.txt",
    "19-ubnd-huyen-son-duong-cd-ubnd.txt",
)
PARSERS = {".html": (as_html, parse_html), ".docx": (as_docx, parse_docx), ".pdf": (as_pdf, parse_pdf)}


def letter(name: str) -> Letter:
    """A sample in its parts."""
    return letter_of((SAMPLES / name).read_text(encoding="utf-8"))


def facts(source: SourceText) -> object:
    """The record without what the kind of file decides: offsets, line ends in quotes, the source's own name."""
    record = record_json(extract(replace(source, sha256="0" * 64)))
    del record["source"]
    return _without_offsets(json.loads(json.dumps(record)))


def _without_offsets(value: object) -> object:
    if isinstance(value, dict):
        kept = {key: _without_offsets(each) for key, each in value.items() if key not in ("start", "end")}
        if "claims" in kept:
            kept["claims"] = sorted(kept["claims"], key=str)  # type: ignore[call-overload]
        return kept
    if isinstance(value, list):
        return [_without_offsets(each) for each in value]
    return " ".join(value.split()) if isinstance(value, str) else value


@pytest.mark.parametrize("suffix", PARSERS)
@pytest.mark.parametrize("name", RENDERED)
def test_one_directive_one_record(name: str, suffix: str, tmp_path: Path) -> None:
    """Read from the text, and from a page, a Word document or a PDF laid out in two columns: the same facts."""
    render, _ = PARSERS[suffix]
    path = tmp_path / f"a{suffix}"
    path.write_bytes(render(letter(name)))
    plain = tmp_path / "a.txt"
    plain.write_text((SAMPLES / name).read_text(encoding="utf-8").rsplit("\n[", 1)[0], encoding="utf-8")
    assert facts(read_source(path)) == facts(read_source(plain))


@pytest.mark.parametrize("suffix", PARSERS)
def test_a_table_of_tasks_keeps_its_rows(suffix: str) -> None:
    """Each row stands between bars on a line of its own, also where the cells of a PDF are wrapped."""
    render, parse = PARSERS[suffix]
    text = parse(render(letter("16-ubnd-xa-thanh-lam-kh-ubnd.txt"))).text
    assert (
        "| 1 | Lập danh sách hộ ở chân đồi, ven suối | Công chức Địa chính - Nông nghiệp xã | Trưởng các thôn "
        "| Trước ngày 21/5/2023 |\n| 2 | Kiểm tra máy thổi gió"
    ) in text


@pytest.mark.parametrize("suffix", PARSERS)
def test_left_column_first(suffix: str) -> None:
    """The issuer's column before the motto's, the distribution list before the signature, none mixed."""
    render, parse = PARSERS[suffix]
    text = parse(render(letter("03-tinh-uy-quang-ninh-kh-tu.txt"))).text
    head = "ĐẢNG BỘ TỈNH QUẢNG NINH\nBAN CHẤP HÀNH\n*\nSố 285-KH/TU\n\nĐẢNG CỘNG SẢN VIỆT NAM\nHạ Long, ngày 21 tháng 4"
    assert text.startswith(head)
    assert re.search(r"- Lưu Văn phòng Tỉnh ủy\.\s+T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ THƯỜNG TRỰC\s+Lê Văn C$", text)


def test_every_member_of_an_archive_is_a_source(tmp_path: Path) -> None:
    """In the order of their names, in folders and in one archive more; what systems leave behind is passed over."""
    inner = BytesIO()
    with ZipFile(inner, "w") as archive:
        archive.writestr("d.docx", as_docx(letter(RENDERED[1])))
    path = tmp_path / "a.zip"
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        archive.writestr("c/b.txt", (SAMPLES / RENDERED[0]).read_text(encoding="utf-8"))
        archive.writestr("inner.zip", inner.getvalue())
        archive.writestr("__MACOSX/c/._b.txt", b"\x00\x05")
        archive.writestr("c/picture.xyz", b"")
    sources = [read_source(where) for where in locations_in((tmp_path,))]
    assert [source.path for source in sources] == [f"{path}!/c/b.txt", f"{path}!/inner.zip!/d.docx"]
    assert [extract(source).documents[0].symbol for source in sources] == ["68-CT/TW", "285-KH/TU"]


def test_the_same_on_two_processes(tmp_path: Path) -> None:
    """Each process has a parser of its own; the order stays."""
    for at, name in enumerate(RENDERED[:4]):
        render, _ = list(PARSERS.values())[at % 3]
        (tmp_path / f"{at}{list(PARSERS)[at % 3]}").write_bytes(render(letter(name)))
    alone = [extracted.record for extracted in extract_files((tmp_path,))]
    assert [extracted.record for extracted in extract_files((tmp_path,), jobs=2)] == alone
    assert all(alone)


def test_a_page_is_read_without_the_portal() -> None:
    """Menus, scripts and the foot of the site are no text of the directive."""
    text = parse_html(as_html(letter(RENDERED[0]))).text
    assert not re.search("Chuyên mục|Bản quyền|alert", text)


def test_a_report_keeps_its_heading_and_date() -> None:
    """They stand above the article's element, and the reader of reports needs them."""
    body = "".join(
        f"<p>Ban Thường vụ Huyện ủy yêu cầu chi bộ thứ {n} báo cáo kết quả trước ngày 15.</p>" for n in range(9)
    )
    page = f"""<body><div class="menu"><a href="/">Trang chủ</a></div><div><h1>Ba Chẽ: Giữ rừng mùa khô năm nay</h1>
    <span>08/05/2023 09:15</span><div class="content">{body}</div></div></body>"""
    text = parse_html(page.encode()).text
    assert text.startswith("Ba Chẽ: Giữ rừng mùa khô năm nay\n\n08/05/2023 09:15\n\nBan Thường vụ")


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("<ol><li>Một<li>Hai</ol>", "1. Một\n2. Hai"),
        ("<ol type=a start=3><li>Một<li>Hai</ol>", "c) Một\nd) Hai"),
        ("<ol type=I><li>Một<li value=4>Hai</ol>", "I. Một\nIV. Hai"),
        ("<ul><li>Một<li>- Hai</ul>", "- Một\n- Hai"),
        ("<p>Một &amp; <b>h</b>ai<br>ba&nbsp;</p><p style='display:none'>x</p>", "Một & hai\nba"),
        ("<table><tr><th>A<th>B<tr><td rowspan=2>c<td>d<tr><td>e|f</table>", "| A | B |\n| c | d |\n| c | e/f |"),
    ],
)
def test_markup_becomes_text(page: str, expected: str) -> None:
    """Lists show their numbers, merged cells say what they say in each row."""
    assert re.sub("\n+", "\n", parse_html(f"<body>{page}</body>".encode()).text).strip("\xa0") == expected


def test_numbers_of_word_lists_are_written_out() -> None:
    """Levels, letters, a list that starts anew: as Word shows them."""
    document = Document()
    numbering = document.part.numbering_part.element
    levels = "".join(
        f'<w:lvl w:ilvl="{depth}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for depth, (form, text) in enumerate((("upperRoman", "%1."), ("decimal", "%2."), ("lowerLetter", "%2%3)")))
    )
    numbering.insert(0, parse_xml(f'<w:abstractNum {nsdecls("w")} w:abstractNumId="77">{levels}</w:abstractNum>'))
    numbering.append(parse_xml(f'<w:num {nsdecls("w")} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    for depth in (0, 1, 2, 2, 1, 0, 1):
        properties = document.add_paragraph("Việc")._p.get_or_add_pPr()
        number = f'<w:numPr {nsdecls("w")}><w:ilvl w:val="{depth}"/><w:numId w:val="77"/></w:numPr>'
        properties.append(parse_xml(number))
    file = BytesIO()
    document.save(file)
    lines = parse_docx(file.getvalue()).text.split("\n\n")
    assert lines == ["I. Việc", "1. Việc", "1a) Việc", "1b) Việc", "2. Việc", "II. Việc", "1. Việc"]


def test_word_reads_what_stands_there_now() -> None:
    """Inserted text yes, deleted text no; text boxes and content controls too, once."""
    document = Document()
    inside = '<w:r><w:t xml:space="preserve">{}</w:t></w:r>'
    paragraphs = (
        f"<w:p>{inside.format('Kế ')}<w:ins>{inside.format('hoạch')}</w:ins><w:del>{inside.format('x')}</w:del></w:p>",
        f"<w:sdt><w:sdtContent><w:p>{inside.format('Điều 1')}</w:p></w:sdtContent></w:sdt>",
        f"<w:p><w:r><w:pict><w:txbxContent><w:p>{inside.format('ĐẾN')}</w:p></w:txbxContent></w:pict></w:r></w:p>",
    )
    for paragraph in paragraphs:
        element = parse_xml(paragraph.replace(">", f" {nsdecls('w')}>", 1))
        document.element.body.insert(-1, element)
    file = BytesIO()
    document.save(file)
    assert parse_docx(file.getvalue()).text == "Kế hoạch\n\nĐiều 1\n\nĐẾN"


CellOf = Callable[[str], Cell]


def test_layout_tables_are_read_by_column_and_data_by_row() -> None:
    """Motto, addressees and signatures make a layout; a table without them is data."""

    def cell(*lines: str) -> Cell:
        return Cell(tuple(map(Paragraph, lines)))

    head = Table(((cell("UBND TỈNH", "-"), cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")), (cell("Số: 1/KH"), cell("B"))))
    assert table_text(head) == "UBND TỈNH\n-\nSố: 1/KH\n\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nB"
    data = Table(((cell("Nội dung"), cell("Chủ trì")), (cell("Việc", "hai"), Cell())))
    assert table_text(data) == "| Nội dung | Chủ trì |\n| Việc hai |  |"
    assert written([Paragraph("a"), Paragraph("b", True), Paragraph(""), data]).startswith("a\nb\n\n| Nội dung")
