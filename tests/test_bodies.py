"""Bodies in text: names in running text, lists taken apart, and where a subject ends."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.loaders.bodies import Reading, find_bodies, read_bodies, starts_with_body
from chidao.ontology.register import Context, register
from chidao.ontology.word_blocks import words_between
from chidao.ontology.words import read_words

SHA = "0" * 64


def reading(place: str | None = None, date: str | None = None) -> Reading:
    return Reading(register(), Context(place, date), SHA)


PROVINCE = reading("thai-nguyen", "2020-07-27")
DISTRICT = reading("tuyen-quang/son-duong", "2021-08-31")
CITY = reading("ho-chi-minh-2025", "2025-11-18")
CENTRE = reading(None, "2025-11-16")
BEFORE_MERGER = reading(None, "2021-09-01")
COMMUNE = reading("tuyen-quang/son-duong/tan-trao", "2021-09-10")
COAST = reading("quang-ninh/tien-yen", "2021-10-01")

# text, reading, labels in order; "*" marks a group
LISTS = [
    # single bodies, with the place that the text leaves out
    ("2.3. Sở Y tế:", PROVINCE, ["Sở Y tế tỉnh Thái Nguyên"]),
    ("Sở Y tế, Công an tỉnh", PROVINCE, ["Sở Y tế tỉnh Thái Nguyên", "Công an tỉnh Thái Nguyên"]),
    (
        "2.10. Sở Công Thương, Cục Quản lý thị trường tỉnh và các địa phương",
        PROVINCE,
        ["Sở Công Thương tỉnh Thái Nguyên", "Cục Quản lý thị trường tỉnh Thái Nguyên", "*các địa phương"],
    ),
    (
        "Ban Tuyên giáo Tỉnh uỷ, Sở Thông tin và Truyền thông:",
        PROVINCE,
        ["Ban Tuyên giáo Tỉnh ủy Thái Nguyên", "Sở Thông tin và Truyền thông tỉnh Thái Nguyên"],
    ),
    (
        "BTV Tỉnh ủy, Thường trực Tỉnh ủy",
        PROVINCE,
        ["Ban Thường vụ Tỉnh ủy Thái Nguyên", "Thường trực Tỉnh ủy Thái Nguyên"],
    ),
    (
        "Phòng Văn hóa và thông tin, Trung tâm Văn hóa, Truyền thông và thể thao huyện",
        DISTRICT,
        [
            "Phòng Văn hóa và Thông tin huyện Sơn Dương",
            "Trung tâm Văn hóa, Truyền thông và Thể thao huyện Sơn Dương",
        ],
    ),
    (
        "Sở Văn hóa, Thể thao và Du lịch, Sở Giáo dục và Đào tạo; Sở KH&CN",
        PROVINCE,
        [
            "Sở Văn hóa, Thể thao và Du lịch tỉnh Thái Nguyên",
            "Sở Giáo dục và Đào tạo tỉnh Thái Nguyên",
            "Sở Khoa học và Công nghệ tỉnh Thái Nguyên",
        ],
    ),
    ("Đại học Thái Nguyên", PROVINCE, ["Đại học Thái Nguyên"]),
    ("của Trung ương và của tỉnh", PROVINCE, ["*Trung ương", "*tỉnh Thái Nguyên"]),
    ("Trung ương, của tỉnh Hà Tĩnh", PROVINCE, ["*Trung ương", "*tỉnh Hà Tĩnh"]),
    # the place of the last name holds for those before it
    (
        "Tỉnh ủy, HĐND, UBND tỉnh Thanh Hóa",
        CENTRE,
        ["Tỉnh ủy Thanh Hóa", "Hội đồng nhân dân tỉnh Thanh Hóa", "Ủy ban nhân dân tỉnh Thanh Hóa"],
    ),
    ("HĐND - UBND huyện", DISTRICT, ["Hội đồng nhân dân huyện Sơn Dương", "Ủy ban nhân dân huyện Sơn Dương"]),
    # one head for several names
    (
        "Các Bộ: Quốc phòng, Công an, Nông nghiệp và Môi trường, Văn hóa, Thể thao và Du lịch",
        CENTRE,
        ["Bộ Quốc phòng", "Bộ Công an", "Bộ Nông nghiệp và Môi trường", "Bộ Văn hóa, Thể thao và Du lịch"],
    ),
    ("các Bộ Tài chính, Y tế và Văn phòng Chính phủ", CENTRE, ["Bộ Tài chính", "Bộ Y tế", "Văn phòng Chính phủ"]),
    (
        "Các Sở: Y tế, Tài chính; Công an tỉnh",
        PROVINCE,
        ["Sở Y tế tỉnh Thái Nguyên", "Sở Tài chính tỉnh Thái Nguyên", "Công an tỉnh Thái Nguyên"],
    ),
    (
        "Chủ tịch Ủy ban nhân dân các tỉnh, thành phố: Hà Tĩnh,\nHuế và Khánh Hòa;",
        CENTRE,
        [
            "Chủ tịch Ủy ban nhân dân tỉnh Hà Tĩnh",
            "Chủ tịch Ủy ban nhân dân thành phố Huế",
            "Chủ tịch Ủy ban nhân dân tỉnh Khánh Hòa",
        ],
    ),
    (
        "UBND các huyện Thanh Miện, Bình Giang và Gia Lộc",
        reading("hai-duong"),
        [
            "Ủy ban nhân dân huyện Thanh Miện",
            "Ủy ban nhân dân huyện Bình Giang",
            "Ủy ban nhân dân huyện Gia Lộc",
        ],
    ),
    # groups
    ("2.14. UBND các huyện, thành phố, thị xã:", PROVINCE, ["*Ủy ban nhân dân các huyện, thành phố, thị xã"]),
    ("Ủy ban nhân dân xã, phường, đặc khu", CITY, ["*Ủy ban nhân dân xã, phường, đặc khu"]),
    ("UBND các tỉnh, thành phố trực thuộc TW", CENTRE, ["*Ủy ban nhân dân các tỉnh, thành phố trực thuộc Trung ương"]),
    (
        "Chủ tịch UBND các tỉnh, thành phố từ Hà Tĩnh đến Khánh Hòa",
        CENTRE,
        ["*Chủ tịch Ủy ban nhân dân các tỉnh, thành phố từ Hà Tĩnh đến Khánh Hòa"],
    ),
    ("các cấp ủy, tổ chức đảng, chính quyền", PROVINCE, ["*các cấp ủy, tổ chức đảng, chính quyền"]),
    (
        "các cấp uỷ, tổ chức đảng, chính quyền, MTTQ, đoàn thể các cấp từ tỉnh đến cơ sở",
        PROVINCE,
        ["*các cấp ủy, tổ chức đảng, chính quyền, Mặt trận Tổ quốc, đoàn thể các cấp từ tỉnh đến cơ sở"],
    ),
    ("các cấp, các ngành, các địa phương", PROVINCE, ["*các cấp, các ngành, các địa phương"]),
    ("Các sở, ban, ngành, đoàn thể tỉnh", PROVINCE, ["*Các sở, ban, ngành, đoàn thể tỉnh"]),
    ("Các huyện, thị ủy, thành ủy", PROVINCE, ["*Các huyện, thị ủy, thành ủy"]),
    (
        "các tỉnh ủy, thành ủy, đảng ủy trực thuộc Trung ương",
        CENTRE,
        ["*các tỉnh ủy, thành ủy, đảng ủy trực thuộc Trung ương"],
    ),
    (
        "Các huyện, thị ủy, thành ủy, đảng ủy TTTU,",
        PROVINCE,
        ["*Các huyện, thị ủy, thành ủy, đảng ủy trực thuộc Tỉnh ủy"],
    ),
    (
        "các hội đồng hương Hà Tĩnh tại các tỉnh phía Nam",
        PROVINCE,
        ["*các hội đồng hương Hà Tĩnh tại các tỉnh phía Nam"],
    ),
    (
        "thành viên Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh Thái Nguyên, Thủ trưởng các cơ quan, đơn vị, "
        "địa phương",
        PROVINCE,
        [
            "*thành viên Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh Thái Nguyên",
            "*Thủ trưởng các cơ quan, đơn vị, địa phương",
        ],
    ),
    (
        "ban thường vụ các huyện ủy, thị ủy; Chủ tịch UBND các huyện, thị xã; các cơ quan và người đứng đầu ở các cấp",
        PROVINCE,
        [
            "*ban thường vụ các huyện ủy, thị ủy",
            "*Chủ tịch Ủy ban nhân dân các huyện, thị xã",
            "*các cơ quan",
            "*người đứng đầu ở các cấp",
        ],
    ),
    (
        "Thủ trưởng các sở, ban, ngành và Ủy ban nhân dân phường, xã, đặc khu",
        CITY,
        ["*Thủ trưởng các sở, ban, ngành", "*Ủy ban nhân dân phường, xã, đặc khu"],
    ),
    ("HĐND các cấp", PROVINCE, ["*Hội đồng nhân dân các cấp"]),
    (
        "Ban Chỉ đạo phòng chống dịch Covid-19 từ huyện tới cơ sở",
        DISTRICT,
        ["*Ban Chỉ đạo phòng chống dịch Covid-19 từ huyện tới cơ sở"],
    ),
    # addressees over several lines, with bullets
    (
        "- Kính gửi: - Ủy ban nhân dân huyện,\n- Các ban Đảng, Văn phòng Huyện ủy,\n- Cơ quan Tổ chức - Nội vụ,\n"
        "- Ủy ban MTTQ và các tổ chức chính trị - xã hội huyện,\n- Các chi, đảng bộ cơ sở.",
        DISTRICT,
        [
            "Ủy ban nhân dân huyện Sơn Dương",
            "*Các ban Đảng",
            "Văn phòng Huyện ủy Sơn Dương",
            "Cơ quan Tổ chức - Nội vụ huyện Sơn Dương",
            "*Ủy ban Mặt trận Tổ quốc và các tổ chức chính trị - xã hội huyện",
            "*Các chi, đảng bộ cơ sở",
        ],
    ),
    (
        "Bộ trưởng, Thủ trưởng cơ quan ngang Bộ, cơ quan thuộc Chính phủ;\n"
        "- Chủ tịch các Tập đoàn, Tổng Công ty Nhà nước.",
        CENTRE,
        [
            "*Bộ trưởng",
            "*Thủ trưởng cơ quan ngang Bộ, cơ quan thuộc Chính phủ",
            "*Chủ tịch các Tập đoàn, Tổng Công ty Nhà nước",
        ],
    ),
    (
        "Cơ quan chủ trì: Sở Nội vụ, Sở Tài chính.",
        CITY,
        ["Sở Nội vụ Thành phố Hồ Chí Minh", "Sở Tài chính Thành phố Hồ Chí Minh"],
    ),
    # steering committees
    (
        "Ban Chỉ đạo phòng, chống dịch Covid-19 Trung ương và tỉnh",
        PROVINCE,
        [
            "Ban Chỉ đạo quốc gia phòng, chống dịch COVID-19",
            "Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh Thái Nguyên",
        ],
    ),
    ("Ban Chỉ đạo giảm nghèo bền vững tỉnh", PROVINCE, ["Ban Chỉ đạo giảm nghèo bền vững tỉnh Thái Nguyên"]),
    (
        "Chánh Văn phòng Ban chỉ đạo phòng thủ dân sự quốc gia",
        CENTRE,
        ["Chánh Văn phòng Ban Chỉ đạo phòng thủ dân sự quốc gia"],
    ),
    # bodies that the register lacks
    ("Bệnh viện đa khoa tỉnh, Sở Y tế", PROVINCE, ["Bệnh viện đa khoa tỉnh Thái Nguyên", "Sở Y tế tỉnh Thái Nguyên"]),
    ("Tổng công ty Khí Việt Nam-CTCP (PV GAS)", CENTRE, ["Tổng công ty Khí Việt Nam-CTCP"]),
    ("UBND huyện Krông Pắc", reading("dak-lak"), ["Ủy ban nhân dân huyện Krông Pắc"]),
    # groups of any committee or body at plural places
    ("Đảng uỷ các phường, thị trấn", DISTRICT, ["*Đảng ủy các phường, thị trấn"]),
    (
        "- Thường trực Đảng ủy các xã;\n- Ủy ban Kiểm tra Đảng ủy các xã, thị trấn.",
        DISTRICT,
        ["*Thường trực Đảng ủy các xã", "*Ủy ban Kiểm tra Đảng ủy các xã, thị trấn"],
    ),
    (
        "Huyện ủy các huyện Ba Chẽ, Tiên Yên; Ban Thường vụ các thị ủy, thành ủy",
        reading("quang-ninh", "2021-10-01"),
        ["Huyện ủy Ba Chẽ", "Huyện ủy Tiên Yên", "*Ban Thường vụ các thị ủy, thành ủy"],
    ),
    (
        "Ủy ban MTTQ các xã, Công an các xã, thị trấn, Trạm Y tế các xã",
        DISTRICT,
        ["*Ủy ban Mặt trận Tổ quốc Việt Nam các xã", "*Công an các xã, thị trấn", "*Trạm Y tế các xã"],
    ),
    ("Bí thư các chi bộ, Trưởng các thôn", COMMUNE, ["*Bí thư các chi bộ", "*Trưởng các thôn"]),
    (
        "Đảng ủy, HĐND, UBND các xã",
        DISTRICT,
        ["*Đảng ủy các xã", "*Hội đồng nhân dân các xã", "*Ủy ban nhân dân các xã"],
    ),
    ("Sở Y tế, UBND các huyện", PROVINCE, ["Sở Y tế tỉnh Thái Nguyên", "*Ủy ban nhân dân các huyện"]),
    # a head and a role for several names
    (
        "Bộ trưởng các Bộ: Tài nguyên và Môi trường, Công an, Giao thông vận tải; Thống đốc Ngân hàng Nhà nước",
        BEFORE_MERGER,
        [
            "Bộ trưởng Bộ Tài nguyên và Môi trường",
            "Bộ trưởng Bộ Công an",
            "Bộ trưởng Bộ Giao thông vận tải",
            "Thống đốc Ngân hàng Nhà nước Việt Nam",
        ],
    ),
    (
        "Trưởng các phòng: Văn hóa và Thông tin, Nội vụ",
        DISTRICT,
        ["Trưởng Phòng Văn hóa và Thông tin huyện Sơn Dương", "Trưởng Phòng Nội vụ huyện Sơn Dương"],
    ),
    (
        "Giám đốc các Sở Nông nghiệp và Phát triển nông thôn, Tài chính và Công an tỉnh",
        PROVINCE,
        [
            "Giám đốc Sở Nông nghiệp và Phát triển nông thôn tỉnh Thái Nguyên",
            "Giám đốc Sở Tài chính tỉnh Thái Nguyên",
            "Công an tỉnh Thái Nguyên",
        ],
    ),
    # places that the register lacks, named one by one
    (
        "Ủy ban nhân dân các xã: Suối Lạnh, Hải Lạng và Khe Mười; Công an huyện",
        COAST,
        [
            "Ủy ban nhân dân xã Suối Lạnh",
            "Ủy ban nhân dân xã Hải Lạng",
            "Ủy ban nhân dân xã Khe Mười",
            "Công an huyện Tiên Yên",
        ],
    ),
    (
        "UBND các xã Suối Lạnh, Khe Mười, Hội Nông dân huyện, Viettel Quảng Ninh",
        COAST,
        [
            "Ủy ban nhân dân xã Suối Lạnh",
            "Ủy ban nhân dân xã Khe Mười",
            "Hội Nông dân huyện Tiên Yên",
            "Viettel Quảng Ninh",
        ],
    ),
    ("Chủ tịch UBND xã, phường: Các Sở, ngành", CITY, ["*Chủ tịch Ủy ban nhân dân xã, phường"]),
    # a commune's own offices and posts
    (
        "Văn phòng Đảng ủy, Ủy ban Kiểm tra Đảng ủy",
        COMMUNE,
        ["Văn phòng Đảng ủy xã Tân Trào", "Ủy ban Kiểm tra Đảng ủy xã Tân Trào"],
    ),
    ("Văn phòng Đảng ủy", DISTRICT, ["Văn phòng Đảng ủy"]),
    ("Đảng ủy Bộ đội Biên phòng tỉnh", PROVINCE, ["Đảng ủy Bộ đội Biên phòng tỉnh Thái Nguyên"]),
    (
        "Công chức Văn hóa - Xã hội xã, Công chức Tư pháp - Hộ tịch",
        COMMUNE,
        ["Công chức Văn hóa - Xã hội xã Tân Trào", "Công chức Tư pháp - Hộ tịch xã Tân Trào"],
    ),
    (
        "Ban CHQS xã, Công an xã, Đoàn Thanh niên xã, Hội Cựu chiến binh xã",
        COMMUNE,
        [
            "Ban Chỉ huy Quân sự xã Tân Trào",
            "Công an xã Tân Trào",
            "Đoàn xã Tân Trào",
            "Hội Cựu chiến binh xã Tân Trào",
        ],
    ),
    # steering committees on topics that no table lists
    ("Ban Chỉ đạo 35 Huyện ủy", DISTRICT, ["Ban Chỉ đạo 35 Huyện ủy Sơn Dương"]),
    (
        "Ban Chỉ đạo Trung ương về tổng kết Nghị quyết số 15-NQ/TW, Bộ Nội vụ",
        CENTRE,
        ["Ban Chỉ đạo Trung ương về tổng kết Nghị quyết số 15-NQ/TW", "Bộ Nội vụ"],
    ),
    (
        "Ban Chỉ đạo tỉnh về xây dựng nông thôn mới và Sở Y tế",
        PROVINCE,
        ["Ban Chỉ đạo tỉnh Thái Nguyên về xây dựng nông thôn mới", "Sở Y tế tỉnh Thái Nguyên"],
    ),
    ("Ban Chỉ huy phòng, chống cháy rừng huyện", DISTRICT, ["Ban Chỉ huy phòng, chống cháy rừng huyện Sơn Dương"]),
    (
        "Ban Chỉ huy PCTT và TKCN tỉnh",
        PROVINCE,
        ["Ban Chỉ huy phòng, chống thiên tai và tìm kiếm cứu nạn tỉnh Thái Nguyên"],
    ),
    # capitals of a letterhead
    ("BAN QUẢN LÝ BẢO TRÌ ĐƯỜNG BỘ TỈNH THÁI NGUYÊN", PROVINCE, ["Ban Quản lý bảo trì đường bộ tỉnh Thái Nguyên"]),
    ("CÔNG TY TNHH MTV THAN HẠ LONG - TKV", CENTRE, ["Công ty TNHH MTV than Hạ Long - TKV"]),
    ("BỆNH VIỆN ĐA KHOA TỈNH ĐẮK LẮK", reading("dak-lak"), ["Bệnh viện đa khoa tỉnh Đắk Lắk"]),
    # what stands in brackets is no part of a name
    (
        "Tập đoàn Điện lực Việt Nam (EVN), Tổng công ty Khí Việt Nam - CTCP (PV GAS) và Bộ Công Thương",
        CENTRE,
        ["Tập đoàn Điện lực Việt Nam", "Tổng công ty Khí Việt Nam - CTCP", "Bộ Công Thương"],
    ),
    # persons are no bodies
    ("Các đồng chí Huyện ủy viên,", DISTRICT, []),
    ("đồng chí Phó Bí thư Tỉnh ủy, Chủ tịch UBND tỉnh, Trưởng ban Chỉ đạo", PROVINCE, []),
    ("Như kính gửi", PROVINCE, []),
    ("", PROVINCE, []),
]


@pytest.mark.parametrize(("text", "context", "labels"), LISTS)
def test_a_list_is_taken_apart_into_bodies_and_groups(text: str, context: Reading, labels: list[str]) -> None:
    bodies = read_bodies(text, 0, len(text), context)
    assert [("*" if body.group else "") + body.label for body in bodies] == labels


# subject | rest of the sentence
SUBJECTS = [
    "Sở Y tế| chủ trì, phối hợp với Công an tỉnh",
    "Sở Khoa học và Công nghệ, Sở Y tế| tích cực phối hợp, hỗ trợ Đại học Thái Nguyên",
    "Sở Công Thương, Cục Quản lý thị trường tỉnh và các địa phương| tăng cường công tác kiểm tra",
    "Bộ Chỉ huy Quân sự tỉnh| chủ động rà soát",
    "Ủy ban nhân dân tỉnh| căn cứ vào tình hình",
    "Ban cán sự đảng UBND tỉnh| chỉ đạo Ủy ban nhân dân tỉnh",
    "Các địa phương, cơ quan, đơn vị, doanh nghiệp| xây dựng kế hoạch",
    "Các cơ quan, tổ chức, đơn vị| tổ chức quán triệt",
    "Ngành Y tế| chủ động xây dựng các phương án",
    "Ngành y tế| xây dựng kế hoạch",
    "Ngành Xây dựng| chủ trì",
    "Cả hệ thống chính trị từ huyện tới cơ sở| phải kiên trì",
    "Đại học Thái Nguyên| thực hiện tốt",
    "Bệnh viện Trung ương Thái Nguyên| chuẩn bị sẵn sàng",
    "Bệnh viện Sản Nhi tỉnh| tổ chức tiếp nhận",
    "Người đứng đầu các địa phương, đơn vị| trực tiếp chỉ đạo",
    "Người đứng đầu cấp ủy, chính quyền các cấp| chịu trách nhiệm",
    "Chủ tịch UBND các huyện, thị xã, thành phố| chịu trách nhiệm",
    "Cấp ủy, chính quyền các địa phương| huy động cả hệ thống",
    "Các cấp ủy, tổ chức đảng| tăng cường sự lãnh đạo",
    "các lực lượng vũ trang| nắm chắc tình hình",
    "Các cơ quan thông tin tuyên truyền| tăng cường",
    "Các sở, ngành liên quan| triển khai các giải pháp",
    "Các Bộ: Quốc phòng, Công an| chủ động chỉ đạo",
    "Đội ngũ lãnh đạo, cán bộ, đảng viên| khẳng định",
    "Trưởng các đoàn công tác của Ban Thường vụ Tỉnh ủy, các thành viên Ban Chỉ đạo chuyển đổi số tỉnh| tăng cường",
    "Các cơ quan được phân công chủ trì thực hiện nhiệm vụ theo Kế hoạch này| có trách nhiệm lập",
    "các cơ quan phối hợp| có trách nhiệm phối hợp",
    "Sở, ban, ngành thuộc Ủy ban nhân dân tỉnh| có trách nhiệm rà soát",
    "Các cơ quan, đơn vị trực thuộc Sở Y tế| thực hiện",
    "UBND các huyện, thành phố, thị xã|:",
    "Ban Chỉ đạo phòng chống dịch Covid-19 từ huyện tới cơ sở|, tập trung sửa đổi",
    "Trung tâm Kiểm soát bệnh tật tỉnh| chủ trì",
    "Giám đốc Công an tỉnh|, giao nhiệm vụ",
    "Thủ trưởng các ban, ngành cấp tỉnh| tham mưu",
    "Văn phòng Thường trực Ban Chỉ đạo 389 quốc gia| tăng cường",
    "Đảng ủy các xã, thị trấn| ban hành kế hoạch",
    "Ban Thường vụ các huyện ủy, thị ủy| tăng cường lãnh đạo",
    "HĐND và UBND các huyện| chỉ đạo",
    "Bí thư các chi bộ| chịu trách nhiệm",
    "Giám đốc các Sở: Nội vụ, Tài chính| chủ trì",
    "Chủ tịch UBND các xã: Suối Lạnh, Khe Mười| tổ chức trực ban",
    "Tổng công ty Khí Việt Nam - CTCP| (PV GAS) chủ trì",
    "Ban Chỉ đạo tỉnh về xây dựng nông thôn mới| chủ trì",
]


@pytest.mark.parametrize("marked", SUBJECTS)
def test_a_subject_ends_where_the_predicate_begins(marked: str) -> None:
    subject, rest = marked.split("|")
    text = subject + rest
    assert starts_with_body(text, 0, len(text), PROVINCE) == len(subject)


@pytest.mark.parametrize(
    "text",
    [
        "Tăng cường công tác tuyên truyền",
        "Thực hiện nghiêm các quy định",
        "Tổ chức quán triệt, triển khai",
        "Lãnh đạo, chỉ đạo thực hiện tốt",
        "Báo cáo UBND tỉnh trước ngày 30",
        "Các biện pháp hành chính áp dụng",
        "Các đại biểu dự hội nghị",
        "Các trường hợp vi phạm bị xử lý",
        "Bản tin sinh hoạt chi bộ",
        "Cơ quan thực hiện: Sở Nội vụ",
        "Địa phương nào để xảy ra vi phạm",
        "Thời gian thực hiện: Năm 2025",
        "đồng chí Vũ Hồng Bắc kết luận",
        "",
    ],
)
def test_what_is_no_body_opens_no_subject(text: str) -> None:
    assert starts_with_body(text, 0, len(text), PROVINCE) is None


def test_names_in_running_text_carry_their_offsets() -> None:
    text = "các văn bản của Ban Bí thư TW Đảng, BTV Tỉnh uỷ và\nUBND  tỉnh; theo Công văn 632-CV/HU, 172/KH-UBND."
    found = find_bodies(text, 0, len(text), PROVINCE)
    assert [(text[m.start : m.end], m.body.label) for m in found] == [
        ("Ban Bí thư TW Đảng", "Ban Bí thư Trung ương Đảng"),
        ("BTV Tỉnh uỷ", "Ban Thường vụ Tỉnh ủy Thái Nguyên"),
        ("UBND  tỉnh", "Ủy ban nhân dân tỉnh Thái Nguyên"),
    ]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("Phó Bí thư Tỉnh ủy Trần Thế Dũng ký", []),
        (
            "đồng chí Đỗ Khánh Tùng - Phó Bí thư Huyện ủy, Chủ tịch UBND huyện dự họp với Sở Y tế",
            ["Sở Y tế tỉnh Tuyên Quang"],
        ),
        ("tại các cơ sở y tế và trạm y tế", []),
        ("điều trị tại Bệnh viện Trung ương Huế", ["Bệnh viện Trung ương Huế"]),
        ("theo chỉ đạo của Trung ương, của tỉnh", ["Trung ương", "tỉnh Tuyên Quang"]),
        ("báo cáo của Đảng ủy các xã, thị trấn gửi về", ["Đảng ủy các xã, thị trấn"]),
        ("theo đề nghị của Ban Thường vụ các đảng ủy xã", ["Ban Thường vụ các đảng ủy xã"]),
        ("Đảng viên và Đảng đoàn", []),
        ("Ban Chỉ đạo họp với Huyện ủy", ["Ban Chỉ đạo", "Huyện ủy Sơn Dương"]),
        ("Kế hoạch của Ban Chỉ đạo về việc sắp xếp", ["Ban Chỉ đạo"]),
    ],
)
def test_persons_and_common_words_are_no_bodies_in_running_text(text: str, labels: list[str]) -> None:
    assert [mention.body.label for mention in find_bodies(text, 0, len(text), DISTRICT)] == labels


def test_a_known_body_has_the_registers_iri_level_system_place_and_series() -> None:
    (body,) = read_bodies("BTV Huyện ủy", 0, 12, DISTRICT)
    assert body.iri.endswith("/id/body/tuyen-quang/son-duong/ban-thuong-vu")
    assert (body.level, body.system, body.known, body.group) == ("district", "party", True, False)
    assert body.place is not None
    assert body.place.endswith("/id/place/tuyen-quang/son-duong")
    assert body.series == "tuyen-quang/son-duong/huyen-uy"
    assert body.inferred == ("place",)


def test_a_stated_place_is_not_inferred() -> None:
    (body,) = read_bodies("Sở Y tế tỉnh Hà Tĩnh", 0, 20, DISTRICT)
    assert body.inferred == ()


def test_groups_and_unknown_bodies_live_under_their_source() -> None:
    text = "Các sở, ban, ngành; Bệnh viện đa khoa tỉnh"
    group, hospital = read_bodies(text, 0, len(text), PROVINCE)
    assert group.iri.endswith("/id/source/0000000000000000/group/cac-so-ban-nganh")
    assert hospital.iri.endswith("/id/source/0000000000000000/body/benh-vien-da-khoa-tinh-thai-nguyen")
    assert (group.known, hospital.known) == (False, False)
    assert hospital.level == "province"


def test_a_place_that_the_register_lacks_gives_a_local_body_with_its_level() -> None:
    text = "UBND các xã: Suối Lạnh, Hải Lạng"
    unknown, known = read_bodies(text, 0, len(text), COAST)
    assert (unknown.label, unknown.level, unknown.known, unknown.place) == (
        "Ủy ban nhân dân xã Suối Lạnh",
        "commune",
        False,
        None,
    )
    assert known.iri.endswith("/id/body/quang-ninh/tien-yen/hai-lang/uy-ban-nhan-dan")


def test_a_group_of_party_committees_has_level_system_and_the_place_around_it() -> None:
    (group,) = read_bodies("Đảng ủy các xã", 0, 14, DISTRICT)
    assert (group.level, group.system, group.group, group.known) == ("commune", "party", True, False)
    assert (group.place or "").endswith("/id/place/tuyen-quang/son-duong")


def test_a_person_in_a_role_stands_for_the_body_and_is_not_known() -> None:
    text = "Giám đốc các Sở: Nội vụ, Tài chính"
    for body in read_bodies(text, 0, len(text), PROVINCE):
        assert (body.level, body.system, body.known) == ("province", "state", False)


def test_the_words_of_a_part_are_those_of_the_part_alone() -> None:
    text = ("Sở Y tế chủ trì; UBND các xã thực hiện.\n\n" * 2000) + "BTV Tỉnh ủy"
    for start, end in [(0, 300), (30_000, 34_000), (32_760, 32_800), (len(text) - 11, len(text)), (5, 9), (7, 7)]:
        assert words_between(text, start, end) == read_words(text, start, end)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Đoàn xã Tân Hòa thành lập các đội", "Đoàn xã Tân Hòa"),
        ("UBND xã Tân Hòa Thành lập danh sách", "UBND xã Tân Hòa Thành"),
        ("ĐOÀN XÃ TÂN HÒA THÀNH LẬP ĐỘI", "ĐOÀN XÃ TÂN HÒA"),
        ("UBND XÃ TÂN HÒA\nThành phần dự họp", "UBND XÃ TÂN HÒA"),
        ("UBND XÃ TÂN HÒA THÀNH", "UBND XÃ TÂN HÒA THÀNH"),
        ("Công an huyện Ea H'leo tuần tra", "Công an huyện Ea H'leo"),
    ],
)
def test_a_name_ends_before_the_next_phrase(text: str, named: str) -> None:
    """There are Tân Hòa and Tân Hòa Thành: capitals tell which is printed."""
    found = find_bodies(text, 0, len(text), reading("dak-lak", "2024-05-01"))
    assert text[found[0].start : found[0].end] == named


def test_an_unsettled_name_keeps_its_label_and_claims_no_place() -> None:
    (body,) = read_bodies("Công an tỉnh", 0, 12, reading())
    assert (body.label, body.known, body.place, body.level) == ("Công an tỉnh", False, None, "province")


WORDS = ["Thủ trưởng", "các", "và", ",", ";", "(", "UBND", "tỉnh", "huyện", "Sở", "Y tế", "Ban Chỉ đạo", "phòng", "từ"]
WORDS += ["đến", "Hà Tĩnh", "\n\n", "đồng chí", "-", "của", "cơ quan"]


@given(st.lists(st.sampled_from(WORDS), max_size=40).map(" ".join) | st.text(max_size=60))
def test_any_text_is_read_without_error_and_within_its_bounds(text: str) -> None:
    found = find_bodies(text, 0, len(text), PROVINCE)
    assert all(0 <= mention.start < mention.end <= len(text) for mention in found)
    read_bodies(text, 0, len(text), PROVINCE)
    end = starts_with_body(text, 0, len(text), PROVINCE)
    assert end is None or 0 < end <= len(text)


def test_a_long_row_of_roles_is_read_without_exhausting_the_stack() -> None:
    text = "Chánh Văn phòng Trưởng Giám đốc " * 3000
    assert starts_with_body(text, 0, len(text), PROVINCE) is None
