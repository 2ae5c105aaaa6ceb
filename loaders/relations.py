"""Which relation a citation states: the phrase that governs it, and how far that phrase reaches.

A trigger ("Thực hiện", "Căn cứ", "thay thế") is written once before a list and holds for all of it; a trigger inside
the subject of a cited document ("Kế hoạch số 283 về thực hiện Nghị quyết số 71") speaks of that document, not of the
citing one. The phrases are rows of relations.csv.
"""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Literal, NamedTuple, get_args

from chidao.graph.model import Relation
from chidao.loaders.clean import Clean
from chidao.loaders.mentions import Mention
from chidao.loaders.phrases import alternation, rows
from chidao.loaders.types import type_word

REACH = 220
"""Code points between a trigger and the first document that it governs."""

Place = Literal["frame", "article", "task"]
"""Where a sentence stands: the title, preamble and closing; an article ("Điều 2"); a numbered section of tasks."""

_REQUESTS = ("TTr", "CV", None)
_DISPOSITIVE = ("amends", "replaces", "repeals")
# A list goes on right before a mention: "; ", ", ", " và ", "; các "
_LISTED = re.compile(r"(?:[,;]|\bvà|\bcùng|\bhoặc)\s*+(?:các\s++|của\s++)?$")
_ELLIPTIC = re.compile(r"(?:số\s++)?\d")
# "Triển khai Công văn số … và ý kiến chỉ đạo của UBND tỉnh tại Công văn số …": the list goes on
_INSTRUCTED = re.compile(
    r"(?:,|\bvà|\btheo)\s++(?:theo\s++)?(?:ý\s++kiến|(?:sự\s++)?chỉ\s++đạo|kết\s++luận|yêu\s++cầu)\b[^,;]{0,120}$"
)
# An adverb or two between a separator and the trigger that opens a new clause: ", tiếp tục triển khai"
_CLAUSE_START = re.compile(r"(?:[,;:.(]|\bgắn\s++với|\bđồng\s++thời|\bkết\s++hợp)\s*+(?:\S{1,24}+\s++){0,5}$")
# A title that opens with the verb: "Về việc sửa đổi …", "V/v bãi bỏ …", "Quyết định sửa đổi …"
_TITLE_OPENING = re.compile(
    r"\W*(?:(?:v/v|về|việc|quyết\s++định|nghị\s++quyết|thông\s++tư|nghị\s++định|quy\s++định|toàn\s++bộ)\s*+:?\s*+)*"
)
# "Ủy ban nhân dân tỉnh ban hành Quyết định (về việc) sửa đổi …"
_ENACTS = re.compile(
    r"\bban\s++hành\s++(?:quyết\s++định|nghị\s++quyết|thông\s++tư|nghị\s++định|quy\s++định)(?:\s++(?:về|việc))*\s*+$"
)
# What may stand between "sửa đổi" and the document: its parts, quoted words, numbers, further such verbs
_PARTS = re.compile(
    r"(?:[\s,;:]|(?:một|số|toàn|bộ|nội|dung|điểm|khoản|điều|mục|phụ|lục|chương|phần|quy|định|chế|tên|cụm|từ|thứ|tại|của|"
    r"ban|hành|kèm|theo|trong|và|đoạn|tiết|dòng|bổ|sung|sửa|đổi|các|văn|bản|pháp|luật|phạm|vào|sau|hiệu|lực|việc|thi|thực|hiện|thời|"
    r"gian|cho|bằng|phạm|vi|toàn|thể|trước|đây|như)\b|[a-zđ]\b\)?|\d+[a-zđ]?(?:\.\d+)*\)?|\"[^\"]*\")*"
)
# "Sửa đổi Quy định về bồi thường khi thu hồi đất ban hành kèm theo Quyết định số …": the enclosure is part of it
_ENCLOSING = re.compile(r"[^;]{0,400}\bkèm\s++theo\s++")
# "Kế hoạch tổ chức thực hiện …", "Kế hoạch của UBND huyện về tổ chức thực hiện …": the plan implements, whoever speaks
_NOUN_BEFORE = re.compile(
    r"(?:\s++của\s++[^,.;:]{2,70}?)?"
    r"(?:\s++(?:về|việc|để|nhằm|tổ\s++chức|triển\s++khai|hành\s++động|tiếp\s++tục|chi\s++tiết|cụ\s++thể))*\s*+"
)


class Phrase(NamedTuple):
    """A phrase of relations.csv found in a text. ``relation`` is None for kinds that state none."""

    start: int
    end: int
    kind: str
    relation: Relation | None


class Governed(NamedTuple):
    """What governs one mention: the relation, where its trigger begins, and whose relation it is.

    ``governor`` is the mention in whose subject the trigger stands (``nested``), ``noun`` the type word of an
    unnumbered document whose purpose it words ("Kế hoạch thực hiện …" -> "kế hoạch"); both None when it is the citing
    document's own.
    """

    relation: Relation
    start: int | None = None
    governor: Mention | None = None
    noun: str | None = None
    nested: bool = False


