"""The query editor and the forms of ready-made questions in a real browser, by keyboard."""

from collections.abc import Iterator

import pytest
from browsing import barriers
from playwright.sync_api import Browser, Page

pytest_plugins = ("browsing",)
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("editor")]

HOSTILE_TITLES = "SELECT ?title { ?document <http://purl.org/dc/terms/title> ?title }"


@pytest.fixture
def editor(reader: tuple[Page, list[str]]) -> Iterator[Page]:
    """The empty editor; an error, a broken policy or a stranger's request fails the test."""
    page, problems = reader
    if not page.locator("#query-editor[data-ready]").is_visible():
        opened(page, "/sparql?lang=en")
    page.evaluate("document.querySelector('.CodeMirror').CodeMirror.setValue('')")
    page.locator(".CodeMirror textarea").focus()
    yield page
    assert problems == []


def opened(page: Page, path: str) -> None:
    """Load a page with the editor, until that has all it completes."""
    page.goto(path)
    page.locator("#query-editor[data-ready]").wait_for()


def query(page: Page) -> str:
    """The text that the form would send."""
    return str(page.evaluate("document.getElementById('query').value"))


def sent(page: Page) -> None:
    """Press Ctrl+Enter and wait for the answer."""
    with page.expect_navigation():
        page.keyboard.press("Control+Enter")
    page.locator("#query-editor[data-ready]").wait_for()


@pytest.mark.parametrize(
    ("typed", "offered", "taken"),
    [
        ("SELECT * { ?d cd:iss", "cd:issued issued · property", "cd:issued"),
        ("SELECT * { ?d cd:ngay ban hanh", "cd:issued issued · property", "cd:issued"),
        ("SELECT * { ?d cd:Ngày ban hành", "cd:issued issued · property", "cd:issued"),
        ("SELECT * { ?d a cd:van ban", "cd:Document Document · class", "cd:Document"),
        ("SELECT * { ?d cd:level cd:cap huyen", "cd:district District · concept", "cd:district"),
        ("SELECT ?document { ?d", "?document variable", "?document"),
        ("SELECT * { GRAPH <", "<https://w3id.org/chidao/id/graph/ontology> graph", "graph/ontology>"),
    ],
)
def test_typing_offers_terms_by_name_and_by_label_without_marks(
    editor: Page, typed: str, offered: str, taken: str
) -> None:
    editor.keyboard.type(typed)
    editor.locator(".CodeMirror-hint", has_text=offered).first.wait_for()
    editor.keyboard.press("Enter")
    assert query(editor).endswith(taken)
    assert query(editor).startswith("PREFIX cd: <https://w3id.org/chidao/ontology#>") == taken.startswith("cd:")


def test_a_label_alone_is_found_when_asked_for(editor: Page) -> None:
    editor.keyboard.type("SELECT * { ?d ngay ban hanh")
    assert editor.locator(".CodeMirror-hint").count() == 0
    editor.keyboard.press("Control+ ")
    editor.locator(".CodeMirror-hint", has_text="cd:issued ").first.wait_for()
    editor.keyboard.press("Enter")
    assert query(editor).endswith("SELECT * { ?d cd:issued")


@pytest.mark.parametrize("typed", ["# cd:iss", 'SELECT ("cd:iss', "SELECT * { ?d cd:issued ?x", "SELECT * { ?d zz:iss"])
def test_nothing_is_offered_where_no_term_stands(editor: Page, typed: str) -> None:
    editor.keyboard.type(typed)
    editor.wait_for_timeout(100)
    assert editor.locator(".CodeMirror-hint").count() == 0


def test_a_known_prefix_is_declared_as_it_is_typed(editor: Page) -> None:
    editor.keyboard.type("SELECT * { ?d skos:")
    assert query(editor).startswith("PREFIX skos: <http://www.w3.org/2004/02/skos/core#>")


def test_a_query_runs_from_the_keyboard_and_what_is_hostile_in_its_answer_is_inert(editor: Page) -> None:
    editor.keyboard.insert_text(HOSTILE_TITLES)
    sent(editor)
    table = editor.locator("table.solutions")
    assert "<script>window.hacked=1</script>" in table.inner_text()
    assert table.locator("script, img").count() == 0
    assert editor.evaluate("window.hacked") is None
    assert query(editor).strip() == HOSTILE_TITLES


