"""Cut a paragraph into sentences."""

import re
from itertools import pairwise

# A full stop, and the first letter behind it; the blank may be lost ("chống giặc”.Ban Chỉ đạo")
_END = re.compile(
    r"[.!?…](?<![.!?…].)[.!?…]*+[\"”’)\]]*+(?:\s++[\"“‘'(*_]*+(?P<first>[^\W\d_])|(?P<joined>[^\W\d_])(?=[^\W\d_]))"
)
# "TP. Hồ Chí Minh", "ThS. Nguyễn", "KT. CHỦ TỊCH"
_ABBREVIATED = re.compile(r"\b(?:TP|Tp|tp|TX|Tx|TT|Q|P|H|KT|TM|TL|TUQ|ThS|TS|PGS|GS|BS|Ths|Bs|Mr|No|St|v\.v|[A-Z])$")

_BLANK = re.compile(r"\s")


def sentences_of(text: str, start: int, end: int) -> tuple[tuple[int, int], ...]:
    """The sentences of ``text[start:end]`` as offsets, without a gap between them."""
    bounds = [start, *(cut for stop in _END.finditer(text, start, end) if (cut := _cut(text, start, stop))), end]
    return tuple((a, b) for a, b in pairwise(bounds) if a < b)


def _cut(text: str, start: int, stop: re.Match[str]) -> int | None:
    """Where the next sentence begins behind a full stop; None where it ends no sentence."""
    group = "first" if stop["first"] else "joined"
    letter = stop.start(group)
    if not text[letter].isupper() or _ABBREVIATED.search(text, max(start, stop.start() - 6), stop.start()):
        return None
    if group == "joined":  # "12/CĐ.UBND" is no end, "giặc”.Ban" is
        return letter if text[letter + 1].islower() else None
    blank = _BLANK.search(text, stop.start(), letter)
    return blank.end() if blank else letter
