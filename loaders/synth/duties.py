"""Duties as values: drawn from the stock, carried from a parent to a child, worded."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from chidao.loaders.synth.stock import Action, Subject, phrases, reporting, variants

PARTNERS = ("police", "military", "health", "front")
"""Roles that every level and time has."""
_MONTH_DAYS = range(5, 29)
"""Days that every month has."""
_DATED = ("day", "day", "day", "clock", "month", "quarter")
_WEEKDAYS = {"Hai": "monday", "Tư": "wednesday", "Năm": "thursday", "Sáu": "friday"}
_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class Due:
    """Until when or how often: ``form`` is the kind of phrases.toml, ``phrase`` one of its wordings.

    ``day`` is the last day for the dated forms; for rates ``part`` is the hour, the weekday or the day of the month.
    """

    form: str
    phrase: str
    day: date | None = None
    part: int | str | None = None

    @property
    def worded(self) -> str:
        """The phrase as it is printed."""
        if self.day is None:
            return self.phrase.format(hour=self.part, weekday=self.part, day=self.part)
        month, year = self.day.month, self.day.year
        return self.phrase.format(
            date=short_date(self.day),
            hour=self.part,
            month=f"{month}/{year}",
            quarter=f"{_QUARTERS[(month - 1) // 3]}/{year}",
        )

    @property
    def deadline(self) -> str | None:
        """The last moment in the record's form."""
        if self.day is None:
            return None
        return self.day.isoformat() + (f"T{self.part:02}:00" if self.form == "clock" else "")

    @property
    def recurrence(self) -> str | None:
        """The rate in the record's form."""
        if self.day is not None:
            return None
        if self.form == "daily":
            return f"daily {self.part:02}:00"
        return f"weekly {_WEEKDAYS[str(self.part)]}" if self.form == "weekly" else f"monthly {self.part}"


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty: an action of the stock with what fills its slots, who bears it by ``role``, and until when.

    ``objects`` are numbers into the action's, ``area`` and ``target`` a number into theirs or None. ``partner`` is the
    role of who acts with the bearer. ``carried`` is the number of the parent's duty, with the ``kind`` of carrying.
    """

    action: Action
    role: str
    wording: int
    objects: tuple[int, ...] = ()
    area: int | None = None
    target: int | None = None
    adverb: str = ""
    partner: str | None = None
    due: Due | None = None
    carried: int | None = None
    kind: str = "added"


def short_date(day: date) -> str:
    """The date as texts cite it: 05/9/2021; the day has two digits, the months 1 and 2 too."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"{day.day:02}/{month}/{day.year}"


def draw(rng: Random, actions: Sequence[Action], system: str, count: int, window: tuple[date, date]) -> list[Duty]:
    """So many duties of the actions, one twice only where there are too few; their deadlines lie in the window."""
    drawn: list[Duty] = []
    while len(drawn) < count:
        chosen = rng.sample(actions, min(len(actions), count - len(drawn)))
        drawn += [_fresh(rng, action, system, window) for action in chosen]
    return drawn


def _fresh(rng: Random, action: Action, system: str, window: tuple[date, date]) -> Duty:
    """A duty of the action with slots filled at random, at most two in five of them with a deadline."""
    chance = rng.random()
    number = rng.randint(2, max(2, len(action.objects) - 1)) if len(action.objects) > 2 else len(action.objects)
    return Duty(
        action,
        action.roles[system],
        rng.randrange(len(action.wordings)),
        tuple(rng.sample(range(len(action.objects)), number)),
        rng.randrange(len(action.areas)) if action.areas else None,
        rng.randrange(len(action.targets)) if action.targets else None,
        rng.choice(phrases()["duties"]["adverbs"]),
        rng.choice([role for role in PARTNERS if role != action.roles[system]]) if chance > 0.8 else None,
        dated(rng, window) if chance < 0.4 else None,
    )


def dated(rng: Random, window: tuple[date, date], forms: Sequence[str] = _DATED) -> Due:
    """A deadline within the window, in one of the forms."""
    first, last = window
    day = first + timedelta(days=rng.randrange(1, (last - first).days))
    form = rng.choice(forms)
    if form == "month":
        day = _last_of(day, 1)
    if form == "quarter":
        day = _last_of(day, 3)
    return Due(
        form, rng.choice(variants("deadlines", form)), day, rng.choice((11, 16, 17)) if form == "clock" else None
    )


