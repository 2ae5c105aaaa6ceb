"""Modality by the phrase that begins the predicate; longer phrases before shorter ones."""

import pytest

from chidao.loaders.modality import modality_at, stated_modality
from chidao.loaders.phrases import pattern, phrases, row_of
from chidao.ontology.spelling import key

CASES = [
    ("Đề nghị Ủy ban Mặt trận Tổ quốc vận động Nhân dân", "request"),
    ("kính đề nghị quý cơ quan phối hợp", "request"),
    ("Khuyến khích doanh nghiệp đổi mới công nghệ", "recommendation"),
    ("khuyến cáo người dân hạn chế ra đường", "recommendation"),
    ("Kêu gọi Nhân dân ủng hộ đồng bào vùng lũ", "recommendation"),
    ("Nghiêm cấm đốt rừng", "prohibition"),
    ("không được tổ chức liên hoan", "prohibition"),
    ("Tuyệt đối không được chủ quan", "prohibition"),
    ("tuyệt  đối\nkhông lơ là", "prohibition"),
    ("Không để xảy ra cháy", "prohibition"),
    ("không cho phép phương tiện qua ngầm", "prohibition"),
    ("Không chuyển mục đích sử dụng rừng tự nhiên", "prohibition"),
    ("không bố trí vốn cho dự án chưa đủ thủ tục", "prohibition"),
    ("Không chỉ tuyên truyền mà còn kiểm tra", "duty"),
    ("Không những kiểm tra mà còn xử lý", "duty"),
    ("Không ngừng nâng cao chất lượng", "duty"),
    ("được phép huy động lao động tại chỗ", "permission"),
    ("có quyền yêu cầu bổ sung hồ sơ", "permission"),
    ("có thể huy động thêm lực lượng", "permission"),
    ("có thể còn kéo dài", "duty"),
    ("phải hoàn thành", "duty"),
    ("chịu trách nhiệm thi hành", "duty"),
    ("Tăng cường kiểm tra", "duty"),
    ("Tiếp tục kêu gọi Nhân dân ủng hộ", "duty"),
    ("vận động Nhân dân hiến đất", "duty"),
    ("cấm trại", "prohibition"),
    ("cấp phát lương thực", "duty"),
]


@pytest.mark.parametrize(("text", "modality"), CASES)
def test_modality_by_the_first_phrase(text: str, modality: str) -> None:
    assert modality_at(key(text), 0, len(text)) == modality


def test_bare_imperative_states_no_modality() -> None:
    assert stated_modality("tăng cường kiểm tra", 0, 19) is None


@pytest.mark.parametrize(
    ("table", "column"), [("modality", "phrase"), ("commands", "verb"), ("section_titles", "words")]
)
def test_every_phrase_is_folded_unique_and_found(table: str, column: str) -> None:
    """A phrase that is not in folded form would never match."""
    for phrase in phrases(table, column):
        assert key(phrase) == phrase
        found = pattern(table, column).match(phrase)
        assert found
        assert row_of(table, column, found[0])[column] == phrase
