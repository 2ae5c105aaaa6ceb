"""Decide who bears a duty: its own words, the heading or chapeau above it, or the point that it goes on with."""

import re

from chidao.graph.model import BearerSource, Body, Document
from chidao.loaders.clauses import Actor, command_in
from chidao.loaders.outline import UNRESOLVED, Bearing, Outline
from chidao.loaders.passage import Passage, Piece
from chidao.loaders.phrases import pattern
from chidao.loaders.sections import title_class

# "… kết luận:", "… như sau:", "… các nhiệm vụ sau:": what follows is ordered
_OPENS = re.compile(
    r"(?:\bsau(?:\s+đây)?|kết\s+luận|chỉ\s+thị|chỉ\s+đạo|yêu\s+cầu|quyết\s+định|hướng\s+dẫn|đề\s+nghị|nhiệm\s+vụ)(?:\s*+,)?\s*+:$"
)
_BELOW = re.compile(r"\bsau(?:\s++đây)?(?:\s*+,)?\s*+:$")
LONGEST_HEADING = 160
"""A longer lead is a chapeau, in code points."""
_ORDERS = re.compile(r"\b(?:yêu\s+cầu|đề\s+nghị|chỉ\s+thị|giao)\b")
# "Trách nhiệm của Sở Xây dựng", "Đối với Ủy ban nhân dân các xã:"
_OF = re.compile(r"(?:(?:trách\s+nhiệm|nhiệm\s+vụ)(?:\s+(?:cụ\s+thể|chủ\s+yếu))?\s+của|đối\s+với)\s+")
# "Phòng Cảnh sát hình sự (PC02)"
_BRACKET = re.compile(r"^\s*+\([^()]{1,60}\)")
_SUBMITS = re.compile(r"\s*+(?:(?:kính|trân\s+trọng)\s+)?(?:báo\s+cáo|trình|đề\s+nghị|thông\s+báo)\b")
# What a heading is about, in so many words: no number, no clause
_NOUN_PHRASE = re.compile(r"(?!.{0,80}\b(?:thì|đã)\b)[^\d;.]{3,80}+:?")
_HANDED_ON = re.compile(r"(?:tập\s+trung|có\s+trách\s+nhiệm|tổ\s+chức|lãnh\s+đạo|chỉ\s+đạo|thực\s+hiện|[,\s])*")
# "Lãnh đạo Ủy ban nhân dân tỉnh …", "lãnh đạo, chỉ đạo Ủy ban nhân dân tỉnh:"
_LEADS = re.compile(r"(?:tiếp\s+tục\s+)?(?:lãnh\s+đạo|chỉ\s+đạo)(?:(?:\s*,|\s+và)?\s+(?:lãnh\s+đạo|chỉ\s+đạo))?\s+")
_IMPERATIVE = frozenset({"adverb", "verb"})
# Whose words these are: "Ủy ban nhân dân tỉnh yêu cầu thực hiện các nội dung sau:"
_SPEAKS = re.compile(
    r"(?:yêu\s+cầu|đề\s+nghị|chỉ\s+thị|kết\s+luận|quyết\s+định|thông\s+báo|ban\s+hành|hướng\s+dẫn\s+(?:một\s+số|như)|thống\s+nhất)\b"
)
_LAST_SENTENCE = re.compile(r"[.;]\s+(?=[^\W\d])")


def opens_duties(passage: Passage) -> bool:
    """True for a chapeau: "… thực hiện các nội dung sau:", "… kết luận:"."""
    paragraph = passage.paragraph
    return paragraph.lead and bool(_OPENS.search(passage.key, paragraph.content, paragraph.end))


def heading_bearing(passage: Passage, document: Document) -> Bearing | None:
    """The bearing that a heading or chapeau gives to what stands below it; None where it names nobody."""
    paragraph = passage.paragraph
    at, end = paragraph.content, paragraph.end
    command = command_in(passage.names, at, end, passage.issuers)
    if command and paragraph.lead:
        short = end - at <= LONGEST_HEADING and command.start - at < 20 and not _BELOW.search(passage.key, at, end)
        return Bearing(passage.bodies_of(command), "heading" if short else "chapeau", command.modality)
    named = _named_alone(passage, at, end)
    if named:
        return Bearing(named, "heading", command.modality if command else "duty")
    if not paragraph.lead:
        return None
    actor = _last_actor(passage)
    if actor:
        return Bearing(passage.bodies_of(actor), "chapeau" if opens_duties(passage) else "heading", actor.modality)
    if document.addressees and _ORDERS.search(passage.key, at, end):
        return Bearing(document.addressees, "recipients")
    return None


