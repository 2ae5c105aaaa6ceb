"""Secrecy stamps are seen in the head, and a stamped text is read only where that is allowed."""

import pytest

from chidao.graph.errors import ChidaoError, SecretError
from chidao.loaders.extract import extract
from chidao.loaders.read import SourceText
from chidao.loaders.secrecy import secrecy_of

HEAD = "TỈNH ỦY QUẢNG NINH\n{stamp}\nSố 12-CT/TU\nHạ Long, ngày 02 tháng 3 năm 2023\nCHỈ THỊ\nvề công tác cán bộ\n\nSở Y tế báo cáo.\n"


@pytest.mark.parametrize(
    ("stamp", "degree"),
    [
        ("MẬT", "mật"),
        ("TỐI MẬT", "tối mật"),
        ("TUYỆT MẬT", "tuyệt mật"),
        ("[MẬT]", "mật"),
        ("** TỐI  MẬT **", "tối mật"),
        ("Độ mật: Mật", "mật"),
        ("Mức độ mật: Tuyệt mật", "tuyệt mật"),
        ("*          TỐI MẬT", "tối mật"),
        ("MẬT\tĐẢNG CỘNG SẢN VIỆT NAM", "mật"),
        ("*", None),
        ("BAN CHỈ ĐẠO BẢO VỆ BÍ MẬT NHÀ NƯỚC", None),
        ("VỤ BẢO MẬT", None),
        ("BAN CƠ YẾU - CỤC MẬT MÃ", None),
        ("Về việc bảo vệ tài liệu mật", None),
        ("Thực hiện Công văn mật số 12-CV/TU", None),
    ],
)
def test_stamp(stamp: str, degree: str | None) -> None:
    """The three degrees, framed, labelled or beside the other column; no word that only holds "mật"."""
    assert secrecy_of(HEAD.format(stamp=stamp)) == degree


def test_a_stamp_stands_in_the_head() -> None:
    """What stands far down is no stamp of this document."""
    assert secrecy_of(HEAD.format(stamp="*") + "Dòng.\n" * 40 + "MẬT\n") is None


def test_a_stamped_text_is_refused() -> None:
    """The refusal names the file, the degree and what to do; with leave the text is read."""
    source = SourceText("secret.txt", "0" * 64, "text/plain", HEAD.format(stamp="TỐI MẬT"))
    with pytest.raises(SecretError, match=r"secret\.txt.*tối mật.*--allow-secret") as refusal:
        extract(source)
    assert isinstance(refusal.value, ChidaoError)
    assert extract(source, allow_secret=True).documents[0].symbol == "12-CT/TU"
