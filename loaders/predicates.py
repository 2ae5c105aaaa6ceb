"""The words that begin a predicate: where a subject ends ("Sở Y tế | chủ trì …")."""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from chidao.ontology.words import Trie, Word, keys_of

LONGEST_NOUN = 3
"""So many words of a noun stand before a verb inside it."""


@cache
def predicates() -> Trie[str]:
    """``predicates.csv``: word -> class (modal, command, adverb, link, verb; noun: it holds a verb, "công trình")."""
    trie: Trie[str] = Trie()
    text = files("chidao.loaders").joinpath("predicates.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        trie.add(keys_of(row["word"]), row["class"])
    return trie


def predicate_at(words: Sequence[Word], at: int) -> tuple[int, str] | None:
    """The predicate word that begins at word ``at``: (index after it, class). A capital inside a phrase is a name's."""
    found = predicates().longest(words, at)
    return None if not found or found[1] == "noun" or _inside_noun(words, at) else found


def _inside_noun(words: Sequence[Word], at: int) -> bool:
    """True behind the first word of a noun, or of a name's verb: "công | trình", "cơ sở | giáo dục", "Đăng | ký"."""
    for start in range(max(0, at - LONGEST_NOUN), at):
        before = predicates().longest(words, start)
        if before and before[0] > at and (before[1] == "noun" or words[start].capital):
            return True
    return False
