"""Groups of bodies in text: "các sở, ban, ngành", "thủ trưởng các cơ quan", "cả hệ thống chính trị từ huyện tới cơ sở".

A group is a head (a quantifier, a role, a common noun), the nouns joined to it, and what narrows them. It ends where
another body begins, at a semicolon, and, in a subject, where the predicate begins.
"""

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from chidao.loaders.predicates import predicate_at
from chidao.ontology.gazetteer import Gazetteer
from chidao.ontology.mentions import Context, Mention
from chidao.ontology.places import Place
from chidao.ontology.tables import rows
from chidao.ontology.words import PARAGRAPH_END, Trie, Word, join, keys_of

CONNECTORS = frozenset({",", "và", "cùng", "/", "hoặc"})
BREAKS = frozenset({";", PARAGRAPH_END})
_STOPS = frozenset({";", ":", ".", "(", ")", '"', PARAGRAPH_END})
_ENDS = CONNECTORS | _STOPS
# "báo cáo cấp có thẩm quyền những vấn đề vượt thẩm quyền": what is reported, as no noun for bodies follows
_OPENS_OBJECT = "những"
_LONGEST_SCOPE = 25
_BEGIN_PREDICATES = frozenset({"modal", "adverb"})
# "người đứng đầu ở các cấp", "thủ trưởng của các đơn vị"
_AFTER_ROLE = frozenset({"ở", "tại", "của", "trong"})
_JOINED = frozenset({"generic", "mass", "person", "territory", "committee"})


class Noun(NamedTuple):
    """A common noun for bodies: its class ("mass", "generic", "department" …), and the level and system it implies."""

    kind: str
    level: str | None
    system: str | None


class Grammar(NamedTuple):
    """What a reading of groups needs: the names of bodies, the context, and whether a predicate follows the phrase."""

    gazetteer: Gazetteer
    context: Context
    subject: bool

    def match(self, words: Sequence[Word], at: int) -> list[Mention]:
        """The bodies of the longest known name at word ``at``."""
        return self.gazetteer.match(words, at, self.context)

    @property
    def near(self) -> Place | None:
        """The place of the text."""
        return self.gazetteer.places.get(self.context.place)


@cache
def nouns() -> Trie[Noun]:
    """``group_heads.csv`` by phrase."""
    trie: Trie[Noun] = Trie()
    for row in rows("group_heads"):
        phrase = row["phrase"].replace("-", " - ").split()
        trie.add(phrase, Noun(row["class"], row["level"] or None, row["system"] or None))
    return trie


@cache
def modifiers() -> Trie[str]:
    """``modifiers.csv``: what may follow a group's noun -> clause, verb or word."""
    trie: Trie[str] = Trie()
    for row in rows("modifiers"):
        trie.add(row["phrase"].split(), row["kind"])
    return trie


@cache
def list_heads() -> Trie[str]:
    """``list_heads.csv``: the words that open the name of a single body -> body, or post of a commune's staff."""
    trie: Trie[str] = Trie()
    for row in rows("list_heads"):
        trie.add(keys_of(row["phrase"]), row["opens"])
    return trie


def read_group(words: Sequence[Word], at: int, grammar: Grammar) -> Mention | None:
    """The group of bodies that begins at word ``at``."""
    head = _head(words, at, grammar)
    if not head:
        return None
    position, found = head
    end = _scope(words, position, grammar)
    while following := _joined(words, end, found, grammar):
        position, noun = following
        scope = _scope(words, position, grammar)
        if scope == position and not noun:
            break
        end, found = scope, [*found, noun] if noun else found
    near = grammar.near
    return Mention(
        end,
        join(words[at:end]),
        _one([noun.level for noun in found]),
        _one([noun.system for noun in found]),
        near.path if near else None,
        group=True,
    )


def _head(words: Sequence[Word], at: int, grammar: Grammar) -> tuple[int, list[Noun]] | None:
    """The opening of a group: quantifiers and roles, then a noun or a body ("thành viên Ban Chỉ đạo …")."""
    position, opened, role = at, False, None
    while (hit := nouns().longest(words, position)) and hit[1].kind in {"quantifier", "role"}:
        position, opened = hit[0], True
        role = hit if hit[1].kind == "role" else role
        while role and position < len(words) and words[position].key in _AFTER_ROLE:
            position += 1
    noun = _is_noun(words, position)
    named = grammar.match(words, position) if opened else []
    if named and not named[0].group and named[0].end > (noun[0] if noun else 0):
        return named[0].end, [Noun("named", named[0].level, named[0].system)]
    if noun and (opened or _stands_alone(words, position, noun[0], grammar)):
        return noun[0], [noun[1]]
    if role and role[0] == position and _ends_phrase(words, position) and not predicate_at(words, at):
        return position, [Noun("person", None, role[1].system)]
    return None


def _ends_phrase(words: Sequence[Word], at: int) -> bool:
    return at >= len(words) or words[at].key in _ENDS


def _is_noun(words: Sequence[Word], at: int) -> tuple[int, Noun] | None:
    """A common noun at word ``at``; one of one syllable counts where it is no part of another word ("bản tin")."""
    hit = nouns().longest(words, at)
    if not hit or hit[1].kind in {"quantifier", "role"}:
        return None
    end = hit[0]
    if end - at > 1 or end >= len(words):
        return hit
    return hit if words[end].capital or _goes_on(words, end) or _is_sector(words, at, end) else None


