"""Numbers of private persons are masked, numbers of the act are not, and no offset moves."""

from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.loaders.privacy import MASK, mask

PRIVATE = (
    "Điện thoại: 0912.345.678",
    "điện thoại liên hệ: 0203 383 5678",
    "ĐT: 0203.3835.678",
    "ĐT: 0203.3835.678 - 0912345678",
    "ĐTDĐ: 0987 654 321",
    "SĐT 0987-654-321",
    "số máy 0987654321",
    "Đường dây nóng: 0203.3835678",
    "(ông Trần Văn A, 0912345678)",
    "đồng chí Nguyễn Thị B - 0912 345 678",
    "liên hệ +84 912 345 678",
    "Fax: (0203) 3835678",
    "CCCD số 022085012345",
    "CCCD: 022 085 012 345",
    "số CMND 100123456",
    "Chứng minh nhân dân số: 100 123 456",
    "căn cước công dân số 022085012345",
    "Số định danh cá nhân: 022085012345",
    "hộ chiếu số B1234567",
    "người bị cách ly 022085012345",
)
PUBLIC = (
    "Chỉ thị số 07-CT/HU ngày 19/10/2021",
    "Công văn số 0203/UBND-VX ngày 09/12/2022",
    "Số: 0912/QĐ-UBND",
    "kinh phí 912.345.678 đồng",
    "số tiền 1.234.567.890 đồng",
    "0,912 triệu đồng",
    "từ ngày 01/02/2023 đến ngày 03/04/2023",
    "17h00 ngày 28/7/2020",
    "Quyết định số 0123456789/QĐ-UBND",
    "mã số 1.000123.000.00.00.H49",
    "thủ tục 2.001234.H37",
    "giai đoạn 2021-2025, tầm nhìn 2030",
    "02 tháng 9 năm 1945",
    "tọa độ 21.0245, 105.8412",
    "điện thoại thông minh thế hệ 5",
    "dân số 098.765 người",
    "căn cước điện tử mức 2",
    "Điều 1, khoản 2",
    "đường dây 500 kV mạch 3",
    "30c/NQ-CP; 202/2025/QH15",
)


@pytest.mark.parametrize("text", PRIVATE)
def test_numbers_of_persons_are_masked(text: str) -> None:
    """Telephone numbers and identity cards, with a word before them or by their form alone."""
    masked = mask(text)
    assert MASK in masked
    assert not any(letter.isdigit() for letter in masked)
    assert len(masked) == len(text)


@pytest.mark.parametrize("text", PUBLIC)
def test_numbers_of_acts_are_not(text: str) -> None:
    """Symbols, dates, amounts, codes of procedures and plain numbers stay."""
    assert mask(text) == text


@pytest.mark.parametrize("text", [*PRIVATE, *PUBLIC])
def test_letters_with_marks_apart_are_masked_alike(text: str) -> None:
    """A decomposed text keeps its length, and its digits are masked where those of the composed one are."""
    apart = normalize("NFD", text)
    masked = mask(apart)
    assert len(masked) == len(apart)
    assert [c for c in masked if c.isdigit()] == [c for c in mask(text) if c.isdigit()]


@given(st.text(alphabet="0123456789 .-/()+AB:ĐTđtcCDmMn\n", max_size=80))
def test_masking_moves_nothing_and_happens_once(text: str) -> None:
    """Equal length, digits and letters only become the mask, and a masked text stays as it is."""
    masked = mask(text)
    assert all(
        before in (after, before) and after in {before, MASK} for before, after in zip(text, masked, strict=True)
    )
    assert mask(masked) == masked
