"""The tracer: any spelling of a slogan, first use, who took it up, who left it out, quotes from the untouched text."""

from pathlib import Path

import pytest
from chain_stores import opened

from chidao.graph.chains import resolve_document
from chidao.graph.errors import QueryError
from chidao.graph.trace import CARRIED, DROPPED, Trace, spellings, spread_rows, trace, trace_rows
from chidao.graph.wording import table
from chidao.ontology.spelling import key


def fates(found: Trace) -> dict[tuple[str, str], str]:
    return {(each.parent.rpartition("/")[2], each.child.rpartition("/")[2]): each.fate for each in found.passages}


@pytest.mark.parametrize("phrase", ["4 tại chỗ", "bốn tại chỗ", "04 TẠI CHỖ", " 4  tại chỗ "])
def test_variants_of_a_known_phrase(phrase: str) -> None:
    assert spellings(phrase) == ("4 tại chỗ", "bốn tại chỗ", "04 tại chỗ")


def test_any_other_phrase_is_itself() -> None:
    assert spellings("đèn  biển") == ("đèn biển",)


@pytest.mark.parametrize("phrase", ["", " ", "x", "x" * 101])
def test_too_short_or_too_long_is_refused(phrase: str) -> None:
    with pytest.raises(QueryError):
        spellings(phrase)


def test_no_two_known_phrases_share_a_spelling() -> None:
    known = [
        key(each) for row in table("slogans") for each in (row["phrase"], *filter(None, row["variants"].split(";")))
    ]
    assert len(set(known)) == len(known)


def test_the_four_on_the_spot_in_the_five_texts(corpus_data: Path) -> None:
    """First in Hải Dương (11/9/2020); from the directive of Ba Chẽ it came down into the district's plan."""
    store = opened(corpus_data)
    found = trace(store, corpus_data, "4 tại chỗ")
    rows = trace_rows(store, found)
    assert [(row["fate"], row["issued"]) for row in rows] == [
        ("first use", "2020-09-11"),
        ("taken up", "2021-07-23"),
        ("taken up", "2021-08-31"),
        ("taken up", "2021-10-19"),
        ("carried on", "2021-10-25"),
        ("taken up", None),
    ]
    assert rows[1]["quote"].count("“bốn tại chỗ”") == 1
    assert [passage.fate for passage in found.passages] == [CARRIED]


def test_the_double_digit_target_is_dropped_in_the_district(corpus_data: Path) -> None:
    """18-CT/TU is known by its title only, which states it; the title and report of 07-CT/HU do not."""
    store = opened(corpus_data)
    found = trace(store, corpus_data, "tăng trưởng hai con số")
    assert found.uses[0].document == resolve_document(store, "18-CT/TU")
    assert found.uses[0].where == "title"
    assert fates(found) == {("ct-18", "ct-07"): DROPPED}
    assert found.uses[1].document is None, "a report of two documents: the sentence belongs to neither for sure"


def test_quotes_stand_in_the_untouched_source(corpus_data: Path) -> None:
    store = opened(corpus_data)
    for use in trace(store, corpus_data, "4 tại chỗ").uses:
        (path,) = (corpus_data / "texts").glob(f"{use.source.rpartition('/')[2]}*.txt")
        text = path.read_bytes().decode()
        assert key(text[use.start : use.end]) in {"4 tại chỗ", "bốn tại chỗ"}


@pytest.mark.parametrize(
    ("phrase", "hits"),
    [
        ("sạt lở đất", True),
        ("SẠT LỞ  ĐẤT", True),
        ("ạt lở đấ", False),
        ("lũ quét, sạt lở", True),
        ("hoà", True),
        (".*", False),
        ("(((", False),
        ("[a-z]+", False),
    ],
)
def test_whole_words_in_any_spelling_and_no_patterns(sample_data: Path, phrase: str, hits: bool) -> None:
    assert bool(trace(opened(sample_data), sample_data, phrase).uses) is hits


def test_spread_and_disappearance_in_the_samples(sample_data: Path) -> None:
    """ "Lũ quét" goes down all levels; the Prime Minister's telegram leaves it out."""
    store = opened(sample_data)
    found = trace(store, sample_data, "lũ quét")
    assert fates(found)["ct-68", "cd-392"] in {CARRIED, DROPPED}
    rows = {row["level"]: row for row in spread_rows(found)}
    assert list(rows) == ["central", "province", "district", "commune"]
    assert rows["central"]["first"] == "2023-04-10"
    assert all(row["documents"] <= row["of_held"] + 1 for row in rows.values())
