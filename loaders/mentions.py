"""Read the mentions of numbered documents: type word, number and symbol, date, issuer, subject.

"Công văn số 635-CV/TU ngày 24/8/2021 của Thường trực Tỉnh ủy về công tác …". Date and issuer belong to the symbol at
their left; the issuer of the last of a list is also that of the earlier ones with the same code that name none.
"""

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import zip_longest
from typing import NamedTuple

from chidao.graph.model import Body
from chidao.graph.names import Symbol
from chidao.loaders.bodies import Reading, find_bodies, starts_with_body
from chidao.loaders.clean import Clean
from chidao.loaders.dates import FoundDate, date_at
from chidao.loaders.issuer_phrases import ASIDE, OF, issuers_at, issuers_behind
from chidao.loaders.symbols import FoundSymbol, as_letter, find_symbols
from chidao.loaders.types import settled_code, type_word

# What may stand between type word and number: "Công văn hỏa tốc số", "Thông tư liên tịch số", "Công điện khẩn số"
_ADJECTIVE = (
    r"(?:\s++(?:khẩn|hỏa\s++tốc|thượng\s++khẩn|mật|tối\s++mật|tuyệt\s++mật|liên\s++tịch|liên\s++ngành|"
    r"kết\s++luận|hành\s++động|phối\s++hợp|chỉ\s++đạo|nghị\s++định))"
)
_ADJECTIVES = re.compile(rf"{_ADJECTIVE}{{0,2}}\s*+")
# Between type word and symbol: adjectives, "của Quốc hội", "số", the first numbers of a list ("15, 16/CT-TTg")
_BETWEEN = re.compile(
    rf"(?:{_ADJECTIVE}{{0,3}}|(?:\s++[^\W\d_]+){{1,5}}?(?=\s++số\b))(?P<of>\s++của\s++[^.;:()\d]{{2,90}})?"
    r"\s*+:?\s*+(?:\bsố\b\s*+:?)?\s*+[\"(]?\s*+"
    r"(?P<earlier>(?:(?:số\s++)?\d{1,5}[a-zđ]?\s*+(?:,|;|\bvà\b|,\s*+và\b)\s*+(?:số\s++)?)*)"
)
# "Luật Ban hành văn bản quy phạm pháp luật số 64/2025/QH15": the name of a law stands before its number
_LAW_NAME = re.compile(r"\s[^;:/.]{2,200}?\bsố\s*+")
# "Luật sửa đổi, bổ sung một số điều của Luật Chứng khoán, Luật Kế toán … số 56/2024/QH15": the first "Luật" begins it
_AMENDING_LAW = re.compile(r"\bluật\s++(?:sửa\s++đổi|thay\s++thế)[^;:./]*$")
_LAWS = ("luật", "bộ luật", "pháp lệnh")
_GENERIC = re.compile(r"\bvăn\s++bản(?=[^,.;:]{0,20}$)")
# "Mẫu số 01/TK-SDDPNN", "Biểu số 02/BC-UB", "Phụ lục số": forms and annexes are numbered too, and are no documents
_NO_DOCUMENT = re.compile(
    r"(?:mẫu|biểu|bảng|phụ\s++lục|mã|hồ\s++sơ|phiếu|tờ\s++khai|hóa\s++đơn|hợp\s++đồng)(?:\s++số)*\s*+:?\s*+$"
)
# Behind the symbol: an aside "(khóa XII)", "(sửa đổi)", then the day, or the year alone
_DAY = re.compile(r"\s*+[,(]?\s*+(?:(?:được\s++)?(?:ký\s++)?(?:ban\s++hành\s++)?(?:đề\s++)?ngày)\s*+(?=\d)")
_YEAR = re.compile(
    r"\s*+[,(]?\s*+(?:ngày\s*+[/.…\s]*)?(?:tháng\s++\d{1,2}\s*+(?:năm\s++|/))?(?:năm\s++)?"
    r"(?P<y>(?:19|20)\d\d)\b(?!\s*+[-/]\s*+\d)"
)
# What ends the subject: a comma before a body that acts ("…, Ban Thường vụ Huyện ủy yêu cầu …")
_COMMA = re.compile(r",\s+(?=[^\W\d_])")
# "các cơ quan, đơn vị, doanh nghiệp triển khai …": a bare noun goes on with a list, "các đơn vị" may begin a clause
_GOES_ON = re.compile(
    r"(?:đơn\s+vị|doanh\s+nghiệp|cơ\s+quan|tổ\s+chức|đoàn\s+thể|hợp\s+tác\s+xã|cá\s+nhân|hộ|kinh\s+doanh|người|cán\s+bộ|địa\s+phương|trường|"
    r"cơ\s+sở|ban|ngành|hội)\b"
)
_ACTS = re.compile(
    r"\s+(?:yêu\s+cầu|đề\s+nghị|ban\s+hành|xây\s+dựng|chỉ\s+đạo|chỉ\s+thị|kết\s+luận|triển\s+khai|báo\s+cáo|"
    r"có\s+ý\s+kiến|quyết\s+định|thông\s+báo|hướng\s+dẫn|giao|đã\s|nhận\s+được)\b"
)
# What begins the subject: "về (việc) …", "V/v", a quoted title, or the verb of a decision's title
_ABOUT = re.compile(
    r"\s*+,?\s*+(?P<subject>(?:về\b|v/v\b|\"|quy\s++định\b|phê\s++duyệt\b|ban\s++hành\b|hướng\s++dẫn\b|sửa\s++đổi\b|"
    r"thông\s++báo\b|"
    r"triển\s++khai\b|thực\s++hiện\b|thông\s++qua\b|công\s++bố\b|thành\s++lập\b|điều\s++chỉnh\b|giao\b))"
)
# "số 55/2010/QH12 ngày … về miễn thuế; số 28/2016/QH14": the list goes on behind the subject
_FURTHER_NUMBER = re.compile(r"[;,]\s*+(?:và\s++)?số\s*+$")
_NUMBER_WORD = re.compile(r"\bsố\s*+:?\s*+$")
# "… tại Tờ trình số", "… đã có Công văn số": whose document follows is named before
_SENT = re.compile(
    r"(?<!\s)(?:\s++(?:tại|có|đã\s++có|đã\s++ban\s++hành|ban\s++hành|đã\s++gửi)\s++(?:các\s++)?|\s*+\(\s*+(?:tại\s++)?)$"
)
# Between the items of a list: ", ", "; ", " và ", " và số "
_SEPARATOR = re.compile(r"[\s,;)]*(?:(?:và|cùng|hoặc)\s++)?(?:các\s++)?(?:số\s++)?")
# "số 07" or a bare number, where no symbol and no count of things follows
_SHORT = re.compile(
    r"(?P<n>[0-9](?<!\w[0-9])\d{0,4}[a-zđ]?)\b(?!\s*+[-/]|[.,:]\d|%|\s*+(?:năm|tháng|ngày|nội\s++dung|vấn\s++đề|"
    r"nhiệm\s++vụ|điểm|khoản|điều|giờ|người|đồng|triệu|tỷ|trang|chương|mục|phần|bộ|cấp|lần|đơn\s++vị|văn\s++bản|"
    r"nghị\s++quyết|kế\s++hoạch)\b)"
)
WINDOW = 480
"""Code points before a symbol in which its type word is looked for (the name of a law stands between)."""


