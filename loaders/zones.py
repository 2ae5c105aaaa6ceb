"""Find the zones of a document: head, addressees, body, signature, distribution list (Nơi nhận), arrival stamps.

36-HD/VPTW II and Decree 30/2020/NĐ-CP, Annex I name the parts; scans and portals flatten, reorder or lose them, so each
zone is found by its own sign and none needs the others.
"""

import re
from dataclasses import dataclass

from chidao.loaders.columns import side_by_side
from chidao.loaders.layout import Line, lines_of
from chidao.loaders.letters import CAPITAL
from chidao.loaders.stamps import stamps_of
from chidao.loaders.types import code_for

HEAD_LINES = 60
"""So many lines from the top can belong to the head."""
SIGNATURE_LINES = 12
"""A signature without distribution list and authority mark stands within so many lines from the end."""
SHORT_REST = 60
"""The rest of a broken item is shorter, in code points."""
# "Nơi nhận:" alone or before its list
_DISTRIBUTION = re.compile(r"[-\s]*nơi\s+nhận\s*[:.]?", re.I)
# "T/M BAN THƯỜNG VỤ", "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "TL. BỘ TRƯỞNG", "TUQ.", "K/T TRƯỞNG BAN", "Q. GIÁM ĐỐC"
AUTHORITY = re.compile(r"(?:T/M|TM\.?|K/T|KT\.?|T/L|TL\.?|T/U\s?Q|TUQ\.?|TUN\.?|Q\.)(?=\s|$)")
# "CHỦ TỊCH", "BỘ TRƯỞNG", "PHÓ GIÁM ĐỐC CÔNG AN TỈNH": the office of who signs, alone on its line
_OFFICE = re.compile(
    r"(?:PHÓ\s+)?(?:CHỦ\s+TỊCH|BỘ\s+TRƯỞNG|(?:TỔNG\s+)?GIÁM\s+ĐỐC|BÍ\s+THƯ|CỤC\s+TRƯỞNG|TRƯỞNG\s+BAN|CHÁNH\s+VĂN\s+PHÒNG|"
    rf"THỦ\s+TƯỚNG|VIỆN\s+TRƯỞNG|HIỆU\s+TRƯỞNG|TỔNG\s+THANH\s+TRA)(?:\s[{CAPITAL}\s]{{2,60}})?"
)
# "- Kính gửi: - Ủy ban nhân dân huyện,", "Kính gửi:"
_ADDRESS = re.compile(r"[-\s]*kính\s+gửi\s*:?\s*", re.I)
_ADDRESS_INSIDE = re.compile(r"K(?<!\wK)ính\s+gửi\s*:\s*")
# "THỦ TƯỚNG CHÍNH PHỦ điện:", "Chủ tịch UBND tỉnh … điện:"
_DISPATCH = re.compile(r"[^\n.:;]{5,120}?\bđiện\s*:", re.I)


@dataclass(frozen=True, slots=True)
class Zones:
    """Offsets into the clean text. ``body`` is what lies between head and tail; empty zones have start == end.

    ``type_line`` is the line of the type name ("CHỈ THỊ"), ``address`` the addressees' text behind "Kính gửi" or
    "điện:".
    """

    head: tuple[int, int]
    type_line: tuple[int, int] | None
    address: tuple[int, int] | None
    body: tuple[int, int]
    distribution: tuple[int, int] | None
    signature: tuple[int, int] | None
    stamps: tuple[tuple[int, int], ...]


def _is_type_line(text: str, line: Line) -> bool:
    return text[line.start : line.end].isupper() and code_for(text[line.start : line.end]) is not None


def _broken_type_line(text: str, lines: tuple[Line, ...], at: int) -> bool:
    """A type name that a narrow page broke: "KẾ" / "HOẠCH"."""
    if at + 1 >= len(lines) or lines[at + 1].after_gap:
        return False
    both = text[lines[at].start : lines[at + 1].end]
    return both.isupper() and "\n" in both and code_for(both) is not None


def type_line_of(text: str, lines: tuple[Line, ...]) -> tuple[int, int] | None:
    """The line that names the type in capitals: "KẾ HOẠCH"; also broken over two lines, or opening the title line."""
    for at, line in enumerate(lines[:HEAD_LINES]):
        if _is_type_line(text, line):
            return line.start, line.end
        if _broken_type_line(text, lines, at):
            return line.start, lines[at + 1].end
    return None


def inside(position: int, zones: tuple[tuple[int, int], ...]) -> bool:
    """True when ``position`` lies in one of the zones."""
    return any(start <= position < end for start, end in zones)


def _address_of(text: str, lines: tuple[Line, ...]) -> tuple[int, int] | None:
    for at, line in enumerate(lines[:HEAD_LINES]):
        dispatched = text[line.end - 1] == ":"
        cue = _ADDRESS.match(text, line.start) or (dispatched and _DISPATCH.match(text, line.start, line.end))
        if cue and (cue.end() >= line.end or cue.re is _ADDRESS):
            return cue.end(), _list_end(text, lines, at, cue.end())
    return _address_inside(text)


