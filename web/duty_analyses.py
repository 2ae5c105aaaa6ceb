"""What pages ask about duties, answered inside a query worker: side by side, listed, and as the load of a body."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import asdict
from functools import lru_cache
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.body_names import body_label, resolve_body
from chidao.graph.chains import resolve_document
from chidao.graph.duties import DutyIndex, Wanted, duty_rows
from chidao.graph.errors import NotFoundError
from chidao.graph.facts import Facts
from chidao.graph.norms import groups_by_member, meaning
from chidao.graph.reporting import ReportingLine, reporting_lines
from chidao.graph.side_by_side import kind_labels, side_by_side, side_rows
from chidao.graph.workload import load_figures, workload
from chidao.web.asked import Arguments, Found, chain_index, heads, one

PAGE = 80  # duties on a page
IN_FILE = 5000  # duties in a download
MOST_LINES = 60
MOST_QUOTES = 3


@lru_cache(maxsize=1)
def _duties(store: pyoxigraph.Store) -> DutyIndex:
    return DutyIndex(store)


@lru_cache(maxsize=1)
def _groups(store: pyoxigraph.Store) -> Mapping[str, set[str]]:
    return groups_by_member(Facts(store))


def diff(store: pyoxigraph.Store, _data_dir: Path, arguments: Arguments) -> Found:
    """ "parent", its "children" (IRIs), and with ``child`` the two "side_by_side", its "rows" and "kinds" (labels)."""
    lang, name = one(arguments, "lang"), one(arguments, "child")
    parent = resolve_document(store, one(arguments, "parent"), lang=lang)
    children = chain_index(store).children(parent)
    child = resolve_document(store, name, lang=lang) if name else None
    found: Found = {"parent": parent, "child": child, "children": children}
    if child:
        beside = side_by_side(store, parent, child)
        found |= {"side_by_side": asdict(beside), "rows": side_rows(store, beside, lang)}
        found["kinds"] = kind_labels(store, lang)
    return found | {"documents": heads(store, filter(None, (parent, child, *children)), lang)}


def duties(store: pyoxigraph.Store, _data_dir: Path, arguments: Arguments) -> Found:
    """ "duties" are the IRIs of a page from ``start``, "count" tells how many fit; ``all`` adds their "rows"."""
    lang, start = one(arguments, "lang"), int(one(arguments, "start") or 0)
    body, document = one(arguments, "body"), one(arguments, "document")
    names = ("role", "modality", "level", "since", "until", "rate", "text")
    wanted = Wanted(
        body=_body(store, body) if body else "",
        document=resolve_document(store, document, lang=lang) if document else "",
        **{name: one(arguments, name) for name in names},
    )
    listed = _duties(store).listed(wanted)
    return {
        "count": len(listed),
        "duties": [duty.norm for duty in listed[start : start + PAGE]],
        "rows": duty_rows(store, listed[:IN_FILE], lang) if one(arguments, "all") else [],
        "body": [wanted.body, body_label(Facts(store), wanted.body, lang)] if wanted.body else [],
        "document": wanted.document,
        "documents": heads(store, [wanted.document] if wanted.document else (), lang),
    }


def _body(store: pyoxigraph.Store, name: str) -> str:
    found = resolve_body(store, name)
    try:
        return NamedNode(found).value
    except ValueError as error:
        raise NotFoundError(f"{name!r} is not a valid IRI") from error


def load(store: pyoxigraph.Store, _data_dir: Path, arguments: Arguments) -> Found:
    """ "lines" of report of a body (at most MOST_LINES; "left_out" counts the others), and its "duties" by "roles",
    by "levels" of the documents, by "rates", and "dated" with a day; except by role each counts once."""
    lang, body = one(arguments, "lang"), one(arguments, "body")
    facts = Facts(store)
    means = meaning(facts, body, _groups(store))
    lines, landings = reporting_lines(store, body, means), workload(store, body, means)
    each_once = list({landing.norm.iri: landing for landing in landings}.values())
    norms = [landing.norm for landing in each_once]
    return {
        "lines": [_line(facts, line, lang) for line in lines[:MOST_LINES]],
        "left_out": max(0, len(lines) - MOST_LINES),
        "duties": len(norms),
        "roles": load_figures(store, landings).roles,
        "levels": load_figures(store, each_once).levels,
        "rates": Counter(norm.recurrence.partition(" ")[0] for norm in norms if norm.recurrence),
        "dated": sum(bool(norm.deadline) for norm in norms),
    }


def _line(facts: Facts, line: ReportingLine, lang: str) -> Found:
    ends = {"bearer": line.bearer, "recipient": line.recipient, "via": line.via}
    named = {role: [end, body_label(facts, end, lang) if end else ""] for role, end in ends.items()}
    norms = [norm.iri for norm in line.norms]
    return named | {"recurrence": line.recurrence, "count": len(norms), "norms": norms[:MOST_QUOTES]}
