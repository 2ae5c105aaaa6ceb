"""How alike two duties are worded, from 0 to 1: shared words by weight, where boilerplate weighs little."""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from itertools import pairwise

from chidao.graph.wording import ACTION, CONTENT, FRAME, ORGAN, Token, table

_CLASS_WEIGHT = {FRAME: 0.12, ACTION: 0.45, ORGAN: 0.08}
_SYLLABLE = 0.35  # of a syllable within a run: the pairs say more ("sạt lở" than "sạt" and "lở")
_COMMON = 0.2  # what is left of the weight of a term that most duties of two documents share
_FEW = 6  # duties below which no term is common
_ENOUGH = 1.2  # shared weight at which two thirds of the likeness count

Features = Mapping[str, float]


def features(tokens: Iterable[Token], common: frozenset[str] = frozenset()) -> Features:
    """Weight of each word and pair of neighbouring syllables; those in ``common`` weigh little."""
    found: dict[str, float] = {}
    tokens = list(tokens)
    for token in tokens:
        if token.kind in _CLASS_WEIGHT:
            found[token.key] = _CLASS_WEIGHT[token.kind]
        elif token.kind == CONTENT:
            found[token.key] = rarity(token.key) * (1.0 if _is_concept(token) else _SYLLABLE)
    for first, second in pairwise(tokens):
        if _is_syllable(first) and _is_syllable(second):
            pair = f"{first.key} {second.key}"
            found[pair] = rarity(pair)
    return among(found, common)


def among(weights: Features, common: frozenset[str]) -> Features:
    """The same words where those in ``common`` weigh little."""
    if not common:
        return weights
    return {term: weight * _COMMON if term in common else weight for term, weight in weights.items()}


def common_terms(duties: Sequence[Features]) -> frozenset[str]:
    """The terms that stand in most of the duties; none where there are too few to tell."""
    counts = Counter(term for duty in duties for term in duty)
    return frozenset(term for term, count in counts.items() if len(duties) >= _FEW and count > len(duties) / 2)


def similarity(parent: Features, child: Features) -> float:
    """The mean of the overlap and of its share in the shorter duty, damped where little is shared."""
    held = child.get
    shared = sum([min(weight, other) for term, weight in parent.items() if (other := held(term)) is not None])
    if not shared:
        return 0.0
    above, below = sum(parent.values()), sum(child.values())
    total, smaller = above + below, min(above, below)
    return (shared / total + shared / (2 * smaller)) * math.sqrt(1 - math.exp(-shared / _ENOUGH))


def coverage(part: Features, whole: Features) -> float:
    """The share, by weight, of ``part`` that stands in ``whole``."""
    total = sum(part.values())
    return sum(weight for term, weight in part.items() if term in whole) / total if total else 0.0


@cache
def _counts() -> Mapping[str, int]:
    return {row["term"]: int(row["duties"]) for row in table("frequencies")}


def rarity(term: str) -> float:
    """Inverse document frequency among duties, scaled to 0..1; a term not in the table is as rare as can be.

    ``ontology/wording/frequencies.csv`` counts in how many duties a term stands; its term "*" is their number.
    """
    counts = _counts()
    return math.log((counts["*"] + 1) / (counts.get(term, 1) + 1)) / math.log((counts["*"] + 1) / 2)


def _is_concept(token: Token) -> bool:
    return token.key != token.surface or " " in token.key


def _is_syllable(token: Token) -> bool:
    return token.kind == CONTENT and not _is_concept(token)
