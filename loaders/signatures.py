"""Who signed: authority mark (T/M, TM., KT., TL., TUQ.), position and name, in the signature zone.

36-HD/VPTW II.1.7 (slash) and Decree 30/2020/NĐ-CP, Annex I, II.7 (dot).
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from chidao.graph.model import Signer
from chidao.loaders.columns import right_column, side_by_side
from chidao.loaders.layout import Line, is_noise, lines_of
from chidao.loaders.letters import CAPITAL, SMALL
from chidao.loaders.types import code_for
from chidao.loaders.zones import AUTHORITY

ZONE_LINES = 14
"""A signature ends within so many lines; behind them stand annexes."""

COLUMN_LINES = 40
"""Beside a distribution list it stands within so many."""

_WORD = f"[{CAPITAL}][{SMALL}]+"
# "Hoàng Văn Hiến", "Thiếu tướng Nguyễn Văn A", "PGS.TS. Trần Thị B": at the end of a line
_NAME = re.compile(rf"(?:^|(?<=\s))(?P<name>{_WORD}(?:\s+{_WORD}){{1,4}}|{_WORD}(?:\s+{_WORD}){{1,3}}\s+[A-ZĐ])\s*$")
_TITLE_CASE = re.compile(rf"{_WORD}(?:\s+{_WORD}){{0,3}}")
_RANK = re.compile(
    r"^(?:(?:thiếu|trung|thượng|đại)\s+(?:tướng|tá|úy)|(?:PGS|GS|TS|ThS|BS|CKII?)[.,]?|nhà giáo|luật sư)\s+", re.I
)
_ANNEX = re.compile(r"(?:PHỤ\s+LỤC|DANH\s+MỤC|DANH\s+SÁCH|BIỂU\s+MẪU|MẪU\s+SỐ)\b")
_LISTED = re.compile(r"^[-\s]{0,9}nơi\s+nhận\b", re.I | re.M)
# "T/M BAN BÍ THƯ": on whose behalf one signs; "Thường trực Ban Bí thư" is an office
_SECRETARIAT = re.compile(r"(?<!thường trực )\bban bí thư(?: trung ương(?: đảng| đoàn)?)?$")
_SIGNED = re.compile(r"\((?:đã ký|đã kí|ký tên[^()]{0,80})\)", re.I)


@cache
def _positions() -> dict[str, str]:
    with files("chidao.loaders").joinpath("positions.csv").open(encoding="utf-8") as table:
        return {row["position"].lower(): row["position"] for row in csv.DictReader(table)}


def position_label(printed: str) -> str | None:
    """The position as one writes it: "PHÓ BÍ THƯ" -> "Phó Bí thư";
    the longest known one that ends the printed words, else the longest that opens them ("GIÁM ĐỐC CÔNG AN TỈNH").
    """
    words = _SECRETARIAT.sub("", re.sub(r"\s+", " ", printed).strip(" ,;:").lower()).split(" ")
    ending = (" ".join(words[first:]) for first in range(len(words)))
    opening = (" ".join(words[:end]) for end in range(len(words) - 1, 0, -1))
    return next((_positions()[words] for words in (*ending, *opening) if words in _positions()), None)


def signers_of(text: str, start: int, end: int) -> tuple[tuple[Signer, int, int], ...]:
    """The signers in a signature zone, each with the offsets from its authority mark or position to its name."""
    return tuple(_signers(text, start, end))


def _signers(text: str, start: int, end: int) -> Iterator[tuple[Signer, int, int]]:
    authority: list[str] = []
    position: str | None = None
    first: int | None = None
    signed = False
    for line in _joined(text, _zone_lines(text, start, end)):
        printed = " ".join(_SIGNED.sub(" ", text[line.start : line.end]).split())
        if _ANNEX.match(printed) or (printed.isupper() and code_for(printed)):
            return
        if is_noise(text, line) or not printed or printed[0] in "-+[(":
            continue
        name = _NAME.search(_RANK.sub("", printed))
        if name and printed.isupper():
            name = None
        above = printed[: name.start()] if name else printed
        if AUTHORITY.match(above) or above.isupper():
            first = line.start if first is None else first
            authority += [above.strip()] if AUTHORITY.match(above) else []
            position = position_label(above) or position
        if name and _plausible(name["name"]) and (position or authority or not signed):
            signed = True
            yield Signer(name["name"], position, " / ".join(authority) or None), first or line.start, line.end
            authority, position, first = [], None, None


def _zone_lines(text: str, start: int, end: int) -> list[Line]:
    """The lines of the zone; of two columns side by side the right one."""
    lines = [line for line in lines_of(text) if start <= line.start < end]
    if _LISTED.search(text, start, end) and side_by_side(text, start, end):
        return right_column(text, lines[:COLUMN_LINES])[:ZONE_LINES]
    return lines[:ZONE_LINES]


def _joined(text: str, lines: list[Line]) -> list[Line]:
    """The lines, with a name that a narrow column broke ("Vũ" / "Chiến Thắng") put together."""
    joined: list[Line] = []
    for line in lines:
        if (
            joined
            and not line.after_gap
            and all(_TITLE_CASE.fullmatch(text, ln.start, ln.end) for ln in (joined[-1], line))
        ):
            joined.append(Line(joined.pop().start, line.end, line.after_gap))
        else:
            joined.append(line)
    return joined


def _plausible(name: str) -> bool:
    """A personal name, not a place, a body or a position in title case."""
    words = name.split()
    return 2 <= len(words) <= 5 and name.lower() not in _positions() and position_label(name) is None
