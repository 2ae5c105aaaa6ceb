"""Who owes what: bearers, boundaries of duties, background, plans, reports of several documents."""

import pytest
from duty_factory import body, document, duties, labels
from hypothesis import given
from hypothesis import strategies as st

from chidao.loaders.clean import clean
from chidao.loaders.layout import paragraphs_of
from chidao.loaders.obligations import find_obligations

ORDER = "Ban Thường vụ Tỉnh ủy yêu cầu các cấp ủy, tổ chức đảng thực hiện tốt các nhiệm vụ sau:\n\n"
HEALTH, POLICE, INTERIOR = "Sở Y tế tỉnh Quảng Ninh", "Công an tỉnh Quảng Ninh", "Sở Nội vụ tỉnh Quảng Ninh"
PROVINCE = "Ủy ban nhân dân tỉnh Quảng Ninh"

ONE_DUTY = [
    # subject
    ("1. Sở Y tế chủ động xây dựng phương án.", [HEALTH], "subject"),
    ("1. Công an tỉnh phối hợp với các địa phương nắm chắc tình hình. Tăng cường tuần tra.", [POLICE], "subject"),
    ("1. Sở Nội vụ, Sở Y tế tích cực phối hợp hoàn thiện hồ sơ.", [INTERIOR, HEALTH], "subject"),
    ("1. Sở Nội vụ, Sở Y tế và Công an tỉnh tăng cường kiểm tra.", [INTERIOR, HEALTH, POLICE], "subject"),
    ("1. Sở Y tế theo chức năng, nhiệm vụ được giao khẩn trương rà soát vật tư.", [HEALTH], "subject"),
    ("1. Sở Y tế có trách nhiệm bố trí nhân lực.", [HEALTH], "subject"),
    ("1- Ủy ban nhân dân tỉnh lãnh đạo, chỉ đạo công tác di dân.", [PROVINCE], "subject"),
    ("a) Các Bộ: Quốc phòng, Công an chủ động bố trí lực lượng.", ["Bộ Quốc phòng", "Bộ Công an"], "subject"),
    ("1. Văn phòng Tỉnh ủy đưa nội dung này vào chương trình công tác.", ["Văn phòng Tỉnh ủy Quảng Ninh"], "subject"),
    ("1. Phòng Cảnh sát giao thông tăng cường tuần tra ban đêm.", ["Phòng Cảnh sát giao thông"], "subject"),
    ("1. Phòng Hậu cần - Kỹ thuật bảo đảm xăng dầu.", ["Phòng Hậu cần - Kỹ thuật"], "subject"),
    ("1. Các đơn vị sự nghiệp công lập niêm yết giá dịch vụ.", ["Các đơn vị sự nghiệp công lập"], "subject"),
    ("1. Văn phòng Đăng ký đất đai chỉnh lý hồ sơ địa chính.", ["Văn phòng Đăng ký đất đai"], "subject"),
    ("1. Các Công ty Khai thác công trình thủy lợi vận hành cống.", ["Các Công ty Khai thác công trình thủy lợi"], "subject"),
    ("1. Các cấp công đoàn nắm tình hình việc làm.", ["Các cấp công đoàn"], "subject"),
    ("1. Ban thường vụ đảng ủy xã, phường, đặc khu tổ chức quán triệt.", ["Ban thường vụ đảng ủy xã, phường, đặc khu"], "subject"),
    ("1. Đảng ủy xã, thị trấn chỉ đạo kiểm điểm.", ["Đảng ủy xã, thị trấn"], "subject"),
    ("1. Văn phòng thường trực Ban Chỉ huy Phòng, chống thiên tai và Tìm kiếm cứu nạn tỉnh tổ chức trực ban.",
     ["Văn phòng thường trực Ban Chỉ huy phòng, chống thiên tai và tìm kiếm cứu nạn tỉnh Quảng Ninh"], "subject"),
    ("1. Chánh Văn phòng Bộ, Vụ trưởng Vụ Pháp chế chịu trách nhiệm thi hành.",
     ["Chánh Văn phòng Bộ", "Vụ trưởng Vụ Pháp chế"], "subject"),
    # subject behind an adverbial or a topic
    ("1. Nếu để cháy rừng do chủ quan thì Chủ tịch UBND xã, thị trấn phải chịu trách nhiệm.",
     ["Chủ tịch Ủy ban nhân dân xã, thị trấn"], "subject"),
    ("1. Trường hợp thiếu vật tư thì Sở Y tế điều chuyển trong nội bộ.", [HEALTH], "subject"),
    ("1. Để bảo đảm nguồn máu, Sở Y tế vận động hiến máu trong tháng thanh niên.", [HEALTH], "subject"),
    ("1. Về kinh phí diễn tập: Sở Nội vụ lập dự toán gửi thẩm định.", [INTERIOR], "subject"),
    ("1. Trên cơ sở kết quả kiểm tra, Công an tỉnh xử lý vi phạm.", [POLICE], "subject"),
    ("Nếu có vướng mắc, các cơ quan, đơn vị phản ánh về Sở Nội vụ.", ["các cơ quan, đơn vị"], "subject"),
    # object of a command
    ("1. Giao Sở Y tế chủ trì, tham mưu kế hoạch.", [HEALTH], "object"),
    ("1. Yêu cầu Sở Nội vụ rà soát biên chế.", [INTERIOR], "object"),
    ("1. Ủy ban nhân dân tỉnh giao Sở Y tế mua sắm vật tư.", [HEALTH], "object"),
    ("1. Ủy ban nhân dân tỉnh giao, Sở Y tế mua sắm vật tư.", [HEALTH], "object"),
    ("1. Về đề nghị hỗ trợ vốn của huyện: giao Sở Nội vụ nghiên cứu, đề xuất.", [INTERIOR], "object"),
    ("1. Phân công Công an tỉnh bảo vệ hiện trường.", [POLICE], "object"),
    # heading on the same line
    ("Sở Y tế, Sở Nội vụ: Tập trung chỉ đạo các đơn vị trực thuộc.", [HEALTH, INTERIOR], "heading"),
    # a verb that is also a body's name, and a name that ends in an adverb
    ("1. Thanh tra tỉnh kiểm tra việc vận hành hồ chứa.", ["Thanh tra tỉnh Quảng Ninh"], "subject"),
    ("1. Thanh tra việc vận hành hồ chứa.", ["các cấp ủy, tổ chức đảng"], "chapeau"),
    ("1. Thanh tra, kiểm tra các cơ sở sản xuất.", ["các cấp ủy, tổ chức đảng"], "chapeau"),
    ("1. Sở Y tế phối hợp với Trạm Y tế xã Đất Mới tổ chức khám bệnh.", [HEALTH], "subject"),
    ("1. Trạm Y tế xã Chợ Mới tổ chức tiêm chủng.", ["Trạm Y tế xã Chợ Mới"], "subject"),
    # what was issued is the object
    ("1. Sở Y tế rà soát các kế hoạch đã ban hành, điều chỉnh cho phù hợp.", [HEALTH], "subject"),
    ("1. Sở Nội vụ rà soát văn bản do Ủy ban nhân dân tỉnh đã ban hành.", [INTERIOR], "subject"),
    ("1. Nâng mức hỗ trợ cho hộ nghèo.", ["các cấp ủy, tổ chức đảng"], "chapeau"),
    ("1. Giải tỏa các điểm lấn chiếm.", ["các cấp ủy, tổ chức đảng"], "chapeau"),
    # before and below a chapeau
    ("Ban Thường vụ Tỉnh ủy yêu cầu Sở Y tế trực tiếp chỉ đạo công tác khám bệnh.", [HEALTH], "object"),
    ("1. Tăng cường công tác tuyên truyền; phát huy vai trò người đứng đầu.", ["các cấp ủy, tổ chức đảng"], "chapeau"),
    ("1. Kịp thời biểu dương, khen thưởng tập thể có thành tích.", ["các cấp ủy, tổ chức đảng"], "chapeau"),
    ("1. Thường xuyên kiểm tra, giao trách nhiệm cho người đứng đầu.", ["các cấp ủy, tổ chức đảng"], "chapeau"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "bearers", "source"), ONE_DUTY)
