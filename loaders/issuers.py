"""Who issued a document, and where: letterhead, adopting body in the title, issuer code of the symbol.

36-HD/VPTW II.1.2: the letterhead prints the committee, the title or the signature names who adopted. The place that a
name
leaves out is looked for in the order of the domain: letterhead, date line, then the names written out in the text.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from chidao.graph.model import Body
from chidao.graph.names import place_iri
from chidao.loaders.bodies import BodyMention, Reading, bodies_in, body_of, find_bodies, read_bodies
from chidao.loaders.clean import Clean
from chidao.loaders.layout import is_noise, lines_of
from chidao.loaders.letters import CAPITAL
from chidao.loaders.numbers import DateLine, OwnSymbol
from chidao.loaders.place_votes import place_by_votes
from chidao.loaders.titles import Title
from chidao.loaders.zones import Zones, inside
from chidao.ontology.register import Context, Register, register

# Lines of every letterhead that name no body: the motto, the Party's name, number and date
_NO_ISSUER = re.compile(
    r"CỘNG\s+H[ÒO]|CHỦ\s+NGHĨA\s+VIỆT|ĐẢNG\s+CỘNG\s+SẢN|^VIỆT\s+NAM$|Độc\s+lập|Số\b|.*,\s*ngày\s", re.I
)


# The Youth Union's name stands at the right of its letterheads as the Party's does
_UNION = re.compile(r"ĐOÀN\s+(?:TNCS|THANH\s+NIÊN\s+CỘNG\s+SẢN)\s+HỒ\s+CHÍ\s+MINH")
# Mottos, also where a narrow page broke them over lines
_MOTTO = re.compile(
    r"CỘNG\s+H[ÒO]A\s+X[ÃA]\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM(?:\W+ĐỘC\s+LẬP\W+TỰ\s+DO\W+HẠNH\s+PHÚC)?"
    r"|ĐẢNG\s+CỘNG\s+SẢN\s+VIỆT\s+NAM",
    re.I,
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
    place = _inside(_printed(clean.text, head, zones, reading), place, reading) or place
    reading = Reading(known, Context(place, day), sha256)
    readings = list(_ordered(clean.text, head, zones, own, title, reading)) or _signed_for(clean.text, zones, reading)
    readings += _speaker(clean, zones, readings[0].body, reading) if readings else []
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
        if text[mention.start : mention.end].isupper()
        and not inside(mention.start, zones.stamps)
        and not _UNION.fullmatch(text, mention.start, mention.end)
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
    named = _first_of_joint(text, printed)
    last = Issuer(named.body, named.start, named.end) if named else None
    committee = last or coded
    if committee and committee.body.system == "party":
        yield from _adopting(text, zones, committee.body, reading)
    if coded and (last is None or last.body.series != coded.body.series):
        yield coded
    if last:
        yield last
    elif coded is None and not stated:
        yield from _unknown(text, head, zones, reading)


# "ỦY BAN MTTQ VIỆT NAM TỈNH BÌNH ĐỊNH - CÔNG AN TỈNH BÌNH ĐỊNH": who issues together
_JOINT = re.compile(r"[ \t]*(?:-|,|VÀ)[ \t]*")


def _first_of_joint(text: str, printed: list[BodyMention]) -> BodyMention | None:
    """The last body of a letterhead; of those that issue together, on one line, the one named first."""
    at = len(printed) - 1
    while at > 0 and _JOINT.fullmatch(text, printed[at - 1].end, printed[at].start):
        at -= 1
    return printed[at] if printed else None


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


_DISPATCHES = re.compile(r"(?<!\s)\s++điện\s*+:\s*+\Z", re.I)


def _dispatcher(text: str, zones: Zones) -> tuple[int, int] | None:
    """The body before "điện:" of a công điện."""
    cue = _DISPATCHES.search(text, 0, zones.address[0]) if zones.address else None
    start = text.rfind("\n", 0, cue.start()) + 1 if cue else 0
    return (start, cue.start()) if cue and start < cue.start() else None


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


_BEHALF = re.compile(r"T/?M\.?\s+")


def _signed_for(text: str, zones: Zones, reading: Reading) -> list[Issuer]:
    """The body on whose behalf a text without its head was signed, at the place of the text: "TM. ỦY BAN NHÂN DÂN"."""
    mark = _BEHALF.search(text, *zones.signature) if zones.signature else None
    named = find_bodies(text, mark.end(), zones.signature[1], reading)[:1] if mark and zones.signature else []
    return [Issuer(m.body, m.start, m.end) for m in named if mark and m.start == mark.end() and m.body.known]


# "Thường trực Huyện ủy yêu cầu …", "Ban Thường vụ Tỉnh ủy ban hành Kế hoạch …": who speaks in the text
_SPEAKS = re.compile(r"\s+(?:yêu\s+cầu|đề\s+nghị|chỉ\s+đạo|chỉ\s+thị|ban\s+hành|kết\s+luận|quyết\s+định)\b")
SPEAKER_WITHIN = 4000
"""A document says within so many code points of its text who speaks."""


def _speaker(clean: Clean, zones: Zones, issuer: Body, reading: Reading) -> list[Issuer]:
    """The organ of the issuing committee that speaks in the text, where the head names another: a claim of its own."""
    start, end = zones.body
    for mention in bodies_in(clean.text, start, clean.word_end(start + SPEAKER_WITHIN, end), reading):
        same_series = issuer.series and mention.body.series == issuer.series
        if same_series and _SPEAKS.match(clean.text, mention.end):
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
    mottos = tuple(found.span() for found in _MOTTO.finditer(text, 0, head[1]))
    lines = [
        line
        for line in lines_of(text[: head[1]])
        if text[line.start : line.end].isupper()
        and not (inside(line.start, zones.stamps) or inside(line.start, mottos) or is_noise(text, line))
        and not _NO_ISSUER.match(text[line.start : line.end])
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
    return _place_line(clean, reading) or named or place_by_votes(clean, reading, level)


def _inside(printed: list[BodyMention], place: str | None, reading: Reading) -> str | None:
    """The place of the letterhead's last body, where the superior's above it tells which of that name is meant."""
    last = printed[-1].body if printed and place else None
    stated = last is not None and last.place is not None and "place" not in last.inferred
    below = _path(last.place) if last and stated else None
    above = {at.path for at in reading.register.upward(below, reading.context.date)} if below else set()
    return below if place in above else None


# "XÃ THANH LÂM" on a line of its own, or beside the motto: the second line of a letterhead whose columns were mixed
_PLACE_LINE = re.compile(
    r"(?:\A|\n)[ \t]*(?P<type>TỈNH|THÀNH PHỐ|HUYỆN|QUẬN|THỊ XÃ|XÃ|PHƯỜNG|THỊ TRẤN|ĐẶC KHU) "
    rf"(?P<name>\d{{1,2}}|[{CAPITAL}]+(?: [{CAPITAL}]+){{0,4}}(?: \d{{1,2}})?)(?=\s{{2}}|\s*\n|\s*\Z)"
)
PLACE_LINE_WITHIN = 600
"""The letterhead's place stands within so many code points from the top."""


