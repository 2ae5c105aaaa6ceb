"""``cd:TitleDrift``: the title of an implementing document beside that of the one it implements, held or only cited."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial

import pyoxigraph
from pyoxigraph import NamedNode, Quad, Triple

from chidao.graph.facts import Facts
from chidao.graph.names import derived_iri
from chidao.graph.terms import ALTERNATIVE, TITLE, TYPE, cd, decimal, describe, oa, text
from chidao.graph.title_drift import TitleDrift, tells, title_drift

METHOD = "word difference of titles (docs/chains.md, Titles)"


@dataclass(frozen=True, slots=True)
class StatedTitle:
    """A title as worded, and the reading with the quote that states it (a claim or a citation), if there is one."""

    words: str
    reading: NamedNode | None


def title_drift_triples(
    store: pyoxigraph.Store,
    canonical: Mapping[str, str],
    struck: frozenset[Triple] = frozenset(),
    only: Collection[str] | None = None,
) -> Iterator[Triple]:
    """A drift for each pair along ``cd:implements`` whose titles are both known and differ in what they say.

    ``struck`` statements of sources are passed over. ``only`` these implementing documents are looked at, if given.
    """
    found: dict[tuple[str, str], tuple[StatedTitle, StatedTitle]] = {}
    own_title = cache(partial(_own_title, Facts(store, None)))
    for quad in _implementing(store, canonical, only):
        child, parent = quad.subject, quad.object
        if not isinstance(child, NamedNode) or not isinstance(parent, NamedNode) or quad.triple in struck:
            continue
        if not isinstance(quad.graph_name, NamedNode):
            continue
        above = own_title(parent) or _cited_title(Facts(store, quad.graph_name), child, parent)
        below = own_title(child)
        if above and below and child != parent:
            pair = tuple(canonical.get(each.value, each.value) for each in (parent, child))
            found[pair[0], pair[1]] = min(found.get((pair[0], pair[1]), (above, below)), (above, below), key=_order)
    for (parent_iri, child_iri), titles in sorted(found.items()):
        drift = title_drift(*(title.words for title in titles))
        if drift.dropped or drift.added or drift.dropped_targets:
            yield from _triples(parent_iri, child_iri, titles, drift)


def _implementing(
    store: pyoxigraph.Store, canonical: Mapping[str, str], only: Collection[str] | None
) -> Iterator[Quad]:
    """The statements of ``cd:implements``, or those about ``only`` these documents by any of their names."""
    if only is None:
        yield from store.quads_for_pattern(None, cd("implements"), None, None)
        return
    for name in {*only, *(local for local, iri in canonical.items() if iri in only)}:
        if canonical.get(name, name) in only:
            yield from store.quads_for_pattern(NamedNode(name), cd("implements"), None, None)


def _order(titles: tuple[StatedTitle, StatedTitle]) -> tuple[str, ...]:
    return tuple(part for title in titles for part in (title.words, title.reading.value if title.reading else ""))


def _own_title(facts: Facts, document: NamedNode) -> StatedTitle | None:
    """The title that the document's own text, or a report of it, states."""
    words = next((title for title in facts.values(document, TITLE) if tells(title)), None)
    if not words:
        return None
    claims = facts.described(cd("claimOf"), document, (cd("claimProperty"),))
    return StatedTitle(
        words, next((claim for claim, said in claims.items() if TITLE in said[cd("claimProperty")]), None)
    )


def _cited_title(facts: Facts, child: NamedNode, parent: NamedNode) -> StatedTitle | None:
    """The title by which the child cites the parent, in the text that ``facts`` are of."""
    words = next((title for title in facts.values(parent, ALTERNATIVE) if tells(title)), None)
    if not words:
        return None
    citations = [each for each in facts.subjects(cd("cited"), parent) if child in facts.objects(each, cd("citing"))]
    quoting = (each for each in citations if words in " ".join(_quote(facts, each).split()))
    return StatedTitle(words, next(quoting, None) or next(iter(citations), None))


def _quote(facts: Facts, reading: NamedNode) -> str:
    selector = facts.first(facts.first(reading, oa("hasTarget")), oa("hasSelector"))
    return facts.value(selector, oa("exact")) or ""


def _triples(parent: str, child: str, titles: tuple[StatedTitle, StatedTitle], drift: TitleDrift) -> Iterator[Triple]:
    above, below = titles
    return describe(
        derived_iri("title-drift", parent, child),
        {
            TYPE: cd("TitleDrift"),
            cd("parentDocument"): NamedNode(parent),
            cd("childDocument"): NamedNode(child),
            cd("parentTitle"): text(above.words, "vi"),
            cd("childTitle"): text(below.words, "vi"),
            cd("parentTitleReading"): above.reading,
            cd("childTitleReading"): below.reading,
            cd("droppedPhrase"): [text(phrase, "vi") for phrase in drift.dropped],
            cd("addedPhrase"): [text(phrase, "vi") for phrase in drift.added],
            cd("droppedTarget"): [text(target, "vi") for target in drift.dropped_targets],
            cd("method"): text(METHOD),
            cd("confidence"): decimal(0.9),
        },
    )
