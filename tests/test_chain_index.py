"""The index of chains: what is odd in a chain is reported, and nothing runs in a circle."""

from itertools import pairwise

import networkx as nx
import pyoxigraph
import pytest
from chain_stores import in_memory, opened
from record_factory import ba_che

from chidao.graph.chain_index import ChainIndex, Head, Level, StepKind, read_chain_index, voice
from chidao.graph.names import body_iri

LEVELS = {"central": Level(0), "province": Level(1), "district": Level(2, "2025-06-30"), "commune": Level(3)}


def head(iri: str, level: str | None, system: str = "party", day: int | None = 10, issued: str = "2021-10-18") -> Head:
    return Head(iri, (f"b-{iri}",), (f"b-{iri}",), level, system, issued, day, held=True)


def index(heads: list[Head], *edges: tuple[str, str]) -> ChainIndex:
    return ChainIndex({each.iri: each for each in heads}, edges, LEVELS)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("quang-ninh/ba-che/ban-thuong-vu", "quang-ninh/ba-che/huyen-uy"),
        ("quang-ninh/ba-che/thuong-truc", "quang-ninh/ba-che/huyen-uy"),
        ("quang-ninh/ba-che/bi-thu", "quang-ninh/ba-che/huyen-uy"),
        ("quang-ninh/ba-che/chu-tich-uy-ban-nhan-dan", "quang-ninh/ba-che/uy-ban-nhan-dan"),
        ("quang-ninh/ba-che/van-phong-huyen-uy", "quang-ninh/ba-che/van-phong-huyen-uy"),
        ("nowhere/at-all", "nowhere/at-all"),
    ],
)
def test_committee_standing_committee_and_head_speak_with_one_voice(name: str, expected: str) -> None:
    assert voice(body_iri(name)) == body_iri(expected)


KINDS = [
    ("province", "party", "central", "party", "2021-10-18", StepKind.NEXT_LEVEL),
    ("commune", "state", "province", "state", "2021-10-18", StepKind.LEVEL_SKIP),
    ("commune", "state", "province", "state", "2025-07-01", StepKind.NEXT_LEVEL),
    ("commune", "state", "central", "state", "2025-07-01", StepKind.LEVEL_SKIP),
    ("district", "state", "district", "party", "2021-10-18", StepKind.CROSSING),
    ("district", "party", "district", "party", "2021-10-18", StepKind.LATERAL),
    ("province", "state", "district", "state", "2021-10-18", StepKind.UPWARD),
    (None, "state", "district", "state", "2021-10-18", StepKind.UNKNOWN),
]


@pytest.mark.parametrize(("level", "system", "above", "above_system", "issued", "kind"), KINDS)
def test_the_kind_of_a_step(
    level: str | None, system: str, above: str, above_system: str, issued: str, kind: StepKind
) -> None:
    """Since July 2025 there are no districts, so from province to commune nothing is left out."""
    found = index([head("c", level, system, issued=issued), head("p", above, above_system)], ("c", "p"))
    assert [step.kind for step in found.steps] == [kind]


def test_a_document_that_implements_one_of_its_own_body_is_no_lateral_step() -> None:
    own = Head("c", ("b",), ("b",), "district", "party", "2021-10-18", 5)
    found = ChainIndex({"c": own, "p": Head("p", ("b",), ("b",), "district", "party")}, [("c", "p")], LEVELS)
    assert found.steps[0].kind is StepKind.SAME_BODY
    assert found.steps[0].days is None


@pytest.mark.parametrize(
    ("parents", "expected"),
    [
        ([("a", "province", "party", 9), ("b", "central", "party", 10)], "a"),
        ([("a", "district", "party", 9), ("b", "province", "state", 3)], "b"),
        ([("a", "province", "party", 9), ("b", "province", "state", 3)], "b"),
        ([("a", "province", "state", 3), ("b", "province", "state", 9)], "b"),
        ([("a", "commune", "state", 3), ("b", "district", "party", 1)], "b"),
        ([], None),
    ],
    ids=["nearest", "above-before-beside", "own-system", "latest", "beside-before-below", "none"],
)
def test_the_primary_parent(parents: list[tuple[str, str, str, int]], expected: str | None) -> None:
    heads = [head("c", "district", "state"), *(head(*each) for each in parents)]
    found = index(heads, *(("c", each[0]) for each in parents))
    assert found.primary_parent("c") == expected


def test_circles_are_reported_and_primary_parents_make_a_forest() -> None:
    names = ["a", "b", "c"]
    edges = [*pairwise([*names, "a"]), ("a", "top"), ("d", "a")]
    found = index([head(name, "district") for name in [*names, "d"]] + [head("top", "province")], *edges)
    assert found.cycles == (("a", "b", "c"),)
    assert found.below("top") == {"a", "b", "c", "d"}
    assert found.below("a") == {"b", "c", "d"}
    assert found.above("d") == {"a", "b", "c", "top"}
    primary = [(each, found.primary_parent(each)) for each in found.heads]
    forest = nx.DiGraph((child, parent) for child, parent in primary if parent)
    assert nx.is_directed_acyclic_graph(forest)
    assert dict(primary)["a"] == "top"


def test_a_document_that_implements_itself_is_a_circle() -> None:
    assert index([head("a", "district")], ("a", "a")).cycles == (("a",),)


def test_a_child_older_than_its_parent_is_reported() -> None:
    found = index([head("c", "district", day=3), head("p", "province", day=7)], ("c", "p"))
    assert [(step.child, step.parent, step.days) for step in found.contradictions] == [("c", "p", -4)]


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    return in_memory(ba_che())


def test_the_index_of_a_snapshot(store: pyoxigraph.Store) -> None:
    """Levels come with their last day, children by date, and heads with what the texts state."""
    found = read_chain_index(store)
    plan, seven, eighteen = (text[0].documents[0].iri for text in reversed(ba_che()))
    assert found.levels == LEVELS | {"grassroots": Level(4)}
    assert (found.children(eighteen), found.parents(plan), found.below(eighteen)) == ([seven], [seven], {plan, seven})
    known = found.head(seven)
    assert (known.level, known.system, known.issued, known.held) == ("district", "party", "2021-10-19", True)
    assert known.voices == (body_iri("quang-ninh/ba-che/huyen-uy"),)


def test_what_is_not_in_the_index_has_no_chain(store: pyoxigraph.Store) -> None:
    found = read_chain_index(store)
    assert (found.children("x"), found.parents("x"), found.below("x"), found.head("x")) == ([], [], set(), Head("x"))


def test_the_lags_of_the_samples_stand_in_their_readme(root, sample_data) -> None:
    """Every edge of the sample corpus has the days that the table of its README gives."""
    table = (root / "samples" / "README.md").read_text(encoding="utf-8")
    found = read_chain_index(opened(sample_data))
    assert len(found.steps) == 21
    assert found.contradictions == ()
    assert all(f"({step.days})" in table or f"; {step.days})" in table for step in found.steps)
