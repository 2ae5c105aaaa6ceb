"""The deadlines of a body as a calendar file."""

from flask import Blueprint, Response

from chidao.web.chain_views import analysed
from chidao.web.reader import identified

blueprint = Blueprint("calendar", __name__)


@blueprint.get("/calendar/<path:path>.ics")
def calendar(path: str) -> Response:
    """``/calendar/quang-ninh/ba-che/uy-ban-nhan-dan.ics``; bodies of one source as ``/calendar/source/….ics``."""
    body = identified(path if path.startswith("source/") else f"body/{path}")
    answer = analysed("calendar", body=body.value)
    response = Response(answer.found["calendar"], content_type="text/calendar; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{path.replace("/", "-")}.ics"'
    return response
