"""Places, Centre to commune, as dated units: found by path, and by name through hashes."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from chidao.ontology.spelling import fold, key
from chidao.ontology.tables import rows, values
from chidao.ontology.words import Trie, keys_of

LEVELS = ("central", "province", "district", "commune", "grassroots")


@dataclass(frozen=True, slots=True, eq=False)
class PlaceType:
    """What is common to the places of one type and level: the Party committee's name, code, and English forms."""

    type: str
    level: str
    committee: str
    committee_slug: str
    committee_en: str
    committee_codes: tuple[str, ...]
    place_en: str
    youth_union: str


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A unit with one extent: a province that kept its name in a merger is another unit.

    Dates are ISO days, inclusive; None is open.
    """

    path: str
    code: str | None
    name: str
    kind: PlaceType
    parent_path: str | None
    valid_from: str | None
    valid_to: str | None
    succeeded_by: tuple[str, ...]
    label_vi: str
    label_en: str

    @property
    def type(self) -> str:
        """The word before the name, in lower case: "tỉnh", "thành phố", "thị xã" …"""
        return self.kind.type

    @property
    def level(self) -> str:
        """The level: "province", "district" or "commune"."""
        return self.kind.level

    def valid_on(self, date: str | None) -> bool:
        """True when the unit existed on the ISO date; every unit did on no date."""
        return not date or ((self.valid_from or "") <= date <= (self.valid_to or "9999"))


class Places:
    """All places of the register."""

    def __init__(self, places: Mapping[str, Place], kinds: Mapping[tuple[str, str], PlaceType]) -> None:
        self.by_path = places
        self.kinds = kinds
        self._by_name: defaultdict[str, list[Place]] = defaultdict(list)
        self._by_fold: defaultdict[str, list[Place]] = defaultdict(list)
        for place in places.values():
            self._by_name[" ".join(keys_of(place.name))].append(place)
            self._by_fold[" ".join(keys_of(fold(place.name)))].append(place)

    @cached_property
    def names(self) -> Trie[str]:
        """Every name and other spelling of a place -> the name's key in ``named``."""
        trie: Trie[str] = Trie()
        for name in self._by_name:
            trie.add(name.split(" "), name)
        for row in rows("place_aliases"):
            trie.add(keys_of(row["alias"]), " ".join(keys_of(row["name"])))
        return trie

    @cached_property
    def types(self) -> Trie[str]:
        """The words for types of places."""
        trie: Trie[str] = Trie()
        for type_, _ in self.kinds:
            trie.add(keys_of(type_), type_)
        return trie

    def upward(self, path: str | None) -> Iterator[Place]:
        """The place and what it is part of, the smallest first; nothing for an unknown path."""
        place = self.by_path.get(path or "")
        while place:
            yield place
            place = self.by_path.get(place.parent_path or "")

    def named(
        self,
        name: str,
        type: str | None = None,  # noqa: A002
        within: str | None = None,
        date: str | None = None,
    ) -> list[Place]:
        """The places of that name; where given: of the type, in the place at path ``within``, existing on the date."""
        known = self._by_name.get(name) or self._by_name.get(" ".join(keys_of(name)), [])
        return [
            place
            for place in known
            if (type is None or place.type == key(type))
            and (within is None or within in (above.path for above in self.upward(place.path)))
            and place.valid_on(date)
        ]

    def spelled_like(self, name: str, type: str) -> list[Place]:  # noqa: A002
        """The places of the type whose name differs in marks only: for text read by machine ("TUYỀN QUANG")."""
        return [place for place in self._by_fold.get(" ".join(keys_of(fold(name))), []) if place.type == key(type)]


def read_places() -> Places:
    """The places of the register's tables."""
    kinds = {(row["type"], row["level"]): _kind(row) for row in rows("place_types")}
    return Places({row["path"]: _place(row, kinds) for row in rows("places")}, kinds)


def _kind(row: Mapping[str, str]) -> PlaceType:
    return PlaceType(**(dict(row) | {"committee_codes": values(row["committee_codes"])}))  # type: ignore[arg-type]


def _place(row: Mapping[str, str], kinds: Mapping[tuple[str, str], PlaceType]) -> Place:
    kind = kinds[key(row["type"]), row["level"]]
    return Place(
        path=row["path"],
        code=row["code"] or None,
        name=row["name"],
        kind=kind,
        parent_path=row["parent"] or None,
        valid_from=row["valid_from"] or None,
        valid_to=row["valid_to"] or None,
        succeeded_by=values(row["succeeded_by"]),
        label_vi=f"{row['type']} {row['name']}",
        label_en=kind.place_en.format(name=row["name"]),
    )
