"""The extraction record: what the loaders know about one text, as values.

Everything is frozen: a step takes values and returns values. Offsets are code points of the decoded source text,
before any normalisation, so that ``text[start:end] == exact`` always holds.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Level = Literal["central", "province", "district", "commune", "grassroots"]
System = Literal["party", "state", "front", "armed-forces", "other"]
Relation = Literal[
    "implements", "basedOn", "disseminates", "guides", "amends", "replaces", "repeals", "requestedBy", "cites"
]
Modality = Literal["duty", "request", "recommendation", "prohibition", "permission"]
SourceKind = Literal["original", "report"]
Resolution = Literal["resolved", "ambiguous", "unresolved"]
BearerSource = Literal["heading", "subject", "object", "chapeau", "inherited", "recipients", "unresolved"]


@dataclass(frozen=True, slots=True)
class Span:
    """A quote: code points ``start:end`` of the source text, and the text that stands there."""

    start: int
    end: int
    exact: str


@dataclass(frozen=True, slots=True)
class Body:
    """A body or a group of bodies, as a text names it.

    ``label`` is the complete name (abbreviations written out, the place filled in from the context). ``iri`` is
    one of the register, or a local one under the source where the register does not know the body (``known`` is
    false then).
    ``place`` is the IRI of the place whose body it is; for a group, the place within which its members are found.
    ``series`` is the path of the body under whose name it numbers documents ("quang-ninh/ba-che/huyen-uy" for the Ban
    Thường vụ as for the Thường trực of that Huyện ủy), None where the register does not know one.
    """

    label: str
    iri: str
    level: Level | None = None
    system: System | None = None
    group: bool = False
    known: bool = False
    place: str | None = None
    series: str | None = None
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Signer:
    """A name under a document, with the position and the authority mark (T/M, TM., KT., TL., TUQ.) as printed."""

    name: str
    position: str | None = None
    authority: str | None = None


@dataclass(frozen=True, slots=True)
class Reception:
    """An arrival stamp: who received the document, under which arrival number, on which ISO date."""

    by: Body | None
    number: str | None
    date: str | None
    evidence: Span


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of a document's head with its quote.

    ``property`` is the local name of the vocabulary term ("issuedBy", "addressedTo", "copiedTo", "symbol", "issued",
    "title", "signature", "documentType"); ``value`` the body's IRI for the first three, else the literal's text.
    Two readings of one property are two claims.
    """

    property: str
    value: str
    evidence: Span


@dataclass(frozen=True, slots=True)
class Document:
    """A document that the text states: its own, or one that a report is about. None means: not stated."""

    id: str
    iri: str
    type: str | None
    symbol: str | None
    number: str | None
    issuer: Body | None
    issued: str | None
    title: str | None = None
    subjects: tuple[str, ...] = ()
    level: Level | None = None
    system: System | None = None
    signers: tuple[Signer, ...] = ()
    addressees: tuple[Body, ...] = ()
    copies: tuple[Body, ...] = ()
    received: tuple[Reception, ...] = ()
    claims: tuple[Claim, ...] = ()
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CitedDocument:
    """A document as a citation names it. ``number`` is the normal form of its number ("7" for "07")."""

    iri: str
    type: str | None
    symbol: str | None
    number: str | None
    issuer: Body | None
    issued: str | None
    title: str | None = None
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Citation:
    """Document -> document. ``resolved`` when the cited document has an IRI of its own (issuer, type, number, year)."""

    citing: str
    cited: CitedDocument
    relation: Relation
    evidence: Span
    resolution: Resolution = "resolved"
    reason: str | None = None
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CollectiveReference:
    """Document -> documents that are named only by who issued them."""

    citing: str
    relation: Relation
    issuers: tuple[Body, ...]
    evidence: Span


@dataclass(frozen=True, slots=True)
class OralInstruction:
    """Document -> an instruction given by word of mouth, with the occasion as the text words it."""

    citing: str
    relation: Relation
    issuers: tuple[Body, ...]
    occasion: str | None
    evidence: Span


@dataclass(frozen=True, slots=True)
class RelativeDeadline:
    """``within`` is an ISO 8601 duration ("P5D"), ``anchor`` what it is counted from as worded ("ngày ký")."""

    within: str
    anchor: str | None
    text: str


@dataclass(frozen=True, slots=True)
class Obligation:
    """One duty (or request, recommendation, prohibition, permission) of its bearers.

    ``deadline`` is an ISO date ("2025-12-15") or date-time ("2020-07-28T17:00", Vietnam time): the last moment allowed.
    """

    document: str
    bearers: tuple[Body, ...]
    modality: Modality
    evidence: Span
    bearer_source: BearerSource = "unresolved"
    section: str | None = None
    deadline: str | None = None
    recurrence: str | None = None
    relative_deadline: RelativeDeadline | None = None
    condition: str | None = None
    report_to: tuple[Body, ...] = ()
    via: tuple[Body, ...] = ()
    partners: tuple[Body, ...] = ()
    inferred: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Unresolved:
    """A mention that could not be placed: the quote, why, and what it could be (IRIs or labels)."""

    evidence: Span
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """The bytes of a text: path as given, SHA-256 in hex, kind, media type, length in code points.

    ``ocr`` is true when a machine recognised the letters of a picture: its quotes may hold wrong letters.
    """

    path: str
    sha256: str
    kind: SourceKind
    media_type: str
    length: int
    ocr: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What is known about one source text. It depends on the text, the register and the options only."""

    source: Source
    documents: tuple[Document, ...] = ()
    citations: tuple[Citation, ...] = ()
    collective_citations: tuple[CollectiveReference, ...] = ()
    oral_instructions: tuple[OralInstruction, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    unread: tuple[Span, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()
    notes: Mapping[str, str] = field(default_factory=dict)
