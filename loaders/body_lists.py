"""Noun phrases that list bodies and groups, taken apart: "Sở Công Thương, Công an tỉnh và các địa phương".

Known names are matched before the list is split, for names hold commas and "và" ("Sở Thông tin và Truyền thông").
"""

from collections.abc import Sequence
from typing import NamedTuple

from chidao.loaders.body_names import authorities_at, named_at, person_end, place_of, stands
from chidao.loaders.groups import (
    BREAKS,
    CONNECTORS,
    Grammar,
    after_connector,
    after_label,
    list_heads,
    nouns,
    read_group,
)
from chidao.loaders.predicates import predicate_at, predicates
from chidao.ontology.labels import as_written
from chidao.ontology.mentions import UNKNOWN_NAME, UNKNOWN_PLACE, Mention
from chidao.ontology.tails import read_tail
from chidao.ontology.words import Word, join

_BULLETS = frozenset({"-", "+", "*", "•", ".", ")", ":", "\uf0b7"})
_LIST_BREAKS = CONNECTORS | BREAKS
_SEPARATORS = _LIST_BREAKS | {"-"}
_BEFORE_ITEM = _SEPARATORS | _BULLETS | {"của", "với"}
_NAME_BREAKS = BREAKS | {":", "(", ")", "."}
# Heads that a list names once: "Các Bộ: Quốc phòng, Công an"
_SHARED_HEADS = frozenset({"bộ", "sở", "ban", "phòng"})
LONGEST_NAME = 40
"""No name with its place has more words."""
_POINT_LETTERS = frozenset("ivxabcdđegh")


class Item(NamedTuple):
    """A body or group at words ``start:end`` of a list; several mentions where one phrase names several."""

    start: int
    end: int
    mentions: tuple[Mention, ...]


def read_list(words: Sequence[Word], grammar: Grammar) -> list[Item]:
    """The bodies and groups listed from the first word on.

    A subject's list ends with its last body; elsewhere what is no body (a person, "Như trên") is passed over.
    """
    items: list[Item] = []
    position = _after_numbering(words, 0)
    if not grammar.subject:
        position = after_label(words, position) or position
    while position < len(words):
        found = _items_at(words, position, grammar)
        if not found and grammar.subject:
            break
        items += found
        end = found[-1].end if found else person_end(words, position, grammar) or position + 1
        following = _next_in_list(words, end, grammar.subject)
        if following is None:
            break
        position = following
    return _with_shared_places(words, items, grammar)


def _items_at(words: Sequence[Word], at: int, grammar: Grammar) -> list[Item]:
    """What begins at word ``at``: names under one head, one name, a group, or a body that the register lacks."""
    if person_end(words, at, grammar):
        return []
    shared = _under_one_head(words, at, grammar) or _of_one_kind(words, at, grammar)
    if shared:
        return shared
    named = named_at(words, at, grammar)
    named = named if stands(words, at, named) else []
    several = _of_all_types(words, at, named, grammar)
    if several:
        return [Item(at, several.end, (several,))]
    settled = not all(map(_is_unsettled, named))
    group = None if settled else read_group(words, at, grammar)
    if not settled and not group and not grammar.subject:
        group = authorities_at(words, at, grammar)
    end = max((mention.end for mention in named), default=0)
    if named and not (group and group.end > end):
        return [Item(at, end, tuple(named))]
    single = group or _unknown_body(words, at, grammar)
    return [Item(at, single.end, (single,))] if single else []


def _of_all_types(words: Sequence[Word], at: int, named: Sequence[Mention], grammar: Grammar) -> Mention | None:
    """The group of a committee whose type of place is the first of several: "đảng ủy xã, phường, đặc khu"."""
    types = grammar.gazetteer.places.types
    end = named[0].end if len(named) == 1 and not named[0].stated else 0
    last = types.longest(words, end - 1) if end else None
    if last is None or last[0] != end:
        return None
    while following := after_connector(words, end):
        further = types.longest(words, following)
        if not further or (further[0] < len(words) and words[further[0]].capital):
            break
        end = further[0]
    if end == named[0].end:
        return None
    scope = grammar.near.path if grammar.near else None
    return Mention(end, join(words[at:end]), named[0].level, named[0].system, scope, group=True)


