"""Numbered citations: which document, from whom, when, in which relation, with which quote."""

import textwrap
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.graph.model import Body, Document
from chidao.graph.names import body_iri, document_iri
from chidao.loaders.bodies import Reading
from chidao.loaders.citations import Citations, find_citations
from chidao.loaders.clean import clean
from chidao.loaders.layout import paragraphs_of
from chidao.ontology.register import Context, register

HUYEN_UY = Body(
    "Huyện ủy Ba Chẽ",
    body_iri("quang-ninh/ba-che/huyen-uy"),
    "district",
    "party",
    known=True,
    place="https://w3id.org/chidao/id/place/quang-ninh/ba-che",
    series="quang-ninh/ba-che/huyen-uy",
)
OWN = Document("d1", "urn:own", "CV", "700-CV/HU", "700", HUYEN_UY, "2021-11-01")
SHA = "ab" * 32


def find(text: str, *documents: Document, place: str = "quang-ninh/ba-che", date: str = "2021-11-01") -> Citations:
    """What ``text`` cites when it is read in Ba Chẽ in November 2021."""
    cleaned = clean(text)
    reading = Reading(register(), Context(place, date), SHA)
    return find_citations(cleaned, paragraphs_of(cleaned, 0, len(cleaned.text)), documents or (OWN,), reading)


def told(found: Citations) -> list[str]:
    """Relation, type, symbol, day and issuer of each citation; "-" where the text does not state it."""
    return [
        " ".join(
            [
                c.relation,
                c.cited.type or "-",
                (c.cited.symbol or "-").replace(" ", ""),
                c.cited.issued or "-",
                c.cited.issuer.label if c.cited.issuer else "-",
            ]
        )
        for c in found.citations
    ]


FORMS = [
    # Party symbols and their spellings
    ("Chỉ thị số 18-CT/TU ngày 18/10/2021", ["cites CT 18-CT/TU 2021-10-18 Tỉnh ủy Quảng Ninh"]),
    ("Chỉ thị số 18 - CT/TU, ngày 18/10/2021", ["cites CT 18-CT/TU 2021-10-18 Tỉnh ủy Quảng Ninh"]),
    ("Chỉ thị 18 -CT/TU ngày 18-10-2021", ["cites CT 18-CT/TU 2021-10-18 Tỉnh ủy Quảng Ninh"]),
    ("Chỉ thị số 18- CT/TU ngày 18 tháng 10 năm 2021", ["cites CT 18-CT/TU 2021-10-18 Tỉnh ủy Quảng Ninh"]),
    ("CHỈ THỊ SỐ 18-CT/TU NGÀY 18/10/2021", ["cites CT 18-CT/TU 2021-10-18 Tỉnh ủy Quảng Ninh"]),
    ("Công điện khẩn số 07-CĐ/TU ngày 19/02/2021", ["cites CĐ 07-CĐ/TU 2021-02-19 Tỉnh ủy Quảng Ninh"]),
    ("Công văn hỏa tốc số 59-CV/TU ngày 28/12/2020", ["cites CV 59-CV/TU 2020-12-28 Tỉnh ủy Quảng Ninh"]),
    ("Thông báo kết luận số 12-TB/TU ngày 4/2/2021", ["cites TB 12-TB/TU 2021-02-04 Tỉnh ủy Quảng Ninh"]),
    (
        "Chương trình hành động số 10-CTr/TU ngày 13/8/2021",
        ["cites CTr 10-CTr/TU 2021-08-13 Tỉnh ủy Quảng Ninh"],
    ),
    ("Quy định số 97-QĐ/TW ngày 07/02/2021", ["cites QĐi 97-QĐ/TW 2021-02-07 -"]),
    ("Quyết định số 31-QĐ/TW ngày 01/10/2021", ["cites QĐ 31-QĐ/TW 2021-10-01 -"]),
    ("Quyết định số 217/QĐ-TW ngày 12/12/2013", ["cites QĐ 217/QĐ-TW 2013-12-12 -"]),
    ("Kế hoạch số 128-KH/HU ngày 10/7/2021", ["cites KH 128-KH/HU 2021-07-10 Huyện ủy Ba Chẽ"]),
    ("Hướng dẫn số 31 - HD/BTCTW ngày 23/4/2021", ["cites HD 31-HD/BTCTW 2021-04-23 Ban Tổ chức Trung ương"]),
    # State symbols
    ("Chỉ thị số 16/CT-TTg ngày 31/3/2020", ["cites CT 16/CT-TTg 2020-03-31 Thủ tướng Chính phủ"]),
    ("Nghị quyết số 128/NQ-CP ngày 11/10/2021", ["cites NQ 128/NQ-CP 2021-10-11 Chính phủ"]),
    ("Nghị quyết số 30c/NQ-CP ngày 08/11/2011", ["cites NQ 30c/NQ-CP 2011-11-08 Chính phủ"]),
    ("Nghị định số 30/2020/NĐ-CP ngày 05/3/2020", ["cites NĐ 30/2020/NĐ-CP 2020-03-05 Chính phủ"]),
    ("Nghị định số 30/2020/ND-CP ngày 05/3/2020", ["cites NĐ 30/2020/NĐ-CP 2020-03-05 Chính phủ"]),
    ("Nghị định số 61/2018/NĐCP ngày 23/4/2018", ["cites NĐ 61/2018/NĐ-CP 2018-04-23 Chính phủ"]),
    ("Nghị quyết số 66.4/2025/NQ-CP", ["cites NQ 66.4/2025/NQ-CP - Chính phủ"]),
    ("Thông báo số 257/TB-VPCP ngày 27/7/2020", ["cites TB 257/TB-VPCP 2020-07-27 Văn phòng Chính phủ"]),
    ("Quyết định 4800/QĐ-BYT ngày 12/10/2021", ["cites QĐ 4800/QĐ-BYT 2021-10-12 Bộ Y tế"]),
    (
        "Quyết định số 666/2015/QĐ-UBND ngày 9/3/2015 của UBND tỉnh",
        ["cites QĐ 666/2015/QĐ-UBND 2015-03-09 Ủy ban nhân dân tỉnh Quảng Ninh"],
    ),
    ("Thông tư số 105/2025/TT-BTС ngày 31/10/2025", ["cites TT 105/2025/TT-BTC 2025-10-31 Bộ Tài chính"]),
    (
        "Thông tư liên tịch số 11/2004/TTLT-BNN-BNV ngày 02/4/2004",
        ["cites TTLT 11/2004/TTLT-BNN-BNV 2004-04-02 -"],
    ),
    # the type word beside the symbol wins
    ("Tờ trình số 44/TT-STC ngày 29/5/2021", ["cites TTr 44/TT-STC 2021-05-29 Sở Tài chính tỉnh Quảng Ninh"]),
    ("Công văn số 5348/CT-CS ngày 20/11/2025", ["cites CV 5348/CT-CS 2025-11-20 Cục Thuế"]),
    # letters without a type code, only behind a cue
    (
        "Công văn số 932/UBND-KGVX ngày 15/02/2021 của Ủy ban nhân dân tỉnh",
        ["cites CV 932/UBND-KGVX 2021-02-15 Ủy ban nhân dân tỉnh Quảng Ninh"],
    ),
    ("Văn bản số 5678/BYT-DP ngày 19/7/2021", ["cites CV 5678/BYT-DP 2021-07-19 Bộ Y tế"]),
    ("Quyết định số 769/TTg ngày 18/9/1997", ["cites QĐ 769/TTg 1997-09-18 Thủ tướng Chính phủ"]),
    ("Tiêu chuẩn TCVN/ISO, trực 24/7, Mẫu số 01/TK-SDDPNN, tỷ lệ 5/UBND", []),
    # National Assembly
    (
        "Luật Doanh nghiệp số 59/2020/QH14 ngày 17/6/2020",
        ["cites L 59/2020/QH14 2020-06-17 Quốc hội"],
    ),
    (
        "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15",
        ["cites L 64/2025/QH15 - Quốc hội"],
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Chứng khoán, Luật Kế toán, Luật Quản lý thuế số 56/2024/QH15",
        ["cites L 56/2024/QH15 - Quốc hội"],
    ),
    (
        "Nghị quyết số 202/2025/QH15 ngày 12/6/2025 của Quốc hội",
        ["cites NQ 202/2025/QH15 2025-06-12 Quốc hội"],
    ),
    (
        "Nghị quyết của Quốc hội số 43/2022/QH15 ngày 11/01/2022",
        ["cites NQ 43/2022/QH15 2022-01-11 Quốc hội"],
    ),
    (
        "Nghị quyết số 76/2025/UBTVQH15",
        ["cites NQ 76/2025/UBTVQH15 - Ủy ban Thường vụ Quốc hội"],
    ),
    ("Pháp lệnh Ưu đãi người có công số 02/2020/UBTVQH14", ["cites PL 02/2020/UBTVQH14 - Ủy ban Thường vụ Quốc hội"]),
]

