"""The register finds bodies by path, by symbol code and by name in a context, and never guesses."""

import pytest

from chidao.ontology.bodies import Template
from chidao.ontology.register import Context, Register, register
from chidao.ontology.spelling import key

HA_TINH, BA_CHE, SON_DUONG = "ha-tinh", "quang-ninh/ba-che", "tuyen-quang/son-duong"
SAI_GON, HAI_DUONG = "ho-chi-minh-2025", "hai-duong"


@pytest.fixture(scope="module")
def known() -> Register:
    return register()


# phrase, place of the text, date of the text, path of the body
NAMES = [
    # Party, Centre
    ("Bộ Chính trị", None, None, "trung-uong/bo-chinh-tri"),
    ("Ban Bí thư", None, None, "trung-uong/ban-bi-thu"),
    ("Ban Bí thư TW Đảng", None, None, "trung-uong/ban-bi-thu"),
    ("Ban Bí thư T.Ư Đảng", None, None, "trung-uong/ban-bi-thu"),
    ("BCH Trung ương Đảng", None, None, "trung-uong/ban-chap-hanh-trung-uong"),
    ("Ban Nội chính TW", None, None, "trung-uong/ban-noi-chinh-trung-uong"),
    ("UBKT Trung ương", None, None, "trung-uong/uy-ban-kiem-tra-trung-uong"),
    ("Ban Tuyên giáo và Dân vận Trung ương", None, None, "trung-uong/ban-tuyen-giao-va-dan-van-trung-uong"),
    ("Ban Chính sách, chiến lược Trung ương", None, None, "trung-uong/ban-chinh-sach-chien-luoc-trung-uong"),
    # Party, province
    ("Tỉnh uỷ", HA_TINH, None, "ha-tinh/tinh-uy"),
    ("BTV Tỉnh ủy", HA_TINH, None, "ha-tinh/ban-thuong-vu"),
    ("Ban Thường vụ Tỉnh ủy Hà Tĩnh", None, None, "ha-tinh/ban-thuong-vu"),
    ("TT Tỉnh ủy", HA_TINH, None, "ha-tinh/thuong-truc"),
    ("Thường trực Tỉnh ủy", BA_CHE, None, "quang-ninh/thuong-truc"),
    ("VPTU", HA_TINH, None, "ha-tinh/van-phong-tinh-uy"),
    ("Văn phòng Tỉnh uỷ Quảng Ninh", HA_TINH, None, "quang-ninh/van-phong-tinh-uy"),
    ("Ban Tuyên giáo Tỉnh ủy", HA_TINH, None, "ha-tinh/ban-tuyen-giao"),
    ("Ban Nội chính Tỉnh ủy", HA_TINH, None, "ha-tinh/ban-noi-chinh"),
    ("UBKT Tỉnh ủy", HA_TINH, None, "ha-tinh/uy-ban-kiem-tra"),
    ("Ban Chấp hành Đảng bộ tỉnh Hà Tĩnh", None, None, "ha-tinh/tinh-uy"),
    ("Ban cán sự đảng UBND tỉnh", HA_TINH, None, "ha-tinh/ban-can-su-dang-uy-ban-nhan-dan"),
    ("Đảng đoàn MTTQ tỉnh", HA_TINH, None, "ha-tinh/dang-doan-mat-tran-to-quoc"),
    ("Thành ủy Hà Nội", None, None, "ha-noi/thanh-uy"),
    ("Thường trực Thành ủy", SAI_GON, "2025-11-18", "ho-chi-minh-2025/thuong-truc"),
    # Party, district and commune
    ("Huyện ủy", BA_CHE, None, "quang-ninh/ba-che/huyen-uy"),
    ("Ban Thường vụ Huyện uỷ Ba Chẽ", None, None, "quang-ninh/ba-che/ban-thuong-vu"),
    ("BTVHU", BA_CHE, None, "quang-ninh/ba-che/ban-thuong-vu"),
    ("Thường trực Huyện ủy", SON_DUONG, None, "tuyen-quang/son-duong/thuong-truc"),
    ("Ban Tuyên giáo Huyện ủy Sơn Dương", None, None, "tuyen-quang/son-duong/ban-tuyen-giao"),
    ("VPHU", SON_DUONG, None, "tuyen-quang/son-duong/van-phong-huyen-uy"),
    ("Cơ quan UBKT- Thanh tra huyện", SON_DUONG, None, "tuyen-quang/son-duong/co-quan-uy-ban-kiem-tra-thanh-tra"),
    ("Thị ủy Quảng Yên", None, None, "quang-ninh/quang-yen/thi-uy"),
    ("Thành ủy Hạ Long", None, None, "quang-ninh/ha-long/thanh-uy"),
    ("Đảng ủy xã Tân Trào", SON_DUONG, None, "tuyen-quang/son-duong/tan-trao/dang-uy"),
    # State, Centre
    ("Thủ tướng", None, None, "trung-uong/thu-tuong"),
    ("Thủ tướng CP", None, None, "trung-uong/thu-tuong"),
    ("Thường trực Chính phủ", None, None, "trung-uong/thuong-truc-chinh-phu"),
    ("Bộ y tế", None, None, "trung-uong/bo-y-te"),
    ("Bộ GD&ĐT", None, None, "trung-uong/bo-giao-duc-va-dao-tao"),
    ("Bộ LĐ-TB&XH", None, None, "trung-uong/bo-lao-dong-thuong-binh-va-xa-hoi"),
    ("Bộ NN & PTNT", None, None, "trung-uong/bo-nong-nghiep-va-phat-trien-nong-thon"),
    ("Bộ Văn hóa, Thể thao và Du lịch", None, None, "trung-uong/bo-van-hoa-the-thao-va-du-lich"),
    ("Ngân hàng Nhà nước", None, None, "trung-uong/ngan-hang-nha-nuoc-viet-nam"),
    ("Đại học Thái Nguyên", "thai-nguyen", None, "trung-uong/dai-hoc-thai-nguyen"),
    ("Bệnh viện Trung ương Thái Nguyên", "thai-nguyen", None, "trung-uong/benh-vien-trung-uong-thai-nguyen"),
    # State, province
    ("UBND tỉnh", HA_TINH, None, "ha-tinh/uy-ban-nhan-dan"),
    ("Uỷ ban nhân dân tỉnh Quảng Ninh", None, None, "quang-ninh/uy-ban-nhan-dan"),
    ("UBND tỉnh", BA_CHE, None, "quang-ninh/uy-ban-nhan-dan"),
    ("UBND Thành phố", SAI_GON, "2025-11-18", "ho-chi-minh-2025/uy-ban-nhan-dan"),
    ("UBND TP.HCM", None, "2025-11-18", "ho-chi-minh-2025/uy-ban-nhan-dan"),
    ("UBND TP. Hồ Chí Minh", None, "2021-07-09", "ho-chi-minh/uy-ban-nhan-dan"),
    ("Chủ tịch UBND tỉnh", HA_TINH, None, "ha-tinh/chu-tich-uy-ban-nhan-dan"),
    ("Thường trực HĐND tỉnh", HA_TINH, None, "ha-tinh/thuong-truc-hoi-dong-nhan-dan"),
    ("Sở Y tế", HA_TINH, None, "ha-tinh/so-y-te"),
    ("Sở Y tế", BA_CHE, None, "quang-ninh/so-y-te"),
    ("Sở Y tế Hà Tĩnh", None, None, "ha-tinh/so-y-te"),
    ("Sở TT&TT", HA_TINH, None, "ha-tinh/so-thong-tin-va-truyen-thong"),
    ("Sở Thông tin và Truyền thông", HA_TINH, None, "ha-tinh/so-thong-tin-va-truyen-thong"),
    ("Sở KH-CN", None, None, None),
    ("Sở Văn hoá, Thể thao và Du lịch", HA_TINH, None, "ha-tinh/so-van-hoa-the-thao-va-du-lich"),
    ("Sở Nông nghiệp và PTNT", HA_TINH, None, "ha-tinh/so-nong-nghiep-va-phat-trien-nong-thon"),
    ("Cục Quản lý thị trường tỉnh", HA_TINH, None, "ha-tinh/cuc-quan-ly-thi-truong"),
    ("Bảo hiểm xã hội Thành phố", SAI_GON, "2025-11-18", "ho-chi-minh-2025/bao-hiem-xa-hoi"),
    ("Đài PT-TH tỉnh", HA_TINH, None, "ha-tinh/dai-phat-thanh-va-truyen-hinh"),
    ("Thanh tra tỉnh", HA_TINH, None, "ha-tinh/thanh-tra"),
    ("TAND tỉnh", HA_TINH, None, "ha-tinh/toa-an-nhan-dan"),
    ("Thuế tỉnh Quảng Trị", None, "2025-11-20", "quang-tri-2025/thue"),
    # State, district and commune
    ("UBND huyện", BA_CHE, None, "quang-ninh/ba-che/uy-ban-nhan-dan"),
    ("UBND huyện Sơn Dương, tỉnh Tuyên Quang", None, "2021-08-31", "tuyen-quang/son-duong/uy-ban-nhan-dan"),
    ("UBND thành phố Hải Dương", HAI_DUONG, None, "hai-duong/hai-duong/uy-ban-nhan-dan"),
    ("UBND tỉnh Hải Dương", HAI_DUONG, None, "hai-duong/uy-ban-nhan-dan"),
    ("UBND thị xã Kỳ Anh", HA_TINH, None, "ha-tinh/thi-xa-ky-anh/uy-ban-nhan-dan"),
    ("UBND huyện Kỳ Anh", HA_TINH, None, "ha-tinh/ky-anh/uy-ban-nhan-dan"),
    ("UBND TX Đông Triều", "quang-ninh", "2021-10-01", "quang-ninh/dong-trieu/uy-ban-nhan-dan"),
    ("UBND TP Đông Triều", "quang-ninh", "2024-12-01", "quang-ninh/dong-trieu-2024/uy-ban-nhan-dan"),
    ("VĂN PHÒNG HĐND-UBND HUYỆN SƠN DƯƠNG", None, None, "tuyen-quang/son-duong/van-phong-hdnd-va-ubnd"),
    ("Văn phòng HĐND và UBND huyện", BA_CHE, None, "quang-ninh/ba-che/van-phong-hdnd-va-ubnd"),
    ("Phòng Văn hóa - Thông tin huyện", SON_DUONG, None, "tuyen-quang/son-duong/phong-van-hoa-va-thong-tin"),
    ("Phòng Y tế", BA_CHE, None, "quang-ninh/ba-che/phong-y-te"),
    ("UBND thị trấn Ba Chẽ", None, None, "quang-ninh/ba-che/ba-che/uy-ban-nhan-dan"),
    ("UBND xã Hải Lạng", "quang-ninh", "2021-10-01", "quang-ninh/tien-yen/hai-lang/uy-ban-nhan-dan"),
    # armed forces
    ("Công an tỉnh", "thai-nguyen", None, "thai-nguyen/cong-an"),
    ("Bộ CHQS tỉnh", "thai-nguyen", None, "thai-nguyen/bo-chi-huy-quan-su"),
    ("Bộ Chỉ huy Quân sự tỉnh", "thai-nguyen", None, "thai-nguyen/bo-chi-huy-quan-su"),
    ("Bộ Chỉ huy BĐBP tỉnh", HA_TINH, None, "ha-tinh/bo-chi-huy-bo-doi-bien-phong"),
    ("Công an huyện", BA_CHE, None, "quang-ninh/ba-che/cong-an"),
    # front
    ("Ủy ban MTTQ tỉnh", HA_TINH, None, "ha-tinh/uy-ban-mat-tran-to-quoc"),
    ("Uỷ ban Mặt trận Tổ quốc Việt Nam tỉnh", HA_TINH, None, "ha-tinh/uy-ban-mat-tran-to-quoc"),
    ("Tỉnh đoàn", HA_TINH, None, "ha-tinh/doan-thanh-nien"),
    ("Huyện đoàn Ba Chẽ", None, None, "quang-ninh/ba-che/doan-thanh-nien"),
    ("LĐLĐ tỉnh", HA_TINH, None, "ha-tinh/lien-doan-lao-dong"),
    ("Hội LHPN tỉnh", HA_TINH, None, "ha-tinh/hoi-lien-hiep-phu-nu"),
    # steering committees
    ("Ban Chỉ đạo quốc gia phòng, chống dịch COVID-19", None, None, "trung-uong/ban-chi-dao-phong-chong-dich-covid-19"),
    (
        "Ban Chỉ đạo Quốc gia về phòng chống dịch Covid-19",
        None,
        None,
        "trung-uong/ban-chi-dao-phong-chong-dich-covid-19",
    ),
    ("BCĐ phòng, chống dịch bệnh COVID-19 tỉnh", HA_TINH, None, "ha-tinh/ban-chi-dao-phong-chong-dich-covid-19"),
    (
        "Ban Chỉ đạo Trung ương về tổng kết Nghị quyết số 18-NQ/TW",
        None,
        None,
        "trung-uong/ban-chi-dao-tong-ket-nghi-quyet-18",
    ),
    ("Ban Chỉ huy phòng thủ dân sự tỉnh", HA_TINH, None, "ha-tinh/ban-chi-huy-phong-thu-dan-su"),
    ("Đảng ủy", "quang-ninh/ba-che/don-dac", None, "quang-ninh/ba-che/don-dac/dang-uy"),
    ("Hội Nông dân xã", "quang-ninh/ba-che/don-dac", None, "quang-ninh/ba-che/don-dac/hoi-nong-dan"),
    ("Đảng ủy", HA_TINH, None, None),
    ("Ban Chỉ đạo phòng thủ dân sự quốc gia", None, None, "trung-uong/ban-chi-dao-phong-thu-dan-su"),
    ("Ban Chỉ đạo cấp tỉnh phòng chống dịch Covid 19", HA_TINH, None, "ha-tinh/ban-chi-dao-phong-chong-dich-covid-19"),
]


