"""Read tasks that a plan sets out under labels.

"- Nội dung thực hiện: …", "- Cơ quan chủ trì: Sở A.", "- Cơ quan phối hợp: …", "- Thời gian hoàn thành: Quý IV/2025."
make one duty; the task may also be the heading or item above its labels.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from chidao.loaders.layout import Paragraph

Label = Literal["content", "lead", "with", "time", "other"]

_TASK = r"(?:thực\s+hiện|công\s+việc|nhiệm\s+vụ)"
_UNIT = r"(?:các\s+)?(?:cơ\s+quan|đơn\s+vị|bộ\s+phận|tổ\s+chức)"
_DOES = (
    r"(?:chủ\s+trì(?:\s+(?:thực\s+hiện|tham\s+mưu))?|thực\s+hiện|chịu\s+trách\s+nhiệm|được\s+giao|đầu\s+mối|tham\s+mưu)"
)
_LABELS: tuple[tuple[Label, re.Pattern[str]], ...] = (
    ("content", re.compile(rf"(?:nội\s+dung(?:\s+{_TASK})?|{_TASK})\s*:\s*")),
    ("with", re.compile(rf"(?:{_UNIT}\s+)?phối\s+hợp(?:\s+thực\s+hiện)?\s*:\s*")),
    ("lead", re.compile(rf"(?:{_UNIT}\s+{_DOES}|chủ\s+trì|phân\s+công(?:\s+thực\s+hiện)?)\s*:\s*")),
    ("time", re.compile(r"(?:thời\s+(?:gian|hạn)|tiến\s+độ)(?:\s+(?:thực\s+hiện|hoàn\s+thành))*\s*:\s*")),
    (
        "other",
        re.compile(
            r"(?:sản\s+phẩm|kết\s+quả|(?:nguồn\s+)?kinh\s+phí)(?:\s+(?:đầu\s+ra|dự\s+kiến|thực\s+hiện))?\s*:\s*"
        ),
    ),
)


LONGEST_LABEL = 80
"""A label is shorter, in code points."""


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled paragraph; ``value`` is where the text behind the label begins."""

    label: Label
    paragraph: Paragraph
    value: int


def label_at(key: str, paragraph: Paragraph) -> Labelled | None:
    """The label that a paragraph begins with, None without one."""
    if key.find(":", paragraph.content, paragraph.content + LONGEST_LABEL) < 0:
        return None
    for label, form in _LABELS:
        found = form.match(key, paragraph.content, paragraph.end)
        if found and found.end() < paragraph.end:
            return Labelled(label, paragraph, found.end())
    return None


def card_at(key: str, paragraphs: Sequence[Paragraph], at: int) -> tuple[Labelled, ...]:
    """The labelled paragraphs from ``at`` on that belong to one task: a second "Nội dung" begins another."""
    card: list[Labelled] = []
    for position in range(at, len(paragraphs)):
        paragraph = paragraphs[position]
        labelled = label_at(key, paragraph)
        again = labelled and labelled.label == "content" and card
        if not labelled or again or (card and not _goes_with(labelled, card)):
            break
        card.append(labelled)
    return tuple(card) if card and any(item.label == "lead" for item in card) else ()


def _goes_with(labelled: Labelled, card: Sequence[Labelled]) -> bool:
    """True in the section of the card, and in the next point of a list without such a label yet: "b) Thời gian: …"."""
    paragraph, first = labelled.paragraph, card[0].paragraph
    new = all(item.label != labelled.label for item in card)
    return paragraph.section == first.section or (paragraph.level == first.level and new)
