"""The words of parts of one text: each block of a text is taken apart once, however many parts are asked for."""

from bisect import bisect_left
from functools import lru_cache

from chidao.ontology.words import Word, read_words

BLOCK = 1 << 15
"""About so many code points are one block; blocks end where a paragraph ends."""


def words_between(text: str, start: int, end: int) -> list[Word]:
    """The words of ``text[start:end]``, as ``read_words`` gives them."""
    index = start // BLOCK
    index -= start < _edge(text, index)
    if end > _edge(text, index + 1):
        return read_words(text, start, end)
    words, starts = _block(text, index)
    first, last = bisect_left(starts, start), bisect_left(starts, end)
    cut = (first and words[first - 1].end > start) or (last > first and words[last - 1].end > end)
    return read_words(text, start, end) if cut else words[first:last]


@lru_cache(maxsize=64)
def _edge(text: str, index: int) -> int:
    """Where block ``index`` begins: behind the first blank line, else the first line, of its reach."""
    at = index * BLOCK
    ends = (text.find(mark, at, at + BLOCK) + len(mark) for mark in ("\n\n", "\n"))
    return next((end for end in ends if end >= at + 1), at) if index else 0


@lru_cache(maxsize=16)
def _block(text: str, index: int) -> tuple[list[Word], list[int]]:
    words = read_words(text, _edge(text, index), _edge(text, index + 1))
    return words, [word.start for word in words]