_BLANK = r"\s++"


@cache
def _rows() -> Mapping[str, tuple[str, Relation | None]]:
    known = get_args(Relation)
    return {
        row["phrase"]: (row["kind"], next((r for r in known if r == row["relation"]), None))
        for row in rows("relations")
    }


def _pattern(phrase: str) -> str:
    words = (r"\S{1,12}" if word == "*" else re.escape(word) for word in phrase.split())
    return _BLANK.join(words)


@cache
def _phrases(kinds: tuple[str, ...]) -> re.Pattern[str]:
    chosen = (p for p, (kind, _) in _rows().items() if kind in kinds)
    return re.compile(rf"{alternation(chosen, _BLANK)}\b")


@cache
def _open_phrases() -> tuple[tuple[re.Pattern[str], str, Relation | None], ...]:
    """The phrases in which any word may stand: "sau * năm thực hiện"."""
    return tuple((re.compile(_pattern(p)), kind, relation) for p, (kind, relation) in _rows().items() if "*" in p)


def phrases_in(key: str, start: int, end: int) -> list[Phrase]:
    """The phrases that begin between two offsets of the folded text, in order; of several at one place the longest."""
    found = []
    governing = ("trigger", "transparent", "background", "passive", "break", "ignore")
    for match in _phrases(governing).finditer(key, start, end):
        words = " ".join(match.group().split())
        matching = ((k, r) for pattern, k, r in _open_phrases() if pattern.fullmatch(words))
        kind, relation = _rows().get(words) or next(matching)
        if kind != "ignore":
            found.append(Phrase(match.start(), match.end(), kind, relation))
    return found


def _effective(key: str, found: Sequence[Phrase], at: int) -> Phrase | None:
    """The last phrase before the document at ``at``; "tại", "nêu tại" let the one before them through.

    "Thực hiện ý kiến chỉ đạo của Thủ tướng tại Thông báo số 253/TB-VPCP" implements.
    """
    if not found:
        return None
    last = found[-1]
    if last.kind == "transparent":
        if found[0].relation in _DISPOSITIVE and key.startswith("kèm theo", last.end - len("kèm theo")):
            return found[0]
        stronger = next((p for p in reversed(found) if p.kind != "transparent"), None)
        near = stronger and at - stronger.end <= REACH and ";" not in key[stronger.end : at]
        if stronger and near and stronger.kind in ("trigger", "background", "passive"):
            return stronger
    return last if at - last.end <= REACH else None


def _past(key: str, floor: int, trigger: Phrase) -> bool:
    """True where the clause tells what was done: "đã quán triệt sâu sắc và thực hiện …"."""
    clause = max(floor, *(key.rfind(mark, floor, trigger.start) for mark in ",;:."))
    return re.search(r"\bđã\b", key[clause : trigger.start]) is not None


def _hedged(key: str, floor: int, trigger: Phrase) -> bool:
    """True where nothing is amended yet: "đề nghị nghiên cứu, sửa đổi …", "trình Chính phủ bãi bỏ …"."""
    clause = max(floor, key.rfind(";", floor, trigger.start), trigger.start - 100)
    return _phrases(("hedge",)).search(key, clause, trigger.start) is not None


def _acts(key: str, start: int, trigger: Phrase, place: Place) -> bool:
    """True where the document itself amends or repeals: in an article, "… này thay thế", a title, or what it enacts.

    Elsewhere it tells others to do so, or tells of it.
    """
    head = key[start : trigger.start]
    if place == "article" or re.search(r"\bnày\b[^.;]{0,80}$", head):
        return True
    return place == "frame" and (_TITLE_OPENING.fullmatch(head) is not None or _ENACTS.search(head) is not None)


def _stated(key: str, start: int, floor: int, trigger: Phrase, at: int, place: Place) -> Relation:
    """The relation that a trigger states for the citing document, after tense, hedges and reach are weighed."""
    relation = trigger.relation or "cites"
    if trigger.kind != "trigger" or relation in ("basedOn", "requestedBy"):
        return "requestedBy" if key.startswith("xét tờ trình", trigger.start) else relation
    if _past(key, floor, trigger):
        return "cites"
    if relation in _DISPOSITIVE:
        held = (_PARTS.fullmatch(key, trigger.end, at) or _ENCLOSING.fullmatch(key, trigger.end, at)) and not _hedged(
            key, floor, trigger
        )
        return relation if held and _acts(key, start, trigger, place) else "cites"
    if relation == "guides" and (place != "frame" or floor != start):
        return "implements"
    return relation


