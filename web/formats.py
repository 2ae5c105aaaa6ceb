"""The formats of answers: media types as they are asked for and sent, and the short names used in links."""

from collections.abc import Mapping
from dataclasses import dataclass

from werkzeug.datastructures import MIMEAccept


@dataclass(frozen=True, slots=True)
class Format:
    """``media_type`` is sent; ``asked`` are further types under which clients ask for the same thing."""

    name: str
    media_type: str
    asked: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """The header's value: the text formats say that they are UTF-8."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


RESULT_FORMATS = {
    "json": Format("json", "application/sparql-results+json", ("application/json",)),
    "xml": Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml")),
    "csv": Format("csv", "text/csv"),
    "tsv": Format("tsv", "text/tab-separated-values"),
}
GRAPH_FORMATS = {
    "ttl": Format("ttl", "text/turtle", ("application/x-turtle",)),
    "nt": Format("nt", "application/n-triples", ("text/plain",)),
    "rdf": Format("rdf", "application/rdf+xml", ("application/xml", "text/xml")),
    "jsonld": Format("jsonld", "application/ld+json", ("application/json",)),
    "trig": Format("trig", "application/trig"),
    "nq": Format("nq", "application/n-quads"),
}
NAMES = {  # further names in links; "rdf+xml" and "n3" are those of SPARQLWrapper
    "json-ld": "jsonld",
    "turtle": "ttl",
    "n3": "ttl",  # of which Turtle is a part
    "ntriples": "nt",
    "rdfxml": "rdf",
    "rdf+xml": "rdf",
    "nquads": "nq",
}


def formats_for(form: str) -> dict[str, Format]:
    """``form`` is the query's first keyword: SELECT and ASK give results, CONSTRUCT and DESCRIBE give a graph."""
    return GRAPH_FORMATS if form in ("CONSTRUCT", "DESCRIBE") else RESULT_FORMATS


def named_format(name: str, formats: dict[str, Format]) -> Format | None:
    """The format that a link asks for: a short name ("ttl", "json") or a media type."""
    name = name.strip().lower()
    if formats is GRAPH_FORMATS and name == "json":
        name = "jsonld"
    if formats is GRAPH_FORMATS and name == "xml":
        name = "rdf"
    by_type = (one for one in formats.values() if name == one.media_type or name in one.asked)
    return formats.get(NAMES.get(name, name)) or next(by_type, None)


def accepted_format(accept: MIMEAccept, formats: dict[str, Format]) -> Format | None:
    """The best of ``formats`` under an Accept header (RFC 9110, 12.5.1); no header takes the first; None is a 406.

    Among equally welcome ones it is what the header names most exactly, then what stands first in ``formats``.
    """
    if not accept:
        return next(iter(formats.values()))
    weights = range_weights(accept)
    best = max(formats.values(), key=lambda one: _welcome(weights, one))
    return best if _welcome(weights, best)[0] > 0 else None


def range_weights(accept: MIMEAccept) -> dict[str, float]:
    """The weight of each range in the header. Parameters such as ``charset`` are left out: all is sent in UTF-8."""
    weights: dict[str, float] = {}
    for name, weight in accept:
        plain = name.partition(";")[0].strip().lower()
        weights[plain] = max(weight, weights.get(plain, 0.0))
    return weights


def quality(weights: Mapping[str, float], media_type: str) -> tuple[float, int]:
    """The weight of ``media_type`` by the most exact range that covers it, and how exact that is: 0 (none) to 3."""
    for exact, name in ((3, media_type), (2, f"{media_type.partition('/')[0]}/*"), (1, "*/*"), (1, "*")):
        if name in weights:
            return weights[name], exact
    return 0.0, 0


def _welcome(weights: Mapping[str, float], one: Format) -> tuple[float, int]:
    """The weight of a format: by its own type, or by another of its names where the header has just that."""
    own = quality(weights, one.media_type)
    others = [(weights[name], 3) for name in one.asked if name in weights]
    return own if own[1] == 3 else max([own, *others])
