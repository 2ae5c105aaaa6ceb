"""The figures of a duty: targets ("ít nhất 85%", "hai con số"), thresholds ("từ cấp IV trở lên"), counts."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chidao.graph.due import LAXER, STRICTER
from chidao.ontology.spelling import key

NARROWER, WIDER = "narrowed", "widened"
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5}
_DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_SCALES = frozenset({"tuổi", "mm", "độ"})  # "từ 14 tuổi trở lên", "trên 100 mm": a higher one takes in fewer
_TARGETS = frozenset({"%", "con số"})
_NEAR = 20  # code points before a figure that tell its direction, or that it is none
_FALLING = re.compile(
    r"(?:(?<!không )(?<!không được )dưới|không quá|tối đa|xuống(?: còn)?|không vượt quá|còn|thấp hơn)\s*$"
)
# no number of a document, an article, a year, a date or a slogan: "số 68", "Điều 6", "năm 2023", "5K", "4 tại chỗ"
_NO_FIGURE = re.compile(
    r"(?:số|điều|khoản|mục|quý|tháng|năm|ngày|giai đoạn|nghị quyết|chỉ thị|quốc lộ|khóa|covid-?)\s*$"
)
_FIGURE = re.compile(
    r"""(?<![\w/.,-])(?:
      (?P<number>\d{1,3}(?:\.\d{3})+|\d+(?:,\d+)?)\s*
      (?P<unit>%|phần\ trăm|(?!(?:tại|tháng|năm|và|hoặc|của|đến|trở|ngày|giờ|trên|ở|do)\b)[^\W\d_]{2,})
    | (?P<word>một|hai|ba)\s+(?P<digits>con\ số)
    | (?P<scale>cấp|báo\ động|độ)\s+(?P<roman>iv|v|i{1,3})\b
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its unit. ``falling`` is true for a ceiling ("dưới 5%"), ``scale`` for a grade ("cấp IV")."""

    value: float
    unit: str
    falling: bool
    scale: bool
    start: int
    end: int


def figures(text: str) -> list[Figure]:
    """The figures of a text in order; dates, years and numbers of documents are none."""
    return list(_figures(key(text)))


def compare_figures(parent: str, child: str) -> list[str]:
    """The kinds that the figures of two duties tell, targets first; none where they agree or cannot be paired."""
    above, below = figures(parent), figures(child)
    units = list(dict.fromkeys(figure.unit for figure in (*above, *below)))
    found = [
        _compare([f for f in above if f.unit == unit], [f for f in below if f.unit == unit])
        for unit in sorted(units, key=lambda unit: unit not in _TARGETS)
    ]
    return [kind for kind in found if kind]


def _figures(folded: str) -> Iterator[Figure]:
    for found in _FIGURE.finditer(folded):
        before = folded[max(0, found.start() - _NEAR) : found.start()]
        falling = bool(_FALLING.search(before))
        span = found.span()
        if found["roman"]:
            yield Figure(_ROMAN[found["roman"]], found["scale"], falling, True, *span)
        elif found["word"]:
            yield Figure(_DIGITS.index(found["word"]), "con số", falling, False, *span)
        elif not _NO_FIGURE.search(before):
            unit = "%" if found["unit"] == "phần trăm" else found["unit"]
            value = float(found["number"].replace(".", "").replace(",", "."))
            yield Figure(value, unit, falling, unit in _SCALES, *span)


def _compare(above: list[Figure], below: list[Figure]) -> str | None:
    if not above or not below:
        if (above or below)[0].unit not in _TARGETS:
            return None
        return LAXER if above else STRICTER
    if len(above) != len(below):
        return None
    for parent, child in zip(above, below, strict=True):
        if parent.value != child.value:
            return _kind(parent, child.value > parent.value)
    return None


def _kind(figure: Figure, more: bool) -> str:
    if figure.unit in _TARGETS:
        return STRICTER if more != figure.falling else LAXER
    if figure.scale:
        return NARROWER if more != figure.falling else WIDER
    return WIDER if more else NARROWER
