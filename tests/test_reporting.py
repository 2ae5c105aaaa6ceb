"""To whom a duty reports, through whom, with whom; and the words that only look like it."""

import pytest
from duty_factory import names

from chidao.graph.model import Body
from chidao.loaders.reporting import read_reporting

PROVINCE = "Ủy ban nhân dân"

REPORTS = [
    ("báo cáo Ủy ban nhân dân tỉnh trước ngày 20/5/2023.", [PROVINCE], []),
    ("tổng hợp, báo cáo UBND tỉnh (qua Sở Nội vụ).", [PROVINCE], ["Sở Nội vụ"]),
    ("gửi UBND tỉnh (qua Sở Y tế để tổng hợp) hằng ngày", [PROVINCE], ["Sở Y tế"]),
    ("gửi về Ban Thường vụ Tỉnh ủy qua Văn phòng Tỉnh ủy", ["Ban Thường vụ Tỉnh ủy"], ["Văn phòng Tỉnh ủy"]),
    ("báo cáo kết quả thực hiện về Sở Xây dựng;", ["Sở Xây dựng"], []),
    ("báo cáo tiến độ với Sở Tài chính vào thứ Năm.", ["Sở Tài chính"], []),
    ("báo cáo số hộ phải di dời về UBND tỉnh (thông qua Sở Y tế)", [PROVINCE], ["Sở Y tế"]),
    (
        "kịp thời báo cáo Thường trực Tỉnh ủy, Ban Thường vụ Tỉnh ủy theo quy định",
        ["Thường trực Tỉnh ủy", "Ban Thường vụ Tỉnh ủy"],
        [],
    ),
    ("kịp thời báo cáo, đề xuất Thủ tướng Chính phủ chỉ đạo", ["Thủ tướng Chính phủ"], []),
    ("báo cáo ngay Sở Nội vụ và Công an tỉnh", ["Sở Nội vụ", "Công an"], []),
    ("báo cáo bằng văn bản với Ban Tổ chức Tỉnh ủy", ["Ban Tổ chức Tỉnh ủy"], []),
    ("các đơn vị phản ánh kịp thời về Sở Tư pháp để hướng dẫn", ["Sở Tư pháp"], []),
    ("báo cáo Chính phủ, Thủ tướng Chính phủ trong tháng 12 năm 2023", ["Chính phủ", "Thủ tướng Chính phủ"], []),
    ("phối hợp với Sở Tài chính tổng hợp, báo cáo UBND tỉnh", [PROVINCE], []),
    ("báo cáo cấp có thẩm quyền những việc vượt thẩm quyền (nếu có)", ["cấp có thẩm quyền"], []),
    ("báo cáo cơ quan có thẩm quyền những khó khăn phát sinh", ["cơ quan có thẩm quyền"], []),
]


def labels(bodies: tuple[Body, ...]) -> list[str]:
    """The labels of bodies of the province, without its name."""
    return [one.label.removesuffix(" Quảng Ninh").removesuffix(" tỉnh") for one in bodies]


@pytest.mark.parametrize(("text", "told", "via"), REPORTS)
def test_report_to_and_via(text: str, told: list[str], via: list[str]) -> None:
    found = read_reporting(names(text), 0, len(text), 0)
    assert (labels(found.report_to), labels(found.via)) == (told, via)


NO_REPORTS = [
    "nghe báo cáo của Sở Y tế về tình hình dịch",
    "đội ngũ báo cáo viên Tỉnh ủy",
    "tham mưu Ban Thường vụ Tỉnh ủy báo cáo Ban Bí thư",
    "giúp Ủy ban nhân dân tỉnh báo cáo Chính phủ",
    "để Sở Nội vụ tổng hợp, báo cáo Bộ Nội vụ",
    "trình Hội đồng nhân dân tỉnh ban hành nghị quyết",
    "gửi các địa phương biểu mẫu thống kê",
    "giải quyết phản ánh, kiến nghị của doanh nghiệp về thủ tục",
    "thực hiện chế độ báo cáo theo quy định của Bộ Y tế",
    "kịp thời thông tin cho ngành y tế các trường hợp nghi ngờ",
]


@pytest.mark.parametrize("text", NO_REPORTS)
def test_other_words_are_no_reporting_line(text: str) -> None:
    assert read_reporting(names(text), 0, len(text), 0).report_to == ()


PARTNERS = [
    ("chủ trì, phối hợp với Sở Tài chính, Sở Nội vụ xây dựng đề án", ["Sở Tài chính", "Sở Nội vụ"]),
    ("phối hợp chặt chẽ với Công an tỉnh kiểm tra", ["Công an"]),
    ("chủ trì phối hợp cùng Ban Dân vận Tỉnh ủy vận động", ["Ban Dân vận Tỉnh ủy"]),
    ("phối hợp Văn phòng Tỉnh ủy chuẩn bị nội dung", ["Văn phòng Tỉnh ủy"]),
    ("tăng cường phối hợp trong chỉ đạo, điều hành", []),
]


@pytest.mark.parametrize(("text", "partners"), PARTNERS)
def test_partners(text: str, partners: list[str]) -> None:
    assert labels(read_reporting(names(text), 0, len(text), 0).partners) == partners


def test_who_is_only_informed_is_kept_apart() -> None:
    text = "kịp thời thông tin cho Sở Y tế các trường hợp nghi ngờ"
    found = read_reporting(names(text), 0, len(text), 0)
    assert (labels(found.informed), found.report_to) == (["Sở Y tế"], ())


def test_what_stands_before_the_end_of_the_subject_reports_nothing() -> None:
    text = "Cơ quan được giao báo cáo Sở Y tế chịu trách nhiệm kiểm tra"
    assert read_reporting(names(text), 0, len(text), text.index(" chịu")).report_to == ()
