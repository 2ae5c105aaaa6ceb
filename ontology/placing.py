"""Which places a name without them, or with an ambiguous one, means in a context; and who belongs to a group.

Those of the text's day count before others, those nearest around the text's place before those farther away.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from chidao.ontology.bodies import BodyEntry, Template, Templates, entry_of, span_of
from chidao.ontology.changes import Changes
from chidao.ontology.choice import Span, in_time, inside_any, nearest, place_span, stands
from chidao.ontology.mentions import NEVER, NOT_YET, Context, Mention
from chidao.ontology.places import LEVELS, Place, Places, PlaceType
from chidao.ontology.stems import Stem
from chidao.ontology.tails import Tail

Pair = tuple[Template, Place]
_MOST_CHOICES = 1 << 15  # names repeat within a text and between texts
_MOST_ENTRIES = 1 << 15  # bodies that a corpus names; those of the whole register would be millions


class Choice(NamedTuple):
    """What a name can mean: templates with places, a caution or why there are none, and the one body, if it is one."""

    pairs: Sequence[Pair]
    caution: str | None
    entry: BodyEntry | None


class Placing:
    """The bodies of the templates at the places of the register. ``changes`` gives those of the places."""

    def __init__(self, places: Places, templates: Templates, changes: Callable[[], Changes]) -> None:
        self.places = places
        self.templates = templates
        self._changes = changes
        self._types = frozenset(places.kinds)
        self._entries: dict[tuple[Template, Place, str | None], BodyEntry] = {}
        self._kinds: dict[Stem, tuple[PlaceType, ...]] = {}
        self._choices: dict[tuple[object, ...], Choice] = {}

    def entry(self, template: Template, place: Place, date: str | None = None) -> BodyEntry:
        """The body that the template makes at the place, with its superiors of the date."""
        key = (template, place, date if len(place.parents) > 1 else None)
        if key not in self._entries:
            if len(self._entries) >= _MOST_ENTRIES:
                self._entries.clear()
            day = date or span_of(template, place)[0]
            parent = self.places.get(self.places.parent_path(place.path, day))
            self._entries[key] = entry_of(template, place, parent, self.templates)
        return self._entries[key]

    def levels(self, stems: Sequence[Stem], tail: Tail) -> set[str]:
        """The levels at which the stems name bodies, with the types of the tail."""
        kinds = [kind for stem in stems for kind in self.kinds_of(stem)]
        return {kind.level for kind in kinds if not tail.types or kind.type in tail.types}

    def kinds_of(self, stem: Stem) -> tuple[PlaceType, ...]:
        """The types of places that have the body of the stem."""
        if stem not in self._kinds:
            levels = stem.template.levels if stem.template else ()
            all_kinds = tuple(kind for kind in self.places.kinds.values() if kind.level in levels)
            self._kinds[stem] = (stem.kind,) if stem.kind else all_kinds
        return self._kinds[stem]

    def choose(self, stems: tuple[Stem, ...], tail: Tail, context: Context) -> Choice:
        """The templates and places that the name can mean in the context, and the body where it is one."""
        where, date, level = context.place, context.date, context.level
        asked = (stems, tail.types, tail.name, tail.places, tail.repaired, where, date, level)
        found = self._choices.get(asked)
        if found is None:
            if len(self._choices) >= _MOST_CHOICES:
                self._choices.clear()
            pairs, caution = self._chosen(stems, tail, context)
            one = len(pairs) == 1 and caution != NOT_YET
            entry = self.entry(*pairs[0], context.date) if one else None
            found = self._choices[asked] = Choice(pairs, caution, entry)
        return found

    def _chosen(self, stems: Sequence[Stem], tail: Tail, context: Context) -> tuple[Sequence[Pair], str | None]:
        """A place read with other marks counts within the province of the context only, a province everywhere."""
        fits = [(stem.template, kind) for stem in stems for kind in self.kinds_of(stem) if stem.template]
        above = list(self.places.upward(context.place, context.date))
        if not tail.name:
            return self._at_home(fits, tail, above, context)
        named = tail.places
        if tail.repaired:
            named = tuple(p for p in named if p.level == "province" or self._in_reach(p, above, context))
        pairs = [(template, p) for p in named for template, kind in fits if p.kind is kind]
        found, caution = in_time(dict.fromkeys(pairs), context.date, _pair_span)
        if caution == NOT_YET:
            return list(dict.fromkeys(pairs)), caution
        found = [pair for pair in found if context.level in (None, pair[1].level)] or found
        near = nearest(found, _pair_path, above, self.places, context.date)
        if len(near) > 1 and above:
            near = inside_any(near, _pair_path, self._before(above[-1]), self.places)
        return near, NEVER if pairs and not near else caution

    def _at_home(
        self, fits: Sequence[tuple[Template, PlaceType]], tail: Tail, above: Sequence[Place], context: Context
    ) -> tuple[list[Pair], str | None]:
        """The nearest place of the text that can have the body; where it never had one, those that it came from."""
        kinds = {kind for _, kind in fits}
        place = next(
            (
                p
                for p in above
                if p.kind in kinds and (not tail.types or p.type in tail.types) and context.level in (None, p.level)
            ),
            None,
        )
        if place is None:
            return [], None
        pairs = [(template, place) for template, kind in fits if kind is place.kind]
        found, caution = in_time(dict.fromkeys(pairs), context.date, _pair_span)
        if found or caution:
            return found or list(dict.fromkeys(pairs)), caution
        earlier = [(template, p) for p in self._before(place) for template, kind in fits if kind is p.kind]
        return in_time(dict.fromkeys(earlier), context.date, _pair_span)

    def _in_reach(self, place: Place, above: Sequence[Place], context: Context) -> bool:
        """True for a place in the province of the text."""
        return bool(above) and self.places.lies_in(place.path, above[-1].path, context.date)

    def _before(self, place: Place) -> list[Place]:
        """The places that ended in this one."""
        return [self.places[path] for path in self._changes().predecessors(place.path)]

    def narrow(self, places: Sequence[Place], context: Context) -> list[Place]:
        """Those of the places that existed on the context's date, and lie nearest around its place."""
        found, _ = in_time(places, context.date, place_span)
        above = self.places.upward(context.place, context.date)
        return nearest(found, lambda place: place.path, above, self.places, context.date)

    def member_level(self, tail: Tail, context: Context) -> str | None:
        """The level that all the types have; of two levels the one below the text's place."""
        near = self.places.get(context.place)
        return _level_of(tail.types, near.level if near else None, self._types)

    def scope(self, level: str | None, tail: Tail, context: Context) -> str | None:
        """The path of the place in which the members lie: the stated one, else the text's, if it is of a higher level.

        None is the whole country.
        """
        if tail.within:
            stated = self.narrow(tail.within, context)
            return stated[0].path if len(stated) == 1 else None
        for place in self.places.upward(context.place, context.date):
            if level is None or LEVELS.index(place.level) < LEVELS.index(level):
                return place.path
        return None

    def members(self, group: Mention, date: str | None) -> list[BodyEntry]:
        """The bodies of a group on the date, in the order of their paths; none where its words do not tell them."""
        if not group.membership or not group.level or not date:
            return []
        template, types = group.membership.template, group.membership.types
        places = [p for p in self.places.below(group.place_path, group.level, date) if p.type in types]
        return [self.entry(template, p, date) for p in places if stands(_pair_span((template, p)), date)]

    def standing(self, slugs: Iterable[str], place: Place, date: str) -> Iterator[BodyEntry]:
        """The bodies that the templates of these slugs make at the place on the date."""
        templates = (self.templates.get((slug, place.level)) for slug in slugs)
        for template in filter(None, templates):
            if stands(_pair_span((template, place)), date):
                yield self.entry(template, place, date)


@lru_cache(maxsize=1 << 10)
def _level_of(types: tuple[str, ...], near: str | None, kinds: frozenset[tuple[str, str]]) -> str | None:
    shared = {level for level in LEVELS if types and all((kind, level) in kinds for kind in types)}
    if near and len(shared) > 1:
        shared = {level for level in shared if LEVELS.index(level) > LEVELS.index(near)} or shared
    return one_of(shared) or ("province" if "tỉnh" in types else "district" if "huyện" in types else None)


def _pair_path(pair: Pair) -> str:
    return pair[1].path


def _pair_span(pair: Pair) -> Span:
    """A body never outlives its place."""
    template, place = pair
    return span_of(template, place)


def one_of(levels: Iterable[str]) -> str | None:
    """The level, where there is one."""
    found = set(levels)
    return found.pop() if len(found) == 1 else None
