"""The register: every place, every central body, and every local body that a template makes at a place."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cache, cached_property

from chidao.ontology.bodies import (
    CENTRE,
    STEERING,
    BodyEntry,
    Template,
    Templates,
    Topic,
    read_central,
    read_templates,
    read_topics,
    span_of,
    steering_committee,
)
from chidao.ontology.changes import Change, Changes, day_before, read_central_changes, read_place_changes
from chidao.ontology.gazetteer import Gazetteer
from chidao.ontology.group_members import group_members
from chidao.ontology.histories import Histories, read_rules
from chidao.ontology.mentions import Context
from chidao.ontology.places import Place, Places, PlaceType, read_places
from chidao.ontology.placing import Placing
from chidao.ontology.resolution import Resolution, Resolver

__all__ = ["Context", "Register", "Resolution", "register"]


class Register:
    """Look-ups by path, by symbol code and by name. Local entries are made when asked for."""

    def __init__(
        self,
        places: Places,
        central: Mapping[str, BodyEntry],
        templates: Templates,
        topics: Mapping[str, Topic],
    ) -> None:
        self.central = central
        self.templates = templates
        self.topics = topics
        self.places = places
        self._changes: dict[str, tuple[Change, ...]] = {}
        self.placing = Placing(places, templates, lambda: self.place_changes)
        self.gazetteer = Gazetteer(places, templates.values(), central, topics, self.placing)
        self._resolver = Resolver(self.gazetteer)
        self._slugs = {
            (template.slug_at(kind), kind): template
            for (_, level), template in templates.items()
            for kind in places.kinds.values()
            if kind.level == level
        }
        self._central_codes: defaultdict[str, list[BodyEntry]] = defaultdict(list)
        for entry in central.values():
            for code in entry.symbol_codes:
                self._central_codes[code].append(entry)
        self._codes: defaultdict[tuple[str, PlaceType], list[Template]] = defaultdict(list)
        for (_, kind), template in self._slugs.items():
            for code in template.codes_at(kind):
                self._codes[code, kind].append(template)

    @cached_property
    def place_changes(self) -> Changes:
        """What happened to places; read when it is first asked for."""
        return Changes(read_place_changes(), self.places.last_day)

    @cached_property
    def _histories(self) -> Histories:
        central = Changes(read_central_changes(), lambda path: self.central[path].valid_to)
        return Histories(self.places, self.templates, self.place_changes, central, read_rules())

    def place(self, path: str) -> Place | None:
        """The place at the path ("quang-ninh/ba-che")."""
        return self.places.get(path)

    def upward(self, path: str | None, date: str | None = None) -> tuple[Place, ...]:
        """The place at the path and what it is part of on the ISO date, the smallest first."""
        return tuple(self.places.upward(path, date))

    def places_named(
        self,
        name: str,
        type: str | None = None,  # noqa: A002
        within: str | None = None,
        date: str | None = None,
    ) -> list[Place]:
        """The places of that name; where given: of the type, in the place at path ``within``, existing on the date."""
        return list(self.places.named(name, type, within, date))

    def entry(self, path: str, date: str | None = None) -> BodyEntry | None:
        """The body at the path ("trung-uong/bo-y-te", "quang-ninh/ba-che/huyen-uy"); None if there was never such one.

        Its superiors are those of the ISO date: a commune goes on when the province above it becomes a city.
        """
        if path in self.central:
            return self.central[path]
        where, _, slug = path.rpartition("/")
        place = self.place(where)
        if slug.startswith(STEERING) and (place or where == CENTRE):
            topic = self.topics.get(slug.removeprefix(STEERING))
            return steering_committee(topic, place) if topic else None
        template = self._template(path)
        if not place or not template:
            return None
        begin, end = span_of(template, place)
        return self.placing.entry(template, place, date) if (begin or "") <= (end or "9999") else None

    def entries(self, path: str) -> tuple[BodyEntry, ...]:
        """The body at the path, once for each place that its place was part of, in the order of time; or none."""
        entry = self.entry(path)
        place = self.place(entry.place_path) if entry and entry.place_path else None
        if entry is None or place is None or len(place.parents) < 2:
            return (entry,) if entry else ()
        days = (self.places.last_day(parent) for parent in place.parents[:-1])
        dated = (self.entry(path, day) for day in (*days, "9999-12-31"))
        return tuple(dict.fromkeys(each for each in dated if each))

    def changes(self, path: str) -> tuple[Change, ...]:
        """What founded, altered and ended the body at the path, the earliest first; none for an unknown path."""
        if path in self.central:
            return self._histories.of_central(path)
        template, place = self._template(path), self.place(path.rpartition("/")[0])
        if not template or not place:
            return ()
        if path not in self._changes:
            self._changes[path] = self._histories.of_local(template, place)
        return self._changes[path]

    def successors(self, path: str) -> tuple[str, ...]:
        """The paths of the bodies that took over when the body at the path ended."""
        ended = [c for c in self.changes(path) if path in c.before and self._ended(path, c)]
        return tuple(dict.fromkeys(after for change in ended for after in change.after if after != path))

    def predecessors(self, path: str) -> tuple[str, ...]:
        """The paths of the bodies that ended and were followed by the body at the path."""
        made = [change for change in self.changes(path) if path in change.after]
        found = (before for change in made for before in change.before if self._ended(before, change))
        return tuple(dict.fromkeys(before for before in found if before != path))

    def _ended(self, path: str, change: Change) -> bool:
        entry = self.entry(path)
        return entry is not None and entry.valid_to == day_before(change.date)

    def _template(self, path: str) -> Template | None:
        where, _, slug = path.rpartition("/")
        place = self.place(where)
        return self._slugs.get((slug, place.kind)) if place else None

    def by_symbol(
        self, code: str, place_path: str | None = None, level: str | None = None, date: str | None = None
    ) -> BodyEntry | None:
        """The body that a symbol's issuer code means in the context of a place: "TU" there is its province's Tỉnh ủy.

        None for a code that is unknown or says nothing without its topic (BCĐ), and where several bodies fit.
        """
        central = [] if level not in (None, "central") else _existing(self._central_codes.get(code, []), date)
        made = [
            self.placing.entry(template, place, date)
            for place in self.places.upward(place_path, date)
            if level in (None, place.level)
            for template in self._codes.get((code, place.kind), ())
        ]
        local = _existing(made, date)
        nearest = [entry for entry in local if entry.place_path == local[0].place_path]
        found = {entry.path: entry for entry in [*central, *nearest]}
        return found.popitem()[1] if len(found) == 1 else None

    def resolve(self, phrase: str, context: Context = Context()) -> Resolution:  # noqa: B008  # frozen
        """The one body or group that the whole phrase names in the context.

        "BTV Tỉnh ủy" in Ba Chẽ is that of Quảng Ninh, "UBND các xã" there a group of communes.
        """
        return self._resolver.resolve(phrase, context)

    def members(self, label: str, within: str | None, date: str) -> Sequence[BodyEntry]:
        """The bodies of a group on the ISO date, in the place at the path ``within`` (None: the country)."""
        return group_members(label, within, date, self.gazetteer)


@cache
def register() -> Register:
    """The register of the shipped tables; built once."""
    return Register(read_places(), read_central(), read_templates(), read_topics())


def _existing(entries: list[BodyEntry], date: str | None) -> list[BodyEntry]:
    """Those that existed on the date; all of them where none did, for a text may look back."""
    fits = [e for e in entries if not date or (e.valid_from or "") <= date <= (e.valid_to or "9999")]
    return fits or entries
