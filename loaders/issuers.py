"""Who issued a document, and where: letterhead, adopting body in the title, issuer code of the symbol.

36-HD/VPTW II.1.2: the letterhead prints the committee, the title or the signature names who adopted. The place that a
name
leaves out is looked for in the order of the domain: letterhead, date line, then the names written out in the text.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from chidao.graph.model import Body
from chidao.graph.names import place_iri
from chidao.loaders.bodies import BodyMention, Reading, body_of, find_bodies, read_bodies
from chidao.loaders.clean import Clean
from chidao.loaders.layout import is_noise, lines_of
from chidao.loaders.numbers import DateLine, OwnSymbol
from chidao.loaders.titles import Title
from chidao.loaders.zones import Zones, inside
from chidao.ontology.register import Context, Register, register

# Lines of every letterhead that name no body: the motto, the Party's name, number and date
_NO_ISSUER = re.compile(
    r"CỘNG\s+H[ÒO]|CHỦ\s+NGHĨA\s+VIỆT|ĐẢNG\s+CỘNG\s+SẢN|^VIỆT\s+NAM$|Độc\s+lập|Số\b|.*,\s*ngày\s", re.I
)


@dataclass(frozen=True, slots=True)
class Issuer:
    """One reading of the issuer: the body, and the offsets of the words that name it."""

    body: Body
    start: int
    end: int


def issuers_of(
    clean: Clean,
    zones: Zones,
    own: OwnSymbol | None,
    title: Title | None,
    dated: DateLine | None,
    sha256: str,
) -> tuple[tuple[Issuer, ...], Reading]:
    """The readings of the issuer, the one that counts first, and the context in which the text's names are read."""
    known, day = register(), dated.date.iso if dated else None
    nowhere = Reading(known, Context(None, day), sha256)
    head = _letterhead(zones, title)
    adopters = list(find_bodies(clean.text, *title.adopter, nowhere)) if title and title.adopter else []
    printed = _printed(clean.text, head, zones, nowhere)
    place = _place(clean, dated, [*adopters, *printed], nowhere, own)
    reading = Reading(known, Context(place, day), sha256)
    readings = list(_ordered(clean.text, head, zones, own, title, reading))
    readings += _speaker(clean.text, zones, readings[0].body, reading) if readings else []
    first: dict[str, Issuer] = {}
    for issuer in readings:
        first.setdefault(issuer.body.iri, issuer)
    return tuple(first.values()), reading


def _letterhead(zones: Zones, title: Title | None) -> tuple[int, int]:
    """From the top to the type name, the title or the addressees, whichever comes first."""
    ends = [zones.type_line[0]] if zones.type_line else [title.start] if title else []
    ends += [zones.address[0]] if zones.address else []
    return 0, min([*ends, max(zones.head[1], 1)])


def _printed(text: str, head: tuple[int, int], zones: Zones, reading: Reading) -> list[BodyMention]:
    """The bodies that the letterhead prints in capitals, superior first; stamps are another office's."""
    return [
        mention
        for mention in find_bodies(text, *head, reading)
        if text[mention.start : mention.end].isupper() and not inside(mention.start, zones.stamps)
    ]


def _ordered(
    text: str,
    head: tuple[int, int],
    zones: Zones,
    own: OwnSymbol | None,
    title: Title | None,
    reading: Reading,
) -> Iterator[Issuer]:
    """Adopter, numbering body of the symbol where the letterhead names another, letterhead: in this order."""
    stated = [
        zone for zone in (title.adopter if title else None, _portal_issuer(text, own), _dispatcher(text, zones)) if zone
    ]
    for zone in stated:
        yield from (Issuer(body, *zone) for body in read_bodies(text, *zone, reading)[:1])
    if own and own.symbol.issuer in ("TW", "TƯ"):
        yield from _on_behalf(text, zones, reading)
    coded = _coded(own, reading)
    printed = _printed(text, head, zones, reading)
    last = Issuer(printed[-1].body, printed[-1].start, printed[-1].end) if printed else None
    committee = last or coded
    if committee and committee.body.system == "party":
        yield from _adopting(text, zones, committee.body, reading)
    if coded and (last is None or last.body.series != coded.body.series):
        yield coded
    if last:
        yield last
    elif coded is None and not stated:
        yield from _unknown(text, head, zones, reading)


def _portal_issuer(text: str, own: OwnSymbol | None) -> tuple[int, int] | None:
    """The body behind "của" in a portal's title line: "Kết luận số 69-KL/TW ngày 11/01/2024 của Bộ Chính trị về …"."""
    if own is None or not own.portal:
        return None
    symbol = re.escape(text[own.start : own.end])
    subject = r"(?=\s+(?:về|ban\s+hành|quy\s+định|hướng\s+dẫn)\s|\n)"
    named = re.compile(rf"{symbol}[^\n]{{0,40}}?\s(?:của|do)\s+(?P<body>[^\n]+?){subject}").search(
        text, 0, own.end + 500
    )
    return named.span("body") if named else None


def _dispatcher(text: str, zones: Zones) -> tuple[int, int] | None:
    """The body before "điện:" of a công điện."""
    cue = (
        re.compile(r"(?P<body>[^\n]+?)\s+điện\s*:\s*\Z", re.I).search(text[: zones.address[0]])
        if zones.address
        else None
    )
    return cue.span("body") if cue else None


