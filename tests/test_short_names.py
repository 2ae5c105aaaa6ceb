"""Short names that a text declares, and that it then uses for the full one."""

import pytest

from chidao.graph.model import Record
from chidao.loaders.extract import extract
from chidao.loaders.read import SourceText

HEAD = "ỦY BAN NHÂN DÂN\nTỈNH QUẢNG NINH\nSố: 12/KH-UBND\nQuảng Ninh, ngày 02 tháng 3 năm 2023\n\nKẾ HOẠCH\nquản lý đò ngang\n\n"


def bearers(declaring: str, short: str) -> set[str]:
    """Who is to act where the short name stands behind the sentence that declares it."""
    record: Record = extract(
        SourceText("a", "0" * 64, "text/plain", f"{HEAD}1. {declaring}\n\n2. {short} kiểm tra các bến đò.\n")
    )
    return {body.label for duty in record.obligations if duty.section == "2" for body in duty.bearers}


@pytest.mark.parametrize(
    ("declaring", "short", "full"),
    [
        (
            "Sở Y tế giúp Ban Quản lý Bến đò Vạn Hoa (sau đây gọi là Ban Quản lý).",
            "Ban Quản lý",
            "Ban Quản lý Bến đò Vạn Hoa",
        ),
        (
            "Sở Y tế giúp Ban Quản lý Bến đò Vạn Hoa (sau đây gọi tắt là Ban Quản lý).",
            "Ban Quản lý",
            "Ban Quản lý Bến đò Vạn Hoa",
        ),
        (
            "Sở Y tế giúp Ban Quản lý Bến đò Vạn Hoa (gọi tắt là “Ban Quản lý”).",
            "Ban Quản lý",
            "Ban Quản lý Bến đò Vạn Hoa",
        ),
        ("Sở Y tế giúp Ban Quản lý Bến đò Vạn Hoa (Ban Quản lý).", "Ban Quản lý", "Ban Quản lý Bến đò Vạn Hoa"),
        ("Sở Y tế giúp Công ty Đò ngang Vạn Hoa (sau đây viết tắt là Công ty).", "Công ty", "Công ty Đò ngang Vạn Hoa"),
    ],
)
def test_declared(declaring: str, short: str, full: str) -> None:
    assert bearers(declaring, short) == {full}


@pytest.mark.parametrize(
    "declaring",
    [
        "Sở Y tế kiểm tra bến Vạn Hoa.",
        "Sở Y tế kiểm tra bến Vạn Hoa (Ban Quản lý).",
        "Sở Y tế kiểm tra hành khách (sau đây gọi là khách).",
    ],
)
def test_not_declared(declaring: str) -> None:
    """The words must begin the full name that stands before them."""
    assert bearers(declaring, "Ban Quản lý") <= {"Ban Quản lý"}


def test_an_issuer_by_its_short_name() -> None:
    """A report's issuer gets the level of the full name, and the system that its symbol tells."""
    text = (
        "Ngày 14/4/2023, đồng chí Trần Văn A đã ký ban hành Kế hoạch số 47-KH/BCĐ của Ban Chỉ đạo về sắp xếp bến đò.\n\n"
        "Kế hoạch nêu rõ, Ban Chỉ đạo Trung ương về bến đò (sau đây gọi là Ban Chỉ đạo) ban hành Kế hoạch sắp xếp bến đò như sau:\n"
    )
    (document,) = extract(SourceText("a", "0" * 64, "text/plain", text)).documents
    assert document.issuer is not None
    assert document.issuer.label == "Ban Chỉ đạo Trung ương về bến đò"
    assert (document.level, document.system) == ("central", "party")
    assert {c.value for c in document.claims if c.property == "issuedBy"} == {document.issuer.iri}
