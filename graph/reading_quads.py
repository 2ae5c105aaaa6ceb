"""What a text says beyond the heads: citations, references to unnamed documents, norms, and what was left over."""

from collections.abc import Iterator

from pyoxigraph import NamedNode, Triple

from chidao.graph.document_quads import body_nodes, cited_triples, inferred
from chidao.graph.model import (
    Citation,
    CollectiveReference,
    Obligation,
    OralInstruction,
    RelativeDeadline,
    Span,
    Unresolved,
)
from chidao.graph.quotes import SourceQuotes
from chidao.graph.terms import Values, cd, day, describe, moment, text

_NORM_CLASS = {
    "duty": "Obligation",
    "request": "Request",
    "recommendation": "Recommendation",
    "prohibition": "Prohibition",
    "permission": "Permission",
}


def citation_triples(quotes: SourceQuotes, number: int, citing: NamedNode, citation: Citation) -> Iterator[Triple]:
    """The citation, the document that it names, and the direct edge between the two documents."""
    cited = NamedNode(citation.cited.iri)
    name = quotes.local("citation", number)
    yield from cited_triples(quotes, f"citation-{number}", citation.cited, citation.evidence)
    yield from describe(citing, {cd(citation.relation): cited})
    yield from quotes.reading(
        name,
        "Citation",
        citation.evidence,
        {
            cd("citing"): citing,
            cd("cited"): cited,
            cd("relation"): cd(citation.relation),
            cd("resolution"): cd(citation.resolution),
            cd("reason"): text(citation.reason),
            **_candidates(citation.candidates),
        },
    )


def collective_triples(
    quotes: SourceQuotes, number: int, citing: NamedNode, reference: CollectiveReference
) -> Iterator[Triple]:
    """A reference to documents that are named only by who issued them; never a direct edge."""
    return quotes.reading(
        quotes.local("collective", number),
        "CollectiveReference",
        reference.evidence,
        {
            cd("citing"): citing,
            cd("relation"): cd(reference.relation),
            cd("issuer"): body_nodes(reference.issuers),
            cd("inferred"): inferred((), {"issuers": reference.issuers}),
        },
    )


def oral_triples(
    quotes: SourceQuotes, number: int, citing: NamedNode, instruction: OralInstruction
) -> Iterator[Triple]:
    """A reference to an instruction given by word of mouth; never a direct edge."""
    return quotes.reading(
        quotes.local("oral", number),
        "OralInstruction",
        instruction.evidence,
        {
            cd("citing"): citing,
            cd("relation"): cd(instruction.relation),
            cd("issuer"): body_nodes(instruction.issuers),
            cd("occasion"): text(instruction.occasion),
            cd("inferred"): inferred((), {"issuers": instruction.issuers}),
        },
    )


def norm_triples(quotes: SourceQuotes, number: int, document: NamedNode, norm: Obligation) -> Iterator[Triple]:
    """One norm with its bearers, deadline and lines of reporting; its class ``cd:Norm`` and its text are `implied`."""
    bodies = {
        "bearers": norm.bearers,
        "report_to": norm.report_to,
        "via": norm.via,
        "with": norm.partners,
    }
    name = quotes.local("norm", number)
    yield from describe(name, {**_deadline(norm.deadline), **_relative(norm.relative_deadline)})
    yield from quotes.reading(
        name,
        _NORM_CLASS[norm.modality],
        norm.evidence,
        {
            cd("imposedBy"): document,
            cd("bearer"): body_nodes(norm.bearers),
            cd("bearerSource"): text(norm.bearer_source),
            cd("section"): text(norm.section),
            cd("recurrence"): text(norm.recurrence),
            cd("condition"): text(norm.condition),
            cd("reportsTo"): body_nodes(norm.report_to),
            cd("via"): body_nodes(norm.via),
            cd("with"): body_nodes(norm.partners),
            cd("inferred"): inferred(norm.inferred, bodies),
        },
    )


def unresolved_triples(quotes: SourceQuotes, number: int, mention: Unresolved) -> Iterator[Triple]:
    """A mention that could not be placed, with the reason and the candidates."""
    properties = {cd("reason"): text(mention.reason), **_candidates(mention.candidates)}
    return quotes.reading(quotes.local("unresolved", number), "UnresolvedMention", mention.evidence, properties)


def unread_triples(quotes: SourceQuotes, number: int, section: Span) -> Iterator[Triple]:
    """A section that no rule read."""
    return quotes.reading(quotes.local("unread", number), "UnreadSection", section, {})


def _candidates(candidates: tuple[str, ...]) -> dict[NamedNode, Values]:
    iris = [each for each in candidates if each.startswith(("http://", "https://"))]
    return {
        cd("candidate"): [NamedNode(iri) for iri in iris],
        cd("candidateLabel"): [text(each) for each in candidates if each not in iris],
    }


def _deadline(iso: str | None) -> dict[NamedNode, Values]:
    """``iso`` is a date (the whole day is left: precision "day") or a date-time (precision "minute")."""
    if iso is None:
        return {}
    return {
        cd("deadline"): moment(iso),
        cd("deadlineDay"): day(iso),
        cd("deadlinePrecision"): text("minute" if "T" in iso else "day"),
    }


def _relative(deadline: RelativeDeadline | None) -> dict[NamedNode, Values]:
    if deadline is None:
        return {}
    return {
        cd("relativeDeadline"): text(deadline.text),
        cd("deadlineWithin"): text(deadline.within),
        cd("deadlineAnchor"): text(deadline.anchor),
    }
