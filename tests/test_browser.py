"""The pages in a real browser: nothing leaves the machine, nothing hostile runs, the keyboard reaches everything."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import WIDTHS, check, serving, visiting
from curate_samples import publish_open_questions
from PIL import Image
from playwright.sync_api import Browser, Page
from site_samples import SAMPLES, sample_record

import chidao
from chidao.web.app import create_app
from chidao.web.limits import Limits
from chidao.web.site import site_of

DOCUMENT = "quang-ninh/ba-che/huyen-uy/2021/ct-07"
HOSTILE_DOCUMENT = "quang-ninh/ba-che/don-dac/dang-uy/2021/nq-03"
SOURCE = "/source/" + sample_record(SAMPLES[-1])[0].source.sha256[:16]
PAGES = (
    "/", "/?q=07+ct+hu", "/about", f"/document/{DOCUMENT}", f"/document/{HOSTILE_DOCUMENT}", "/body/quang-ninh/tinh-uy",
    "/body/quang-ninh/tinh-uy?date=2021-11-01", "/chain", f"/chain?p={DOCUMENT}", f"/graph/{HOSTILE_DOCUMENT}",
    f"/graph/{HOSTILE_DOCUMENT}?picture=1", f"/gaps?document={DOCUMENT}", "/lag", f"/lag?document={DOCUMENT}",
    f"/compare?document={DOCUMENT}", "/trace", "/trace?phrase=script", "/diff?parent=07-CT/HU",
    f"/diff?parent={DOCUMENT}&child={HOSTILE_DOCUMENT}", "/duties", "/ontology",
    "/sparql?example=documents", "/sparql?example=chain-above&run=1", "/sparql?query=SELECT+*+{?s+<http://purl.org/dc/terms/title>+?o}", SOURCE, f"{SOURCE}/group/cac-don-vi",
    "/resource?iri=https://w3id.org/chidao/ontology%23implements", "/sparql?view=result&query=CONSTRUCT+WHERE+{?s+?p+?o}",
)  # fmt: skip
HOSTILE = "</script><script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
ASKED = (f"/?q={HOSTILE}", f"/trace?phrase={HOSTILE}", f"/chain?p={HOSTILE}", f"/sparql?query={HOSTILE}")
ASKED += tuple(f"/sparql?example=chain-above&run=1&param.document={words}" for words in (HOSTILE, "thu+nghiem"))
ASKED += tuple(f"/{name}?document={HOSTILE}" for name in ("gaps", "lag", "compare", "duties", "diff"))
OPEN_PAGES = (
    "/curate?kind=citations", "/curate?kind=bearers", "/curate?kind=identified", "/curate?kind=decisions", "/duties",
    f"/document/{DOCUMENT}", f"/diff?parent=quang-ninh/tinh-uy/2016/ct-18&child={DOCUMENT}",
)  # fmt: skip

pytestmark = pytest.mark.browser
pytest_plugins = ("browsing",)


@pytest.fixture(scope="module")
def open_address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site over a store with open questions, with the page that settles them."""
    data = publish_open_questions(tmp_path_factory.mktemp("open") / "data")
    made = create_app(data, Limits(workers=1), curate=True)
    with serving(made) as served:
        yield served
    site_of(made).pool.close()


@pytest.fixture(scope="module")
def curator(browser: Browser, open_address: str) -> Iterator[tuple[Page, list[str]]]:
    """One visitor for all pages of the site with open questions."""
    with visiting(browser, open_address) as visit:
        yield visit


@pytest.mark.parametrize(("path", "language"), [*product(PAGES, WIDTHS), *product(ASKED, ["en"])])
def test_a_page_loads_alone_fits_the_screen_bars_no_reader_and_runs_no_text(
    reader: tuple[Page, list[str]], path: str, language: str
) -> None:
    check(reader, path, language, refused=path in ASKED)


