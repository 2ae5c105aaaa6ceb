"""The parts of a head, each by its own sign: number, type, date, title, stamp, signature, lists."""

import pytest

from chidao.loaders.clean import clean
from chidao.loaders.extract import read_head
from chidao.loaders.numbers import date_line, document_type, own_symbol, portal_date
from chidao.loaders.signatures import position_label, signers_of
from chidao.loaders.stamps import read_stamp
from chidao.loaders.titles import title_of, title_text
from chidao.loaders.zones import is_original, zones_of

PARTY = """ĐẢNG BỘ TỈNH SƠN LA
HUYỆN ỦY MƯỜNG LA

ĐẢNG CỘNG SẢN VIỆT NAM

Mường La, ngày 5 tháng 4 năm 2022

*
Số 214 - CV/HU
Về việc chuẩn bị mùa khô
ở các xã vùng cao

- Kính gửi: - Ủy ban nhân dân huyện,
- Đảng ủy các xã, thị trấn.

Thực hiện Công văn số 90-CV/TU, Thường trực Huyện ủy yêu cầu:

1. Rà soát.

Nơi nhận:
- Như kính gửi,
- Lưu Văn phòng Huyện ủy.

T/M BAN THƯỜNG VỤ
PHÓ BÍ THƯ


Nguyễn Văn A
"""
STATE = """ỦY BAN NHÂN DÂN
TỈNH SƠN LA
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 77/KH-UBND
Sơn La, ngày 02 tháng 6 năm 2022

KẾ HOẠCH
Bảo vệ rừng mùa khô
năm 2022

Căn cứ Luật Lâm nghiệp; Ủy ban nhân dân tỉnh ban hành kế hoạch như sau:
I. MỤC ĐÍCH

Nơi nhận:
- Bộ NN&PTNT (để b/c);
- Lưu: VT, NN.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Thị B
"""
STAMPED = """VĂN PHÒNG HĐND-UBND HUYỆN MƯỜNG LA
ĐẾN Số: 871
Ngày 09/4/2022

CHỈ THỊ
CỦA BAN THƯỜNG VỤ TỈNH ỦY
về mùa khô

Các cấp ủy thực hiện.

Nơi nhận:
- Lưu Văn phòng.
"""


@pytest.mark.parametrize(
    ("text", "symbol", "code", "issued", "title"),
    [
        (PARTY, "214-CV/HU", "CV", "2022-04-05", "Về việc chuẩn bị mùa khô ở các xã vùng cao"),
        (STATE, "77/KH-UBND", "KH", "2022-06-02", "Bảo vệ rừng mùa khô năm 2022"),
        (STAMPED, None, "CT", None, "về mùa khô"),
        (
            STATE.replace("Số: 77/KH-UBND", "Số:      /KH-UBND"),
            None,
            "KH",
            "2022-06-02",
            "Bảo vệ rừng mùa khô năm 2022",
        ),
        (STATE.replace("KẾ HOẠCH\n", "KẾ\nHOẠCH\n"), "77/KH-UBND", "KH", "2022-06-02", "Bảo vệ rừng mùa khô năm 2022"),
        (STATE.replace("Số: 77", "Số:\n77"), "77/KH-UBND", "KH", "2022-06-02", "Bảo vệ rừng mùa khô năm 2022"),
        (PARTY.replace("Số 214 - CV/HU", "Số 214/CV-HU"), "214/CV-HU", "CV", "2022-04-05", None),
        (
            "Công văn 3120/BXD-KT ngày 4/3/2021 của Bộ Xây dựng về việc định mức\n\nKính gửi: Sở Xây dựng.\nTrả lời công văn.",
            "3120/BXD-KT",
            "CV",
            "2021-03-04",
            "về việc định mức",
        ),
    ],
)
def test_number_type_date_title(
    text: str, symbol: str | None, code: str, issued: str | None, title: str | None
) -> None:
    """A Party letter, a State plan, a scan without head, a lost number, broken lines, State punctuation,
    a portal's title.
    """
    zones = zones_of(text)
    own = own_symbol(text, zones)
    dated = date_line(text, zones) or portal_date(text, own)
    found = title_of(text, zones, own)
    assert (str(own.symbol) if own and own.symbol.number else None) == symbol
    assert document_type(text, zones, own)[0] == code
    assert (dated.date.iso if dated else None) == issued
    if title:
        assert found is not None
        assert title_text(text, found.start, found.end) == title


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("Phường 5, ngày 02 tháng 6 năm 2022", "Phường 5"),
        ("Bảo Lâm 1, ngày 02 tháng 6 năm 2022", "Bảo Lâm 1"),
        ("Sơn La, ngày 02 tháng 6 năm 2022", "Sơn La"),
    ],
)
def test_the_place_of_a_date_line_may_have_a_number(line: str, place: str) -> None:
    text = STATE.replace("Sơn La, ngày 02 tháng 6 năm 2022", line)
    dated = date_line(text, zones_of(text))
    assert dated
    assert dated.place
    assert (text[slice(*dated.place)], dated.date.iso) == (place, "2022-06-02")


