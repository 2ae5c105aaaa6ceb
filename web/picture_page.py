"""The picture of a chain: a page around it, the picture itself in a sandbox, and the same file to take away."""

from flask import Blueprint, Response, render_template, request
from werkzeug.wrappers import Response as BaseResponse

from chidao.web import links
from chidao.web.chain_graph import MOST, chain_graph
from chidao.web.chain_svg import chain_svg
from chidao.web.chain_views import analysed
from chidao.web.language import chosen
from chidao.web.picture import SANDBOX, picture
from chidao.web.reader import identified
from chidao.web.site import site

blueprint = Blueprint("picture", __name__)
HTML, SVG = "text/html; charset=utf-8", "image/svg+xml; charset=utf-8"
FILES = {
    "graphml": "application/graphml+xml; charset=utf-8",
    "gexf": "application/gexf+xml; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
}


@blueprint.get("/graph/<path:path>")
def graph(path: str) -> BaseResponse | str:
    """``?picture=1`` is what the frame shows, ``?download=1`` the same as a file.

    ``?download=svg`` is a drawing; ``graphml``, ``gexf`` and ``csv`` hold the whole chain, also what is not drawn.
    """
    iri, language = identified(links.document_iri_path(path)), chosen(request)
    wanted = request.args.get("download", "")
    if wanted in FILES:
        text = analysed("chain", document=iri.value, form=wanted).found["text"]
        return _file(text, f"{path}.{wanted}", FILES[wanted])
    shown = chain_graph(site().reader, iri, language)
    if wanted == "svg":
        return _file(chain_svg(shown, language), f"{path}.svg", SVG)
    if wanted or "picture" in request.args:
        return _file(picture(shown, language), f"{path}.html" if wanted else "", HTML)
    return render_template(
        "picture.html", graph=shown, path=path, most=MOST, chain=links.chain(iri.value), page=links.page
    )


def _file(content: str, name: str, content_type: str) -> Response:
    """``content`` to be shown, or to be taken away under ``name``. CSV begins with a byte order mark, for Excel."""
    mark = "\ufeff" if content_type.startswith("text/csv") else ""
    response = Response(mark + content, content_type=content_type)
    response.headers["Content-Security-Policy"] = SANDBOX
    if name:
        response.headers["Content-Disposition"] = f'attachment; filename="{name.replace("/", "-")}"'
    return response
