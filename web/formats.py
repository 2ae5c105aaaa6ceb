"""The formats of answers: media types as they are asked for and sent, and the short names used in links."""

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
    "ttl": Format("ttl", "text/turtle", ("application/x-turtle", "text/plain")),
    "nt": Format("nt", "application/n-triples"),
    "rdf": Format("rdf", "application/rdf+xml", ("application/xml", "text/xml")),
    "jsonld": Format("jsonld", "application/ld+json", ("application/json",)),
    "trig": Format("trig", "application/trig"),
    "nq": Format("nq", "application/n-quads"),
}
NAMES = {"json-ld": "jsonld", "turtle": "ttl", "ntriples": "nt", "rdfxml": "rdf", "nquads": "nq"}


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
    """The best of ``formats`` under an Accept header (RFC 9110, 12.5.1); no header takes the first; None is a 406."""
    if not accept:
        return next(iter(formats.values()))
    offers = {asked: one for one in formats.values() for asked in reversed((one.media_type, *one.asked))}
    ranked = {one.media_type: one for one in formats.values()} | offers
    best = accept.best_match(list(ranked))
    return ranked[best] if best else None
