"""Lines, paragraphs and section numbers."""

import pytest

from chidao.loaders.clean import clean
from chidao.loaders.layout import marker_at, paragraphs_of


def sections(source: str) -> list[tuple[str | None, str]]:
    """Section number and first words of each paragraph."""
    cleaned = clean(source)
    return [(p.section, cleaned.text[p.content : p.end].split("\n")[0][:24]) for p in paragraphs_of(cleaned, 0, 10**6)]


@pytest.mark.parametrize(
    ("line", "kind", "number"),
    [
        ("Điều 2. Trách nhiệm", "article", "2"),
        ("Điều 14: Tổ chức thực hiện", "article", "14"),
        ("II. NHIỆM VỤ", "roman", "II"),
        ("IV- TỔ CHỨC THỰC HIỆN", "roman", "IV"),
        ("Phần I. Đánh giá", "roman", "I"),
        ("2.14. UBND các huyện", "decimal", "2.14"),
        ("2.1 Sở Y tế", "decimal", "2.1"),
        ("A- TÌNH HÌNH VÀ NGUYÊN NHÂN", "part", "A"),
        ("C. NHIỆM VỤ", "part", "C"),
        ("3. Sở Tài chính", "arabic", "3"),
        ("3- Các cấp ủy", "arabic", "3"),
        ("3) Các cấp ủy", "arabic", "3"),
        ("a) Rà soát", "letter", "a"),
        ("đ) Kiểm tra", "letter", "đ"),
        ("- Chủ động", "dash", "-"),
        ("+ Chủ động", "dash", "+"),
    ],
)
def test_markers(line: str, kind: str, number: str) -> None:
    """Every numbering that directives use."""
    found = marker_at(line, 0, len(line))
    assert found is not None
    assert found[:2] == (kind, number)


@pytest.mark.parametrize(
    "line",
    ["27/10/2021 17:30", "8 xã, thị trấn", "Vì vậy, các cấp", "Công văn số 5", "19.5 tỷ đồng", "Xuân về", "C. Mác"],
)
def test_what_is_no_marker(line: str) -> None:
    """Dates, counts and words begin lines too."""
    assert marker_at(line, 0, len(line)) is None


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("1. Sở A:\n- Làm một.\n- Làm hai.\n2. Sở B làm.", ["1", "1", "1", "2"]),
        ("II. NHIỆM VỤ\n1. Sở A:\na) Làm một.\nđ) Làm hai.\nIII. KHÁC", ["II", "II.1", "II.1.a", "II.1.đ", "III"]),
        ("2. Yêu cầu:\n2.1. Một.\n2.10. Mười.\n3. Ba.", ["2", "2.1", "2.10", "3"]),
        ("Điều 1. Một.\nĐiều 2. Hai:\n1. Khoản.\na) Điểm.", ["Điều 1", "Điều 2", "Điều 2.1", "Điều 2.1.a"]),
        ("Mở đầu.\n\n1. Một.\n\nĐoạn hai của một.", [None, "1", "1"]),
    ],
)
def test_sections_are_numbered_as_printed(source: str, expected: list[str | None]) -> None:
    """A paragraph without a number stands in the section above it."""
    assert [section for section, _ in sections(source)] == expected


@pytest.mark.parametrize(
    "source",
    [
        "1. Sẵn sàng ứng phó với các diễn biến phức\n\ntạp của thời tiết trên địa bàn.",
        "1. Sẵn sàng ứng phó với các\ndiễn biến phức tạp của thời tiết\ntrên địa bàn.",
        "1. Sẵn sàng ứng phó với các diễn biến phức\n\n"
        "05/09/2020 - Nguyễn Văn A - Văn phòng - 13:47 05/09/2020 - Nguyễn Văn A - Văn phòng - 13:47\n\n"
        "tạp của thời tiết trên địa bàn.",
        "1. Sẵn sàng ứng phó với các diễn biến phức\n\n3\n\ntạp của thời tiết trên địa bàn.",
        "1. Phối hợp với Tập đoàn Công nghiệp\n- Viễn thông Quân đội bảo đảm liên lạc\ncho các đội tuần tra rừng ban đêm.",
    ],
)
def test_a_sentence_that_a_page_cut_is_one_paragraph(source: str) -> None:
    """Page breaks, page numbers and watermarks do not end a paragraph."""
    assert len(sections(source)) == 1


@pytest.mark.parametrize(
    "source",
    [
        "1. Ban An toàn giao thông thành phố\nChủ trì tuyên truyền về nồng độ cồn.",
        "1. Đối với hội nông dân xã\n- Vận động hội viên thu gom rác.",
        "Tham mưu thành lập đoàn kiểm tra liên ngành về an toàn lao động.\nTổng hợp kết quả kiểm tra.",
    ],
)
def test_lines_of_whole_paragraphs_stay_apart(source: str) -> None:
    """No line begins in small letters: the page is not wrapped, and a short line over a verb is a heading."""
    assert len(sections(source)) == 2


def test_two_sentences_on_two_lines_of_a_news_page_stay_two_paragraphs() -> None:
    """Where lines are not wrapped, each is a paragraph."""
    long = "Các lực lượng tiếp tục kiểm tra, rà soát các điểm có nguy cơ sạt lở trên địa bàn và di dời người dân. " * 2
    assert len(sections(f"{long.strip()}\n{long.strip()}\nNgắn thôi.\nCòn nữa.")) == 4