@pytest.mark.parametrize(("phrase", "place", "date", "path"), NAMES)
def test_a_name_means_one_body_in_its_context(
    known: Register, phrase: str, place: str | None, date: str | None, path: str | None
) -> None:
    entry = known.resolve(phrase, Context(place, date)).entry
    assert (entry.path if entry else None) == path


def test_a_name_that_fits_two_places_stays_open_with_both() -> None:
    answer = register().resolve("UBND tỉnh Thái Nguyên", Context())
    assert answer.entry is None
    assert answer.candidates == ("thai-nguyen/uy-ban-nhan-dan", "thai-nguyen-2025/uy-ban-nhan-dan")


@pytest.mark.parametrize("phrase", ["UBND huyện Suối Lạnh", "Công an tỉnh", "Ban Nghiên cứu lịch sử", "", "đồng chí"])
def test_what_the_register_cannot_settle_has_a_reason(known: Register, phrase: str) -> None:
    answer = known.resolve(phrase, Context())
    assert answer.entry is None
    assert answer.reason


def test_marks_that_a_scan_lost_are_repaired_where_one_place_fits_and_said_so(known: Register) -> None:
    answer = known.resolve("ĐẢNG BỘ TỈNH TUYỀN QUANG", Context(date="2021-08-31"))
    assert answer.entry is not None
    assert (answer.entry.path, answer.reason) == ("tuyen-quang/tinh-uy", "read with other marks")


