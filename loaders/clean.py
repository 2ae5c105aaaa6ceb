"""Clean a source text for matching, and keep the way back: every offset leads to the untouched source."""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from chidao.graph.model import Span
from chidao.loaders.letters import SMALL
from chidao.ontology.spelling import key

# What disappears: zero-width characters, soft hyphens, carriage returns, markdown's bold and italic marks
# ("**“4 tại chỗ”**", also where one closes on a line of its own), its headings ("# QUYẾT ĐỊNH") and escapes ("\-").
# Each begins with a rare character, so a scan for it is quick.
_DROPPED = (
    re.compile(r"[\u200b-\u200d\ufeff\u00ad\r]"),
    re.compile(r"\n(?<=\S\n)\*\*(?=\n)"),
    re.compile(r"\*\**+"),
    re.compile(r"__"),
    re.compile(r"#(?<![^\n]#)#{0,5}[ \t]+"),
    re.compile(r"\\(?=[-.\[\]()_*#|])"),
)
# A page number between blank lines, where a sentence goes on behind it: "Văn phòng Ủy ban" / "4" / "nhân dân tỉnh"
_NUMBER_LINE = r"(?:- ?)?\d{1,3}(?: ?-)?[ \t\r]*+\n"
_PAGE_NUMBER = re.compile(
    rf"\n(?:(?<=[{SMALL},]\n)|(?<=[{SMALL},]\r\n))[ \t\r\f]*+"
    rf"(?:\n\s*+{_NUMBER_LINE}\s*+|{_NUMBER_LINE}[ \t\r\f]*+\n\s*+)(?=[{SMALL}])"
)
# What is composed: a letter and the combining marks behind it (NFD).
_MARK = re.compile(r"[\u0300-\u036f]")
_COMPOSED = re.compile(r"[^\W\d_][\u0300-\u036f]+")

# What is replaced one for one: blanks by a space, dashes and Word's bullet by a hyphen, table bars by a line's end.
_REPLACED = (
    dict.fromkeys("\u00a0\u2007\u202f\u3000\f\v", " ")
    | {chr(c): " " for c in range(0x2000, 0x200B)}
    | dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uf0b7\u2022", "-")
    | dict.fromkeys("\u2028\u2029\u0085|", "\n")
    | {"Ð": "Đ", "ð": "đ", "Ɖ": "Đ", "ɖ": "đ"}
)
_REPLACEABLE = re.compile(f"[{''.join(map(re.escape, _REPLACED))}]")


_WORD = re.compile(r"[^\W_]*+")


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

    def part(self, start: int, end: int) -> "Clean":
        """The text between two offsets as a text of its own; its quotes still stand in the whole source."""
        first, last = bisect_right(self.starts, start), bisect_right(self.starts, end)
        starts = (0, *(at - start for at in self.starts[first:last]))
        sources = (self.source_offset(start), *self.sources[first:last])
        return Clean(self.text[start:end], self.source, starts, sources)

    def source_offset(self, position: int) -> int:
        """The code point of the source at which the character ``position`` of ``text`` stands."""
        at = bisect_right(self.starts, position) - 1
        return self.sources[at] + position - self.starts[at]

    def word_end(self, at: int, end: int) -> int:
        """The end of the word at ``at``, at most ``end``: a window that ends there cuts no word."""
        word = _WORD.match(self.text, at, end) if at < end else None
        return word.end() if word else end

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
    for start, end, kept in _edits(source):
        pieces += (source[done:start], kept)
        length += start - done + len(kept)
        done = end
        starts.append(length)
        sources.append(done)
    pieces.append(source[done:])
    text = _REPLACEABLE.sub(lambda found: _REPLACED[found[0]], "".join(pieces))
    return Clean(text, source, tuple(starts), tuple(sources))


def _edits(source: str) -> Iterator[tuple[int, int, str]]:
    """What is dropped or composed, in order: offsets in the source, and what is left of it; none overlaps another."""
    found = [(*mark.span(), "") for form in _DROPPED for mark in form.finditer(source)]
    found += [(*page.span(), "\n") for page in _PAGE_NUMBER.finditer(source)]
    if _MARK.search(source):
        found += [(*apart.span(), unicodedata.normalize("NFC", apart[0])) for apart in _COMPOSED.finditer(source)]
    reached = 0
    for start, end, kept in sorted(found, key=lambda edit: edit[0]):
        if start >= reached:
            yield start, end, kept
            reached = end
