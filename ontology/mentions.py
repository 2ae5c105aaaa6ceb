"""What the gazetteer reads in and gives out: the context of a text, and the mention of a body in it."""

from dataclasses import dataclass

from chidao.ontology.bodies import BodyEntry
from chidao.ontology.places import Place

AMBIGUOUS, NO_PLACE, UNKNOWN_PLACE = "several places fit", "the place is not stated", "the register lacks the place"
UNKNOWN_NAME = "the register does not know the name"
OCR_REPAIR = "read with other marks"


@dataclass(frozen=True, slots=True)
class Context:
    """What a text leaves unsaid: the smallest place of the issuing body (path), and the document's date (ISO)."""

    place: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A body, or group of bodies, named up to word ``end``; ``entry`` is None where the register does not settle it."""

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


def known(end: int, entry: BodyEntry) -> Mention:
    """The mention of a body that the register has."""
    return Mention(
        end,
        entry.label_vi,
        entry.level,
        entry.system,
        entry.place_path,
        entry.series_path,
        entry,
        group=entry.collective,
    )
