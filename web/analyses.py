"""What pages ask of whole chains, answered inside a query worker by the functions of the command line.

Answers are plain values; each names the documents that it speaks of under "documents": IRI -> their head.
"""

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import pyoxigraph

from chidao.graph.body_names import body_label
from chidao.graph.chain_formats import format_chain
from chidao.graph.chain_index import ChainIndex
from chidao.graph.chains import chain, resolve_document
from chidao.graph.compare import compare
from chidao.graph.deadline_calendar import deadline_calendar
from chidao.graph.facts import Facts
from chidao.graph.gaps import State, existed, gaps_in
from chidao.graph.lag import group_of, lags_in, summarise
from chidao.graph.trace import trace
from chidao.web.asked import Arguments, Found, chain_index, heads, one
from chidao.web.duty_analyses import diff, duties, load

MOST_LAGS = 400  # intervals that a page shows; figures count all
MOST_STARTS = 15


def starts(store: pyoxigraph.Store, _data_dir: Path, arguments: Arguments) -> Found:
    """The documents with the most documents below them: where a reader may begin. "starts": [[IRI, how many]]."""
    index = chain_index(store)
    parents = {parent for _, parent in index.graph.edges}
    counted = sorted(((len(index.below(parent)), parent) for parent in parents), key=lambda pair: (-pair[0], pair[1]))
    chosen = counted[:MOST_STARTS]
    named = heads(store, (parent for _, parent in chosen), one(arguments, "lang"))
    return {"starts": [[parent, count] for count, parent in chosen], "documents": named}


def gaps(store: pyoxigraph.Store, _data_dir: Path, arguments: Arguments) -> Found:
    """The matrix: "columns" are documents, "bodies" have a cell for each. A body out of a document's scope has none."""
    lang, other_days = one(arguments, "lang"), bool(one(arguments, "other_days"))
    facts, index = Facts(store), chain_index(store)
    columns = list(dict.fromkeys(resolve_document(store, name, lang=lang) for name in arguments["document"]))
    found = {document: gaps_in(facts, index, document, other_days, lang) for document in columns}
    bodies = {gap.body: gap for column in found.values() for gap in column}
    cells = {(gap.body, document): asdict(gap) for document, column in found.items() for gap in column}
    cells |= _absent(index, bodies, columns, cells.keys())
    rows = [
        {
            "body": body,
            "label": gap.label,
            "level": gap.level,
            "cells": [cells.get((body, document)) for document in columns],
        }
        for body, gap in bodies.items()
    ]
    children = (child for cell in cells.values() for child in cell["children"])
    return {"columns": columns, "bodies": rows, "documents": heads(store, (*columns, *children), lang)}


def _absent(
    index: ChainIndex, bodies: Iterable[str], columns: Sequence[str], known: Container[tuple[str, str]]
) -> dict[tuple[str, str], Found]:
    """Cells of the bodies that did not exist on the day of a document in whose scope they are not."""
    state = {"state": State.NOT_THEN, "children": (), "texts_held": 0, "lag_days": None, "basis": ""}
    days = ((document, index.head(document).issued) for document in columns)
    return {
        (body, document): dict(state)
        for document, day in days
        for body in bodies
        if (body, document) not in known and day and not existed(body, day)
    }


def lag(store: pyoxigraph.Store, _data_dir: Path, arguments: Arguments) -> Found:
    """ "lags" by their last day (at most MOST_LAGS without ``all``), "summary", "groups" by ``by``, and "cycles"."""
    lang, by, name = (one(arguments, each) for each in ("lang", "by", "document"))
    index = chain_index(store)
    document = resolve_document(store, name, lang=lang) if name else None
    facts = Facts(store)
    found = lags_in(facts, index, document, lang)
    listed = found if one(arguments, "all") else found[:MOST_LAGS]
    shown = [
        {**asdict(each), "group": group_of(each, by), "by": body_label(facts, each.body, lang) if each.body else ""}
        for each in listed
    ]
    cycles = [group for group in index.cycles if document is None or document in group]
    named = [iri for each in listed for iri in (each.parent, each.child)]
    named += [iri for group in cycles for iri in group] + ([document] if document else [])
    return {
        "document": document,
        "lags": shown,
        "left_out": len(found) - len(shown),
        "summary": [asdict(each) for each in summarise(found)],
        "groups": [asdict(each) for each in summarise(found, by)] if by else [],
        "cycles": cycles,
        "documents": heads(store, named, lang),
    }


def comparison(store: pyoxigraph.Store, _data_dir: Path, arguments: Arguments) -> Found:
    """ "document" and "answers", one for each place of ``level``; "above": answer -> its parents in the chain."""
    lang = one(arguments, "lang")
    document = resolve_document(store, one(arguments, "document"), lang=lang)
    answers = compare(store, document, one(arguments, "level"), lang)
    named = [document, *(iri for answer in answers for iri in answer.documents)]
    rows = [
        {**asdict(each), "kept_share": each.kept_share, "answers_per_text": each.answers_per_text} for each in answers
    ]
    index = chain_index(store)
    chain = index.below(document) | {document}
    above = {iri: [parent for parent in index.parents(iri) if parent in chain] for iri in named[1:]}
    return {"document": document, "answers": rows, "above": above, "documents": heads(store, named, lang)}


def phrase(store: pyoxigraph.Store, data_dir: Path, arguments: Arguments) -> Found:
    """A trace as in ``graph.trace``: "variants", "uses", "passages", "spread"."""
    found = trace(store, data_dir, one(arguments, "phrase"))
    named = [use.document for use in found.uses if use.document]
    named += [iri for passage in found.passages for iri in (passage.parent, passage.child)]
    return asdict(found) | {"documents": heads(store, named, one(arguments, "lang"))}


def calendar(store: pyoxigraph.Store, _data_dir: Path, arguments: Arguments) -> Found:
    """ "calendar" is the iCalendar text of a body."""
    return {"calendar": deadline_calendar(store, one(arguments, "body"), one(arguments, "lang")).decode()}


def whole_chain(store: pyoxigraph.Store, _data_dir: Path, arguments: Arguments) -> Found:
    """ "text" is the chain of a document in one of the formats of ``graph.chain_formats``."""
    found = chain(store, one(arguments, "document"), one(arguments, "lang"))
    return {"text": format_chain(found, one(arguments, "form"))}


ANALYSES: Mapping[str, Callable[[pyoxigraph.Store, Path, Arguments], Found]] = {
    "starts": starts,
    "gaps": gaps,
    "lag": lag,
    "compare": comparison,
    "trace": phrase,
    "calendar": calendar,
    "chain": whole_chain,
    "diff": diff,
    "duties": duties,
    "load": load,
}
