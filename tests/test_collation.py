"""Names stand in the order of the Vietnamese alphabet, whatever way they are typed."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.ontology.collation import collation_key

IN_ORDER = [
    "letters: An Giang|Ăn|Ân Thi|Ba Chẽ|Bạc Liêu|Bắc Giang|Bắc Kạn|Bắc Ninh|Bến Tre|Dầu Tiếng|Đà Nẵng|Đắk Lắk|Đồng Nai|"
    "Gia Lai|Hà Nội|Hải Dương|Hồ|Hơ|Nam Định|Nghệ An|Sóc Trăng|Sơn La|Thừa Thiên|Tuyên Quang|Vĩnh Phúc|Yên Bái",
    "tones: ma|mà|mả|mã|má|mạ|mă|mằ|mẳ|mẵ|mắ|mặ|mâ|mầ|mẩ|mẫ|mấ|mậ",
    "tones count after all letters: hai bà trưng|hải dương|hai vợ|hải yến",
    "blank before letters: Ba|Ba Chẽ|Bà Rịa|Ba Vì|Bac|Bach",
    "numbers by value: Quận 1|Quận 2|Quận 10|Quận Ba|Quận Tân Bình",
    "signs and numbers before letters: “Lá”|2 Tháng 9|Á",
    "foreign letters within and after the alphabet: Eakar|Fansipan|Jrai|Wang|Zon|Ω",
    "capitals last: tỉnh ủy|Tỉnh ủy|TỈNH ỦY",
]


@pytest.mark.parametrize("row", IN_ORDER, ids=lambda row: row.partition(":")[0])
def test_the_order_is_that_of_the_dictionary(row: str) -> None:
    words = row.partition(": ")[2].split("|")
    mixed = [*words[1::2], *words[::2]][::-1]
    assert sorted(mixed, key=collation_key) == words


@pytest.mark.parametrize("pair", ["Khánh Hòa|Khánh Hoà", "Tỉnh ủy|Tỉnh uỷ", "Thụy|Thuỵ"])
def test_both_styles_of_tone_stand_together(pair: str) -> None:
    old, new = map(collation_key, pair.split("|"))
    assert old[:2] == new[:2]


@given(st.text())
def test_any_text_has_a_place_and_decomposed_letters_the_same(text: str) -> None:
    composed, apart = (collation_key(unicodedata.normalize(form, text)) for form in ("NFC", "NFD"))
    assert composed[:2] == apart[:2]
