"""Cut a clean text into lines and paragraphs, number the sections, and set apart what is no text of the document.

Forms: 36-HD/VPTW (Party) and Decree 30/2020/NĐ-CP (State), as offices, scanners and portals leave them: two-column
heads
flattened, lines wrapped hard, sentences cut by page breaks, stamps and watermarks in the middle.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from chidao.loaders.clean import Clean
from chidao.loaders.letters import CAPITAL
from chidao.loaders.phrases import pattern


class Line(NamedTuple):
    """``start:end`` of a line without the blanks around it; ``after_gap`` when blank lines stand before it."""

    start: int
    end: int
    after_gap: bool


class Paragraph(NamedTuple):
    """One paragraph of running text, ``start:end`` of the clean text; line ends inside it are blanks.

    ``content`` is where the text begins behind the marker ("2.14.", "a)", "-"). ``section`` is the number of the
    section that
    it stands in ("2.14", "II.1", "1.đ", "Điều 2.2"), None before the first. ``level`` orders the markers: 0 none, 1
    Điều or
    Roman, 2 arabic, 3 and more for "2.1", "a)", then dashes. ``lead`` when the paragraph ends in a colon and so opens
    others.
    """

    start: int
    end: int
    content: int
    marker: str
    section: str | None
    level: float
    lead: bool


_DIGITS, _LETTERS = "0123456789", "abcdefghijklmnopqrstuvwxyzđ"
# Kind, first letters, form; in the order tried: "Điều 2.", "II.", "I-", "2.14.", "1-", "1)", "a)", "đ)", "- ", "+ "
_MARKERS = (
    ("article", "Đ", re.compile(r"Điều\s+(?P<n>\d+[a-zđ]?)\s*[.:]\s*")),
    (
        "roman",
        "PMCIVX",
        re.compile(rf"(?:Phần\s+|Mục\s+|Chương\s+)?(?P<n>[IVX]{{1,5}})\s*(?:[.)]|-(?=\s)|-(?=[{CAPITAL}]))[-.]?\s*"),
    ),
    # "A- TÌNH HÌNH VÀ NGUYÊN NHÂN", "B. NỘI DUNG": a part whose title is in capitals
    ("part", "ABCDEĐ", re.compile(rf"(?P<n>[A-EĐ])\s?[.-][-.]?\s*+(?=[{CAPITAL}]{{2,}}+\s)")),
    ("decimal", _DIGITS, re.compile(rf"(?P<n>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:\s*+[.)-]\s*+|(?=\s++[{CAPITAL}]))")),
    ("arabic", _DIGITS, re.compile(rf"(?P<n>\d{{1,2}})\s*(?:[.)]\s*(?!\d)|[-/](?=\s)|-(?=[{CAPITAL}])|\.-)\s*")),
    ("letter", _LETTERS, re.compile(r"(?P<n>[a-zđ])\s*(?:\)|\.(?=\s)|-(?=\s))\s*")),
    ("bracket", "(", re.compile(r"\((?P<n>\d{1,2}|[a-zđ])\)\s*(?=\S)")),
    ("dash", "-+•·", re.compile(r"(?P<n>[-+•·])\s*(?=\S)")),
)
_FORMS = {
    first: tuple((kind, form) for kind, letters, form in _MARKERS if first in letters)
    for first in "".join(letters for _, letters, _ in _MARKERS)
}
# A line that a page break or a wrap begins with a symbol: "57-NQ/TW ngày …", "1850/QĐ-TTg ngày …"; no section is
# numbered so
_SYMBOL = re.compile(r"\d{1,5}[a-zđ]?\s?(?:-\s?[A-ZĐ][A-Za-zĐđ]{1,4}\s?/|/(?:\d{4}/)?[A-ZĐ]{2})")
# "*Căn cứ Luật" / "Ngân sách nhà nước số 89/2025/QH15;*": a basis goes on to its semicolon, however short its first
# line
_BASIS = re.compile(r"[-+\s]*(?:căn cứ|theo đề nghị|xét)\s", re.I)
_LEVELS = {"part": 0.5, "article": 1, "roman": 1, "arabic": 2, "decimal": 3, "letter": 4, "bracket": 5, "dash": 6}

# What offices and machines put over a text:
# "5/09/2020 - Nguyễn Văn A - Văn phòng - 13:47 15/09/2020": an e-office watermark (date - user - unit - time)
_WATERMARK = r"\d{1,2}/\d{2}/\d{4}\s*-\s*[^\n-]{3,40}-[^\n-]{2,40}-\s*\d{1,2}:\d{2}"
# "Ký bởi: …", "Người ký: …", "Thời gian ký: 15.09.2020 13:47:10 +07:00"
_E_SIGNATURE = r"(?i:Ký bởi|Người ký|Thời gian ký|Email|Cơ quan)\s*:"
# "-------", "*", "___", a page number alone on its line, "Trang 2/5"
_RULE = r"[-_=.*#\s]+$|\d{1,3}$|(?i:Trang)\s+\d+(?:\s*/\s*\d+)?$"
_NOISE = re.compile(f"{_RULE}|{_WATERMARK}|{_E_SIGNATURE}")
_NOISE_FIRST = frozenset("-_=.*#0123456789TKNECtknec")
_LINE = re.compile(r"\S[^\n]*")
LONGEST_VERB = 40
"""No verb of predicates.csv is longer, in code points."""
WRAPPED_SHARE = 12
"""On a page wrapped hard at least one line of so many begins in small letters."""
_CLOSING, _STOPS = "'\"”’)]", frozenset(".:;!?…")


@lru_cache(maxsize=4)
def lines_of(text: str) -> tuple[Line, ...]:
    """The lines that hold more than blanks, in order; a text is cut once, however often it is asked for."""
    lines, before = list[Line](), -1
    for found in _LINE.finditer(text):
        start = found.start()
        end = start + len(found[0].rstrip())
        gap = before < 0 or text.count("\n", before, start) > 1
        lines.append(Line(start, end, gap))
        before = end
    return tuple(lines)


def is_noise(text: str, line: Line) -> bool:
    """True for what offices and machines put over a text: rules, page numbers, watermarks, electronic signatures."""
    return text[line.start] in _NOISE_FIRST and _NOISE.match(text, line.start, line.end) is not None


def marker_at(text: str, start: int, end: int) -> tuple[str, str, int] | None:
    """Kind, number and end of the marker with which a line begins: ("decimal", "2.14", 1042); None without one."""
    first = text[start]
    for kind, form in _FORMS.get(first, ()):
        found = form.match(text, start, end)
        if found and not (first in _DIGITS and _SYMBOL.match(text, start, end)):
            return kind, found["n"], found.end()
    return None


def wrap_width(lines: Sequence[Line]) -> int | None:
    """The width at which a page wrapped its lines hard, in code points; None where each paragraph is one line."""
    lengths = sorted(line.end - line.start for line in lines)
    if not lengths or lengths[int(0.95 * (len(lengths) - 1))] > 120:
        return None
    return max(lengths[int(0.8 * (len(lengths) - 1))], 40)


@lru_cache(maxsize=4)
def is_wrapped(text: str) -> bool:
    """True where lines go on in small letters, as those of a page wrapped hard do and whole paragraphs do not."""
    lines = lines_of(text)
    small = (line for line in lines if text[line.start].islower() and text[line.start + 1 : line.start + 2].isalpha())
    return sum(1 for _ in small) * WRAPPED_SHARE >= len(lines)


def _is_heading(text: str, before: Line, line: Line) -> bool:
    """True for a numbered line over what it heads, where no page is wrapped: "1. Sở Y tế" / "Chủ trì tham mưu …"."""
    if is_wrapped(text) or not text[line.start].isupper() or not marker_at(text, before.start, before.end):
        return False
    opening = text[line.start : line.start + LONGEST_VERB].lower()
    return pattern("predicates", "word", frozenset({"adverb", "verb"})).match(opening) is not None


def continues(text: str, before: Line, line: Line, width: int | None) -> bool:
    """True when ``line`` goes on with the sentence of the line before it: wrapped hard, or cut by a page break.

    ``width`` is that of `wrap_width`: a full stop at the very end of a full line may stand inside a paragraph, and a
    hyphen behind one may be that of a name ("Tập đoàn Công nghiệp" / "- Viễn thông Quân đội").
    """
    wrapped = width is not None and is_wrapped(text)
    full = wrapped and width is not None and before.end - before.start >= width - 8
    marker = marker_at(text, line.start, line.end)
    if marker:
        wrapped_hyphen = marker[0] == "dash" and full and not line.after_gap
        return wrapped_hyphen and text[before.end - 1].isalnum()
    ended = text[before.start : before.end].rstrip(_CLOSING)[-1:] in _STOPS
    lower = text[line.start].islower() or text[line.start] in ",;)”"
    if text[before.end - 2 : before.end].lower() == "số":  # the number is due
        return True
    if line.after_gap:
        return lower and not ended
    if not ended and _BASIS.match(text, before.start, before.end) and not text[before.start : before.end].isupper():
        return lower or text[before.end - 1] != ","
    return (
        lower
        or text[before.end - 1] == ","
        or (full and (not ended or text[before.end - 1] == "."))
        or (not (ended or _is_heading(text, before, line)) and (width is not None or before.end - before.start >= 25))
    )


def _numbered(kind: str, number: str, above: dict[float, str]) -> dict[float, str]:
    """The open section numbers by level after a marker of ``kind``."""
    level = _LEVELS[kind]
    kept = {depth: name for depth, name in above.items() if depth < level}
    if kind == "article":
        return {1: f"Điều {number}"}
    if kind == "decimal":
        return {depth: name for depth, name in kept.items() if depth < 2} | {3: number}
    if kind == "dash":
        return above
    return kept | {level: number}


def paragraphs_of(clean: Clean, start: int, end: int) -> tuple[Paragraph, ...]:
    """The paragraphs between two offsets of the clean text, each with its section; noise lines are left out."""
    text = clean.text
    lines = [ln for ln in lines_of(text) if start <= ln.start < end and not is_noise(text, ln)]
    width = wrap_width(lines_of(text))
    groups: list[list[Line]] = []
    for line in lines:
        if groups and continues(text, groups[-1][-1], line, width):
            groups[-1].append(line)
        else:
            groups.append([line])
    found, open_sections, section = [], dict[float, str](), None
    for group in groups:
        first, last = group[0].start, group[-1].end
        marker = marker_at(text, first, group[0].end)
        kind, number, content = marker or ("", "", first)
        if marker:
            open_sections = _numbered(kind, number, open_sections)
            section = ".".join(open_sections[depth] for depth in sorted(open_sections)) or None
        level = _LEVELS.get(kind, 0) + (number.count(".") if kind == "decimal" else 0)
        found.append(
            Paragraph(first, last, content, text[first:content].strip(), section, level, text[last - 1] == ":")
        )
    return tuple(found)
