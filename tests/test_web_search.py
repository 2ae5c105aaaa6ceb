"""Search finds a document by its number in any spelling, and bodies by name or abbreviation, with or without marks."""

import pytest
from flask import Flask

from chidao.web.search import Index, tokens
from chidao.web.site import site_of


@pytest.fixture(scope="module")
def found(app: Flask) -> Index:
    """The index of the invented documents."""
    return Index(site_of(app).reader)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("07-CT/HU", "Chỉ thị 07-CT/HU"),
        ("07 ct hu", "Chỉ thị 07-CT/HU"),
        ("7-ct/hu", "Chỉ thị 07-CT/HU"),
        ("07ct hu", "Chỉ thị 07-CT/HU"),
        ("chỉ thị 07 huyện ủy ba chẽ", "Chỉ thị 07-CT/HU"),
        ("chi thi 07 huyen uy ba che", "Chỉ thị 07-CT/HU"),
        ("ct 18 tu", "Chỉ thị 18-CT/TU"),
        ("18-CT/TU", "Chỉ thị 18-CT/TU"),
        ("16/CT-TTg", "Chỉ thị 16/CT-TTg"),
        ("ct ttg 16", "Chỉ thị 16/CT-TTg"),
        ("thủ tướng", "Chỉ thị 16/CT-TTg"),
        ("03-NQ/ĐU", "Nghị quyết 03-NQ/ĐU"),
        ("3 nq du", "Nghị quyết 03-NQ/ĐU"),
        ("dang uy don dac", "Nghị quyết 03-NQ/ĐU"),
        ("ke hoach ubnd ba che", "Kế hoạch 112/KH-UBND"),
        ("kế hoạch ủy ban nhân dân huyện ba chẽ", "Kế hoạch 112/KH-UBND"),
        ("kế hoạch uỷ ban nhân dân huyện ba chẽ", "Kế hoạch 112/KH-UBND"),
        ("kh quang ninh", "Kế hoạch 187/KH-UBND"),
        ("187/KH-UBND 20/10/2021", "Kế hoạch 187/KH-UBND"),
        ("ubnd tinh quang ninh", "Ủy ban nhân dân tỉnh Quảng Ninh"),
        ("btv huyen uy ba che", "Ban Thường vụ Huyện ủy Ba Chẽ"),
        ("ban bi thu", "Ban Bí thư"),
        ("so thu nghiem", "Sở Thử nghiệm"),
        ("cac don vi", "các đơn vị"),
    ],
)
def test_what_is_meant_is_among_the_first_five(found: Index, typed: str, expected: str) -> None:
    assert expected in [hit.link.text for hit in found.find(typed, 5)]


@pytest.mark.parametrize("typed", ["", "  ", "///", '" OR 1=1 --', "NEAR(a b)", "*", "khong-co-gi-nhu-vay", "\x00"])
def test_odd_words_find_nothing_and_break_nothing(found: Index, typed: str) -> None:
    assert found.find(typed, 5) == []


def test_an_exact_number_does_not_find_longer_ones(found: Index) -> None:
    assert all("18-CT" in hit.link.text for hit in found.find("18 ct", 5))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07-CT/HU", ["7", "ct", "hu"]),
        ("Đắk Lắk", ["dak", "lak"]),
        ("hoà hòa", ["hoa", "hoa"]),
        ("30c/NQ", ["30", "c", "nq"]),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected
