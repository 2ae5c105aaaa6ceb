"""Read the issuer where its phrase begins: "của <body>" behind a symbol or behind "các văn bản chỉ đạo"."""

import re
from itertools import takewhile

from chidao.graph.model import Body
from chidao.graph.names import Symbol
from chidao.loaders.bodies import Reading, bodies_at, bodies_in, body_of
from chidao.loaders.clean import Clean

WINDOW = 260
"""The longest names of bodies (steering committees with their topic) are shorter than this, in code points."""

# Behind a symbol: an aside "(khóa XII)", "(sửa đổi)", then "của …", "do …"
ASIDE = re.compile(r"\s*+\((?!\s*+ngày\b)[^()]{1,120}\)")
OF = re.compile(r"\s*+[,)]?\s*+(?:của|do)\s++(?:các\s++)?(?=\w)")

# "Hội nghị lần thứ sáu Ban Chấp hành Trung ương khóa XIII", "Hội nghị Trung ương 6": the committee in session
_PLENUM = re.compile(
    r"hội\s++nghị\s++(?:lần\s++thứ\s++\S+\s++)?(?:của\s++)?(?:ban\s++chấp\s++hành\s++|bch\s++)?trung\s++ương(?:\s++đảng)?"
    r"(?:\s++lần\s++thứ\s++\S+|\s++\d{1,2}\b)?(?:,?\s*+\(?\s*+khóa\s++[ivx\d]+\)?)?"
)
_CENTRAL_COMMITTEE = "trung-uong/ban-chap-hanh-trung-uong"
# "khóa XIII" behind the name of a committee, also in brackets, belongs to it
_TERM = re.compile(r"\s*+,?\s*+\(?\s*+(?:khóa|nhiệm\s++kỳ)\s++(?:[ivx]+|\d{4}\s*+-\s*+\d{4}|\d+)\s*+\)?")
# What ends a name that the register does not know
_NAME_END = re.compile(
    r"[,;.:\"\n]|\s\(|(?<!\s)\s++(?:về|v/v|quy\s++định|hướng\s++dẫn|phê\s++duyệt|ban\s++hành|thông\s++báo|đề\s++nghị|yêu\s++cầu)\b"
)
# A second issuer counts where the phrase ends with it: "của Bộ Chính trị, Ban Bí thư về …"
_JOINT = re.compile(r"\s*+(?:,|và|,\s*+và)\s++")
_PHRASE_END = re.compile(r"\s*+(?:$|[;.)\"]|(?:về|v/v|quy\s++định|hướng\s++dẫn|phê\s++duyệt|ngày)\b)")


def issuer_at(clean: Clean, at: int, limit: int, reading: Reading) -> tuple[tuple[Body, ...], int]:
    """The body that is named at ``at`` (several where one phrase names several), and where its name ends."""
    stop = clean.word_end(at + WINDOW, limit)
    plenum = _PLENUM.match(clean.key, at, stop)
    entry = reading.register.entry(_CENTRAL_COMMITTEE) if plenum else None
    if plenum and entry:
        return (body_of(entry),), plenum.end()
    here = list(takewhile(lambda mention: mention.start == at, bodies_in(clean.text, at, stop, reading)))
    if here:
        return tuple(mention.body for mention in here), _past_term(clean, max(m.end for m in here), stop)
    end = _NAME_END.search(clean.key, at + 1, stop)
    return bodies_at(clean.text, at, end.start() if end else stop, reading)


def issuers_at(clean: Clean, at: int, limit: int, reading: Reading) -> tuple[tuple[Body, ...], int]:
    """The issuers named at ``at``: one, or those who issued together."""
    bodies, end = issuer_at(clean, at, limit, reading)
    while bodies:
        joint = _JOINT.match(clean.key, end, limit)
        more, last = issuer_at(clean, joint.end(), limit, reading) if joint else ((), end)
        if not more or not _PHRASE_END.match(clean.key, last, limit):
            break
        bodies, end = (*bodies, *more), last
    return bodies, end


def _past_term(clean: Clean, end: int, limit: int) -> int:
    term = _TERM.match(clean.key, end, limit)
    return term.end() if term else end


def issuers_behind(
    clean: Clean, start: int, limit: int, reading: Reading, symbol: Symbol | None
) -> tuple[tuple[Body, ...], int]:
    """The bodies behind "của" and where their names end; of two of one name the one that has the symbol's code."""
    issuers, end = _issued_by(clean, start, limit, reading)
    elsewhere = _elsewhere(symbol, issuers[0], reading) if issuers else None
    if elsewhere:
        there, series = elsewhere
        again, last = _issued_by(clean, start, limit, there)
        if again and again[0].series == series:
            return again, last
    return issuers, end


def _issued_by(clean: Clean, start: int, limit: int, reading: Reading) -> tuple[tuple[Body, ...], int]:
    """The bodies behind "của", and where their names end; past an aside in brackets."""
    for skip in (None, ASIDE.match(clean.key, start)):
        lead = OF.match(clean.key, skip.end() if skip else start)
        bodies, end = issuers_at(clean, lead.end(), limit, reading) if lead else ((), start)
        if bodies:
            return bodies, end
    return (), start


def _elsewhere(symbol: Symbol | None, issuer: Body, reading: Reading) -> tuple[Reading, str | None] | None:
    """How names read at the place of the code's committee, and its series; where an issuer's place was left out.

    In Thủ Đức "Kế hoạch số 06-KH/TU … của Ban Thường vụ Thành ủy" is of the city that Thủ Đức is part of.
    """
    context = reading.context
    if symbol is None or symbol.style != "party" or "place" not in issuer.inferred:
        return None
    coded = reading.register.by_symbol(symbol.issuer, context.place, None, context.date)
    if coded is None or coded.place_path is None or coded.series_path == issuer.series:
        return None
    return reading._replace(context=context._replace(place=coded.place_path)), coded.series_path
