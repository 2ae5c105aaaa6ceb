"""What a text states about documents: its own, and those that it cites."""

from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import NamedNode, Triple

from chidao.graph.model import Body, CitedDocument, Claim, Document, Reception, Signer, Source, Span
from chidao.graph.names import folded, source_iri
from chidao.graph.quotes import SourceQuotes
from chidao.graph.terms import (
    ALTERNATIVE,
    FOLDED,
    SUBJECT,
    TITLE,
    TYPE,
    Term,
    Values,
    calendar_date,
    cd,
    day,
    describe,
    node,
    nodes,
    text,
)
from chidao.ontology.vocabulary import document_types

# Keys of the record (eval/RECORD.md) whose property bears another name.
_PROPERTY_OF_KEY: dict[str, NamedNode] = {
    "type": cd("documentType"),
    "issuer": cd("issuedBy"),
    "title": TITLE,
    "subjects": SUBJECT,
    "signers": cd("signature"),
    "addressees": cd("addressedTo"),
    "copies": cd("copiedTo"),
    "bearers": cd("bearer"),
    "report_to": cd("reportsTo"),
    "relative_deadline": cd("relativeDeadline"),
    "by": cd("receivedBy"),
    "issuers": cd("issuer"),
}
_BODY_CLAIMS = frozenset({"issuedBy", "addressedTo", "copiedTo"})


def document_type_iri(code: str) -> str | None:
    """The SKOS concept of a type code ("CT"), None where the vocabulary has none."""
    return document_types().get(code)


def body_nodes(bodies: Iterable[Body]) -> tuple[NamedNode, ...]:
    """The bodies as terms."""
    return nodes(body.iri for body in bodies)


def inferred(keys: Iterable[str], bodies: Mapping[str, Iterable[Body]]) -> tuple[NamedNode, ...]:
    """The properties whose values were worked out: named by ``keys``, or through a body with an inferred part."""
    through = (key for key, group in bodies.items() if any(body.inferred for body in group))
    return tuple(_PROPERTY_OF_KEY.get(key) or cd(key) for key in dict.fromkeys((*keys, *through)))


def document_triples(quotes: SourceQuotes, source: Source, document: Document) -> Iterator[Triple]:
    """A document that the text states, with its claims, signatures and receptions."""
    issuer = (document.issuer,) if document.issuer else ()
    bodies = {"issuer": issuer, "addressees": document.addressees, "copies": document.copies}
    own = cd("hasText") if source.kind == "original" else cd("reportedIn")
    signatures = [quotes.local("signature", f"{document.id}-{n}") for n, _ in enumerate(document.signers, 1)]
    yield from describe(
        document.iri,
        {
            **_head(document, TITLE),
            SUBJECT: [text(subject, "vi") for subject in document.subjects],
            cd("level"): _concept(document.level),
            cd("system"): _concept(document.system),
            cd("addressedTo"): body_nodes(document.addressees),
            cd("copiedTo"): body_nodes(document.copies),
            cd("signature"): signatures,
            cd("inferred"): inferred(document.inferred, bodies),
            own: NamedNode(source_iri(quotes.sha256)),
        },
    )
    for signature, signer in zip(signatures, document.signers, strict=True):
        yield from _signature(signature, signer)
    for number, reception in enumerate(document.received, 1):
        yield from _reception(quotes, document, number, reception)
    for number, claim in enumerate(document.claims, 1):
        yield from _claim(quotes, quotes.local("claim", f"{document.id}-{number}"), document.iri, claim)


def cited_triples(quotes: SourceQuotes, name: str, cited: CitedDocument, evidence: Span) -> Iterator[Triple]:
    """A document as a citation states it; ``name`` tells its claim from those of other citations.

    Its subject is worded anew by everyone who cites it: an alternative title, never the document's own.
    """
    issuer = (cited.issuer,) if cited.issuer else ()
    yield from describe(
        cited.iri,
        {
            **_head(cited, ALTERNATIVE),
            cd("level"): _concept(cited.issuer.level if cited.issuer else None),
            cd("system"): _concept(cited.issuer.system if cited.issuer else None),
            cd("inferred"): inferred(cited.inferred, {"issuer": issuer}),
        },
    )
    for body in issuer:
        claim = Claim("issuedBy", body.iri, evidence)
        yield from _claim(quotes, quotes.local("claim", name), cited.iri, claim)


def _head(document: Document | CitedDocument, title: NamedNode) -> dict[NamedNode, Values]:
    return {
        TYPE: cd("Document"),
        cd("documentType"): node(document_type_iri(document.type)) if document.type else None,
        cd("symbol"): text(document.symbol),
        cd("number"): text(document.number),
        title: text(document.title, "vi"),
        FOLDED: text(folded(document.symbol, document.title) or None),
        cd("issued"): calendar_date(document.issued),
        cd("issuedDay"): day(document.issued),
        cd("issuedBy"): node(document.issuer.iri) if document.issuer else None,
    }


def _concept(name: str | None) -> NamedNode | None:
    return cd(name) if name else None


def _signature(signature: NamedNode, signer: Signer) -> Iterator[Triple]:
    return describe(
        signature,
        {
            TYPE: cd("Signature"),
            cd("signerName"): text(signer.name),
            cd("signerPosition"): text(signer.position),
            cd("authorityMark"): text(signer.authority),
        },
    )


def _reception(quotes: SourceQuotes, document: Document, number: int, reception: Reception) -> Iterator[Triple]:
    receiver = (reception.by,) if reception.by else ()
    return quotes.reading(
        quotes.local("reception", f"{document.id}-{number}"),
        "Reception",
        reception.evidence,
        {
            cd("receptionOf"): NamedNode(document.iri),
            cd("receivedBy"): body_nodes(receiver),
            cd("arrivalNumber"): text(reception.number),
            cd("received"): calendar_date(reception.date),
            cd("inferred"): inferred((), {"by": receiver}),
        },
    )


def _claim(quotes: SourceQuotes, name: NamedNode, document: str, claim: Claim) -> Iterator[Triple]:
    return quotes.reading(
        name,
        "Claim",
        claim.evidence,
        {
            cd("claimOf"): NamedNode(document),
            cd("claimProperty"): TITLE if claim.property == "title" else cd(claim.property),
            cd("claimValue"): _claim_value(claim),
        },
    )


def _claim_value(claim: Claim) -> Term | None:
    if claim.property in _BODY_CLAIMS:
        return NamedNode(claim.value)
    if claim.property == "issued":
        return calendar_date(claim.value)
    concept = document_type_iri(claim.value) if claim.property == "documentType" else None
    return node(concept) or text(claim.value)
