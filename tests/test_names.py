"""IRIs: one place mints them, they are readable, and what they say can be read back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chidao.graph.names import (
    DocumentKey,
    derived_iri,
    document_iri,
    document_key,
    local_iri,
    register_path,
    slug,
    source_graph_iri,
    source_iri,
    symbol_key,
)
from chidao.ontology.namespaces import ID


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Huyện ủy Ba Chẽ", "huyen-uy-ba-che"),
        ("QÐ", "qd"),  # U+00D0, as some portals print Đ
        ("30c/NQ-CP", "30c-nq-cp"),
        ("  --  ", ""),
    ],
)
def test_slug_folds_to_ascii_words(text: str, folded: str) -> None:
    assert slug(text) == folded


@pytest.mark.parametrize(
    ("arguments", "path"),
    [
        (("quang-ninh/ba-che/huyen-uy", 2021, "CT", "7"), "quang-ninh/ba-che/huyen-uy/2021/ct-07"),
        (("quang-ninh/ba-che/huyen-uy", 2021, "CT", "07"), "quang-ninh/ba-che/huyen-uy/2021/ct-07"),
        (("trung-uong/chinh-phu", 2011, "NQ", "30c"), "trung-uong/chinh-phu/2011/nq-30c"),
        (("thai-nguyen/uy-ban-nhan-dan", 2014, "QĐ", "21", True), "thai-nguyen/uy-ban-nhan-dan/2014/qd-21-qppl"),
    ],
)
def test_documents_are_named_by_series_year_type_and_number(arguments: tuple[str, int, str, str], path: str) -> None:
    assert document_iri(*arguments) == f"{ID}document/{path}"


def test_a_normative_act_is_another_document_than_the_individual_act_of_its_number() -> None:
    individual = document_iri("quang-ninh/uy-ban-nhan-dan", 2021, "QĐ", "21")
    normative = document_iri("quang-ninh/uy-ban-nhan-dan", 2021, "QĐ", "21", normative=True)
    assert normative == f"{individual}-qppl"


@given(
    series=st.from_regex(r"[a-z]{1,9}(-[a-z]{1,9}){0,2}(/[a-z]{1,9}(-2025)?){0,2}", fullmatch=True),
    year=st.integers(1945, 2100),
    type_code=st.sampled_from(["CT", "QĐ", "QĐi", "NQ", "CTr", "TTLT", "CV"]),
    number=st.from_regex(r"[1-9][0-9]{0,4}[a-e]?", fullmatch=True),
    normative=st.booleans(),
)
def test_a_document_iri_gives_back_its_parts(
    series: str, year: int, type_code: str, number: str, normative: bool
) -> None:
    key = document_key(document_iri(series, year, type_code, number, normative))
    assert key == DocumentKey(series, year, slug(type_code), number, normative)


@pytest.mark.parametrize("iri", ["https://example.org/", local_iri("0" * 64, "document", "d1"), f"{ID}document/x"])
def test_other_iris_have_no_document_key(iri: str) -> None:
    assert document_key(iri) is None


@pytest.mark.parametrize("spelling", ["07-CT/HU", "7-ct/hu", "07 -CT/HU", "007 - CT / HU", "07/CT-HU"])
def test_spellings_of_a_symbol_share_a_key(spelling: str) -> None:
    assert symbol_key(spelling) == "7-ct-hu"


def test_register_paths_are_read_from_register_iris_only() -> None:
    assert register_path(f"{ID}body/quang-ninh/tinh-uy", "body") == "quang-ninh/tinh-uy"
    assert register_path(f"{ID}place/quang-ninh", "body") is None


def test_sixteen_digits_of_the_hash_name_a_source_and_its_graph() -> None:
    sha256 = "0123456789abcdef" * 4
    assert source_iri(sha256) == f"{ID}source/0123456789abcdef"
    assert source_graph_iri(sha256) == f"{ID}graph/source/0123456789abcdef"


def test_derived_things_are_told_apart_by_their_parts() -> None:
    assert derived_iri("descent", "a", "b") == derived_iri("descent", "a", "b")
    assert derived_iri("descent", "a", "b") != derived_iri("descent", "ab")
