"""Chains, lags, gaps and carry kinds of a loaded synthetic corpus, against the truth that was written with it.

`CHIDAO_SYNTH_DOCUMENTS=2000 pytest tests/test_synth_chains.py` checks a larger corpus than the suite does, and
`CHIDAO_SYNTH_SEED` another one.
"""

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path

import pytest
from chain_stores import loaded, opened

from chidao.graph.addressees import ADDRESSEE
from chidao.graph.chain_index import ChainIndex, StepKind, read_chain_index
from chidao.graph.facts import Facts
from chidao.graph.gaps import Gap, gaps_in
from chidao.graph.lag import ISSUE, lags_in
from chidao.graph.names import body_iri
from chidao.graph.terms import TYPE, Term, cd, oa
from chidao.loaders.synth.options import Options
from chidao.loaders.synth.write import write_corpus

DOCUMENTS = int(os.environ.get("CHIDAO_SYNTH_DOCUMENTS", "150"))
SEED = int(os.environ.get("CHIDAO_SYNTH_SEED", "11"))
RIGHT = 0.95
"""Share of the duties whose carry kind has to be right."""

pytestmark = pytest.mark.xdist_group("synth")
Edge = tuple[str, str]
Carried = tuple[str, str, str | None, str | None]


class Corpus:
    """A synthetic corpus that was loaded as ``chidao load`` loads texts, with its truth."""

    def __init__(self, folder: Path) -> None:
        write_corpus(folder / "corpus", Options(DOCUMENTS, SEED))
        self.truths = folder / "corpus" / "truth"
        self.store = opened(loaded(folder / "data", (folder / "corpus" / "texts").iterdir()))
        self.facts = Facts(self.store)
        self.index: ChainIndex = read_chain_index(self.store)

    def truth(self, name: str) -> list[dict]:
        """The rows of one truth."""
        return [json.loads(line) for line in (self.truths / f"{name}.jsonl").open(encoding="utf-8")]

    @cached_property
    def chains(self) -> dict[Edge, dict]:
        """(child, parent) -> the row of an implementing document."""
        return {(row["child"], row["parent"]): row for row in self.truth("chains") if row["relation"] == "implements"}


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return Corpus(tmp_path_factory.mktemp("synth-chains"))


def test_every_chain_is_right(corpus: Corpus) -> None:
    """The edges, all that follows from them, and the guidances: no more and no less than was written."""
    assert set(corpus.index.graph.edges) == set(corpus.chains)
    guided = {(child.value, parent.value) for child, parent in corpus.facts.pairs(cd("guides"))}
    written = {(row["child"], row["parent"]) for row in corpus.truth("chains") if row["relation"] == "guides"}
    assert guided == written
    descends = {(below.value, above.value) for below, above in corpus.facts.pairs(cd("descendsFrom"))}
    assert descends == set(_ancestors(corpus.chains))


def _ancestors(edges: dict[Edge, dict]) -> Iterator[Edge]:
    """(document, ancestor) for every way up: a plain walk, without the index."""
    parents = defaultdict(set)
    for child, parent in edges:
        parents[child].add(parent)
    for document in parents:
        above, waiting = set(), list(parents[document])
        while waiting:
            above.add(parent := waiting.pop())
            waiting.extend(parents.get(parent, set()) - above)
        yield from ((document, each) for each in above)


def test_party_and_state_cross_where_the_truth_says(corpus: Corpus) -> None:
    """A step within a level is a crossing; every other step goes down."""
    found = {
        (step.child, step.parent): step.kind is StepKind.CROSSING
        for step in corpus.index.steps
        if corpus.index.head(step.child).level == corpus.index.head(step.parent).level
    }
    assert found == {edge: corpus.chains[edge]["crossing"] for edge in found}
    assert any(found.values())


def test_every_lag_is_right(corpus: Corpus) -> None:
    """In days from the issue of the parent to that of the child."""
    found = {(lag.child, lag.parent): lag.days for lag in lags_in(corpus.facts, corpus.index) if lag.measure == ISSUE}
    assert found == {edge: row["lag_days"] for edge, row in corpus.chains.items()}


def test_every_gap_is_right(corpus: Corpus) -> None:
    """Each committee one level down has the state, the lag and the first answer of the truth.

    Besides these, only whom the text itself addresses at its own level is in the scope.
    """
    rows: defaultdict[str, dict[str, tuple]] = defaultdict(dict)
    for row in corpus.truth("gaps"):
        rows[row["document"]][body_iri(row["body"])] = row["state"], row.get("lag_days"), row.get("child")
    for document, bodies in rows.items():
        found = gaps_in(corpus.facts, corpus.index, document, other_days=True)
        assert {gap.body: _said(gap) for gap in found if gap.body in bodies} == bodies, document
        others = {(gap.basis, gap.level) for gap in found if gap.body not in bodies}
        assert others <= {(ADDRESSEE, corpus.index.head(document).level)}, document
    assert len({state for bodies in rows.values() for state, _, _ in bodies.values()}) == 4


def _said(gap: Gap) -> tuple:
    return gap.state.value, gap.lag_days, next(iter(gap.children), None)


def test_carry_kinds_are_right(corpus: Corpus) -> None:
    """Each duty of a parent and each that was added, found by its quotes."""
    found = carried(corpus)
    rows = corpus.truth("carry")
    wrong = Counter(
        (row["kind"], found.get(_key(row), "nothing")) for row in rows if found.get(_key(row)) != row["kind"]
    )
    assert 1 - wrong.total() / len(rows) >= RIGHT, wrong.most_common()


def _key(row: dict) -> Carried:
    above, below = (row[name] and row[name]["exact"] for name in ("parent_norm", "child_norm"))
    return row["parent"], row["child"], above, below


def carried(corpus: Corpus) -> dict[Carried, str]:
    """(parent, child, quote above, quote below) -> kind, of every carry-over in the store."""
    facts = corpus.facts
    found = {}
    for each in facts.subjects(TYPE, cd("CarryOver")):
        documents = (facts.value(each, cd(name)) or "" for name in ("parentDocument", "childDocument"))
        norms = (next(iter(facts.objects(each, cd(name))), None) for name in ("parentNorm", "childNorm"))
        kind = (facts.value(each, cd("carryKind")) or "").removeprefix(cd("").value)
        found[(*documents, *(norm and _quote(facts, norm) for norm in norms))] = kind
    return found


def _quote(facts: Facts, norm: Term) -> str:
    target, *_ = facts.objects(norm, oa("hasTarget"))
    selectors = facts.objects(target, oa("hasSelector"))
    return next(found for each in selectors if (found := facts.value(each, oa("exact"))))
