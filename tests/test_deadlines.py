"""Deadlines: absolute, recurring, relative, conditions; and the many dates that are none."""

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from chidao.loaders.deadlines import find_condition, find_deadlines, labelled_deadline
from chidao.ontology.spelling import key

ISSUED = "2025-11-20"


def read(text: str, issued: str | None = ISSUED) -> list[str]:
    """Deadlines and recurrences of a sentence, in order."""
    found = find_deadlines(text, key(text), 0, len(text), issued)
    return [d.deadline or d.recurrence or "" for d in found if not d.relative]


ABSOLUTE = [
    ("Sở Nội vụ báo cáo Ủy ban nhân dân tỉnh trước 17h00’ ngày 28/12/2025.", "2025-12-28T17:00"),
    ("gửi về Văn phòng trước 16 giờ 30 phút ngày 05 tháng 12 năm 2025.", "2025-12-05T16:30"),
    ("hoàn thành trước 9:15, ngày 30-11-2025", "2025-11-30T09:15"),
    ("nộp hồ sơ trước 8g ngày 02.12.2025;", "2025-12-02T08:00"),
    ("xong trước ngày 15/12/2025.", "2025-12-15"),
    ("Hoàn thành TRƯỚC NGÀY 15/12/2025.", "2025-12-15"),
    ("chậm nhất ngày 31/01/2026 phải có kết quả.", "2026-01-31"),
    ("chậm nhất là ngày 31 tháng 01 năm 2026.", "2026-01-31"),
    ("chậm nhất đến hết ngày 10/12/2025 gửi danh sách.", "2025-12-10"),
    ("muộn nhất vào ngày 09/12/2025.", "2025-12-09"),
    ("thống kê thiệt hại, đến hết ngày 12/12/2025 phải xong.", "2025-12-12"),
    ("hoàn thành việc rà soát đến ngày 20/12/2025.", "2025-12-20"),
    ("trước 24h00 ngày 01/12/2025.", "2025-12-01"),
    ("gửi báo cáo trước\nngày 14/12/2025 để tổng hợp.", "2025-12-14"),
    ("hoàn thành trong tháng 12 năm 2025.", "2025-12-31"),
    ("ban hành hướng dẫn trong tháng 02/2026.", "2026-02-28"),
    ("mua sắm máy bơm, trang bị cho các xã trong quý II/2026.", "2026-06-30"),
    ("báo cáo Thủ tướng Chính phủ trong Quý I năm 2026.", "2026-03-31"),
    ("hoàn thành trong quý 4 năm 2025", "2025-12-31"),
    ("bàn giao mặt bằng trong năm 2026 cho chủ đầu tư.", "2026-12-31"),
    ("hoàn thành trước tháng 6/2026.", "2026-05-31"),
    ("phê duyệt xong chậm nhất trong tháng 01/2026.", "2026-01-31"),
    ("hoàn thành đến hết quý I/2026;", "2026-03-31"),
    # "từ" that begins no interval, "sinh" that is no birth
    ("tiêm đủ liều cho từ 90% học sinh trở lên, hoàn thành trong tháng 12/2025.", "2025-12-31"),
    ("xử lý rác phát sinh từ hộ dân, hoàn thành trong quý I/2026.", "2026-03-31"),
    ("Ủy ban nhân dân huyện Đại Từ hoàn thành trong tháng 12/2025.", "2025-12-31"),
    ("báo cáo Ủy ban nhân dân phường Chiềng Sinh trước ngày 09/12/2025.", "2025-12-09"),
]


@pytest.mark.parametrize(("text", "deadline"), ABSOLUTE)
def test_absolute_deadline_is_the_last_moment_allowed(text: str, deadline: str) -> None:
    assert read(text) == [deadline]


