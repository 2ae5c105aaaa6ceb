"""What the last load read, left open and refused, as the loaders wrote it down in DATA/report.json."""

import json
from collections.abc import Mapping
from typing import Any

from flask import Blueprint, render_template, request

from chidao.graph.errors import NotFoundError
from chidao.web.site import site

blueprint = Blueprint("load", __name__)
ROWS = 100
"""Files on one page."""


def last_report() -> Mapping[str, Any]:
    """The report, as `chidao load --report` writes it. Raises NotFoundError where there is none."""
    try:
        report: dict[str, Any] = json.loads((site().data_dir / "report.json").read_bytes())
    except (FileNotFoundError, ValueError):
        raise NotFoundError("there is no report of a load; the next `chidao load` writes one") from None
    return report


@blueprint.get("/load")
def load() -> str:
    """The counts, why files were refused and names stayed open, and a page of the files; their folders stay unsaid."""
    report = last_report()
    files, asked = report["files"], request.args.get("page", "")
    pages = max(1, -(-len(files) // ROWS))
    page = min(max(int(asked) if asked.isdecimal() and len(asked) < 9 else 1, 1), pages)
    return render_template(
        "load.html",
        report=report,
        files=files[(page - 1) * ROWS : page * ROWS],
        page=page,
        pages=pages,
        left_out=report["counts"]["files"] - len(files),
    )
