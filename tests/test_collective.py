"""References to documents that are named only by who issued them, and instructions by word of mouth."""

import pytest

from chidao.graph.model import Body, Document
from chidao.loaders.bodies import Reading
from chidao.loaders.citations import Citations, find_citations
from chidao.loaders.clean import clean
from chidao.loaders.layout import paragraphs_of
from chidao.ontology.register import Context, register

ISSUER = Body("Huyện ủy Ba Chẽ", "urn:huyen-uy", "district", "party", known=True)
OWN = Document("d1", "urn:own", "CT", "07-CT/HU", "07", ISSUER, "2021-10-19")


def find(text: str) -> Citations:
    """What ``text`` refers to when it is read in Ba Chẽ in October 2021."""
    cleaned = clean(text)
    reading = Reading(register(), Context("quang-ninh/ba-che", "2021-10-19"), "cd" * 32)
    return find_citations(cleaned, paragraphs_of(cleaned, 0, len(cleaned.text)), (OWN,), reading)


TINH_UY, BTV = "Tỉnh ủy Quảng Ninh", "Ban Thường vụ Tỉnh ủy Quảng Ninh"
UBND, TINH = "Ủy ban nhân dân tỉnh Quảng Ninh", "tỉnh Quảng Ninh"
BCD = "Ban Chỉ đạo phòng, chống dịch COVID-19 tỉnh Quảng Ninh"

REFERENCES = [
    ("Thực hiện các văn bản chỉ đạo của Trung ương, các xã:", "implements", ["Trung ương"]),
    ("Triển khai các văn bản chỉ đạo của Trung ương, của tỉnh đến cán bộ", "implements", ["Trung ương", TINH]),
    ("Thực hiện các Kết luận, Nghị quyết của Trung ương về kinh tế", "implements", ["Trung ương"]),
    (
        "Tổ chức thực hiện nghiêm túc các văn bản lãnh đạo, chỉ đạo của Tỉnh ủy, UBND tỉnh",
        "implements",
        [TINH_UY, UBND],
    ),
    (
        "thực hiện các văn bản chỉ đạo của Ban Bí thư, Thủ tướng Chính phủ, hướng dẫn "
        "của Bộ Y tế và các văn bản của Ban "
        "Thường vụ Tỉnh ủy",
        "implements",
        ["Ban Bí thư Trung ương Đảng", "Thủ tướng Chính phủ", "Bộ Y tế", BTV],
    ),
    ("Quán triệt các chỉ thị, nghị quyết của Tỉnh ủy", "disseminates", [TINH_UY]),
    (
        "Phổ biến nghị quyết, kết luận của Bộ Chính trị, Ban Bí thư",
        "disseminates",
        ["Bộ Chính trị", "Ban Bí thư Trung ương Đảng"],
    ),
    ("Căn cứ các hướng dẫn của Bộ Y tế,", "basedOn", ["Bộ Y tế"]),
    ("Căn cứ các nghị định của Chính phủ và các thông tư của Bộ Tài chính", "basedOn", ["Chính phủ", "Bộ Tài chính"]),
    ("theo chỉ đạo của Trung ương và của tỉnh", "implements", ["Trung ương", TINH]),
    ("theo đúng chỉ đạo của Tỉnh ủy, Ủy ban nhân dân tỉnh", "implements", [TINH_UY, UBND]),
    ("Chấp hành nghiêm các quyết định của Ủy ban nhân dân tỉnh", "implements", [UBND]),
    (
        "thực hiện các văn bản của BCĐ phòng, chống dịch COVID-19 tỉnh; xem đây là nhiệm vụ trọng tâm",
        "implements",
        [BCD],
    ),
    (
        "hướng dẫn, chỉ thị của Ban Chỉ đạo phòng, chống dịch COVID-19 Trung ương và tỉnh",
        "cites",
        ["Ban Chỉ đạo quốc gia phòng, chống dịch COVID-19", BCD],
    ),
    ("Các cấp ủy đã thực hiện tốt các văn bản chỉ đạo của Trung ương", "cites", ["Trung ương"]),
    ("nhiều văn bản hướng dẫn của Sở Y tế chưa cụ thể", "cites", ["Sở Y tế tỉnh Quảng Ninh"]),
    ("Thực hiện Chỉ thị số 5-CT/TW; các văn bản chỉ đạo có liên quan của Trung ương", "implements", ["Trung ương"]),
]


