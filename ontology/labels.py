"""Labels as one writes them: what a letterhead prints in capitals gets the capitals that its words have in prose."""

import re
from collections.abc import Sequence
from functools import cache

from chidao.ontology.places import Places
from chidao.ontology.spelling import fold
from chidao.ontology.tables import rows
from chidao.ontology.words import Trie, Word, join, read_words

_ALWAYS = ("Việt Nam", "Trung ương", "Đảng", "Nhà nước", "Chính phủ", "Quốc hội", "Mặt trận Tổ quốc")
# "TNHH", "TKV", "EVN" are no syllables of Vietnamese
_SYLLABLE = re.compile(
    r"(?:ngh?|nh|gh|gi|kh|ph|th|ch|qu|[bdkpt]r|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ch|ng|nh|[ckmnpt])?"
)


def as_written(words: Sequence[Word], places: Places, begins: bool = True) -> str:
    """The label of the words: "BAN QUẢN LÝ … TỈNH HẢI DƯƠNG" -> "Ban Quản lý … tỉnh Hải Dương".

    Acronyms stay, names get capitals back where the register knows them. ``begins`` is false for the rest of a label.
    """
    shouted = [index for index, word in enumerate(words) if _is_shouted(word)]
    if len(shouted) < 2:
        return join(words)
    evened = [word._replace(text=word.text.lower()) if _is_shouted(word) else word for word in words]
    for index in range(len(words)):
        name = _name(words, index, places, begins)
        evened[index : index + len(name)] = [
            word._replace(text=text) for word, text in zip(evened[index:], name, strict=False)
        ]
    if begins and shouted[0] == 0:
        evened[0] = evened[0]._replace(text=evened[0].text[:1].upper() + evened[0].text[1:])
    return join(evened)


def opens_body(words: Sequence[Word], at: int) -> bool:
    """True where the head of a body's name stands at word ``at``: "Bệnh viện", "Sở"."""
    return _spelled(_heads()).longest(words, at) is not None


def _is_shouted(word: Word) -> bool:
    return len(word.text) > 1 and word.text.isupper() and bool(_SYLLABLE.fullmatch(fold(word.text)))


def _name(words: Sequence[Word], at: int, places: Places, begins: bool) -> tuple[str, ...]:
    """The words, as one writes them, of the name in capitals that begins at word ``at``: a place, a head …"""
    if not words[at].text.isupper():
        return ()
    place = places.names.longest(words, at)
    if place:
        typed = at > 0 and words[at - 1].key in {key for kind, _ in places.kinds for key in kind.split()}
        known = [p for p in places.named(place[1]) if typed or p.level != "commune"]
        texts = _texts(known[0].name) if known else ()
        if len(texts) == place[0] - at:
            return texts
    proper = _spelled(_ALWAYS).longest(words, at)
    head = None if at or not begins else _spelled(_heads()).longest(words, at)
    hit = head or proper
    return hit[1] if hit else ()


@cache
def _heads() -> tuple[str, ...]:
    return tuple(row["phrase"] for row in rows("list_heads"))


@cache
def _spelled(names: tuple[str, ...]) -> Trie[tuple[str, ...]]:
    trie: Trie[tuple[str, ...]] = Trie()
    for name in names:
        trie.add((word.key for word in read_words(name)), _texts(name))
    return trie


@cache
def _texts(name: str) -> tuple[str, ...]:
    return tuple(word.text for word in read_words(name))