def test_the_keyboard_enters_and_leaves_the_editor(editor: Page) -> None:
    """Tab is not kept; the button behind the editor gives the plain field, with the same text, and back."""
    editor.keyboard.type("ASK {")
    editor.keyboard.press("Tab")
    assert editor.evaluate("document.activeElement.id") == "query-plain"
    editor.keyboard.press("Enter")
    assert editor.evaluate("document.activeElement.id") == "query"
    assert not editor.locator("#query-editor").is_visible()
    editor.keyboard.press("Control+End")
    editor.keyboard.type(" }")
    editor.keyboard.press("Tab")
    editor.keyboard.press("Enter")
    assert editor.evaluate("document.querySelector('.CodeMirror').CodeMirror.getValue()") == query(editor)
    assert query(editor).replace("\n", "").startswith("ASK {")
    editor.keyboard.press("Shift+Tab")
    assert not editor.evaluate("document.activeElement.closest('#query-editor')")


@pytest.mark.parametrize(
    ("path", "typed", "shown", "value"),
    [
        ("chain-above&lang=en", "07ct hu", "Directive 07-CT/HU", "document/quang-ninh/ba-che/huyen-uy/2021/ct-07"),
        (
            "chain-above&lang=vi",
            "nq 03",
            "Nghị quyết 03-NQ/ĐU",
            "document/quang-ninh/ba-che/don-dac/dang-uy/2021/nq-03",
        ),
        ("duties&lang=vi", "ban thuong vu tinh", "Ban Thường vụ Tỉnh ủy Quảng Ninh", "body/quang-ninh/tinh-uy"),
    ],
)
def test_a_picker_finds_without_marks_chooses_by_keyboard_and_runs(
    reader: tuple[Page, list[str]], path: str, typed: str, shown: str, value: str
) -> None:
    page, problems = reader
    opened(page, f"/sparql?example={path}")
    field = page.get_by_role("combobox").first
    assert (field.input_value(), field.get_attribute("aria-expanded")) == ("", "false")
    field.press_sequentially(typed)
    page.locator(".choices li", has_text=shown).first.wait_for()
    field.press("ArrowDown")
    assert page.locator(f"#{field.get_attribute('aria-activedescendant')}").get_attribute("aria-selected") == "true"
    assert barriers(page) == problems == []
    field.press("Enter")
    assert (field.input_value(), page.locator(".choices li:visible").count()) == (shown, 0)
    with page.expect_navigation():
        field.press("Enter")
    assert page.locator("#results").is_visible()
    assert f"id/{value}>" in query(page)
    assert page.get_by_role("combobox").first.input_value() == shown


def test_escape_closes_the_list_and_what_was_typed_is_asked_as_it_is(reader: tuple[Page, list[str]]) -> None:
    page, _ = reader
    opened(page, "/sparql?example=chain-above&lang=en")
    field = page.get_by_role("combobox").first
    field.press_sequentially("07 ct hu")
    page.locator(".choices li").first.wait_for()
    field.press("Escape")
    assert page.locator(".choices li:visible").count() == 0
    with page.expect_navigation():
        field.press("Enter")
    assert page.get_by_role("combobox").first.input_value() == "Directive 07-CT/HU"


@pytest.fixture
def unscripted(browser: Browser, address: str) -> Iterator[Page]:
    """A visitor without scripts."""
    context = browser.new_context(base_url=address, java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_scripts_the_forms_work_all_the_same(unscripted: Page) -> None:
    unscripted.goto("/sparql?example=chain-above&lang=en")
    assert not unscripted.locator("#query-plain").is_visible()
    unscripted.get_by_label("Document", exact=True).fill("ke hoach thu nghiem")
    unscripted.get_by_label("Document", exact=True).press("Enter")
    unscripted.locator("select#param-document").select_option(index=1)
    unscripted.get_by_role("button", name="Run").first.click()
    unscripted.locator("#results").wait_for()
    unscripted.get_by_label("SPARQL query").fill("ASK {}")
    unscripted.get_by_role("button", name="Run").last.click()
    unscripted.locator(".boolean", has_text="Yes").wait_for()


@pytest.mark.parametrize(("width", "language"), [(360, "vi"), (1300, "en")])
def test_the_list_of_suggestions_fits_the_screen_and_bars_no_reader(
    reader: tuple[Page, list[str]], width: int, language: str
) -> None:
    page, problems = reader
    page.set_viewport_size({"width": width, "height": 740})
    opened(page, f"/sparql?lang={language}")
    page.locator(".CodeMirror textarea").focus()
    page.keyboard.press("Control+Home")
    page.keyboard.insert_text("cd:")
    page.keyboard.type("v")
    page.locator(".CodeMirror-hint").first.wait_for()
    assert barriers(page) == problems == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = page.locator(".CodeMirror-hints").bounding_box()
    assert box
    assert 0 <= box["x"] <= box["x"] + box["width"] <= width
