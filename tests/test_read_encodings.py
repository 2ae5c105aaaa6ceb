"""Old encodings of Vietnamese: recognised by their words, converted whole, left alone where in doubt."""

import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.loaders.formats.encodings import decoded, printable
from chidao.loaders.formats.legacy_letters import ENCODINGS, Encoding, detected, from_legacy, letters, repaired
from chidao.loaders.formats.syllables import is_vietnamese, syllable_share

SENTENCE = "Ủy ban nhân dân tỉnh yêu cầu các sở, ngành khẩn trương kiểm tra, báo cáo kết quả trước ngày 15 hằng tháng."
CAPITALS = "ĂÂĐÊÔƠƯ"


def written(text: str, encoding: Encoding) -> str:
    """``text`` as an old word processor stored it, read as Latin-1."""
    table = {letter: form for form, letter in sorted(letters(encoding).items())}
    if encoding == "tcvn3":  # its tone marks have no capitals: fonts of their own showed them
        table |= {letter.upper(): form for letter, form in table.items() if letter.upper() not in CAPITALS}
    return "".join(table.get(c, c) for c in text)


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_every_letter_goes_there_and_back(encoding: Encoding) -> None:
    """Sixty-seven letters with marks, and the capitals that the encoding has."""
    table = letters(encoding)
    assert {letter for letter in table.values() if letter.islower()} == {
        letter for letter in letters("tcvn3").values() if letter.islower()
    }
    for letter in set(table.values()):
        assert from_legacy(written(letter, encoding), encoding) == letter


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("path", sorted(Path(__file__).parent.parent.glob("samples/*.txt")), ids=lambda path: path.name)
def test_a_directive_goes_there_and_back(path: Path, encoding: Encoding) -> None:
    """All of it in VNI; in TCVN3 all but the capitals that it has not."""
    text = path.read_text(encoding="utf-8")
    back = repaired(written(text, encoding))
    assert (back == text) if encoding == "vni" else (back.lower() == text.lower())


@pytest.mark.parametrize(
    ("raw", "meant"),
    [
        ("Uû ban nh©n d©n tØnh yªu cÇu b¸o c¸o", "Uỷ ban nhân dân tỉnh yêu cầu báo cáo"),
        ("ñY BAN NH©N D©N TØNH QU¶NG NINH", "ỦY BAN NHÂN DÂN TỈNH QUẢNG NINH"),
        ("Sè 12-CT/TU cña Ban Th­êng vô TØnh ñy", "Số 12-CT/TU của Ban Thường vụ Tỉnh ủy"),
        ("UÛY BAN NHAÂN DAÂN tænh yeâu caàu baùo caùo", "ỦY BAN NHÂN DÂN tỉnh yêu cầu báo cáo"),
    ],
)
def test_forms_seen_in_old_texts(raw: str, meant: str) -> None:
    """Phrases in capitals are recognised by their other letters; a number line is none."""
    assert repaired(raw) == meant


def test_lines_in_unicode_stay_beside_converted_ones() -> None:
    """A document pasted together from two sources: only the old run is converted."""
    mixed = f"{SENTENCE} § 5 «Điều»\n{written(SENTENCE, 'tcvn3')}\n{SENTENCE}"
    assert repaired(mixed).lower() == f"{SENTENCE} § 5 «Điều»\n{SENTENCE}\n{SENTENCE}".lower()


@pytest.mark.parametrize(
    "text",
    [
        SENTENCE,
        "Diện tích 5 m², 20 °C, « trích », § 4, ½, ± 3",
        "Señor Núñez, Ångström, Ærø, über, façade, naïve",
        "café",
    ],
)
def test_what_is_unicode_stays_as_it_is(text: str) -> None:
    """Signs and foreign names that happen to be letters of an old encoding are no evidence."""
    assert repaired(text) == text


@given(st.text())
def test_repairing_never_fails_and_printing_keeps_the_length(text: str) -> None:
    """Whatever stands in it; offsets hold."""
    assert detected(text) in (None, *ENCODINGS)
    shown = printable(text)
    assert len(shown) == len(text)
    assert printable(shown) == shown


@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_none(content: bytes) -> None:
    """Decoding never fails."""
    assert decoded(content) is None or isinstance(decoded(content), str)


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "cp1258"])
def test_bytes_of_one_byte_encodings(encoding: str) -> None:
    """The words tell them apart."""
    if encoding == "cp1258":
        apart = ("".join(_cp1258(c)) for c in SENTENCE)
        content = "".join(apart).encode("cp1258")
    else:
        content = written(SENTENCE, encoding).encode("cp1252")  # type: ignore[arg-type]
    text = decoded(content)
    assert text is not None
    assert unicodedata.normalize("NFC", text).lower() == SENTENCE.lower()


def _cp1258(letter: str) -> str:
    tones = "\u0300\u0301\u0303\u0309\u0323"
    apart = unicodedata.normalize("NFD", letter)
    base = unicodedata.normalize("NFC", "".join(c for c in apart if c not in tones))
    return base + "".join(c for c in apart if c in tones)


@pytest.mark.parametrize(
    ("text", "expected"),
    [(SENTENCE, True), ("Les élèves ont été prévenus à l’hôtel.", False), ("no marks at all", False), ("", False)],
)
def test_vietnamese_or_not(text: str, expected: bool) -> None:
    """One letter in a hundred must be one that only Vietnamese has."""
    assert is_vietnamese(text) is expected


def test_syllables_of_real_sentences() -> None:
    """Words with marks are syllables; foreign ones are not."""
    assert syllable_share(SENTENCE)[0] == 1.0
    assert syllable_share("prévenus élèves hôtel")[0] < 0.5
