"""Tell the parts of a text that impose duties from those that introduce, assess, tell or state aims.

The class of a section comes from its title (``section_titles.csv``): "task", "purpose" (aims, principles, money), or
"assessment" (what was done or found).
"""

import re
from collections.abc import Sequence
from typing import Literal, cast

from chidao.loaders.layout import Paragraph
from chidao.loaders.phrases import at_word, pattern, row_of

LONGEST_ENDING = 10
"""A full stop with the quotes and brackets behind it is shorter, in code points."""
SectionClass = Literal["task", "purpose", "assessment"]

_ENDED = re.compile(r"(?<![^.]\.)[.;!?…:]['\")\]]*$|\./\.$")
_MAIN = re.compile(r"(?:về|công\s+tác|một\s+số|những|các)\s+")
# "đã ban hành Kế hoạch", "vừa ký": the paragraph tells; "rà soát văn bản đã ban hành, …" orders; "đồng chí …": persons
_TOLD = re.compile(
    at_word("đã", "vừa", "mới") + r"\s+(?:thay\s+mặt|(?:ban\s+hành|ký|tổ\s+chức|chủ\s+trì)\b"
    r"(?!\s*+(?:$|[,;.:)/]|(?:để|nhằm|cho|và|còn|không|mà|theo|trước\s+đây)\b))"
    r"|có\s+(?:nhiều\s+)?(?:văn\s+bản|nỗ\s+lực)|đi\s+kiểm)\b"
)
# "Trao đổi với phóng viên, ông …": what is said to the press orders nothing
_TO_PRESS = re.compile(
    at_word(r"trao\s+đổi", r"trả\s+lời", r"phát\s+biểu", r"chia\s+sẻ")
    + r"\s+(?:với|trước)\s+(?:phóng\s+viên|báo\s+chí|báo\s+giới|pv)\b"
)
# "Biểu dương và ghi nhận nỗ lực …", "Thủ tướng đánh giá cao …"; "Kịp thời biểu dương, khen thưởng …" is a duty
_COMMENDS = re.compile(
    r"(?:\w+\s+){0,9}?(?:đánh\s+giá\s+cao\b|(?:biểu\s+dương|ghi\s+nhận)"
    r"(?:\s*,|\s+và)?\s+(?:biểu\s+dương|ghi\s+nhận|đánh\s+giá|sự|những\s+(?:nỗ|kết|thành)|nỗ\s+lực|tinh\s+thần|kết\s+quả|thành\s+tích)\b)"
)
_PERSONS = re.compile(
    r"(?:tại\s+(?:hội\s+nghị|cuộc\s+họp|buổi)[^,.;]{0,80},\s*)?(?:các\s+)?"
    r"(?:đại\s+biểu|(?:đồng\s+chí|đ/c)(?![^.;]{0,200}\s(?:yêu\s+cầu|giao|đề\s+nghị|chỉ\s+đạo|kết\s+luận)\s))\b"
)
# "Quyết định này có hiệu lực …", "Chỉ thị này phổ biến đến …", "Trên đây là …": formulas
_FORMULA = re.compile(
    r"(?:[\w\s]{0,40}\b(?:này\s+(?:có\s+hiệu\s+lực|phổ\s+biến|thay\s+thế|được\s+(?:phổ\s+biến|thông\s+qua))|"
    r"trân\s+trọng\s+thông\s+báo)|trên\s+đây\s+là\b(?![^;]*;)|"
    r"(?:nay\s+)?(?:ban\s+hành|phê\s+duyệt)\s+kèm\s+theo\s|căn\s+cứ\s+(?!kết\s+luận|nội\s+dung|chức\s+năng)|theo\s+đề\s+nghị\b|xét\s+đề\s+nghị\b"
    # "Văn phòng … thông báo để các sở, ngành biết, thực hiện./."
    r"|(?:thừa\s+lệnh\b[^.;:]{0,80})?văn\s+phòng\b[^.;:,]{0,80}\bthông\s+báo\s[^.;:]{0,300}\bbiết\b)"
)
# "Điều 1. Phê duyệt …", "Bãi bỏ …": the act does it by being issued
_PERFORMS = re.compile(
    r"(?:phê\s+duyệt|ban\s+hành|bãi\s+bỏ|hủy\s+bỏ|sửa\s+đổi|bổ\s+sung|thành\s+lập|công\s+bố|quyết\s+định|thay\s+thế)\b"
)
# "1. Quyết định số 104/2000/QĐ-TTg ngày …": an item of a list of documents
_LISTED_ACT = re.compile(
    r"(?:luật|nghị\s+quyết|nghị\s+định|quyết\s+định|chỉ\s+thị|thông\s+tư|kết\s+luận|quy\s+định|công\s+văn|công\s+điện|kế\s+hoạch)\s++"
    r"(?:số\s++)?\d[\w/.-]*+(?:\s?-\s?[\w/.-]++)?\s*+(?:,?\s*+(?:ngày|của|về|quy|ban|năm|được)\b|[,;.]|$)"
)
# "1. Đối tượng kiểm tra: Đảng ủy các xã …": a label with what it states
_STATED = re.compile(
    r"(?:đối\s+tượng|thời\s+gian|địa\s+điểm|thành\s+phần|phạm\s+vi|hình\s+thức|số\s+lượng|thời\s+hạn|thời\s+điểm|kinh\s+phí)"
    r"(?:\s+[^\W\d]+){0,6}\s*+:\s*+(?=\S)"
)
# Statements of things: they bind through others
_STATEMENT = re.compile(
    r"(?:việc|văn\s+bản(?![^,;.]{0,40}\sphải\s)|giấy\s+tờ|đơn|bản\s+sao|chứng\s+từ|tài\s+liệu|hóa\s+đơn|hồ\s+sơ|kinh\s+phí|tờ\s+trình|biên\s+bản|các\s+chuyên\s+đề|bằng\s+khen|giấy\s+khen|nguồn|từ\s+ngân\s+sách|nguy\s+cơ|theo\s+(?:dự\s+báo|tổng\s+hợp)|"
    r"nội\s+dung|danh\s+mục|phụ\s+lục|đây\s+là|bản\s+tin|tập\s+thể\s*:|cá\s+nhân\s*:|nguyên\s+nhân|từ\s+đầu\s+năm|bên\s+cạnh|tuy\s+nhiên|thời\s+gian)\b"
)
_CONDITIONS = re.compile(
    r"\b(?:tiêu\s+chuẩn|tiêu\s+chí|đối\s+tượng|trường\s+hợp|điều\s+kiện|nguyên\s+tắc|quan\s+điểm|mục\s+tiêu|kết\s+quả(?:\s+nổi\s+bật)?|hạn\s+chế)"
    r"(?:\s++(?:chủ\s+yếu|cụ\s+thể|như))?(?:\s*+(?:sau(?:\s++đây)?|như))?\s*+:$"
)
_PAST = re.compile(r"\btuy\s+nhiên\b|\b(?:vừa|những\s+ngày)\s+qua\b[^.;]{0,300}\bđã\s|\bthời\s+gian\s+qua\b")
_STRONG = re.compile(r"\b(?:phải|cần|có\s+trách\s+nhiệm|chịu\s+trách\s+nhiệm|yêu\s+cầu|giao|đề\s+nghị|không\s+được)\s")