LISTS = [
    # elliptic lists are taken apart
    (
        "các Chỉ thị số 15, 16/CT-TTg của Thủ tướng Chính phủ",
        ["cites CT 15/CT-TTg - Thủ tướng Chính phủ", "cites CT 16/CT-TTg - Thủ tướng Chính phủ"],
    ),
    (
        "Nghị quyết số 18, 19-NQ/TW của Ban Chấp hành Trung ương Đảng",
        ["cites NQ 18-NQ/TW - Ban Chấp hành Trung ương Đảng", "cites NQ 19-NQ/TW - Ban Chấp hành Trung ương Đảng"],
    ),
    (
        "các Công điện số 570, 571 và 572/CĐ-TTg",
        [f"cites CĐ {n}/CĐ-TTg - Thủ tướng Chính phủ" for n in (570, 571, 572)],
    ),
    # the issuer behind the last is that of all with its code; it never flows back to another's
    (
        "Chỉ thị số 15/CT-TTg, Chỉ thị số 16/CT-TTg ngày 31/3/2020 của Thủ tướng Chính phủ",
        ["cites CT 15/CT-TTg - Thủ tướng Chính phủ", "cites CT 16/CT-TTg 2020-03-31 Thủ tướng Chính phủ"],
    ),
    (
        "Kết luận số 121-KL/TW, ngày 24/01/2025 của Ban Chấp hành Trung ương Đảng và Kết luận số 126-KL/TW, "
        "ngày 14/02/2025 của Bộ Chính trị",
        [
            "cites KL 121-KL/TW 2025-01-24 Ban Chấp hành Trung ương Đảng",
            "cites KL 126-KL/TW 2025-02-14 Bộ Chính trị",
        ],
    ),
    (
        "Công điện số 20/CĐ-TTg ngày 1/9/2021 và Công văn số 3003/SYT-NVY ngày 2/9/2021 của Sở Y tế",
        [
            "cites CĐ 20/CĐ-TTg 2021-09-01 Thủ tướng Chính phủ",
            "cites CV 3003/SYT-NVY 2021-09-02 Sở Y tế tỉnh Quảng Ninh",
        ],
    ),
    # a list goes on with "số" alone
    (
        "công văn số 16495/BTC-PTHT ngày 22/10/2021, số 13021/BTC-PTHT ngày 03/11/2021 của Bộ Tài chính",
        ["cites CV 16495/BTC-PTHT 2021-10-22 Bộ Tài chính", "cites CV 13021/BTC-PTHT 2021-11-03 Bộ Tài chính"],
    ),
    (
        "Căn cứ các Nghị quyết của Quốc hội: số 55/2010/QH12 ngày 24/11/2010 về miễn "
        "thuế; số 28/2016/QH14 ngày 11/11/2016;",
        ["basedOn NQ 55/2010/QH12 2010-11-24 Quốc hội", "basedOn NQ 28/2016/QH14 2016-11-11 Quốc hội"],
    ),
]

