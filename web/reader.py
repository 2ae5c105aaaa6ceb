"""How pages read the graph: templates of queries, filled with terms, answered by the same workers as everyone's."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from chidao.graph.errors import NotFoundError
from chidao.ontology.namespaces import ID, PREFIXES
from chidao.web.answers import Analysis, Answer, Query
from chidao.web.description import Description
from chidao.web.workers import Pool

_BLANK = re.compile(r"\$([a-z_]+)")
_PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

Value = NamedNode | Literal | int | Sequence[NamedNode]


def identified(path: str) -> NamedNode:
    """The thing whose IRI ends in ``path`` after ``…/id/``. Raises NotFoundError where no IRI can look like that."""
    try:
        return NamedNode(f"{ID}{path}")
    except ValueError as error:
        raise NotFoundError(f"{path!r} cannot be the end of an IRI") from error


def filled(template: str, values: Mapping[str, Value]) -> str:
    """``template`` with the standard prefixes before it and each ``$name`` replaced by its term or terms."""
    return _PROLOGUE + _BLANK.sub(lambda blank: _written(values[blank[1]]), template)


def _written(value: Value) -> str:
    if isinstance(value, Sequence):
        return " ".join(map(str, value))
    return str(value)


@dataclass(frozen=True, slots=True)
class Analysed:
    """What an analysis found, as plain values: its keys are told where the analysis is defined."""

    snapshot: str
    found: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Reader:
    """Asks the workers. Every method may raise LimitError or StoreError, which become a page of their own.

    ``snapshot`` is the only one that is asked; None is always the current one.
    """

    pool: Pool
    row_limit: int
    snapshot: str | None = None

    def rows(self, template: str, **values: Value) -> list[dict[str, str]]:
        """The rows of a SELECT, each with the variables that are bound in it."""
        answer = self._ask(template, "json", values)
        with answer.body as body:
            bindings = json.load(body)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in bindings]

    def graph(self, template: str, **values: Value) -> Description:
        """The statements of a CONSTRUCT."""
        answer = self._ask(template, "nt", values)
        with answer.body as body:
            return Description(quad.triple for quad in parse(body, RdfFormat.N_TRIPLES))

    def serialised(self, template: str, format_name: str, **values: Value) -> Answer:
        """The answer as it goes out, in one of the formats of ``formats``."""
        return self._ask(template, format_name, values)

    def analysis(self, name: str, **arguments: str | Sequence[str]) -> Analysed:
        """The answer of an analysis by its name, with the snapshot that it was worked out on. Raises NotFoundError."""
        answer = self.pool.answer_page(Analysis(name, arguments), self.snapshot)
        with answer.body as body:
            return Analysed(answer.snapshot, json.load(body))

    def _ask(self, template: str, format_name: str, values: Mapping[str, Value]) -> Answer:
        return self.pool.answer_page(Query(filled(template, values), format_name, self.row_limit), self.snapshot)
