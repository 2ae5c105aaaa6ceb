"""Where synthetic documents come from: the provinces of the two eras, and the places below one of them on a day."""

from dataclasses import dataclass
from functools import cache, lru_cache
from random import Random

from chidao.loaders.synth.offices import LOWER, TWO_LEVELS
from chidao.ontology.places import Place
from chidao.ontology.register import register

FIRST_YEAR = 2017


@dataclass(frozen=True, slots=True)
class Era:
    """A time with one order of levels: ``years`` in which its documents are issued, and its ``first_day``."""

    levels: int
    years: tuple[int, ...]
    first_day: str

    def start_of(self, year: int) -> str:
        """The first day of the year within the era (ISO)."""
        return max(self.first_day, f"{year}-01-05")


THREE = Era(3, tuple(range(FIRST_YEAR, 2025)), f"{FIRST_YEAR}-01-05")
TWO = Era(2, (2025, 2026), TWO_LEVELS)


@cache
def provinces(era: Era) -> tuple[Place, ...]:
    """The provinces of the whole era, an even number of them in the order of their paths."""
    first, last = era.first_day, f"{era.years[-1]}-12-31"
    known = [place for place in _provinces() if place.valid_on(first) and place.valid_on(last)]
    return tuple(known[: len(known) // 2 * 2])


@cache
def _provinces() -> tuple[Place, ...]:
    places = register().places
    return tuple(places[path] for path in places if "/" not in path and places[path].level == "province")


@cache
def shuffled(era: Era, seed: int) -> tuple[Place, ...]:
    """The provinces of the era in the order in which a corpus visits them."""
    return tuple(Random(f"{seed}/{era.levels}").sample(provinces(era), len(provinces(era))))  # noqa: S311


def next_level(level: str, date: str) -> str:
    """The level of the committees directly below: since July 2025 a province has communes."""
    return "commune" if level == "province" and date >= TWO_LEVELS else LOWER[level]


@lru_cache(maxsize=256)
def below(place: Place | None, level: str, date: str) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """The places of the level directly in the place (None: the country): those of the day, and those of other days
    since the first year of the corpus.
    """
    here = _ever_below(place, level)
    recent = [each for each in here if (each.valid_to or "9999") >= f"{FIRST_YEAR}-01-01"]
    return tuple(each for each in here if each.valid_on(date)), tuple(e for e in recent if not e.valid_on(date))


@lru_cache(maxsize=256)
def _ever_below(place: Place | None, level: str) -> tuple[Place, ...]:
    if place is None:
        return _provinces()
    known = register().places
    found = known.below(place.path, level)
    return tuple(each for each in found if place.path in each.parents)


def lasting(place: Place, level: str, first: str, last: str) -> list[Place]:
    """The places of the level directly in the place that exist on both days, are its part on both, and can be told
    apart: a district has a name that no other has on the day, and has communes.
    """
    known = register().places
    return [
        each
        for each in below(place, level, first)[0]
        if each.valid_on(last)
        and all(known.parent_path(each.path, day) == place.path for day in (first, last))
        and (level == "commune" or _stands_alone(each, first, last))
    ]


def _stands_alone(place: Place, first: str, last: str) -> bool:
    named = register().places_named(place.name, place.type, date=first)
    return len(named) == 1 and all(below(place, "commune", day)[0] for day in (first, last))