BINDING = [
    # the date stands behind the symbol, behind an aside, behind the issuer, or is a year alone
    (
        "Nghị quyết số 18-NQ/TW (ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng (khóa XII))",
        ["cites NQ 18-NQ/TW 2017-10-25 Ban Chấp hành Trung ương Đảng"],
    ),
    ("Nghị quyết số 18-NQ/TW (khóa XII) ngày 25/10/2017", ["cites NQ 18-NQ/TW 2017-10-25 -"]),
    (
        "Chỉ thị số 16/CT-TTg của Thủ tướng Chính phủ ngày 31/3/2020",
        ["cites CT 16/CT-TTg 2020-03-31 Thủ tướng Chính phủ"],
    ),
    (
        "Chỉ thị số 05-CT/TU ngày 29/77/2021 của Ban Thường vụ Tỉnh ủy",
        ["cites CT 05-CT/TU - Ban Thường vụ Tỉnh ủy Quảng Ninh"],
    ),
    ("Quy định số 11-QĐi/TW (sửa đổi) của Bộ Chính trị", ["cites QĐi 11-QĐi/TW - Bộ Chính trị"]),
    # who is meant by "của …"
    (
        "Công văn số 635-CV/TU ngày 24/8/2021 của Thường trực Tỉnh ủy về dịch bệnh",
        ["cites CV 635-CV/TU 2021-08-24 Thường trực Tỉnh ủy Quảng Ninh"],
    ),
    (
        "Kết luận số 127-KL/TW ngày 28/02/2025 của Bộ Chính trị, Ban Bí thư về sắp xếp",
        ["cites KL 127-KL/TW 2025-02-28 Bộ Chính trị"],
    ),
    (
        "Nghị quyết số 29-NQ/TW của Hội nghị Trung ương lần thứ sáu khóa XIII về công nghiệp hóa",
        ["cites NQ 29-NQ/TW - Ban Chấp hành Trung ương Đảng"],
    ),
    (
        "Thông báo số 30-TB/TGV ngày 13/6/2025 của Tổ giúp việc Ban Chỉ đạo Trung ương "
        "về phát triển khoa học, công nghệ, "
        "đổi mới sáng tạo và chuyển đổi số thông báo kết luận cuộc họp",
        [
            "cites TB 30-TB/TGV 2025-06-13 Tổ giúp việc Ban Chỉ đạo Trung ương về phát "
            "triển khoa học, công nghệ, đổi mới sáng "
            "tạo và chuyển đổi số"
        ],
    ),
    (
        "Công văn số 16/HH-CV ngày 3/3/2021 của Công ty TNHH Mây Trắng về việc hỗ trợ",
        ["cites CV 16/HH-CV 2021-03-03 Công ty TNHH Mây Trắng"],
    ),
    # whose document it is stands before it
    (
        "Theo đề nghị của Giám đốc Sở Y tế tại văn bản số 4521/TTr-SYT ngày 26/10/2021",
        ["requestedBy TTr 4521/TTr-SYT 2021-10-26 Sở Y tế tỉnh Quảng Ninh"],
    ),
    (
        "Xem xét đề nghị của Ủy ban nhân dân tỉnh Tuyên Quang tại văn bản số 84/BC-UBND ngày 19/10/2021",
        ["cites BC 84/BC-UBND 2021-10-19 Ủy ban nhân dân tỉnh Tuyên Quang"],
    ),
]

