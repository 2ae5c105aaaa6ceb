"""The bodies and groups that stand at a place of a text, as one list: "Sở Y tế, Công an tỉnh và các địa phương"."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from chidao.graph.model import Body
from chidao.loaders.bodies import Reading, bodies_at, read_bodies
from chidao.loaders.clean import Clean
from chidao.loaders.groups import list_heads, nouns
from chidao.ontology.spelling import key

USUAL_NAME, USUAL_LIST, LONGEST_LIST = 90, 300, 900
"""No list of bodies is longer, in code points."""

# "TỔ CHỨC THỰC HIỆN", "Cá nhân:", "tập thể có thành tích": nouns alone name no bearer
_BARE = frozenset(
    {
        "tổ chức",
        "cá nhân",
        "thanh tra",
        "tập thể",
        "đơn vị",
        "cơ quan",
        "doanh nghiệp",
        "địa phương",
        "cấp",
        "ngành",
        "cán bộ",
        "hội",
        "cơ sở",
    }
)
# A first word in small letters or with one capital, not "a)", "của", "UBND", "TP.": what those lead to is read in full
_PLAIN_WORD = re.compile(r"\s*+(?P<word>[^\W\d_](?:[^\W\d_](?<!\w[A-ZĐƯ]))++)(?![\w.)&/-])")


class Named(NamedTuple):
    """A list of bodies at ``start:end`` of the clean text."""

    start: int
    end: int
    bodies: tuple[Body, ...]


@dataclass(frozen=True)
class Names:
    """Reads the bodies of ``clean`` in the context of ``reading``."""

    clean: Clean
    reading: Reading

    def at(self, start: int, end: int) -> Named | None:
        """The list of bodies that begins at ``start``, None where none does."""
        if not self.may_begin(start, end):
            return None
        bodies, stop = tuple[Body, ...](), start
        for reach in (USUAL_LIST, LONGEST_LIST):
            window = self.clean.word_end(start + reach, end)
            bodies, stop = bodies_at(self.clean.text, start, window, self.reading)
            if not bodies or window == end or stop < window - USUAL_NAME:
                break
        bare = len(bodies) == 1 and key(bodies[0].label) in _BARE
        return Named(start, stop, bodies) if bodies and not bare else None

    def phrase(self, start: int, end: int) -> tuple[Body, ...]:
        """The bodies that a noun phrase names."""
        return read_bodies(self.clean.text, start, end, self.reading)

    def may_begin(self, start: int, end: int) -> bool:
        """False where the first word opens no name and no group: few paragraphs need to be taken apart."""
        plain = _PLAIN_WORD.match(self.clean.text, start, end)
        return plain is None or self.clean.key[slice(*plain.span("word"))] in self._openings

    @cached_property
    def _openings(self) -> frozenset[str]:
        known = self.reading.register.gazetteer.openings
        return frozenset({*known, *nouns().openings, *list_heads().openings, "các", "của", "kính"})
