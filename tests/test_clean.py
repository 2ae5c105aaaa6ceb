"""Cleaning keeps the way back: every quote stands in the untouched source."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.loaders.clean import clean

MARKS = st.text(st.sampled_from("aâăeêuyủ đĐÐ̣́̀̉\u200b\u00ad*|\\-#_\n\r–\u00a0“”x1"), max_size=40)


@pytest.mark.parametrize(
    ("source", "text"),
    [
        ("với phương châm **“4 tại chỗ”**;", "với phương châm “4 tại chỗ”;"),
        ("kinh tế \\- xã hội", "kinh tế - xã hội"),
        ("# QUYẾT ĐỊNH\nVề việc", "QUYẾT ĐỊNH\nVề việc"),
        ("__Nơi nhận__:", "Nơi nhận:"),
        ("15/2014/QÐ-UBND", "15/2014/QĐ-UBND"),
        ("632\u00a0–\u00a0CV/HU", "632 - CV/HU"),
        ("| Số: 24/CT-UBND |", "\n Số: 24/CT-UBND \n"),
        (unicodedata.normalize("NFD", "Huyện ủy Sơn Dương"), "Huyện ủy Sơn Dương"),
        ("Ba\u200b Chẽ\u00ad", "Ba Chẽ"),
    ],
)
def test_what_is_dropped_and_replaced(source: str, text: str) -> None:
    """Marks of layout go, letters are composed, nothing is corrected."""
    assert clean(source).text == text


@pytest.mark.parametrize(
    ("source", "word", "quoted"),
    [
        ("gọi **“4 tại chỗ”** là", "“4 tại chỗ”", "“4 tại chỗ”"),
        (unicodedata.normalize("NFD", "của Tỉnh ủy."), "Tỉnh ủy", unicodedata.normalize("NFD", "Tỉnh ủy")),
        ("a\u200bb c", "ab", "a\u200bb"),
        ("qua Ủy ban\n\n4\n\nnhân dân", "Ủy ban\nnhân dân", "Ủy ban\n\n4\n\nnhân dân"),
    ],
)
def test_a_quote_is_what_stands_in_the_source(source: str, word: str, quoted: str) -> None:
    """Offsets of a span lead into the source, with every mark that stands there."""
    cleaned = clean(source)
    start = cleaned.text.index(word)
    span = cleaned.span(start, start + len(word))
    assert (span.exact, source[span.start : span.end]) == (quoted, quoted)


@given(st.one_of(st.text(max_size=60), MARKS), st.data())
def test_every_span_quotes_its_source(source: str, data: st.DataObject) -> None:
    """Whatever the source, text[start:end] == exact, and the clean words are the quoted ones composed."""
    cleaned = clean(source)
    assert len(cleaned.key) == len(cleaned.text)
    start = data.draw(st.integers(0, len(cleaned.text)))
    end = data.draw(st.integers(start, len(cleaned.text)))
    if cleaned.text[start:end].strip():
        span = cleaned.span(start, end)
        assert source[span.start : span.end] == span.exact != ""
        assert clean(span.exact).text.strip("\n ") == cleaned.text[start:end].strip() or "#" in source
    else:
        with pytest.raises(ValueError, match="no text"):
            cleaned.span(start, end)