RELATIONS = [
    # one trigger for a whole preamble
    (
        "Thực hiện Công điện số 570/CĐ-TTg ngày 02/5/2021 của Thủ tướng Chính phủ; Chỉ "
        "thị số 12-CT/TU ngày 05/5/2021 của "
        "Ban Thường vụ Tỉnh ủy; Ủy ban nhân dân huyện yêu cầu các xã:",
        [
            "implements CĐ 570/CĐ-TTg 2021-05-02 Thủ tướng Chính phủ",
            "implements CT 12-CT/TU 2021-05-05 Ban Thường vụ Tỉnh ủy Quảng Ninh",
        ],
    ),
    (
        "Để thực hiện Nghị quyết số 128/NQ-CP ngày 11/10/2021 của Chính phủ",
        ["implements NQ 128/NQ-CP 2021-10-11 Chính phủ"],
    ),
    (
        "Triển khai Công văn số 271/BNV-TCBC ngày 05/6/2021 của Bộ Nội vụ và ý kiến chỉ đạo của UBND tỉnh tại "
        "Công văn số 751/UBND-VP ngày 28/6/2021",
        [
            "implements CV 271/BNV-TCBC 2021-06-05 Bộ Nội vụ",
            "implements CV 751/UBND-VP 2021-06-28 Ủy ban nhân dân tỉnh Quảng Ninh",
        ],
    ),
    (
        "Căn cứ Nghị định số 12/2020/NĐ-CP ngày 07/10/2020 của Chính phủ; Bộ Nội vụ đã có các văn bản số "
        "151/BNV-TCBC ngày 21/4/2021, số 198/BNV-TCBC ngày 19/5/2021 hướng dẫn các cơ quan",
        [
            "basedOn NĐ 12/2020/NĐ-CP 2020-10-07 Chính phủ",
            "cites CV 151/BNV-TCBC 2021-04-21 Bộ Nội vụ",
            "cites CV 198/BNV-TCBC 2021-05-19 Bộ Nội vụ",
        ],
    ),
    ("Tiếp tục thực hiện nghiêm Chỉ thị số 16/CT-TTg", ["implements CT 16/CT-TTg - Thủ tướng Chính phủ"]),
    (
        "Ban Nội chính tham mưu triển khai thực hiện Công văn số 588-CV/BNCTW, ngày 22/7/2021",
        ["implements CV 588-CV/BNCTW 2021-07-22 Ban Nội chính Trung ương"],
    ),
    (
        "Cụ thể hóa Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị",
        ["implements NQ 57-NQ/TW 2024-12-22 Bộ Chính trị"],
    ),
    (
        "Thực hiện ý kiến chỉ đạo của Thủ tướng Chính phủ tại Thông báo số 253/TB-VPCP ngày 25/7/2020",
        ["implements TB 253/TB-VPCP 2020-07-25 Văn phòng Chính phủ"],
    ),
    (
        "theo chỉ đạo của Trung ương, của tỉnh và Công văn số 167/CV-BCĐ ngày 26/7/2020",
        ["implements CV 167/CV-BCĐ 2020-07-26 -"],
    ),
    ("Căn cứ Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ;", ["basedOn NQ 71/NQ-CP 2025-04-01 Chính phủ"]),
    ("- Căn cứ khoản 2 Điều 15 Nghị định số 31/2021/NĐ-CP;", ["basedOn NĐ 31/2021/NĐ-CP - Chính phủ"]),
    ("Trên cơ sở Báo cáo số 1052/BC-CP ngày 12/11/2025 của Chính phủ,", ["basedOn BC 1052/BC-CP 2025-11-12 Chính phủ"]),
    (
        "Căn cứ Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15 được sửa đổi, "
        "bổ sung một số điều bởi Luật số 87/2025/QH15;",
        ["basedOn L 64/2025/QH15 - Quốc hội", "basedOn L 87/2025/QH15 - Quốc hội"],
    ),
    (
        "Xét đề nghị của Sở Tài chính tại Tờ trình số 44/TTr-STC ngày 29/5/2021, Công "
        "văn số 228/STP-XDVB ngày 22/5/2021;",
        [
            "requestedBy TTr 44/TTr-STC 2021-05-29 Sở Tài chính tỉnh Quảng Ninh",
            "requestedBy CV 228/STP-XDVB 2021-05-22 Sở Tư pháp tỉnh Quảng Ninh",
        ],
    ),
    (
        "Xét Tờ trình số 473/TTr-UBND ngày 12/11/2021 của Ủy ban nhân dân tỉnh; Báo cáo "
        "thẩm tra số 97/BC-HĐND ngày 13/11/2021",
        [
            "requestedBy TTr 473/TTr-UBND 2021-11-12 Ủy ban nhân dân tỉnh Quảng Ninh",
            "basedOn BC 97/BC-HĐND 2021-11-13 Hội đồng nhân dân huyện Ba Chẽ",
        ],
    ),
    ("Quán triệt sâu sắc Nghị quyết số 60-NQ/TW tới đảng viên", ["disseminates NQ 60-NQ/TW - -"]),
    ("Phổ biến Chỉ thị số 05-CT/TW đến các chi bộ", ["disseminates CT 05-CT/TW - -"]),
    ("Hướng dẫn thực hiện Quy định số 24-QĐ/TW ngày 30/7/2021", ["guides QĐi 24-QĐ/TW 2021-07-30 -"]),
    ("V/v hướng dẫn áp dụng Nghị định số 178/2024/NĐ-CP", ["guides NĐ 178/2024/NĐ-CP - Chính phủ"]),
    # a guidance among the tasks is a duty to implement
    ("1. Sở Y tế hướng dẫn thực hiện Quyết định số 4800/QĐ-BYT", ["implements QĐ 4800/QĐ-BYT - Bộ Y tế"]),
    # amending, replacing, repealing: in articles, titles and closings
    (
        "Quyết định này thay thế Quyết định số 1836/QĐ-UBND ngày 23/6/2016 của UBND tỉnh",
        ["replaces QĐ 1836/QĐ-UBND 2016-06-23 Ủy ban nhân dân tỉnh Quảng Ninh"],
    ),
    (
        "Điều 1. Sửa đổi, bổ sung một số điều của Quyết định số 15/2014/QĐ-UBND",
        ["amends QĐ 15/2014/QĐ-UBND - Ủy ban nhân dân huyện Ba Chẽ"],
    ),
    (
        "Điều 2. Bãi bỏ khoản 3 Điều 5 Quy chế ban hành kèm theo Quyết định số 15/2014/QĐ-UBND",
        ["repeals QĐ 15/2014/QĐ-UBND - Ủy ban nhân dân huyện Ba Chẽ"],
    ),
    (
        "Về việc bãi bỏ Quyết định số 104/2000/QĐ-TTg ngày 25/8/2000",
        ["repeals QĐ 104/2000/QĐ-TTg 2000-08-25 Thủ tướng Chính phủ"],
    ),
    (
        "Điều 3. Quyết định này có hiệu lực từ ngày ký. Quyết định số 12/QĐ-UBND ngày "
        "4/1/2020 của UBND huyện và Quyết định số "
        "13/QĐ-UBND ngày 5/1/2020 của UBND huyện hết hiệu lực kể từ ngày Quyết định này có hiệu lực.",
        [
            "repeals QĐ 12/QĐ-UBND 2020-01-04 Ủy ban nhân dân huyện Ba Chẽ",
            "repeals QĐ 13/QĐ-UBND 2020-01-05 Ủy ban nhân dân huyện Ba Chẽ",
        ],
    ),
    # … and nowhere else: told of others, proposed, passive, or only the subject of what is cited
    ("2. Bộ Tài chính khẩn trương điều chỉnh Nghị định số 105/2020/NĐ-CP", ["cites NĐ 105/2020/NĐ-CP - Chính phủ"]),
    ("Về đề nghị nghiên cứu, sửa đổi, bổ sung Nghị quyết số 66.4/2025/NQ-CP", ["cites NQ 66.4/2025/NQ-CP - Chính phủ"]),
    ("Chính phủ đã bãi bỏ Nghị định số 24/2014/NĐ-CP", ["cites NĐ 24/2014/NĐ-CP - Chính phủ"]),
    (
        "Căn cứ Nghị định số 187/2025/NĐ-CP của Chính phủ sửa đổi, bổ sung một số điều của Nghị định số 78/2025/NĐ-CP;",
        ["basedOn NĐ 187/2025/NĐ-CP - Chính phủ", "cites NĐ 78/2025/NĐ-CP - Chính phủ"],
    ),
    (
        "Căn cứ Quyết định số 3361/QĐ-BCT ngày 18/11/2021 về việc công bố danh mục thủ tục bị bãi bỏ;",
        ["basedOn QĐ 3361/QĐ-BCT 2021-11-18 Bộ Công Thương"],
    ),
    # what stands in the subject of a cited document is only cited; the list goes on behind it
    (
        "Căn cứ Kế hoạch số 283-KH/TU ngày 24/9/2021 của Tỉnh ủy về thực hiện Nghị "
        "quyết số 71/NQ-CP ngày 01/4/2021 của Chính phủ; "
        "Thông báo số 9-TB/TU ngày 2/10/2021 của Tỉnh ủy;",
        [
            "basedOn KH 283-KH/TU 2021-09-24 Tỉnh ủy Quảng Ninh",
            "cites NQ 71/NQ-CP 2021-04-01 Chính phủ",
            "basedOn TB 9-TB/TU 2021-10-02 Tỉnh ủy Quảng Ninh",
        ],
    ),
    # background
    ("Sau 10 năm thực hiện Nghị quyết số 20-NQ/TW, khoa học có chuyển biến", ["cites NQ 20-NQ/TW - -"]),
    ("Các cấp ủy đã quán triệt và thực hiện nghiêm túc Chỉ thị số 35-CT/TW", ["cites CT 35-CT/TW - -"]),
    ("Báo cáo kết quả thực hiện Nghị quyết số 57-NQ/TW trước ngày 15", ["cites NQ 57-NQ/TW - -"]),
    # neutral
    (
        "theo quy định tại Nghị định số 118/2025/NĐ-CP ngày 09/6/2025 của Chính phủ",
        ["cites NĐ 118/2025/NĐ-CP 2025-06-09 Chính phủ"],
    ),
    ("nội dung nêu tại Công văn số 12-CV/TU", ["cites CV 12-CV/TU - Tỉnh ủy Quảng Ninh"]),
    ("Phúc đáp Công văn số 615/KVN-PC ngày 3/4/2019", ["cites CV 615/KVN-PC 2019-04-03 -"]),
    (
        "Ủy ban nhân dân tỉnh đã ban hành Kế hoạch số 55/KH-UBND ngày 26/02/2021",
        ["cites KH 55/KH-UBND 2021-02-26 Ủy ban nhân dân tỉnh Quảng Ninh"],
    ),
]

