"""The site as a Flask application over one data folder."""

from pathlib import Path

from flask import Flask, Response, current_app, request

from chidao.web import (
    body_page,
    calendar_page,
    compare_page,
    completion,
    diff_page,
    document_page,
    duties_page,
    error_pages,
    explorer,
    gaps_page,
    graph_store,
    home_page,
    lag_page,
    load_page,
    ontology_page,
    parameter_choices,
    picture_page,
    resource_page,
    result_sheet,
    source_page,
    sparql,
    trace_page,
)
from chidao.web.compression import compressed
from chidao.web.curate_page import curate_blueprint
from chidao.web.language import COOKIE, chosen, words
from chidao.web.limits import Limits
from chidao.web.reader import Reader
from chidao.web.sending import SNAPSHOT
from chidao.web.site import Site, install, site
from chidao.web.templating import add_filters
from chidao.web.workers import Pool, current_snapshot

PAGE_ROWS = 1_000_000  # pages bound their own queries; the search reads every document
LONGEST_REQUEST = 512 * 1024  # bytes
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; object-src 'none'; "
        "base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
}
OPEN_TO_ALL = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, POST, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "*",  # nothing here depends on who asks
    "Access-Control-Max-Age": "86400",
    "Access-Control-Expose-Headers": (
        "X-Chidao-Snapshot, X-Chidao-Rows, X-Chidao-Truncated, X-Chidao-Limit, ETag, Retry-After, Allow"
    ),
}
PAGES = (
    body_page,
    calendar_page,
    compare_page,
    completion,
    diff_page,
    document_page,
    duties_page,
    explorer,
    gaps_page,
    graph_store,
    home_page,
    lag_page,
    load_page,
    ontology_page,
    parameter_choices,
    picture_page,
    resource_page,
    result_sheet,
    source_page,
    sparql,
    trace_page,
)


def create_app(data_dir: Path, limits: Limits, curate: bool = False, pool: Pool | None = None) -> Flask:
    """Make the site, with ``curate`` also the page that writes. Raises StoreError where nothing was published.

    ``pool`` answers in place of one over ``data_dir``.
    """
    current_snapshot(data_dir)
    app = Flask("chidao.web", static_folder="static", template_folder="templates")
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = LONGEST_REQUEST
    pool = pool or Pool(data_dir, limits)
    install(app, Site(data_dir, limits, pool, Reader(pool, PAGE_ROWS)))
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    if curate:
        app.register_blueprint(curate_blueprint())
    error_pages.register(app)
    add_filters(app)
    app.context_processor(_words)
    app.after_request(_dressed)
    return app


def _words() -> dict[str, object]:
    """What every template knows: the language, its words, and the address of the same page in the other language."""
    language = chosen(request)
    return {
        "language": language,
        "t": words(language),
        "other": "en" if language == "vi" else "vi",
        "curating": "curate" in current_app.blueprints,
    }


def _dressed(response: Response) -> Response:
    """Add the headers of every answer, and keep the language that was chosen by ``?lang=``."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers.setdefault(SNAPSHOT, current_snapshot(site().data_dir))
    if not response.vary:  # answers for programs say themselves what they depend on
        response.vary.update(("Accept", "Accept-Language", "Cookie"))
    if request.blueprint != "curate":  # no other site may read the page that writes
        for name, value in OPEN_TO_ALL.items():
            response.headers.setdefault(name, value)
    if request.args.get("lang") in ("vi", "en"):
        response.set_cookie(COOKIE, chosen(request), max_age=31_536_000, httponly=True, samesite="Lax")
    return compressed(response, request)
