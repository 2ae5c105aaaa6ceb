"""What a document is about, by the phrases of a table."""

import pytest

from chidao.graph.model import Document
from chidao.loaders.phrases import rows
from chidao.loaders.subjects import MOST_SUBJECTS, subjects_of


def titled(title: str | None) -> Document:
    """A document of which only the title is known."""
    return Document("d1", "urn:d1", None, None, None, None, None, title=title)


@pytest.mark.parametrize(
    ("title", "subjects"),
    [
        ("về công tác phòng, chống dịch Covid-19", ("COVID-19",)),
        ("VỀ VIỆC ĐẨY MẠNH CHUYỂN ĐỔI SỐ VÀ CẢI CÁCH HÀNH CHÍNH", ("chuyển đổi số", "cải cách hành chính")),
        ("tăng cường công tác phòng, chống thiên tai, ứng phó mưa lũ", ("phòng, chống thiên tai",)),
        (
            "về phòng cháy và chữa cháy, bảo vệ rừng, an toàn giao thông và bầu cử",
            ("phòng cháy và chữa cháy", "lâm nghiệp", "an toàn giao thông"),
        ),
        ("về quản lý đò ngang", ()),
        (None, ()),
    ],
)
def test_subjects_of_a_title(title: str | None, subjects: tuple[str, ...]) -> None:
    """In the order of the title, each once, three at most."""
    assert subjects_of(titled(title), "") == subjects
    assert len(subjects) <= MOST_SUBJECTS


def test_without_a_topic_in_the_title_the_text_tells() -> None:
    """Only what it names often: a word in passing is no subject."""
    assert subjects_of(titled("quản lý đò ngang"), "covid-19 " * 3) == ("COVID-19",)
    assert subjects_of(titled("quản lý đò ngang"), "covid-19 và chuyển đổi số") == ()


def test_the_table() -> None:
    """Phrases are folded and stand once."""
    phrases = [row["phrase"] for row in rows("subjects")]
    assert len(set(phrases)) == len(phrases)
    assert all(phrase == phrase.lower() for phrase in phrases)
