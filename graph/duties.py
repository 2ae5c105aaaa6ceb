"""All duties and other norms of a snapshot, to be listed by body, document, modality, deadline and words.

What a report repeats of a document whose own text is held is left out: it would count twice.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.body_names import body_label
from chidao.graph.chains import describe_document
from chidao.graph.facts import Facts
from chidao.graph.names import slug
from chidao.graph.norms import INTERMEDIARY, LEAD, PARTNER, RECIPIENT, landing_on, position, read_norm
from chidao.graph.tables import Row
from chidao.graph.terms import FOLDED, TYPE, cd

ROLES = (LEAD, PARTNER, INTERMEDIARY, RECIPIENT)
_LOAD = ROLES[:3]  # who is reported to has nothing to do
MODALITIES = ("Obligation", "Request", "Recommendation", "Prohibition", "Permission")
COLUMNS = (
    "document",
    "issued",
    "modality",
    "section",
    "bearer",
    "with",
    "via",
    "reports_to",
    "deadline",
    "how_often",
    "relative_deadline",
    "quote",
    "document_iri",
    "norm",
    "source",
)


@dataclass(frozen=True, slots=True)
class Duty:
    """A norm (IRI) as far as it is filtered and sorted by; ``deadline`` and ``issued`` are ISO, "" where not stated."""

    norm: str
    document: str
    issued: str
    level: str
    deadline: str
    recurrence: str
    modality: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which duties are listed; what is "" does not filter.

    ``body`` and ``document`` are IRIs; with a body, ``role`` is one of ``ROLES`` ("" is all but recipient). ``since``
    and ``until`` are ISO days, both included. ``rate`` is that of a report or check ("daily"), ``level`` that of the
    document.
    """

    body: str = ""
    role: str = ""
    document: str = ""
    modality: str = ""
    level: str = ""
    since: str = ""
    until: str = ""
    rate: str = ""
    text: str = ""


class DutyIndex:
    """The duties of a snapshot, read once; later look-ups are quick."""

    def __init__(self, store: pyoxigraph.Store) -> None:
        self._facts = Facts(store)

    @cached_property
    def duties(self) -> tuple[Duty, ...]:
        """All of them: of the latest documents first, each document's in the order of its text."""
        facts = self._facts
        issued, level, deadline, recurrence = map(self._values, ("issued", "level", "deadline", "recurrence"))
        kinds = {norm.value: kind for kind in MODALITIES for norm in facts.subjects(TYPE, cd(kind))}
        own = defaultdict[str, set[str]](set)
        for document, source in facts.pairs(cd("hasText")):
            own[document.value].add(source.value)
        found = (
            Duty(
                norm.value,
                document.value,
                issued.get(document.value, ""),
                level.get(document.value, "").removeprefix(cd("").value),
                deadline.get(norm.value, ""),
                recurrence.get(norm.value, ""),
                kinds.get(norm.value, MODALITIES[0]),
            )
            for norm, document in facts.pairs(cd("imposedBy"))
            if not own.get(document.value) or position(norm.value)[0] in own[document.value]
        )
        in_text = sorted(found, key=lambda duty: (duty.document, position(duty.norm)))
        return tuple(sorted(in_text, key=lambda duty: duty.issued, reverse=True))

    def _values(self, name: str) -> dict[str, str]:
        return {subject.value: value.value for subject, value in self._facts.pairs(cd(name))}

    @cached_property
    def _folded(self) -> dict[str, str]:
        return {subject.value: value.value for subject, value in self._facts.pairs(FOLDED)}

    def listed(self, wanted: Wanted) -> list[Duty]:
        """The duties that fit; where days are asked for those with the earliest deadline first."""
        fits = list(self._conditions(wanted))
        found = [duty for duty in self.duties if all(fit(duty) for fit in fits)]
        return sorted(found, key=lambda duty: duty.deadline) if wanted.since or wanted.until else found

    def _conditions(self, wanted: Wanted) -> Iterator[Callable[[Duty], bool]]:
        if wanted.document:
            yield lambda duty: duty.document == wanted.document
        if wanted.modality:
            yield lambda duty: duty.modality == wanted.modality
        if wanted.level:
            yield lambda duty: duty.level == wanted.level
        if wanted.rate:
            yield lambda duty: duty.recurrence.partition(" ")[0] == wanted.rate
        if wanted.since or wanted.until:
            yield lambda duty: bool(duty.deadline) and wanted.since <= duty.deadline[:10] <= (wanted.until or "9999")
        if wanted.body:
            roles = (wanted.role,) if wanted.role else _LOAD
            landing = {each.norm.iri for each in landing_on(self._facts, wanted.body, roles)}
            yield lambda duty: duty.norm in landing
        words = slug(wanted.text).replace("-", " ")
        if words:
            yield lambda duty: words in self._folded.get(duty.norm, "")


def duty_rows(store: pyoxigraph.Store, duties: Sequence[Duty], lang: str = "vi") -> list[Row]:
    """The duties as rows of ``COLUMNS``, in the same order."""
    facts = Facts(store)
    heads = {each: describe_document(store, each, lang) for each in dict.fromkeys(duty.document for duty in duties)}
    return [_row(facts, duty, str(heads[duty.document]["label"]), lang) for duty in duties]


def _row(facts: Facts, duty: Duty, document: str, lang: str) -> Row:
    def named(bodies: Iterable[str]) -> str:
        return "; ".join(body_label(facts, body, lang) for body in bodies)

    norm = read_norm(facts, NamedNode(duty.norm))
    return {
        "document": document,
        "issued": duty.issued,
        "modality": duty.modality,
        "section": norm.section,
        "bearer": named(norm.bearers),
        "with": named(norm.partners),
        "via": named(norm.via),
        "reports_to": named(norm.reports_to),
        "deadline": norm.deadline[:16] if norm.precision == "minute" else norm.deadline[:10],
        "how_often": norm.recurrence,
        "relative_deadline": norm.relative_deadline,
        "quote": norm.text,
        "document_iri": duty.document,
        "norm": duty.norm,
        "source": norm.source,
    }
