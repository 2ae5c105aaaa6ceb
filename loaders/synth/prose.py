"""Prose around the duties, from the stock of prose.toml: what a document tells, and why a duty is given."""

import string
from collections.abc import Iterator
from functools import cache
from random import Random
from typing import Any

from chidao.loaders.synth.duties import Duty
from chidao.loaders.synth.stock import prose

_SENTENCES = (2, 5)  # in a paragraph


def told(rng: Random, subject: str, length: int) -> Iterator[str]:
    """Paragraphs of some ``length`` code points together that tell of a subject and order nothing."""
    left = float(length)
    while left > 0:
        forms = rng.choices(prose()["forms"], k=rng.randint(*_SENTENCES))
        paragraph = " ".join(_filled(rng, form, subject) for form in forms)
        if left < len(paragraph) and rng.random() > left / len(paragraph):
            return
        yield paragraph
        left -= len(paragraph) + 2


def reason(duty: Duty, subject: str) -> str:
    """Why the duty is given: the same for the same action of the stock, so that a duty is carried on with it."""
    rng = Random(duty.action.wordings[0])  # noqa: S311  # no secret
    return _filled(rng, rng.choice(prose()["reasons"]), subject)


def _filled(rng: Random, form: str, subject: str) -> str:
    """The form with its slots filled, no filling twice."""
    said = {slot: iter(rng.sample(prose()["slots"][slot], form.count(f"{{{slot}}}"))) for slot in _slots(form)}
    known: dict[str, Any] = {"subject": subject, "count": rng.randint(12, 480), "share": rng.randint(31, 89)}
    return "".join(
        before + (str(known[slot] if slot in known else next(said[slot])) if slot else "")
        for before, slot, _, _ in string.Formatter().parse(form)
    )


@cache
def _slots(form: str) -> frozenset[str]:
    """The slots of a form that a list fills."""
    named = (slot for _, slot, _, _ in string.Formatter().parse(form) if slot)
    return frozenset(slot for slot in named if slot in prose()["slots"])
