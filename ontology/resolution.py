"""What a whole phrase means: one body, a group, several bodies, or why it stays open.

First as it is written, then with the marks of the one known name that it may be.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date as calendar
from functools import cached_property
from unicodedata import normalize

from chidao.ontology.bodies import BodyEntry
from chidao.ontology.gazetteer import Gazetteer
from chidao.ontology.group_names import read_group_name
from chidao.ontology.mentions import (
    IMPOSSIBLE_DATE,
    NO_MARKS,
    NO_PLACE,
    OCR_REPAIR,
    SEVERAL,
    UNKNOWN_NAME,
    Context,
    Mention,
)
from chidao.ontology.respelling import Respelling
from chidao.ontology.words import Word, read_words

_JOINS = frozenset({",", "và", ";"})
_TERM = frozenset("ivx0123456789")


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which body a phrase means: an entry, a group, or the paths it could be and why none was chosen.

    ``reason`` beside an entry or a group is a caution ("read with other marks"); ``mention`` is what the name tells of
    a body that the register lacks.
    """

    entry: BodyEntry | None
    candidates: tuple[str, ...] = ()
    reason: str | None = None
    group: Mention | None = None
    mention: Mention | None = None


class Resolver:
    """The meaning of phrases by the names of a gazetteer."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._gazetteer = gazetteer

    def resolve(self, phrase: str, context: Context) -> Resolution:
        """The one body or group that the whole phrase names in the context; ``phrase`` in any normal form."""
        if context.date and not is_day(context.date):
            return Resolution(None, reason=IMPOSSIBLE_DATE)
        words = _without_term(read_words(normalize("NFC", phrase)))
        found = self._named(words, context)
        if found.reason != UNKNOWN_NAME or not words:
            return found
        again = self._named(read_words(self._respelling.respelled(words)), context)
        return found if again.reason == UNKNOWN_NAME else self._doubted(again, phrase, context)

    @cached_property
    def _respelling(self) -> Respelling:
        return Respelling(self._gazetteer)

    def _named(self, words: Sequence[Word], context: Context) -> Resolution:
        """What the words mean as they are written."""
        found = self._gazetteer.match(words, 0, context) if words else []
        if not found or found[-1].end != len(words):
            group = read_group_name(words, context, self._gazetteer)
            if group:
                return Resolution(None, group=group)
            if self._gazetteer.stems.get(word.key for word in words):
                return Resolution(None, reason=NO_PLACE)
            found = self._list(words, context)
        if len(found) == 1:
            one = found[0]
            group = one if one.group and not one.entry else None
            return Resolution(one.entry, one.candidates, one.reason, group, None if one.entry or group else one)
        return Resolution(None, tuple(m.entry.path for m in found if m.entry), SEVERAL if found else UNKNOWN_NAME)

    def _list(self, words: Sequence[Word], context: Context) -> list[Mention]:
        """The bodies that the words list ("Tỉnh ủy, HĐND, UBND tỉnh"); none where a word is left over."""
        found: list[Mention] = []
        at = 0
        while at < len(words):
            named = self._gazetteer.match(words, at, context)
            end = named[-1].end if named else at
            if not named or (end < len(words) and words[end].key not in _JOINS):
                return []
            found += named
            at = end + 1
        return found

    def _doubted(self, found: Resolution, phrase: str, context: Context) -> Resolution:
        """A name read with other marks: a district's or commune's counts within the province of the context only."""
        caution = NO_MARKS if phrase.isascii() else OCR_REPAIR
        if not found.entry:
            return replace(found, reason=found.reason or caution)
        where, level = found.entry.place_path, found.entry.level
        above = list(self._gazetteer.places.upward(context.place, context.date))
        near = bool(where and above) and self._gazetteer.places.lies_in(str(where), above[-1].path, context.date)
        if level in {"central", "province"} or near:
            return replace(found, reason=caution)
        return Resolution(None, (found.entry.path,), caution)


def is_day(iso: str) -> bool:
    """True for a day of the calendar, written 2021-10-19."""
    try:
        return calendar.fromisoformat(iso).isoformat() == iso
    except ValueError:
        return False


def _without_term(words: Sequence[Word]) -> Sequence[Word]:
    """The words without the term of office behind a name: "Bộ Chính trị khóa XIII"."""
    term = len(words) > 2 and words[-2].key == "khóa" and set(words[-1].key) <= _TERM
    return words[:-2] if term else words
