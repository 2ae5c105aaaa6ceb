"""The timeline of lags as SVG coordinates: a bar for each interval, as long as its days."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, NAMES, ROW, TOP, RIGHT = 1000, 300, 26, 34, 70  # px of the drawing
MOST_BARS = 60
_STEPS = (1, 2, 5, 7, 10, 14, 30, 60, 90, 180, 365, 730, 1825, 3650)


@dataclass(frozen=True, slots=True)
class Interval:
    """An interval to draw: the days on which it begins and ends, counted from the first day of the drawing."""

    name: str
    url: str
    begins: int
    days: int
    measure: str


@dataclass(frozen=True, slots=True)
class Bar:
    """``left`` and ``length`` in px of the drawing; ``label`` is the number of days."""

    interval: Interval
    left: float
    length: float
    top: int

    @property
    def middle(self) -> float:
        """Where the text of the row stands."""
        return self.top + ROW * 0.68


@dataclass(frozen=True, slots=True)
class Timeline:
    """``ticks`` are (px, days since the first day); ``left_out`` intervals were too many to draw."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, int], ...]
    height: int
    left_out: int
    width: int = WIDTH
    start: int = NAMES


def timeline(intervals: Sequence[Interval]) -> Timeline:
    """Lay out the intervals, one below the other, in one scale of days; those whose dates contradict are not drawn."""
    drawn = [interval for interval in intervals if interval.days >= 0][:MOST_BARS]
    first = min((interval.begins for interval in drawn), default=0)
    span = max((interval.begins + interval.days - first for interval in drawn), default=0) or 1
    scale = (WIDTH - NAMES - RIGHT) / span
    bars = tuple(
        Bar(interval, NAMES + (interval.begins - first) * scale, max(interval.days * scale, 2), TOP + place * ROW)
        for place, interval in enumerate(drawn)
    )
    step = next((step for step in _STEPS if span / step <= 10), _STEPS[-1])
    ticks = tuple((NAMES + days * scale, days) for days in range(0, span + 1, step))
    return Timeline(bars, ticks, TOP + len(drawn) * ROW + 12, max(0, len(intervals) - len(drawn)))
