"""Several documents in one file, texts that a document encloses, annexes."""

import pytest

from chidao.graph.model import Document, Record
from chidao.loaders.extract import extract
from chidao.loaders.read import SourceText

DECISION = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG NINH
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 1234/QĐ-UBND
Quảng Ninh, ngày 02 tháng 3 năm 2023

QUYẾT ĐỊNH
Về việc ban hành {enclosed} quản lý đò ngang

Điều 1. Ban hành kèm theo Quyết định này {enclosed} quản lý đò ngang.

Điều 2. Giám đốc Sở Giao thông vận tải chịu trách nhiệm thi hành Quyết định này.

Nơi nhận:
- Như Điều 2;
- Lưu: VT.

TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Trần Văn A

"""
REGULATION = """QUY CHẾ
Quản lý đò ngang trên địa bàn tỉnh
(Ban hành kèm theo Quyết định số 1234/QĐ-UBND ngày 02/3/2023 của Ủy ban nhân dân tỉnh)

Điều 1. Trách nhiệm của Sở Giao thông vận tải

1. Sở Giao thông vận tải kiểm tra các bến đò trước ngày 15/6/2023.

2. Công an tỉnh xử lý vi phạm theo Nghị định số 31/2004/NĐ-CP ngày 26/3/2004 của Chính phủ.
"""
LETTER = """HUYỆN ỦY BA CHẼ
ĐẢNG CỘNG SẢN VIỆT NAM
*
Số 07-CT/HU
Ba Chẽ, ngày 12 tháng 5 năm 2023

CHỈ THỊ
về giữ rừng

1. Ủy ban nhân dân huyện tăng cường kiểm tra rừng.

Nơi nhận:
- Lưu Văn phòng Huyện ủy.

T/M BAN THƯỜNG VỤ
BÍ THƯ
Vũ Thị B
"""


def read(text: str) -> Record:
    """The record of a text; every quote stands in it."""
    record = extract(SourceText("a.txt", "ab" * 32, "text/plain", text))
    for document in record.documents:
        assert all(text[c.evidence.start : c.evidence.end] == c.evidence.exact for c in document.claims)
    for quoted in (*record.citations, *record.obligations):
        assert text[quoted.evidence.start : quoted.evidence.end] == quoted.evidence.exact
    assert all(text[span.start : span.end] == span.exact for span in record.unread)
    return record


def told(document: Document) -> tuple[str | None, str | None, str | None, str | None]:
    """Type, symbol, day and title."""
    return document.type, document.symbol, document.issued, document.title


def test_a_text_issued_with_a_decision_is_a_document_of_its_own() -> None:
    """It has no symbol; issuer and day are the decision's, which it cites; its duties are its own."""
    record = read(DECISION.format(enclosed="Quy chế") + REGULATION)
    decision, regulation = record.documents
    assert told(decision)[:3] == ("QĐ", "1234/QĐ-UBND", "2023-03-02")
    assert told(regulation) == ("QC", None, "2023-03-02", "Quản lý đò ngang trên địa bàn tỉnh")
    assert regulation.issuer == decision.issuer
    assert set(regulation.inferred) == {"issuer", "issued"}
    cited = [(c.relation, c.cited.symbol, c.cited.iri) for c in record.citations if c.citing == "d2"]
    assert ("cites", "1234/QĐ-UBND", decision.iri) in cited
    assert "31/2004/NĐ-CP" in {symbol for _, symbol, _ in cited}
    assert {d.deadline for d in record.obligations if d.document == "d2"} == {None, "2023-06-15"}
    assert regulation.iri != decision.iri


@pytest.mark.parametrize(
    ("word", "code"),
    [("QUY ĐỊNH", "QĐi"), ("KẾ HOẠCH", "KH"), ("ĐỀ ÁN", "ĐA"), ("PHƯƠNG ÁN", "PA"), ("CHƯƠNG TRÌNH", "CTr")],
)
def test_what_can_be_enclosed(word: str, code: str) -> None:
    """Every type that is printed over a title, also below a rule and blank lines."""
    record = read(DECISION.format(enclosed=word.capitalize()) + "-------\n\n" + REGULATION.replace("QUY CHẾ", word))
    assert [d.type for d in record.documents] == ["QĐ", code]


@pytest.mark.parametrize(
    "cue",
    [
        "(Ban hành kèm theo Quyết định số 1234/QĐ-UBND ngày 02/3/2023 của Ủy ban nhân dân tỉnh)",
        "(Kèm theo Quyết định số 1234/QĐ-UBND ngày 02 tháng 3 năm 2023\ncủa Ủy ban nhân dân tỉnh)",
        "(Được ban hành kèm theo Quyết định số      /QĐ-UBND ngày    tháng    năm 2023)",
        "(ban hành\nkèm theo Quyết định này)",
    ],
)
def test_words_under_the_title_of_an_enclosed_text(cue: str) -> None:
    """Whatever the spacing, and with a number left blank."""
    lines = REGULATION.split("\n")
    record = read(DECISION.format(enclosed="Quy chế") + "\n".join([*lines[:2], cue, *lines[3:]]))
    assert [d.type for d in record.documents] == ["QĐ", "QC"]


def test_an_annex_is_no_document() -> None:
    """A list is unread, and its title says so; a table of tasks imposes duties of the document above it."""
    text = DECISION.format(enclosed="Danh mục")
    listed = read(text + "PHỤ LỤC I\nDANH MỤC BẾN ĐÒ\n(Kèm theo Quyết định số 1234/QĐ-UBND)\n\n1. Bến Vạn Hoa\n")
    assert [d.id for d in listed.documents] == ["d1"]
    assert [span.exact.split("\n")[0] for span in listed.unread] == ["PHỤ LỤC I"]
    table = (
        "PHỤ LỤC\nPHÂN CÔNG NHIỆM VỤ\n\n| TT | Nội dung | Cơ quan chủ trì | Thời gian |\n|---|---|---|---|\n"
        "| 1 | Kiểm tra bến đò | Sở Giao thông vận tải | Tháng 6/2023 |\n"
    )
    assigned = read(text + table)
    (duty,) = [d for d in assigned.obligations if d.deadline]
    assert (duty.document, duty.deadline) == ("d1", "2023-06-30")
    assert not assigned.unread


def test_several_documents_in_one_file() -> None:
    """Each has its own head, and its duties are its own."""
    record = read(DECISION.format(enclosed="Quy chế") + LETTER + "\n\n" + DECISION.replace("1234", "1235"))
    assert [(d.id, d.symbol) for d in record.documents] == [
        ("d1", "1234/QĐ-UBND"),
        ("d2", "07-CT/HU"),
        ("d3", "1235/QĐ-UBND"),
    ]
    assert len({d.iri for d in record.documents}) == 3
    assert [d.level for d in record.documents] == ["province", "district", "province"]
    assert "d2" in {d.document for d in record.obligations}


def test_a_form_in_an_annex_is_no_document() -> None:
    """It has a motto, but neither number nor date."""
    form = "Mẫu số 01\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n\nSố: …/GP\n\nGIẤY PHÉP\nhoạt động bến đò\n"
    assert len(read(DECISION.format(enclosed="Quy chế") + "PHỤ LỤC\n" + form).documents) == 1


def test_a_body_that_names_an_enclosure_encloses_nothing() -> None:
    """Only what stands behind the signature is enclosed."""
    assert len(read(DECISION.format(enclosed="Quy chế")).documents) == 1
