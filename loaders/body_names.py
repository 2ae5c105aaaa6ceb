"""Known names of bodies at one word of a text: a body, a body at all levels, a place's authorities, a person."""

from collections.abc import Sequence
from functools import lru_cache

from chidao.loaders.groups import BREAKS, CONNECTORS, Grammar, nouns, read_group
from chidao.ontology.gazetteer import Gazetteer
from chidao.ontology.mentions import Mention
from chidao.ontology.places import Place
from chidao.ontology.tails import Tail, read_tail
from chidao.ontology.words import Word, join

_AFTER_AUTHORITIES = CONNECTORS | BREAKS | {".", ":", ")"}
# "Đảng viên", "Đảng đoàn"
_COMPOUNDS = frozenset({"viên", "đoàn", "phí", "tịch"})
_BEFORE_AUTHORITIES = frozenset({"của", ",", "và", ";", "-", ":"})


def name_starts(words: Sequence[Word], gazetteer: Gazetteer) -> list[int]:
    """Where in running text a name, a person or authorities ("của tỉnh") can begin: few words of a hundred."""
    names, people = gazetteer.openings, gazetteer.people.openings
    authorities = gazetteer.places.types.openings
    openings = _openings(gazetteer)
    return [
        index
        for index in [index for index, word in enumerate(words) if word[0] in openings]
        if (words[index].key in names and words[index].text[0].isupper())
        or words[index].key in people
        or (index and words[index].key in authorities and words[index - 1].key == "của")
    ]


@lru_cache(maxsize=1)
def _openings(gazetteer: Gazetteer) -> frozenset[str]:
    return gazetteer.openings | gazetteer.people.openings | gazetteer.places.types.openings


def running_names(words: Sequence[Word], at: int, grammar: Grammar) -> list[Mention]:
    """The names at word ``at`` of running text, where they begin with a capital."""
    if at > 1 and words[at - 1].key == "của" and words[at - 2].key in CONNECTORS:  # "của Trung ương, của tỉnh"
        authorities = authorities_at(words, at, grammar)
        if authorities:
            return [authorities]
    if not words[at].text[0].isupper() or _in_symbol(words, at):
        return []
    mentions = named_at(words, at, grammar)
    group = None if mentions else _posts_at(words, at, grammar)
    return [group] if group else mentions if stands(words, at, mentions) else []


def _posts_at(words: Sequence[Word], at: int, grammar: Grammar) -> Mention | None:
    """The group of a role in committees or places: "Ban Thường vụ các huyện ủy, thị ủy", "Trưởng các thôn"."""
    role = nouns().longest(words, at)
    noun = nouns().longest(words, role[0]) if role and words[role[0] - 1].key == "các" else None
    if not role or role[1].kind != "role" or not noun or noun[1].kind not in {"committee", "territory"}:
        return None
    return read_group(words, at, grammar)


def named_at(words: Sequence[Word], at: int, grammar: Grammar) -> list[Mention]:
    """The known name at word ``at``; a group where it means all levels: "HĐND các cấp", "… từ huyện tới cơ sở"."""
    found = grammar.match(words, at)
    end = _all_levels(words, found[0].end) if len(found) == 1 and not found[0].group else None
    if not end:
        return found
    scope = grammar.near.path if grammar.near else None
    return [Mention(end, join(words[at:end]), None, found[0].system, scope, group=True)]


def _all_levels(words: Sequence[Word], at: int) -> int | None:
    """The end of "các cấp", "từ tỉnh đến cơ sở", "các cấp từ huyện tới cơ sở" at word ``at``."""
    if at >= len(words) or words[at].key not in {"các", "từ"}:
        return None
    keys = [word.key for word in words[at : at + 8]]
    end = 2 if keys[:2] == ["các", "cấp"] else 0
    until = next((i for i in range(end + 2, len(keys)) if keys[i] in {"tới", "đến"}), None)
    if keys[end : end + 1] == ["từ"] and until and until - end <= 3 and until + 1 < len(keys):
        end = until + 2 + (keys[until + 1 : until + 3] == ["cơ", "sở"])
    return at + end if end else None


def authorities_at(words: Sequence[Word], at: int, grammar: Grammar) -> Mention | None:
    """The authorities of a place at large ("của tỉnh", "của tỉnh Thái Nguyên"): they issue, but are no single body."""
    tail = read_tail(words, at, grammar.gazetteer.places)
    whole = tail.end >= len(words) or words[tail.end].key in _AFTER_AUTHORITIES
    place = place_of(tail, grammar) if len(tail.types) == 1 and not tail.plural else None
    if not place or not (whole or grammar.subject):
        return None
    inferred = () if tail.name else ("place",)
    return Mention(tail.end, place.label_vi, place.level, None, place.path, group=True, inferred=inferred)


def place_of(tail: Tail, grammar: Grammar) -> Place | None:
    """The one place that a tail with a type word means in the context."""
    if tail.name:
        near = grammar.gazetteer.narrow(tail.places, grammar.context)
        return near[0] if len(near) == 1 else None
    above = grammar.gazetteer.places.upward(grammar.context.place, grammar.context.date)
    return next((place for place in above if place.type in tail.types), None)


def person_end(words: Sequence[Word], at: int, grammar: Grammar) -> int | None:
    """The end of a person with the roles after the name: "đồng chí Vũ Hồng Bắc, Phó Bí thư Tỉnh ủy, Chủ tịch UBND"."""
    hit = grammar.gazetteer.people.longest(words, at)
    position = hit[0] if hit else None
    while position is not None and position < len(words):
        role = grammar.gazetteer.people.longest(words, position)
        named = None if role else grammar.match(words, position)
        listed = words[position].key in {",", "-"} and position + 1 < len(words) and words[position + 1].capital
        if role or named:
            position = role[0] if role else named[0].end if named else position
        elif listed or words[position].capital:
            position += 1
        else:
            break
    return position


def stands(words: Sequence[Word], at: int, mentions: Sequence[Mention]) -> bool:
    """False for "Trung ương" and "Đảng" where another name claims the word ("Bệnh viện Trung ương")."""
    entry = mentions[0].entry if mentions else None
    if not entry or not entry.collective:
        return True
    before = words[at - 1].key if at else ","
    after = words[mentions[0].end] if mentions[0].end < len(words) else None
    compound = after is not None and after.key in _COMPOUNDS
    return before in _BEFORE_AUTHORITIES and not compound and not (after and after.capital)


def _in_symbol(words: Sequence[Word], at: int) -> bool:
    """True inside "172/KH-UBND": no blank up to a slash or a digit."""
    position = at
    while position and words[position - 1].start == words[at].start:
        position -= 1  # words written out of one code stand at one place
    while position and words[position - 1].end == words[position].start:
        position -= 1
        if words[position].key == "/" or words[position].key[0].isdigit():
            return True
    return False
