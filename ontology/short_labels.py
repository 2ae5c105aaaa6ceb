"""The short forms of a body's name that people write: "UBND huyện Ba Chẽ" for "Ủy ban nhân dân huyện Ba Chẽ"."""

from functools import cache

from chidao.ontology.tables import rows


def short_labels(label: str) -> tuple[str, ...]:
    """The name with its words abbreviated as letters abbreviate them; none where nothing in it is abbreviated."""
    short = label
    for full, abbreviation in _abbreviations():
        short = short.replace(full, abbreviation)
    return (short,) if short != label else ()


@cache
def _abbreviations() -> tuple[tuple[str, str], ...]:
    """(words, abbreviation), the longest words first: those of ``abbreviations.csv`` that stand in names."""
    chosen = ((row["full"], row["abbreviation"]) for row in rows("abbreviations") if row["in_names"] == "yes")
    return tuple(sorted(chosen, key=lambda pair: (-len(pair[0]), pair)))
