"""Text as words with offsets, abbreviations written out, and a trie that finds the longest known name at a word.

Names are matched word by word, so that line breaks and double blanks inside a name do not matter, and a name never
matches inside a longer word. A lookup costs one dictionary access a word, however many names there are.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache, partial
from itertools import accumulate
from typing import Generic, NamedTuple, TypeVar

from chidao.ontology.spelling import key, old_tone_style
from chidao.ontology.tables import rows

T = TypeVar("T")

_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")
_PARTED = re.compile(f"({_WORD.pattern})")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_ASIDE = {"&": "và"}


class Word(NamedTuple):
    """A word or punctuation mark. ``key`` is its folded form, ``text`` its form in labels, ``start:end`` its place.

    Words written out of one abbreviation share its place ("UBND": ủy, ban, nhân, dân at 0:4).
    """

    key: str
    start: int
    end: int
    text: str

    @property
    def capital(self) -> bool:
        """True when the word begins with a capital letter or is a number ("Quận 1")."""
        return self.text[0].isupper() or self.text[0].isdigit()


PARAGRAPH_END = "¶"
_word = partial(tuple.__new__, Word)


class Trie(Generic[T]):
    """Values under sequences of word keys; ``openings`` are the first keys of all of them."""

    def __init__(self) -> None:
        self._root: dict[str, object] = {}
        self.openings = self._root.keys()

    def add(self, keys: Iterable[str], value: T) -> None:
        """Put ``value`` under ``keys``, in place of what stood there."""
        node = self._root
        for step in keys:
            node = node.setdefault(step, {})  # type: ignore[assignment]
        node[""] = value

    def items(self) -> Iterator[tuple[tuple[str, ...], T]]:
        """Every sequence of keys with its value."""
        unread: list[tuple[tuple[str, ...], dict[str, object]]] = [((), self._root)]
        while unread:
            keys, node = unread.pop()
            for step, below in node.items():
                if step:
                    unread.append(((*keys, step), below))  # type: ignore[arg-type]
                else:
                    yield keys, below  # type: ignore[misc]

    def get(self, keys: Iterable[str]) -> T | None:
        """The value under exactly these keys."""
        node = self._root
        for step in keys:
            node = node.get(step)  # type: ignore[assignment]
            if node is None:
                return None
        return node.get("")  # type: ignore[return-value]

    def longest(self, words: Sequence[Word], at: int, skip: frozenset[str] = frozenset()) -> tuple[int, T] | None:
        """The longest entry that begins at word ``at``: (index after its last word, value).

        Words in ``skip`` may stand between the words of an entry ("phòng, chống" for "phòng chống").
        """
        node = self._root.get(words[at][0]) if at < len(words) else None
        if node is None:
            return None
        end, value = (at + 1, node[""]) if "" in node else (at, None)  # type: ignore[operator, index]
        for position in range(at + 1, len(words)):
            key = words[position][0]
            step = node.get(key)  # type: ignore[attr-defined]
            if step is None:
                if key in skip:
                    continue
                break
            node = step
            if "" in node:
                end, value = position + 1, node[""]
        return (end, value) if end > at else None  # type: ignore[return-value]


def keys_of(name: str) -> tuple[str, ...]:
    """The word keys of a name, as the texts' words have them: "Sở TT&TT" -> ("sở", "tt", "và", "tt")."""
    return tuple(_ASIDE.get(word, word) for word in _WORD.findall(key(name)))