@pytest.mark.parametrize(
    ("code", "place", "level", "path"),
    [
        ("TU", BA_CHE, None, "quang-ninh/tinh-uy"),
        ("TU", SAI_GON, None, "ho-chi-minh-2025/thanh-uy"),
        ("HU", BA_CHE, None, "quang-ninh/ba-che/huyen-uy"),
        ("HU", HA_TINH, None, None),
        ("TW", BA_CHE, None, "trung-uong/dang"),
        ("TTg", BA_CHE, None, "trung-uong/thu-tuong"),
        ("BNCTW", HA_TINH, None, "trung-uong/ban-noi-chinh-trung-uong"),
        ("BCT", None, None, "trung-uong/bo-cong-thuong"),
        ("UBND", BA_CHE, None, "quang-ninh/ba-che/uy-ban-nhan-dan"),
        ("UBND", BA_CHE, "province", "quang-ninh/uy-ban-nhan-dan"),
        ("SYT", BA_CHE, None, "quang-ninh/so-y-te"),
        ("BTGTU", BA_CHE, None, "quang-ninh/ban-tuyen-giao"),
        ("VPHU", SON_DUONG, None, "tuyen-quang/son-duong/van-phong-huyen-uy"),
        ("BCĐ", HA_TINH, None, None),
        ("UBND", None, None, None),
        ("XYZ", HA_TINH, None, None),
    ],
)
def test_a_symbol_code_means_a_body_in_the_context_of_a_place(
    known: Register, code: str, place: str | None, level: str | None, path: str | None
) -> None:
    entry = known.by_symbol(code, place, level)
    assert (entry.path if entry else None) == path


