"""The place at the end of a body's name: "… tỉnh Quảng Ninh", "… huyện", "… các huyện, thị xã, thành phố"."""

from collections.abc import Container, Sequence
from typing import NamedTuple

from chidao.ontology.labels import as_written, opens_body
from chidao.ontology.mentions import NO_MARKS, OCR_REPAIR
from chidao.ontology.place_names import name_at
from chidao.ontology.places import LEVELS, Place, Places
from chidao.ontology.words import Word, join

_PLURAL = frozenset({"các", "mỗi", "từng"})
_BETWEEN = frozenset({",", "và", "/"})
_BETWEEN_TYPES = _BETWEEN | _PLURAL
# "tỉnh ủy", "xã hội", "huyện đoàn": the word belongs to another one.
_COMPOUNDS = frozenset({"ủy", "hội", "đoàn", "đội"})
# "các tỉnh, thành phố trực thuộc Trung ương", "các xã, phường trên địa bàn tỉnh": all of them
_QUALIFIERS = (
    ("trực", "thuộc", "trung", "ương"),
    ("trực", "thuộc", "tỉnh"),
    ("trên", "địa", "bàn", "tỉnh"),
    ("trên", "địa", "bàn", "thành", "phố"),
    ("trên", "địa", "bàn", "huyện"),
    ("trên", "địa", "bàn"),
    ("ven", "biển"),
    ("miền", "núi"),
    ("biên", "giới"),
    ("vùng", "cao"),
    ("có", "biển"),
    ("có", "rừng"),
    ("có", "đê"),
    ("nói", "trên"),
    ("còn", "lại"),
    ("trong", "cả", "nước"),
    ("trong", "tỉnh"),
    ("trong", "huyện"),
    ("thuộc", "tỉnh"),
    ("của", "tỉnh"),
)
# "các huyện liên quan": some of them
_NARROWING = (("nêu", "trên"), ("liên", "quan"), ("có", "liên", "quan"))
_OPENINGS = frozenset(each[0] for each in (*_QUALIFIERS, *_NARROWING))
# "UBND cấp xã": one level, whatever the type
_LEVEL_WORDS = {"tỉnh": "province", "huyện": "district", "xã": "commune"}
_BEFORE_PARENT = frozenset({",", "-", "("})
_LETTERS = {"H": "huyện", "Q": "quận", "P": "phường", "X": "xã"}
# "ĐẢNG BỘ HUYỆN KHÓA XXIV": what follows in capitals is no name
_NO_NAME = frozenset({"khóa", "nhiệm", "lần", "về", "tại", "năm"})
_LOCALITIES = ("địa", "phương")
BARE_LEVELS = frozenset({"province", "district"})
"""Names without a type count at these levels: the names of communes are also those of persons and common words."""


class Tail(NamedTuple):
    """What stands at the end of a name: the type words, and the places or the name that no place bears.

    ``types`` has several members, or ``plural`` is set, where the name means several bodies ("các huyện, thị xã");
    ``listed`` are those of them that are named one by one, ``narrowed`` says that only some are meant, ``within`` are
    the places in which they lie ("các xã tỉnh Đắk Lắk"). ``repaired`` is the caution about a name that differs in its
    marks, ``contradicts`` that the place does not lie in the one named behind it.
    """

    end: int
    text: str = ""
    types: tuple[str, ...] = ()
    name: str | None = None
    places: tuple[Place, ...] = ()
    plural: bool = False
    listed: tuple["Tail", ...] = ()
    narrowed: bool = False
    within: tuple[Place, ...] = ()
    repaired: str | None = None
    contradicts: bool = False


def read_tail(
    words: Sequence[Word],
    at: int,
    places: Places,
    unknown_names: bool = True,
    bare_levels: Container[str] = BARE_LEVELS,
) -> Tail:
    """The tail that begins at word ``at``; an empty one ending there, where none does.

    With ``unknown_names`` a capitalised name after a type word counts though the register lacks it ("huyện Krông Pắc");
    a name without a type counts where it is one of the ``bare_levels``.
    """
    if at >= len(words):
        return Tail(at)
    first = words[at].key
    if first in _PLURAL and not name_at(words, at, places):  # "xã Các Sơn"
        return _localities(words, at) or _plural(words, at, at + 1, places) or Tail(at)
    level = _level(words, at, places) if first == "cấp" else None
    if level:
        return level
    type_ = _type(words, at, places)
    if type_:
        return _typed(words, at, type_, places, unknown_names)
    return _bare_name(words, at, places, bare_levels)