def _named_alone(passage: Passage, at: int, end: int) -> tuple[Body, ...]:
    """The bodies of a heading that consists of them, or hands on: "Sở Y tế:", "Đối với Sở A", "Sở Y tế chỉ đạo:"."""
    of = _OF.match(passage.key, at, end)
    if not of and title_class(passage.key, at, end):
        return ()
    at = of.end() if of else at
    named = passage.names.at(at, end)
    if not named:
        return passage.names.phrase(at, end) if of and _NOUN_PHRASE.fullmatch(passage.key, at, end) else ()
    rest = _BRACKET.sub("", passage.key[named.end : end]).strip(" :,;(.")
    leads = _LEADS.match(rest)
    led = passage.names.at(named.end + 1 + leads.end(), end) if leads else None
    handed = led is not None and not passage.key[led.end : end].strip(" :,;(.")
    return named.bodies if handed or _HANDED_ON.fullmatch(rest) else ()


def _last_actor(passage: Passage) -> Actor | None:
    """Who is to act in the last sentence of a chapeau that commands nobody: "… Văn phòng A cần tập trung … sau:"."""
    paragraph = passage.paragraph
    starts = [
        paragraph.content,
        *(m.end() for m in _LAST_SENTENCE.finditer(passage.key, paragraph.content, paragraph.end)),
    ]
    for at in reversed(starts):
        actor = passage.actor(at, paragraph.end)
        speaks = actor and _SPEAKS.match(passage.key, actor.action, paragraph.end)
        if actor and not speaks and not actor.told and any(b.iri not in passage.issuers for b in actor.bodies):
            return actor
    return None


def own_actor(passage: Passage, piece: Piece, outline: Outline) -> Actor | None:
    """Who the piece itself names; below a body's heading "Đề nghị X …" is what that body does, not a command to X."""
    actor, above = piece.actor, outline.bearing
    named_above = above is not None and above.source == "heading" and bool(above.bodies) and passage.paragraph.level > 0
    if actor and above and named_above and _leads(passage, actor, above):
        return None
    return None if actor and named_above and actor.source == "object" and actor.speaker is None else actor


def submits(passage: Passage, actor: Actor) -> bool:
    """True for what the issuer does by the text itself: "Ủy ban nhân dân tỉnh báo cáo Bộ Nội vụ tổng hợp./."."""
    own = bool(actor.bodies) and all(body.iri in passage.issuers for body in actor.bodies)
    return own and actor.source == "subject" and bool(_SUBMITS.match(passage.key, actor.action))


def _leads(passage: Passage, actor: Actor, above: Bearing) -> bool:
    """True for the verb below a Party body's heading: "Đảng ủy UBND tỉnh:" / "- Lãnh đạo Ủy ban nhân dân tỉnh …"."""
    party = all(body.system == "party" for body in above.bodies)
    return party and bool(_LEADS.match(passage.key, actor.start, actor.end))


def bearing_of(passage: Passage, piece: Piece, outline: Outline) -> Bearing:
    """The bearing of a piece; unresolved where nothing names a bearer."""
    actor = own_actor(passage, piece, outline)
    if actor:
        bodies = passage.bodies_of(actor)
        if not bodies:
            return UNRESOLVED._replace(modality=actor.modality)
        return Bearing(bodies, _source_of(passage, actor), actor.modality)
    above = outline.last if passage.paragraph.level == 0 else None
    above = above or outline.bearing or outline.last
    return above.inherited() if above else UNRESOLVED


def _source_of(passage: Passage, actor: Actor) -> BearerSource:
    if actor.source == "object":
        return "object"
    return "heading" if passage.key[actor.end : actor.action].strip() == ":" else "subject"


def is_imperative(key: str, at: int, end: int) -> bool:
    """True where a predicate begins the sentence: "Tăng cường …", "Không để …"."""
    return bool(
        pattern("predicates", "word", _IMPERATIVE).match(key, at, end)
        or pattern("modality", "phrase").match(key, at, end)
    )
