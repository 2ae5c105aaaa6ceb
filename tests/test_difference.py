"""The word-level difference of two quotes, and of titles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.graph.difference import ADDED, EQUAL, REMOVED, difference
from chidao.graph.title_drift import tells, title_drift


def spelled(parent: str, child: str) -> list[tuple[str, str]]:
    """(kind, words) of each segment."""
    return [
        (
            each.kind,
            child[slice(*each.child)] if each.kind == ADDED and each.child else parent[slice(*(each.parent or (0, 0)))],
        )
        for each in difference(parent, child)
    ]


@pytest.mark.parametrize(
    ("parent", "child", "segments"),
    [
        ("giữ vững đà tăng trưởng hai con số", "giữ đà phát triển", [
            (EQUAL, "giữ"), (REMOVED, "vững"), (EQUAL, "đà"), (REMOVED, "tăng trưởng hai con số"), (ADDED, "phát triển"),
        ]),
        ("Ủy ban nhân dân Tỉnh", "uỷ ban nhân dân tỉnh", [(EQUAL, "Ủy ban nhân dân Tỉnh")]),  # case and tone style
        ("", "báo cáo", [(ADDED, "báo cáo")]),
        ("báo cáo", "", [(REMOVED, "báo cáo")]),
        ("", "", []),
    ],
)  # fmt: skip
def test_segments(parent: str, child: str, segments: list[tuple[str, str]]) -> None:
    assert spelled(parent, child) == segments


TEXT = st.text(alphabet="aàđĐuỷ 1%,.\n", max_size=30)


@given(TEXT, TEXT)
def test_offsets_take_in_every_word_of_both(parent: str, child: str) -> None:
    segments = difference(parent, child)
    for text, spans in (
        (parent, [each.parent for each in segments if each.parent]),
        (child, [each.child for each in segments if each.child]),
    ):
        assert spans == sorted(spans)
        assert all(start < end for start, end in spans)
        outside = "".join(
            text[end:start] for (_, end), (start, _) in zip([(0, 0), *spans], [*spans, (len(text), 0)], strict=True)
        )
        assert not outside.strip()


@pytest.mark.parametrize(
    ("parent", "child", "targets"),
    [
        (
            "về ổn định kinh tế, giữ vững đà tăng trưởng hai con số",
            "về giữ đà phát triển kinh tế",
            ("giữ vững đà tăng trưởng hai con số",),
        ),
        ("về giảm nghèo xuống dưới 3%", "thực hiện Chỉ thị số 5-CT/TU về giảm nghèo xuống dưới 3%", ()),
        ("về giảm nghèo xuống dưới 3%", "về giảm nghèo xuống dưới 5%", ("giảm nghèo xuống dưới 3%",)),
        ("về phòng, chống dịch Covid- 19 và ổn định đời sống", "về ổn định đời sống", ()),
    ],
)
def test_a_target_of_the_title_that_is_gone(parent: str, child: str, targets: tuple[str, ...]) -> None:
    assert title_drift(parent, child).dropped_targets == targets


def test_what_only_leads_to_the_subject_is_no_drift() -> None:
    parent = "về tăng cường phòng cháy rừng"
    assert title_drift(parent, f"thực hiện Chỉ thị số 68-CT/TW của Ban Bí thư {parent}") == title_drift(parent, parent)
    assert title_drift(parent, parent).dropped == ()


def test_a_title_that_says_nothing_is_known_by_its_words() -> None:
    assert not tells("về thực hiện")
    assert tells("về phòng cháy rừng")
