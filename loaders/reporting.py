"""Read to whom a duty reports, through whom, and with whom it is to be done.

Forms: "báo cáo X (qua Y) trước …", "gửi X (qua Y để tổng hợp)", "báo cáo kết quả về X", "phản ánh về X", "phối hợp với
X và Y". "(để b/c)" in a distribution list is none, nor is "trình X ban hành": X acts there, nobody reports.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple, cast

from chidao.graph.model import Body
from chidao.loaders.naming import LONGEST_LIST, Named, Names
from chidao.loaders.phrases import at_word

# Verbs that hand something up; "báo cáo viên" is a person, "báo cáo của" a paper
_REPORT = re.compile(
    at_word(
        r"báo\s+cáo(?!\s+(?:viên|của)\b)",
        "gửi",
        r"phản\s+ánh(?=\s+(?:ngay|kịp\s+thời|về|với|bằng|lên|tới|đến)\b)",
    )
    + r"\b"
)
# Between the verb and the body: "báo cáo ngay", "báo cáo, đề xuất", "gửi về", "báo cáo bằng văn bản với"
_DIRECT = re.compile(
    r"(?:[\s,]*(?:và\s+)?\b(?:ngay|nhanh|kịp\s+thời|trực\s+tiếp|đầy\s+đủ|bằng\s+văn\s+bản|đề\s+xuất|kiến\s+nghị|tham\s+mưu|xin\s+ý\s+kiến|"
    r"trình|về|với|cho|tới|đến|lên|gửi|kết\s+quả|báo\s+cáo)\b)*[\s,]*"
)
# "báo cáo kết quả thực hiện … về X", "… với X", "… gửi X"
_TOWARDS = re.compile(at_word("về", "với", "cho", "gửi", "lên", "tới") + r"\s+")
_VIA = re.compile(r"\s*+(?:[(,]\s*+)?(?:thông\s++)?qua\s++")
_INFORM = re.compile(at_word(r"thông\s+(?:tin|báo)") + r"\s+(?:kịp\s+thời\s+|ngay\s+)?(?:cho|tới|đến|với)\s+")
_WITH = re.compile(
    at_word(r"phối\s+hợp")
    + r"(?:\s+(?:chặt\s+chẽ|đồng\s+bộ|thường\s+xuyên|kịp\s+thời|hiệu\s+quả|tốt))?(?:\s+(?:với|cùng))?\s+"
)
# Another body does the reporting: "tham mưu X báo cáo Y", "giúp X báo cáo Y", "để X tổng hợp, báo cáo Y"
_FOR_OTHERS = re.compile(at_word(r"tham\s+mưu", "giúp", "để", "trình") + r"(?:\s+cho)?\s+")
_SO_THAT = re.compile(at_word("để") + r"\s+")
_BETWEEN = re.compile(r"[\s,]*(?:(?:kịp\s+thời|định\s+kỳ|tổng\s+hợp|để)[\s,]*)*")
_CLAUSE_END = re.compile(r"[;:](?!\d)|\.(?=\s|$)")
REACH = 180
"""So many code points may stand between the verb and the body that is reported to."""


class Reporting(NamedTuple):
    """Whom a duty reports to and through, with whom it is done, and whom it only informs."""

    report_to: tuple[Body, ...] = ()
    via: tuple[Body, ...] = ()
    partners: tuple[Body, ...] = ()
    informed: tuple[Body, ...] = ()


def _once(bodies: Sequence[Body]) -> tuple[Body, ...]:
    return tuple({body.iri: body for body in bodies}.values()) if len(bodies) > 1 else tuple(bodies)


def _other_reporter(names: Names, start: int, verb: int) -> bool:
    """True where another body reports for itself: "tham mưu Ban Thường vụ báo cáo Ban Bí thư"."""
    for cue in _FOR_OTHERS.finditer(names.clean.key, max(start, verb - REACH), verb):
        named = names.at(cue.end(), verb)
        if named and _BETWEEN.fullmatch(names.clean.key, named.end, verb):
            return True
    return False


def acts_for_itself(names: Names, start: int, at: int) -> bool:
    """True where another body acts up to ``at``: "… để Ban Tổ chức tổng hợp, báo cáo … vào thứ Sáu hằng tuần"."""
    key = names.clean.key
    start = max(start, at - REACH)
    clause = max((stop.end() for stop in _CLAUSE_END.finditer(key, start, at)), default=start)
    return any(names.at(cue.end(), at) for cue in _SO_THAT.finditer(key, clause, at))


def _addressed(names: Names, found: re.Match[str], end: int) -> Named | None:
    """The bodies that one verb of reporting is directed to."""
    key = names.clean.key
    limit = min(end, found.end() + REACH + LONGEST_LIST)
    stop = _CLAUSE_END.search(key, found.end(), limit)
    limit = stop.start() if stop else limit
    reach = min(limit, found.end() + REACH)
    direct = cast(re.Match[str], _DIRECT.match(key, found.end(), reach))
    places = [direct.end(), *(m.end() for m in _TOWARDS.finditer(key, direct.end(), reach))]
    for at in places:
        named = names.at(at, limit)
        if not named:
            continue
        if found[0] == "gửi" and named.bodies[0].group and "về" not in key[found.end() : at]:
            return None  # "gửi các địa phương": handed down, not reported up
        return named
    return None


def _after(names: Names, cues: re.Pattern[str], start: int, end: int) -> tuple[Body, ...]:
    """The bodies behind each of the cues."""
    named = (names.at(cue.end(), end) for cue in cues.finditer(names.clean.key, start, end))
    return _once([body for one in named if one for body in one.bodies])


def read_reporting(names: Names, start: int, end: int, subject_end: int) -> Reporting:
    """What the text between two offsets says of reporting; its subject ends at ``subject_end``."""
    key = names.clean.key
    told: list[Body] = []
    through: list[Body] = []
    for verb in _REPORT.finditer(key, max(start, subject_end), end):
        named = None if _other_reporter(names, max(start, subject_end), verb.start()) else _addressed(names, verb, end)
        if named is None:
            continue
        told += named.bodies
        way = _VIA.match(key, named.end, end)
        via = names.at(way.end(), end) if way else None
        through += via.bodies if via else ()
    via_bodies = _once(through)
    return Reporting(
        tuple(body for body in _once(told) if body not in via_bodies),
        via_bodies,
        _after(names, _WITH, start, end),
        _after(names, _INFORM, start, end),
    )
