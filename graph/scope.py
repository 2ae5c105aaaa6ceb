"""Whether a wording covers less or more than another: members of enumerations and restrictions that came or went.

What is added behind a comma or "và" is a member of an enumeration and widens; what is added by "tại", "khi", "đối với",
or straight behind a noun ("các hộ" -> "các hộ nghèo") restricts and narrows. What is replaced is only reworded.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from chidao.graph.figures import NARROWER, WIDER
from chidao.graph.similarity import rarity
from chidao.graph.wording import ACTION, CONTENT, COORDINATOR, EMPHASIS, FRAME, LEVEL, MARK, RESTRICTOR, Token

_COMPARED = frozenset({ACTION, CONTENT, COORDINATOR, EMPHASIS, FRAME, MARK, RESTRICTOR})
_CONDITION = "condition"  # "khi", "nếu", "riêng", "trừ": they restrict whatever follows
_JOINTS = frozenset({MARK, COORDINATOR})
_MEMBER, _RESTRICTS = "member", "restricts"
REWORDED = "reworded"
_GONE = {_MEMBER: NARROWER, _RESTRICTS: WIDER, None: REWORDED}
_COME = {_MEMBER: WIDER, _RESTRICTS: NARROWER, None: REWORDED}
_OTHER_WORD = 0.2  # weight of a place where other words stand
_LONGEST = 600  # tokens: matching takes time with the square of the length
_SAME = 0.8  # share of the shorter wording that must stand in the other, or all counts as reworded
_ENOUGH = 0.4  # weight of content that makes a difference of scope
_CLEARLY = 1.5  # times the weight of what speaks otherwise


@dataclass(frozen=True, slots=True)
class _Change:
    """What differs at one place: NARROWER, WIDER or REWORDED, and the weight of its content."""

    kind: str
    weight: float


def compare_scope(parent: Sequence[Token], child: Sequence[Token]) -> str | None:
    """ "narrowed", "widened", or None where neither is clear, or where too much is worded anew to tell."""
    if max(len(parent), len(child)) > _LONGEST or _kept(parent, child) < _SAME:
        return None
    weights = {NARROWER: 0.0, WIDER: 0.0, REWORDED: 0.0}
    for change in _changes(*(_compared(tokens) for tokens in (parent, child))):
        weights[change.kind] += change.weight
    kind = NARROWER if weights[NARROWER] > weights[WIDER] else WIDER
    others = sum(weights.values()) - weights[kind]
    return kind if weights[kind] >= max(_ENOUGH, _CLEARLY * others) else None


def _kept(parent: Sequence[Token], child: Sequence[Token]) -> float:
    """The share of the shorter wording that stands in the other, in the same order."""
    above, below = ([token.key for token in tokens if token.kind not in {MARK, LEVEL}] for tokens in (parent, child))
    blocks = SequenceMatcher(None, above, below, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / (min(len(above), len(below)) or 1)


def _compared(tokens: Sequence[Token]) -> list[Token]:
    """What matters for scope, without marks at the ends and twice in a row."""
    kept: list[Token] = []
    for token in tokens:
        if token.kind not in _COMPARED or (token.kind == MARK and (not kept or kept[-1].kind == MARK)):
            continue
        kept.append(token)
    while kept and kept[-1].kind == MARK:
        kept.pop()
    return kept


def _changes(parent: Sequence[Token], child: Sequence[Token]) -> Iterator[_Change]:
    above, below = ([_key(token) for token in tokens] for tokens in (parent, child))
    lost, gained = Counter(above) - Counter(below), Counter(below) - Counter(above)
    for operation, p1, p2, c1, c2 in SequenceMatcher(None, above, below, autojunk=False).get_opcodes():
        if operation == "equal":
            continue
        gone, come = _weight(parent[p1:p2], lost), _weight(child[c1:c2], gained)
        if _says(parent[p1:p2]) and _says(child[c1:c2]):  # replaced: only what is much more on one side counts
            yield _Change(REWORDED, max(_OTHER_WORD, min(gone, come)))
            gone, come = max(0.0, gone - 2 * max(come, _OTHER_WORD)), max(0.0, come - 2 * max(gone, _OTHER_WORD))
        if gone:
            yield _Change(_GONE[_role(parent, *_slid(parent, p1, p2))], gone)
        if come:
            yield _Change(_COME[_role(child, *_slid(child, c1, c2))], come)


def _says(run: Sequence[Token]) -> bool:
    return any(token.kind in {FRAME, ACTION, CONTENT} for token in run)


def _key(token: Token) -> str:
    """What tokens are matched by: "và" and a comma join alike."""
    return "," if token.kind in _JOINTS else token.key


def _slid(tokens: Sequence[Token], start: int, end: int) -> tuple[int, int]:
    """The same run moved left to where a joint parts it: in "bếp ăn chợ và bếp ăn trường", not "chợ và bếp ăn" came,
    but "bếp ăn chợ và"."""
    for back in range(start + 1):
        if {tokens[start - back].kind, tokens[end - back - 1].kind} & _JOINTS:
            return start - back, end - back
        if back == start or _key(tokens[start - back - 1]) != _key(tokens[end - back - 1]):
            break
    return start, end


def _weight(run: Sequence[Token], excess: Mapping[str, int]) -> float:
    """The content of ``run`` that the other wording has less often; another verb for the same is no content."""
    return sum(_token_weight(token) for token in run if excess.get(_key(token)))


def _token_weight(token: Token) -> float:
    if token.kind == CONTENT:
        return rarity(token.key)
    return 0.5 if token.key == _CONDITION else 0.0


def _role(tokens: Sequence[Token], start: int, end: int) -> str | None:
    """What the run is to its wording: RESTRICTS by a word of restriction or straight behind the noun that it modifies,
    MEMBER where a comma or "và" parts it from its neighbour; None for a word put in or taken out within a phrase."""
    run = tokens[start:end]
    opening = next((token for token in run if token.kind not in _JOINTS), None)
    if opening is None or opening.kind == EMPHASIS:
        return None
    if opening.kind == RESTRICTOR:
        return _RESTRICTS
    before, after = _kind_at(tokens, start - 1), _kind_at(tokens, end)
    if {run[0].kind, run[-1].kind} & _JOINTS or (before in _JOINTS and after in _JOINTS):
        return _MEMBER
    return _RESTRICTS if before == opening.kind == CONTENT else None


def _kind_at(tokens: Sequence[Token], at: int) -> str:
    """The kind of a token; the ends of the wording count as marks."""
    return tokens[at].kind if 0 <= at < len(tokens) else MARK
