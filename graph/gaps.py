"""Who answered a document and who did not, as far as the texts held tell.

"Nothing among the texts held" is not "no texts held for this body", and neither is "the body did not exist then": only
the first says that one would expect to see an answer. None of them proves that a body did not act.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import pyoxigraph

from chidao.graph.addressees import Addressee, scope_of
from chidao.graph.body_names import body_label, body_level
from chidao.graph.chain_index import ChainIndex, Head, read_chain_index
from chidao.graph.chains import describe_document
from chidao.graph.facts import Facts
from chidao.graph.registered import registered_body
from chidao.graph.tables import Row
from chidao.ontology.collation import collation_key


class State(StrEnum):
    """What is known of a body's answer."""

    ISSUED = "issued"
    NOTHING = "nothing among the texts held"
    NO_TEXTS = "no texts held for this body"
    NOT_THEN = "body did not exist then"


STATES = tuple(State)
IN_VIETNAMESE: Mapping[State, str] = {
    State.ISSUED: "đã ban hành",
    State.NOTHING: "không có văn bản thực hiện trong kho",
    State.NO_TEXTS: "không có văn bản nào của cơ quan này trong kho",
    State.NOT_THEN: "khi đó cơ quan không tồn tại",
}
COLUMNS = (
    "label",
    "state",
    "lag_days",
    "answers",
    "issued",
    "scope",
    "level",
    "texts_held",
    "body",
    "documents",
)


@dataclass(frozen=True, slots=True)
class Gap:
    """What is known of one body (an IRI). ``children`` are the documents with which it answered, the first first.

    ``lag_days`` counts to the first of them, None where a date is not known. ``texts_held`` counts the documents of
    the body of which a text or report is held. ``basis`` as in ``addressees``.
    """

    body: str
    label: str
    level: str | None
    basis: str
    state: State
    lag_days: int | None
    children: tuple[str, ...]
    texts_held: int


def gaps(store: pyoxigraph.Store, document: str, other_days: bool = False, lang: str = "vi") -> list[Gap]:
    """What became of ``document`` (an IRI) in each body of its scope, those that answered first.

    ``other_days`` adds the committees that stood there on other days only. A body answers with a document of its own,
    of its standing committee or of its head that goes back to ``document`` directly or over others.
    """
    return gaps_in(Facts(store), read_chain_index(store), document, other_days, lang)


def gaps_in(facts: Facts, index: ChainIndex, document: str, other_days: bool = False, lang: str = "vi") -> list[Gap]:
    """The same with an index that was read before."""
    scope = scope_of(facts, index, document, other_days)
    answers, held = _answers(index, document), texts_held(index)
    found = [
        _gap(facts, index, document, addressee, answers.get(addressee.body, ()), held[addressee.body], lang)
        for addressee in scope.bodies
    ]
    return sorted(
        found, key=lambda gap: (STATES.index(gap.state), gap.lag_days or 0, collation_key(gap.label), gap.body)
    )


def texts_held(index: ChainIndex) -> Counter[str]:
    """Body -> how many of its documents have a text or report that is held."""
    return Counter(voice for head in index.heads.values() if head.held or head.reported for voice in head.voices)


def _answers(index: ChainIndex, document: str) -> Mapping[str, Sequence[str]]:
    """Body -> its documents that go back to ``document``, those that implement it directly first, then by date."""
    direct = set(index.children(document))
    found: dict[str, list[str]] = {}
    for child in sorted(index.below(document), key=lambda iri: (iri not in direct, index.head(iri).day or 0, iri)):
        for body in index.head(child).voices:
            found.setdefault(body, []).append(child)
    return found


def _gap(
    facts: Facts,
    index: ChainIndex,
    document: str,
    addressee: Addressee,
    children: Sequence[str],
    held: int,
    lang: str,
) -> Gap:
    head = index.head(document)
    state = _state(addressee.body, head, bool(children), held)
    days = index.step(children[0], document).days if children else None
    return Gap(
        addressee.body,
        body_label(facts, addressee.body, lang),
        body_level(facts, addressee.body),
        addressee.basis,
        state,
        days,
        tuple(children),
        held,
    )


def _state(body: str, head: Head, answered: bool, held: int) -> State:
    if answered:
        return State.ISSUED
    if head.issued and not existed(body, head.issued):
        return State.NOT_THEN
    return State.NOTHING if held else State.NO_TEXTS


def existed(body: str, day: str) -> bool:
    """False for a body of the register that did not exist on the ISO day."""
    entry = registered_body(body)
    return entry is None or (entry.valid_from or "") <= day <= (entry.valid_to or "9999")


def state_word(state: State, lang: str) -> str:
    """The state in the reader's language."""
    return IN_VIETNAMESE[state] if lang == "vi" else state.value


def gap_rows(store: pyoxigraph.Store, found: Sequence[Gap], lang: str = "vi") -> list[Row]:
    """The gaps as rows of ``COLUMNS``; several documents in a cell are separated by "; "."""
    return [_row(store, gap, lang) for gap in found]


def _row(store: pyoxigraph.Store, gap: Gap, lang: str) -> Row:
    heads = [describe_document(store, child, lang) for child in gap.children]
    return {
        "label": gap.label,
        "state": gap.state.value,
        "lag_days": gap.lag_days,
        "answers": "; ".join(str(head["label"]) for head in heads),
        "issued": "; ".join(str(head.get("issued", "")) for head in heads),
        "scope": gap.basis,
        "level": gap.level,
        "texts_held": gap.texts_held,
        "body": gap.body,
        "documents": "; ".join(gap.children),
    }
