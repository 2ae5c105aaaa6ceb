"""The steps of an extraction: every fact of the record has one, in the order of the text."""

from hashlib import sha256
from pathlib import Path

from chidao.loaders.explain import explain
from chidao.loaders.extract import extract
from chidao.loaders.read import SourceText

SAMPLES = Path(__file__).resolve().parent.parent / "samples"


def test_every_fact_has_its_step() -> None:
    """Heads, citations, duties and what stayed unread, each with the rule that read it."""
    for path in SAMPLES.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        source = SourceText(path.name, sha256(text.encode()).hexdigest(), "text/plain", text)
        record, steps = extract(source), explain(source)
        places = {(step.start, step.end) for step in steps}
        assert [(step.start, step.end) for step in steps] == sorted((step.start, step.end) for step in steps)
        quoted = (*record.citations, *record.obligations, *record.unresolved)
        assert {(each.evidence.start, each.evidence.end) for each in quoted} <= places
        assert {(span.start, span.end) for span in record.unread} <= places
        assert all(step.what and text[step.start : step.end].strip() for step in steps)


def test_rules_are_named() -> None:
    """A step names the module that read, and what it found."""
    text = (SAMPLES / "05-ubnd-quang-ninh-kh-ubnd.txt").read_text(encoding="utf-8")
    rules = {step.rule for step in explain(SourceText("a", "0" * 64, "text/plain", text))}
    assert {"numbers", "issuers", "titles", "signatures", "relations.implements"} <= rules
    assert any(rule.startswith("bearers.") for rule in rules)
