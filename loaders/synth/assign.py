"""Which duties a document has: drawn at the top of a chain, carried from its parent below."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import cache
from random import Random

from chidao.loaders.synth.duties import Duty, carry, draw, report_duty
from chidao.loaders.synth.head import office_for
from chidao.loaders.synth.options import CARRY_KINDS, Options
from chidao.loaders.synth.plan import Planned
from chidao.loaders.synth.stock import Action

FEWEST = 2
_OTHERS = {
    "state": ("health", "finance", "police", "military", "education", "home", "construction", "agriculture"),
    "party": ("executive", "propaganda", "organisation", "inspection", "front", "youth"),
}


def duties_of(document: Planned, above: Sequence[Duty] | None, options: Options, rng: Random) -> list[Duty]:
    """The duties of the document: those of its parent, each as the chosen kind has it, and new ones.

    ``above`` None draws all of them. A duty whose role nobody has in the territory is dropped.
    """
    window = (document.horizon + timedelta(days=10), document.horizon + timedelta(days=130))
    if above is None:
        count = max(FEWEST, options.duties + rng.randint(-2, 2)) - 1
        drawn = draw(rng, _possible(document, document.subject.actions), document.system, count, window)
        return [*drawn, report_duty(rng, window)]
    kept = [made for number, duty in enumerate(above) if (made := _carried(document, duty, number, options, rng))]
    count = sum(rng.random() < options.carry.get("added", 0) for _ in above)
    count = max(min(count, options.duties + 1 - len(kept)), FEWEST - len(kept), 0)
    return [*kept, *_new(document, above, count, window, rng)]


def _possible(document: Planned, actions: Sequence[Action]) -> list[Action]:
    """The actions that somebody in the territory can be charged with."""
    return [action for action in actions if office_for(document, action.roles[document.system])]


def _new(document: Planned, above: Sequence[Duty], count: int, window: tuple[date, date], rng: Random) -> list[Duty]:
    """New duties, none of an action that the parent has."""
    known = {duty.action.wordings[0] for duty in above}
    free = _possible(document, [action for action in document.subject.actions if action.wordings[0] not in known])
    return draw(rng, free, document.system, min(count, len(free)), window)


def _carried(document: Planned, duty: Duty, number: int, options: Options, rng: Random) -> Duty | None:
    """The parent's duty as the document has it; None where it is dropped."""
    bearer = office_for(document, duty.role)
    kind = rng.choices(CARRY_KINDS[:-1], _weights(tuple(options.carry.items())))[0]
    if bearer is None or kind == "dropped":
        return None
    partner = office_for(document, duty.partner) if duty.partner else None
    taken = {bearer.path, partner.path if partner else None}
    others = [
        role
        for role in (_OTHERS[document.system] if kind == "reassigned" else ())
        if (office := office_for(document, role)) and office.path not in taken and office.requested == bearer.requested
    ]
    return carry(rng, duty, number, kind, others, (document.horizon, document.horizon))


@cache
def _weights(carry_weights: tuple[tuple[str, float], ...]) -> tuple[float, ...]:
    known = dict(carry_weights)
    return tuple(known.get(kind, 0.0) for kind in CARRY_KINDS[:-1])
