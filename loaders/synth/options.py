"""What a synthetic corpus is asked to be."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from chidao.graph.errors import ChidaoError

CARRY_KINDS = (
    "verbatim",
    "reworded",
    "narrowed",
    "widened",
    "reassigned",
    "tightened",
    "loosened",
    "dropped",
    "added",
)
USUAL_CARRY: Mapping[str, float] = dict(
    zip(CARRY_KINDS, (0.22, 0.22, 0.1, 0.08, 0.08, 0.1, 0.08, 0.12, 0.2), strict=True)
)
LONGEST_LAG, MOST_DUTIES, LONGEST = 30, 60, 100_000
_NUMBERS: Mapping[str, tuple[int, int | None]] = {
    "documents": (1, None),
    "lag": (1, LONGEST_LAG),
    "duties": (2, MOST_DUTIES),
    "length": (0, LONGEST),
}


class SynthError(ChidaoError):
    """A synthetic corpus can't be written as asked."""


@dataclass(frozen=True, slots=True)
class Options:
    """``documents`` texts of documents from ``seed``; the shares are of 0 to 1.

    ``scan_noise`` of the documents are scans; ``reports`` of them also have a news report; ``gaps`` of the bodies that
    the corpus asks to carry a document out issue nothing on it. ``lag`` is the mean of the days from parent to child,
    ``duties`` of the duties in a document at the top of a chain, ``length`` of its code points (0: as its duties make
    it; else prose is written around them). ``carry`` weighs what becomes of a parent's duty in a child; the weight of
    "added" is the number of new duties for each duty of the parent.
    """

    documents: int
    seed: int
    scan_noise: float = 0.1
    reports: float = 0.05
    gaps: float = 0.2
    lag: int = 10
    duties: int = 8
    length: int = 0
    carry: Mapping[str, float] = field(default_factory=lambda: dict(USUAL_CARRY))

    def __post_init__(self) -> None:
        """Raise SynthError for what no corpus can be."""
        for name in ("scan_noise", "reports", "gaps"):
            if not 0 <= getattr(self, name) <= 1:
                raise SynthError(f"--{name.replace('_', '-')} {getattr(self, name)}: give a share from 0 to 1")
        for name, (least, most) in _NUMBERS.items():
            value = getattr(self, name)
            if value < least or (most and value > most):
                limit = f"from {least} to {most}" if most else f"of at least {least}"
                raise SynthError(f"--{name} {value}: give a number {limit}")
        if not any(weight for kind, weight in self.carry.items() if kind != "added"):
            raise SynthError("--carry: at least one kind besides added needs a weight above 0")


def carry_weights(stated: tuple[str, ...]) -> Mapping[str, float]:
    """The weights of "dropped=0.3" and the like; kinds that are not named get none. Nothing stated: the usual ones.

    Raises SynthError for another kind or weight.
    """
    weights: dict[str, float] = {}
    for each in stated:
        kind, _, weight = each.partition("=")
        try:
            weights[kind] = float(weight)
        except ValueError:
            raise SynthError(f"--carry {each}: write KIND=WEIGHT, as in dropped=0.3") from None
        if kind not in CARRY_KINDS or not 0 <= weights[kind] < float("inf"):
            raise SynthError(f"--carry {each}: KIND is one of {', '.join(CARRY_KINDS)}, WEIGHT 0 or more")
    return weights or dict(USUAL_CARRY)