def _on_behalf(text: str, zones: Zones, reading: Reading) -> Iterator[Issuer]:
    """TW is the code of three bodies: the signature tells which (36-HD/VPTW: "T/M BỘ CHÍNH TRỊ", "T/M BAN BÍ THƯ")."""
    if zones.signature:
        for mention in find_bodies(text, *zones.signature, reading)[:1]:
            yield Issuer(mention.body, mention.start, mention.end)


# "T/M BAN THƯỜNG VỤ", "T/M THƯỜNG TRỰC": who of the committee adopted the document
_ADOPTED = re.compile(r"T/?M\.?\s+(?P<organ>BAN\s+THƯỜNG\s+VỤ|THƯỜNG\s+TRỰC)\b")


def _adopting(text: str, zones: Zones, committee: Body, reading: Reading) -> Iterator[Issuer]:
    """The organ of the letterhead's committee on whose behalf it was signed (36-HD/VPTW II.1.7)."""
    mark = _ADOPTED.search(text, *zones.signature) if zones.signature else None
    if mark:
        organ = " ".join(mark["organ"].split()).capitalize()
        entry = reading.register.resolve(f"{organ} {committee.label}", reading.context).entry
        if entry:
            yield Issuer(body_of(entry), *mark.span())


# "Thường trực Huyện ủy yêu cầu …", "Ban Thường vụ Tỉnh ủy ban hành Kế hoạch …": who speaks in the text
_SPEAKS = re.compile(r"\s+(?:yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|chỉ\s+thị|ban\s+hành|kết\s+luận|quyết\s+định)\b")
SPEAKER_WITHIN = 4000
"""A document says within so many code points of its text who speaks."""


def _speaker(text: str, zones: Zones, issuer: Body, reading: Reading) -> list[Issuer]:
    """The organ of the issuing committee that speaks in the text, where the head names another: a claim of its own."""
    start, end = zones.body
    for mention in find_bodies(text, start, min(end, start + SPEAKER_WITHIN), reading):
        same_series = issuer.series and mention.body.series == issuer.series
        if same_series and _SPEAKS.match(text, mention.end):
            return [Issuer(mention.body, mention.start, mention.end)]
    return []


def _coded(own: OwnSymbol | None, reading: Reading) -> Issuer | None:
    if own is None:
        return None
    context = reading.context
    entry = reading.register.by_symbol(own.symbol.issuer, context.place, None, context.date)
    return Issuer(body_of(entry), own.start, own.end) if entry else None


def _unknown(text: str, head: tuple[int, int], zones: Zones, reading: Reading) -> Iterator[Issuer]:
    """A letterhead that the register does not know: its last lines in capitals become a body of this source alone."""
    lines = [
        line
        for line in lines_of(text[: head[1]])
        if text[line.start : line.end].isupper()
        and not (
            inside(line.start, zones.stamps) or is_noise(text, line) or _NO_ISSUER.match(text[line.start : line.end])
        )
    ]
    if lines:
        first = next((ln for ln in reversed(lines) if ln.after_gap), lines[0])
        bodies = read_bodies(text, first.start, lines[-1].end, reading)
        yield from (Issuer(body, first.start, lines[-1].end) for body in bodies[:1])


def _place(
    clean: Clean, dated: DateLine | None, printed: list[BodyMention], reading: Reading, own: OwnSymbol | None
) -> str | None:
    """Path of the place whose bodies the text means where it leaves the place out."""
    stated = [m.body for m in printed if m.body.place and "place" not in m.body.inferred]
    if stated:
        return _path(stated[-1].place)
    level = printed[-1].body.level if printed else _level_of_code(own)
    if level == "central":
        return None
    seat = " ".join(clean.text[slice(*dated.place)].split()) if dated and dated.place else None
    named = _named(reading.register, seat, level, reading.context.date) if seat else None
    return named or place_by_votes(clean, reading, level)


def _level_of_code(own: OwnSymbol | None) -> str | None:
    """The level that a code alone tells: TU is a province's, HU a district's (66-QĐ/TW)."""
    return {"TU": "province", "HU": "district"}.get(own.symbol.issuer) if own else None


def _named(known: Register, name: str, level: str | None, day: str | None) -> str | None:
    """The one place of this name at ``level``, or the place of that level above it; None where several fit."""
    found = set()
    for place in known.places_named(name, date=day):
        if level is None or place.level == level:
            found.add(place.path)
        elif place.parent_path and level == "province" and place.level == "district":
            found.add(place.parent_path)
    same = [path for path in found if level is None or known.places[path].level == level]
    return same[0] if len(same) == 1 else None


def place_by_votes(clean: Clean, reading: Reading, level: str | None) -> str | None:
    """The place most often written out with a body's name at ``level`` ("Tỉnh ủy Hà Tĩnh"); None without a majority."""
    votes = Counter[str]()
    for mention in find_bodies(clean.text, 0, min(len(clean.text), 20_000), reading):
        if (
            mention.body.place
            and "place" not in mention.body.inferred
            and mention.body.level in (level or mention.body.level,)
        ):
            votes[_path(mention.body.place) or ""] += 1
    ranked = votes.most_common(2)
    if not ranked or (len(ranked) == 2 and ranked[0][1] == ranked[1][1]):
        return None
    return ranked[0][0]


def _path(iri: str | None) -> str | None:
    return iri.removeprefix(place_iri("")) if iri else None
