"""Which documents a report is about, and what it tells of them."""

import pytest

from chidao.graph.model import Document
from chidao.loaders.clean import clean
from chidao.loaders.reports import read_report


def reported(text: str) -> list[Document]:
    """The documents that the report is about."""
    return list(read_report(clean(text), "0" * 64).documents)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Ngày 5/4/2022, Ban Thường vụ Tỉnh ủy Sơn La vừa ban hành Chỉ thị số 12-CT/TU về mùa khô.",
            [("CT", "12-CT/TU", "2022-04-05", "Ban Thường vụ Tỉnh ủy Sơn La")],
        ),
        (
            "date 2022-04 Ngày 5/4, Phó Bí thư Tỉnh ủy Trần Văn A đã thay mặt Ban Thường vụ Tỉnh ủy Sơn La ký "
            "Công điện 9-CĐ/TU gửi các huyện ủy, thành ủy về mùa khô.",
            [("CĐ", "9-CĐ/TU", "2022-04-05", "Ban Thường vụ Tỉnh ủy Sơn La")],
        ),
        (
            "UBND tỉnh Sơn La vừa ký ban hành Kế hoạch số 77/KH-UBND ngày 2/6/2022 về bảo vệ rừng.",
            [("KH", "77/KH-UBND", "2022-06-02", "Ủy ban nhân dân tỉnh Sơn La")],
        ),
        (
            "UBND huyện Mường La vừa ban hành Công văn số 925/UBND-VP ngày 2/6/2022 về bảo vệ rừng.",
            [("CV", "925/UBND-VP", "2022-06-02", "Ủy ban nhân dân huyện Mường La")],
        ),
        (
            "Ngày 19/11/2025, Ban Tuyên giáo và Dân vận đã có Hướng dẫn 37-HD/BTGDVTW về sinh hoạt chi bộ.",
            [("HD", "37-HD/BTGDVTW", "2025-11-19", "Ban Tuyên giáo và Dân vận Trung ương")],
        ),
        (
            "Mường La triển khai Chỉ thị số 12-CT/TU ngày 05/4/2022 của Ban Thường vụ Tỉnh ủy Sơn La\n\nCác xã đã họp.",
            [("CT", "12-CT/TU", "2022-04-05", "Ban Thường vụ Tỉnh ủy Sơn La")],
        ),
        (
            "Ngày 6/4/2022, đồng chí Trần Văn A, Bí thư Tỉnh ủy, Trưởng Ban Chỉ đạo đã ký ban hành Kế hoạch số 4-KH/BCĐ.",
            [("KH", "4-KH/BCĐ", "2022-04-06", None)],
        ),
    ],
)
def test_what_a_report_is_about(text: str, expected: list[tuple[str, str, str, str | None]]) -> None:
    """Who issued it, on whose behalf; a person's offices are no issuers; a headline that names it in full is enough."""
    found = [(d.type, d.symbol, d.issued, d.issuer.label if d.issuer else None) for d in reported(text)]
    assert found == expected


def test_a_year_from_the_page_is_marked() -> None:
    """ "Ngày 5/4" takes the year of the page's date and says so."""
    (document,) = reported("12/4/2022 08:00\n\nNgày 5/4, Tỉnh ủy Sơn La đã ban hành Chỉ thị số 12-CT/TU về mùa khô.\n")
    assert (document.issued, document.inferred) == ("2022-04-05", ("issued",))


def test_what_is_only_cited_is_not_what_a_report_is_about() -> None:
    """A superior act that the reporter mentions once stays a citation."""
    text = (
        "Ngày 5/4/2022, Ban Thường vụ Huyện ủy Mường La đã ban hành Chỉ thị số 3-CT/HU về mùa khô. "
        "Chỉ thị số 3-CT/HU thực hiện Chỉ thị số 12-CT/TU của Tỉnh ủy Sơn La."
    )
    assert [document.symbol for document in reported(text)] == ["3-CT/HU"]


def test_an_act_printed_without_its_head_states_nothing_but_its_type() -> None:
    """Who speaks is kept as unresolved; none of the person's offices is chosen."""
    head = read_report(
        clean("Thực hiện Thông báo số 25/TB-VPCP, đồng chí Chủ tịch UBND tỉnh Sơn La kết luận:\n\n1. Sở Y tế trực."),
        "0" * 64,
    )
    (document,) = head.documents
    assert (document.type, document.symbol, document.issuer, document.inferred) == ("KL", None, None, ("type",))
    assert [unresolved.reason for unresolved in head.unresolved] == ["the text states no issuing body"]


@pytest.mark.parametrize(
    "text", ["Hôm nay trời nắng đẹp. Cả nhà đi chợ.", "Sở Y tế ở gần nhà tôi.\n\nBuổi chiều, tôi đi bơi."]
)
def test_a_text_that_orders_nothing_holds_no_document(text: str) -> None:
    """Any Vietnamese text can be loaded; none is made a directive."""
    assert reported(text) == []
