"""The same IRIs for people and programs: which format a request for a thing asks for, and the thing's RDF."""

from flask import Response, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import NotAcceptable

from chidao.graph.errors import NotFoundError
from chidao.web.formats import GRAPH_FORMATS, Format, accepted_format, named_format
from chidao.web.sending import sent
from chidao.web.site import site

CSV = Format("csv", "text/csv")
PAGE = Format("html", "text/html", ("application/xhtml+xml",))

THING = """
CONSTRUCT { ?s ?p ?o } WHERE { $thing ?p ?o . BIND($thing AS ?s) } ORDER BY ?p ?o"""


def wanted_format(path: str) -> tuple[str, Format | None]:
    """The path without an ending such as ``.ttl``, and the format asked for; None is the page.

    An ending or ``?format=`` decides before the Accept header. Raises NotAcceptable where nothing fits.
    """
    stem, dot, ending = path.rpartition(".")
    by_ending = _named(ending) if dot else None
    if by_ending:
        return stem, by_ending
    if name := request.args.get("format"):
        found = _named(name)
        if found is None:
            raise NotAcceptable(f"there is no format {name!r}; there are: csv, {', '.join(GRAPH_FORMATS)}")
        return path, found
    return path, _accepted()


def _named(name: str) -> Format | None:
    return CSV if name == "csv" else named_format(name, GRAPH_FORMATS)


def _accepted() -> Format | None:
    offers = {PAGE.name: PAGE, **GRAPH_FORMATS, CSV.name: CSV}
    best = accepted_format(request.accept_mimetypes, offers)
    if best is None:
        raise NotAcceptable("this address answers in HTML, Turtle and the other formats of RDF")
    return None if best is PAGE else best


def described(template: str, thing: NamedNode, asked: Format) -> Response:
    """What ``template`` says about ``thing`` (its ``$document`` or ``$thing``). Raises NotFoundError."""
    if asked is CSV:
        raise NotAcceptable("only documents are given as CSV; ask for ttl or json")
    answer = site().reader.serialised(template, asked.name, document=thing, thing=thing)
    if answer.rows == 0:
        answer.body.close()
        raise NotFoundError(f"{thing.value}: nothing is stated about this in the texts that were loaded")
    return sent(answer, asked)
