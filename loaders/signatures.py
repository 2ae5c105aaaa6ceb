"""Who signed: authority mark (T/M, TM., KT., TL., TUQ.), position and name, in the signature zone.

36-HD/VPTW II.1.7 (slash) and Decree 30/2020/NĐ-CP, Annex I, II.7 (dot).
"""

import csv
import re
from collections.abc import Iterator
from functools import cache
from importlib.resources import files

from chidao.graph.model import Signer
from chidao.loaders.layout import Line, is_noise, lines_of
from chidao.loaders.letters import CAPITAL, SMALL
from chidao.loaders.zones import AUTHORITY

ZONE_LINES = 14
"""A signature ends within so many lines; behind them stand annexes."""

_WORD = f"[{CAPITAL}][{SMALL}]+"
# "Hoàng Văn Hiến", "Thiếu tướng Nguyễn Văn A", "PGS.TS. Trần Thị B": at the end of a line
_NAME = re.compile(rf"(?:^|(?<=\s))(?P<name>{_WORD}(?:\s+{_WORD}){{1,4}}|{_WORD}(?:\s+{_WORD}){{1,3}}\s+[A-ZĐ])\s*$")
_TITLE_CASE = re.compile(rf"{_WORD}(?:\s+{_WORD}){{0,3}}")
_RANK = re.compile(
    r"^(?:(?:thiếu|trung|thượng|đại)\s+(?:tướng|tá|úy)|(?:PGS|GS|TS|ThS|BS|CKII?)[.,]?|nhà giáo|luật sư)\s+", re.I
)
_ANNEX = re.compile(r"(?:PHỤ\s+LỤC|DANH\s+MỤC|DANH\s+SÁCH|BIỂU\s+MẪU|MẪU\s+SỐ)\b")
_SIGNED = re.compile(r"\((?:đã ký|đã kí|ký tên[^)]*)\)", re.I)


@cache
def _positions() -> dict[str, str]:
    with files("chidao.loaders").joinpath("positions.csv").open(encoding="utf-8") as table:
        return {row["position"].lower(): row["position"] for row in csv.DictReader(table)}


def position_label(printed: str) -> str | None:
    """The position as one writes it: "PHÓ BÍ THƯ" -> "Phó Bí thư";
    the longest known one that ends the printed words.
    """
    words = re.sub(r"\s+", " ", printed).strip(" ,;:").lower().split(" ")
    for first in range(len(words)):
        known = _positions().get(" ".join(words[first:]))
        if known:
            return known
    return None


def signers_of(text: str, start: int, end: int) -> tuple[tuple[Signer, int, int], ...]:
    """The signers in a signature zone, each with the offsets from its authority mark or position to its name."""
    return tuple(_signers(text, start, end))


def _signers(text: str, start: int, end: int) -> Iterator[tuple[Signer, int, int]]:
    authority: list[str] = []
    position: str | None = None
    first: int | None = None
    for line in _joined(text, [ln for ln in lines_of(text) if start <= ln.start < end][:ZONE_LINES]):
        printed = " ".join(_SIGNED.sub(" ", text[line.start : line.end]).split())
        if _ANNEX.match(printed):
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
        if name and _plausible(name["name"]):
            yield Signer(name["name"], position, " / ".join(authority) or None), first or line.start, line.end
            authority, position, first = [], None, None


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
