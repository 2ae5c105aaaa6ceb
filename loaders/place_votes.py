"""Tell of which place a text is by the bodies that it names with their places."""

from collections import Counter

from chidao.graph.names import place_iri
from chidao.loaders.bodies import Reading, find_bodies
from chidao.loaders.clean import Clean

VOTES_WITHIN = 20_000
"""So many code points of a text are enough to tell of which place it is."""


def place_by_votes(clean: Clean, reading: Reading, level: str | None) -> str | None:
    """The place most often written out with a body's name at ``level`` ("Tỉnh ủy Hà Tĩnh"); None without a majority."""
    votes = Counter[str]()
    for mention in find_bodies(clean.text, 0, clean.word_end(VOTES_WITHIN, len(clean.text)), reading):
        if (
            mention.body.place
            and "place" not in mention.body.inferred
            and mention.body.level in (level or mention.body.level,)
        ):
            votes[mention.body.place.removeprefix(place_iri(""))] += 1
    return _most(votes) or _most(_provinces(votes, reading))


def _most(votes: Counter[str]) -> str | None:
    ranked = votes.most_common(2)
    tied = len(ranked) == 2 and ranked[0][1] == ranked[1][1]
    return ranked[0][0] if ranked and not tied else None


def _provinces(votes: Counter[str], reading: Reading) -> Counter[str]:
    """The votes of the places counted for their provinces: of several districts no one is meant."""
    counted = Counter[str]()
    for path, number in votes.items():
        above = list(reading.register.upward(path, reading.context.date))
        counted[above[-1].path if above else path] += number
    return counted
