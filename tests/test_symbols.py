"""Number and symbol in every spelling, and the types that words and codes mean."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.graph.names import Symbol
from chidao.loaders.symbols import as_letter, find_symbols, letter_at, parse_symbol
from chidao.loaders.types import code_for, settled_code, type_word


@pytest.mark.parametrize(
    ("raw", "normal"),
    [
        ("07-CT/HU", "07-CT/HU"),
        ("07 -CT/HU", "07-CT/HU"),
        ("632 - CV/HU", "632-CV/HU"),
        ("119- KH/TU", "119-KH/TU"),
        ("367 - QĐ/TWĐTN-VP", "367-QĐ/TWĐTN-VP"),
        ("27-LCT/HĐNN8", "27-LCT/HĐNN8"),
        ("16/CT-TTg", "16/CT-TTg"),
        ("13/CT- TTg", "13/CT-TTg"),
        ("15 /2014/QÐ-UBND", "15/2014/QĐ-UBND"),
        ("30/2020/NĐ-CP", "30/2020/NĐ-CP"),
        ("30c/NQ-CP", "30c/NQ-CP"),
        ("66.4/2025/NQ-CP", "66.4/2025/NQ-CP"),
        ("12/CĐ.UBND", "12/CĐ-UBND"),
        ("11/2004/TTLT-BNN - BNV", "11/2004/TTLT-BNN-BNV"),
        ("202/2025/QH15", "202/2025/QH15"),
        ("76/2025/UBTVQH15", "76/2025/UBTVQH15"),
        ("932/UBND-KGVX", "932/UBND-KGVX"),
        ("545/CCTKV.VIII-CNTK", "545/CCTKV.VIII-CNTK"),
        ("285/CCTTHC", "285/CCTTHC"),
        # typed without marks, in capitals, with look-alike letters, without the hyphen
        ("30/2020/ND-CP", "30/2020/NĐ-CP"),
        ("1165/QD-TTg", "1165/QĐ-TTg"),
        ("27-CTR/TU", "27-CTr/TU"),
        ("16/CT-TTG", "16/CT-TTg"),
        ("105/2025/TT-BTС", "105/2025/TT-BTC"),
        ("1961/QĐUBND", "1961/QĐ-UBND"),
        ("61/2018/NĐCP", "61/2018/NĐ-CP"),
        ("10/2024/TTBTC", "10/2024/TT-BTC"),
        # a type code that nobody knows, before a Party committee's code
        ("12-XY/TW", "12-XY/TW"),
        # not symbols
        ("24/7", None),
        ("TCVN/ISO", None),
        ("19/10/2021", None),
        ("CT/TU", None),
        ("01-10/2025/CV-TKV", None),
    ],
)
def test_spellings_have_one_normal_form(raw: str, normal: str | None) -> None:
    symbol = parse_symbol(raw)
    assert (str(symbol) if symbol else None) == normal


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Quyết định số 84 QĐ/TWĐTN ngày 22/02/2013", [("84-QĐ/TWĐTN", ("lost_hyphen",))]),
        ("Số: 4153\tCT/TU", []),
        ("217/QĐ-TW", [("217/QĐ-TW", ("state_punctuation",))]),
        ("Luật số 13/2008/QH112", [("13/2008/QH11", ())]),
        ("07-CT/HU, 18-CT/TU và 16/CT-TTg", [("07-CT/HU", ()), ("18-CT/TU", ()), ("16/CT-TTg", ())]),
        ("ngày 19/10/2021/QĐ", []),
        ("932/UBND-KGVX", []),
    ],
)
def test_symbols_in_running_text(text: str, found: list[tuple[str, tuple[str, ...]]]) -> None:
    """An arrival number is no part of a symbol, a footnote's digit neither; letters are found only when asked for."""
    assert [(str(s.symbol), s.flags) for s in find_symbols(text)] == found


def test_letters_are_found_when_asked_for() -> None:
    text = "công văn số 932/UBND-KGVX và Mẫu số 01/MGTH"
    assert [str(s.symbol) for s in find_symbols(text, letters=True)] == ["932/UBND-KGVX", "01/MGTH"]
    at = letter_at(text, text.index("932"))
    assert at is not None
    assert text[at.start : at.end] == "932/UBND-KGVX"
    assert letter_at(text, 0) is None


