"""The endpoint: the SPARQL 1.1 Protocol for programs; a browser gets the page for people instead."""

from flask import Blueprint, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.web.protocol import answer_format, asked_query, pinned_snapshot, read_question, require_utf8, wants_page
from chidao.web.sending import answered
from chidao.web.service_description import describe_dataset, describe_service
from chidao.web.site import site
from chidao.web.sparql_page import sparql_page

blueprint = Blueprint("sparql", __name__)


@blueprint.route("/sparql", methods=["GET", "POST"])
def sparql() -> BaseResponse | str:
    """SPARQL 1.1 Protocol, read-only."""
    require_utf8(request)
    if wants_page(request):
        return sparql_page()
    question = read_question(request)
    if question is None:
        return describe_service()
    asked = answer_format(request, question.form)
    return answered(asked_query(question, asked.name, site().limits.row_limit), asked, pinned_snapshot(request))


@blueprint.get("/.well-known/void")
def void() -> BaseResponse:
    """The VoID description of the dataset."""
    return describe_dataset()