OWN_REFERENCES = [
    "Số 700 - CV/HU",
    "Các xã báo cáo theo Công văn số 700-CV/HU ngày 01/11/2021 của Huyện ủy",
    "Công văn này thay cho các quy định trước đây",
    "(Kèm theo Công văn số 0700-CV/HU ngày 01/11/2021)",
]


@pytest.mark.parametrize(("text", "expected"), [*FORMS, *LISTS, *BINDING, *RELATIONS])
def test_citations(text: str, expected: list[str]) -> None:
    """Each form gives its documents, with relation, type, symbol, day and issuer."""
    assert told(find(text)) == expected


UBND = Body(
    "Ủy ban nhân dân huyện Ba Chẽ",
    body_iri("quang-ninh/ba-che/uy-ban-nhan-dan"),
    "district",
    "state",
    known=True,
    place="https://w3id.org/chidao/id/place/quang-ninh/ba-che",
    series="quang-ninh/ba-che/uy-ban-nhan-dan",
)
PLAN_IRI = document_iri("quang-ninh/ba-che/uy-ban-nhan-dan", 2021, "KH", "51")
PLAN = Document("d1", PLAN_IRI, "KH", "51/KH-UBND", "51", UBND, "2021-11-01")
PROVINCE_PLAN = document_iri("quang-ninh/uy-ban-nhan-dan", 2021, "KH", "51")


