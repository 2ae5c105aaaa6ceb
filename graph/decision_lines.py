"""Decisions as lines of JSON, for review, safekeeping and other stores: one decision or reversal a line."""

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from typing import Any

from pyoxigraph import NamedNode

from chidao.graph.anchors import KINDS
from chidao.graph.decisions import PROPERTIES, VERDICTS, Anchor, Decision, Reversal, Said
from chidao.graph.errors import CurationError

LONGEST_LINE = 64 * 1024
_MOMENT = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d:[0-5]\dZ", re.ASCII)
_ANCHOR_TEXTS = ("kind", "mark", "source", "path", "document", "exact", "prefix", "suffix")


def decision_lines(history: Iterable[Said]) -> Iterator[str]:
    """One line of JSON each, with the name of the decision ("decision") or of the reversal ("reversal") first."""
    for said in history:
        name = "decision" if isinstance(said, Decision) else "reversal"
        yield json.dumps({name: said.iri, **asdict(said)}, ensure_ascii=False) + "\n"


def read_lines(lines: Iterable[str]) -> list[Said]:
    """Decisions and reversals of a file; blank lines are passed over.

    Raises CurationError with the number of the line that is no decision, or was changed by hand (its name tells).
    """
    return [_said(line, number) for number, line in enumerate(lines, 1) if line.strip()]


def _said(line: str, number: int) -> Said:
    try:
        return _checked(json.loads(line) if len(line) <= LONGEST_LINE else None)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        why = f"{type(error).__name__}: {error}"
        raise CurationError(
            f"line {number} is no decision of `chidao settle export` ({why}); nothing was imported"
        ) from error


def _checked(row: Any) -> Said:
    said: Said
    if "reversal" in row:
        said = Reversal(*(_text(row, name) for name in ("undoes", "by", "when", "why")))
        iris, name = [said.undoes], row["reversal"]
    else:
        said = _decision(row)
        iris, name = [said.thing, *said.values, said.anchor.source, said.anchor.document], row["decision"]
    for iri in filter(None, iris):
        NamedNode(iri)
    if not _MOMENT.fullmatch(said.when) or not (said.by + said.why).isprintable():
        raise ValueError("who, when and why are one line each, the time in UTC")
    if said.iri != name:
        raise ValueError("its name does not fit its content")
    return said


def _decision(row: dict[str, Any]) -> Decision:
    values = row["values"]
    if not isinstance(values, list) or not values or not all(isinstance(value, str) for value in values):
        raise TypeError("values are a list of IRIs")
    verdicts = [each for each in VERDICTS if each == row["verdict"]]
    predicates = [each for each in PROPERTIES if each == row["predicate"]]
    if not verdicts or not predicates:
        raise ValueError("the verdict or property is not known")
    thing, by, when, why = (_text(row, name) for name in ("thing", "by", "when", "why"))
    return Decision(verdicts[0], predicates[0], thing, tuple(sorted(values)), _anchor(row["anchor"]), by, when, why)


def _anchor(row: dict[str, Any]) -> Anchor:
    start = row["start"]
    if not isinstance(start, int) or start < 0 or row["kind"] not in KINDS:
        raise ValueError("the anchor is no quote of a reading")
    kind, mark, source, path, document, exact, prefix, suffix = (_text(row, name) for name in _ANCHOR_TEXTS)
    return Anchor(kind, mark, source, path, document, exact, prefix, suffix, start)


def _text(row: dict[str, Any], name: str) -> str:
    value = row[name]
    if not isinstance(value, str):
        raise TypeError(f"{name} is no text")
    value.encode("utf-8")  # a lone surrogate is no text either
    return value