@pytest.mark.parametrize(
    ("letterhead", "copied", "issuer"),
    [
        ("ỦY BAN NHÂN DÂN\nPHƯỜNG 12", "UBND quận 10", "Ủy ban nhân dân phường 12"),
        ("ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA", "UBND huyện Buôn Đôn", "Ủy ban nhân dân xã Tân Hòa"),
    ],
)
def test_a_place_of_a_frequent_name_is_that_of_the_district_named(letterhead: str, copied: str, issuer: str) -> None:
    text = STATE.replace("ỦY BAN NHÂN DÂN\nTỈNH SƠN LA", letterhead).replace("Bộ NN&PTNT", copied)
    (document,) = read_head(clean(text.replace("Sơn La, ngày", "Ngày")), "0" * 64).documents
    assert document.issuer
    assert (document.issuer.label, document.issuer.known) == (issuer, True)


@pytest.mark.parametrize("mark", ["TM. ỦY BAN NHÂN DÂN", "TM. ỦY BAN\nNHÂN DÂN", "T/M UBND"])
def test_a_text_without_its_head_is_of_the_body_on_whose_behalf_it_was_signed(mark: str) -> None:
    text = (
        "Kính gửi:\n- Sở Y tế tỉnh Sơn La;\n- Sở Tài chính tỉnh Sơn La.\n\nUBND tỉnh Sơn La yêu cầu Sở Y tế rà soát.\n\n"
        f"Nơi nhận:\n- Như trên;\n- Lưu: VT.\n\n{mark}\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Văn Mẫu\n"
    )
    issuer = read_head(clean(text), "0" * 64).documents[0].issuer
    assert issuer is not None
    assert (issuer.label, issuer.inferred) == ("Ủy ban nhân dân tỉnh Sơn La", ("place",))


def test_the_symbol_of_a_letter_begins_with_its_issuer() -> None:
    """Without its letterhead "5348/CT-CS" tells that Cục Thuế wrote it; it is no chỉ thị."""
    text = (
        "Công văn 5348/CT-CS ngày 20/11/2025 về thuế giá trị gia tăng\n\nKính gửi: Công ty A.\n\nCông ty thực hiện.\n"
    )
    (document,) = read_head(clean(text), "0" * 64).documents
    assert document.issuer
    assert (document.type, document.symbol, document.issuer.label) == ("CV", "5348/CT-CS", "Cục Thuế")


@pytest.mark.parametrize(
    ("stamp", "number", "date", "receiver", "merged"),
    [
        ("VĂN PHÒNG HUYỆN ỦY\nĐẾN Số: 871\nNgày 09/4/2022", "871", "2022-04-09", "VĂN PHÒNG HUYỆN ỦY", None),
        ("CÔNG VĂN ĐẾN\nSố: 55\nNgày: 1-3-2021\nChuyển: Đ/c A", "55", "2021-03-01", None, None),
        (
            "BAN QUẢN LÝ DỰ ÁN\nSố: 4153\tCT/TU\nNgày: 15/9/2020\nĐẾN",
            "4153",
            "2020-09-15",
            "BAN QUẢN LÝ DỰ ÁN",
            "CT/TU",
        ),
        ("ĐẾN\nNgày: 31/02/2021", None, None, None, None),
        (
            "PHÒNG TÀI CHÍNH\nHUYỆN MƯỜNG LA\nĐẾN Số: 94\nNgày: 05/12/2018",
            "94",
            "2018-12-05",
            "PHÒNG TÀI CHÍNH\nHUYỆN MƯỜNG LA",
            None,
        ),
    ],
)
def test_arrival_stamps(
    stamp: str, number: str | None, date: str | None, receiver: str | None, merged: str | None
) -> None:
    """Arrival number and date are the receiver's; a merged line keeps the tail of the act's own symbol apart."""
    read = read_stamp(stamp, 0, len(stamp))
    assert (read.number, read.date, read.merged_symbol) == (number, date, merged)
    assert (stamp[slice(*read.receiver)] if read.receiver else None) == receiver


def test_a_stamp_gives_the_document_neither_number_nor_date() -> None:
    """Its lines are a zone of their own."""
    zones = zones_of(STAMPED)
    assert [STAMPED[slice(*stamp)] for stamp in zones.stamps] == [
        "VĂN PHÒNG HĐND-UBND HUYỆN MƯỜNG LA\nĐẾN Số: 871\nNgày 09/4/2022"
    ]
    assert own_symbol(STAMPED, zones) is None
    assert date_line(STAMPED, zones) is None