def relation_before(key: str, start: int, at: int, place: Place) -> Relation:
    """The relation that a sentence's words between ``start`` and ``at`` state for what is named at ``at``."""
    found = [p for p in phrases_in(key, start, at + REACH // 4) if p.start < at]
    trigger = _effective(key, found, at)
    return _stated(key, start, start, trigger, at, place) if trigger and trigger.kind != "break" else "cites"


def _noun_of(key: str, floor: int, trigger: Phrase) -> str | None:
    """The type word of the unnumbered document whose purpose the trigger words."""
    window = max(floor, trigger.start - 110)
    for word in reversed(list(type_word().finditer(key, window, trigger.start))):
        if _NOUN_BEFORE.fullmatch(key, word.end(), trigger.start):
            return word["word"]
    return None


def governed(
    clean: Clean, start: int, mentions: Sequence[Mention], context: Relation | None, place: Place
) -> tuple[Governed, ...]:
    """What governs each mention of the sentence that begins at ``start``.

    ``context`` is the relation of the heading or lead over a bare list.
    """
    if not mentions:
        return ()
    found: list[Governed] = []
    outer = Governed(context or "cites")
    for at, mention in enumerate(mentions):
        before = mentions[at - 1] if at else None
        floor = before.core_end if before else start
        if before and mention.symbol_start == before.symbol_start:
            found.append(found[-1])
            continue
        current, outer = _one(clean.key, floor, mention, before, found[-1] if found else None, outer, (start, place))
        found.append(_fitting(current, mention))
    return tuple(_abolished(clean.key, mentions, found))


def _fitting(fact: Governed, mention: Mention) -> Governed:
    """A report or a resolution requests nothing: "Xét Tờ trình số 43; Báo cáo thẩm tra số 97" rests on the report."""
    asks = fact.relation == "requestedBy" and mention.type not in _REQUESTS
    return fact._replace(relation="basedOn") if asks else fact


def _one(
    key: str,
    floor: int,
    mention: Mention,
    before: Mention | None,
    last: Governed | None,
    outer: Governed,
    where: tuple[int, Place],
) -> tuple[Governed, Governed]:
    """What governs one mention, and what governs the list that it stands in."""
    gap = key[floor : mention.start]
    listed = _LISTED.search(gap)
    if before and last and (listed or not gap.strip(" ,;()")):
        goes_on = last.nested and listed is not None and ";" not in listed.group() and "," not in listed.group()
        # "đã có các văn bản số 1511/… ngày …, số 1980/…": without a type word of its own
        elliptic = _ELLIPTIC.match(key, mention.start) is not None
        return (last if goes_on or elliptic else outer), outer
    found = [p for p in phrases_in(key, floor, mention.symbol_start) if p.start < mention.start]
    trigger = _effective(key, found, mention.start)
    if trigger is None or trigger.kind == "break":
        fresh = Governed("cites")
        return (outer, outer) if before is None and not found else (fresh, fresh if before is None else outer)
    listed_on = ";" in gap or _INSTRUCTED.search(gap) is not None
    goes_on = trigger.kind == "transparent" and before is not None and outer.start is not None and listed_on
    if trigger.kind == "passive" or goes_on:
        return Governed(outer.relation, outer.start), outer
    firm = (*_DISPOSITIVE, "guides")
    nested = before is not None and not _opens_clause(key, floor, trigger, by_comma=trigger.relation not in firm)
    relation = _stated(key, where[0], floor, trigger, mention.start, where[1])
    noun = _noun_of(key, floor, trigger) if relation in ("implements", "cites") else None
    current = Governed(relation, trigger.start, before if nested else None, noun, nested)
    return current, (outer if nested else current)


def _opens_clause(key: str, floor: int, trigger: Phrase, by_comma: bool) -> bool:
    """True when the trigger begins a clause of its own, and is not part of the subject of the mention before.

    A comma opens no clause of amending (``by_comma`` false): subjects are full of "quy định …, sửa đổi …".
    """
    between = key[floor : trigger.start]
    if ";" in between or any(p.kind == "break" for p in phrases_in(key, floor, trigger.start)):
        return True
    return by_comma and _CLAUSE_START.search(between[-120:]) is not None


def _abolished(key: str, mentions: Sequence[Mention], found: list[Governed]) -> list[Governed]:
    """With the verb behind a list for all of it: "Quyết định số A và Quyết định số B hết hiệu lực"."""
    for at, mention in enumerate(mentions):
        limit = mentions[at + 1].start if at + 1 < len(mentions) else len(key)
        verb = _phrases(("after",)).search(key, mention.core_end, min(limit, mention.core_end + 160))
        if verb is None or re.search(r"[.;]", key[mention.core_end : verb.start()]):
            continue
        if mention.subject and verb.start() > mention.subject[0] and "hiệu lực" not in verb.group():
            continue  # "về việc công bố danh mục thủ tục bị bãi bỏ" speaks of what the document is about
        first = at
        while first and _LISTED.search(key[mentions[first - 1].core_end : mentions[first].start]):
            first -= 1
        for item in range(first, at + 1):
            found[item] = Governed("repeals", mentions[item].start)
    return found
