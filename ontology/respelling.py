"""Names that differ from the register's in their marks alone: typed without them, or read badly by a machine.

"Uy ban nhan dan tinh Nghe An", "Sở Giáo dục và Đảo tạo": the words of a known name are put back where only one name
is written so; commas, dashes and "và" do not count. What comes of it is a guess that the reader is told of.
"""

from collections.abc import Iterable, Sequence

from chidao.ontology.gazetteer import Gazetteer
from chidao.ontology.places import Places
from chidao.ontology.spelling import fold
from chidao.ontology.stems import Stem
from chidao.ontology.tails import BARE_LEVELS
from chidao.ontology.words import Trie, Word

_PASSED_OVER = frozenset({",", "-", "và", "va"})
_LONGEST_PLACE = 5
_Meant = frozenset[tuple[object, ...]]


class Respelling:
    """The names of bodies and places under their spelling without marks; built at the first name that is not known."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._places = gazetteer.places
        self._names: Trie[dict[_Meant, str]] = Trie()
        for keys, stems in gazetteer.stems.items():
            self._add(keys, stems)
        for keys, _ in gazetteer.places.types.items():
            self._add(keys, ())

    def respelled(self, words: Sequence[Word]) -> str:
        """The phrase with the register's spelling of the names in it; other words as they are."""
        plain = [word._replace(key=fold(word.key)) for word in words]
        out: list[str] = []
        at = 0
        while at < len(words):
            end, text = self._name(plain, at) or self._place(words, at) or (at + 1, words[at].text)
            out.append(text)
            at = end
        return " ".join(out)

    def _name(self, plain: Sequence[Word], at: int) -> tuple[int, str] | None:
        hit = self._names.longest(plain, at, _PASSED_OVER)
        return (hit[0], next(iter(hit[1].values()))) if hit and len(hit[1]) == 1 else None

    def _place(self, words: Sequence[Word], at: int) -> tuple[int, str] | None:
        """The one name of provinces and districts, in whatever marks: "Nghe An"."""
        for end in range(min(len(words), at + _LONGEST_PLACE), at, -1):
            name = " ".join(word.text for word in words[at:end])
            found = _printed(self._places, name) if words[at].capital else set()
            if len(found) == 1:
                return end, found.pop()
        return None

    def _add(self, keys: Iterable[str], stems: tuple[Stem, ...]) -> None:
        """Names that mean the same count once: "Sở Giáo dục và Đào tạo", "Sở Giáo dục - Đào tạo"."""
        meant = frozenset((stem.entry, stem.template, stem.kind) for stem in stems)
        plain = [fold(key) for key in keys if key not in _PASSED_OVER]
        self._names.add(plain, {meant: " ".join(keys)} | (self._names.get(plain) or {}))


def _printed(places: Places, name: str) -> set[str]:
    return {place.name for place in places.written_like(name) if place.level in BARE_LEVELS}