def test_committee_standing_committee_and_standing_members_number_in_one_series(known: Register) -> None:
    slugs = ("huyen-uy", "ban-thuong-vu", "thuong-truc")
    entries = [known.entry(f"{BA_CHE}/{slug}") for slug in slugs]
    assert {entry and entry.series_path for entry in entries} == {f"{BA_CHE}/huyen-uy"}
    chair = known.entry(f"{BA_CHE}/chu-tich-uy-ban-nhan-dan")
    assert chair is not None
    assert chair.series_path == f"{BA_CHE}/uy-ban-nhan-dan"


@pytest.mark.parametrize(
    ("path", "superior", "led_by", "guided_by"),
    [
        ("quang-ninh/ba-che/huyen-uy", "quang-ninh/tinh-uy", None, None),
        ("quang-ninh/tinh-uy", "trung-uong/ban-chap-hanh-trung-uong", None, None),
        ("quang-ninh/ba-che/uy-ban-nhan-dan", "quang-ninh/uy-ban-nhan-dan", "quang-ninh/ba-che/huyen-uy", None),
        ("quang-ninh/uy-ban-nhan-dan", "trung-uong/chinh-phu", "quang-ninh/tinh-uy", None),
        ("quang-ninh/so-y-te", "quang-ninh/uy-ban-nhan-dan", None, "trung-uong/bo-y-te"),
        ("quang-ninh/ba-che/phong-y-te", "quang-ninh/ba-che/uy-ban-nhan-dan", None, "quang-ninh/so-y-te"),
        ("quang-ninh/ba-che/cong-an", "quang-ninh/cong-an", "quang-ninh/ba-che/huyen-uy", None),
        ("quang-ninh/cong-an", "trung-uong/bo-cong-an", "quang-ninh/tinh-uy", None),
        ("quang-ninh/cuc-quan-ly-thi-truong", "trung-uong/bo-cong-thuong", None, None),
        (
            "ha-tinh/ban-chi-dao-phong-chong-dich-covid-19",
            None,
            None,
            "trung-uong/ban-chi-dao-phong-chong-dich-covid-19",
        ),
    ],
)
def test_command_party_leadership_and_the_professional_line_are_three_ties(
    known: Register, path: str, superior: str | None, led_by: str | None, guided_by: str | None
) -> None:
    entry = known.entry(path)
    assert entry is not None
    assert (entry.superior_path, entry.led_by_path, entry.guided_by_path) == (superior, led_by, guided_by)


