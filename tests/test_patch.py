"""What changed from snapshot to snapshot comes back as it was written, and several steps are one."""

from functools import reduce
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from chidao.graph.patch import Patch, patch_between, read_patch, write_patch

SAYS = NamedNode("http://example.org/says")


def said(word: str, graph: str = "") -> Quad:
    return Quad(SAYS, SAYS, Literal(word), NamedNode(f"http://example.org/{graph}") if graph else DefaultGraph())


WORDS = st.sets(st.sampled_from("abcdefgh"))


def test_a_patch_comes_back_as_it_was_written(tmp_path: Path) -> None:
    words = ("\r\n \u2028 \x85", "A .\nD <x>", '"', "\\", "tiếng Việt")
    patch = Patch("s1", {said(word) for word in words}, {said(word, "g") for word in words})
    write_patch(tmp_path, "s2", patch)
    assert read_patch(tmp_path, "s2") == patch


@given(st.lists(WORDS, min_size=2, max_size=5))
def test_several_steps_are_one(states: list[set[str]]) -> None:
    """The sum takes what must go and gives what must come, and nothing else."""
    quads = [{said(word) for word in state} for state in states]
    steps = [Patch(str(at), old - new, new - old) for at, (old, new) in enumerate(pairwise(quads))]
    whole = reduce(Patch.then, steps)
    assert whole == Patch("0", quads[0] - quads[-1], quads[-1] - quads[0])


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        ({"s2": "s1", "s3": "s2"}, True),
        ({"s3": "s2"}, False),
        ({"s2": "s3", "s3": "s2"}, False),
        ({"s1": "s3", "s2": "s1", "s3": "s2"}, True),
    ],
    ids=["a row", "a step is missing", "a circle", "once more as it was"],
)
def test_a_row_of_patches_leads_from_one_snapshot_to_another(
    tmp_path: Path, steps: dict[str, str], found: bool
) -> None:
    for name, before in steps.items():
        write_patch(tmp_path, name, Patch(before, set(), {said(name)}))
    patch = patch_between(tmp_path, "s1", "s3")
    assert (patch is not None) == found
    assert patch is None or patch == Patch("s1", set(), {said("s2"), said("s3")})
