"""What a name means in the register and why: ``chidao register``."""

from collections.abc import Iterable, Mapping, Sequence
from unicodedata import normalize

from chidao.graph.names import body_iri, place_iri
from chidao.graph.tables import Row
from chidao.ontology.bodies import BodyEntry
from chidao.ontology.changes import Change
from chidao.ontology.mentions import (
    ABSENT_PLACE,
    AMBIGUOUS_PLACE,
    IMPOSSIBLE_DATE,
    SEVERAL,
    UNKNOWN_PLACE,
    Context,
    Mention,
)
from chidao.ontology.places import Place
from chidao.ontology.reasons import reason_in
from chidao.ontology.register import Register
from chidao.ontology.resolution import is_day
from chidao.ontology.tails import BARE_LEVELS, read_tail
from chidao.ontology.words import read_words

COLUMNS = (
    "meaning",
    "path",
    "label",
    "level",
    "system",
    "valid_from",
    "valid_to",
    "superior",
    "led_by",
    "guided_by",
    "predecessors",
    "successors",
    "reason",
)
_ALL_LEVELS = (*BARE_LEVELS, "commune")


def look_up(name: str, place: str | None, date: str | None, known: Register, lang: str = "en") -> list[Row]:
    """The rows of ``COLUMNS`` for a name, path or IRI: a body, a place, a group with its members, or candidates.

    One row "unresolved" with the reason where the name, the day, or the place in whose context it is read, means
    nothing in the register. Reasons in ``lang`` (vi, en).
    """
    return [{**row, "reason": reason_in(str(row["reason"]), lang)} for row in _look_up(name, place, date, known)]


def _look_up(name: str, place: str | None, date: str | None, known: Register) -> list[Row]:
    if date and not is_day(date):
        return [_unresolved(name, IMPOSSIBLE_DATE)]
    path = name.removeprefix(body_iri("")).removeprefix(place_iri("")).strip("/")
    entry, unit = known.entry(path, date), known.place(path)
    if entry:
        return [_body_row("body", entry, known)]
    if unit:
        return [_place_row("place", unit, date, known)]
    around, why = _context_place(place, date, known) if place else (None, None)
    if not why:
        return _resolved(name, Context(around, date), known)
    return [_unresolved(name, why), *(_place_row("context", each, date, known) for each in _places(place or "", known))]


def _resolved(name: str, context: Context, known: Register) -> list[Row]:
    """The rows for what the name means in the context."""
    found = known.resolve(name, context)
    if found.entry:
        return [_body_row("body", found.entry, known, found.reason or "")]
    if found.group:
        return _group_rows(found.group, context.date, known)
    if found.candidates:
        meaning = "named" if found.reason == SEVERAL else "candidate"
        entries = _entries(found.candidates, context.date, known)
        return [_body_row(meaning, each, known, found.reason or "") for each in entries]
    return _place_rows(name, context.date, known) or [_unresolved(name, found.reason or "", found.mention)]


def _place_rows(name: str, date: str | None, known: Register) -> list[Row]:
    """The places of that name; those of other days as candidates, where none of them existed on the day."""
    named = _places(name, known)
    of_the_day = known.gazetteer.narrow(named, Context(None, date))
    if not of_the_day:
        return [{**_place_row("candidate", each, date, known), "reason": ABSENT_PLACE} for each in named]
    meaning = "place" if len(of_the_day) == 1 else "candidate"
    return [_place_row(meaning, each, date, known) for each in of_the_day]


def _context_place(name: str, date: str | None, known: Register) -> tuple[str | None, str | None]:
    """The path of the one place of that path or name ("huyện Ba Chẽ, tỉnh Quảng Ninh"), or why it is none."""
    if known.place(name):
        return name, None
    named = _places(name, known)
    found = known.gazetteer.narrow(named, Context(None, date))
    if len(found) == 1:
        return found[0].path, None
    return None, AMBIGUOUS_PLACE if found else ABSENT_PLACE if named else UNKNOWN_PLACE


def _places(name: str, known: Register) -> Sequence[Place]:
    """All places of the name, of any day."""
    words = read_words(normalize("NFC", name))
    tail = read_tail(words, 0, known.places, unknown_names=False, bare_levels=_ALL_LEVELS)
    whole = tail.end == len(words) and not tail.plural and not tail.contradicts
    return tail.places if whole else ()


def _unresolved(name: str, reason: str, mention: Mention | None = None) -> Row:
    """A body that the register lacks, with what the name tells of it: its level, system and place."""
    if not mention:
        return {**_row("unresolved", "", name, ""), "reason": reason}
    told = {"system": mention.system or "", "superior": mention.place_path or "", "reason": reason}
    return {**_row("unresolved", "", mention.label, mention.level or ""), **told}


def _entries(paths: Iterable[str], date: str | None, known: Register) -> list[BodyEntry]:
    return [entry for path in paths if (entry := known.entry(path, date))]


def _body_row(meaning: str, entry: BodyEntry, known: Register, reason: str = "") -> Row:
    """A body with its ties as paths, and what it came from and went into."""
    return {
        **_row(meaning, entry.path, entry.label_vi, entry.level),
        "system": entry.system or "",
        "valid_from": entry.valid_from or "",
        "valid_to": entry.valid_to or "",
        "superior": entry.superior_path or "",
        "led_by": entry.led_by_path or "",
        "guided_by": entry.guided_by_path or "",
        "predecessors": " ".join(known.predecessors(entry.path)),
        "successors": " ".join(known.successors(entry.path)),
        "reason": reason or _acts(known.changes(entry.path)),
    }


def _place_row(meaning: str, place: Place, date: str | None, known: Register) -> Row:
    return {
        **_row(meaning, place.path, place.label_vi, place.level),
        "valid_from": place.valid_from or "",
        "valid_to": place.valid_to or "",
        "superior": known.places.parent_path(place.path, date) or "",
        "predecessors": " ".join(known.place_changes.predecessors(place.path)),
        "successors": " ".join(known.place_changes.successors(place.path)),
        "reason": _acts(known.place_changes.of(place.path)),
    }


def _group_rows(group: Mention, date: str | None, known: Register) -> list[Row]:
    """The group, and below it its members of the day."""
    members = known.members(group.label, group.place_path, date) if date else ()
    told = f"{len(members)} members" if members else "members are not told" if date else "members need --date"
    head = _row("group", group.place_path or "", group.label, group.level or "")
    return [{**head, "reason": told}, *(_body_row("member", each, known) for each in members)]


def _row(meaning: str, path: str, label: str, level: str) -> Mapping[str, object]:
    return dict.fromkeys(COLUMNS, "") | {"meaning": meaning, "path": path, "label": label, "level": level}


def _acts(changes: Sequence[Change]) -> str:
    """The acts behind the changes, in the order of time."""
    return "; ".join(f"{change.date} {change.act}" for change in changes)
