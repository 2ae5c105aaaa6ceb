"""Places, Centre to commune, as dated units: found by path, and by name through hashes.

The table has sixteen thousand rows; it is read as tuples, and a ``Place`` is made when it is asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from chidao.ontology.spelling import fold, key
from chidao.ontology.tables import packed_rows, rows, values
from chidao.ontology.words import Trie, keys_of

LEVELS = ("central", "province", "district", "commune", "grassroots")
COLUMNS = ("path", "code", "name", "type", "level", "parent", "later_parents", "valid_from", "valid_to", "source")
_NAME, _TYPE, _LEVEL, _PARENT, _FROM, _TO = 2, 3, 4, 5, 7, 8


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


Kinds = Mapping[tuple[str, str], PlaceType]


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """A unit with one type and name: a province that kept its name in a merger is another unit.

    Dates are ISO days, inclusive; None is open. ``parents`` in the order of time: a commune goes on when its district
    becomes a city or is merged away.
    """

    path: str
    code: str | None
    name: str
    kind: PlaceType
    parents: tuple[str, ...]
    valid_from: str | None
    valid_to: str | None
    label_vi: str
    label_en: str

    @property
    def parent_path(self) -> str | None:
        """The first of its parents, under which its path stands; ``Places.parent_path`` gives that of a day."""
        return self.parents[0] if self.parents else None

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


class Places(Mapping[str, Place]):
    """All places of the register by path."""

    def __init__(self, table: Iterable[list[str]], kinds: Kinds) -> None:
        self.kinds = kinds
        self._rows = {cells[0]: tuple(cells) for cells in table}
        self._made: dict[str, Place] = {}
        self._above: dict[str, tuple[str, ...]] = {}
        self._named: dict[tuple[str, str | None], list[Place]] = {}

    def __getitem__(self, path: str) -> Place:
        place = self._made.get(path)
        if place is None:
            place = self._made[path] = _place(self._rows[path], self.kinds)
        return place

    def __iter__(self) -> Iterator[str]:
        return iter(self._rows)

    def __len__(self) -> int:
        return len(self._rows)

    def get(self, path: str | None, default: object = None) -> Place | None:  # type: ignore[override]
        """The place at the path, None where there is none."""
        del default
        return self[path] if path in self._rows else None

    @cached_property
    def _by_name(self) -> Mapping[str, list[str]]:
        printed: defaultdict[str, list[str]] = defaultdict(list)
        for path, cells in self._rows.items():
            printed[cells[_NAME]].append(path)
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, paths in printed.items():
            found[" ".join(keys_of(name))] += paths
        for alias, name in self._aliases:  # "xã Đăk Nông", and another spelling of "tỉnh Đắk Nông"
            if alias in found:
                found[alias] += found[name]
        return found

    @cached_property
    def _aliases(self) -> Sequence[tuple[str, str]]:
        return [(" ".join(keys_of(row["alias"])), " ".join(keys_of(row["name"]))) for row in rows("place_aliases")]

    @cached_property
    def _by_fold(self) -> Mapping[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name, paths in self._by_name.items():
            found[" ".join(keys_of(fold(name)))] += paths
        return found

    @cached_property
    def _below(self) -> Mapping[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for path in self._rows:
            for parent in self._parents(path):
                found[parent].append(path)
        return found

    @cached_property
    def names(self) -> Trie[str]:
        """Every name and other spelling of a place -> the name's key in ``named``."""
        trie: Trie[str] = Trie()
        for name in self._by_name:
            trie.add(name.split(" "), name)
        for alias, name in self._aliases:
            if alias not in self._by_name:
                trie.add(alias.split(" "), name)
        return trie

    @cached_property
    def types(self) -> Trie[str]:
        """The words for types of places."""
        trie: Trie[str] = Trie()
        for type_, _ in self.kinds:
            trie.add(keys_of(type_), type_)
        return trie

    def last_day(self, path: str) -> str | None:
        """The last day of the place; None while it goes on."""
        return self._rows[path][_TO] or None

    def parent_path(self, path: str, date: str | None = None) -> str | None:
        """What the place is part of on the date: the first of its parents that has not ended; on no date the first."""
        parents = self._parents(path)
        if len(parents) < 2 or not date:
            return parents[0] if parents else None
        return next((parent for parent in parents if (self._rows[parent][_TO] or "9999") >= date), parents[-1])

    def upward(self, path: str | None, date: str | None = None) -> Iterator[Place]:
        """The place and what it is part of on the date, the smallest first; nothing for an unknown path."""
        while path in self._rows:
            yield self[path]
            path = self.parent_path(path, date)

    def lies_in(self, path: str, within: str, date: str | None = None) -> bool:
        """True where the place is ``within`` or a part of it on the date; on no date, where it ever was."""
        if path == within or (not date and path.startswith(f"{within}/")):
            return True
        parents = self._parents(path)
        if date and len(parents) > 1:
            parent = self.parent_path(path, date)
            parents = (parent,) if parent else ()
        return any(self.lies_in(parent, within, date) for parent in parents)

    def below(self, path: str | None, level: str, date: str | None = None) -> list[Place]:
        """The places of the level in the place (None: in the country), existing on the date, in order of path."""
        if path is None:
            top = [each for each, cells in self._rows.items() if cells[_LEVEL] == "province"]
        else:
            top = self._below.get(path, [])
        found: list[Place] = []
        for each in top:
            place = self[each]
            if path is not None and date and self.parent_path(each, date) != path:
                continue
            if place.level != level:
                found += self.below(each, level, date)
            elif place.valid_on(date):
                found.append(place)
        return sorted(dict.fromkeys(found), key=lambda place: place.path)

    def named(
        self,
        name: str,
        type: str | None = None,  # noqa: A002
        within: str | None = None,
        date: str | None = None,
    ) -> Sequence[Place]:
        """The places of that name; where given: of the type, in the place at path ``within``, existing on the date."""
        known = self._named.get((name, type))
        if known is None:
            known = self._of_name(name, type)
            if known:
                self._named[name, type] = known
        if not date and within is None:
            return known
        return [
            place
            for place in known
            if place.valid_on(date) and (within is None or self.lies_in(place.path, within, date))
        ]

    def _of_name(self, name: str, type: str | None) -> list[Place]:  # noqa: A002
        kind = key(type) if type else None
        known = self._by_name.get(name) or self._by_name.get(" ".join(keys_of(name)), [])
        return [place for place in map(self.__getitem__, known) if kind is None or place.type == kind]

    def spelled_like(self, name: str, type: str) -> list[Place]:  # noqa: A002
        """The places of the type whose name differs in marks only: for text read by machine ("TUYỀN QUANG")."""
        return [place for place in self.written_like(name) if place.type == key(type)]

    def written_like(self, name: str) -> list[Place]:
        """The places whose name differs in marks only, or not at all."""
        return [self[path] for path in self._by_fold.get(_unmarked(name), [])]

    def _parents(self, path: str) -> tuple[str, ...]:
        above = self._above.get(path)
        if above is None:
            cells = self._rows[path]
            above = self._above[path] = (cells[_PARENT], *values(cells[_PARENT + 1])) if cells[_PARENT] else ()
        return above