def test_bearer_and_how_it_was_found(text: str, bearers: list[str], source: str) -> None:
    (duty,) = duties(ORDER + text).obligations
    assert (labels(duty.bearers), duty.bearer_source) == (bearers, source)
    assert duty.evidence.exact == text


MODALITIES = [
    ("1. Đề nghị Ủy ban Mặt trận Tổ quốc tỉnh vận động Nhân dân.", "request"),
    ("1. Sở Y tế không được để thiếu thuốc.", "prohibition"),
    ("1. Nghiêm cấm sử dụng ngân sách sai mục đích.", "prohibition"),
    ("1. Không để phương tiện qua ngầm tràn.", "prohibition"),
    ("1. Không tổ chức liên hoan, gặp mặt cuối năm.", "prohibition"),
    ("1. Không yêu cầu người dân nộp lại giấy tờ đã có.", "prohibition"),
    ("1. Sở Y tế được phép huy động nhân lực tại chỗ.", "permission"),
    ("1. Khuyến khích doanh nghiệp đổi mới công nghệ.", "recommendation"),
    ("1. Tiếp tục kêu gọi Nhân dân ủng hộ.", "duty"),
    ("1. Sở Y tế tuyên truyền; tuyệt đối không lơ là.", "duty"),
]


@pytest.mark.parametrize(("text", "modality"), MODALITIES)
def test_modality_of_the_main_clause(text: str, modality: str) -> None:
    (duty,) = duties(ORDER + text).obligations
    assert duty.modality == modality


