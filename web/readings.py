"""What was read from texts, as pages show it: quotes, norms, citations and references, taken from a description."""

from dataclasses import dataclass
from typing import TypeVar

from chidao.ontology.namespaces import CD, OA, RDF
from chidao.web import links
from chidao.web.description import Description, shortened
from chidao.web.language import Language
from chidao.web.links import Link
from chidao.web.marks import Quote

NORMS = (CD.Obligation, CD.Request, CD.Recommendation, CD.Prohibition, CD.Permission)
KINDS = {
    CD.Claim: "head",
    CD.Citation: "citation",
    CD.CollectiveReference: "citation",
    CD.OralInstruction: "citation",
    CD.Reception: "reception",
    CD.UnresolvedMention: "open",
    CD.UnreadSection: "open",
    **dict.fromkeys(NORMS, "norm"),
}


@dataclass(frozen=True, slots=True)
class Norm:
    """One row of the duties table; ``kind`` is the class's label ("Nhiệm vụ"), ``modality`` its local name."""

    modality: str
    kind: str
    text: str
    section: str
    bearers: tuple[Link, ...]
    deadline: str
    precision: str
    recurrence: str
    relative_deadline: str
    condition: str
    reports_to: tuple[Link, ...]
    via: tuple[Link, ...]
    partners: tuple[Link, ...]
    quotes: tuple[Quote, ...]
    inferred: frozenset[str]
    document: Link


@dataclass(frozen=True, slots=True)
class Reference:
    """A citation (``documents`` has the one cited) or a reference to unnamed documents (``issuers`` has theirs)."""

    kind: str
    relation: str
    documents: tuple[Link, ...]
    issuers: tuple[Link, ...]
    occasion: str
    resolution: str
    resolved: bool
    reason: str
    candidates: tuple[Link, ...]
    quotes: tuple[Quote, ...]
    iri: str = ""


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """A document in a list: its link with the date of issue, its issuers, its title, its system."""

    link: Link
    issuers: str
    title: str
    system: str


Row = TypeVar("Row", Norm, Reference)


@dataclass(frozen=True, slots=True)
class Received:
    """An arrival stamp."""

    by: tuple[Link, ...]
    number: str
    date: str
    quotes: tuple[Quote, ...]


@dataclass(frozen=True, slots=True)
class Readings:
    """Takes rows out of ``description``, with names in ``language``."""

    description: Description
    language: Language

    def link(self, iri: str) -> Link:
        """The thing by its name, with its date of issue as the remark."""
        name = self.description.name(iri, self.language)
        return Link(name, links.page(iri), self.description.value(iri, CD.issued))

    def document(self, iri: str) -> "DocumentRow":
        """A document as lists show it."""
        about = self.description
        issuers = "; ".join(about.label(body, self.language) for body in about.values(iri, CD.issuedBy))
        system = about.value(iri, CD.system).removeprefix(str(CD))
        return DocumentRow(self.link(iri), issuers, shortened(about.title(iri), 160), system)

    def links(self, thing: str, predicate: str) -> tuple[Link, ...]:
        """Every value of ``predicate``, as links in the order of their names."""
        return links.by_name(map(self.link, self.description.values(thing, predicate)))

    def quotes(self, thing: str) -> tuple[Quote, ...]:
        """The places that ``thing`` was read from, in the order of the text."""
        found = (self._quote(thing, target) for target in self.description.values(thing, OA.hasTarget))
        return tuple(
            sorted((quote for quote in found if quote), key=lambda quote: (quote.source, quote.start, quote.end))
        )

    def _quote(self, thing: str, target: str) -> Quote | None:
        about = self.description
        selector = about.value(target, OA.hasSelector)
        start, end = about.value(selector, OA.start), about.value(selector, OA.end)
        if not (start.isdigit() and end.isdigit()):
            return None
        kind, note = self._read_as(thing)
        exact = about.value(selector, OA.exact)
        return Quote(about.value(target, OA.hasSource), int(start), int(end), exact, kind, note)

    def _read_as(self, thing: str) -> tuple[str, str]:
        """The kind of a reading, and in words: the property of a claim, the relation of a citation, else the class."""
        about = self.description
        classes = [one for one in KINDS if str(one) in about.values(thing, RDF.type)]
        said = about.value(thing, CD.claimProperty) or about.value(thing, CD.relation)
        named = said or (classes[0] if classes else "")
        return (KINDS[classes[0]] if classes else "open"), about.label(named, self.language) if named else ""

    def norms(self, document: str) -> list[Norm]:
        """The norms that ``document`` imposes, in the order of the text."""
        return _in_order([self.norm(thing) for thing in self.description.with_value(CD.imposedBy, document)])

    def norm(self, thing: str) -> Norm:
        """One norm."""
        about = self.description
        kinds = [one for one in NORMS if str(one) in about.values(thing, RDF.type)]
        kind = kinds[0] if kinds else CD.Norm
        quotes = self.quotes(thing)
        return Norm(
            modality=str(kind).removeprefix(str(CD)),
            kind=about.label(kind, self.language),
            text=quotes[0].exact if quotes else about.value(thing, CD.text),
            section=about.value(thing, CD.section),
            bearers=self.links(thing, CD.bearer),
            deadline=about.value(thing, CD.deadline),
            precision=about.value(thing, CD.deadlinePrecision),
            recurrence=about.value(thing, CD.recurrence),
            relative_deadline=about.value(thing, CD.relativeDeadline),
            condition=about.value(thing, CD.condition),
            reports_to=self.links(thing, CD.reportsTo),
            via=self.links(thing, CD.via),
            partners=self.links(thing, CD["with"]),
            quotes=quotes,
            inferred=frozenset(iri.removeprefix(str(CD)) for iri in about.values(thing, CD.inferred)),
            document=self.link(about.value(thing, CD.imposedBy)),
        )

    def references(self, document: str, *classes: str) -> list[Reference]:
        """What ``document`` cites, of these classes, in the order of the text."""
        of_class = set(self.description.instances(*map(str, classes)))
        found = (thing for thing in self.description.with_value(CD.citing, document) if thing in of_class)
        return _in_order([self._reference(thing) for thing in found])

    def _reference(self, thing: str) -> Reference:
        about = self.description
        resolution = about.value(thing, CD.resolution)
        named = tuple(Link(label) for label in about.values(thing, CD.candidateLabel))
        return Reference(
            kind="oral" if str(CD.OralInstruction) in about.values(thing, RDF.type) else "",
            relation=about.label(about.value(thing, CD.relation), self.language),
            documents=self.links(thing, CD.cited),
            issuers=self.links(thing, CD.issuer),
            occasion=about.value(thing, CD.occasion),
            resolution=about.label(resolution, self.language) if resolution else "",
            resolved=resolution in ("", str(CD.resolved)),
            reason=about.value(thing, CD.reason),
            candidates=self.links(thing, CD.candidate) + named,
            quotes=self.quotes(thing),
            iri=thing,
        )

    def receptions(self, document: str) -> list[Received]:
        """Who received ``document``, and when."""
        things = self.description.with_value(CD.receptionOf, document)
        return [
            Received(
                by=self.links(thing, CD.receivedBy),
                number=self.description.value(thing, CD.arrivalNumber),
                date=self.description.value(thing, CD.received),
                quotes=self.quotes(thing),
            )
            for thing in things
        ]


def _in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: [(quote.source, quote.start, quote.end) for quote in row.quotes])