def test_every_tie_of_every_body_leads_to_a_body_that_lived_in_its_time(known: Register) -> None:
    """At one place of each kind and period: what holds there holds at its like."""
    alike = {(p.kind, p.valid_from, p.valid_to, len(p.parents)): p for p in known.places.values()}
    paths = [
        *known.central,
        *(f"{p.path}/{t.slug_at(p.kind)}" for p in alike.values() for t in _templates(known, p.level)),
    ]
    for path in paths:
        entry = known.entry(path)
        if entry is None:  # a Sở KH&ĐT of a province that began in July 2025
            continue
        ties = (entry.superior_path, entry.led_by_path, entry.guided_by_path, entry.series_path)
        for tie in filter(None, ties):
            other = known.entry(tie)
            assert other is not None, (path, tie)
            assert (other.valid_from or "") <= (entry.valid_to or "9999"), (path, tie)
            assert (entry.valid_from or "") <= (other.valid_to or "9999"), (path, tie)


def _templates(known: Register, level: str) -> list[Template]:
    return [template for (_, at), template in known.templates.items() if at == level]


def test_labels_are_complete_and_in_the_old_tone_style(known: Register) -> None:
    for place in ("quang-ninh", "ho-chi-minh-2025", BA_CHE):
        for template in _templates(known, known.places[place].level):
            entry = known.entry(f"{place}/{template.slug_at(known.places[place].kind)}")
            if entry is None:
                continue
            assert "{" not in entry.label_vi + entry.label_en
            assert entry.label_vi.endswith(known.places[place].name)
            assert key(entry.label_vi) == entry.label_vi.lower()
            assert entry.label_en


def test_a_body_never_outlives_its_place(known: Register) -> None:
    entry = known.entry("hai-duong/so-y-te")
    assert entry is not None
    assert entry.valid_to == "2025-06-30"
    later = known.entry("tuyen-quang-2025/so-y-te")
    assert later is not None
    assert later.valid_from == "2025-07-01"


@pytest.mark.parametrize(
    "path", ["", "quang-ninh", "trung-uong/khong-co", "nowhere/so-y-te", "quang-ninh/huyen-uy", "a/b/c/d"]
)
def test_an_unknown_path_has_no_entry(known: Register, path: str) -> None:
    assert known.entry(path) is None


