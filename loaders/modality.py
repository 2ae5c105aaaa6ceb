"""Read the deontic modality of a clause from the phrase that begins its predicate (``modality.csv``)."""

from typing import cast

from chidao.graph.model import Modality
from chidao.loaders.phrases import pattern, row_of


def stated_modality(key: str, at: int, end: int) -> Modality | None:
    """The modality that the phrase at ``at`` states, None where none stands there: "nghiêm cấm …" -> prohibition."""
    found = pattern("modality", "phrase").match(key, at, end)
    return cast(Modality, row_of("modality", "phrase", found[0])["modality"]) if found else None


def modality_at(key: str, at: int, end: int) -> Modality:
    """The modality of the predicate at ``at``; a bare imperative ("Tăng cường …") is a duty by genre."""
    return stated_modality(key, at, end) or "duty"