def _is_unsettled(named: Mention) -> bool:
    """True for a name that no place settles: a group may begin with it ("huyện ủy, thị ủy")."""
    return named.entry is None and not named.group and named.reason != UNKNOWN_PLACE


def _under_one_head(words: Sequence[Word], at: int, grammar: Grammar) -> list[Item]:
    """The names that share a head: "Các Bộ: Quốc phòng, Công an", "Giám đốc các Sở Y tế, Tài chính"."""
    role = grammar.gazetteer.roles.longest(words, at)
    position = role[0] if role and role[1] == "head" else at
    if position >= len(words) or words[position].key != "các":
        return []
    keys = [word.key for word in words[position : position + 3]]
    if len(keys) < 2 or keys[1] not in _SHARED_HEADS:
        return []
    head, office = words[position + 1], words[at:position]
    position += 3 if keys[2:] == [":"] else 2
    items: list[Item] = []
    while position < len(words) and words[position].capital:
        named = grammar.match([head, *words[position : position + LONGEST_NAME]], 0)
        if not named or named[0].end < 2:
            break
        mentions = tuple(mention._replace(end=mention.end + position - 1) for mention in named)
        if office:
            mentions = tuple(grammar.gazetteer.in_office(office, mention) for mention in mentions)
        items.append(Item(position if items else at, mentions[0].end, mentions))
        position = after_connector(words, mentions[0].end) or len(words)
    return items


def _of_one_kind(words: Sequence[Word], at: int, grammar: Grammar) -> list[Item]:
    """Bodies of one kind named behind a colon: "các Tập đoàn: Điện lực Việt Nam", "Chủ tịch các Tập đoàn: …"."""
    role = nouns().longest(words, at)
    begin = role[0] if role and role[1].kind == "role" and words[role[0] - 1].key != "các" else at
    head = list_heads().longest(words, begin + 1) if begin < len(words) and words[begin].key == "các" else None
    if not head or head[0] + 1 >= len(words) or words[head[0]].key != ":" or not words[head[0] + 1].capital:
        return []
    kind, position = [*words[begin + 1 : head[0]]], head[0] + 1
    kind[0] = kind[0]._replace(text=kind[0].text[:1].upper() + kind[0].text[1:])
    items: list[Item] = []
    while position < len(words) and words[position].capital:
        if items and (list_heads().longest(words, position) or grammar.match(words, position)):
            break
        named = [*kind, *words[position : position + LONGEST_NAME]]
        known = grammar.match(named, 0)
        one = known[0] if known else _unknown_body(named, 0, grammar)
        if not one or one.end <= len(kind):
            break
        end = one.end + position - len(kind)
        noun = nouns().longest(kind, 0)
        if noun and not one.entry:
            one = one._replace(level=one.level or noun[1].level, system=one.system or noun[1].system)
        one = grammar.gazetteer.in_office(words[at:begin], one) if begin > at else one
        items.append(Item(position if items else at, end, (one._replace(end=end),)))
        following = after_connector(words, end)
        if following is None:
            break
        position = following
    return items


def _unknown_body(words: Sequence[Word], at: int, grammar: Grammar) -> Mention | None:
    """A capitalised name that the register lacks, up to the next break; its place and level are those of its tail.

    A post of a commune's staff is in its own text that commune's ("Công chức Tư pháp - Hộ tịch").
    """
    begin = _unknown_start(words, at, grammar)
    if begin is None:
        return None
    end, tail = begin, None
    while end < len(words) and not _ends_name(words, end, grammar):
        named = grammar.match(words, end) if words[end].capital else []
        tail = read_tail(words, end, grammar.gazetteer.places)
        end = named[0].end if named else tail.end if tail.types and not tail.plural else end + 1
    stated = tail if tail and tail.types and tail.end == end else None
    place = place_of(stated, grammar) if stated else None
    label = as_written(words[at:end], grammar.gazetteer.places)
    post = (list_heads().longest(words, at) or (at, ""))[1] == "post"
    if post and not stated and grammar.near and grammar.near.level == "commune":
        place, label = grammar.near, f"{label} {grammar.near.label_vi}"
    elif place and stated and not stated.name:
        label = label[: len(label) - len(stated.text)] + place.label_vi
    return Mention(
        end,
        label,
        place.level if place else None,
        "state" if post else None,
        place.path if place else None,
        inferred=("place",) if place and not (stated and stated.name) else (),
        reason=UNKNOWN_NAME,
    )


