"""References to documents that are named only by who issued them, and to instructions given by word of mouth.

"các văn bản chỉ đạo của Ban Bí thư, Thủ tướng Chính phủ, hướng dẫn của Bộ Y tế và các văn bản của Tỉnh ủy" is one
reference with all its issuers. It never becomes an edge to a document. The words are rows of collective.csv.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from chidao.graph.model import Body, CollectiveReference, Level, OralInstruction
from chidao.graph.names import local_iri, place_iri, slug
from chidao.loaders.bodies import Reading
from chidao.loaders.clean import Clean
from chidao.loaders.issuer_phrases import issuer_at
from chidao.loaders.phrases import alternation, rows
from chidao.loaders.predicates import predicate_at
from chidao.loaders.relations import relation_before
from chidao.loaders.statements import Statement
from chidao.ontology.words import read_words

_OF = r"\s++của\s++"
_OF_WORD = re.compile(r"của\s++")  # every head ends with it
_LAST_WORD_REACH, _LONGEST_LAST_WORD = 40, 8
"""Where the last word before "của" is looked for, in code points: behind more blanks any word may stand there."""
# Between two issuers: ", ", " và ", ", của ", "; "
_NEXT = re.compile(r"\s*+(?:[,;]|\bvà\b|,\s*+và\b|\bcùng\b|\bcũng\s++như\b)\s*+(?:của\s++)?(?:các\s++cơ\s++quan\s++)?")
# "tỉnh", "huyện" standing alone: the authorities of the place that the text is of
_AUTHORITIES = re.compile(
    r"(?P<level>tỉnh|thành\s++phố|huyện|xã)(?=\s*+(?:$|[,.;:)\"]|(?:và|về|đến|trong|để|tới|theo|đối|nhằm)\b))"
)
_LEVELS: Mapping[str, tuple[Level, ...]] = {
    "tỉnh": ("province",),
    "thành phố": ("province", "district"),
    "huyện": ("district",),
    "xã": ("commune",),
}
_OCCASION_END = re.compile(r"[;.:]|,\s++(?=[^\W\d_])")


@dataclass(frozen=True, slots=True)
class Collective:
    """What a text refers to without a number: sets of documents, and words of mouth."""

    references: tuple[CollectiveReference, ...] = ()
    oral: tuple[OralInstruction, ...] = ()


@cache
def _words(kind: str) -> str:
    return alternation((row["phrase"] for row in rows("collective") if row["kind"] == kind), r"\s++")


@cache
def _head() -> re.Pattern[str]:
    """More than one document: "các văn bản lãnh đạo, chỉ đạo của", "Chỉ thị, Nghị quyết của", "văn bản chỉ đạo của"."""
    noun, modifier = _words("document"), _words("modifier")
    plural = rf"(?:{_words('determiner')})\s++(?:{noun})(?:(?:\s*+,\s*+|\s++và\s++)(?:các\s++)?(?:{noun})){{0,8}}"
    several = rf"(?:{noun})(?:(?:\s*+,\s*+|\s++và\s++)(?:{noun})){{1,8}}"
    bare = rf"văn\s++bản(?=\s++(?:{modifier}|của))"
    return re.compile(rf"\b(?:{plural}|{several}|{bare})(?:(?:\s*+,)?\s++(?:và\s++)?(?:{modifier})){{0,6}}{_OF}")


@cache
def _further_head() -> re.Pattern[str]:
    """Inside a reference one noun is enough: ", hướng dẫn của Bộ Y tế", "và các văn bản của Tỉnh ủy"."""
    noun, modifier = _words("document"), _words("modifier")
    return re.compile(
        rf"(?:{_words('determiner')}\s++)?(?:{noun}|{_words('instruction')})(?:(?:\s*+,\s*+|\s++và\s++)(?:{noun})){{0,8}}"
        rf"(?:(?:\s*+,)?\s++(?:và\s++)?(?:{modifier})){{0,6}}{_OF}"
    )


@cache
def _instruction() -> re.Pattern[str]:
    """What is said: "theo (đúng) chỉ đạo của", "thực hiện ý kiến chỉ đạo của", "ý kiến chỉ đạo của"."""
    return re.compile(
        rf"\b(?:theo|thực\s++hiện|chấp\s++hành)(?:\s++(?:đúng|nghiêm|tốt|các|sự))*\s++(?P<what>{_words('instruction')})"
        rf"(?:\s++(?:{_words('modifier')}))*{_OF}"
        r"|\b(?P<opinion>ý\s++kiến\s++(?:phát\s++biểu\s++)?(?:chỉ\s++đạo|kết\s++luận)|phát\s++biểu\s++chỉ\s++đạo)"
        rf"(?:\s++(?:{_words('modifier')}))*{_OF}"
        rf"|\b(?P<conclusion>kết\s++luận){_OF}"
    )


@cache
def _meeting() -> re.Pattern[str]:
    return re.compile(rf"[^,;.:]{{0,80}}?\s++tại\s++(?P<occasion>(?:các\s++)?(?:{_words('meeting')}))")


def find_collective(clean: Clean, statements: Iterable[Statement], reading: Reading) -> Collective:
    """The collective references and oral instructions of the statements, each belonging to the document that speaks."""
    references: list[CollectiveReference] = []
    oral: list[OralInstruction] = []
    for statement in statements:
        reached = statement.start
        for start, at, spoken in _heads(clean, statement):
            if start < reached:
                continue
            issuers, end = _issuers(clean, at, statement.end, reading)
            if all(body.group and not (body.known or body.inferred) for body in issuers):
                continue  # "cơ quan y tế", "cấp có thẩm quyền": nobody in particular
            occasion = _occasion(clean, end, statement.end) if spoken and issuers else None
            relation = relation_before(clean.key, statement.start, start + (spoken is not None), statement.place)
            if occasion and (spoken != "conclusion" or relation != "cites"):
                quote = clean.span(start, occasion[1])
                words = " ".join(clean.text[slice(*occasion)].split())
                oral.append(OralInstruction(statement.speaker.id, relation, issuers, words, quote))
                reached = occasion[1]
            elif issuers and not _named_after_all(clean, statement, end, spoken) and spoken != "conclusion":
                references.append(CollectiveReference(statement.speaker.id, relation, issuers, clean.span(start, end)))
                reached = end
    return Collective(tuple(references), tuple(oral))


def _heads(clean: Clean, statement: Statement) -> list[tuple[int, int, str | None]]:
    """Start of each head, offset behind its "của", and whether it words an instruction; in order."""
    ends = [
        of.end()
        for of in _OF_WORD.finditer(clean.key, statement.start, statement.end)
        if _may_end_head(clean.key[max(statement.start, of.start() - _LAST_WORD_REACH) : of.start()].rstrip())
    ]
    if not ends:
        return []
    found: list[tuple[int, int, str | None]] = [
        (m.start(), m.end(), None) for m in _head().finditer(clean.key, statement.start, ends[-1])
    ]
    for m in _instruction().finditer(clean.key, statement.start, ends[-1]):
        found.append((m.start(), m.end(), "conclusion" if m["conclusion"] else "instruction"))
    return sorted(found, key=lambda head: (head[0], -head[1]))


def _may_end_head(before: str) -> bool:
    """False for most words before "của": no noun, modifier or instruction ends with them."""
    return len(before) < _LONGEST_LAST_WORD or before.endswith(_last_words())


@cache
def _last_words() -> tuple[str, ...]:
    kinds = ("document", "modifier", "instruction")
    words = {row["phrase"].split()[-1] for row in rows("collective") if row["kind"] in kinds}
    return tuple(sorted(words | {"bản", "đạo", "luận"}))


def _issuers(clean: Clean, start: int, limit: int, reading: Reading) -> tuple[tuple[Body, ...], int]:
    """The bodies of a list that begins at ``start``, and where it ends; empty where no body stands there."""
    bodies: list[Body] = []
    at, end, separator = start, start, "của"
    while at < limit:
        named, stop = _issuer_at(clean, at, limit, reading)
        if not named or ("của" not in separator and _is_subject(clean, named, separator, stop, limit)):
            break
        bodies += named
        end = stop
        following = _NEXT.match(clean.key, end, limit)
        if following is None:
            break
        head = _further_head().match(clean.key, following.end(), limit)
        at = head.end() if head else following.end()
        separator = clean.key[end:at]
    return tuple({body.iri: body for body in bodies}.values()), end


def _is_subject(clean: Clean, named: tuple[Body, ...], separator: str, stop: int, limit: int) -> bool:
    """True where a body is no issuer but begins the main clause: ", Ủy ban nhân dân huyện yêu cầu", "; các xã"."""
    if ";" in separator or all(body.group and not body.known for body in named):
        return True
    follows = read_words(clean.text, stop, min(limit, stop + 60))
    predicate = predicate_at(follows, 0) if follows and "," in separator else None
    return predicate is not None and predicate[1] != "link"


def _issuer_at(clean: Clean, at: int, limit: int, reading: Reading) -> tuple[tuple[Body, ...], int]:
    comrade = re.compile(r"(?:(?:các\s++)?đồng\s++chí\s++)?").match(clean.key, at)
    at = comrade.end() if comrade else at
    named, end = issuer_at(clean, at, limit, reading)
    if named:
        return named, end
    alone = _AUTHORITIES.match(clean.key, at, limit)
    body = _authorities(alone["level"], reading) if alone else None
    return ((body,), alone.end()) if alone and body else ((), at)


def _authorities(word: str, reading: Reading) -> Body | None:
    """The authorities of the place of that level in whose context the text stands: "tỉnh" -> "tỉnh Thái Nguyên"."""
    levels = _LEVELS[" ".join(word.split())]
    for place in reading.register.upward(reading.context.place, reading.context.date):
        if place.level in levels:
            iri = local_iri(reading.sha256, "group", slug(f"authorities {place.path}"))
            return Body(
                place.label_vi, iri, level=levels[0], group=True, place=place_iri(place.path), inferred=("place",)
            )
    return None


def _occasion(clean: Clean, at: int, limit: int) -> tuple[int, int] | None:
    """Where the words for a meeting stand behind "tại": "phiên họp Ban Thường vụ Tỉnh ủy với …"."""
    meeting = _meeting().match(clean.key, at, limit)
    if meeting is None:
        return None
    for stop in _OCCASION_END.finditer(clean.text, meeting.end(), limit):
        if stop.group()[0] != "," or clean.text[stop.end()].isupper():
            return meeting.start("occasion"), stop.start()
    return meeting.start("occasion"), limit


def _named_after_all(clean: Clean, statement: Statement, end: int, spoken: str | None) -> bool:
    """True where numbered documents follow that the words only introduce.

    "ý kiến chỉ đạo của Thủ tướng tại Thông báo số 253/TB-VPCP", "các Nghị định của Chính phủ: số 63/2010/NĐ-CP …"
    """
    reach = 60 if spoken else 10 if clean.key.startswith(":", end) else -1
    return any(0 <= mention.symbol_start - end <= reach for mention in statement.mentions)
