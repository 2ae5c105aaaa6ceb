"""Which of several dated things a text means: those of its day before others, the nearest before those far away."""

from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from chidao.ontology.mentions import ENDED, NOT_YET, TO_COME
from chidao.ontology.places import Place, Places

Span = tuple[str | None, str | None]
T = TypeVar("T")
_CAUTIONS = (None, ENDED, TO_COME)


def in_time(options: Iterable[T], date: str | None, span: Callable[[T], Span]) -> tuple[list[T], str | None]:
    """The options that stood on the date; else those that had ended, for a text looks back; else those soon to come.

    With a caution where none stood on it. A reorganisation is prepared for some months: what begins within a year may
    be meant, what begins later is not. What ends before it begins never was.
    """
    dated = [(option, *span(option)) for option in options]
    ranked = [(_rank(begin or "", end or "9999", date), option) for option, begin, end in dated]
    best = min((rank for rank, _ in ranked), default=3)
    if best > 2:
        return [], NOT_YET if any(rank == 3 for rank, _ in ranked) else None
    return [option for rank, option in ranked if rank == best], _CAUTIONS[best]


def place_span(place: Place) -> Span:
    """The first and last day of a place."""
    return place.valid_from, place.valid_to


def nearest(
    options: Sequence[T],
    where: Callable[[T], str],
    around: Iterable[Place],
    places: Places,
    date: str | None,
) -> list[T]:
    """The options whose place (path) lies in the first of the places ``around`` that has any; all, where none has."""
    if len(options) > 1:
        for wide in around:
            inside = [option for option in options if places.lies_in(where(option), wide.path, date)]
            if inside:
                return inside
    return list(options)


def stands(span: Span, date: str | None) -> bool:
    """True where the span holds the ISO date; on no date, where it holds any day."""
    begin, end = span[0] or "", span[1] or "9999"
    return begin <= date <= end if date else begin <= end


def inside_any(options: Sequence[T], where: Callable[[T], str], wide: Iterable[Place], places: Places) -> list[T]:
    """The options whose place (path) ever lay in one of the places ``wide``; all, where none did."""
    around = list(wide) if len(options) > 1 else []
    inside = [option for option in options if any(places.lies_in(where(option), each.path) for each in around)]
    return inside or list(options)


def _rank(begin: str, end: str, date: str | None) -> int:
    if begin > end:
        return 4
    if not date or begin <= date <= end:
        return 0
    if end < date:
        return 1
    return 2 if begin <= f"{int(date[:4]) + 1}{date[4:]}" else 3
