"""A shipped SPARQL query: its title and question in two languages, its parameters, and their safe substitution.

The head of a file holds comment lines::

    # title@en: Chain below a directive
    # question@en: What was issued to carry it out?
    # param: document | Văn bản | Document | <https://w3id.org/chidao/id/document/example/2021/ct-01>

A parameter stands in the query as ``$document``; the query is valid SPARQL before any value is put in. The form of the
default decides what a value may be: ``<…>`` an IRI, ``2021-10-19`` a day (counted from 1970-01-01, as ``cd:issuedDay``
is), ``"2021-10-19"^^xsd:date`` a date, ``12`` an integer, anything else a text.

A fifth part says what a form lets people choose from: ``document`` or ``body`` (those of the graph), ``language``, or a
concept scheme of the vocabulary (``cd:levels``). Where the value is a text, a concept stands as its notation, or as the
end of its IRI. ``folded`` there says that a text is put in as ``cd:foldedText`` is made: without marks and signs.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from rdflib import Literal as Term
from rdflib import URIRef

from chidao.ontology.namespaces import DEFAULT_DATA, ID, XSD
from chidao.ontology.spelling import fold

Kind = Literal["iri", "day", "date", "integer", "text", "folded"]

_HEAD = re.compile(r"^#\s*(title|question)@(vi|en):\s*(.+)$", re.M)
_PARAMETER = re.compile(r"^#\s*param:\s*(.+)$", re.M)
_PICKS = re.compile(r"document|body|language|folded|cd:[\w-]+|")
_TOKEN = re.compile(r"\$([A-Za-z]\w*)")
_IRI = re.compile(r"[a-z][a-z0-9+.-]*:[^\x00-\x20<>\"{}|\\^`\ud800-\udfff]+", re.I)
_NO_WORD = re.compile(r"[^a-z0-9]+")
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in Vietnamese and in English."""

    vi: str
    en: str


@dataclass(frozen=True, slots=True)
class Parameter:
    """One blank of a query: ``default`` as a person would type it (an IRI without its angle brackets).

    ``picks`` is what a form lets people choose from, "" where the value is typed.
    """

    name: str
    label: Text
    default: str
    kind: Kind
    picks: str = ""

    def term(self, value: str) -> str:
        """``value`` as one SPARQL term, a day as days since 1970-01-01. Raises ValueError where it does not fit."""
        match self.kind:
            case "iri":
                return _iri(value)
            case "day":
                return str((date.fromisoformat(value.strip()) - _EPOCH).days)
            case "date":
                return Term(date.fromisoformat(value.strip()).isoformat(), datatype=XSD.date).n3()
            case "integer":
                return str(int(value))
            case "text":
                return _text(value)
            case "folded":
                return _text(_NO_WORD.sub(" ", fold(value)).strip())


@dataclass(frozen=True, slots=True)
class NamedQuery:
    """A shipped query; ``text`` is SPARQL with ``$name`` where a parameter goes."""

    name: str
    title: Text
    question: Text
    parameters: tuple[Parameter, ...]
    text: str

    def bind(self, **values: str) -> str:
        """The query with ``values`` put in, and the defaults where none is given.

        A value only ever becomes one IRI, integer or string literal. Raises ValueError for an unknown parameter
        or a value that does not fit it.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        if unknown := sorted(values.keys() - known.keys()):
            raise ValueError(
                f"query {self.name!r} has no parameter {unknown[0]!r}; it has: {', '.join(known) or 'none'}"
            )
        terms = {name: self._term(parameter, values) for name, parameter in known.items()}
        return _TOKEN.sub(lambda token: terms.get(token[1], token[0]), self.text)

    def _term(self, parameter: Parameter, values: Mapping[str, str]) -> str:
        value = values.get(parameter.name, parameter.default)
        try:
            return parameter.term(value)
        except ValueError as error:
            raise ValueError(
                f"query {self.name!r}, parameter {parameter.name!r}: {value!r} is not {_WANTED[parameter.kind]}"
            ) from error


_WANTED: Mapping[Kind, str] = {
    "iri": "an absolute IRI such as https://w3id.org/chidao/id/…",
    "day": "a date such as 2021-10-19",
    "date": "a date such as 2021-10-19",
    "integer": "an integer",
    "text": "a text",
    "folded": "a text",
}


def parse_query(name: str, text: str) -> NamedQuery:
    """Read a ``.rq`` file. Raises ValueError where a title, a question or a label is missing in a language."""
    words = {(key, language): value.strip() for key, language, value in _HEAD.findall(text)}
    try:
        title = Text(words["title", "vi"], words["title", "en"])
        question = Text(words["question", "vi"], words["question", "en"])
    except KeyError as missing:
        raise ValueError(f"query {name!r} lacks the head line {missing.args[0]}") from missing
    return NamedQuery(name, title, question, tuple(_parameters(name, text)), text)


def _parameters(name: str, text: str) -> Iterator[Parameter]:
    for line in _PARAMETER.findall(text):
        parts = [part.strip() for part in line.split("|")]
        if len(parts) not in (4, 5) or not all(parts):
            raise ValueError(f"query {name!r}: write '# param: name | vi | en | default', not {line!r}")
        parameter, vi, en, default, *last = parts
        picks = "".join(last)
        if not _PICKS.fullmatch(picks):
            raise ValueError(f"query {name!r}: choose from document, body, language or cd:…, not from {picks!r}")
        label = Text(vi, en)
        if picks == "folded":
            yield Parameter(parameter, label, default, "folded")
        else:
            yield Parameter(parameter, label, _plain(default, _kind(default)), _kind(default), picks)


def _plain(default: str, kind: Kind) -> str:
    """The default as a person would type it."""
    match kind:
        case "iri":
            return default[1:-1].replace(DEFAULT_DATA, str(ID))
        case "date":
            return default.split('"')[1]
    return default


def _kind(default: str) -> Kind:
    if default.startswith("<") and default.endswith(">"):
        return "iri"
    if re.fullmatch(r'"\d{4}-\d\d-\d\d"\^\^xsd:date', default):
        return "date"
    if re.fullmatch(r"\d{4}-\d\d-\d\d", default):
        return "day"
    return "integer" if re.fullmatch(r"-?\d+", default) else "text"


def _iri(value: str) -> str:
    if not _IRI.fullmatch(value):
        raise ValueError(value)
    return URIRef(value).n3()


def _text(value: str) -> str:
    value.encode()  # a lone surrogate is no text; UnicodeEncodeError is a ValueError
    return Term(value).n3()