@pytest.mark.parametrize(
    ("text", "cited"),
    [
        # another issuer
        ("Thực hiện Kế hoạch số 51/KH-UBND ngày 02/6/2021 của UBND tỉnh về trồng rừng", [PROVINCE_PLAN]),
        ("Thực hiện Kế hoạch số 51/KH-UBND ngày 02/6/2021 của UBND tỉnh Quảng Ninh", [PROVINCE_PLAN]),
        ("Ủy ban nhân dân tỉnh đã ban hành Kế hoạch số 51/KH-UBND ngày 01/11/2021", [PROVINCE_PLAN]),
        # both in one text
        ("Thực hiện Kế hoạch số 51/KH-UBND ngày 02/6/2021 của UBND tỉnh; kèm Kế hoạch số 51/KH-UBND", [PROVINCE_PLAN]),
        # its own, also with a slip in the day
        ("(Kèm theo Kế hoạch số 51/KH-UBND ngày 01/11/2021 của UBND huyện Ba Chẽ)", []),
        ("(Kèm theo Kế hoạch số 51/KH-UBND ngày 11/11/2021 của UBND huyện)", []),
        ("(Kèm theo Kế hoạch số 51/KH-UBND ngày 01/11/2021)", []),
    ],
)
def test_a_parent_with_the_text_s_own_symbol_is_another_document(text: str, cited: list[str]) -> None:
    """Every province and district has its 51/KH-UBND: issuer and date tell them apart."""
    assert [c.cited.iri for c in find(text, PLAN).citations] == cited


def test_another_day_without_an_issuer_is_another_document_of_an_unknown_body() -> None:
    """The symbol alone would give the text's own identity."""
    (citation,) = find("Thực hiện Kế hoạch số 51/KH-UBND ngày 02/6/2021", PLAN).citations
    assert (citation.resolution, citation.cited.issuer) == ("unresolved", None)
    assert citation.cited.iri != PLAN_IRI


def test_two_documents_with_one_symbol_are_two_acts() -> None:
    text = (
        "Căn cứ Kế hoạch số 12/KH-UBND ngày 02/6/2021 của UBND tỉnh; Kế hoạch số 12/KH-UBND ngày 09/7/2021 của "
        "Ủy ban nhân dân huyện Ba Chẽ"
    )
    assert [c.cited.iri for c in find(text).citations] == [
        document_iri("quang-ninh/uy-ban-nhan-dan", 2021, "KH", "12"),
        document_iri("quang-ninh/ba-che/uy-ban-nhan-dan", 2021, "KH", "12"),
    ]


@pytest.mark.parametrize(
    ("text", "issuer"),
    [
        ("Kế hoạch số 06-KH/TU ngày 02/3/2023 của Ban Thường vụ Thành ủy", "Thành phố Hồ Chí Minh"),
        ("Kế hoạch số 06-KH/TU ngày 02/3/2023 của Thành ủy", "Thành phố Hồ Chí Minh"),
        ("Kế hoạch số 06-KH/ThU ngày 02/3/2023 của Ban Thường vụ Thành ủy", "Thủ Đức"),
        ("Kế hoạch số 06-KH/ThU ngày 02/3/2023 của Thành ủy", "Thủ Đức"),
    ],
)
def test_the_code_tells_which_of_two_committees_of_one_name(text: str, issuer: str) -> None:
    """A city in a city: TU is the code of the upper one."""
    (citation,) = find(text, place="ho-chi-minh/thu-duc-2021", date="2023-05-01").citations
    assert citation.cited.issuer is not None
    assert citation.cited.issuer.label.endswith(f"Thành ủy {issuer}")


@pytest.mark.parametrize(
    "title",
    [
        "về an toàn trong các cơ quan, đơn vị, doanh nghiệp trên địa bàn tỉnh",
        "về tháo gỡ khó khăn cho hợp tác xã, doanh nghiệp triển khai dự án",
        "về hỗ trợ hộ sản xuất, kinh doanh, đơn vị triển khai đề án",
    ],
)
def test_a_bare_noun_goes_on_with_a_title(title: str) -> None:
    """Only a body or "các đơn vị" begins the next clause."""
    (citation,) = find(f"Thực hiện Kế hoạch số 12-KH/TU ngày 02/6/2021 của Tỉnh ủy {title}, Huyện ủy yêu cầu").citations
    assert citation.cited.title == title


@pytest.mark.parametrize("text", OWN_REFERENCES)
def test_a_document_does_not_cite_itself(text: str) -> None:
    assert find(text).citations == ()


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        # a heading's verb governs the bare list under it
        (
            "Điều 1. Bãi bỏ toàn bộ các văn bản sau đây:\n\n1. Quyết định số 104/2000/QĐ-TTg ngày 25/8/2000.\n\n"
            "2. Chỉ thị số 33/2006/CT-TTg ngày 08/9/2006.",
            ["repeals 104/2000/QĐ-TTg", "repeals 33/2006/CT-TTg"],
        ),
        (
            "Căn cứ:\n\n- Luật Đất đai số 31/2024/QH15;\n\n- Nghị định số 103/2024/NĐ-CP;",
            ["basedOn 31/2024/QH15", "basedOn 103/2024/NĐ-CP"],
        ),
        # a list goes on in the next paragraph
        (
            "Căn cứ Luật Đất đai số 31/2024/QH15;\n\nNghị định số 103/2024/NĐ-CP;",
            ["basedOn 31/2024/QH15", "basedOn 103/2024/NĐ-CP"],
        ),
        # what an item's subject names is only cited
        (
            "Điều 1. Bãi bỏ các văn bản sau:\n\n1. Quyết định số 14/2012/QĐ-TTg sửa đổi Quyết định số 139/2002/QĐ-TTg.",
            ["repeals 14/2012/QĐ-TTg", "cites 139/2002/QĐ-TTg"],
        ),
        # lines wrapped between "số" and the symbol
        ("Thực hiện Quyết định số\n1850/QĐ-TTg ngày 27 tháng 8 năm 2021", ["implements 1850/QĐ-TTg"]),
        ("Căn cứ Nghị quyết số\n57-NQ/TW ngày 22/12/2024 của Bộ\nChính trị;", ["basedOn 57-NQ/TW"]),
    ],
)
def test_relations_reach_over_lines(lines: str, expected: list[str]) -> None:
    """Headings and leads govern their lists, and a wrapped line is no new paragraph."""
    assert [f"{c.relation} {c.cited.symbol}" for c in find(lines).citations] == expected