RECURRING = [
    ("gửi Sở Y tế trước 16h00’ hằng ngày.", "daily 16:00"),
    ("báo cáo nhanh trước 7 giờ 30 phút hàng ngày về cơ quan thường trực", "daily 07:30"),
    ("báo cáo tiến độ vào thứ Sáu hằng tuần.", "weekly friday"),
    ("gửi kết quả trước thứ 5 hàng tuần;", "weekly thursday"),
    ("tổng hợp vào Chủ nhật hằng tuần", "weekly sunday"),
    ("báo cáo trước 15 giờ ngày thứ 4 hằng tuần", "weekly wednesday 15:00"),
    ("báo cáo trước ngày 25 hằng tháng.", "monthly 25"),
    ("gửi số liệu vào ngày mùng 5 của mỗi tháng", "monthly 5"),
    ("báo cáo trước ngày 20 của tháng cuối quý.", "quarterly"),
    ("báo cáo trước ngày 25/12 hằng năm.", "yearly 12-25"),
    ("báo cáo trước ngày 15 tháng 11 hàng năm về Bộ Nội vụ", "yearly 11-15"),
    ("báo cáo trước ngày 15/6 và ngày 15/12 hằng năm.", "yearly"),
    ("hằng năm báo cáo kết quả về Sở Nội vụ trước ngày 20/11.", "yearly 11-20"),
    ("báo cáo trước ngày 29/02 hằng năm", "yearly 02-29"),
    ("ban hành chương trình giám sát hằng năm trước ngày 15 tháng 01.", "yearly 01-15"),
    ("hằng năm, chậm nhất ngày 20/11, gửi kết quả về Sở Nội vụ.", "yearly 11-20"),
    ("báo cáo trước ngày 31/02 hằng năm", "yearly"),
    ("báo cáo trước 17h75 hằng ngày", "daily"),
    ("duy trì chế độ báo cáo hằng ngày về tình hình dịch", "daily"),
    ("duy trì chế độ báo cáo hằng ngày, gửi Sở Y tế trước 16h00’ hằng ngày", "daily 16:00"),
    ("Các trạm y tế giám sát và báo cáo hàng tuần.", "weekly"),
    ("Định kỳ hằng quý báo cáo Ban Thường vụ.", "quarterly"),
    ("định kỳ hằng tháng, quý, năm báo cáo kết quả", "monthly"),
]


@pytest.mark.parametrize(("text", "recurrence"), RECURRING)
def test_recurrence_has_a_rate_and_the_stated_day_or_time(text: str, recurrence: str) -> None:
    assert read(text) == [recurrence]


RELATIVE = [
    ("trả lời trong 05 ngày làm việc kể từ ngày nhận được hồ sơ.", "P5D", "ngày nhận được hồ sơ"),
    ("hoàn thành trong vòng 24 giờ sau khi nước rút.", "PT24H", "khi nước rút"),
    ("xử lý các điểm ngập trong 24-48 giờ sau khi nước rút", "PT48H", "khi nước rút"),
    ("gửi kế hoạch trong thời hạn 10 ngày kể từ ngày ký Chỉ thị này;", "P10D", "ngày ký Chỉ thị này"),
    ("chậm nhất 02 tuần từ ngày ban hành", "P2W", "ngày ban hành"),
    ("ban hành kế hoạch trong vòng 03 tháng.", "P3M", None),
    ("chậm nhất sau 07 ngày làm việc phải trả lời", "P7D", None),
]


@pytest.mark.parametrize(("text", "within", "anchor"), RELATIVE)
def test_relative_deadline_keeps_what_it_is_counted_from(text: str, within: str, anchor: str | None) -> None:
    (found,) = find_deadlines(text, key(text), 0, len(text), ISSUED)
    assert found.relative
    assert (found.relative.within, found.relative.anchor) == (within, anchor)


NO_DEADLINE = [
    "Trực từ ngày 01/12/2025 đến hết ngày 15/12/2025.",
    "Từ nay đến hết ngày 15/12/2025 trực 24/24 giờ.",
    "Thực hiện Công văn số 635-CV/TU ngày 24/11/2025 của Thường trực Tỉnh ủy",
    "người đi qua vùng dịch trong thời gian 14 ngày gần đây",
    "sau 122 ngày liên tục không có ca mắc mới",
    "xác định mục tiêu 10 năm 2026 - 2035 và kế hoạch 5 năm 2026-2030",
    "triển khai chiến dịch tiêm chủng năm 2026-2027",
    "nhất là trong thời gian nghỉ lễ 02/9/2026",
    "xét nghiệm ngẫu nhiên, định kỳ hằng ngày, hằng tuần theo hướng dẫn của cơ quan y tế",
    "bố trí từ ngân sách nhà nước hằng năm của các đơn vị",
    "Quyết định này có hiệu lực thi hành từ ngày 20 tháng 01 năm 2026.",
    "trước tình hình mưa lũ phức tạp, chịu trách nhiệm trước Ban Thường vụ",
    "các dự án được phê duyệt trước ngày 01/7/2026 được tiếp tục thực hiện",
    "hồ sơ tiếp nhận trước ngày 01/3/2026 giải quyết theo quy định cũ",
    "tạm dừng hoạt động bến phà đến hết ngày 30/11/2025",
    "từ ngày 21/11/2025 đến hết ngày 30/11/2025 tổ chức tuần lễ an toàn",
    "từ tối nay đến ngày 22/11/2025 có mưa to",
    "nhiệm vụ trọng tâm trong năm 2026 là phát triển hạ tầng",
    "kế hoạch công tác trong tháng 12/2025 của các phòng",
    "trong 02 tháng cuối năm 2025 tập trung giải ngân",
    "Trong 10 tháng năm 2025, kinh tế ổn định",
    "ký kết các hiệp định trong cuối năm 2025 và đầu năm 2026",
    "bảo đảm an toàn trước, trong và sau kỳ thi",
    "cuộc họp ngày 25/11/2025 tại trụ sở",
    "chuẩn bị cho kỳ thi tốt nghiệp năm 2026",
    "giải quyết các công việc hằng ngày của cơ quan",
    "hoàn thành trước ngày 31/02/2026",
    "hoàn thành trong tháng 0/2026",
    "hoàn thành trong tháng 13/2026",
    "đã báo cáo trước ngày 01/02/2024",
    "khẩn trương, kịp thời, thường xuyên kiểm tra",
]