def _unknown_start(words: Sequence[Word], at: int, grammar: Grammar) -> int | None:
    """The index after the head of an unknown name ("Bệnh viện"); in a list any capital begins a name."""
    head = list_heads().longest(words, at)
    if not words[at].capital or after_label(words, at) or (grammar.subject and not head):
        return None
    if not head:
        return at + 1
    end = head[0]
    if end >= len(words) or (end - at == 1 and not words[end].capital):
        return None
    verb = predicate_at(words, end)
    itself = words[end].key == "việc" and predicates().longest(words, at)  # "Thanh tra việc thu phí"
    return None if grammar.subject and (verb or itself) and not words[end].capital else end


def _ends_name(words: Sequence[Word], at: int, grammar: Grammar) -> bool:
    """True at a break, before a predicate, and at "và" unless capitals go on ("Cục Kiểm tra và Quản lý …")."""
    word = words[at]
    if word.key in CONNECTORS:
        follows = at + 1
        if word.key != "và" or follows >= len(words) or not words[follows].capital:
            return True
        opens = grammar.match(words, follows) or read_group(words, follows, grammar)
        return bool(opens or list_heads().longest(words, follows))
    if word.key in _NAME_BREAKS:
        return True
    return grammar.subject and not word.capital and predicate_at(words, at) is not None


def _with_shared_places(words: Sequence[Word], items: Sequence[Item], grammar: Grammar) -> list[Item]:
    """The items, a name without a place with that of the next one, if it can have it: "HĐND, UBND tỉnh Thanh Hóa"."""
    out = list(items)
    for index in range(len(out) - 2, -1, -1):
        mention, stated = out[index].mentions[0], out[index + 1].mentions[0].stated
        if not stated or mention.stated or mention.group or len(out[index].mentions) > 1:
            continue
        there = grammar._replace(context=grammar.context._replace(place=stated.path))
        again = there.match(words, out[index].start)
        if again and again[0].entry and again[0].place_path == stated.path and again[0].end == mention.end:
            out[index] = out[index]._replace(mentions=(again[0]._replace(stated=stated),))
    return out


def _next_in_list(words: Sequence[Word], at: int, subject: bool) -> int | None:
    """Where the next item begins, past what stands in brackets; None at the end of the list."""
    position = at
    while position < len(words) and words[position].key == "(":
        closing = (i for i in range(position, len(words)) if words[i].key == ")")
        position = next(closing, len(words)) + 1
    if position < len(words) and words[position].key not in _SEPARATORS:
        if subject:
            return None
        breaks = (i for i in range(position, len(words)) if words[i].key in _LIST_BREAKS)
        position = next(breaks, len(words))
    while position < len(words) and words[position].key in _BEFORE_ITEM:
        position += 1
    return position if position < len(words) else None


def _after_numbering(words: Sequence[Word], at: int) -> int:
    """The first word after "2.10.", "a)", "- ", "của" or "Kính gửi:"."""
    position = at
    while position < len(words):
        word = words[position]
        marked = position + 1 < len(words) and words[position + 1].key in {".", ")"}
        numbered = word.key.isdigit() or (len(word.key) <= 4 and marked and set(word.key) <= _POINT_LETTERS)
        if word.key == "kính" and position + 1 < len(words) and words[position + 1].key == "gửi":
            position += 1
        elif word.key not in _BULLETS and word.key != "của" and not numbered:
            break
        position += 1
    return position