def _typed(words: Sequence[Word], at: int, type_: tuple[int, str], places: Places, unknown_names: bool) -> Tail:
    """The tail that begins with a word for a type: one place, a list of several, or an unknown name."""
    end, kind = type_
    name = name_at(words, end, places, kind)
    if name:
        found = tuple(places.named(name[1], kind))
        return _below(words, at, Tail(name[0], join(words[at : name[0]]), (kind,), name[1], found), places)
    if end < len(words) and words[end].key in _BETWEEN and _type(words, end + 1, places):
        return _plural(words, at, at, places) or Tail(at)
    return _unknown_name(words, at, end, kind, places, unknown_names)


def _type(words: Sequence[Word], at: int, places: Places) -> tuple[int, str] | None:
    """The word for a type: "huyện", "TP"; or its first letter before a name ("H. Hưng Nguyên", "Q.1")."""
    hit = places.types.longest(words, at)
    if not hit:
        return _lettered(words, at, places) if at < len(words) and words[at].text in _LETTERS else None
    compound = hit[0] < len(words) and words[hit[0]].key in _COMPOUNDS
    return None if compound and not name_at(words, hit[0], places, hit[1]) else hit  # "phường Hội An", "xã Đoàn Kết"


def _lettered(words: Sequence[Word], at: int, places: Places) -> tuple[int, str] | None:
    kind = _LETTERS.get(words[at].text) if at + 2 < len(words) and words[at + 1].key == "." else None
    return (at + 2, kind) if kind and name_at(words, at + 2, places, kind) else None


def _level(words: Sequence[Word], at: int, places: Places) -> Tail | None:
    """All places of a level: "UBND cấp xã"."""
    if at + 1 >= len(words):
        return None
    level = _LEVEL_WORDS.get(words[at + 1].key)
    types = tuple(type_ for type_, at_level in places.kinds if at_level == level)
    return Tail(at + 2, join(words[at : at + 2]), types, plural=True) if level else None


def _localities(words: Sequence[Word], at: int) -> Tail | None:
    """Places of any level: "UBND các địa phương"."""
    end = at + 3
    if tuple(word.key for word in words[at + 1 : end]) != _LOCALITIES:
        return None
    narrowing = _qualifier(words, end, _NARROWING)
    return Tail(end + narrowing, join(words[at : end + narrowing]), plural=True, narrowed=narrowing > 0)


def _bare_name(words: Sequence[Word], at: int, places: Places, levels: Container[str]) -> Tail:
    """A name without its type: "Sở Y tế Hà Tĩnh", "Đảng ủy xã | Tân Trào, huyện Sơn Dương"."""
    hit = name_at(words, at, places)
    found = tuple(place for place in places.named(hit[1]) if place.level in levels) if hit else ()
    alone = Tail(hit[0], join(words[at : hit[0]]), (), hit[1], found) if hit and found else None
    return _below(words, at, alone, places) if alone else Tail(at)


def _below(words: Sequence[Word], at: int, named: Tail, places: Places) -> Tail:
    """The named place, and which one where wider ones follow: "xã Tân Trào, huyện Sơn Dương, tỉnh Tuyên Quang"."""
    last, found = named.end, named.places
    while found:
        joined = words[last].key if last < len(words) else ""
        after = last + 1 if joined in _BEFORE_PARENT else last
        above = _type(words, after, places) if joined else None
        parent = name_at(words, above[0], places, above[1]) if above else None
        wider = places.named(parent[1], above[1]) if above and parent else []
        if not parent or not _are_above(wider, found):
            break
        inside = tuple(p for p in found if any(p != w and places.lies_in(p.path, w.path) for w in wider))
        closed = joined == "(" and parent[0] < len(words) and words[parent[0]].key == ")"
        stop = parent[0] + closed
        if not inside:
            return named._replace(end=stop, text=join(words[at:stop]), places=found, contradicts=True)
        last, found = stop, inside
    return named._replace(end=last, places=found)


def _are_above(wider: Sequence[Place], found: Sequence[Place]) -> bool:
    """True where every place is of a higher level: "huyện Ba Chẽ, thành phố Hạ Long" is a list of two."""
    highest = min(LEVELS.index(place.level) for place in found)
    return bool(wider) and any(LEVELS.index(place.level) < highest for place in wider)


def _unknown_name(words: Sequence[Word], at: int, end: int, kind: str, places: Places, unknown_names: bool) -> Tail:
    """A type word without a known name: read with other marks, a name the register lacks, or no name at all."""
    run = _capitals(words, end)
    for length in range(run, 0, -1):
        alike = tuple(places.spelled_like(join(words[end : end + length]), kind))
        if alike:
            printed = join(words[end : end + length])
            caution = NO_MARKS if printed.isascii() else OCR_REPAIR
            return Tail(end + length, join(words[at : end + length]), (kind,), printed, alike, repaired=caution)
    if not run or not unknown_names or _is_complete(kind, places):
        return Tail(end, join(words[at:end]), (kind,))
    return Tail(end + run, join(words[at : end + run]), (kind,), join(words[end : end + run]))


