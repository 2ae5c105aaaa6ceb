"""The truth about gaps: for each document and each committee one level down, whether it issued something on it."""

from collections.abc import Iterator, Sequence, Set

from chidao.loaders.synth.compose import Json
from chidao.loaders.synth.geography import below, next_level
from chidao.loaders.synth.plan import Planned
from chidao.ontology.places import Place

ISSUED, NOTHING, NO_TEXTS, NOT_THEN = (
    "issued",
    "nothing among the texts held",
    "no texts held for this body",
    "body did not exist then",
)


def gap_rows(story: Sequence[Planned], held: Set[str]) -> Iterator[Json]:
    """The rows of all documents of a story; ``held`` are the series that have a text in the corpus.

    Guidances and what a body issued on another subject reach nobody, and have none.
    """
    for document in story:
        if document.level != "commune" and document.guides is None and document.answers is None:
            yield from _rows(document, story, held)


def _rows(document: Planned, story: Sequence[Planned], held: Set[str]) -> Iterator[Json]:
    answers = {other.series: other for other in story if document.index in other.parents}
    planned = {other.series for other in story if other.answers == document.index} | set(answers)
    here, other_days = below(document.place, next_level(document.level, document.day), document.day)
    for place in here:
        body = _series(place, document.system)
        child = answers.get(body)
        row: Json = {"document": document.iri, "body": body}
        if child:
            lag = (child.issued - document.issued).days
            yield row | {"state": ISSUED, "lag_days": lag, "child": child.iri, "asked": True}
        else:
            yield row | {"state": NOTHING if body in held else NO_TEXTS, "asked": body in planned}
    for place in other_days:
        yield {"document": document.iri, "body": _series(place, document.system), "state": NOT_THEN, "asked": False}


def _series(place: Place, system: str) -> str:
    return f"{place.path}/{place.kind.committee_slug if system == 'party' else 'uy-ban-nhan-dan'}"
