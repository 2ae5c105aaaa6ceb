"""Clean a source text for matching, and keep the way back: every offset leads to the untouched source."""

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property

from chidao.graph.model import Span
from chidao.ontology.spelling import key

# What disappears: zero-width characters, soft hyphens, carriage returns, markdown's bold and italic marks
# ("**“4 tại chỗ”**", also where one closes on a line of its own), its headings ("# QUYẾT ĐỊNH") and escapes ("\-").
# What is composed: a letter and the combining marks behind it (NFD).
_DROPPED = r"(?<=\S)\n\*\*(?=\n)|[\u200b-\u200d\ufeff\u00ad\r]|\*+|__|(?<![^\n])#{1,6}[ \t]+|\\(?=[-.\[\]()_*#|])"
_COMPOSED = r"[^\W\d_][\u0300-\u036f]+"
_EDIT = re.compile(rf"(?P<drop>{_DROPPED})|(?P<compose>{_COMPOSED})")

# What is replaced one for one: blanks by a space, dashes and Word's bullet by a hyphen, table bars by a line's end.
_REPLACED = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u2007\u202f\u3000\f\v", " "),
        **{chr(c): " " for c in range(0x2000, 0x200B)},
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uf0b7\u2022", "-"),
        **dict.fromkeys("\u2028\u2029\u0085|", "\n"),
        "Ð": "Đ",
        "ð": "đ",
        "Ɖ": "Đ",
        "ɖ": "đ",
    }
)


@dataclass(frozen=True)
class Clean:
    """A text in NFC without marks of layout, and the source that it was read from.

    ``text`` is what patterns match; ``starts``/``sources`` are the positions where the shift between the two changes.
    """

    text: str
    source: str
    starts: tuple[int, ...]
    sources: tuple[int, ...]

    @cached_property
    def key(self) -> str:
        """The text folded for matching (case, tone-mark style); as long as ``text``, so offsets agree."""
        return key(self.text)

    def source_offset(self, position: int) -> int:
        """The code point of the source at which the character ``position`` of ``text`` stands."""
        at = bisect_right(self.starts, position) - 1
        return self.sources[at] + position - self.starts[at]

    def span(self, start: int, end: int) -> Span:
        """The quote of ``text[start:end]`` in the source, without blanks at its ends.

        Raises ValueError when nothing but blanks stands there.
        """
        quoted = self.text[start:end]
        stripped = quoted.strip()
        if not stripped:
            raise ValueError(f"no text at {start}:{end}")
        start += len(quoted) - len(quoted.lstrip())
        end = start + len(stripped)
        first, last = self.source_offset(start), self.source_offset(end - 1) + 1
        behind = self.source_offset(end) if end < len(self.text) else len(self.source)
        while last < behind and unicodedata.combining(self.source[last]):
            last += 1
        return Span(first, last, self.source[first:last])


def clean(source: str) -> Clean:
    """``source`` in NFC, without zero-width characters, bold marks and table bars; nothing is corrected."""
    pieces: list[str] = []
    starts, sources = [0], [0]
    length = done = 0
    for edit in _EDIT.finditer(source):
        composed = "" if edit["drop"] else unicodedata.normalize("NFC", edit["compose"])
        pieces += (source[done : edit.start()], composed)
        length += edit.start() - done + len(composed)
        done = edit.end()
        starts.append(length)
        sources.append(done)
    pieces.append(source[done:])
    return Clean("".join(pieces).translate(_REPLACED), source, tuple(starts), tuple(sources))