def test_a_letter_in_the_dress_of_a_directive() -> None:
    """The công văn 5348/CT-CS is of Cục Thuế (CT), drafted by CS."""
    symbol = parse_symbol("5348/CT-CS")
    assert symbol is not None
    assert as_letter(symbol) == Symbol("letter", "5348", None, "CT", None, "CS")


def test_the_attested_symbols(shared: Path) -> None:
    """All symbols of the domain's table are read, but two: one lost its number, one its separator."""
    with (shared / "domain" / "symbols-examples.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    unread = [row["raw"] for row in rows if parse_symbol(row["raw"]) is None]
    assert unread == ["CT/TU", "84 QĐ/TWĐTN"]
    for row in rows:
        symbol = parse_symbol(row["raw"])
        if symbol and row["number"]:
            assert (symbol.number, str(symbol.year or "")) == (row["number"], row["year"])


numbers = st.integers(1, 99999).map(str) | st.integers(1, 99).map(lambda n: f"{n:02}")
years = st.none() | st.integers(1946, 2039)
symbols = st.one_of(
    st.builds(
        lambda n, t, i: Symbol("party", n, t, i),
        numbers,
        st.sampled_from(["CT", "NQ", "QĐ", "CTr", "KL"]),
        st.sampled_from(["TW", "TU", "HU", "BTCTW"]),
    ),
    st.builds(
        lambda n, y, t, i: Symbol("state", n, t, i, y),
        numbers,
        years,
        st.sampled_from(["CT", "QĐ", "NĐ", "KH", "TTr"]),
        st.sampled_from(["TTg", "CP", "UBND", "BYT", "SGD&ĐT"]),
    ),
    st.builds(
        lambda n, y, k: Symbol("assembly", n, None, f"QH{k}", y),
        st.integers(1, 9999).map(str),
        st.integers(1946, 2039),
        st.integers(1, 19),
    ),
    st.builds(
        lambda n, i, u: Symbol("letter", n, None, i, None, u),
        numbers,
        st.sampled_from(["UBND", "BYT", "VPCP", "STC"]),
        st.sampled_from([None, "KT", "KGVX", "V.I"]),
    ),
)


@given(symbols)
def test_normal_form_is_read_back(symbol: Symbol) -> None:
    assert parse_symbol(str(symbol)) == symbol


@given(symbols, st.text(alphabet="sốngày, .;(Đ", max_size=12), st.text(alphabet=" ,.;)ngày", max_size=8))
def test_offsets_are_those_of_the_symbol(symbol: Symbol, before: str, after: str) -> None:
    """Found between other words, a symbol's offsets cut out a spelling of it."""
    text = f"{before} {symbol} {after}"
    found = list(find_symbols(text, letters=True))
    assert [parse_symbol(text[s.start : s.end]) for s in found] == [symbol]


@pytest.mark.parametrize(
    ("code", "word", "settled"),
    [
        ("TT", "Tờ trình", "TTr"),
        ("QĐ", "Quy định", "QĐi"),
        ("QĐ", "quyết định", "QĐ"),
        ("CTr", "Chương trình hành động", "CTr"),
        ("TB", "thông báo kết luận", "TB"),
        (None, "Luật", "L"),
        (None, "BỘ LUẬT", "BL"),
        ("KH", None, "KH"),
        ("KH", "bản tin", "KH"),
        (None, None, None),
    ],
)
def test_the_word_beside_the_symbol_wins(code: str | None, word: str | None, settled: str | None) -> None:
    assert settled_code(code, word) == settled


@pytest.mark.parametrize(("word", "code"), [("CHỈ\n THỊ", "CT"), ("nghị quyết liên tịch", "NQLT"), ("bài báo", None)])
def test_code_of_a_word(word: str, code: str | None) -> None:
    assert code_for(word) == code


def test_the_longest_type_word_is_found() -> None:
    found = type_word().search("theo thông tư liên tịch số 1")
    assert found is not None
    assert found["word"] == "thông tư liên tịch"
