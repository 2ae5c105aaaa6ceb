"""The bodies and groups that stand at a place of a text, as one list: "Sở Y tế, Công an tỉnh và các địa phương"."""

from dataclasses import dataclass

from chidao.graph.model import Body
from chidao.loaders.bodies import Reading, read_bodies, starts_with_body
from chidao.loaders.clean import Clean
from chidao.ontology.spelling import key

USUAL_NAME, USUAL_LIST, LONGEST_LIST = 90, 300, 900
"""No list of bodies is longer, in code points."""

# "TỔ CHỨC THỰC HIỆN", "Cá nhân:", "tập thể có thành tích": nouns alone name no bearer
_BARE = frozenset(
    {
        "tổ chức",
        "cá nhân",
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


@dataclass(frozen=True, slots=True)
class Named:
    """A list of bodies at ``start:end`` of the clean text."""

    start: int
    end: int
    bodies: tuple[Body, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """Reads the bodies of ``clean`` in the context of ``reading``."""

    clean: Clean
    reading: Reading

    def at(self, start: int, end: int) -> Named | None:
        """The list of bodies that begins at ``start``, None where none does."""
        stop = None
        for reach in (USUAL_LIST, LONGEST_LIST):
            window = min(end, start + reach)
            stop = starts_with_body(self.clean.text, start, window, self.reading) if start < window else None
            if stop is None or window == end or stop < window - USUAL_NAME:
                break
        if stop is None:
            return None
        bodies = read_bodies(self.clean.text, start, stop, self.reading)
        bare = len(bodies) == 1 and key(bodies[0].label) in _BARE
        return Named(start, stop, bodies) if bodies and not bare else None

    def phrase(self, start: int, end: int) -> tuple[Body, ...]:
        """The bodies that a noun phrase names."""
        return read_bodies(self.clean.text, start, end, self.reading)
