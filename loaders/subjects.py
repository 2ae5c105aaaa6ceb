"""What a document is about: topic keys from the phrases of ``subjects.csv``, one to three."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from chidao.graph.model import Document, Record
from chidao.loaders.clean import Clean
from chidao.loaders.phrases import pattern, row_of
from chidao.ontology.spelling import key

MOST_SUBJECTS = 3
"""A document is about no more topics."""
OPENING, OFTEN = 4000, 3
"""A topic that the title leaves out is named so often within so many code points of the text."""


def with_subjects(record: Record, clean: Clean) -> Record:
    """The record with the subjects of its documents; one without a title is about what its text begins with."""
    opening = clean.key[:OPENING]
    return replace(
        record,
        documents=tuple(replace(document, subjects=subjects_of(document, opening)) for document in record.documents),
    )


def subjects_of(document: Document, opening: str) -> tuple[str, ...]:
    """The topics of a title in its order; where it names none, the one that the folded ``opening`` names most."""
    titled = tuple(dict.fromkeys(_topics(key(document.title or ""))))
    if titled:
        return titled[:MOST_SUBJECTS]
    most = Counter(_topics(opening)).most_common(1)
    return (most[0][0],) if most and most[0][1] >= OFTEN else ()


def _topics(folded: str) -> list[str]:
    return [row_of("subjects", "phrase", found[0])["subject"] for found in _phrases().finditer(folded)]


@cache
def _phrases() -> re.Pattern[str]:
    return pattern("subjects", "phrase")