@pytest.mark.parametrize(("path", "language"), list(product(OPEN_PAGES, WIDTHS)))
def test_so_does_a_page_of_the_site_that_settles_open_questions(
    curator: tuple[Page, list[str]], path: str, language: str
) -> None:
    check(curator, path, language)


def test_the_picture_draws_in_its_sandbox_and_a_tooltip_runs_nothing(page: Page) -> None:
    page.goto(f"/graph/{HOSTILE_DOCUMENT}?picture=1", wait_until="networkidle")
    assert page.evaluate("network.getPositions !== undefined && nodes.length") > 4
    page.evaluate("network.canvas.body.emitter.emit('hoverNode', {node: 0})")
    assert page.evaluate("origin") == "null"
    assert page.evaluate("window.hacked") is None


def test_what_is_searched_in_the_picture_is_selected(page: Page) -> None:
    """Without marks too; the frame, the file and the notebook have the same search box."""
    page.goto(f"/graph/{DOCUMENT}?picture=1", wait_until="networkidle")
    page.fill("#picture-search", "uy ban nhan dan huyen ba che")
    assert page.evaluate("network.getSelectedNodes().map(id => nodes.get(id).label)") == [
        page.evaluate("nodes.get().find(node => (node.label || '').includes('112/KH-UBND')).label")
    ]
    assert page.inner_text("#picture-count") == "1"


def test_a_click_in_the_picture_leads_to_the_page_of_the_document(page: Page) -> None:
    page.goto(f"/graph/{DOCUMENT}?lang=en", wait_until="networkidle")
    inner = page.frames[1]
    place = inner.evaluate(
        "network.canvasToDOM(network.getPosition(nodes.get().find(n => n.label.includes('18-CT/TU')).id))"
    )
    bar = inner.evaluate("document.getElementById('mynetwork').getBoundingClientRect().top")
    with page.expect_navigation():
        page.locator("iframe.picture").click(position={"x": place["x"], "y": place["y"] + bar})
    assert urlsplit(page.url).path == "/document/quang-ninh/tinh-uy/2021/ct-18"


def test_a_message_that_is_no_number_leads_nowhere(page: Page) -> None:
    """The frame holds texts of documents: what it says may only choose from the list of the page."""
    page.goto(f"/graph/{DOCUMENT}", wait_until="networkidle")
    before = page.url
    for said in ("{open: 'javascript:alert(1)'}", "{open: 99}", "{open: -1}", "null", "'x'", "{open: {}}"):
        page.frames[1].evaluate(f"parent.postMessage({said}, '*')")
    page.evaluate("window.postMessage({open: 0}, '*')")
    page.wait_for_timeout(300)
    assert page.url == before


def test_the_picture_can_be_saved_as_png(page: Page, tmp_path: Path) -> None:
    """Drawn in the browser from the SVG, twice as fine."""
    page.goto(f"/graph/{DOCUMENT}", wait_until="networkidle")
    with page.expect_download() as started:
        page.click("#picture-png")
    started.value.save_as(tmp_path / "chain.png")
    with Image.open(tmp_path / "chain.png") as image:
        assert image.width > 2000
        assert len(image.convert("RGB").getcolors(maxcolors=1_000_000) or []) > 10


def test_the_picture_of_a_notebook_draws_without_a_network(page: Page, tmp_path: Path, published: Path) -> None:
    """As a notebook shows it: a sandboxed frame within a page that has nothing else."""
    with chidao.open(published) as corpus:
        markup = corpus.chain("07-CT/HU").show()._repr_html_()
    (tmp_path / "cell.html").write_text(f"<!doctype html><meta charset=utf-8>{markup}", encoding="utf-8")
    page.context.unroute_all()
    page.goto((tmp_path / "cell.html").as_uri())
    inner = page.frames[1]
    inner.wait_for_function("network.body.nodeIndices.length > 4")
    assert inner.evaluate("[origin, window.hacked]") == ["null", None]


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
