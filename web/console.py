"""Answers for the command line: the same workers and limits as the endpoint, one at a time."""

import json
import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pyoxigraph
from pyoxigraph import NamedNode

from chidao.graph.chains import resolve_document
from chidao.graph.errors import NotFoundError, QueryError
from chidao.graph.publish import snapshot
from chidao.graph.tables import Row, format_rows
from chidao.ontology.named_query import NamedQuery
from chidao.ontology.namespaces import PREFIXES
from chidao.ontology.vocabulary import queries
from chidao.web.answers import Answer, MalformedQueryError, Query
from chidao.web.chain_graph import chain_graph
from chidao.web.formats import GRAPH_FORMATS, formats_for
from chidao.web.language import Language
from chidao.web.limits import Limits
from chidao.web.picture import picture
from chidao.web.reader import Reader
from chidao.web.remote_pool import open_remote
from chidao.web.syntax import UPDATES, explained, first_keyword
from chidao.web.workers import Pool

LIMITS = Limits(workers=1, time_limit=60.0, row_limit=1_000_000)
"""A person at a terminal may wait longer, and writes to files."""


_PROLOGUE = " ".join(f"PREFIX {name}: <{iri}>" for name, iri in PREFIXES.items()) + "\n"
"""The usual prefixes need not be written; a query's own declarations come after and win."""


def shipped_rows() -> list[Row]:
    """The shipped queries with what they answer and take."""
    return [
        {
            "name": name,
            "question": known.question.en,
            "câu hỏi": known.question.vi,
            "parameters": ", ".join(f"{p.name}={p.default}" for p in known.parameters),
        }
        for name, known in sorted(queries().items())
    ]


def answer_text(query: str, data_dir: Path, params: tuple[str, ...], form: str, store: str | None = None) -> str:
    """The answer to ``query`` (SPARQL text, the path of a .rq file, or a shipped query's name) as ``form``.

    Raises QueryError for what is malformed or refused, NotFoundError for an unknown name, LimitError, StoreError.
    """
    text = query_text(query, dict(param.partition("=")[::2] for param in params), partial(_document, data_dir))
    keyword = first_keyword(text)
    graph = formats_for(keyword) is GRAPH_FORMATS
    if graph and form not in ("ttl", "json", "xml", "table"):
        raise QueryError(f"{keyword} gives a graph: use --format ttl, json or xml")
    if not graph and form == "ttl":
        raise QueryError(f"{keyword} gives a table: use --format table, csv, json or xml")
    wanted = {"table": "ttl", "json": "jsonld", "xml": "rdf"}.get(form, form) if graph else form
    with open_remote(store, data_dir, LIMITS)[0] if store else Pool(data_dir, LIMITS) as pool:
        return _printed(ask(pool, text, "json" if wanted == "table" else wanted), wanted)


def _document(data_dir: Path, name: str) -> str:
    return resolve_document(pyoxigraph.Store.read_only(str(snapshot(data_dir))), name)


def query_text(query: str, params: Mapping[str, str], resolve: Callable[[str], str]) -> str:
    """The SPARQL of ``query``: its text, the path of a .rq file, or a shipped query's name with its parameters.

    ``resolve`` gives the IRI of a document that a parameter names by its symbol. Raises QueryError for updates and
    parameters that do not fit, NotFoundError for an unknown name.
    """
    known = queries().get(query)
    if params and not known:
        raise QueryError(f"parameters are for the shipped queries: {', '.join(sorted(queries()))}")
    text = _bound(known, params, resolve) if known else _own_text(query)
    if first_keyword(text) in UPDATES:
        raise QueryError("updates are refused here; `chidao load` and `chidao withdraw` write")
    return text


def ask(pool: Pool, text: str, form: str) -> Answer:
    """The answer to SPARQL text, which may use the usual prefixes undeclared. Raises QueryError, LimitError."""
    try:
        return pool.answer(Query(_PROLOGUE + text, form, LIMITS.row_limit))
    except MalformedQueryError as error:
        raise QueryError(explained(_own_line(str(error)), text)) from error


def _own_line(message: str) -> str:
    """The engine's message with the line counted without the prologue's."""
    return re.sub(r"error at (\d+):", lambda at: f"error at {int(at[1]) - 1}:", message, count=1)


def chain_page(data_dir: Path, document: str, language: Language) -> str:
    """The interactive picture of a document's chain, as one HTML page that needs nothing else."""
    with Pool(data_dir, LIMITS) as pool:
        reader = Reader(pool, LIMITS.row_limit)
        return picture(chain_graph(reader, NamedNode(document), language), language)


def _own_text(query: str) -> str:
    if query.endswith(".rq"):
        try:
            return Path(query).read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            raise NotFoundError(f"{query}: cannot be read as a query: {error}") from error
    if not any(sign in query for sign in " {\n"):
        raise NotFoundError(f"no shipped query {query!r}; there are: {', '.join(sorted(queries()))}")
    return query


def _bound(known: NamedQuery, params: Mapping[str, str], resolve: Callable[[str], str]) -> str:
    """The shipped query with its parameters; a document may be given by its symbol."""
    values = dict(params)
    kinds = {parameter.name: parameter.kind for parameter in known.parameters}
    for name, value in params.items():
        if kinds.get(name) == "iri" and "://" not in value and name == "document":
            values[name] = resolve(value)
    try:
        return known.bind(**values)
    except ValueError as error:
        raise QueryError(str(error)) from error


def _printed(answer: Answer, form: str) -> str:
    with answer.body as body:
        content = body.read().decode()
    if form != "table":
        return content if content.endswith("\n") else content + "\n"
    found = json.loads(content)
    if "boolean" in found:
        return f"{str(found['boolean']).lower()}\n"
    names = found["head"]["vars"]
    rows = [{name: _short(row.get(name)) for name in names} for row in found["results"]["bindings"]]
    cut = f"… cut at {answer.rows} rows\n" if answer.truncated else ""
    return format_rows(rows, "table", names) + cut


def _short(term: Mapping[str, str] | None) -> str:
    """A term as one reads it: an IRI under a known prefix shortened."""
    if term is None:
        return ""
    if term["type"] != "uri":
        return term["value"]
    for name, base in PREFIXES.items():
        if term["value"].startswith(str(base)):
            return f"{name}:{term['value'].removeprefix(str(base))}"
    return term["value"]