class Mention(NamedTuple):
    """One naming of a numbered document, in offsets of the clean text.

    ``start`` is where the type word begins, ``symbol_end`` where number and symbol end, ``core_end`` where date and
    issuer end, ``end`` where the subject ends. ``symbol`` is None for a short form ("Chỉ thị số 07"). ``year`` is
    that of symbol or date.
    ``sender`` is the body named right before ("Sở Y tế tại Tờ trình số …"), where no issuer stands behind.
    """

    start: int
    symbol_start: int
    symbol_end: int
    core_end: int
    end: int
    type: str | None
    number: str
    word: str | None = None
    symbol: Symbol | None = None
    date: FoundDate | None = None
    year: int | None = None
    issuers: tuple[Body, ...] = ()
    subject: tuple[int, int] | None = None
    sender: Body | None = None


class _Cue(NamedTuple):
    """What stands before a symbol: start, type word, the earlier numbers of an elliptic list, an issuer named there."""

    start: int
    word: str | None
    earlier: tuple[str, ...] = ()
    issuer_at: int | None = None


def _cue_before(clean: Clean, symbol: FoundSymbol, floor: int) -> _Cue | None:
    """The type word that names the symbol's type; None where nothing introduces it."""
    left = max(floor, symbol.start - WINDOW)
    window = clean.key[left : symbol.start]
    generic = _GENERIC.search(window)
    for word in reversed(list(type_word().finditer(window))):
        law = word["word"] in _LAWS
        if generic and generic.start() > word.start():
            break
        if law and (symbol.symbol.style == "letter" or not _begins_law(clean, left + word.start())):
            continue
        between = _BETWEEN.fullmatch(window, word.end())
        if between:
            earlier = tuple(re.findall(r"\d{1,5}[a-zđ]?", between["earlier"]))
            of = OF.match(window, between.start("of")) if between["of"] else None
            return _Cue(left + word.start(), word["word"], earlier, left + of.end() if of else None)
        if law and symbol.symbol.type in (None, "LCT") and _LAW_NAME.fullmatch(window, word.end()):
            amending = _AMENDING_LAW.search(window)
            return _Cue(left + (amending or word).start(), word["word"])
    return _Cue(left + generic.start(), None) if generic else None