@pytest.mark.parametrize(("text", "relation", "issuers"), REFERENCES)
def test_one_reference_with_all_its_issuers(text: str, relation: str, issuers: list[str]) -> None:
    (reference,) = find(text).collective
    assert (reference.relation, [body.label for body in reference.issuers]) == (relation, issuers)


@pytest.mark.parametrize(
    "text",
    [
        "thực hiện theo quy định của pháp luật",
        "xử lý nghiêm theo quy định, đúng quy chế của cơ quan có thẩm quyền",
        "theo quy định, hướng dẫn của cơ quan y tế",
        "các quy định của pháp luật về phòng, chống dịch",
        "chủ trương, đường lối của Đảng, chính sách, pháp luật của Nhà nước",
        "kế hoạch của Ủy ban nhân dân huyện",
        "theo phân bổ của Bộ Y tế",
        "hướng dẫn về công tác tổ chức Đại hội",
        "vai trò của các xã, các khu",
        "Căn cứ các Nghị định của Chính phủ: số 63/2010/NĐ-CP ngày 08/6/2010 và số 92/2017/NĐ-CP ngày 07/8/2017;",
    ],
)
def test_what_names_no_set_of_documents(text: str) -> None:
    """The law in general, one document, nobody in particular, or a list that is numbered after all."""
    assert find(text).collective == ()


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Tiếp tục thực hiện các văn bản chỉ đạo của Trung ương, hướng dẫn của Bộ Y tế; các xã báo cáo.",
            "các văn bản chỉ đạo của Trung ương, hướng dẫn của Bộ Y tế",
        ),
        ("làm theo chỉ đạo của Trung ương, của tỉnh và các quy định khác", "theo chỉ đạo của Trung ương, của tỉnh"),
    ],
)
def test_the_quote_is_the_phrase(text: str, quote: str) -> None:
    assert find(text).collective[0].evidence.exact == quote


def test_authorities_of_a_place_are_a_group_of_this_text() -> None:
    """ "của tỉnh" means the authorities of the province at large, and no body of the register."""
    province = find("Thực hiện các văn bản của Trung ương, của tỉnh về phòng dịch").collective[0].issuers[1]
    assert (province.label, province.group, province.known, province.level) == (TINH, True, False, "province")
    assert province.place is not None
    assert province.place.endswith("/place/quang-ninh")


@pytest.mark.parametrize(
    ("text", "relation", "issuers", "occasion"),
    [
        (
            "Thực hiện ý kiến chỉ đạo của Thường trực Tỉnh ủy tại phiên họp ngày 3/10/2021; Huyện ủy yêu cầu",
            "implements",
            ["Thường trực Tỉnh ủy Quảng Ninh"],
            "phiên họp ngày 3/10/2021",
        ),
        (
            "theo tinh thần chỉ đạo của Thủ tướng Chính phủ tại Hội nghị trực tuyến với các "
            "địa phương, Ủy ban nhân dân huyện giao",
            "implements",
            ["Thủ tướng Chính phủ"],
            "Hội nghị trực tuyến với các địa phương",
        ),
        (
            "Theo kết luận của Chủ tịch UBND tỉnh tại cuộc họp giao ban",
            "implements",
            ["Chủ tịch Ủy ban nhân dân tỉnh Quảng Ninh"],
            "cuộc họp giao ban",
        ),
    ],
)
def test_oral_instructions(text: str, relation: str, issuers: list[str], occasion: str) -> None:
    """What was said at a meeting is kept with the occasion, and is no document."""
    found = find(text)
    (oral,) = found.oral
    assert (oral.relation, [b.label for b in oral.issuers], oral.occasion) == (relation, issuers, occasion)
    assert found.collective == ()


def test_a_notice_carries_the_instruction() -> None:
    """ "ý kiến chỉ đạo của … tại Thông báo số …" is a citation of the notice."""
    found = find("Thực hiện ý kiến chỉ đạo của Thủ tướng Chính phủ tại Thông báo số 253/TB-VPCP ngày 25/7/2020")
    assert (found.collective, found.oral) == ((), ())
    assert [c.cited.symbol for c in found.citations] == ["253/TB-VPCP"]


def test_a_closing_formula_is_no_instruction() -> None:
    found = find("Căn cứ kết luận của đồng chí Bí thư Huyện ủy, các cơ quan, đơn vị tổ chức thực hiện./.")
    assert (found.collective, found.oral) == ((), ())
