"""Two columns printed side by side: the distribution list (Nơi nhận) at the left, the signature at the right.

36-HD/VPTW and Decree 30/2020/NĐ-CP, Annex I put them so; a text that keeps the page's blanks has both on one line.
"""

import re

from chidao.loaders.layout import Line, lines_of
from chidao.loaders.letters import CAPITAL

# "Nơi nhận:                    T/M BAN THƯỜNG VỤ", "- Lưu: VT.<TAB>Hoàng Văn Hiến"
_GUTTER = re.compile(r"(?<=\S)(?:[ ]{4,}+|[ ]*+\t[ \t]*+)(?=\S)")
# "- Như trên; PHÓ CHỦ TỊCH", "Nơi nhận: KT. CHỦ TỊCH": a scan that lost the blanks
_LOST_GUTTER = re.compile(
    rf"(?<=[;,:]) (?=(?:[{CAPITAL}/]{{1,5}}\. ?)?[{CAPITAL}]{{2,}}(?: [{CAPITAL}]{{2,}})+$)", re.M
)
_ITEM = re.compile(r"-|nơi\s+nhận", re.I)
_ARCHIVE = re.compile(r"[-\s]*lưu\b", re.I)
INDENT = 12
"""A line that is set so many blanks from the margin stands in the right column."""
FIRST_LINES = 4
"""The authority that signs stands beside one of so many lines of the list."""
SHORTEST_MARK = 5


def right_cell(text: str, line: Line) -> int | None:
    """Where the right column begins in a line of two; None where the line has one."""
    gutters = list(_GUTTER.finditer(text, line.start, line.end))
    lost = _LOST_GUTTER.search(text, line.start, line.end) if _ITEM.match(text, line.start) else None
    return gutters[-1].end() if gutters else lost.end() if lost else None


def side_by_side(text: str, start: int, end: int) -> bool:
    """True where capitals ("T/M BAN THƯỜNG VỤ", "CHỦ TỊCH") stand beside the first lines of ``text[start:end]``."""
    top = [line for line in lines_of(text) if line.end > start and line.start < end][:FIRST_LINES]
    cells = [(cell, line.end) for line in top if (cell := right_cell(text, line))]
    return any(text[cell:last].isupper() and last - cell >= SHORTEST_MARK for cell, last in cells)


def right_column(text: str, lines: list[Line]) -> list[Line]:
    """The right column of the lines: cells behind a gutter, lines set far from the margin, all below the archive's."""
    found, ended = list[Line](), False
    for line in lines:
        cell = right_cell(text, line)
        if cell or ended or _indented(text, line):
            found.append(Line(cell or line.start, line.end, line.after_gap))
        ended = ended or bool(_ARCHIVE.match(text, line.start))
    return found


def _indented(text: str, line: Line) -> bool:
    return line.start - (text.rfind("\n", 0, line.start) + 1) >= INDENT or text[line.start : line.end].isupper()


def left_column(text: str, start: int, end: int) -> str:
    """The text with the right column of ``start:end`` blanked; offsets stay."""
    pieces, done = list[str](), 0
    for line in lines_of(text):
        if line.end <= start or line.start >= end:
            continue
        cell = right_cell(text, line) or (line.start if _indented(text, line) else None)
        if cell is not None:
            pieces += [text[done:cell], " " * (line.end - cell)]
            done = line.end
    return "".join([*pieces, text[done:]])
