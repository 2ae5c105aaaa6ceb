"""The journal: what may have changed since the last publication, whenever the process that wrote it was killed."""

from pathlib import Path

import pytest

from chidao.graph.journal import Journal


def test_graphs_are_noted_once_and_by_the_next_process_too(tmp_path: Path) -> None:
    journal = Journal(tmp_path / "unpublished")
    assert not journal.pending
    assert journal.graphs() == frozenset()
    journal.note(["a", "b"])
    Journal(tmp_path / "unpublished").note(["b", "c"])
    assert (tmp_path / "unpublished").read_text() == "a\nb\nc\n"
    journal.clear()
    assert not journal.pending


@pytest.mark.parametrize(("content", "noted"), [("", None), ("a\nhalf", {"a"}), ("half", None), ("a\nb\n", {"a", "b"})])
def test_what_a_killed_process_left(tmp_path: Path, content: str, noted: set[str] | None) -> None:
    """An empty file does not say what changed: then all is worked out anew. A line without end counts for nothing."""
    (tmp_path / "unpublished").write_text(content)
    journal = Journal(tmp_path / "unpublished")
    assert journal.pending
    assert journal.graphs() == noted
    journal.note(["z"])
    assert "z" in (Journal(tmp_path / "unpublished").graphs() or ())
