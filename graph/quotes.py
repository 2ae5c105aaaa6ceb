"""Quotes as Web Annotation nodes: where in which source text a statement was read."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from chidao.graph.model import Span
from chidao.graph.names import local_iri
from chidao.graph.terms import TYPE, Values, cd, describe, integer, oa, text

CONTEXT = 30  # code points of prefix and suffix: enough to find a quote again in a text that was edited


@dataclass(frozen=True, slots=True)
class SourceQuotes:
    """Makes the quotes of one source. ``full_text`` is its whole decoded text; prefix and suffix are cut from it."""

    sha256: str
    full_text: str
    _made: set[NamedNode] = field(default_factory=set, init=False, compare=False)

    def local(self, kind: str, name: str | int) -> NamedNode:
        """The IRI of a thing known only in this source."""
        return NamedNode(local_iri(self.sha256, kind, str(name)))

    def reading(self, thing: NamedNode, kind: str, span: Span, properties: dict[NamedNode, Values]) -> Iterator[Triple]:
        """``thing`` of class ``kind`` with its properties and its quote (oa:hasTarget), which others may share."""
        target = self.local("quote", f"{span.start}-{span.end}")
        yield from describe(thing, {TYPE: cd(kind), **properties, oa("hasTarget"): target})
        if target not in self._made:
            self._made.add(target)
            yield from self._quote(target, span)

    def _quote(self, target: NamedNode, span: Span) -> Iterator[Triple]:
        """Its classes, its source and its end follow (`implied`)."""
        selector = NamedNode(f"{target.value}/selector")
        yield from describe(target, {oa("hasSelector"): selector})
        yield from describe(
            selector,
            {
                oa("exact"): text(span.exact),
                oa("prefix"): text(self.full_text[max(0, span.start - CONTEXT) : span.start] or None),
                oa("suffix"): text(self.full_text[span.end : span.end + CONTEXT] or None),
                oa("start"): integer(span.start),
            },
        )
