"""The place at the end of a body's name: "… tỉnh Quảng Ninh", "… huyện", "… các huyện, thị xã, thành phố"."""

from collections.abc import Sequence
from dataclasses import dataclass

from chidao.ontology.labels import as_written, opens_body
from chidao.ontology.places import Place, Places
from chidao.ontology.words import Word, join

_PLURAL = frozenset({"các", "mỗi", "từng"})
_BETWEEN = frozenset({",", "và", "/"})
# "tỉnh ủy", "xã hội", "huyện đoàn": the word belongs to another one.
_COMPOUNDS = frozenset({"ủy", "hội", "đoàn", "đội"})
# "các tỉnh, thành phố trực thuộc Trung ương", "các xã, phường trên địa bàn tỉnh"
_QUALIFIERS = (
    ("trực", "thuộc", "trung", "ương"),
    ("trực", "thuộc", "tỉnh"),
    ("trên", "địa", "bàn", "tỉnh"),
    ("trên", "địa", "bàn", "thành", "phố"),
    ("trên", "địa", "bàn", "huyện"),
    ("trên", "địa", "bàn"),
    ("trong", "tỉnh"),
    ("trong", "huyện"),
    ("thuộc", "tỉnh"),
    ("của", "tỉnh"),
    ("nêu", "trên"),
    ("liên", "quan"),
    ("có", "liên", "quan"),
)


@dataclass(frozen=True, slots=True)
class Tail:
    """What stands at the end of a name: the type words, and the places or the name that no place bears.

    ``types`` has several members, or ``plural`` is set, where the name means several bodies ("các huyện, thị xã");
    ``listed`` are those of them that are named one by one. ``repaired`` marks a name that differs in its marks.
    """

    end: int
    text: str = ""
    types: tuple[str, ...] = ()
    name: str | None = None
    places: tuple[Place, ...] = ()
    plural: bool = False
    listed: tuple["Tail", ...] = ()
    repaired: bool = False


def read_tail(words: Sequence[Word], at: int, places: Places, unknown_names: bool = True) -> Tail:
    """The tail that begins at word ``at``; an empty one ending there, where none does.

    With ``unknown_names`` a capitalised name after a type word counts though the register lacks it ("huyện Krông Pắc").
    """
    if at < len(words) and words[at].key in _PLURAL:
        return _plural(words, at, at + 1, places) or Tail(at)
    type_ = _type(words, at, places)
    if not type_:
        return _bare_name(words, at, places)
    end, kind = type_
    name = _name(words, end, places)
    if name:
        return _with_parent(words, at, name[0], kind, name[1], places)
    if end < len(words) and words[end].key in _BETWEEN and _type(words, end + 1, places):
        return _plural(words, at, at, places) or Tail(at)
    return _unknown_name(words, at, end, kind, places, unknown_names)


def _type(words: Sequence[Word], at: int, places: Places) -> tuple[int, str] | None:
    hit = places.types.longest(words, at)
    if not hit or (hit[0] < len(words) and words[hit[0]].key in _COMPOUNDS):
        return None
    return hit


def _name(words: Sequence[Word], at: int, places: Places) -> tuple[int, str] | None:
    if at >= len(words) or not words[at].capital:
        return None
    return places.names.longest(words, at)


def _bare_name(words: Sequence[Word], at: int, places: Places) -> Tail:
    """A name without its type: "Sở Y tế Hà Tĩnh"."""
    hit = _name(words, at, places)
    if not hit:
        return Tail(at)
    return Tail(hit[0], join(words[at : hit[0]]), (), hit[1], tuple(places.named(hit[1])))


def _with_parent(words: Sequence[Word], at: int, end: int, kind: str, name: str, places: Places) -> Tail:
    """A named place, and which one where the wider place follows: "huyện Sơn Dương, tỉnh Tuyên Quang"."""
    found = tuple(places.named(name, kind))
    after = end + 1 if end < len(words) and words[end].key in {",", "-"} else end
    above = _type(words, after, places)
    parent = _name(words, above[0], places) if above else None
    if found and above and parent:
        wider = places.named(parent[1], above[1])
        inside = tuple(p for p in found if any(w in places.upward(p.path) and w != p for w in wider))
        if inside:
            return Tail(parent[0], join(words[at:end]), (kind,), name, inside)
    return Tail(end, join(words[at:end]), (kind,), name, found)


def _unknown_name(words: Sequence[Word], at: int, end: int, kind: str, places: Places, unknown_names: bool) -> Tail:
    """A type word without a known name: read with other marks, a name the register lacks, or no name at all."""
    run = _capitals(words, end)
    for length in range(run, 0, -1):
        alike = tuple(places.spelled_like(join(words[end : end + length]), kind))
        if alike:
            label = f"{words[at].text} {alike[0].name}" if kind != alike[0].type else alike[0].label_vi
            return Tail(end + length, label, (kind,), alike[0].name, alike, repaired=True)
    if not run or not unknown_names or _is_complete(kind, places):
        return Tail(end, join(words[at:end]), (kind,))
    return Tail(end + run, join(words[at : end + run]), (kind,), join(words[end : end + run]))


def _capitals(words: Sequence[Word], at: int, most: int = 3) -> int:
    """How many words from ``at`` on make a capitalised name ("Buôn Ma Thuột"), at most three."""
    count = 0
    while count < most and at + count < len(words) and words[at + count].key.isalnum() and words[at + count].capital:
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
        while position < len(words) and words[position].key in _BETWEEN | _PLURAL:
            position += 1
    if not types:
        return None
    names_end, listed = _listed(words, end, types, places)
    end = names_end if listed else _qualified(words, end, places)
    return Tail(end, as_written(words[at:end], places, begins=False), tuple(types), plural=True, listed=listed)


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
    hit = _name(words, at, places)
    named = tuple(p for kind in dict.fromkeys(types) for p in places.named(hit[1], kind)) if hit else ()
    if hit and named:
        return Tail(hit[0], named[0].label_vi, (named[0].type,), named[0].name, named)
    end = at + _capitals(words, at, most=4)
    if end - at < 2 or words[at].key in _PLURAL or any(_is_complete(kind, places) for kind in types):
        return None
    if any(word.text.isupper() or word.key.isdigit() for word in words[at:end]):
        return None
    # "… Viettel Quảng Ninh", "… Hội Nông dân": another body follows
    if any(opens_body(words, index) or _name(words, index, places) for index in range(at + 1, end)) or opens_body(
        words, at
    ):
        return None
    name = join(words[at:end])
    return Tail(end, f"{types[0]} {name}" if len(set(types)) == 1 else name, tuple(types), name)


def _is_complete(kind: str, places: Places) -> bool:
    """True for types of which the register has every place: a name that it lacks is none."""
    return all(level == "province" for type_, level in places.kinds if type_ == kind)


def _qualified(words: Sequence[Word], at: int, places: Places) -> int:
    """The end of what narrows a plural: "trực thuộc Trung ương", "từ Hà Tĩnh đến Khánh Hòa", "tỉnh Đắk Lắk"."""
    for qualifier in _QUALIFIERS:
        if tuple(word.key for word in words[at : at + len(qualifier)]) == qualifier:
            after = at + len(qualifier)
            name = _name(words, after, places)
            return name[0] if name else after
    if at < len(words) and words[at].key == "từ":
        begin = _name(words, at + 1, places)
        until = begin and begin[0] < len(words) and words[begin[0]].key == "đến" and _name(words, begin[0] + 1, places)
        return until[0] if until else at
    within = _type(words, at, places)
    name = _name(words, within[0] if within else at, places)
    return name[0] if name else at