@pytest.mark.parametrize(
    ("text", "relations"),
    [
        (
            "Căn cứ Nghị quyết số 57-NQ/TW;\n\n1. Các xã triển khai thực hiện Nghị quyết số 57-NQ/TW.",
            ["basedOn", "implements"],
        ),
        ("Phúc đáp Công văn số 12-CV/TU, 1. Các xã thực hiện Công văn số 12-CV/TU.", ["implements"]),
        ("Chỉ thị số 12-CT/TU nêu rõ.\n\nĐiều 1. Bãi bỏ Chỉ thị số 12-CT/TU.", ["repeals"]),
    ],
)
def test_one_citation_for_each_act_and_relation(text: str, relations: list[str]) -> None:
    """Named twice in one relation it is cited once; a mere mention adds nothing to a relation."""
    assert [citation.relation for citation in find(text).citations] == relations


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        (
            "Thực hiện Công văn số 635-CV/TU ngày 24/8/2021 của Thường trực Tỉnh ủy về dịch bệnh; Huyện ủy yêu cầu",
            "Thực hiện Công văn số 635-CV/TU ngày 24/8/2021 của Thường trực Tỉnh ủy về dịch bệnh",
        ),
        (
            "Thực hiện Chỉ thị số 21-CT/HU của Huyện ủy về giữ rừng, phòng lũ, Ủy ban nhân dân huyện xây dựng Kế hoạch",
            "Thực hiện Chỉ thị số 21-CT/HU của Huyện ủy về giữ rừng, phòng lũ",
        ),
        ("Các xã gửi Công văn số 12-CV/TU. Trên đây là ý kiến.", "Công văn số 12-CV/TU"),
        (
            "Chỉ thị số 50-CT/TW của Ban Bí thư “Về sinh hoạt chi bộ”, các xã",
            "Chỉ thị số 50-CT/TW của Ban Bí thư “Về sinh hoạt chi bộ”",
        ),
    ],
)
def test_quote(text: str, quote: str) -> None:
    """The quote runs from the trigger, or the type word, to the end of issuer, day or subject."""
    assert find(text).citations[0].evidence.exact == quote


def test_resolved_documents_have_an_iri_of_their_own() -> None:
    """Issuer, type, number and year of issue name a document; the Ban Thường vụ numbers in the Tỉnh ủy's series."""
    found = find(
        "Thực hiện Chỉ thị số 18-CT/TU ngày 18/10/2021 của Ban Thường vụ Tỉnh ủy; "
        "Quyết định số 15/2014/QĐ-UBND ngày 10/6/2014 của Ủy ban nhân dân tỉnh; Kế hoạch số 07-KH/TU năm 2020"
    )
    assert [(c.cited.iri, c.resolution) for c in found.citations] == [
        (document_iri("quang-ninh/tinh-uy", 2021, "CT", "18"), "resolved"),
        (document_iri("quang-ninh/uy-ban-nhan-dan", 2014, "QĐ", "15", normative=True), "resolved"),
        (document_iri("quang-ninh/tinh-uy", 2020, "KH", "7"), "resolved"),
    ]


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Thực hiện Chỉ thị số 18-CT/TU", "year of issue"),
        ("Công văn số 16/HH-CV ngày 3/3/2021 của Công ty TNHH Mây Trắng", "issuing body"),
        ("theo số 59/2020/QH14", "type"),
    ],
)
def test_what_is_not_stated_is_not_guessed(text: str, missing: str) -> None:
    """Without year, issuer or type the document keeps a local name, and the reason is said."""
    (citation,) = find(text).citations
    assert citation.resolution == "unresolved"
    assert missing in (citation.reason or "")
    assert "/source/" in citation.cited.iri


def test_same_symbol_of_two_years_is_two_documents() -> None:
    """Numbers restart: 16/CT-TTg of 2020 is not that of 2021, and a mention without a day joins neither."""
    found = find("Chỉ thị số 16/CT-TTg ngày 31/3/2020, Chỉ thị số 16/CT-TTg ngày 8/6/2021; theo Chỉ thị số 16/CT-TTg")
    first, second, undated = found.citations
    assert [first.cited.issued, second.cited.issued, undated.cited.issued] == ["2020-03-31", "2021-06-08", None]
    assert (undated.resolution, undated.candidates) == ("ambiguous", (first.cited.iri, second.cited.iri))


def test_an_issuer_from_the_code_is_marked() -> None:
    stated, read = find("Chỉ thị số 1-CT/TU của Tỉnh ủy, Công văn số 2-CV/HU").citations
    assert stated.cited.inferred == ()
    assert read.cited.inferred == ("issuer",)


def test_a_central_text_gives_codes_no_place() -> None:
    """ "UBND" alone in a text of the Centre is nobody's in particular."""
    ministry = Body("Bộ Nội vụ", body_iri("trung-uong/bo-noi-vu"), "central", "state", known=True)
    own = Document("d1", "urn:own", "CV", "10988/BNV-CQĐP", "10988", ministry, "2021-11-21")
    (citation,) = find("nhận được Công văn số 84/UBND-NC ngày 19/10/2021", own).citations
    assert citation.cited.issuer is None


