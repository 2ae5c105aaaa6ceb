"""The endpoint: the SPARQL 1.1 Protocol for programs; a browser gets the page for people instead."""

from flask import Blueprint, Response, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.web.formats import GRAPH_FORMATS, accepted_format
from chidao.web.protocol import answer_format, read_question, require_utf8, wants_page
from chidao.web.sending import sent
from chidao.web.service_description import dataset_description, service_description, written
from chidao.web.site import site
from chidao.web.sparql_page import asked_query, sparql_page

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> BaseResponse | str:
    """SPARQL 1.1 Protocol, read-only."""
    require_utf8(request)
    if wants_page(request):
        return sparql_page()
    question = read_question(request)
    if question is None:
        return _described(service_description(request.base_url))
    asked = answer_format(request, question.form)
    return sent(site().pool.answer(asked_query(question, asked.name, site().limits.row_limit)), asked)


@blueprint.get("/.well-known/void")
def void() -> Response:
    """The VoID description of the dataset."""
    return _described(dataset_description(request.url_root))


def _described(triples: str) -> Response:
    asked = accepted_format(request.accept_mimetypes, GRAPH_FORMATS) or GRAPH_FORMATS["ttl"]
    return Response(written(triples, asked.name), content_type=asked.content_type)