@pytest.mark.parametrize(
    ("name", "type_", "within", "date", "paths"),
    [
        ("Hải Dương", None, "hai-duong", "2020-09-11", ["hai-duong", "hai-duong/hai-duong"]),
        ("Hải Dương", "thành phố", None, None, ["hai-duong/hai-duong"]),
        ("HÀ TĨNH", "tỉnh", None, None, ["ha-tinh"]),
        ("Kỳ Anh", "thị xã", HA_TINH, None, ["ha-tinh/thi-xa-ky-anh"]),
        ("Ba Chẽ", None, BA_CHE, None, [BA_CHE, f"{BA_CHE}/ba-che"]),
        ("Tuyên Quang", "tỉnh", None, "2025-11-01", ["tuyen-quang-2025"]),
        ("Hòa Bình", "tỉnh", None, None, ["hoa-binh"]),
        ("Hoà Bình", "tỉnh", None, None, ["hoa-binh"]),
        ("Atlantis", None, None, None, []),
    ],
)
def test_places_are_found_by_name_type_whole_and_date(
    known: Register, name: str, type_: str | None, within: str | None, date: str | None, paths: list[str]
) -> None:
    assert [place.path for place in known.places_named(name, type_, within, date)] == paths


@pytest.mark.parametrize(
    ("path", "before", "after"),
    [
        ("trung-uong/bo-ke-hoach-va-dau-tu", (), ("trung-uong/bo-tai-chinh",)),
        (
            "trung-uong/bo-tai-chinh",
            ("trung-uong/bo-ke-hoach-va-dau-tu", "trung-uong/uy-ban-quan-ly-von-nha-nuoc-tai-doanh-nghiep"),
            (),
        ),
        ("ha-tinh/so-giao-thong-van-tai", (), ("ha-tinh/so-xay-dung",)),
        (
            "ha-tinh/so-nong-nghiep-va-moi-truong",
            ("ha-tinh/so-nong-nghiep-va-phat-trien-nong-thon", "ha-tinh/so-tai-nguyen-va-moi-truong"),
            (),
        ),
        ("ha-tinh/ban-tuyen-giao-va-dan-van", ("ha-tinh/ban-tuyen-giao", "ha-tinh/ban-dan-van"), ()),
        ("ha-giang/tinh-uy", (), ("tuyen-quang-2025/tinh-uy",)),
        ("tuyen-quang-2025/tinh-uy", ("ha-giang/tinh-uy", "tuyen-quang/tinh-uy"), ()),
        ("quang-ninh/tinh-uy", (), ("quang-ninh-2026/thanh-uy",)),
        ("quang-ninh/ba-che/huyen-uy", (), ()),
        ("no/such", (), ()),
    ],
)
def test_bodies_follow_each_other(known: Register, path: str, before: tuple[str, ...], after: tuple[str, ...]) -> None:
    assert known.predecessors(path) == before
    assert known.successors(path) == after


def test_what_never_stood_is_no_body(known: Register) -> None:
    """Thái Nguyên of July 2025 never had a Sở KH&ĐT, which had ended in February."""
    assert known.entry("thai-nguyen-2025/so-ke-hoach-va-dau-tu") is None


@pytest.mark.parametrize(
    ("date", "superior"),
    [
        ("2026-08-31", "quang-ninh/uy-ban-nhan-dan"),
        ("2026-09-01", "quang-ninh-2026/uy-ban-nhan-dan"),
        (None, "quang-ninh/uy-ban-nhan-dan"),
    ],
)
def test_a_superior_is_that_of_the_day(known: Register, date: str | None, superior: str) -> None:
    entry = known.entry("quang-ninh/ba-che-2025/uy-ban-nhan-dan", date)
    assert entry is not None
    assert entry.superior_path == superior


@pytest.mark.parametrize(
    ("label", "within", "date", "count"),
    [
        ("Ủy ban nhân dân các huyện, thành phố, thị xã", "thai-nguyen", "2020-07-28", 9),
        ("các huyện, thị ủy, thành ủy", "ha-tinh", "2021-09-01", 13),
        ("các sở, ban, ngành", "thai-nguyen", "2020-07-28", 14),
        ("Các sở, ban, ngành cấp tỉnh", "thai-nguyen-2025", "2025-11-28", 9),
        ("các sở, ban, ngành liên quan", "thai-nguyen", "2020-07-28", 0),
        ("các tỉnh ủy, thành ủy", None, "2025-12-01", 34),
        ("các cấp ủy, tổ chức đảng", "ha-tinh", "2021-09-01", 0),
        ("", None, "2021-09-01", 0),
    ],
)
def test_a_group_has_the_members_of_the_day(
    known: Register, label: str, within: str | None, date: str, count: int
) -> None:
    members = known.members(label, within, date)
    assert len(members) == len({member.path for member in members}) == count