def _begins_law(clean: Clean, at: int) -> bool:
    """ "Luật" with its capital begins a law's name; in "pháp luật", "kỷ luật" it does not."""
    return clean.text[at].isupper() and not clean.key.endswith(("pháp ", "kỷ "), 0, at)


def _typed(symbol: Symbol, word: str | None) -> tuple[str | None, Symbol]:
    """Type and symbol as the word beside it says: "5348/CT-CS" of a công văn is a letter, "769/TTg" may be none."""
    if symbol.style == "letter":
        return (settled_code(None, word) or "CV"), symbol
    plain_letter = word and re.sub(r"\s+", " ", word) == "công văn"
    if plain_letter and symbol.style == "state" and symbol.year is None and symbol.type != "CV":
        return "CV", as_letter(symbol)
    return settled_code(symbol.type, word), symbol


def _dated(clean: Clean, start: int, year: int | None) -> tuple[FoundDate | None, int | None, int]:
    """Day, year and end of the date that follows ``start``, past an aside in brackets."""
    for skip in (None, ASIDE.match(clean.key, start)):
        at = skip.end() if skip else start
        lead = _DAY.match(clean.key, at)
        day = date_at(clean.key, lead.end(), year) if lead else None
        if day:
            return day, (int(day.iso[:4]) if day.iso else None), day.end
        alone = _YEAR.match(clean.key, at)
        if alone:
            return None, int(alone["y"]), alone.end()
    return None, None, start


def _subject_end(clean: Clean, start: int, limit: int, reading: Reading) -> int:
    """Where a subject ends: at its closing quote, a semicolon, the next clause's subject, or the end of the sentence.

    "… về mùa khô, Ủy ban nhân dân huyện xây dựng Kế hoạch": what a body does is no part of the title.
    """
    if clean.key[start] == '"':
        closing = clean.key.find('"', start + 1, limit)
        return closing + 1 if closing > 0 else limit
    end = min((at for at in (clean.key.find(mark, start, limit) for mark in ";:") if at >= 0), default=limit)
    for comma in _COMMA.finditer(clean.text, start, end):
        if _GOES_ON.match(clean.text, comma.end()):
            continue
        actor = starts_with_body(clean.text, comma.end(), end, reading)
        if actor and _ACTS.match(clean.key, actor):
            return comma.start()
    return end


def _core(clean: Clean, mention: Mention, limit: int, reading: Reading, year: int | None) -> Mention:
    """The mention with its date and issuer; ``limit`` is the end of the sentence."""
    day, stated, at = _dated(clean, mention.symbol_end, year)
    issuers, at = issuers_behind(clean, at, limit, reading, mention.symbol)
    if stated is None and issuers:
        day, stated, at = _dated(clean, at, year)
    sender = None if issuers else _sender(clean, mention.start, reading)
    year_of_issue = (mention.symbol.year if mention.symbol else None) or stated
    return mention._replace(core_end=at, end=at, date=day, year=year_of_issue, issuers=issuers, sender=sender)


def _sender(clean: Clean, at: int, reading: Reading) -> Body | None:
    """The body whose document it is by the words before it: "UBND tỉnh Tuyên Quang tại văn bản số 84/BC-UBND"."""
    left = max(0, at - 160)
    link = _SENT.search(clean.key, left, at)
    named = find_bodies(clean.text, left, link.start(), reading) if link else []
    return named[-1].body if link and named and named[-1].end == link.start() else None


def _with_subject(clean: Clean, mention: Mention, limit: int, reading: Reading) -> Mention:
    """The mention with its subject, which ends before ``limit`` (the next mention, or the end of the sentence)."""
    about = _ABOUT.match(clean.key, mention.core_end, limit)
    if about is None:
        return mention
    subject = (about.start("subject"), _subject_end(clean, about.start("subject"), limit, reading))
    return mention._replace(subject=subject, end=subject[1])


