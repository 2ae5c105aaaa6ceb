"""Marking quotes in a text: cutting it where a quote begins or ends, so that overlapping quotes all show."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise


@dataclass(frozen=True, slots=True)
class Quote:
    """Code points ``start:end`` of a source text; ``kind`` says what was read there, ``note`` in words."""

    source: str
    start: int
    end: int
    exact: str = ""
    kind: str = ""
    note: str = ""

    @property
    def id(self) -> str:
        """The anchor of the quote on a page that shows its source: "q-1f2e3d4c-12-45"."""
        return f"q-{self.source.rpartition('/')[2][:8]}-{self.start}-{self.end}"


@dataclass(frozen=True, slots=True)
class Segment:
    """A piece of the text under the same quotes: ``quotes`` cover it, ``anchors`` begin with it."""

    text: str
    quotes: tuple[Quote, ...] = ()
    anchors: tuple[str, ...] = ()

    @property
    def ids(self) -> str:
        """The anchors of the quotes that cover the piece, joined by spaces."""
        return " ".join(quote.id for quote in self.quotes)

    @property
    def kinds(self) -> str:
        """The kinds of the quotes, each once, joined by spaces."""
        return " ".join(dict.fromkeys(quote.kind for quote in self.quotes))

    @property
    def notes(self) -> str:
        """What was read here, each once."""
        return "; ".join(dict.fromkeys(quote.note for quote in self.quotes if quote.note))


def segments(text: str, quotes: Iterable[Quote]) -> list[Segment]:
    """``text`` cut at every edge of ``quotes``; the pieces joined give the text back.

    Quotes that lie outside the text, or are empty, mark nothing.
    """
    inside = sorted(
        {quote for quote in quotes if 0 <= quote.start < quote.end <= len(text)},
        key=lambda quote: (quote.start, -quote.end, quote.kind, quote.note),
    )
    edges = sorted({0, len(text), *(q.start for q in inside), *(q.end for q in inside)})
    return list(_cut(text, edges, inside))


def _cut(text: str, edges: Sequence[int], quotes: Sequence[Quote]) -> Iterable[Segment]:
    """One piece between each two edges. ``open_quotes`` are those that cover the piece; all are in order of start."""
    open_quotes: list[Quote] = []
    waiting = iter(quotes)
    following = next(waiting, None)
    for start, end in pairwise(edges):
        open_quotes = [quote for quote in open_quotes if quote.end > start]
        anchors: dict[str, None] = {}
        while following and following.start == start:
            open_quotes.append(following)
            anchors[following.id] = None
            following = next(waiting, None)
        yield Segment(text[start:end], tuple(open_quotes), tuple(anchors))
