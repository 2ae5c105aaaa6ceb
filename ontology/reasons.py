"""Why a name stays open, in the reader's language."""

from functools import cache

from chidao.ontology.tables import rows


def reason_in(reason: str, lang: str) -> str:
    """Why a name stays open, or is read with caution, in a language: one of ``reasons.csv``; else as it is."""
    count, _, noun = reason.partition(" ")
    if lang != "vi":
        return reason
    return f"{count} {_reasons().get(noun, noun)}" if count.isdecimal() else _reasons().get(reason, reason)


@cache
def _reasons() -> dict[str, str]:
    return {row["reason"]: row["vi"] for row in rows("reasons")}
