"""What a scan does to a text, as far as its truth stays readable: slips of letters, wrapped lines, breaks of pages, the
other way to set tones.
"""

import textwrap
from random import Random

from chidao.loaders.synth.stock import slips

WIDTH = 76
KEPT = 60
"""So many code points at the start of a paragraph, where names and verbs stand, are read well."""


def scanned(rng: Random, paragraph: str, page: int | None = None) -> str:
    """The paragraph as a scan gives it, with a page number between two of its words where ``page`` is given."""
    head, tail = paragraph[:KEPT], paragraph[KEPT:]
    for printed, read in slips():
        if rng.random() < 0.6:
            tail = tail.replace(printed, read, 1)
    text = head + tail
    if rng.random() < 0.3:
        text = text.replace("ủy ", "uỷ ")
    lines = textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False)
    if page is not None and len(lines) > 1 and lines[1][0].islower() and lines[0].rsplit(" ", 1)[-1].islower():
        lines.insert(1, f"\n{page}\n")
    return "\n".join(lines)
