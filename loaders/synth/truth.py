"""The truth of a corpus beside the records: chains, and what became of each duty on its way down."""

from collections.abc import Iterator, Mapping

from chidao.loaders.synth.compose import Json, Written
from chidao.loaders.synth.plan import Planned


def chain_rows(document: Planned, story: Mapping[int, Planned]) -> Iterator[Json]:
    """A row for each document that this one implements or guides, with the lag in days."""
    links = [(number, "implements") for number in document.parents]
    links += [(document.guides, "guides")] if document.guides is not None else []
    for number, relation in links:
        parent = story[number]
        yield {
            "parent": parent.iri,
            "child": document.iri,
            "relation": relation,
            "lag_days": (document.issued - parent.issued).days,
            "parent_symbol": str(parent.symbol),
            "child_symbol": str(document.symbol),
            "crossing": parent.system != document.system,
        }


def carry_rows(child: Written, parent: Written | None) -> Iterator[Json]:
    """A row for each duty of the parent, and for each that the child added."""
    if parent is None:
        return
    found = {duty.carried: (duty, span) for duty, span in child.norms if duty.carried is not None}
    pair = {"parent": parent.planned.iri, "child": child.planned.iri}
    for number, (_, above) in enumerate(parent.norms):
        duty, span = found.get(number, (None, None))
        yield {**pair, "kind": duty.kind if duty else "dropped", "parent_norm": above, "child_norm": span}
    for duty, span in child.norms:
        if duty.carried is None:
            yield {**pair, "kind": "added", "parent_norm": None, "child_norm": span}
