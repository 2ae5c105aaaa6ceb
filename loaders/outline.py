"""Carry from paragraph to paragraph who bears what is said below: headings, chapeaux and the point that goes on."""

from typing import NamedTuple

from chidao.graph.model import BearerSource, Body, Modality
from chidao.loaders.layout import Paragraph
from chidao.loaders.sections import SectionClass

LEVEL_OF_DASH = 6
"""Markers below this level are numbers: they end the point before them."""


class Bearing(NamedTuple):
    """Bearers, how they were found, and the modality that the words naming them give to what follows."""

    bodies: tuple[Body, ...]
    source: BearerSource
    modality: Modality = "duty"

    def inherited(self) -> "Bearing":
        """The same bearers for a paragraph that goes on without naming them."""
        return self if self.source in ("heading", "chapeau", "recipients") else self._replace(source="inherited")


UNRESOLVED = Bearing((), "unresolved")


class Frame(NamedTuple):
    """A heading or chapeau that is open at ``level``: holds until a marker of that level or a higher one."""

    level: float
    bearing: Bearing | None = None
    section_class: SectionClass | None = None


class Outline(NamedTuple):
    """What is open where a paragraph stands.

    ``last`` bears the point that goes on, ``depth`` is the level of the last number, ``operative`` is true once duties
    have begun.
    """

    frames: tuple[Frame, ...] = ()
    depth: float = 0
    last: Bearing | None = None
    operative: bool = False

    def entering(self, paragraph: Paragraph) -> "Outline":
        """The outline at a paragraph: its marker closes headings of its level, and ends the point before it."""
        level = level_of(paragraph)
        if level == 0:
            return self
        frames = tuple(frame for frame in self.frames if frame.level < level)
        numbered = level < LEVEL_OF_DASH
        return Outline(
            frames, level if numbered else self.depth, None if numbered else self.last, self.operative or level <= 1
        )

    def opening(
        self, paragraph: Paragraph, bearing: Bearing | None, section_class: SectionClass | None, operative: bool = False
    ) -> "Outline":
        """The outline below a heading or chapeau; one without a number belongs to the number above it.

        ``operative`` where duties begin below it.
        """
        level = level_of(paragraph) or self.depth + 0.5
        frames = tuple(frame for frame in self.frames if frame.level < level)
        below = (*frames, Frame(level, bearing, section_class))
        return Outline(below, self.depth, None, self.operative or operative)

    def naming(self, bearing: Bearing) -> "Outline":
        """The outline behind a duty whose bearers the next paragraph without a number inherits."""
        return Outline(self.frames, self.depth, bearing, operative=True)

    @property
    def bearing(self) -> Bearing | None:
        """The bearing of the innermost heading or chapeau that has one."""
        return next((frame.bearing for frame in reversed(self.frames) if frame.bearing), None)

    @property
    def section_class(self) -> SectionClass | None:
        """The class of the innermost section that has one."""
        return next((frame.section_class for frame in reversed(self.frames) if frame.section_class), None)


def level_of(paragraph: Paragraph) -> float:
    """The level of the marker; a "+" stands below a dash."""
    return LEVEL_OF_DASH + 0.5 if paragraph.marker == "+" else paragraph.level
