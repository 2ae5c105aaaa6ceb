"""Cut a text into the documents that stand in it, and find what each encloses: a regulation or plan, annexes.

Portals and scans put several documents into one file, each with its own head; and behind the signature of a decision
stands what it issues: "QUY CHẾ … (Ban hành kèm theo Quyết định số 12/2023/QĐ-UBND …)", "PHỤ LỤC I …". A form in an
annex
has a motto too, but neither number nor date.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from chidao.loaders.clean import Clean
from chidao.loaders.layout import Line, lines_of
from chidao.loaders.numbers import date_line, own_symbol
from chidao.loaders.types import code_for
from chidao.loaders.zones import MOTTO, ends_text, zones_of

MOST_DOCUMENTS, MOST_ENCLOSURES = 50, 40
"""A file holds no more documents, and a document encloses no more texts."""
HEAD_REACH = 2500
"""The head of a document ends within so many code points of its motto."""
TITLE_LINES = 12
"""The title of an enclosed text has no more lines."""
LONGEST_GAP = 40
"""Between "PHỤ LỤC I" and the title under it stand fewer code points."""

# "(Ban hành kèm theo Quyết định số …)", "(Kèm theo Công văn …": under the title of what is enclosed
_ENCLOSED = re.compile(r"\(\s*+(?:được\s++)?(?:ban\s++hành\s++)?kèm\s++theo\s++(?=[^\W\d])")
_CLOSING = re.compile(r"\)|\n\s*\n")
_ANNEX = re.compile(r"(?:PHỤ\s+LỤC|DANH\s+(?:MỤC|SÁCH)|BIỂU|BẢNG|MẪU|LỊCH)\b")
_ANNEX_ALONE = re.compile(r"PHỤ\s+LỤC(?:\s+(?:SỐ\s+)?[IVX\d]{1,4})?\s*[:.]?$")


@dataclass(frozen=True, slots=True)
class Enclosure:
    """An enclosed text or annex at ``start:end`` of the clean text.

    ``type`` is the code of the document that it is ("QC"), None for an annex; ``type_line`` are the offsets of its type
    word, ``title`` those of its title; ``cue`` those of "(Ban hành kèm theo …)", None where an annex lacks it.
    ``body`` is where its own text begins.
    """

    start: int
    end: int
    body: int
    type: str | None
    type_line: tuple[int, int]
    title: tuple[int, int]
    cue: tuple[int, int] | None


def documents_in(clean: Clean) -> tuple[tuple[int, int], ...]:
    """The parts of a text that are documents with a head of their own; the whole text where it holds one."""
    text, starts = clean.text, [0]
    lines = lines_of(text)
    mottos = [
        at for at, line in enumerate(lines) if text[line.start] in "CĐ" and MOTTO.match(text, line.start, line.end)
    ]
    ended, checked = 0, 0
    for motto in mottos[1 : 4 * MOST_DOCUMENTS]:
        while checked < motto:
            ended += ends_text(text, lines[checked])
            checked += 1
        first = _letterhead(text, lines, motto)
        if ended and len(starts) < MOST_DOCUMENTS and first.start > starts[-1] and _has_head(text, first.start):
            starts.append(first.start)
            ended = 0
    return tuple(zip(starts, [*starts[1:], len(text)], strict=True))


def _letterhead(text: str, lines: Sequence[Line], motto: int) -> Line:
    """The first line of the letterhead: the issuer may stand above the motto, in capitals and without a gap."""
    first = motto
    while first > 0 and not lines[first].after_gap and text[lines[first - 1].start : lines[first - 1].end].isupper():
        first -= 1
    return lines[first]


def _has_head(text: str, start: int) -> bool:
    """True where a number and a date follow: a document, not the form of one."""
    window = text[start : start + HEAD_REACH]
    zones = zones_of(window)
    own = own_symbol(window, zones)
    return own is not None and own.symbol.number is not None and not own.portal and date_line(window, zones) is not None


def enclosures_in(clean: Clean, start: int) -> tuple[Enclosure, ...]:
    """What stands behind the text of an act, which ends at ``start``: enclosed texts and annexes, in order."""
    each = {(one.start, one.cue is None): one for one in _found(clean, start)}
    found = sorted(each.values(), key=lambda one: one.start)
    kept: list[Enclosure] = []
    for one in found[:MOST_ENCLOSURES]:
        if kept and kept[-1].cue is None and not one.type and one.start - kept[-1].end < LONGEST_GAP:
            one = replace(one, start=kept.pop().start)  # noqa: PLW2901  # "PHỤ LỤC I" alone over "DANH MỤC …"
        if not kept or one.start >= kept[-1].body:
            kept.append(one)
    ends = [*(one.start for one in kept[1:]), len(clean.text)][: len(kept)]
    return tuple(replace(one, end=end, body=min(one.body, end)) for one, end in zip(kept, ends, strict=True))


def _found(clean: Clean, start: int) -> Iterator[Enclosure]:
    text = clean.text
    lines = [line for line in lines_of(text) if line.start >= start]
    at = 0
    for number, cue in enumerate(_ENCLOSED.finditer(clean.key, start)):
        while at < len(lines) and lines[at].end <= cue.start():
            at += 1
        closing = _CLOSING.search(text, cue.end(), cue.end() + 400)
        end = closing.end() if closing else cue.end()
        one = _titled(text, lines[max(0, at - TITLE_LINES) : at], (cue.start(), end))
        if one:
            yield one
        if number == MOST_ENCLOSURES:
            break
    for line in lines:
        if _ANNEX_ALONE.match(text, line.start, line.end):
            yield Enclosure(line.start, line.end, line.end, None, (line.start, line.end), (line.start, line.end), None)


def _titled(text: str, above: Sequence[Line], cue: tuple[int, int]) -> Enclosure | None:
    """The text under whose title a cue stands: below its type word, or the lines in capitals over the cue."""
    title: Line | None = None
    capitals = True
    for line in reversed(above):
        printed = text[line.start : line.end]
        if ends_text(text, line):
            break
        if printed.isupper() and (code_for(printed) or _ANNEX.match(printed)):
            return _enclosure(text, line, cue)
        capitals = capitals and printed.isupper()
        title = line if capitals else title
    return _enclosure(text, title, cue) if title else None


def _enclosure(text: str, head: Line, cue: tuple[int, int]) -> Enclosure:
    code = code_for(text[head.start : head.end])
    title = (head.end if code else head.start, cue[0])
    return Enclosure(head.start, cue[1], cue[1], code, (head.start, head.end), title, cue)