def _inherited(clean: Clean, before: Mention | None, found: FoundSymbol) -> _Cue | None:
    """The cue of a symbol that goes on with a list: "công văn số 16495/BTC-PTHT ngày 22/10/2025, số 13021/BTC-PTHT"."""
    if before is None:
        return None
    directly = _SEPARATOR.fullmatch(clean.key, before.core_end, found.start)
    if not directly and not _FURTHER_NUMBER.search(clean.key, before.core_end, found.start):
        return None
    return _Cue(_behind_separator(clean, found.start), before.word if _same_code(before.symbol, found.symbol) else None)


def _behind_separator(clean: Clean, at: int) -> int:
    """Where "số" stands before a symbol without type word, else ``at``."""
    cue = _NUMBER_WORD.search(clean.key, max(0, at - 8), at)
    return cue.start() if cue else at


def _same_code(one: Symbol | None, other: Symbol | None) -> bool:
    return one is not None and other is not None and (one.style, one.type) == (other.style, other.type)


def _cores(clean: Clean, start: int, end: int, reading: Reading, year: int | None) -> Iterator[Mention]:
    """Type, symbol, date and issuer of each mention in a sentence; elliptic lists are taken apart."""
    floor, before = start, None
    head: tuple[Body, ...] = ()
    for found in find_symbols(clean.text, start, end, letters=True):
        own_cue = _cue_before(clean, found, floor)
        cue = own_cue or _inherited(clean, before, found)
        if cue is None and (found.symbol.style == "letter" or _NO_DOCUMENT.search(clean.key, floor, found.start)):
            continue
        begin, word = (cue.start, cue.word) if cue else (_behind_separator(clean, found.start), None)
        code, symbol = _typed(found.symbol, word)
        mention = Mention(begin, found.start, found.end, found.end, found.end, code, symbol.number or "", word, symbol)
        before = _core(clean, mention, end, reading, year)
        if own_cue:
            head = issuers_at(clean, own_cue.issuer_at, found.start, reading)[0] if own_cue.issuer_at else ()
        if cue and head and not before.issuers:
            before = before._replace(issuers=head)
        for number in cue.earlier if cue else ():
            yield before._replace(number=number, symbol=replace(symbol, number=number), date=None, year=symbol.year)
        yield before
        floor = found.end


def mentions_in(clean: Clean, start: int, end: int, reading: Reading, year: int | None = None) -> tuple[Mention, ...]:
    """The numbered mentions in the sentence ``start:end``, in order; ``year`` is that of dates without one."""
    cores = list(_cores(clean, start, end, reading, year))
    found: list[Mention] = []
    for mention, after in zip_longest(cores, cores[1:]):
        limit = after.start if after and after.start > mention.core_end else end
        found.append(_with_subject(clean, mention, limit, reading))
    for at in range(len(found) - 2, -1, -1):
        if not found[at].issuers and _shares_issuer(clean, found[at], found[at + 1]):
            found[at] = found[at]._replace(issuers=found[at + 1].issuers)
    return tuple(found)


def _shares_issuer(clean: Clean, one: Mention, after: Mention) -> bool:
    """One issuer behind both: "Chỉ thị số 15/CT-TTg, Chỉ thị số 16/CT-TTg của Thủ tướng Chính phủ"."""
    if not (one.symbol and after.symbol and one.symbol.issuer == after.symbol.issuer):
        return False
    return bool(_SEPARATOR.fullmatch(clean.key, one.core_end, max(after.start, one.core_end)))


def short_forms_in(clean: Clean, start: int, end: int) -> Iterator[Mention]:
    """Type and number without the rest of the symbol: "Chỉ thị số 07", "Nghị quyết 18"."""
    for number in _SHORT.finditer(clean.key, start, end):
        cue = _NUMBER_WORD.search(clean.key, max(start, number.start() - 10), number.start())
        at = cue.start() if cue else number.start()
        window = clean.key[max(start, at - 60) : at]
        for word in reversed(list(type_word().finditer(window))):
            between = (_BETWEEN if cue else _ADJECTIVES).fullmatch(window, word.end())
            begin = at - len(window) + word.start()
            if between and (cue or clean.text[begin].isupper()):
                last = number.end()
                code = settled_code(None, word["word"])
                yield Mention(begin, number.start(), last, last, last, code, number["n"], word["word"])
                break
