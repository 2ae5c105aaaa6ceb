"""A whole phrase that names a group: "các sở, ban, ngành", "Thủ trưởng các sở", "UBND các cấp", "các huyện, thị ủy".

Every word of the phrase must belong to the group; running text is read by wider rules.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from chidao.ontology.gazetteer import Gazetteer
from chidao.ontology.mentions import Context, Mention
from chidao.ontology.places import LEVELS
from chidao.ontology.tables import rows
from chidao.ontology.tails import read_tail
from chidao.ontology.words import Trie, Word, join, keys_of

_JOINS = frozenset({",", "và", "/", "-"})
_OPENINGS = frozenset({"quantifier", "role"})
# "UBND các cấp", "chính quyền địa phương 2 cấp"
_ALL_LEVELS = frozenset({("các", "cấp"), ("hai", "cấp"), ("2", "cấp"), ("ba", "cấp"), ("3", "cấp")})
_AT_LEVEL: Mapping[tuple[str, ...], str] = {
    ("cấp", "tỉnh"): "province",
    ("cấp", "huyện"): "district",
    ("cấp", "xã"): "commune",
}
_STATED_LEVELS = _ALL_LEVELS | _AT_LEVEL.keys()
_CENTRE = "trung ương"
# What follows says where they are: "các đảng ủy xã, phường trực thuộc Tỉnh ủy"
_SCOPE_WORDS = frozenset({"trực", "thuộc", "của"})
# Nouns that leave the level open, whatever stands beside them: "các sở, ngành và địa phương"
_OF_ANY_LEVEL = frozenset({"địa phương", "cấp", "cơ quan", "đơn vị", "tổ chức", "doanh nghiệp", "hệ thống chính trị"})
# What there is one of, or several, for each place: those of a level lie in the place above it
_OF_PLACES = frozenset({"committee", "territory"})


@dataclass(frozen=True, slots=True)
class _Noun:
    """A noun for bodies ("sở"), with the level and system that it implies, up to word ``end``."""

    end: int
    phrase: str
    kind: str
    level: str | None
    system: str | None


def read_group_name(words: Sequence[Word], context: Context, gazetteer: Gazetteer) -> Mention | None:
    """The group that the words name from the first to the last; None where one of them belongs to something else."""
    bodies = _bodies_of_all_levels(words, gazetteer)
    nouns = [] if bodies else _nouns(words, context, gazetteer)
    found = bodies or nouns
    if not found:
        return None
    level = _level(words, nouns)
    systems = {noun.system for noun in found}
    system = systems.pop() if len(systems) == 1 else None
    return Mention(len(words), join(words), level, system, _within(level, nouns, context, gazetteer), group=True)


def _bodies_of_all_levels(words: Sequence[Word], gazetteer: Gazetteer) -> list[_Noun]:
    """The kinds of bodies in "HĐND, UBND các cấp"."""
    found: list[_Noun] = []
    at = 0
    while hit := gazetteer.stems.longest(words, at):
        system = next((stem.template.system for stem in hit[1] if stem.template), None)
        found.append(_Noun(hit[0], "", "body", None, system))
        at = hit[0] + 1
        if hit[0] >= len(words) or words[hit[0]].key not in _JOINS:
            break
    return found if found and _keys(words, found[-1].end) in _ALL_LEVELS else []


def _nouns(words: Sequence[Word], context: Context, gazetteer: Gazetteer) -> list[_Noun]:
    """The nouns of a list such as "Thủ trưởng các sở, ban, ngành cấp tỉnh"; none where a word is left over.

    One noun alone counts behind "các" or the like, or where it is a mass ("cấp ủy các cấp").
    """
    found: list[_Noun] = []
    at, opened, scope = 0, False, False
    while at < len(words):
        hit = _heads().longest(words, at)
        scope = scope or (bool(found) and words[at].key in _SCOPE_WORDS)
        if found and _keys(words, at) in _STATED_LEVELS:
            at += 2
        elif hit and hit[1].kind in _OPENINGS:
            at, opened = hit[0], True
        elif hit and scope:
            at = hit[0]
        elif hit:
            found.append(_Noun(hit[0], hit[1].phrase, hit[1].kind, hit[1].level, hit[1].system))
            at = hit[0]
        elif found and (end := _qualified(words, at, context, gazetteer)) > at:
            at = end
        elif found and words[at].key in _JOINS and at + 1 < len(words):
            at += 1
        else:
            return []
    listed = opened or any(word.key in _JOINS for word in words)
    return found if listed or any(noun.kind == "mass" for noun in found[:1]) else []


def _qualified(words: Sequence[Word], at: int, context: Context, gazetteer: Gazetteer) -> int:
    """The end of what narrows the nouns: "cấp tỉnh", "liên quan", "Trung ương", "tỉnh Nghệ An", "Huyện ủy"."""
    modifier = _modifiers().longest(words, at)
    if modifier and (not words[at].capital or words[at].text.isupper() or modifier[1] == _CENTRE):
        return modifier[0]
    tail = read_tail(words, at, gazetteer.places, unknown_names=False)
    named = [] if tail.text else gazetteer.match(words, at, context)
    return named[-1].end if named else tail.end


def _level(words: Sequence[Word], nouns: Sequence[_Noun]) -> str | None:
    """The level that the words state, else the one that the nouns agree on."""
    for at in range(len(words) - 1):
        if (stated := _AT_LEVEL.get(_keys(words, at))) is not None:
            return stated
    levels = {noun.level for noun in nouns if noun.level}
    of_any = any(noun.phrase in _OF_ANY_LEVEL for noun in nouns)
    return levels.pop() if len(levels) == 1 and not of_any else None


def _within(level: str | None, nouns: Sequence[_Noun], context: Context, gazetteer: Gazetteer) -> str | None:
    """The path of the place whose group it is; None is the whole country.

    Committees of a level lie in a place above it, departments belong to the place of their own level.
    """
    near = gazetteer.places.upward(context.place, context.date)
    if level is None:
        return next((place.path for place in near), None)
    lowest = LEVELS.index(level) - any(noun.kind in _OF_PLACES for noun in nouns)
    return next((place.path for place in near if LEVELS.index(place.level) <= lowest), None)


def _keys(words: Sequence[Word], at: int) -> tuple[str, ...]:
    return tuple(word.key for word in words[at : at + 2])


@cache
def _heads() -> Trie[_Noun]:
    trie: Trie[_Noun] = Trie()
    for row in rows("group_heads"):
        noun = _Noun(0, row["phrase"], row["class"], row["level"] or None, row["system"] or None)
        for phrase in _spellings(row["phrase"]):
            trie.add(keys_of(phrase), noun)
    return trie


def _spellings(phrase: str) -> Iterator[str]:
    yield phrase
    if " - " in phrase:
        yield phrase.replace(" - ", "-")


@cache
def _modifiers() -> Trie[str]:
    trie: Trie[str] = Trie()
    for row in rows("modifiers"):
        trie.add(keys_of(row["phrase"]), _CENTRE if row["phrase"] == _CENTRE else row["kind"])
    return trie
