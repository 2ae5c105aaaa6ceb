"""How well a document fits a reference: the points on which they agree, and what keeps that from being sure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from chidao.graph.document_heads import Head, titles_agree
from chidao.graph.periods import same_period
from chidao.ontology.bodies import BodyEntry
from chidao.ontology.register import register

NUMBER, ISSUER, SUPERIOR = "number-agrees", "issuer-agrees", "issuer-is-superior"
DATE, PERIOD, TITLE = "date-agrees", "period-agrees", "title-agrees"
SEVERAL, ISSUER_OPEN, PERIOD_OPEN = "several-fit", "issuer-open", "period-open"
NUMBER_LOST, OTHER_YEAR = "number-lost", "other-year"
_WHOSE, _WHEN = frozenset({ISSUER, SUPERIOR}), frozenset({DATE, PERIOD})


@dataclass(frozen=True, slots=True)
class Candidate:
    """A document that may be meant; evidence and doubts are local names of the vocabulary's concepts, in order."""

    document: NamedNode
    evidence: tuple[str, ...]
    doubts: tuple[str, ...] = ()

    def has(self, *kinds: str) -> bool:
        """True where one of the kinds of evidence speaks for it."""
        return any(kind in self.evidence for kind in kinds)

    @property
    def placed(self) -> bool:
        """True where it is known whose document it is."""
        return self.has(*_WHOSE)

    @property
    def dated(self) -> bool:
        """True where it is sure that the candidate belongs to the time that is meant."""
        return self.has(*_WHEN)


def weigh(local: Head, candidate: Head, citing: Sequence[Head]) -> Candidate | None:
    """The evidence for ``candidate``; None where the words rule it out (another issuer, date, symbol or number)."""
    if _contradicts(local, candidate):
        return None
    numbering = candidate.numbering
    found = {
        NUMBER: local.number is not None,
        ISSUER: len(local.series) == 1,
        SUPERIOR: not local.issuer_stated and numbering is not None and _is_superior(numbering, citing),
        DATE: bool(set(local.issued) & set(candidate.issued)),
        PERIOD: not local.issued and numbering is not None and _in_period(numbering, candidate, citing),
        TITLE: titles_agree(local.titles, candidate.titles),
    }
    weighed = Candidate(candidate.document, tuple(kind for kind, holds in found.items() if holds))
    doubts = ((ISSUER_OPEN, not weighed.placed), (PERIOD_OPEN, not weighed.dated), (NUMBER_LOST, not local.number))
    return replace(weighed, doubts=tuple(doubt for doubt, holds in doubts if holds))


def chosen(candidates: Sequence[Candidate]) -> Candidate | None:
    """The one candidate that the evidence settles, else None.

    It must be known whose it is and of which time, as the only one; or its title tells it from the others. Without a
    number the title must agree as well; without issuer, date and title together.
    """
    placed = [each for each in candidates if each.placed]
    if len(placed) == 1:
        return _sure(placed[0])
    titled = [each for each in placed or candidates if each.has(TITLE)]
    return _sure(titled[0]) if len(titled) == 1 else None


def with_rivals(candidates: Iterable[Candidate]) -> list[Candidate]:
    """The candidates with the doubt that several fit, where several do; the best supported first."""
    found = sorted(candidates, key=lambda each: (-len(each.evidence), each.document.value))
    if len(found) < 2:
        return found
    return [replace(each, doubts=(SEVERAL, *each.doubts)) for each in found]


def _sure(candidate: Candidate) -> Candidate | None:
    if candidate.placed and candidate.has(NUMBER):
        return candidate if candidate.dated else None
    return candidate if candidate.has(DATE) and candidate.has(TITLE) else None


def _contradicts(local: Head, candidate: Head) -> bool:
    if local.series and not local.series & candidate.series:
        return True
    if local.issued and candidate.issued and not set(local.issued) & set(candidate.issued):
        return True
    # where the issuer is known, a symbol that differs is a misprint: the number has been compared
    return not local.series and bool(candidate.symbols) and not local.symbols & candidate.symbols


def _is_superior(numbering: BodyEntry, citing: Sequence[Head]) -> bool:
    """True where the body is at the place of every citing body or at one above it, or at the Centre."""
    return bool(citing) and all(_above(numbering, head) for head in citing)


def _above(numbering: BodyEntry, citing: Head) -> bool:
    places = {entry.place_path for entry in citing.issuers}
    if len(places) != 1:
        return False
    day = min(citing.issued, default=None)
    upward = {place.path for place in register().upward(places.pop(), day)}
    return numbering.place_path is None or numbering.place_path in upward


def _in_period(numbering: BodyEntry, candidate: Head, citing: Sequence[Head]) -> bool:
    """True where the candidate was issued before every citing document and in the same numbering period."""
    dates = [date for head in citing for date in head.issued]
    if not candidate.issued or not dates or max(candidate.issued) > min(dates):
        return False
    return same_period(numbering.system or "", numbering.level, min(candidate.issued), max(dates))
