"""The register: every place, every central body, and every local body that a template makes at a place."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from chidao.ontology.bodies import (
    CENTRE,
    STEERING,
    BodyEntry,
    Template,
    Templates,
    Topic,
    entry_of,
    read_central,
    read_templates,
    read_topics,
    steering_committee,
)
from chidao.ontology.gazetteer import Gazetteer
from chidao.ontology.mentions import UNKNOWN_NAME, Context
from chidao.ontology.places import Place, Places, PlaceType, read_places
from chidao.ontology.words import read_words

__all__ = ["Context", "Register", "Resolution", "register"]


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which body a phrase means: an entry, or the paths it could be and why none was chosen.

    ``reason`` beside an entry is a caution ("read with other marks").
    """

    entry: BodyEntry | None
    candidates: tuple[str, ...] = ()
    reason: str | None = None


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
        self.gazetteer = Gazetteer(places, templates, central, topics)
        self._places = places
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

    @property
    def places(self) -> Mapping[str, Place]:
        """All places by path."""
        return self._places.by_path

    def place(self, path: str) -> Place | None:
        """The place at the path ("quang-ninh/ba-che")."""
        return self._places.by_path.get(path)

    def upward(self, path: str | None) -> tuple[Place, ...]:
        """The place at the path and what it is part of, the smallest first."""
        return tuple(self._places.upward(path))

    def places_named(
        self,
        name: str,
        type: str | None = None,  # noqa: A002
        within: str | None = None,
        date: str | None = None,
    ) -> list[Place]:
        """The places of that name; where given: of the type, in the place at path ``within``, existing on the date."""
        return self._places.named(name, type, within, date)

    def entry(self, path: str) -> BodyEntry | None:
        """The body at the path ("trung-uong/bo-y-te", "quang-ninh/ba-che/huyen-uy"); None if there is no such body."""
        if path in self.central:
            return self.central[path]
        where, _, slug = path.rpartition("/")
        place = self.place(where)
        if slug.startswith(STEERING) and (place or where == CENTRE):
            topic = self.topics.get(slug.removeprefix(STEERING))
            return steering_committee(topic, place) if topic else None
        template = self._slugs.get((slug, place.kind)) if place else None
        if not place or not template:
            return None
        return entry_of(template, place, self.place(place.parent_path or ""), self.templates)

    def by_symbol(
        self, code: str, place_path: str | None = None, level: str | None = None, date: str | None = None
    ) -> BodyEntry | None:
        """The body that a symbol's issuer code means in the context of a place: "TU" there is its province's Tỉnh ủy.

        None for a code that is unknown or says nothing without its topic (BCĐ), and where several bodies fit.
        """
        central = [] if level not in (None, "central") else _existing(self._central_codes.get(code, []), date)
        made = [
            entry_of(template, place, self.place(place.parent_path or ""), self.templates)
            for place in self._places.upward(place_path)
            if level in (None, place.level)
            for template in self._codes.get((code, place.kind), ())
        ]
        local = _existing(made, date)
        nearest = [entry for entry in local if entry.place_path == local[0].place_path]
        found = {entry.path: entry for entry in [*central, *nearest]}
        return found.popitem()[1] if len(found) == 1 else None

    def resolve(self, phrase: str, context: Context = Context()) -> Resolution:  # noqa: B008  # frozen
        """The one body that the whole phrase names in the context; "BTV Tỉnh ủy" in Ba Chẽ is that of Quảng Ninh."""
        words = read_words(phrase)
        found = self.gazetteer.match(words, 0, context) if words else []
        if not found or found[-1].end != len(words):
            return Resolution(None, reason=UNKNOWN_NAME)
        if len(found) > 1:
            return Resolution(None, tuple(m.entry.path for m in found if m.entry), "several bodies are named")
        return Resolution(found[0].entry, found[0].candidates, found[0].reason)


@cache
def register() -> Register:
    """The register of the shipped tables; built once."""
    return Register(read_places(), read_central(), read_templates(), read_topics())


def _existing(entries: list[BodyEntry], date: str | None) -> list[BodyEntry]:
    """Those that existed on the date; all of them where none did, for a text may look back."""
    fits = [e for e in entries if not date or (e.valid_from or "") <= date <= (e.valid_to or "9999")]
    return fits or entries
