"""The pages in a real browser: nothing leaves the machine, nothing hostile runs, the keyboard reaches everything."""

import os
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, ConsoleMessage, Page, Route, sync_playwright
from werkzeug.serving import make_server

CHROMIUM = Path("/usr/bin/chromium")
DOCUMENT = "quang-ninh/ba-che/huyen-uy/2021/ct-07"
HOSTILE_DOCUMENT = "quang-ninh/ba-che/don-dac/dang-uy/2021/nq-03"
PAGES = (
    "/", "/?q=07+ct+hu", "/about", f"/document/{DOCUMENT}", f"/document/{HOSTILE_DOCUMENT}", "/body/quang-ninh/tinh-uy",
    "/chain", f"/chain?p={DOCUMENT}", f"/graph/{HOSTILE_DOCUMENT}", "/sparql?example=chain-above&run=1",
    "/sparql?query=SELECT+*+{?s+<http://purl.org/dc/terms/title>+?o}",
)  # fmt: skip

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(app: Flask) -> Iterator[str]:
    """The site, served on this machine."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()


@pytest.fixture(scope="module")
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


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """A new visitor; a request to another host, an error or a broken policy fails the test."""
    problems: list[str] = []

    def guard(route: Route) -> None:
        if urlsplit(route.request.url).netloc == urlsplit(address).netloc:
            route.continue_()
        else:
            problems.append(f"asked for {route.request.url}")
            route.abort()

    def listen(message: ConsoleMessage) -> None:
        if message.type == "error":
            problems.append(message.text)

    context = browser.new_context(base_url=address, viewport={"width": 1400, "height": 900}, locale="en")
    context.route("**/*", guard)
    opened = context.new_page()
    opened.on("console", listen)
    opened.on("pageerror", lambda error: problems.append(str(error)))
    yield opened
    context.close()
    assert problems == []


@pytest.mark.parametrize("width", [1400, 360])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_loads_alone_fits_the_screen_and_runs_no_text(page: Page, path: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 740})
    page.goto(path, wait_until="networkidle")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert [frame.evaluate("window.hacked") for frame in page.frames] == [None] * len(page.frames)


def test_the_picture_draws_in_its_sandbox_and_a_tooltip_runs_nothing(page: Page) -> None:
    page.goto(f"/graph/{HOSTILE_DOCUMENT}?picture=1", wait_until="networkidle")
    assert page.evaluate("network.getPositions !== undefined && nodes.length") > 4
    page.evaluate("network.canvas.body.emitter.emit('hoverNode', {node: 0})")
    assert page.evaluate("origin") == "null"
    assert page.evaluate("window.hacked") is None


def test_the_explorer_leads_from_the_centre_to_a_commune_by_keyboard(page: Page) -> None:
    page.goto("/chain?lang=en")
    for level, name in zip(
        ("central", "province", "district", "commune"), ("05-CT/TW", "18-CT/TU", "07-CT/HU", "03-NQ/ĐU"), strict=True
    ):
        column = page.locator(f"section[aria-labelledby=column-{level}]")
        row = column.locator(".rows a", has_text=name)
        column.locator(".rows a").first.focus()
        for _ in range(column.locator(".rows a").count()):
            if row.evaluate("row => row === document.activeElement"):
                break
            page.keyboard.press("ArrowDown")
        with page.expect_navigation():
            page.keyboard.press("Enter")
        column.locator("li.chosen", has_text=name).wait_for()
    assert page.locator("#details h2").inner_text().startswith("Resolution 03-NQ/ĐU")
    assert page.url.count("p=") == 4


def test_arrow_keys_cross_the_columns(page: Page) -> None:
    page.goto(f"/chain?p={DOCUMENT}")
    page.locator("section[aria-labelledby=column-central] .rows a").first.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.getAttribute('aria-current')") == "true"


def test_a_quote_leads_to_its_marks_in_the_text(page: Page) -> None:
    page.goto(f"/document/{DOCUMENT}")
    page.locator(".norms a.quote").first.click()
    assert page.locator("mark.shown").count() == 3  # the duty is cut by the name of the body that received the document
    shown = "".join(page.locator("mark.shown").all_inner_texts())
    assert shown.startswith("1. Sở Thử nghiệm")
    assert shown.endswith("trước ngày 15/12/2021.")


def test_the_pages_work_without_scripts(browser: Browser, address: str) -> None:
    context = browser.new_context(base_url=address, java_script_enabled=False)
    page = context.new_page()
    page.goto("/?lang=en")
    page.fill("#q", "07 ct hu")
    page.press("#q", "Enter")
    page.click("text=Chỉ thị 07-CT/HU")
    page.click("text=Show in the chain")
    page.click("text=Resolution 03-NQ/ĐU")
    assert "Resolution 03-NQ/ĐU" in page.locator("#details").inner_text()
    context.close()
