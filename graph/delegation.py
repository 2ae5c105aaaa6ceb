"""Whether a duty went the natural way down: to the same body, to a part of the body that carries the parent document
out, or to the same line of work at another level (Sở Y tế -> Phòng Y tế). Bodies are told by their names.

The lines of work stand in ``ontology/wording/lines.csv``; what a Phòng deals with follows Decree
37/2014/ND-CP, art. 7-8 (Phòng Kinh tế và Hạ tầng: industry and trade, construction, transport, science), and in
communes Decree 150/2025/ND-CP (Phòng Văn hóa - Xã hội: health, education, science, home affairs and more).
"""

from collections.abc import Iterable
from functools import cache

from chidao.graph.wording import ORGANS, lines
from chidao.ontology.words import keys_of, read_words

# What else the table tells of a name: it takes in everybody below, or is an organ whose own document directs others.
_EVERYONE = "everyone"


@cache
def lines_of_work(body: str) -> frozenset[str]:
    """The lines that the name tells: "Phòng Y tế huyện Ba Chẽ" -> {"health"}; none for a People's Committee."""
    words, at, found = read_words(body), 0, set[str]()
    skip = frozenset({","})
    while at < len(words):
        hit = lines().longest(words, at, skip)
        found |= set(hit[1]) if hit else set()
        at = hit[0] if hit else at + 1
    return frozenset(found)


def is_natural(parent: Iterable[str], child: Iterable[str], issuer: str | None) -> bool | None:
    """Whether the bearers of the child's duty are those to whom the parent's duty leads; None where none are known.

    ``issuer`` is the name of the body that issued the child document.
    """
    above, below = list(parent), list(child)
    if not above or not below:
        return None
    return any(_leads(upper, lower, issuer) for upper in above for lower in below)


def concerns(bearers: Iterable[str], issuer: str | None) -> bool | None:
    """Whether a duty of these bearers is for the issuer of the child to carry out; None where that is not known."""
    named = list(bearers)
    if not named or issuer is None:
        return None
    return any(_leads(bearer, issuer, None) for bearer in named)


def share_line(parent: Iterable[str], child: Iterable[str]) -> bool:
    """Whether a bearer of the one and a bearer of the other do the same line of work, at any level."""
    above, below = (frozenset().union(*map(lines_of_work, bodies)) for bodies in (parent, child))
    return bool((above & below) - ORGANS - {_EVERYONE})


def _leads(upper: str, lower: str, issuer: str | None) -> bool:
    above, below = lines_of_work(upper), lines_of_work(lower)
    if _EVERYONE in above | below or keys_of(upper) == keys_of(lower):
        return True
    if above - ORGANS:
        return bool(above & below - ORGANS)
    organs = above & ORGANS
    return not above or bool(organs & (below | lines_of_work(issuer or "")))