def _address_inside(text: str) -> tuple[int, int] | None:
    """The addressee of a letter whose head a portal put on one line with it."""
    cue = _ADDRESS_INSIDE.search(text, 0, 2500)
    opening = _OPENING.search(text, cue.end() + 4, cue.end() + 400) if cue else None
    return (cue.end(), opening.start()) if cue and opening else None


# A letter on one line goes on behind its addressee: "Kính gửi: Tổng công ty A Phúc đáp Công văn số …"
_OPENING = re.compile(r"\s(?=(?:Phúc đáp|Trả lời|Thực hiện|Căn cứ|Theo|Ngày|Trong|Trên cơ sở|Để|Qua)\s)")


def _list_end(text: str, lines: tuple[Line, ...], at: int, start: int) -> int:
    """Where the addressees' list ends: before the first line after it that is neither an item nor its continuation."""
    end = max(start, lines[at].end)
    for before, line in zip(lines[at:], lines[at + 1 :], strict=False):
        item = text[line.start] in "-+" or text[line.start].islower()
        open_list = text[before.end - 1] in ",;:" and line.end - line.start < 200
        if not (
            item
            or (open_list and not line.after_gap)
            or (before.end <= start and open_list)
            or (not line.after_gap and text[before.end - 1].isalnum() and _ends_item(text, line))
        ):
            break
        end = line.end
    opening = _OPENING.search(text, start + 4, end)
    return opening.start() if opening else end


def _ends_item(text: str, line: Line) -> bool:
    """True for the rest of an item that a narrow page broke: "- Thống đốc Ngân hàng Nhà nước" / "Việt Nam;"."""
    return line.end - line.start < SHORT_REST and text[line.end - 1] in ";,."


def _tail_start(text: str, lines: tuple[Line, ...], after: int) -> int:
    """Where the text of the act ends: at the distribution list or the signature, whichever comes first."""
    marked = next((line.start for line in lines if line.start > after and ends_text(text, line)), None)
    if marked is not None:
        return marked
    last = [line for line in lines[-SIGNATURE_LINES:] if line.start > after]
    return next((line.start for line in last if _OFFICE.fullmatch(text, line.start, line.end)), len(text))


def ends_text(text: str, line: Line) -> bool:
    """True for the line with which the text of an act ends: the distribution list or the authority that signs."""
    return bool(_DISTRIBUTION.match(text, line.start) or AUTHORITY.match(text, line.start, line.end))


def _distribution_of(text: str, lines: tuple[Line, ...], tail: int) -> tuple[int, int] | None:
    for at, line in enumerate(lines):
        if line.start >= tail and (cue := _DISTRIBUTION.match(text, line.start)):
            end = max(line.end, cue.end())
            for item in lines[at + 1 :]:
                goes_on = text[end - 1] in ",:" or text[item.start] in "-+"
                if AUTHORITY.match(text, item.start) or (_capitals(text, item) and not goes_on):
                    break
                end = item.end
                if re.match(r"[-\s]*lưu\b", text[item.start : item.end], re.I):
                    break
            return cue.end(), end
    return None


def _capitals(text: str, line: Line) -> bool:
    return text[line.start : line.end].isupper()


def zones_of(text: str) -> Zones:
    """The zones of one document's clean text."""
    lines = lines_of(text)
    stamps = stamps_of(text, lines)
    type_line = type_line_of(text, tuple(ln for ln in lines if not inside(ln.start, stamps)))
    address = _address_of(text, lines)
    head_end = _head_end(text, lines, type_line, address)
    tail = _tail_start(text, lines, head_end)
    distribution = _distribution_of(text, lines, tail)
    columns = distribution is not None and side_by_side(text, *distribution)
    signature = (tail, lines[-1].end) if columns else _signature_of(lines, tail, distribution)
    return Zones((0, head_end), type_line, address, (head_end, tail), distribution, signature, stamps)


def _signature_of(lines: tuple[Line, ...], tail: int, distribution: tuple[int, int] | None) -> tuple[int, int] | None:
    """What is left of the tail without the distribution list: behind it,
    or before it where the columns were swapped.
    """
    if not any(line.start >= tail for line in lines):
        return None
    if distribution is None:
        return tail, lines[-1].end
    behind = [ln for ln in lines if ln.start >= distribution[1]]
    if behind:
        return behind[0].start, behind[-1].end
    before = [ln for ln in lines if tail <= ln.start and ln.end <= distribution[0]]
    return (before[0].start, before[-1].end) if before else None