def _last_of(day: date, months: int) -> date:
    """The last day of the period of so many months that the day is in."""
    month = (day.month - 1) // months * months + months
    return date(day.year + month // 12, month % 12 + 1, 1) - timedelta(days=1)


def report_duty(rng: Random, window: tuple[date, date]) -> Duty:
    """The duty to report to the issuer: once, or at a rate."""
    action = reporting()
    form = rng.choice(("once", "daily", "weekly", "monthly", "monthly"))
    if form == "once":
        due = dated(rng, window, ("day", "clock"))
    else:
        part = {"daily": (15, 16, 17), "weekly": tuple(_WEEKDAYS), "monthly": (15, 18, 20, 22, 25)}[form]
        due = Due(form, rng.choice(variants("deadlines", form)), None, rng.choice(part))
    return Duty(action, "subordinates", rng.randrange(len(action.wordings)), due=due)


def carry(rng: Random, duty: Duty, number: int, kind: str, roles: Sequence[str], window: tuple[date, date]) -> Duty:
    """The parent's duty as the child has it, by the kind; where the kind can't be done, word for word.

    ``roles`` are those to which a duty can be reassigned; ``window`` are the days that deadlines can move in.
    """
    changes: dict[str, Callable[[Random, Duty], Duty | None]] = {
        "reworded": _reworded,
        "narrowed": _narrowed,
        "widened": _widened,
        "tightened": lambda rng, duty: _moved(rng, duty, -1, window),
        "loosened": lambda rng, duty: _moved(rng, duty, 1, window),
    }
    result = changes[kind](rng, duty) if kind in changes else None
    if kind == "reassigned" and duty.role != "subordinates":  # these hand on what they bear: that reassigns nothing
        others = [role for role in roles if role not in (duty.role, duty.partner)]
        result = replace(duty, role=rng.choice(others)) if others else None
    if result is None:
        return replace(duty, carried=number, kind="verbatim")
    return replace(result, carried=number, kind=kind)


def _reworded(rng: Random, duty: Duty) -> Duty | None:
    others = [each for each in range(len(duty.action.wordings)) if each != duty.wording]
    due = duty.due and replace(duty.due, phrase=rng.choice(variants("deadlines", duty.due.form)))
    return replace(duty, wording=rng.choice(others), due=due)


def _narrowed(rng: Random, duty: Duty) -> Duty | None:
    """With one object or a part of the area less."""
    if duty.area and rng.random() < 0.5:
        return replace(duty, area=duty.area - 1)
    if len(duty.objects) > 1:
        left = list(duty.objects)
        left.pop(rng.randrange(len(left)))
        return replace(duty, objects=tuple(left))
    return replace(duty, area=duty.area - 1) if duty.area else None


def _widened(rng: Random, duty: Duty) -> Duty | None:
    """With one object more, or in a larger area."""
    more = [each for each in range(len(duty.action.objects)) if each not in duty.objects]
    larger = duty.area is not None and duty.area + 1 < len(duty.action.areas)
    if larger and (not more or rng.random() < 0.5):
        return replace(duty, area=(duty.area or 0) + 1)
    return replace(duty, objects=(*duty.objects, rng.choice(more))) if more else None


def _moved(rng: Random, duty: Duty, direction: int, window: tuple[date, date]) -> Duty | None:
    """With an earlier (-1) or later (1) deadline, or a higher or lower target; None where neither can be moved."""
    if duty.target is not None and 0 <= duty.target - direction < len(duty.action.targets):
        return replace(duty, target=duty.target - direction)
    if duty.due is None or (duty.due.day is None and duty.due.form != "monthly"):
        return None
    if duty.due.day is None:
        part = int(duty.due.part or 0) + direction * rng.randint(1, 3)
        return replace(duty, due=replace(duty.due, part=part)) if part in _MONTH_DAYS else None
    day = duty.due.day + timedelta(days=direction * rng.randint(3, 12))
    if day <= window[0]:
        return None
    form = duty.due.form if duty.due.form in ("day", "clock") else "day"
    phrase = duty.due.phrase if form == duty.due.form else variants("deadlines", "day")[0]
    return replace(duty, due=Due(form, phrase, day, duty.due.part))


def listing(items: Sequence[str]) -> str:
    """ "a, b và c"."""
    return items[0] if len(items) == 1 else f"{', '.join(items[:-1])} và {items[-1]}"


def worded(duty: Duty, subject: Subject, alone: bool) -> str:
    """What is to be done, without bearer, deadline and stop; an adverb before it where the bearer acts ``alone``."""
    action = duty.action
    text = action.wordings[duty.wording].format(
        objects=listing([action.objects[each] for each in duty.objects]) if duty.objects else "",
        area=action.areas[duty.area] if duty.area is not None else "",
        target=action.targets[duty.target] if duty.target is not None else "",
        subject=subject.name,
    )
    text = text.replace("  ", " ").replace(" ,", ",").rstrip()  # where no area is named
    return (duty.adverb if alone else "") + text
