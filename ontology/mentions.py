"""What the gazetteer reads in and gives out: the context of a text, and the mention of a body in it."""

from dataclasses import dataclass
from typing import NamedTuple

from chidao.ontology.bodies import BodyEntry, Template
from chidao.ontology.places import Place

# Why the register leaves a name open
AMBIGUOUS, NO_PLACE, UNKNOWN_PLACE = "several places fit", "the place is not stated", "the register lacks the place"
AMBIGUOUS_NAME, AMBIGUOUS_PLACE = "several bodies bear the name", "several places bear the name"
ABSENT_PLACE = "the place did not exist on that day"
UNKNOWN_NAME = "the register does not know the name"
CONTRADICTION = "the named place does not lie in the other one"
NOT_YET, NEVER = "the body did not exist on that day", "the place never had such a body"
IMPOSSIBLE_DATE, SEVERAL = "the date is no day of the calendar, such as 2021-10-19", "several bodies are named"
# Cautions beside a body
OCR_REPAIR, NO_MARKS = "read with other marks", "read without marks"
ENDED, TO_COME = "the body had ended by that day", "the body was set up after that day"


class Context(NamedTuple):
    """What a text leaves unsaid: the smallest place of the issuing body (path), and the document's date (ISO).

    ``level`` where only bodies of one level can be meant.
    """

    place: str | None = None
    date: str | None = None
    level: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Which bodies a group has: those that the template makes at the places of these types within its place."""

    template: Template
    types: tuple[str, ...]


class Mention(NamedTuple):
    """A body, or group of bodies, named up to word ``end``; ``entry`` is None where the register does not settle it.

    ``place_path`` of a group is the place within which its members are; ``membership`` is None where the words do not
    tell who they are ("UBND các huyện liên quan").
    """

    end: int
    label: str
    level: str | None = None
    system: str | None = None
    place_path: str | None = None
    series_path: str | None = None
    entry: BodyEntry | None = None
    group: bool = False
    inferred: tuple[str, ...] = ()
    candidates: tuple[str, ...] = ()
    reason: str | None = None
    stated: Place | None = None
    membership: Membership | None = None


def known(
    end: int,
    entry: BodyEntry,
    reason: str | None = None,
    inferred: tuple[str, ...] = (),
    stated: Place | None = None,
) -> Mention:
    """The mention of a body that the register has; ``reason`` is a caution."""
    return Mention(
        end,
        entry.label_vi,
        entry.level,
        entry.system,
        entry.place_path,
        entry.series_path,
        entry,
        entry.collective,
        inferred,
        (),
        reason,
        stated,
    )
