"""Read the issuer where its phrase begins: "của <body>" behind a symbol or behind "các văn bản chỉ đạo"."""

import re

from chidao.graph.model import Body
from chidao.loaders.bodies import Reading, body_of, find_bodies, read_bodies, starts_with_body
from chidao.loaders.clean import Clean

WINDOW = 260
"""The longest names of bodies (steering committees with their topic) are shorter than this, in code points."""

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
    r"[,;.:\"\n]|\s\(|\s++(?:về|v/v|quy\s++định|hướng\s++dẫn|phê\s++duyệt|ban\s++hành|thông\s++báo|đề\s++nghị|yêu\s++cầu)\b"
)
# A second issuer counts where the phrase ends with it: "của Bộ Chính trị, Ban Bí thư về …"
_JOINT = re.compile(r"\s*+(?:,|và|,\s*+và)\s++")
_PHRASE_END = re.compile(r"\s*+(?:$|[;.)\"]|(?:về|v/v|quy\s++định|hướng\s++dẫn|phê\s++duyệt|ngày)\b)")


def issuer_at(clean: Clean, at: int, limit: int, reading: Reading) -> tuple[tuple[Body, ...], int]:
    """The body that is named at ``at`` (several where one phrase names several), and where its name ends."""
    stop = min(limit, at + WINDOW)
    plenum = _PLENUM.match(clean.key, at, stop)
    entry = reading.register.entry(_CENTRAL_COMMITTEE) if plenum else None
    if plenum and entry:
        return (body_of(entry),), plenum.end()
    here = [mention for mention in find_bodies(clean.text, at, stop, reading) if mention.start == at]
    if here:
        return tuple(mention.body for mention in here), _past_term(clean, max(m.end for m in here), stop)
    end = _NAME_END.search(clean.key, at + 1, stop)
    last = starts_with_body(clean.text, at, end.start() if end else stop, reading)
    return (read_bodies(clean.text, at, last, reading), last) if last else ((), at)


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