def _goes_on(words: Sequence[Word], end: int) -> bool:
    """True where a group goes on or ends behind a noun: at a connector, a noun, a modifier or a predicate."""
    if _ends_phrase(words, end):
        return True
    return bool(nouns().longest(words, end) or modifiers().longest(words, end) or predicate_at(words, end))


def _is_sector(words: Sequence[Word], at: int, end: int) -> bool:
    return words[at].key == "ngành" and end < len(words) and words[end].key.isalpha()


def _stands_alone(words: Sequence[Word], at: int, end: int, grammar: Grammar) -> bool:
    """True where a bare noun opens a group and is no verb: "Tổ chức, cá nhân", not "Tổ chức thực hiện"."""
    if grammar.subject and end < len(words) and words[end].key == "nào":
        return False
    named = grammar.match(words, at)
    if (named and named[0].end > end) or (end < len(words) and words[end].capital and not _is_sector(words, at, end)):
        return False
    if list_heads().longest(words, at) and not _goes_on(words, end):  # "Bệnh viện đa khoa tỉnh" is one hospital
        return False
    follows = after_connector(words, end)
    verb = predicate_at(words, at)
    if (verb and verb[0] >= end) or (end - at == 1 and not _is_sector(words, at, end)):
        listed = follows is not None and (_is_noun(words, follows) or nouns().longest(words, follows))
        return bool(listed) or (end < len(words) and words[end].key in {"thuộc", "trực"})
    return after_label(words, at) is None


def after_label(words: Sequence[Word], at: int) -> int | None:
    """The index after a label at word ``at`` ("Cơ quan chủ trì:"), which names the part of the bodies behind it."""
    noun = nouns().longest(words, at)
    verb = predicate_at(words, noun[0]) if noun else None
    return verb[0] + 1 if verb and verb[0] < len(words) and words[verb[0]].key == ":" else None


def _scope(words: Sequence[Word], at: int, grammar: Grammar) -> int:
    """The end of what narrows a noun: "liên quan", "thuộc UBND tỉnh", "các cấp từ tỉnh đến cơ sở", "được giao …"."""
    position = at
    while position < len(words) and position - at < _LONGEST_SCOPE:
        word = words[position]
        if word.key in _ENDS:
            break
        quantifier = nouns().longest(words, position)
        counted = _is_noun(words, quantifier[0]) if quantifier and quantifier[1].kind == "quantifier" else None
        if counted:  # "các cấp": behind a quantifier "cấp" is no verb
            position = counted[0]
            continue
        if word.key == _OPENS_OBJECT:
            break
        clause = modifiers().longest(words, position)
        if clause and (clause[1] == "clause" or (clause[1] == "verb" and _verb_narrows(words, clause[0]))):
            position = clause[0]
            continue
        verb = predicate_at(words, position)
        if verb and (grammar.subject or verb[1] == "link") and not _part_of_name(words, position):
            break
        body = grammar.match(words, position)
        position = body[0].end if body else position + 1
    return position


def _part_of_name(words: Sequence[Word], at: int) -> bool:
    """True for a capital inside a phrase, which begins a name: "ngành Xây dựng"; in all capitals nothing shows that."""
    return words[at].capital and not words[at].text.isupper()


def _verb_narrows(words: Sequence[Word], end: int) -> bool:
    """True where the verb belongs to the noun, as a modal or an adverb follows: "cơ quan phối hợp có trách nhiệm"."""
    following = predicate_at(words, end)
    return bool(following and following[1] in _BEGIN_PREDICATES)


def _joined(words: Sequence[Word], at: int, found: Sequence[Noun], grammar: Grammar) -> tuple[int, Noun | None] | None:
    """What the connector at word ``at`` joins to the group: (index after it, its noun)."""
    position = after_connector(words, at)
    if position is None or position >= len(words) or not words[position].key.isalnum():
        return None
    quantifier = nouns().longest(words, position)
    quantified = bool(quantifier and quantifier[1].kind == "quantifier")
    noun = _is_noun(words, quantifier[0] if quantifier and quantified else position)
    named = grammar.match(words, position)
    if noun and not (named and named[0].end > noun[0]):
        if quantified:
            alike = noun[1].kind in _JOINED and noun[1].kind in (found[0].kind, found[-1].kind)
            return noun if alike else None
        verb = predicate_at(words, position) if grammar.subject else None
        return None if verb and verb[0] >= noun[0] and not _lists_on(words, noun[0]) else noun
    if quantified or named or (quantifier and quantifier[1].kind == "role") or words[position].capital:
        return None
    if grammar.subject and predicate_at(words, position):
        return None
    return position, None


def _lists_on(words: Sequence[Word], end: int) -> bool:
    """True where the list goes on after a noun that is also a verb: "cơ quan, tổ chức, đơn vị"."""
    if end >= len(words) or words[end].key in _ENDS:
        return True
    return bool(modifiers().longest(words, end)) or bool(after_connector(words, end))


def after_connector(words: Sequence[Word], at: int) -> int | None:
    """The index after the connector at word ``at`` (", và" is one); None where no connector stands there."""
    position = at
    while position < len(words) and words[position].key in CONNECTORS:
        position += 1
    return position if position > at else None


def _one(values: Sequence[str | None]) -> str | None:
    found = {value for value in values if value}
    return found.pop() if len(found) == 1 and None not in values else None