def _capitals(words: Sequence[Word], at: int, most: int = 3) -> int:
    """How many words from ``at`` on make a capitalised name ("Buôn Ma Thuột"), at most three."""
    count = 0
    while count < most and at + count < len(words) and words[at + count].key.isalnum() and words[at + count].capital:
        if words[at + count].key in _NO_NAME:
            break
        count += 1
    return count


def _plural(words: Sequence[Word], at: int, first: int, places: Places) -> Tail | None:
    """Several places: "các huyện, thị xã, thành phố", "xã, phường, đặc khu", "các huyện Thanh Miện, Bình Giang"."""
    types: list[str] = []
    end = position = first
    while hit := _type(words, position, places):
        end = hit[0]
        types.append(hit[1])
        position = end
        while position < len(words) and words[position].key in _BETWEEN_TYPES:
            position += 1
    if not types:
        return None
    names_end, listed = _listed(words, end, types, places)
    last, within, narrowed = (names_end, (), False) if listed else _qualified(words, end, places)
    label = as_written(words[at:last], places, begins=False)
    return Tail(last, label, tuple(types), plural=True, listed=listed, narrowed=narrowed, within=within)


def _listed(words: Sequence[Word], at: int, types: Sequence[str], places: Places) -> tuple[int, tuple[Tail, ...]]:
    """The places named one by one behind their types: "các xã: Hải Lạng, Đại Dực và Phong Dụ"."""
    end, found = at, list[Tail]()
    position = at + 1 if at < len(words) and words[at].key == ":" else at
    while one := _one_listed(words, position, types, places):
        end = position = one.end
        found.append(one)
        if position < len(words) and words[position].key in _BETWEEN:
            position += 1
    return end, tuple(found)


def _one_listed(words: Sequence[Word], at: int, types: Sequence[str], places: Places) -> Tail | None:
    """One name in a list of places of these types; a name that the register lacks has two words or more."""
    hit = name_at(words, at, places)
    named = tuple(p for kind in dict.fromkeys(types) for p in places.named(hit[1], kind)) if hit else ()
    if hit and named:
        return Tail(hit[0], named[0].label_vi, (named[0].type,), named[0].name, named)
    end = at + _capitals(words, at, most=4)
    if end - at < 2 or words[at].key in _PLURAL or any(_is_complete(kind, places) for kind in types):
        return None
    if any(word.text.isupper() or word.key.isdigit() for word in words[at:end]):
        return None
    # "… Viettel Quảng Ninh", "… Hội Nông dân": another body follows
    if any(opens_body(words, index) or name_at(words, index, places) for index in range(at + 1, end)) or opens_body(
        words, at
    ):
        return None
    name = join(words[at:end])
    return Tail(end, f"{types[0]} {name}" if len(set(types)) == 1 else name, tuple(types), name)


def _is_complete(kind: str, places: Places) -> bool:
    """True for types of which the register has every place: a name that it lacks is none."""
    return all(level == "province" for type_, level in places.kinds if type_ == kind)


def _qualified(words: Sequence[Word], at: int, places: Places) -> tuple[int, tuple[Place, ...], bool]:
    """What narrows a plural: where it ends, the places in which all lie, and whether only some of them are meant.

    "trực thuộc Trung ương" are all, those "tỉnh Đắk Lắk" all of one province, those "từ Hà Tĩnh đến Khánh Hòa" some.
    """
    some = _qualifier(words, at, _NARROWING)
    if some:
        return at + some, (), True
    if at < len(words) and words[at].key == "từ":
        begin = name_at(words, at + 1, places)
        until = (
            begin and begin[0] < len(words) and words[begin[0]].key == "đến" and name_at(words, begin[0] + 1, places)
        )
        return (until[0], (), True) if until else (at, (), False)
    qualified = at + _qualifier(words, at, _QUALIFIERS)
    within = None if qualified > at else _type(words, at, places)
    start = within[0] if within else qualified
    name = name_at(words, start, places)
    if not name:
        return qualified, (), False
    whole = tuple(p for p in places.named(name[1], within[1] if within else None) if p.level in BARE_LEVELS)
    return (name[0], whole, False) if whole else (qualified, (), False)


def _qualifier(words: Sequence[Word], at: int, qualifiers: Sequence[tuple[str, ...]]) -> int:
    """How many words the first of the qualifiers has that stands at word ``at``; 0 for none."""
    if at >= len(words) or words[at].key not in _OPENINGS:
        return 0
    keys = tuple(word.key for word in words[at : at + max(map(len, qualifiers))])
    return next((len(each) for each in qualifiers if keys[: len(each)] == each), 0)
