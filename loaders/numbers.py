"""The document's own number and symbol, its type and its date: from the number line, the type line, the date line.

A cited symbol is never taken for the document's own, nor an arrival number ("Số: 4153<TAB>CT/TU") for its number.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chidao.graph.names import Symbol
from chidao.loaders.dates import FoundDate, date_at
from chidao.loaders.letters import CAPITAL
from chidao.loaders.symbols import FoundSymbol, find_symbols, letter_at
from chidao.loaders.types import settled_code, type_word, words_of
from chidao.loaders.zones import Zones, inside

# "Số 632 - CV/HU" (Party: no colon), "Số: 774/QĐ-UBND" (State): at a line's start, or with its colon inside a
# one-line head
_NUMBER_CUE = re.compile(r"(?:(?<=\n)|(?<![^\n]))[-\s]*Số\s*:?\s*|(?<=\s)Số\s*:\s*")
# The number is blank or lost: "Số:      -CT/TU", "Số: …/QĐ-UBND", "Số     /CT-UBND"
_BLANK = re.compile(r"[\s.…_]*(?P<sep>[-/])\s*(?P<t>[A-ZĐ][A-Za-zĐđ]{0,4})\s*[-/]\s*(?P<i>[A-ZĐƯ][A-Za-zĐđƯư]{1,12})\b")
# "Sơn Dương, ngày 31 tháng 8 năm 2021"; the place is the seat or the province
_DATE_LINE = re.compile(
    rf"(?:(?<=\s)|(?<![^\n]))(?P<place>[{CAPITAL}][^\n,;:.\d|-]{{1,30}}?(?<!Số)(?<!số)(?:\s\d{{1,2}})?)\s*(?:,\s*|(?<=\s))"
    # "Hà Nội, hồi 16 giờ 30 ngày …": a telegram's hour
    r"(?:(?:hồi|lúc)\s++\d{1,2}\s*+(?:giờ|h|:)(?:\s*+\d{2})?(?:\s*+phút)?(?:\s*+,)?\s*+)?"
    r"ngày\s+(?=\d{1,2}\s*tháng\s*\d{1,2}\s*năm\s*\d{4})"
)
# A portal's title line: "# Kết luận số 69-KL/TW", "Công văn 3397/BKHĐT-QLKTTW năm 2019 …"
_PORTAL = re.compile(r"\s*+#*+\s*+(?P<type>\w[\w ]{3,24}?)\s++(?:số(?:\s*+:)?\s*+)?(?=\d{1,5}[a-zđ]?\s*+[-/])", re.I)


LONGEST_DATE_LINE = 80
"""A line of place and date is shorter, in code points."""


@dataclass(frozen=True, slots=True)
class OwnSymbol:
    """The document's own symbol. ``number`` is None and ``symbol`` its lost form where the text does not state it."""

    start: int
    end: int
    symbol: Symbol
    portal: bool = False


@dataclass(frozen=True, slots=True)
class DateLine:
    """Place and date above or beside the title: offsets of the place (None in a portal's title), and the date."""

    place: tuple[int, int] | None
    date: FoundDate

    @property
    def start(self) -> int:
        """Where the quote of the line begins."""
        return self.place[0] if self.place else self.date.start


def _at(text: str, start: int) -> FoundSymbol | None:
    numbered = next(find_symbols(text, start, min(len(text), start + 60)), None)
    if numbered and numbered.start == start:
        return numbered
    return letter_at(text, start)


def own_symbol(text: str, zones: Zones) -> OwnSymbol | None:
    """The symbol of the number line in the head, or of a portal's title line where the head is lost."""
    head = max(zones.head[1], zones.address[0] if zones.address else 0)
    for cue in _NUMBER_CUE.finditer(text, 0, head):
        if inside(cue.end() - 1, zones.stamps):
            continue
        found = _at(text, cue.end())
        if found:
            return OwnSymbol(found.start, found.end, found.symbol)
        blank = _BLANK.match(text, cue.end())
        if blank and blank["t"] in words_of():
            style = "party" if blank["sep"] == "-" else "state"
            return OwnSymbol(cue.start(), blank.end(), Symbol(style, None, blank["t"], blank["i"]))
    return portal_symbol(text)


def portal_symbol(text: str) -> OwnSymbol | None:
    """The symbol in a first line that is the portal's title of the document."""
    title = _PORTAL.match(text)
    if not title or not type_word().fullmatch(title["type"].lower().strip()):
        return None
    found = _at(text, title.end())
    return OwnSymbol(found.start, found.end, found.symbol, portal=True) if found else None


def date_line(text: str, zones: Zones) -> DateLine | None:
    """The first line of place and date in the head; where none stands there, the last one at the end of the text."""
    in_head = _date_lines(text, zones, 0, zones.head[1])
    at_end = () if in_head else _date_lines(text, zones, max(zones.head[1], zones.body[1] - 200), len(text))
    chosen = in_head[0] if in_head else at_end[-1] if at_end else None
    found = date_at(text, chosen.end()) if chosen else None
    return DateLine((chosen.start("place"), chosen.end("place")), found) if chosen and found else None


def _date_lines(text: str, zones: Zones, start: int, end: int) -> Sequence[re.Match[str]]:
    """The lines of place and date that begin between two offsets, but for those of stamps."""
    found = _DATE_LINE.finditer(text, start, min(len(text), end + LONGEST_DATE_LINE))
    return [line for line in found if line.start() < end and not inside(line.start(), zones.stamps)]


def portal_date(text: str, own: OwnSymbol | None) -> DateLine | None:
    """The date behind the symbol in a portal's title line: "Kết luận số 69-KL/TW ngày 11/01/2024 của …"."""
    if own is None or not own.portal:
        return None
    printed = re.escape(text[own.start : own.end])
    dated = re.compile(rf"{printed}\s*,?\s*ngày\s+(?=\d)", re.I).search(text, 0, own.end + 400)
    found = date_at(text, dated.end()) if dated else None
    return DateLine(None, found) if found else None


def document_type(text: str, zones: Zones, own: OwnSymbol | None) -> tuple[str | None, tuple[int, int] | None]:
    """The type's code and where it was read: the type line, else the symbol; a letter with addressees is a công văn."""
    if zones.type_line:
        word = " ".join(text[slice(*zones.type_line)].split()).lower()
        return _agreed(own.symbol.type if own else None, word), zones.type_line
    if own:
        title = _PORTAL.match(text) if own.portal else None
        code = "CV" if _is_letter(own.symbol, zones) else own.symbol.type
        return settled_code(code, title["type"] if title else None), (own.start, own.end)
    return ("CV", None) if zones.address else (None, None)


def _is_letter(symbol: Symbol, zones: Zones) -> bool:
    """A công văn: no type code, or what looks like one is the issuer's ("5348/CT-CS" of the Cục Thuế).

    Decree 30/2020/NĐ-CP: every type but the công văn prints its name over the title.
    """
    state = symbol.style == "state" and symbol.year is None and symbol.type != "CĐ"
    return symbol.style == "letter" or (state and zones.address is not None)


def _agreed(code: str | None, word: str) -> str | None:
    """The code of the symbol where the type word can stand for it ("QĐ" of a "QUY ĐỊNH"), else the word's own."""
    if code and word in words_of().get(code, ()) and word == words_of()[code][0]:
        return code
    return settled_code(code, word)