def _place_line(clean: Clean, reading: Reading) -> str | None:
    """The place that a letterhead's line names with its type; of several so named the one that the text is about."""
    line = _PLACE_LINE.search(clean.text, 0, PLACE_LINE_WITHIN)
    if line is None:
        return None
    known, day = reading.register, reading.context.date
    found = known.places_named(line["name"], type=line["type"].lower(), date=day)
    if len(found) > 1:
        about = place_by_votes(clean, reading, None)
        found = [place for place in found if about in {above.path for above in known.upward(place.path, day)}]
    return found[0].path if len(found) == 1 else None


def _level_of_code(own: OwnSymbol | None) -> str | None:
    """The level that a code alone tells: TU is a province's, HU a district's (66-QĐ/TW)."""
    return {"TU": "province", "HU": "district"}.get(own.symbol.issuer) if own else None


def _named(known: Register, name: str, level: str | None, day: str | None) -> str | None:
    """The one place of this name at ``level``, or the province of the one town of this name; None where several fit.

    Without a level, the one place of the highest level at which the name is known.
    """
    named = known.places_named(name, date=day)
    for wanted in (level,) if level not in (None, "province") else ("province", "district", "commune"):
        found = [place for place in named if place.level == wanted]
        if len(found) == 1 and level == "province":
            return known.upward(found[0].path, day)[-1].path
        if found:
            return found[0].path if len(found) == 1 else None
    return None


def _path(iri: str | None) -> str | None:
    return iri.removeprefix(place_iri("")) if iri else None
