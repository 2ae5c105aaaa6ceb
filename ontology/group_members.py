"""Who belongs to a group of bodies on a day: "UBND các huyện, thị xã", "các sở, ban, ngành", "các huyện ủy, thị ủy".

Members are those that the words leave no doubt of; "ban, ngành" are not the same in every province and name none.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from chidao.ontology.bodies import BodyEntry
from chidao.ontology.gazetteer import Gazetteer
from chidao.ontology.mentions import Context
from chidao.ontology.places import LEVELS, Place
from chidao.ontology.spelling import key
from chidao.ontology.tables import rows, values
from chidao.ontology.words import read_words

_QUANTIFIERS = re.compile(r"^(?:tất cả |toàn thể |toàn bộ )?(?:các )?")
_SEPARATORS = re.compile(r",? và |, |/")
# "các sở, ban, ngành cấp tỉnh", "các huyện ủy trực thuộc tỉnh ủy": all of them
_WHOLE = re.compile(r" (?:cấp|của|thuộc|trực thuộc|trong|trên địa bàn)? ?(?:tỉnh|thành phố|huyện)(?: ủy)?$")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun for bodies: at places of the ``types`` and ``level``, those of the ``members`` (slugs of templates)."""

    noun: str
    level: str
    types: tuple[str, ...]
    members: tuple[str, ...]
    source: str


def group_members(label: str, within: str | None, date: str, gazetteer: Gazetteer) -> Sequence[BodyEntry]:
    """The members on the ISO date of the group of that label, in the place at the path ``within`` (None: the country).

    None are named where the words do not tell all who are meant ("UBND các huyện liên quan").
    """
    words = read_words(label)
    found = gazetteer.match(words, 0, Context(within, date)) if words else []
    if len(found) == 1 and found[0].group and found[0].end == len(words):
        return gazetteer.placing.members(found[0], date)
    place = gazetteer.places.get(within)
    nouns = _nouns_of(label, place)
    return list(_of_nouns(nouns, place, date, gazetteer)) if nouns else []


def _nouns_of(label: str, place: Place | None) -> list[Noun] | None:
    """The nouns that the label lists, None where it holds anything else; "huyện" before "thị ủy" is "huyện ủy",
    "phường" behind "đảng ủy xã" is "đảng ủy phường"."""
    phrase = _QUANTIFIERS.sub("", key(label)).removesuffix(f" {key(place.label_vi)}" if place else " trong cả nước")
    phrase = phrase if phrase in _table() else _WHOLE.sub("", phrase)
    parts = [part.removeprefix("các ") for part in _SEPARATORS.split(phrase)]
    patterns = ["{}"]
    patterns += ["{} ủy"] * any(part.endswith(" ủy") for part in parts)
    patterns += ["đảng ủy {}"] * any(part.startswith("đảng ủy ") for part in parts)
    found = [next(filter(None, (_table().get(each.format(part)) for each in patterns)), None) for part in parts]
    return [noun for noun in found if noun] if all(found) else None


def _of_nouns(nouns: Sequence[Noun], place: Place | None, date: str, gazetteer: Gazetteer) -> Iterator[BodyEntry]:
    stated = {noun.level for noun in nouns if noun.level}
    above = place.level if place else "central"
    other = stated.pop() if len(stated) == 1 else LEVELS[LEVELS.index(above) + 1]
    for noun in nouns:
        level = noun.level or other
        at_home = place is not None and level == place.level
        places = [place] if place and at_home else gazetteer.places.below(place.path if place else None, level, date)
        for where in places:
            if not noun.types or where.type in noun.types:
                yield from gazetteer.placing.standing(noun.members, where, date)


@cache
def _table() -> dict[str, Noun]:
    found: dict[str, Noun] = {}
    for row in rows("group_members"):
        found[row["noun"]] = Noun(
            row["noun"], row["level"], values(row["types"]), values(row["members"]), row["source"]
        )
    return found