@lru_cache(maxsize=1 << 12)
def _unmarked(name: str) -> str:
    return " ".join(keys_of(fold(name)))


def read_places() -> Places:
    """The places of the register's tables."""
    kinds = {(row["type"], row["level"]): _kind(row) for row in rows("place_types")}
    return Places(packed_rows("places", COLUMNS), kinds)


def _kind(row: Mapping[str, str]) -> PlaceType:
    return PlaceType(**(dict(row) | {"committee_codes": values(row["committee_codes"])}))  # type: ignore[arg-type]


def _place(cells: tuple[str, ...], kinds: Kinds) -> Place:
    type_ = (cells[_TYPE], cells[_LEVEL])
    kind = kinds[type_] if type_ in kinds else kinds[key(type_[0]), type_[1]]  # "Thành phố Hồ Chí Minh"
    return Place(
        path=cells[0],
        code=cells[1] or None,
        name=cells[_NAME],
        kind=kind,
        parents=(cells[_PARENT], *values(cells[_PARENT + 1])) if cells[_PARENT] else (),
        valid_from=cells[_FROM] or None,
        valid_to=cells[_TO] or None,
        label_vi=f"{cells[_TYPE]} {cells[_NAME]}",
        label_en=kind.place_en.format(name=cells[_NAME]),
    )
