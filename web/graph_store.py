"""The SPARQL 1.1 Graph Store HTTP Protocol, for reading: a whole graph at an address, without a row limit.

Indirect: ``/rdf-graph-store?graph=IRI`` and ``?default``. Direct: ``/rdf-graph-store/…`` where that address is itself
the name of a graph, or its path the end of one of ours (``…/id/graph/register``: ``/rdf-graph-store/register``).
"""

from flask import Blueprint, Response, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest

from chidao.graph.errors import NotFoundError
from chidao.graph.names import graph_iri
from chidao.web.answers import LimitError, WholeGraph
from chidao.web.formats import GRAPH_FORMATS
from chidao.web.protocol import chosen_format, pinned_snapshot, require_utf8
from chidao.web.sending import answered

blueprint = Blueprint("graph_store", __name__)
PATH = "/rdf-graph-store"
HOW = f"name one graph: {PATH}?graph=IRI, or {PATH}?default for the merge of all"
WHOLE = (
    "{error} Graphs are given whole or not at all: ask for parts of this one with CONSTRUCT, LIMIT and OFFSET at "
    "/sparql, or have it written by `chidao export` on the machine that holds the data folder."
)


@blueprint.get(PATH)
def indirect() -> Response:
    """The graph that the address names in its query (Graph Store Protocol, 4.2)."""
    require_utf8(request)
    named = request.args.getlist("graph")
    if len(named) + ("default" in request.args) != 1:
        raise BadRequest(HOW)
    return _given(_absolute(named[0]) if named else None)


@blueprint.get(f"{PATH}/<path:path>")
def direct(path: str) -> Response:
    """The graph that the address itself names (Graph Store Protocol, 4.1)."""
    try:
        return _given(_absolute(request.base_url))
    except NotFoundError:
        return _given(_absolute(graph_iri(path)))


def _absolute(iri: str) -> str:
    try:
        return NamedNode(iri).value
    except ValueError as error:
        raise BadRequest(f"{iri!r} is not an absolute IRI ({error}); {HOW}") from error


def _given(graph: str | None) -> Response:
    """Raises NotFoundError where no such graph is published, LimitError where it is too long to be given whole."""
    asked = chosen_format(request, GRAPH_FORMATS, "a graph")
    try:
        return answered(WholeGraph(graph, asked.name), asked, pinned_snapshot(request))
    except LimitError as error:
        if error.retry_after is not None:
            raise
        raise LimitError(error.limit, WHOLE.format(error=f"{str(error).rstrip('.')}.")) from error
