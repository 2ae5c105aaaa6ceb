"""The picture of a chain: a page around it, the picture itself in a sandbox, and the same file to take away."""

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.web import links
from chidao.web.chain_graph import MOST, chain_graph
from chidao.web.language import chosen
from chidao.web.picture import SANDBOX, picture
from chidao.web.reader import identified
from chidao.web.site import site

blueprint = Blueprint("picture", __name__)


@blueprint.get("/graph/<path:path>")
def graph(path: str) -> BaseResponse | str:
    """``?picture=1`` is what the frame shows, ``?download=1`` the same as a file."""
    iri = identified(links.document_iri_path(path))
    shown = chain_graph(site().reader, iri, chosen(request))
    if "download" in request.args or "picture" in request.args:
        return _file(picture(shown, chosen(request)), path, "download" in request.args)
    return render_template(
        "picture.html", graph=shown, path=path, most=MOST, chain=links.chain(iri.value), page=links.page
    )


def _file(content: str, path: str, download: bool) -> Response:
    response = Response(content, content_type="text/html; charset=utf-8")
    response.headers["Content-Security-Policy"] = SANDBOX
    if download:
        response.headers["Content-Disposition"] = f'attachment; filename="{path.replace("/", "-")}.html"'
    return response
