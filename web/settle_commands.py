"""``chidao settle``: confirm, refuse or choose what was read, list and undo decisions, carry them to another store."""

from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import click
import pyoxigraph

from chidao.graph.decisions import Verdict
from chidao.web.command_options import DataDir, TableFormat, explained, print_rows, say
from chidao.web.open_questions import QUERIES

By = click.option("--by", required=True, metavar="NAME", help="Who decides.")
Why = click.option("--why", required=True, metavar="TEXT", help="Why.")
Thing = click.argument("thing")
Values = click.argument("values", nargs=-1, required=True)
COLUMNS = ("decision", "when", "by", "verdict", "property", "thing", "values", "why", "quote", "standing")


@click.group("settle")
def settle() -> None:
    """Confirm, refuse or choose what the rules read: your decision counts for more, and keeps who, when and why.

    THING is a reference, a norm, or a document; VALUE a document for the first, bodies for a norm, the issuing body
    for a document. Both are given by IRI or its end after /id/, documents by symbol too, bodies by name. "chidao
    settle open" lists what waits for a decision.
    """


def _snapshot(data_dir: Path) -> pyoxigraph.Store:
    from chidao.graph.publish import snapshot

    return pyoxigraph.Store.read_only(str(snapshot(data_dir)))


@settle.command("confirm")
@Thing
@Values
@DataDir
@By
@Why
@explained
def confirm(thing: str, values: tuple[str, ...], data_dir: Path, by: str, why: str) -> None:
    """Say that the VALUE that the rules read for THING is right."""
    _decide("confirmed", thing, values, data_dir, by, why)


@settle.command("refuse")
@Thing
@Values
@DataDir
@By
@Why
@explained
def refuse(thing: str, values: tuple[str, ...], data_dir: Path, by: str, why: str) -> None:
    """Say that VALUE is not what THING means: the edge leaves the merged graph and the chains."""
    _decide("refused", thing, values, data_dir, by, why)


@settle.command("choose")
@Thing
@Values
@DataDir
@By
@Why
@explained
def choose(thing: str, values: tuple[str, ...], data_dir: Path, by: str, why: str) -> None:
    """Say that THING means VALUE: a candidate, the issuer of a document, the bearers of a norm."""
    _decide("settled", thing, values, data_dir, by, why)


@settle.command("merge")
@click.argument("document")
@click.argument("same")
@DataDir
@By
@Why
@explained
def merge(document: str, same: str, data_dir: Path, by: str, why: str) -> None:
    """Say that DOCUMENT is the same document as SAME; the latter's name stays."""
    _decide("settled", document, [same], data_dir, by, why)


def _decide(verdict: Verdict, thing: str, values: Sequence[str], data_dir: Path, by: str, why: str) -> None:
    from chidao.graph.curate import Attribution, decide, named
    from chidao.graph.store import Store

    about, *meant = (named(_snapshot(data_dir), name) for name in (thing, *values))
    with Store.open(data_dir, create=False) as store:
        decision = decide(store, verdict, about, meant, Attribution(by, why))
        published = store.publish()
    click.echo(decision.iri)
    say(f"recorded; snapshot {published.snapshot}")


@settle.command("undo")
@click.argument("decision")
@DataDir
@By
@Why
@explained
def undo(decision: str, data_dir: Path, by: str, why: str) -> None:
    """Take a DECISION back, by its IRI or the digits that end it; it stays in the history."""
    from chidao.graph.curate import Attribution
    from chidao.graph.curate import undo as take_back
    from chidao.graph.store import Store

    with Store.open(data_dir, create=False) as store:
        reversal = take_back(store, decision, Attribution(by, why))
        published = store.publish()
    click.echo(reversal.iri)
    say(f"undone; snapshot {published.snapshot}")


@settle.command("list")
@DataDir
@TableFormat
@explained
def list_decisions(data_dir: Path, form: str) -> None:
    """Print every decision with who, when and why, and whether it is applied, superseded, undone or not applicable."""
    from chidao.graph.curate import decision_rows

    print_rows(decision_rows(_snapshot(data_dir)), form, COLUMNS)


@settle.command("open")
@click.argument("kind", type=click.Choice(tuple(QUERIES)), default="citations")
@DataDir
@click.option("--limit", type=click.IntRange(1, 10_000), default=100, show_default=True, help="Things at most.")
@TableFormat
@explained
def list_open(kind: str, data_dir: Path, limit: int, form: str) -> None:
    """Print what waits for a decision: the thing, its quote, and what it may be."""
    from pyoxigraph import QuerySolutions

    from chidao.web.reader import filled

    answer = _snapshot(data_dir).query(filled(QUERIES[kind], {"limit": limit, "offset": 0}))
    columns = ("thing", "value", "reason", "quote")
    solutions = answer if isinstance(answer, QuerySolutions) else ()
    print_rows([{name: _text(row[name]) for name in columns} for row in solutions], form, columns)


def _text(term: object) -> str:
    return str(getattr(term, "value", ""))


@settle.command("export")
@DataDir
@explained
def export(data_dir: Path) -> None:
    """Print the history as JSON lines, one decision or reversal a line, to be reviewed, kept or imported elsewhere."""
    from chidao.graph.curate import history
    from chidao.graph.decision_lines import decision_lines

    for line in decision_lines(history(_snapshot(data_dir))):
        click.echo(line, nl=False)


@settle.command("import")
@click.argument("file", type=click.File(encoding="utf-8", errors="surrogateescape"))
@DataDir
@explained
def import_lines(file: TextIO, data_dir: Path) -> None:
    """Record the decisions of FILE ("-": standard input); those that the store has are not recorded twice."""
    from chidao.graph.curate import decision_rows, record
    from chidao.graph.decision_lines import read_lines
    from chidao.graph.store import Store

    said = read_lines(file)
    with Store.open(data_dir, create=False) as store:
        record(store, said)
        store.publish()
    idle = [row for row in decision_rows(_snapshot(data_dir)) if row["standing"] == "not-applicable"]
    say(f"{len(said)} read; {len(idle)} of the store's decisions are no longer applicable to the texts held")
