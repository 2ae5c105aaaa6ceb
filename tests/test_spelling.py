"""The matching key folds what varies in print and keeps every offset; the fold takes the marks off."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chidao.ontology.spelling import fold, key, old_tone_style

LETTERS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđĐÐðqnhtkUỶHOÀ İ-–\u00a0“"


@given(st.text() | st.text(alphabet=LETTERS))
@example("İstanbul uỷ ban")
@example("ŉ ǰ ΐ ß ﬁ")
def test_the_key_has_the_length_of_the_text(text: str) -> None:
    composed = unicodedata.normalize("NFC", text)
    assert len(key(composed)) == len(composed)


@given(st.text(alphabet=LETTERS))
def test_a_key_is_its_own_key(text: str) -> None:
    assert key(key(text)) == key(text)


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("Tỉnh uỷ", "tỉnh ủy"),
        ("TỈNH UỶ", "tỉnh ủy"),
        ("Uỷ ban", "ủy ban"),
        ("hoà, HOÀ, khoẻ, xoá", "hòa, hòa, khỏe, xóa"),
        ("tuỳ, luỹ, Thuỵ", "tùy, lũy, thụy"),
        ("hoàn toàn ngoài loại", "hoàn toàn ngoài loại"),
        ("quý, quỷ, quỳnh, huỳnh, suýt", "quý, quỷ, quỳnh, huỳnh, suýt"),
        ("QÐ-UBND Ðảng Ɖ", "qđ-ubnd đảng đ"),
        ("07\u00a0–\u00a0CT/HU", "07 - ct/hu"),
        ("“5K” ‘a’", "\"5k\" 'a'"),
        ("dòng\nsau\tnữa", "dòng sau nữa"),
    ],
)
def test_variants_of_print_have_one_key(printed: str, expected: str) -> None:
    assert key(printed) == expected


def test_a_label_keeps_its_capitals_in_the_old_tone_style() -> None:
    assert old_tone_style("Uỷ ban, TỈNH UỶ, Hoà Bình") == "Ủy ban, TỈNH ỦY, Hòa Bình"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("Huyện uỷ Ba Chẽ", "huyen uy ba che"), ("ĐẮK LẮK", "dak lak"), ("Ðồng Tháp", "dong thap")],
)
def test_the_fold_has_no_marks(text: str, expected: str) -> None:
    assert fold(text) == expected
    assert fold(unicodedata.normalize("NFD", text)) == expected
