"""Marking quotes never changes the text, whatever the quotes overlap."""

import re
from html import unescape

import pytest
from flask import Flask, render_template_string
from hypothesis import given
from hypothesis import strategies as st

from chidao.web.marks import Quote, segments

texts = st.text(max_size=80)


@st.composite
def quoted_texts(draw: st.DrawFn) -> tuple[str, list[Quote]]:
    """A text, and quotes in it and beyond it."""
    text = draw(texts)
    place = st.integers(-2, len(text) + 3)
    kinds = st.sampled_from(["head", "norm"])
    return text, draw(st.lists(st.builds(Quote, st.just("s/0123456789abcdef"), place, place, kind=kinds), max_size=8))


@given(quoted_texts())
def test_the_pieces_joined_are_the_text(case: tuple[str, list[Quote]]) -> None:
    text, quotes = case
    assert "".join(piece.text for piece in segments(text, quotes)) == text


@given(quoted_texts())
def test_each_quote_covers_its_own_code_points_and_has_one_anchor(case: tuple[str, list[Quote]]) -> None:
    text, quotes = case
    pieces = segments(text, quotes)
    for quote in {one for one in quotes if 0 <= one.start < one.end <= len(text)}:
        assert "".join(piece.text for piece in pieces if quote in piece.quotes) == text[quote.start : quote.end]
        assert sum(piece.anchors.count(quote.id) for piece in pieces) == 1


@given(quoted_texts())
def test_the_page_without_its_tags_is_the_text(app_once: Flask, case: tuple[str, list[Quote]]) -> None:
    text, quotes = case
    template = "{% import 'parts.html' as parts %}{{ parts.source_text(text) }}"
    with app_once.test_request_context():
        page = render_template_string(template, text={"segments": segments(text, quotes)})
    assert unescape(re.sub(r"<[^>]*>", "", page)) == text


@pytest.fixture(scope="module")
def app_once(app: Flask) -> Flask:
    """The site, for many examples."""
    return app


def test_overlapping_quotes_are_cut_where_one_begins_or_ends() -> None:
    first, second = Quote("s/a", 0, 5, kind="norm"), Quote("s/a", 3, 8, kind="citation")
    pieces = segments("abcdefghij", [second, first])
    assert [(piece.text, piece.kinds) for piece in pieces] == [
        ("abc", "norm"),
        ("de", "norm citation"),
        ("fgh", "citation"),
        ("ij", ""),
    ]