@pytest.mark.parametrize("text", NO_DEADLINE)
def test_other_dates_are_no_deadlines(text: str) -> None:
    assert find_deadlines(text, key(text), 0, len(text), ISSUED) == []


@pytest.mark.parametrize(
    ("text", "deadline"),
    [("xong trước ngày 15/12.", "2025-12-15"), ("xong trước 10h00 ngày 05/01.", "2026-01-05T10:00")],
)
def test_missing_year_comes_from_the_document_and_is_marked(text: str, deadline: str) -> None:
    (found,) = find_deadlines(text, key(text), 0, len(text), ISSUED)
    assert (found.deadline, found.inferred) == (deadline, True)


def test_missing_year_without_a_document_date_gives_no_deadline() -> None:
    assert read("hoàn thành trước ngày 15/12.", issued=None) == []


def test_two_deadlines_keep_their_order() -> None:
    assert read("ban hành trước ngày 05/12/2025; báo cáo trước ngày 20 hằng tháng.") == ["2025-12-05", "monthly 20"]


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Quý IV/2025.", "2025-12-31"),
        ("Tháng 3/2026", "2026-03-31"),
        ("Trước ngày 05/12/2025", "2025-12-05"),
        ("Trong tháng 6/2026", "2026-06-30"),
        ("Hằng ngày", "daily"),
        ("Định kỳ hằng quý.", "quarterly"),
        ("Từ ngày 01/12/2025 đến ngày 20/12/2025.", "2025-12-20"),
        ("Từ ngày 01/12 đến hết ngày 31/12/2025", "2025-12-31"),
        ("01/12/2025 - 15/12/2025", "2025-12-15"),
        ("Tháng 12/2025 - Tháng 01/2026", "2026-01-31"),
        ("Từ tháng 01 đến tháng 3/2026", "2026-03-31"),
        ("Quý I - Quý II/2026", "2026-06-30"),
        ("Giai đoạn 2025 - 2030", None),
        ("2025 - 2026", None),
        ("Thường xuyên", None),
        ("Năm 2025 và các năm tiếp theo.", None),
    ],
)
def test_deadline_behind_a_label(text: str, due: str | None) -> None:
    found = labelled_deadline(text, key(text), 0, len(text), ISSUED)
    assert (found and (found.deadline or found.recurrence)) == due


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("sẵn sàng vận hành khu cách ly khi có yêu cầu.", "khi có yêu cầu"),
        ("nếu có vướng mắc, các đơn vị phản ánh về Sở", "nếu có vướng mắc"),
        ("thực hiện cách ly khi xuất hiện ca bệnh trong cộng đồng; báo cáo", "khi xuất hiện ca bệnh trong cộng đồng"),
        ("đánh giá điều kiện tiếp cận thị trường (nếu có)", None),
        ("kiểm tra thường xuyên các điểm chốt", None),
    ],
)
def test_condition_as_worded(text: str, condition: str | None) -> None:
    assert find_condition(text, key(text), 0, len(text)) == condition


PIECES = st.sampled_from(
    [text for text, _ in ABSOLUTE + RECURRING] + NO_DEADLINE + ["trước ngày 99/99/2025", "trước", "ngày 31/12", " ; "]
)


@example("hằng năm báo cáo về Sở Nội vụ trước ngày 20/11. hằng năm báo cáo về Sở Nội vụ trước ngày 20/11.", 1)
@given(st.lists(PIECES, min_size=1, max_size=5).map(" ".join), st.integers(0, 40))
def test_finds_lie_inside_and_apart_whatever_the_text(text: str, start: int) -> None:
    found = find_deadlines(text, key(text), start, len(text), ISSUED)
    assert all(start <= d.start < d.end <= len(text) for d in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
