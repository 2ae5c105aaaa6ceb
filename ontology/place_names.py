"""The name of a place at a word of a text, where it ends and the next phrase begins."""

from collections.abc import Sequence

from chidao.ontology.places import Places
from chidao.ontology.words import Word

# "ĐOÀN XÃ TÂN HÒA | THÀNH LẬP …": in capitals a verb looks like the end of a name
_FOUNDED = ["thành", "lập"]


def name_at(words: Sequence[Word], at: int, places: Places, kind: str | None = None) -> tuple[int, str] | None:
    """The longest name of a place at word ``at``: (index after it, its key); one that a place of the ``kind`` has."""
    hit = places.names.longest(words, at) if at < len(words) and words[at].capital else None
    fits = hit is not None and (kind is None or bool(places.named(hit[1], kind)))
    if not hit or (fits and not _runs_on(words, at, hit[0], places)):
        return hit
    for end in range(hit[0] - 1, at, -1):
        name = places.names.get(word.key for word in words[at:end])
        if name and (kind is None or places.named(name, kind)) and not _runs_on(words, at, end, places):
            return end, name
    return hit if fits else None


def _runs_on(words: Sequence[Word], at: int, end: int, places: Places) -> bool:
    """True where the last word is printed as that of another phrase: "xã Tân Hòa | thành lập", "XÃ TÂN HÒA | Thành"."""
    last, capitals = words[end - 1], words[at].text.isupper() and len(words[at].text) > 1
    if end - at < 2 or not last.key.isalpha():
        return False
    if not last.capital or (len(last.text) > 1 and last.text.isupper() != capitals):
        return True
    begun = places.types.longest(words, end - 1)  # "XÃ TÂN HÒA | THÀNH PHỐ …"
    founded = capitals and [word.key for word in words[end - 1 : end + 1]] == _FOUNDED
    return founded or (begun is not None and begun[0] > end)