@pytest.mark.parametrize(
    ("zone", "name", "position", "authority"),
    [
        ("T/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\n\n\nHoàng Văn A", "Hoàng Văn A", "Phó Bí thư", "T/M BAN THƯỜNG VỤ"),
        (
            "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nTrần\nThị Bích",
            "Trần Thị Bích",
            "Phó Chủ tịch",
            "TM. ỦY BAN NHÂN DÂN / KT. CHỦ TỊCH",
        ),
        ("T/M BAN BÍ THƯ\n\n\nHoàng Văn A", "Hoàng Văn A", None, "T/M BAN BÍ THƯ"),
        (
            "T/M BAN BÍ THƯ\nTHƯỜNG TRỰC BAN BÍ THƯ\n\nHoàng Văn A",
            "Hoàng Văn A",
            "Thường trực Ban Bí thư",
            "T/M BAN BÍ THƯ",
        ),
        ("T/M BAN CHẤP HÀNH\nBÍ THƯ\n\nHoàng Văn A", "Hoàng Văn A", "Bí thư", "T/M BAN CHẤP HÀNH"),
        ("TL.\nBỘ TRƯỞNG CHÁNH VĂN PHÒNG Nguyễn Đức B", "Nguyễn Đức B", "Chánh Văn phòng", "TL."),
        ("THỦ TƯỚNG\nPhạm Văn C", "Phạm Văn C", "Thủ tướng", None),
        (
            "KT. CHỈ HUY TRƯỞNG\nPHÓ CHỈ HUY TRƯỞNG\nĐại tá Lê Văn D",
            "Lê Văn D",
            "Phó Chỉ huy trưởng",
            "KT. CHỈ HUY TRƯỞNG",
        ),
        ("Nguyễn Mạnh E", "Nguyễn Mạnh E", None, None),
        ("GIÁM ĐỐC CÔNG AN TỈNH\nĐại tá Lê Văn G", "Lê Văn G", "Giám đốc", None),
        (
            "Nơi nhận:                      T/M BAN THƯỜNG VỤ\n- Ban Bí thư (b/c),                PHÓ BÍ THƯ\n"
            "- Các huyện ủy,\n- Lưu VPTU.                     Lê Văn H",
            "Lê Văn H",
            "Phó Bí thư",
            "T/M BAN THƯỜNG VỤ",
        ),
        ("Nơi nhận:\tCHỦ TỊCH\n- Như trên;\n- Lưu: VT.\tLê Văn I", "Lê Văn I", "Chủ tịch", None),
        (
            "Nơi nhận: KT. CHỦ TỊCH\n- Như trên; PHÓ CHỦ TỊCH\n- CT, các PCT;\n- Lưu: VT.\nLê Văn K",
            "Lê Văn K",
            "Phó Chủ tịch",
            "KT. CHỦ TỊCH",
        ),
        ("CHỦ TỊCH\nLê Văn L\nBản quyền thuộc Ủy ban nhân dân xã Tân Lập", "Lê Văn L", "Chủ tịch", None),
    ],
)
def test_signers(zone: str, name: str, position: str | None, authority: str | None) -> None:
    """Authority mark, position and name, also broken over lines or put on one."""
    ((signer, _, _),) = signers_of(zone, 0, len(zone))
    assert (signer.name, signer.position, signer.authority) == (name, position, authority)


def test_an_annex_has_no_signers() -> None:
    """Names behind the signature belong to tables."""
    zone = "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\nTrần Thị B\n\nPHỤ LỤC\nDANH SÁCH\nLê Văn C\nLê Văn D"
    assert [signer.name for signer, _, _ in signers_of(zone, 0, len(zone))] == ["Trần Thị B"]


@pytest.mark.parametrize(
    ("printed", "label"), [("PHÓ BÍ THƯ", "Phó Bí thư"), ("BỘ TRƯỞNG CHÁNH VĂN PHÒNG", "Chánh Văn phòng")]
)
def test_positions_are_written_as_one_writes_them(printed: str, label: str) -> None:
    """Capitals of a signature block become the usual spelling."""
    assert position_label(printed) == label


@pytest.mark.parametrize(("text", "original"), [(PARTY, True), (STATE, True), (STAMPED, True)])
def test_documents_are_told_from_reports(text: str, original: bool) -> None:
    """Motto, number line, addressees or distribution list: one is enough."""
    assert is_original(text, zones_of(text)) is original


@pytest.mark.parametrize(
    "report",
    [
        "Sơn La: Chủ động mùa khô\n\n27/4/2022 17:30\n\nNgày 26/4, Ban Thường vụ Tỉnh ủy vừa ban hành Chỉ thị số 12-CT/TU.",
        "Thực hiện Thông báo số 25/TB-VPCP, đồng chí Chủ tịch UBND tỉnh kết luận:\n\n1. Ghi nhận.\n\n2. Yêu cầu các sở.",
    ],
)
def test_reports_carry_none_of_these_signs(report: str) -> None:
    """A report, and a text printed without its head, are not taken for the document."""
    assert not is_original(report, zones_of(report))


def test_zones_of_a_party_letter() -> None:
    """Addressees, body, distribution list and signature are cut at their signs."""
    zones = zones_of(PARTY)
    assert PARTY[slice(*zones.address or (0, 0))].strip().startswith("- Ủy ban nhân dân huyện")
    assert PARTY[slice(*zones.body)].strip().startswith("Thực hiện Công văn số 90-CV/TU")
    assert PARTY[slice(*zones.body)].strip().endswith("1. Rà soát.")
    assert PARTY[slice(*zones.distribution or (0, 0))].strip().endswith("Lưu Văn phòng Huyện ủy.")
    assert PARTY[slice(*zones.signature or (0, 0))].startswith("T/M BAN THƯỜNG VỤ")
