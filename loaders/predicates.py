"""The words that begin a predicate: where a subject ends ("Sở Y tế | chủ trì …")."""

import csv
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from chidao.ontology.words import Trie, Word, keys_of


@cache
def predicates() -> Trie[str]:
    """``predicates.csv``: word -> class (modal, command, adverb, link, verb)."""
    trie: Trie[str] = Trie()
    text = files("chidao.loaders").joinpath("predicates.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        trie.add(keys_of(row["word"]), row["class"])
    return trie


def predicate_at(words: Sequence[Word], at: int) -> tuple[int, str] | None:
    """The predicate word that begins at word ``at``: (index after it, class). A capital inside a phrase is a name's."""
    return predicates().longest(words, at)