def _head_end(
    text: str,
    lines: tuple[Line, ...],
    type_line: tuple[int, int] | None,
    address: tuple[int, int] | None,
) -> int:
    """The head ends with its last part: addressees, else the title under the type name, else number, date and motto."""
    if address:
        return address[1]
    if type_line:
        return title_end(text, lines, type_line[1])
    end = 0
    for line in lines[:HEAD_LINES]:
        if _HEAD_SIGN.search(text, line.start, line.end):
            end = line.end
    return end


# Signs that a line belongs to a head: motto, Party title, number line, date line
_HEAD_SIGN = re.compile(
    r"^\s*Số\s*:?\s*[\d.…/ ]|,\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}\s*$"
    r"|CỘNG\s+HÒA\s+XÃ\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM"
)
# A title goes on with capitals or with "về …", "V/v …", "của …", "tại …", "thực hiện …", "ban hành kèm theo …"
_TITLE_LINE = re.compile(
    r"(?:về|v/v|của|tại|thực\s+hiện|triển\s+khai|ban\s+hành|phê\s+duyệt|hướng\s+dẫn|\(ban\s+hành|kết\s+luận|sửa\s+đổi|quy\s+định)\b",
    re.I,
)
# What ends a title though it stands in capitals or goes on like one
_CAPITAL_OPENING = re.compile(
    r"CĂN\s+CỨ|KÍNH\s+GỬI|QUYẾT\s+(?:ĐỊNH|NGHỊ)\s*:?$|ĐIỀU\s+1\b|CHƯƠNG\s+I\b|PHẦN\s|[IA]\s*[.-]|1\s*[.-]"
)
# "KẾ HOẠCH" / "Thực hiện Chương trình …": right under the type name it is the title
_IMPLEMENTS = re.compile(r"Thực\s+hiện\s")
_BODY_OPENING = re.compile(
    r"C(?i:ăn\s+cứ)|K(?i:ính\s+gửi)|X(?i:ét)\s|T(?i:heo\s+đề\s+nghị)|T(?i:hực\s+hiện)\s|T(?i:rong)\s|N(?i:gày)\s+\d|"
    r"Đ(?i:iều)\s+1\b|I\s*[.-]|1\s*[.-]|P(?i:hần)\s|C(?i:hương)\s+I\b|Q(?i:uyết\s+định)\s*:|N(?i:hằm)\s|Đ(?i:ể)\s",
)


def title_end(text: str, lines: tuple[Line, ...], start: int) -> int:
    """Where the title under the type name ends; ``start`` is the end of the type name.

    The lines right under the type name are title; behind a blank line only capitals, or "về …", "của …", "tại …" are.
    """
    end = start
    for line in lines:
        if line.start < start:
            continue
        capitals = text[line.start : line.end].isupper()
        opens = (_CAPITAL_OPENING if capitals else _BODY_OPENING).match(text, line.start)
        if opens and not (end == start and not line.after_gap and _IMPLEMENTS.match(text, line.start)):
            break
        if line.after_gap and not (capitals or (end == start and _TITLE_LINE.match(text, line.start))):
            break
        if line.after_gap and _AUTHORITY_LINE.match(text, line.start):
            break
        end = line.end
    return end


# "CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH …", "THỦ TƯỚNG CHÍNH PHỦ": the authority above a decision's "Căn cứ"
_AUTHORITY_LINE = re.compile(
    r"(?:CHỦ TỊCH|[ỦU][YỶ] BAN NHÂN DÂN|HỘI ĐỒNG NHÂN DÂN|BỘ TRƯỞNG|THỦ TƯỚNG|CHÍNH PHỦ|QUỐC HỘI|"
    r"(?:TỔNG )?GIÁM ĐỐC|(?:TỔNG )?CỤC TRƯỞNG)\b"
)


MOTTO = re.compile(r"CỘNG\s+H[ÒO]A\s+X[ÃA]\s+HỘI|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM")
_NUMBER_LINE = re.compile(r"(?:^|\n)[^\S\n]*+Số(?:\s*+:)?[\d.…\s]*+[-/]")
_PLACE_AND_DATE = re.compile(r",\s*ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}")
_PORTAL_HEAD = re.compile(r"\s*+#?\s*+[\w ]{4,30}?\s(?:số(?:\s*+:)?\s*+)?\d{1,5}\s*+[-/]\s*+[A-ZĐ0-9]")


def is_original(text: str, zones: Zones) -> bool:
    """True for a document itself, False for a report of one or a text printed without its head.

    One sign that only a document has is enough (motto, number line, addressees, distribution list); else two weaker
    ones.
    """
    head = text[: max(zones.head[1], 600)]
    strong = (MOTTO.search(head), _NUMBER_LINE.search(head), zones.address, zones.distribution)
    marked = any(AUTHORITY.match(text, ln.start) for ln in lines_of(text) if ln.start >= zones.body[1])
    weak = (
        zones.type_line,
        _PLACE_AND_DATE.search(head),
        zones.signature if marked else None,
        _PORTAL_HEAD.match(text),
    )
    return any(strong) or sum(map(bool, weak)) >= 2
