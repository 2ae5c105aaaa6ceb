"""What a worker does: read a batch of sources, extract, and give back statements as N-Quads with what was counted."""

import hashlib
import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Literal

from chidao.graph.errors import SourceError, StoreError
from chidao.graph.model import Record
from chidao.graph.quads import record_nquads
from chidao.loaders.extract import extract
from chidao.loaders.locations import Location
from chidao.loaders.read import decode_source, source_bytes
from chidao.loaders.record_cache import RecordCache
from chidao.loaders.rules import rules_version

MAX_BYTES = 200_000_000
"""The longest directive known makes some 30 million bytes of N-Quads; several processes hold those of a text."""
Way = Literal["extracted", "kept", "known", "refused"]


@dataclass(frozen=True, slots=True)
class Order:
    """A source to read; ``known`` is the SHA-256 of what the store holds of it by the same rules, empty where none."""

    where: Location
    known: str = ""


@dataclass(frozen=True, slots=True)
class Options:
    """How to read: the version of the rules that the worker must have, and DATA/records where records are kept."""

    rules: str
    allow_secret: bool = False
    records: Path | None = None


@dataclass(frozen=True, slots=True)
class Findings:
    """How much was read in a text, and what of it stayed open; ``reasons`` counts why."""

    documents: int = 0
    citations: int = 0
    unnamed: int = 0
    duties: int = 0
    unresolved: int = 0
    unread: int = 0
    reasons: Mapping[str, int] = field(default_factory=dict)


NOTHING = Findings()


@dataclass(frozen=True, slots=True)
class Extraction:
    """What came of a source, and how: "extracted", "kept" from an earlier time, "known" to the store, or "refused".

    ``nquads`` and ``text`` are empty for the last two, ``refusal`` for all but the last.
    """

    where: Location
    how: Way
    sha256: str = ""
    nquads: bytes = b""
    text: str = ""
    findings: Findings = NOTHING
    refusal: str = ""


def extract_batch(options: Options, batch: Sequence[Order]) -> list[Extraction]:
    """Each source of the batch; a refusal is a value, so that the others go on.

    Raises StoreError where this worker has other rules than the one that asks.
    """
    if options.rules != rules_version():
        raise StoreError(
            f"a worker reads by rules {rules_version()}, not {options.rules}; install the same Chidao there"
        )
    return [_extraction(options, order) for order in batch]


def _extraction(options: Options, order: Order) -> Extraction:
    where = order.where
    try:
        content = source_bytes(where)
        sha256 = hashlib.sha256(content).hexdigest()
        if sha256 == order.known:
            return Extraction(where, "known", sha256)
        return _kept(options, where, sha256) or _extracted(options, where, content)
    except SourceError as refusal:
        return Extraction(where, "refused", refusal=str(refusal))
    except (MemoryError, RecursionError):
        return Extraction(
            where, "refused", refusal=f"{where}: reading it takes more memory than there is; split the file"
        )


def refused(where: Location, reason: str) -> Extraction:
    """A source that can't be read, for this reason."""
    return Extraction(where, "refused", refusal=f"{where}: {reason}")


def _extracted(options: Options, where: Location, content: bytes) -> Extraction:
    source = decode_source(where, content)
    record = extract(source, options.allow_secret)
    nquads, findings = record_nquads(record, source.text), findings_of(record)
    if len(nquads) > MAX_BYTES:
        raise SourceError(
            f"{where}: {len(nquads):,} bytes of statements, more than any directive makes; split the file"
        )
    cache = _cache(options)
    if cache:
        head = {"nquads": len(nquads), "findings": asdict(findings)}
        entry = (json.dumps(head).encode(), b"\n", nquads, source.text.encode("utf-8", "surrogatepass"))
        cache.put(source.sha256, _variant(options, where), b"".join(entry))
    return Extraction(where, "extracted", source.sha256, nquads, source.text, findings)


def _kept(options: Options, where: Location, sha256: str) -> Extraction | None:
    """What the cache holds of these bytes; the path that its statements name is that of another time."""
    cache = _cache(options)
    entry = cache.get(sha256, _variant(options, where)) if cache else None
    if entry is None:
        return None
    line, _, rest = entry.partition(b"\n")
    head = json.loads(line)
    nquads, text = rest[: head["nquads"]], rest[head["nquads"] :].decode("utf-8", "surrogatepass")
    return Extraction(where, "kept", sha256, nquads, text, Findings(**head["findings"]))


def _cache(options: Options) -> RecordCache | None:
    """The cache, where this worker reaches the folder: on another machine it may not."""
    reached = options.records is not None and options.records.is_dir()
    return RecordCache(options.records, options.rules) if reached and options.records else None


def _variant(options: Options, where: Location) -> str:
    """What else than the bytes a record depends on: the kind of file, and what may be read."""
    return where.suffix + ("+secret" if options.allow_secret else "")


def findings_of(record: Record) -> Findings:
    """The counts of a record; what is unresolved are mentions, and citations that name no one document."""
    open_citations = [citation for citation in record.citations if citation.resolution != "resolved"]
    reasons = Counter(mention.reason for mention in record.unresolved)
    reasons.update(citation.reason or citation.resolution for citation in open_citations)
    return Findings(
        documents=len(record.documents),
        citations=len(record.citations),
        unnamed=len(record.collective_citations) + len(record.oral_instructions),
        duties=len(record.obligations),
        unresolved=sum(reasons.values()),
        unread=len(record.unread),
        reasons=dict(reasons),
    )
