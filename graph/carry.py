"""How a duty was carried down: the kinds that hold for a parent's duty and the child's that answers it.

The definition of each kind, with examples, stands in docs/chains.md.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property

from chidao.graph.delegation import is_natural, lines_of_work, share_line
from chidao.graph.due import LAXER, STRICTER, Due, compare_due
from chidao.graph.figures import compare_figures
from chidao.graph.scope import REWORDED, compare_scope
from chidao.graph.similarity import Features, among, features, similarity
from chidao.graph.wording import BODY, LEVEL, MARK, ORGAN, Token, clauses, duty_tokens

VERBATIM, REASSIGNED, DROPPED, ADDED = "verbatim", "reassigned", "dropped", "added"
_LINE = 0.1  # what the same line of work adds to the likeness of two duties
_CLAUSE = 0.6  # weight of a clause that is compared by itself
_CLAUSE_COUNTS = 0.9  # what the likeness of two clauses is worth for the duties
_RATE = 0.6  # weight of the rate at which both are due
_STRENGTH = {"permission": 0, "recommendation": 1, "request": 2, "duty": 3, "prohibition": 3}
_LIMITS = frozenset({"hạn chế", "nên", "có thể"})  # "Hạn chế đốt rơm rạ": weaker than a duty
# Bodies that are asked, not ordered, whatever is meant: they are not subordinate to who writes.
_ASKED = frozenset(
    {"front", "youth", "farmers", "women", "veterans", "labour-union", "red-cross"}
    | {"army", "police", "border", "tax", "customs", "treasury", "bank", "insurance"}
)


@dataclass(frozen=True)
class Duty:
    """A norm as it is compared: its words, the names of its bearers, its modality and deadline.

    ``name`` tells it from others (the IRI of the norm). ``common`` are terms that most duties of the two documents
    share ("an toàn thực phẩm" in a plan on food safety): here they tell little.
    """

    name: str
    text: str
    bearers: tuple[str, ...] = ()
    modality: str = "duty"
    due: Due = field(default_factory=Due)
    common: frozenset[str] = frozenset()

    @cached_property
    def tokens(self) -> tuple[Token, ...]:
        """Its words without number, times and leading bearers."""
        return duty_tokens(self.text, self.bearers)

    def among(self, common: frozenset[str]) -> "Duty":
        """The same duty where the terms ``common`` tell little."""
        other = replace(self, common=common)
        other.__dict__["_weights"] = self._weights  # the same words: not weighed again
        return other

    @cached_property
    def _weights(self) -> tuple[Features, tuple[Features, ...]]:
        """The weights of its words, and of those of each clause where it has several."""
        parts = clauses(self.tokens)
        return features(self.tokens), tuple(map(features, parts)) if len(parts) > 1 else ()

    @cached_property
    def features(self) -> Features:
        """What its likeness to others is reckoned from: its words, and how often it is due."""
        rate = self.due.recurrence.partition(" ")[0]
        return {**among(self._weights[0], self.common), **({f"rate {rate}": _RATE} if rate else {})}

    @cached_property
    def clauses(self) -> tuple[Features, ...]:
        """The features of each of its clauses, where it has several and the clause says enough to be compared alone."""
        found = (among(part, self.common) for part in self._weights[1])
        return tuple(part for part in (*found, self.features) if sum(part.values()) >= _CLAUSE)

    @cached_property
    def lines(self) -> frozenset[str]:
        """The lines of work of its bearers."""
        return frozenset().union(*map(lines_of_work, self.bearers))


def likeness(parent: Duty, child: Duty) -> float:
    """How alike two duties are, from 0 to 1: by their words, and a little more where one line of work bears both."""
    whole = similarity(parent.features, child.features)
    pairs = (
        (a, b) for a in parent.clauses for b in child.clauses if a is not parent.features or b is not child.features
    )
    clause = max((similarity(a, b) for a, b in pairs), default=0.0)
    worded = max(whole, _CLAUSE_COUNTS * clause)
    return min(1.0, worded + _LINE) if worded and share_line(parent.bearers, child.bearers) else worded


def carry_kinds(parent: Duty, child: Duty, issuer: str | None = None) -> tuple[str, ...]:
    """The kinds that hold, the one that counts first. ``issuer`` is who issued the child document."""
    found = dict.fromkeys(_kinds(parent, child, issuer))
    opposed = [kind for kind in found if kind in {STRICTER, LAXER}][1:]
    return tuple(kind for kind in found if kind not in opposed)


def _kinds(parent: Duty, child: Duty, issuer: str | None) -> Iterator[str]:
    if is_natural(parent.bearers, child.bearers, issuer) is False:
        yield REASSIGNED
    changes = (compare_due(parent.due, child.due), *compare_figures(parent.text, child.text), _firmer(parent, child))
    stricter = [change for change in changes if change]
    yield from (change for change in stricter if change in {STRICTER, LAXER})
    yield from (change for change in stricter if change not in {STRICTER, LAXER})
    if _wording(parent) == _wording(child):
        yield VERBATIM
        return
    if not set(stricter) - {STRICTER, LAXER} and (scope := compare_scope(parent.tokens, child.tokens)):
        yield scope
    yield REWORDED


def _firmer(parent: Duty, child: Duty) -> str | None:
    """The change of modality; none where either bearer is one that is asked by courtesy."""
    above, below = _strength(parent), _strength(child)
    if above == below or (min(above, below) == _STRENGTH["request"] and (parent.lines | child.lines) & _ASKED):
        return None
    return STRICTER if below > above else LAXER


def _strength(duty: Duty) -> int:
    opening = duty.tokens[0].surface if duty.tokens else ""
    return min(_STRENGTH[duty.modality], 1 if opening in _LIMITS else 3)


def _wording(duty: Duty) -> list[str]:
    """The words that make a wording: without marks, and without what changes with the level: its organs and places,
    but for the line of work of a body."""
    return [
        token.key if token.kind == ORGAN else token.surface
        for token in duty.tokens
        if token.kind not in {MARK, LEVEL} and (token.kind != ORGAN or token.key.startswith(BODY))
    ]