def lists_conditions(key: str, paragraph: Paragraph) -> bool:
    """True for a lead that opens criteria, aims or cases, not tasks: "… đạt các tiêu chuẩn sau:"."""
    return paragraph.lead and bool(_CONDITIONS.search(key, paragraph.content, paragraph.end))


def is_ended(key: str, paragraph: Paragraph) -> bool:
    """True where the paragraph closes as a sentence or an item does; titles, captions and page furniture do not."""
    return bool(_ENDED.search(key, max(paragraph.content, paragraph.end - LONGEST_ENDING), paragraph.end))


def title_class(key: str, start: int, end: int) -> SectionClass | None:
    """The class that a title's first words give: "I. MỤC ĐÍCH, YÊU CẦU" -> purpose; None for titles of content."""
    main = _MAIN.match(key, start, end)
    for at in (start, *((main.end(),) if main else ())):
        found = pattern("section_titles", "words").match(key, at, end)
        if found:
            return cast(SectionClass, row_of("section_titles", "words", found[0])["class"])
    return None


def is_title(key: str, paragraphs: Sequence[Paragraph], at: int) -> bool:
    """True where the paragraph only names what follows: no full stop, and other text below it.

    The last items of lists often lack their full stop; they are followed by items of their own level.
    """
    paragraph = paragraphs[at]
    if is_ended(key, paragraph) or at + 1 == len(paragraphs):
        return False
    below = paragraphs[at + 1]
    if paragraph.level == 0:
        return below.level <= 1 or below.level >= 4
    if paragraph.marker in "-+":
        return below.marker == "+" and paragraph.marker == "-"
    return below.level == 0 or below.level > paragraph.level


def is_background(text: str, key: str, paragraph: Paragraph) -> bool:
    """True for what imposes nothing by its form: told, commending, formulas, lists of acts, the act's own effects."""
    at, end = paragraph.content, paragraph.end
    return bool(
        _tells(text, key, at, end)
        or _COMMENDS.match(key, at, end)
        or _PERSONS.match(key, at, end)
        or _FORMULA.match(key, at, end)
        or _LISTED_ACT.match(key, at, end)
        or _states(key, at, end)
        or (paragraph.marker.startswith("Điều") and _PERFORMS.match(key, at, end))
    )


def _tells(text: str, key: str, at: int, end: int) -> bool:
    """True where something is told; "Mới" in the name of a place is no adverb: "Trạm Y tế xã Đất Mới tổ chức …"."""
    told = (found.start() for form in (_TOLD, _TO_PRESS) for found in form.finditer(key, at, end))
    return any(start == at or not text[start].isupper() for start in told)


def _states(key: str, at: int, end: int) -> bool:
    """True for a label of time, place or object with its value, where that commands nothing."""
    label = _STATED.match(key, at, end)
    return label is not None and not _STRONG.search(key, label.end(), end)


def is_statement(key: str, at: int, end: int) -> bool:
    """True where the words at ``at`` begin a statement about things: "Hồ sơ nộp …", "Việc khôi phục …"."""
    return bool(_STATEMENT.match(key, at, end))


def is_past(key: str, start: int, end: int) -> bool:
    """True where the words tell what happened: "Trong những ngày qua, mưa lớn đã gây sạt lở, | làm …"."""
    return bool(_PAST.search(key, start, end))


def is_strong(key: str, start: int, end: int) -> bool:
    """True where the predicate obliges in so many words: "cần", "phải", "có trách nhiệm"."""
    return bool(_STRONG.match(key, start, end))
