"""What a body carries: its lines of report and how many duties land on it, each figure with the list behind it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chidao.web import links
from chidao.web.document_graph import readings_description
from chidao.web.language import Language
from chidao.web.links import Link
from chidao.web.marks import Quote
from chidao.web.reader import Reader
from chidao.web.readings import Readings

Figures = tuple[tuple[str, int, str], ...]
"""Key of a word, how many duties, address of their list."""


@dataclass(frozen=True, slots=True)
class ReportingLine:
    """Who reports to whom, via whom, and how often; the first ``quotes`` of ``count`` duties, and their list."""

    bearer: Link
    recipient: Link
    via: Link
    recurrence: str
    count: int
    quotes: tuple[Quote, ...]
    url: str


@dataclass(frozen=True, slots=True)
class BodyLoad:
    """``duties`` counts each once; ``left_out`` counts the lines that are not shown."""

    lines: tuple[ReportingLine, ...]
    left_out: int
    duties: int
    url: str
    roles: Figures
    levels: Figures
    rates: Figures
    dated: tuple[int, str]


def body_load(reader: Reader, body: str, language: Language) -> BodyLoad:
    """The load of a body (an IRI)."""
    found = reader.analysis("load", body=body, lang=language).found
    norms = [norm for line in found["lines"] for norm in line["norms"]]
    readings = Readings(readings_description(reader, norms), language)
    return BodyLoad(
        tuple(_line(line, body, readings) for line in found["lines"]),
        found["left_out"],
        found["duties"],
        links.duties(body=body),
        _figures(found["roles"], body, "role"),
        _figures(found["levels"], body, "level"),
        _figures(found["rates"], body, "often"),
        (found["dated"], links.duties(body=body, **{"from": "01/01/1945"})),
    )


def _line(line: Mapping[str, Any], body: str, readings: Readings) -> ReportingLine:
    bearer, recipient, via = (Link(label, links.page(iri)) if iri else Link("") for iri, label in _ends(line))
    quotes = tuple(quote for norm in line["norms"] for quote in readings.quotes(norm)[:1])
    role = {"role": "recipient"} if line["recipient"][0] == body else {}
    url = links.duties(body=body, **role)
    return ReportingLine(bearer, recipient, via, line["recurrence"], line["count"], quotes, url)


def _ends(line: Mapping[str, Any]) -> list[tuple[str, str]]:
    return [line["bearer"], line["recipient"], line["via"]]


def _figures(counted: Mapping[str, int], body: str, argument: str) -> Figures:
    return tuple((key, n, links.duties(body=body, **{argument: key}) if key else "") for key, n in counted.items())
