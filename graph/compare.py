"""How the provinces, districts or communes answered one document, side by side, beside how much of each is held."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import pyoxigraph

from chidao.graph.body_names import place_at, place_label
from chidao.graph.chain_index import ChainIndex, read_chain_index
from chidao.graph.chains import describe_document
from chidao.graph.facts import Facts
from chidao.graph.gaps import STATES, State, gaps_in
from chidao.graph.names import place_iri
from chidao.graph.tables import Row
from chidao.graph.terms import cd
from chidao.ontology.collation import collation_key
from chidao.ontology.places import Place

LEVELS = ("province", "district", "commune")
COLUMNS = (
    "place",
    "state",
    "first_days",
    "answers",
    "kept",
    "dropped",
    "added",
    "kept_share",
    "texts_held",
    "answers_per_text",
    "place_iri",
    "documents",
)
_DROPPED, _ADDED = "dropped", "added"


@dataclass(frozen=True, slots=True)
class Answer:
    """How one place answered. ``place`` is an IRI; ``documents`` are those issued there that go back to the document.

    ``kept``, ``dropped`` and ``added`` count duties: of the superior documents in the chain, and of those of the place;
    what a duty laid on others than the issuer is not counted as dropped. None where no duties could be set side by
    side. ``texts_held`` counts the documents issued at the place, on anything, of which a text or report is held.
    """

    place: str
    label: str
    state: State | None
    first_days: int | None
    documents: tuple[str, ...]
    kept: int | None
    dropped: int | None
    added: int | None
    texts_held: int

    @property
    def kept_share(self) -> float | None:
        """The part of the duties set side by side that were kept, 0 to 1."""
        if self.kept is None or self.dropped is None or not self.kept + self.dropped:
            return None
        return self.kept / (self.kept + self.dropped)

    @property
    def answers_per_text(self) -> float | None:
        """The part of the texts held that answer this document, 0 to 1: few texts held make few answers."""
        return len(self.documents) / self.texts_held if self.texts_held else None


def compare(store: pyoxigraph.Store, document: str, level: str, lang: str = "vi") -> list[Answer]:
    """The places of ``level`` in the scope of ``document`` (an IRI), or that issued something that goes back to it.

    Those that answered come first, the quickest first. The state is that of ``gaps``, None for a place that is in no
    scope of this document itself.
    """
    facts, index = Facts(store), read_chain_index(store)
    answers = _by_place(index, index.below(document), level)
    held = _by_place(index, (iri for iri, head in index.heads.items() if head.held or head.reported), level)
    states = _states(facts, index, document, level)
    carried = _carried(facts, index, document)
    found = []
    for place in {**dict.fromkeys(answers), **dict.fromkeys(states)}:
        documents = answers.get(place, [])
        steps = (index.step(each, document) for each in documents)
        found.append(
            Answer(
                place_iri(place.path),
                place_label(place, lang),
                State.ISSUED if documents else states.get(place),
                min((step.days for step in steps if step.days is not None), default=None),
                tuple(documents),
                *_counts(carried, documents),
                texts_held=len(held.get(place, ())),
            )
        )
    return sorted(
        found, key=lambda each: (not each.documents, each.first_days or 0, collation_key(each.label), each.place)
    )


def _by_place(index: ChainIndex, documents: Iterable[str], level: str) -> dict[Place, list[str]]:
    """The documents by the place of ``level`` at whose bodies they were issued, by date."""
    found: defaultdict[Place, list[str]] = defaultdict(list)
    for head in sorted(map(index.head, documents), key=lambda head: (head.day or 0, head.iri)):
        if head.level == level:
            places = (place_at(issuer, level, head.issued) for issuer in head.issuers)
            for place in dict.fromkeys(place for place in places if place):
                found[place].append(head.iri)
    return dict(found)


def _states(facts: Facts, index: ChainIndex, document: str, level: str) -> dict[Place, State]:
    """The states of the bodies of ``level`` in scope by place; of several the first in the order of ``STATES``."""
    issued = index.head(document).issued
    found: dict[Place, State] = {}
    for gap in gaps_in(facts, index, document):
        place = place_at(gap.body, level, issued) if gap.level == level else None
        if place:
            found[place] = min(gap.state, found.get(place, gap.state), key=STATES.index)
    return found


def _carried(facts: Facts, index: ChainIndex, document: str) -> Mapping[str, Mapping[str, set[str]]]:
    """Child document -> "kept", "dropped" or "added" -> norms, along every edge of the chain below ``document``."""
    chain = index.below(document) | {document}
    found: defaultdict[str, dict[str, set[str]]] = defaultdict(lambda: {"kept": set(), _DROPPED: set(), _ADDED: set()})
    for carry_over, parent in facts.pairs(cd("parentDocument")):
        child = facts.value(carry_over, cd("childDocument"))
        kind = (facts.value(carry_over, cd("carryKind")) or "").removeprefix(cd("").value)
        others_duty = facts.value(carry_over, cd("concernsIssuer")) == "false"
        if child and parent.value in chain and not others_duty:
            norm = facts.value(carry_over, cd("childNorm" if kind == _ADDED else "parentNorm"))
            found[child][kind if kind in {_DROPPED, _ADDED} else "kept"].add(norm or carry_over.value)
    return found


def _counts(
    carried: Mapping[str, Mapping[str, set[str]]], documents: Sequence[str]
) -> tuple[int | None, int | None, int | None]:
    """Kept, dropped, added by the documents of a place together: what one of them keeps is not dropped."""
    compared = [carried[document] for document in documents if document in carried]
    if not compared:
        return None, None, None
    kept, dropped, added = (set().union(*(each[kind] for each in compared)) for kind in ("kept", _DROPPED, _ADDED))
    return len(kept), len(dropped - kept), len(added)


def answer_rows(store: pyoxigraph.Store, found: Iterable[Answer], lang: str = "vi") -> list[Row]:
    """The answers as rows of ``COLUMNS``; shares have two digits after the point."""
    return [
        {
            "place": each.label,
            "state": each.state.value if each.state else None,
            "first_days": each.first_days,
            "answers": "; ".join(str(describe_document(store, iri, lang)["label"]) for iri in each.documents),
            "kept": each.kept,
            "dropped": each.dropped,
            "added": each.added,
            "kept_share": None if each.kept_share is None else round(each.kept_share, 2),
            "texts_held": each.texts_held,
            "answers_per_text": None if each.answers_per_text is None else round(each.answers_per_text, 2),
            "place_iri": each.place,
            "documents": "; ".join(each.documents),
        }
        for each in found
    ]