def read_words(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """The words of ``text[start:end]`` with their offsets in ``text``; a blank line is a word of its own ("¶")."""
    end = len(text) if end is None else end
    printed = _PARAGRAPH.sub(_marked, old_tone_style(text[start:end]).replace("Ð", "Đ"))
    parts = _PARTED.split(printed)  # what stands between words, and words, in turn
    places = list(accumulate(map(len, parts), initial=start))
    texts = parts[1::2]
    found = list(map(_word, zip(map(_folded, texts), places[1:-1:2], places[2::2], texts, strict=True)))
    if "&" in printed:
        found = [word._replace(key=_ASIDE[word.key]) if word.key in _ASIDE else word for word in found]
    return _written_out(found)


@lru_cache(maxsize=1 << 15)
def _folded(word: str) -> str:
    """The key of one word; a text repeats its few thousand forms."""
    return key(word)


def join(words: Sequence[Word]) -> str:
    """The phrase that the words make, abbreviations written out and blanks evened: the text of a label."""
    if not words:
        return ""
    _, first, last, text = words[0]
    parts = [text]
    for _, start, end, text in words[1:]:
        same = start == first and end == last
        parts.append(text if text in ",;:.)" or (last == start and not same) else f" {text}")
        first, last = start, end
    return "".join(parts)


def _marked(blank_line: re.Match[str]) -> str:
    return PARAGRAPH_END + blank_line.group()[1:]


class _Abbreviation(NamedTuple):
    printed: tuple[str, ...]
    full: tuple[tuple[str, str], ...]


@cache
def _abbreviations() -> Trie[tuple[_Abbreviation, ...]]:
    trie: Trie[tuple[_Abbreviation, ...]] = Trie()
    for row in rows("abbreviations"):
        full = _WORD.findall(row["full"].replace("&", " và "))
        entry = _Abbreviation(tuple(_WORD.findall(row["abbreviation"])), tuple((key(word), word) for word in full))
        keys = [_ASIDE.get(word, word) for word in map(key, entry.printed)]
        trie.add(keys, (*(trie.get(keys) or ()), entry))
    return trie


def _written_out(words: list[Word]) -> list[Word]:
    out, done = list[Word](), 0
    openings = _abbreviations().openings
    for position in [index for index, word in enumerate(words) if word[0] in openings]:
        hit = _abbreviation_at(words, position) if position >= done else None
        if not hit or _is_numbered(words, position):
            continue
        if words[position].key == "tư" and _all_capitals(words, position):
            continue
        first, last = words[position], words[hit[0] - 1]
        out += words[done:position]
        out += [Word(word, first.start, last.end, text) for word, text in hit[1].full]
        done = hit[0]
    return out + words[done:] if done else words


def _abbreviation_at(words: Sequence[Word], at: int) -> tuple[int, _Abbreviation] | None:
    """The longest abbreviation at word ``at`` that is printed as its row says; "TP." where no "TP. HCM" follows."""
    hit = _abbreviations().longest(words, at)
    while hit:
        printed = words[at : hit[0]]
        entry = _as_printed(printed, hit[1])
        if entry:
            return at + len(printed), entry
        hit = _abbreviations().longest(printed[:-1], 0)
        hit = (at + hit[0], hit[1]) if hit else None
    return None


def _is_numbered(words: Sequence[Word], at: int) -> bool:
    """True for a code behind a number without a blank: "18-NQ/TW" is the symbol of a document."""
    while at and words[at - 1].end == words[at].start:
        at -= 1
        if words[at].key[0].isdigit():
            return True
    return False


def _as_printed(words: Sequence[Word], entries: Sequence[_Abbreviation]) -> _Abbreviation | None:
    """Abbreviations are written in capitals: "TƯ" is Trung ương, "tư" a word. "BCH QUÂN SỰ" is "BCH Quân sự"."""
    printed = [word.text for word in words]
    for entry in entries:
        if all(b in (a, a.upper()) or (a == "&" and b == "và") for a, b in zip(entry.printed, printed, strict=True)):
            return entry
    return None


def _all_capitals(words: Sequence[Word], at: int) -> bool:
    """True where the neighbours are in capitals too: there "TƯ" may be a word ("ĐẦU TƯ")."""
    near = [word.text for word in (*words[max(0, at - 1) : at], *words[at + 1 : at + 2]) if word.key.isalpha()]
    return bool(near) and all(len(text) > 1 and text.isupper() for text in near)
