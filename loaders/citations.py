"""Find which documents a text cites, in which relation, each with its quote.

One pass over the sentences that hold a symbol: the mentions are read, each gets what governs it and whose citation it
is; then all mentions of one act become one citation of each citing document, with the firmest relation and its quote.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from chidao.graph.model import Citation, CollectiveReference, Document, OralInstruction, Relation, Unresolved
from chidao.graph.names import plain_number
from chidao.loaders.bodies import Reading
from chidao.loaders.clean import Clean
from chidao.loaders.collective import find_collective
from chidao.loaders.layout import Paragraph
from chidao.loaders.mentions import Mention, short_forms_in
from chidao.loaders.resolve import Resolved, coded, same_act, settled
from chidao.loaders.statements import Statement, local_document, statements_of, unnumbered


@dataclass(frozen=True, slots=True)
class Citations:
    """What a text cites: numbered documents, unnamed ones by issuer, words of mouth, and what could not be placed."""

    citations: tuple[Citation, ...] = ()
    collective: tuple[CollectiveReference, ...] = ()
    oral: tuple[OralInstruction, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()


@dataclass(frozen=True, slots=True)
class _Said:
    """One mention with its place: who cites, in which relation, from where to where the quote runs."""

    citing: Document
    mention: Mention
    relation: Relation
    start: int
    end: int


def find_citations(
    clean: Clean, paragraphs: Sequence[Paragraph], documents: Sequence[Document], reading: Reading
) -> Citations:
    """All references of the paragraphs to other documents; every citation belongs to one of ``documents``."""
    if not documents:
        return Citations()
    statements = tuple(statements_of(clean, paragraphs, documents, reading))
    home = _home(documents, reading)
    said = [one for statement in statements for one in _said(statement, documents, reading, home)]
    short, unresolved = _short_forms(clean, statements, documents, [s.mention for s in said])
    collective = find_collective(clean, statements, reading)
    citations = tuple(_merged(clean, [*said, *short], documents, reading, home))
    return Citations(citations, collective.references, collective.oral, tuple(unresolved))


def _said(statement: Statement, documents: Sequence[Document], reading: Reading, home: str | None) -> Iterator[_Said]:
    """The mentions of a sentence as citations; none where a document names itself.

    What stands in the subject of another document ("Kế hoạch số 283 về thực hiện Nghị quyết số 71") is only cited.
    """
    for named, fact in zip(statement.mentions, statement.governed, strict=True):
        governor = local_document(fact.governor, documents) if fact.governor else None
        author = governor or unnumbered(fact.noun, documents) or statement.speaker
        if local_document(named, documents) is author:
            continue
        mention = _without_outer_issuer(named, reading, home) if fact.noun else named
        relation = "cites" if fact.nested and governor is None else fact.relation
        start = mention.start if fact.start is None else min(fact.start, mention.start)
        yield _Said(author, mention, relation, start, min(max(mention.end, mention.symbol_end), statement.end))


def _without_outer_issuer(mention: Mention, reading: Reading, home: str | None) -> Mention:
    """The mention without an issuer that is another noun's, as its code tells.

    "Kế hoạch thực hiện Chỉ thị số 07-CT/HU của UBND huyện": the plan is the UBND's, the directive is not.
    """
    by_code = coded(mention, reading, home)
    stated = mention.issuers[0].series if mention.issuers else None
    return mention._replace(issuers=()) if by_code and stated and by_code.series != stated else mention


def _short_forms(
    clean: Clean, statements: Sequence[Statement], documents: Sequence[Document], named: Sequence[Mention]
) -> tuple[list[_Said], list[Unresolved]]:
    """Short forms ("Chỉ thị số 07") that mean a document named in full in the text, and those that mean none."""
    numbered: defaultdict[str, list[Mention]] = defaultdict(list)
    for mention in named:
        numbered[plain_number(mention.number)].append(mention)
    said: list[_Said] = []
    unresolved: list[Unresolved] = []
    for statement in statements:
        for short in short_forms_in(clean, statement.start, statement.end):
            if _is_part(short, statement) or _is_own(short, documents):
                continue
            full = _full_forms(short, numbered[plain_number(short.number)])
            if len(full) == 1:
                meant = short._replace(symbol=full[0].symbol, type=full[0].type, year=full[0].year)
                said.append(_Said(statement.speaker, meant, "cites", short.start, short.symbol_end))
            else:
                unresolved.append(_unplaced(clean, short, full))
    return said, unresolved


def _is_part(short: Mention, statement: Statement) -> bool:
    """True for the first number of "các Chỉ thị số 15, 16/CT-TTg": it is read with its symbol."""
    return any(mention.start <= short.symbol_start < mention.symbol_end for mention in statement.mentions)


def _is_own(short: Mention, documents: Sequence[Document]) -> bool:
    return any(
        d.type == short.type and d.number and plain_number(d.number) == plain_number(short.number) for d in documents
    )


def _full_forms(short: Mention, named: Iterable[Mention]) -> list[Mention]:
    """One mention of each act among those of its number whose type the short form gives."""
    fits = [m for m in named if short.type in (m.type, None)]
    return [act[0] for act in same_act(fits)]


def _unplaced(clean: Clean, short: Mention, full: Sequence[Mention]) -> Unresolved:
    reason = (
        "several documents of this type and number are named in the text"
        if full
        else "type and number alone name no document, and none of them is named in full in the text"
    )
    return Unresolved(clean.span(short.start, short.symbol_end), reason, tuple(str(m.symbol) for m in full))


def _merged(
    clean: Clean, said: Sequence[_Said], documents: Sequence[Document], reading: Reading, home: str | None
) -> Iterator[Citation]:
    """One citation for each citing document, cited act and relation, in the order of the text.

    A plan may disseminate a directive and implement it. Where a relation is told, mentions without one add nothing.
    """
    acts = same_act([s.mention for s in said])
    act_of = {id(mention): number for number, act in enumerate(acts) for mention in act}
    targets = settled(clean, acts, documents, reading, home)
    told: dict[tuple[str, int], dict[Relation, _Said]] = defaultdict(dict)
    for one in said:
        told[one.citing.id, act_of[id(one.mention)]].setdefault(one.relation, one)
    for (citing, act), relations in sorted(told.items(), key=lambda item: _place(item[1])):
        for relation, one in relations.items():
            if relation != "cites" or len(relations) == 1:
                yield _citation(clean, citing, targets[act], one)


def _place(relations: Mapping[Relation, _Said]) -> int:
    return min(one.mention.symbol_start for one in relations.values())


def _home(documents: Sequence[Document], reading: Reading) -> str | None:
    """The place whose offices a bare issuer code means: that of the issuer, where it is known and not at the Centre."""
    levels = {d.issuer.level for d in documents if d.issuer}
    return reading.context.place if levels - {"central", None} else None


def _citation(clean: Clean, citing: str, target: Resolved, said: _Said) -> Citation:
    return Citation(
        citing,
        target.document,
        said.relation,
        clean.span(said.start, said.end),
        target.resolution,
        target.reason,
        target.candidates,
    )
