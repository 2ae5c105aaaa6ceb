"""Fixtures and checks of the tests in a real browser: the site served, Chromium, a visitor, what must hold of a page."""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Response, Route, sync_playwright
from werkzeug.serving import make_server

CHROMIUM = Path("/usr/bin/chromium")
WIDTHS = {"vi": (1300, 360), "en": (360, 1300)}  # a page is loaded at the first, then made as wide as the second


@contextmanager
def serving(app: Flask) -> Iterator[str]:
    """The address of a site, served on this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """The site over the invented documents."""
    with serving(app) as served:
        yield served


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium."""
    if not CHROMIUM.exists():
        reason = f"{CHROMIUM} is missing: apt-get install chromium fonts-noto-core"
        if os.environ.get("CHIDAO_REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=["--disable-gpu", "--no-sandbox"])
        yield launched
        launched.close()


@contextmanager
def visiting(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """A new visitor, and what went wrong so far: requests to another host, errors, broken policies."""
    problems: list[str] = []

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(address).netloc:
            route.continue_()
        else:
            problems.append(f"asked for {route.request.url}")
            route.abort()

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            problems.append(message.text)

    def receive(response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            problems.append(f"{response.status} {response.url}")

    context = browser.new_context(base_url=address, viewport={"width": 1400, "height": 900}, locale="en")
    context.route("**/*", guard)
    opened = context.new_page()
    opened.on("response", receive)
    opened.on("console", listen)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    yield opened, problems
    context.close()


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A new visitor; whatever goes wrong fails the test."""
    with visiting(browser, address) as (opened, problems):
        yield opened
    assert problems == []


@pytest.fixture(scope="module")
def reader(browser: Browser, address: str) -> Iterator[tuple[Page, list[str]]]:
    """One visitor for all pages."""
    with visiting(browser, address) as visit:
        yield visit


def barriers(page: Page) -> list[str]:
    """The serious and critical violations that axe-core finds on the page, with their places."""
    options = {"resultTypes": ["violations"], "iframes": False}  # the picture in the frame is a page of its own too
    found = Axe().run(page, options=options).response["violations"]
    return [
        f"{each['id']}: {node['html'][:200]} {node['failureSummary'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"][:3]
    ]


def check(visit: tuple[Page, list[str]], path: str, language: str, refused: bool = False) -> None:
    """The page loads without errors and strangers, fits every screen, bars no reader and runs no text; ``refused`` may have an error's status."""
    page, problems = visit
    problems.clear()
    for width in WIDTHS[language]:
        page.set_viewport_size({"width": width, "height": 740})
        if width == WIDTHS[language][0]:
            response = page.goto(f"{path}{'&' if '?' in path else '?'}lang={language}")
            assert refused or (response and response.ok)
            assert barriers(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("document.documentElement.lang") == language
    assert page.locator("[href^='javascript:' i], [onerror], main script:not([src]), img[src=x]").count() == 0
    assert [frame.evaluate("window.hacked") for frame in page.frames] == [None] * len(page.frames)
    assert problems == []
