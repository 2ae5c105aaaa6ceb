"""A record as the JSON object of the public record format: same keys, same order, on every machine."""

from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar

from chidao.graph.model import (
    Body,
    Citation,
    CitedDocument,
    CollectiveReference,
    Document,
    Obligation,
    OralInstruction,
    Reception,
    Record,
    RelativeDeadline,
    Signer,
    Span,
    Unresolved,
)

Json = dict[str, object]
T = TypeVar("T")


def record_json(record: Record) -> Json:
    """The object that ``chidao extract`` prints.

    What a document's head lacks (type, symbol, issuer, issued) stands as None, to tell it from a forgotten key;
    elsewhere what the text does not state is left out. The lists of the record are always there.
    """
    source = record.source
    return {
        "source": {
            "path": source.path,
            "sha256": source.sha256,
            "kind": source.kind,
            "media_type": source.media_type,
            "length": source.length,
            **({"ocr": True} if source.ocr else {}),
        },
        "documents": _list(_document, record.documents),
        "citations": _list(_citation, record.citations),
        "collective_citations": _list(_collective, record.collective_citations),
        "oral_instructions": _list(_oral, record.oral_instructions),
        "obligations": _list(_obligation, record.obligations),
        "unread": _list(_span, record.unread),
        "unresolved": _list(_unresolved, record.unresolved),
        **_stated({"notes": dict(record.notes)}),
    }


def _stated(values: Mapping[str, object]) -> Json:
    """Without the keys whose value is None or empty."""
    return {key: value for key, value in values.items() if value is not None and value not in ((), [], {})}


def _list(form: Callable[[T], Json], values: Sequence[T]) -> list[Json]:
    return [form(value) for value in values]


def _maybe(form: Callable[[T], Json], value: T | None) -> Json | None:
    return None if value is None else form(value)


def _span(span: Span) -> Json:
    return {"start": span.start, "end": span.end, "exact": span.exact}


def _body(body: Body) -> Json:
    core = {"label": body.label, "iri": body.iri, **_stated({"level": body.level, "system": body.system})}
    more = {"place": body.place, "series": body.series, "inferred": list(body.inferred)}
    return {**core, "group": body.group, "known": body.known, **_stated(more)}


def _signer(signer: Signer) -> Json:
    return _stated({"name": signer.name, "position": signer.position, "authority": signer.authority})


def _reception(reception: Reception) -> Json:
    return {
        **_stated({"by": _maybe(_body, reception.by), "number": reception.number, "date": reception.date}),
        "evidence": _span(reception.evidence),
    }


def _head(document: Document | CitedDocument) -> Json:
    return {
        "iri": document.iri,
        "type": document.type,
        "symbol": document.symbol,
        **_stated({"number": document.number}),
        "issuer": _maybe(_body, document.issuer),
        "issued": document.issued,
        **_stated({"title": document.title}),
    }


def _document(document: Document) -> Json:
    more = {
        "subjects": list(document.subjects),
        "level": document.level,
        "system": document.system,
        "signers": _list(_signer, document.signers),
        "addressees": _list(_body, document.addressees),
        "copies": _list(_body, document.copies),
        "received": _list(_reception, document.received),
        "claims": [
            {"property": claim.property, "value": claim.value, "evidence": _span(claim.evidence)}
            for claim in document.claims
        ],
        "inferred": list(document.inferred),
    }
    return {"id": document.id, **_head(document), **_stated(more)}


def _citation(citation: Citation) -> Json:
    cited = {**_head(citation.cited), **_stated({"inferred": list(citation.cited.inferred)})}
    why = {"reason": citation.reason, "candidates": list(citation.candidates)}
    return {
        "citing": citation.citing,
        "cited": cited,
        "relation": citation.relation,
        "resolution": citation.resolution,
        **_stated(why),
        "evidence": _span(citation.evidence),
    }


def _collective(reference: CollectiveReference) -> Json:
    return {
        "citing": reference.citing,
        "relation": reference.relation,
        "issuers": _list(_body, reference.issuers),
        "evidence": _span(reference.evidence),
    }


def _oral(instruction: OralInstruction) -> Json:
    return {
        "citing": instruction.citing,
        "relation": instruction.relation,
        "issuers": _list(_body, instruction.issuers),
        **_stated({"occasion": instruction.occasion}),
        "evidence": _span(instruction.evidence),
    }


def _obligation(norm: Obligation) -> Json:
    stated = {
        "section": norm.section,
        "deadline": norm.deadline,
        "recurrence": norm.recurrence,
        "relative_deadline": _maybe(_relative, norm.relative_deadline),
        "condition": norm.condition,
        "report_to": _list(_body, norm.report_to),
        "via": _list(_body, norm.via),
        "with": _list(_body, norm.partners),
        "inferred": list(norm.inferred),
    }
    return {
        "document": norm.document,
        "bearers": _list(_body, norm.bearers),
        "bearer_source": norm.bearer_source,
        "modality": norm.modality,
        **_stated(stated),
        "evidence": _span(norm.evidence),
    }


def _relative(deadline: RelativeDeadline) -> Json:
    return {"within": deadline.within, **_stated({"from": deadline.anchor}), "text": deadline.text}


def _unresolved(mention: Unresolved) -> Json:
    return {
        "evidence": _span(mention.evidence),
        "reason": mention.reason,
        **_stated({"candidates": list(mention.candidates)}),
    }