def test_heading_bears_every_dash_below_it_until_the_next_number() -> None:
    found = duties(
        ORDER + "1. Sở Y tế:\n\n- Rà soát thuốc.\n\n- Lập đội cơ động.\n\n2. Công an tỉnh:\n\n- Tuần tra đêm."
    )
    assert [(labels(d.bearers), d.section) for d in found.obligations] == [
        ([HEALTH], "1"),
        ([HEALTH], "1"),
        ([POLICE], "2"),
    ]


def test_heading_of_a_request_makes_requests() -> None:
    found = duties("1. Đề nghị Công an tỉnh chỉ đạo:\n\n- Tuần tra đêm.\n\n- Kiểm tra cư trú.").obligations
    assert [(labels(d.bearers), d.modality) for d in found] == [([POLICE], "request")] * 2


def test_command_below_a_heading_is_what_that_body_does() -> None:
    (duty,) = duties(ORDER + "1. Sở Y tế:\n\n- Đề nghị Sở Nội vụ bổ sung biên chế.").obligations
    assert (labels(duty.bearers), duty.modality) == ([HEALTH], "duty")


HEADINGS = [
    ("1. Phòng Cảnh sát hình sự (PC02)\n\n- Lập chuyên án.", ["Phòng Cảnh sát hình sự"]),
    ("1. Đối với cán bộ tham mưu\n\n- Giữ bí mật hồ sơ.", ["cán bộ tham mưu"]),
    ("1. Chủ tịch UBND các huyện, thị xã, thành phố ven biển:\n\n- Kiểm đếm tàu cá.",
     ["Chủ tịch Ủy ban nhân dân các huyện, thị xã, thành phố ven biển"]),
    ("1. Sở Y tế\nChủ trì tham mưu kế hoạch tiêm chủng.", [HEALTH]),
    ("1. Ban cán sự đảng Ủy ban nhân dân tỉnh lãnh đạo Ủy ban nhân dân tỉnh:\n\n- Bố trí vốn.",
     ["Ban cán sự đảng Ủy ban nhân dân tỉnh Quảng Ninh"]),
    ("1. Ban cán sự đảng Ủy ban nhân dân tỉnh:\n\n- Lãnh đạo Ủy ban nhân dân tỉnh bố trí vốn.",
     ["Ban cán sự đảng Ủy ban nhân dân tỉnh Quảng Ninh"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "bearers"), HEADINGS)
def test_what_a_heading_names_bears_the_item_below_it(text: str, bearers: list[str]) -> None:
    assert [labels(d.bearers) for d in duties(ORDER + text).obligations] == [bearers]


def test_a_bracket_is_no_part_of_a_name() -> None:
    (duty,) = duties(ORDER + "1. Sở Nội vụ báo cáo UBND tỉnh (qua Trung tâm Lưu trữ) trước ngày 20/6/2023.").obligations
    assert labels(duty.via) == ["Trung tâm Lưu trữ"]


def test_what_the_issuer_submits_by_the_text_is_no_duty() -> None:
    report = document(code="BC", issuer=body("UBND tỉnh"))
    assert duties("1. Tăng cường kiểm tra.\n\nUBND tỉnh báo cáo Bộ Nội vụ tổng hợp./.", report).obligations[1:] == ()


def test_card_whose_labels_are_points_of_a_list() -> None:
    text = "1. Rà soát quy hoạch chợ\n\na) Cơ quan chủ trì: Sở Nội vụ.\n\nb) Thời gian hoàn thành: Quý IV năm 2023."
    (duty,) = duties("II. NHIỆM VỤ\n\n" + text).obligations
    assert (labels(duty.bearers), duty.deadline) == ([INTERIOR], "2023-12-31")


def test_dash_that_begins_with_its_own_body_goes_to_it_and_the_next_one_back_to_the_heading() -> None:
    text = (
        "3. Ủy ban nhân dân tỉnh chỉ đạo:\n\n- Rà soát kho.\n\n- Sở Y tế xây dựng kế hoạch.\n\n- Tăng cường kỷ cương."
    )
    found = duties(ORDER + text).obligations
    assert [labels(d.bearers) for d in found] == [[PROVINCE], [HEALTH], [PROVINCE]]


def test_next_paragraph_of_a_point_inherits_its_bearer() -> None:
    found = duties(ORDER + "1. Sở Nội vụ rà soát biên chế.\n\nCắt giảm các khoản chi chưa cần thiết.").obligations
    assert [(labels(d.bearers), d.bearer_source) for d in found] == [([INTERIOR], "subject"), ([INTERIOR], "inherited")]


def test_duty_that_informs_its_inherited_bearer_has_lost_its_subject() -> None:
    text = "1. Sở Y tế xét nghiệm.\n\nKiểm tra phương tiện qua chốt; kịp thời thông tin cho Sở Y tế các ca nghi ngờ."
    found = duties(ORDER + text)
    assert [labels(d.bearers) for d in found.obligations] == [[HEALTH], []]
    assert found.obligations[1].bearer_source == "unresolved"
    assert [u.evidence for u in found.unresolved] == [found.obligations[1].evidence]


def test_new_section_ends_a_chapeau() -> None:
    ordered = "II. NHIỆM VỤ\n\nĐề nghị Sở Y tế thực hiện các nhiệm vụ sau:\n\n1. Rà soát thuốc.\n\n"
    text = ordered + "III. NỘI DUNG KHÁC\n\n1. Kiểm tra kho."
    assert [labels(d.bearers) for d in duties(text).obligations] == [[HEALTH], []]


def test_letter_without_object_binds_its_addressees() -> None:
    letter = document(code="CV", addressees=(body("Sở Y tế"), body("Sở Nội vụ")))
    (duty,) = duties(
        "Ủy ban nhân dân tỉnh yêu cầu thực hiện các nội dung sau:\n\n1. Rà soát hồ sơ.", letter
    ).obligations
    assert (labels(duty.bearers), duty.bearer_source) == ([HEALTH, INTERIOR], "recipients")


@pytest.mark.parametrize(
    "text",
    [
        "1. Sở Nội vụ báo cáo UBND tỉnh (qua Văn phòng Ủy ban\n\n4\n\nnhân dân tỉnh) trước ngày 20/5/2023.",
        "1. Sở Nội vụ báo cáo UBND tỉnh (qua Văn phòng Ủy ban nhân dân tỉnh) trước\n\n4\n\nngày 20/5/2023.",
        "1. Sở Nội vụ báo cáo UBND tỉnh (qua Văn phòng Ủy ban nhân dân tỉnh) trước\n- 4 -\n\nngày 20/5/2023.",
    ],
)
def test_a_page_number_in_a_sentence_is_passed_over(text: str) -> None:
    """Neither the name nor the deadline around it is lost, and the quote is that of the source."""
    (duty,) = duties(ORDER + text).obligations
    assert (labels(duty.via), duty.deadline) == (["Văn phòng Ủy ban nhân dân tỉnh Quảng Ninh"], "2023-05-20")
    assert duty.evidence.exact == text


SPLITS = [
    ("1. Sở Y tế xét nghiệm; Công an tỉnh tuần tra các chốt.", [[HEALTH], [POLICE]]),
    ("1. Sở Y tế xét nghiệm. Công an tỉnh tuần tra các chốt.", [[HEALTH], [POLICE]]),
    ("1. Sở Y tế xét nghiệm “thần tốc”.Công an tỉnh tuần tra các chốt.", [[HEALTH], [POLICE]]),
    ("1. Giao Sở Y tế lập đề án; giao Sở Nội vụ thẩm định.", [[HEALTH], [INTERIOR]]),
    ("1. Sở Y tế xét nghiệm; siết chặt an toàn. Nâng cao năng lực điều trị.", [[HEALTH]]),
    ("1. Sở Y tế tuyên truyền để người dân hiểu; mỗi người dân luôn đề cao cảnh giác.", [[HEALTH]]),
    ("1. Sở Y tế kiểm tra kho; đồng thời, khuyến cáo người dân không tích trữ.", [[HEALTH]]),
    ("1. Sở Y tế, Công an tỉnh; Sở Nội vụ chịu trách nhiệm thi hành.", [[HEALTH, POLICE, INTERIOR]]),
    ("1. Sở Nội vụ hướng dẫn Sở Y tế, Công an tỉnh; Văn phòng Tỉnh ủy tổ chức thực hiện.", [[INTERIOR]]),
    ("1. Sở Y tế chỉ đạo các đơn vị; phân công cán bộ trực; hướng dẫn Công an tỉnh khử khuẩn.", [[HEALTH]]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "bearers"), SPLITS)
def test_a_new_bearer_begins_a_new_duty_and_nothing_else_does(text: str, bearers: list[list[str]]) -> None:
    assert [labels(d.bearers) for d in duties(ORDER + text).obligations] == bearers


def test_two_deadlines_are_two_duties_each_with_its_report() -> None:
    text = "1. Sở Y tế lập danh sách trước ngày 20/5/2023; báo cáo UBND tỉnh trước ngày 30/5/2023."
    found = duties(ORDER + text).obligations
    assert [(d.deadline, labels(d.report_to)) for d in found] == [("2023-05-20", []), ("2023-05-30", [PROVINCE])]
    assert [labels(d.bearers) for d in found] == [[HEALTH], [HEALTH]]


def test_deadline_and_recurrence_stay_in_one_duty() -> None:
    text = "1. Sở Y tế lập đội trước ngày 20/5/2023, báo cáo UBND tỉnh (qua Sở Nội vụ) trước 16h00’ hằng ngày."
    (duty,) = duties(ORDER + text).obligations
    assert (duty.deadline, duty.recurrence) == ("2023-05-20", "daily 16:00")
    assert (labels(duty.report_to), labels(duty.via)) == ([PROVINCE], [INTERIOR])


def test_deadline_of_another_body_in_a_purpose_is_not_the_bearers() -> None:
    text = "1. Sở Y tế gửi số liệu trước ngày 20/5/2023 để Sở Nội vụ báo cáo Bộ Nội vụ trước ngày 30/5/2023."
    (duty,) = duties(ORDER + text).obligations
    assert (duty.deadline, labels(duty.report_to)) == ("2023-05-20", [])


BACKGROUND = [
    "1. Biểu dương và ghi nhận nỗ lực của các cấp, các ngành trong thời gian qua.",
    "1. Ban Thường vụ Tỉnh ủy đánh giá cao kết quả của Sở Y tế.",
    "Thời gian qua, các cấp ủy đã triển khai nghiêm túc các nhiệm vụ được giao.",
    "Sở Y tế đã ban hành kế hoạch và tổ chức thực hiện.",
    "Chỉ thị này phổ biến đến các chi bộ.",
    "Quyết định này có hiệu lực thi hành từ ngày 01/6/2023.",
    "1. Quyết định số 12/2019/QĐ-UBND ngày 05/3/2019 của Ủy ban nhân dân tỉnh về quản lý bến bãi.",
    "Các đại biểu dự hội nghị tại điểm cầu Tỉnh ủy.",
    "Đồng chí Bí thư Tỉnh ủy yêu cầu các cấp ủy quán triệt sâu rộng.",
    "Sở Y tế trân trọng thông báo để các đơn vị biết.",
    "Địa phương nào để xảy ra vi phạm thì xử lý theo quy định.",
    "Điều 1. Phê duyệt kèm theo Quyết định này Phương án ứng phó lũ quét.",
    "Công tác tuyên truyền còn hạn chế, chưa kịp thời.",
    "Lượt truy cập hôm nay: 1204",
    "Văn phòng Ủy ban nhân dân tỉnh thông báo đến các cơ quan, đơn vị biết, thực hiện./.",
    "Trao đổi với phóng viên, ông Lê Văn Bốn đề nghị các xã phải di dời dân sớm.",
    "1. Thời gian kiểm tra: Sở Y tế tự bố trí từ ngày 05/6 đến ngày 20/6/2023.",
    "Ban hành kèm theo Quyết định này Quy chế quản lý chợ.",
    "Tuy nhiên, để hoàn thành chỉ tiêu, tiến độ giải ngân còn chậm.",
]


@pytest.mark.parametrize("text", BACKGROUND)
def test_background_imposes_nothing(text: str) -> None:
    assert duties(ORDER + text).obligations == ()


SECTIONS = [
    ("I. MỤC ĐÍCH, YÊU CẦU\n\n- Nâng cao nhận thức của cán bộ.\n\n- Bảo đảm an toàn.", []),
    ("I. ĐÁNH GIÁ TÌNH HÌNH\n\n1. Triển khai kịp thời các giải pháp.\n\n2. Sở Y tế chủ động ứng phó.", []),
    (
        "I. KINH PHÍ THỰC HIỆN\n\n1. Kinh phí bố trí từ ngân sách.\n\n2. Sở Nội vụ chủ trì bố trí kinh phí.",
        [[INTERIOR]],
    ),
    ("I. TỔ CHỨC THỰC HIỆN\n\n1. Sở Y tế chủ trì triển khai.", [[HEALTH]]),
    ("I. NHIỆM VỤ\n\n1. Yêu cầu Sở Y tế:\n\n- Rà soát thuốc.", [[HEALTH]]),
    ("B- QUAN ĐIỂM\n\n1. Phát triển nhanh, phải gắn với bền vững.\n\nC- NHIỆM VỤ\n\n1. Cải tạo chợ cũ.", [[]]),
    (
        "Điều 4. Trách nhiệm của Sở Y tế\n\n1. Rà soát thuốc.\n\nChương III\n\nTỔ CHỨC THỰC HIỆN\n\nĐiều 5. Thi hành\n\n1. Sở Nội vụ đôn đốc.",
        [[HEALTH], [INTERIOR]],
    ),
    ("Các xã được khen đạt các tiêu chuẩn sau:\n\n- Chấp hành tốt pháp luật.", []),
    ("Điều 2. Tổ chức thực hiện\n\n1. Sở Y tế chủ trì.\n\n2. Công an tỉnh phối hợp.", [[HEALTH], [POLICE]]),
]


@pytest.mark.parametrize(("text", "bearers"), SECTIONS)
def test_class_of_the_section_decides_what_binds(text: str, bearers: list[list[str]]) -> None:
    assert [labels(d.bearers) for d in duties(text).obligations] == bearers


def test_title_with_an_imperative_is_no_duty_but_its_text_is() -> None:
    found = duties(ORDER + "1. Tăng cường sự lãnh đạo của Đảng\n\nTăng cường kiểm tra việc chấp hành.").obligations
    assert [d.evidence.exact for d in found] == ["Tăng cường kiểm tra việc chấp hành."]


def test_act_that_speaks_commands() -> None:
    found = duties("Chỉ thị nêu rõ: nghiêm cấm đốt rừng.\n\nChỉ thị số 21 giao Sở Y tế lập đội cơ động.").obligations
    assert [(d.modality, labels(d.bearers)) for d in found] == [("prohibition", []), ("duty", [HEALTH])]


def test_person_speaks_for_the_body_in_conclusions() -> None:
    text = "Đồng chí Chủ tịch Ủy ban nhân dân tỉnh giao Sở Y tế lập đội cơ động."
    assert duties(text).obligations == ()
    (duty,) = duties(text, document(code="TB")).obligations
    assert labels(duty.bearers) == [HEALTH]


def test_card_of_labels_is_one_duty() -> None:
    text = (
        "1. Phổ biến luật\n\n- Nội dung thực hiện: Tổ chức tập huấn.\n\n- Cơ quan chủ trì: Sở Nội vụ.\n\n"
        "- Cơ quan phối hợp: Sở Y tế.\n\n- Thời gian hoàn thành: Quý III/2023."
    )
    (duty,) = duties(ORDER + text).obligations
    assert (labels(duty.bearers), labels(duty.partners), duty.deadline) == ([INTERIOR], [HEALTH], "2023-09-30")
    assert duty.evidence.exact.startswith("- Nội dung")
    assert duty.evidence.exact.endswith("2023.")


def test_card_below_its_task() -> None:
    (duty,) = duties(ORDER + "1. Kiểm tra việc thi hành\n\n- Cơ quan thực hiện: Sở Nội vụ.").obligations
    assert (labels(duty.bearers), duty.evidence.exact[:11]) == ([INTERIOR], "1. Kiểm tra")


def test_rows_of_a_table_of_tasks() -> None:
    text = (
        "II. PHÂN CÔNG\n\n| TT | Nội dung | Chủ trì | Phối hợp | Thời hạn |\n|---|---|---|---|---|\n"
        "| 1 | Lập danh sách | Sở Y tế | Công an tỉnh | Trước ngày 20/5/2023 |\n"
        "| 2 | Phát tin | Sở Nội vụ | | Hằng ngày |\n"
    )
    first, second = duties(text).obligations
    assert (labels(first.bearers), labels(first.partners), first.deadline) == ([HEALTH], [POLICE], "2023-05-20")
    assert (labels(second.bearers), second.recurrence) == ([INTERIOR], "daily")
    assert first.evidence.exact == "Lập danh sách | Sở Y tế | Công an tỉnh | Trước ngày 20/5/2023"


def test_passages_of_a_report_belong_to_the_document_that_speaks() -> None:
    directive, plan = document("d1", "CT", body("Ban Thường vụ Tỉnh ủy")), document("d2", "KH", body("UBND tỉnh"))
    text = (
        "Chỉ thị nêu rõ: nghiêm cấm đốt rừng.\n\nUBND tỉnh vừa ban hành Kế hoạch thực hiện Chỉ thị.\n\n"
        "Kế hoạch yêu cầu: Sở Y tế lập đội cơ động.\n\nBan Thường vụ Tỉnh ủy yêu cầu Sở Nội vụ rà soát cán bộ."
    )
    assert [d.document for d in duties(text, directive, plan).obligations] == ["d1", "d2", "d1"]


def test_what_no_rule_reads_is_told() -> None:
    line = "Xét cho cùng thì mọi thành công của đợt này đều nhờ ở lòng dân và sự đồng thuận chung."
    assert [span.exact for span in duties(ORDER + "1. Sở Y tế kiểm tra.\n\n" + line).unread] == [line]


def test_no_document_no_duty() -> None:
    cleaned = clean("1. Sở Y tế kiểm tra.")
    assert find_obligations(cleaned, paragraphs_of(cleaned, 0, 20), (), None).obligations == ()  # type: ignore[arg-type]


def test_condition_and_inferred_year() -> None:
    (duty,) = duties(ORDER + "1. Sở Y tế chi viện khi có yêu cầu, xong trước ngày 20/6.").obligations
    assert (duty.condition, duty.deadline, duty.inferred) == ("khi có yêu cầu", "2023-06-20", ("deadline",))


LINES = st.sampled_from(
    [text for text, *_ in ONE_DUTY]
    + [text for text, _ in SPLITS]
    + BACKGROUND
    + ["", "| a | b |", "1. ;.", "- **“x”.**"]
)


@given(st.lists(LINES, max_size=5).map("\n\n".join))
def test_every_quote_stands_in_the_text(text: str) -> None:
    found = duties(text)
    for span in (*(d.evidence for d in found.obligations), *found.unread, *(u.evidence for u in found.unresolved)):
        assert text[span.start : span.end] == span.exact


def test_quotes_of_real_texts_stand_in_them(shared) -> None:
    for path in sorted((shared / "corpus").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found = duties(text).obligations
        assert found
        assert all(text[d.evidence.start : d.evidence.end] == d.evidence.exact for d in found)