def test_year_of_a_day_without_one_is_that_of_the_document() -> None:
    (citation,) = find("Chỉ thị số 18-CT/TU ngày 18/10 của Tỉnh ủy").citations
    assert (citation.cited.issued, citation.cited.inferred) == ("2021-10-18", ("issued",))


@pytest.mark.parametrize(
    ("text", "cited", "unresolved"),
    [
        ("Thực hiện Nghị quyết số 18-NQ/TW, Ban Chỉ đạo tổng kết Nghị quyết 18", ["18-NQ/TW"], []),
        ("Thực hiện Chỉ thị số 16/CT-TTg; các xã theo Chỉ thị số 16 mà làm", ["16/CT-TTg"], []),
        ("Thực hiện nghiêm Chỉ thị số 16", [], ["Chỉ thị số 16"]),
        ("Chỉ thị số 16/CT-TTg và Chỉ thị số 16-CT/TU; riêng Chỉ thị 16", ["16/CT-TTg", "16-CT/TU"], ["Chỉ thị 16"]),
        ("Kế hoạch 5 năm, Nghị quyết 03 nội dung, Báo cáo 6 tháng, Công văn số 700 nêu trên", [], []),
    ],
)
def test_short_forms(text: str, cited: list[str], unresolved: list[str]) -> None:
    """ "Chỉ thị số 16" means the document of that type and number named in full in the text; else it "
    "is unresolved."""
    found = find(text)
    assert [c.cited.symbol for c in found.citations] == cited
    assert [u.evidence.exact for u in found.unresolved] == unresolved


UBND = Body(
    "Ủy ban nhân dân huyện Ba Chẽ",
    body_iri("quang-ninh/ba-che/uy-ban-nhan-dan"),
    "district",
    "state",
    known=True,
    place=HUYEN_UY.place,
    series="quang-ninh/ba-che/uy-ban-nhan-dan",
)
REPORTED = (
    Document("d1", "urn:directive", "CT", "07-CT/HU", "07", HUYEN_UY, "2021-10-19"),
    Document("d2", "urn:plan", "KH", None, None, UBND, "2021-10-25"),
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a full stop between what is implemented and what implements it
        (
            "Thực hiện Chỉ thị số 18-CT/TU, ngày 18/10/2021 của Tỉnh ủy. Trước diễn biến "
            "mới, ngày 19/10/2021 Ban Thường vụ "
            "Huyện ủy đã ban hành Chỉ thị số 07-CT/HU về phòng dịch.",
            ["d1 implements 18-CT/TU"],
        ),
        (
            "Quán triệt tinh thần Chỉ thị số 07-CT/HU. Ngày 25/10/2021 UBND huyện đã ban hành Kế hoạch phòng dịch.",
            ["d2 disseminates 07-CT/HU"],
        ),
        # the plan implements, whoever speaks; the issuer behind is the plan's
        ("Hội nghị nghe Kế hoạch tổ chức thực hiện Chỉ thị số 07-CT/HU của UBND huyện.", ["d2 implements 07-CT/HU"]),
        ("Hội nghị nghe Kế hoạch của UBND huyện về tổ chức thực hiện Chỉ thị số 07-CT/HU.", ["d2 implements 07-CT/HU"]),
        # the document that the report speaks about is the one that cites
        (
            "UBND huyện đã ban hành Kế hoạch phòng dịch. Các xã làm theo Công văn số 5-CV/HU.",
            ["d2 cites 5-CV/HU"],
        ),
        ("Hội nghị truyền đạt nội dung Chỉ thị số 07-CT/HU của Ban Thường vụ Huyện ủy.", []),
    ],
)
def test_who_cites_in_a_report(text: str, expected: list[str]) -> None:
    """In a report of several documents each citation belongs to the document whose passage it is."""
    found = find(text, *REPORTED)
    assert [f"{c.citing} {c.relation} {c.cited.symbol}" for c in found.citations] == expected


def test_a_document_of_the_text_is_cited_under_its_own_iri() -> None:
    (citation,) = find(
        "UBND huyện đã ban hành Kế hoạch thực hiện Chỉ thị số 07-CT/HU của UBND huyện.", *REPORTED
    ).citations
    assert citation.cited.iri == "urn:directive"
    assert citation.cited.issuer == HUYEN_UY


@given(st.text(alphabet="sốChỉthị Căncứngàycủa 0123456789-/()“”.,;:\n\u0323TUTWCPQĐNQ\u00a0", max_size=120))
def test_quotes_stand_in_the_source(text: str) -> None:
    """Whatever the text, every quote is exactly what stands at its offsets."""
    found = find(text)
    for item in (*found.citations, *found.collective, *found.oral, *found.unresolved):
        quote = item.evidence
        assert text[quote.start : quote.end] == quote.exact


ALL = [text for text, _ in [*FORMS, *LISTS, *BINDING, *RELATIONS]]


@pytest.mark.parametrize("text", ALL)
@pytest.mark.parametrize("width", [58, 71])
def test_line_ends_and_letters_taken_apart_change_nothing(text: str, width: int) -> None:
    """A text wrapped hard, its letters and marks stored apart (NFD), gives the same citations."""
    wrapped = "\n".join(textwrap.wrap(text, width, break_on_hyphens=False))
    assert told(find(unicodedata.normalize("NFD", wrapped))) == told(find(text))
