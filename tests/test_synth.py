"""The synthetic corpus: openly synthetic, the same for the same seed, and its truth is what the loaders read."""

import json
import unicodedata
from collections import Counter, defaultdict
from itertools import islice
from pathlib import Path
from string import Formatter

import pytest
from click.testing import CliRunner

from chidao.__main__ import main
from chidao.graph.record_json import record_json
from chidao.loaders.extract import extract
from chidao.loaders.locations import Location
from chidao.loaders.read import read_source
from chidao.loaders.synth.offices import entry_at
from chidao.loaders.synth.options import CARRY_KINDS, Options, SynthError, carry_weights
from chidao.loaders.synth.plan import stories
from chidao.loaders.synth.stock import phrases, roles, subjects
from chidao.loaders.synth.write import write_corpus
from chidao.ontology.bodies import CENTRE
from chidao.ontology.register import register
from chidao.ontology.spelling import old_tone_style

Row = dict[str, object]


class Corpus:
    """A corpus on the disk: its texts by name and its truths."""

    def __init__(self, folder: Path, options: Options) -> None:
        self.folder, self.options = folder, options
        self.counts = write_corpus(folder, options)
        self.texts = {path.name: path.read_text(encoding="utf-8") for path in sorted((folder / "texts").iterdir())}

    def truth(self, name: str) -> list[dict]:
        return [json.loads(line) for line in (self.folder / "truth" / f"{name}.jsonl").open(encoding="utf-8")]

    def originals(self) -> list[dict]:
        return [record for record in self.truth("records") if record["source"]["kind"] == "original"]


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    """A hundred documents with a bit of everything."""
    return Corpus(tmp_path_factory.mktemp("synth") / "corpus", Options(100, seed=3, scan_noise=0.2, reports=0.1))


def _bodies(found: list[dict] | None) -> list[str]:
    return [body["label"] if body["group"] else body["iri"] for body in found or ()]


def _document(found: dict) -> Row:
    issuer = found["issuer"] and found["issuer"]["iri"]
    same = {key: found.get(key) for key in ("iri", "type", "symbol", "issued", "title", "level", "system", "signers")}
    return same | {"issuer": issuer} | {key: _bodies(found.get(key)) for key in ("addressees", "copies")}


def _citation(found: dict) -> Row:
    cited = found["cited"]
    issuer = cited["issuer"] and cited["issuer"]["iri"]
    same = {key: cited[key] for key in ("iri", "type", "symbol", "issued")}
    return same | {"relation": found["relation"], "issuer": issuer, "evidence": found["evidence"]}


def _obligation(found: dict) -> Row:
    same = {key: found.get(key) for key in ("modality", "section", "deadline", "recurrence", "evidence")}
    return same | {key: _bodies(found.get(key)) for key in ("bearers", "report_to", "via", "with")}


def _said(record: dict) -> Row:
    return {
        "kind": record["source"]["kind"],
        "sha256": record["source"]["sha256"],
        "documents": [_document(each) for each in record["documents"]],
        "citations": sorted(map(_citation, record["citations"]), key=str),
        "obligations": [_obligation(each) for each in record["obligations"]],
    }


def test_the_loaders_read_the_truth(corpus: Corpus) -> None:
    """Heads, citations with relation, duties with bearer and deadline, and every quote: as the truth has them."""
    for truth in corpus.truth("records"):
        read = record_json(extract(read_source(Location(corpus.folder / truth["source"]["path"]))))
        assert _said(read) == _said(truth), truth["source"]["path"]


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    """And another seed another corpus."""
    made = [Corpus(tmp_path / name, Options(30, seed)) for name, seed in (("a", 7), ("b", 7), ("c", 8))]
    files = [{path.relative_to(each.folder): path.read_bytes() for path in each.folder.rglob("*.*")} for each in made]
    assert files[0] == files[1]
    assert files[0] != files[2]


def test_every_text_says_that_it_is_synthetic(corpus: Corpus) -> None:
    """In its last line and in its file name."""
    for name, text in corpus.texts.items():
        assert text.endswith("(Văn bản tổng hợp để thử nghiệm, không phải văn bản thật)\n")
        assert name.startswith("tong-hop-")


def test_prose_makes_the_length_and_no_duty(tmp_path: Path) -> None:
    """As long, and with as many duties, as documents of a real corpus have; what the prose tells orders nothing."""
    made = Corpus(tmp_path / "x", Options(100, 1, duties=24, length=10_300))
    originals = made.originals()
    texts = [made.texts[Path(record["source"]["path"]).name] for record in originals]
    assert sum(map(len, texts)) / 100 == pytest.approx(10_300, abs=300)
    assert sum(len(record["obligations"]) for record in originals) / 100 == pytest.approx(19.2, abs=0.5)
    for truth in originals[::12]:
        read = record_json(extract(read_source(Location(made.folder / truth["source"]["path"]))))
        assert _said(read) == _said(truth), truth["source"]["path"]


@pytest.mark.parametrize(("scans", "reports"), [(0.0, 0.0), (0.25, 0.1), (1.0, 0.3)])
def test_shares_of_scans_and_reports_are_hit(tmp_path: Path, scans: float, reports: float) -> None:
    """Of a hundred documents so many are scans, and so many are told by a paper too."""
    made = Corpus(tmp_path / "x", Options(100, 2, scan_noise=scans, reports=reports))
    assert len([name for name in made.texts if name.endswith(".scan.txt")]) == made.counts.scans == round(100 * scans)
    told = len([name for name in made.texts if name.endswith(".news.txt")])
    assert told == made.counts.reports
    assert 100 * reports - 2 <= told <= 100 * reports


@pytest.mark.parametrize("share", [0.0, 0.3, 1.0])
def test_the_share_of_gaps_is_hit(tmp_path: Path, share: float) -> None:
    """Of the bodies asked so many issued nothing, though a text of theirs is held."""
    made = Corpus(tmp_path / "x", Options(300, 4, gaps=share))
    asked = Counter(row["state"] for row in made.truth("gaps") if row["asked"])
    silent = asked["nothing among the texts held"]
    assert silent == pytest.approx(share * sum(asked.values()), abs=2)
    assert set(asked) <= {"issued", "nothing among the texts held"}


def test_the_mean_lag_is_hit(tmp_path: Path) -> None:
    """Days from a superior's document to what a body issued on it alone."""
    made = Corpus(tmp_path / "x", Options(400, 5, lag=20, gaps=0))
    parents = Counter(row["child"] for row in made.truth("chains"))
    lags = [row["lag_days"] for row in made.truth("chains") if parents[row["child"]] == 1]
    assert sum(lags) / len(lags) == pytest.approx(20, rel=0.15)
    assert min(lags) >= 1


def test_chains_agree_with_the_records(corpus: Corpus) -> None:
    """A row for each citation that implements or guides, with the days between the two dates."""
    issued = {record["documents"][0]["iri"]: record["documents"][0]["issued"] for record in corpus.originals()}
    cited = {
        (citation["cited"]["iri"], record["documents"][0]["iri"], citation["relation"])
        for record in corpus.originals()
        for citation in record["citations"]
        if citation["relation"] != "basedOn"
    }
    rows = corpus.truth("chains")
    assert {(row["parent"], row["child"], row["relation"]) for row in rows} == cited
    for row in rows:
        assert issued[row["parent"]] < issued[row["child"]]
    assert {row["crossing"] for row in rows} == {True, False}


def test_gaps_agree_with_the_records(corpus: Corpus) -> None:
    """The four states, worked out anew from all records and the register."""
    implemented = defaultdict(set)
    held = set()
    for record in corpus.originals():
        document = record["documents"][0]
        series = document["iri"].split("/id/document/")[1].rsplit("/", 2)[0]
        held.add(series)
        for citation in record["citations"]:
            if citation["relation"] == "implements":
                implemented[citation["cited"]["iri"]].add(series)
    issued = {record["documents"][0]["iri"]: record["documents"][0]["issued"] for record in corpus.originals()}
    for row in corpus.truth("gaps"):
        state = (
            "body did not exist then"
            if not entry_at(row["body"], issued[row["document"]])
            else "issued"
            if row["body"] in implemented[row["document"]]
            else "nothing among the texts held"
            if row["body"] in held
            else "no texts held for this body"
        )
        assert row["state"] == state
    assert len({row["state"] for row in corpus.truth("gaps")}) == 4


def test_no_two_documents_have_one_identity_and_every_issuer_stood() -> None:
    """Numbers are fictional, bodies real: each stood on the day, in districts before July 2025 and without them after."""
    planned = [document for story in stories(Options(6000, 1)) for document in story]
    assert len({document.iri for document in planned}) == len(planned) == 6000
    for document in planned[:1500]:
        assert entry_at(str(document.issuer.path), document.day)
    assert {document.level for document in planned if document.day >= "2025-07-01"} == {
        "central",
        "province",
        "commune",
    }
    assert {document.level for document in planned if document.day < "2025-07-01"} == {
        "central",
        "province",
        "district",
        "commune",
    }


def test_quotes_of_carried_duties_stand_in_the_texts(corpus: Corpus) -> None:
    """Each side of a carried duty is a quote of that document's own text."""
    texts = {
        record["documents"][0]["iri"]: corpus.texts[Path(record["source"]["path"]).name]
        for record in corpus.originals()
    }
    rows = corpus.truth("carry")
    for row in rows:
        for side, norm in (("parent", row["parent_norm"]), ("child", row["child_norm"])):
            assert norm is None or texts[row[side]][norm["start"] : norm["end"]] == norm["exact"]
        assert (row["child_norm"] is None) == (row["kind"] == "dropped")
        assert (row["parent_norm"] is None) == (row["kind"] == "added")
    assert {row["kind"] for row in rows} == set(CARRY_KINDS)


def test_deadlines_move_the_way_the_kind_says(corpus: Corpus) -> None:
    """Tightened is earlier, loosened later; the other kinds leave the deadline."""
    due = {
        (record["documents"][0]["iri"], norm["evidence"]["start"]): norm.get("deadline")
        for record in corpus.originals()
        for norm in record["obligations"]
    }
    for row in corpus.truth("carry"):
        if row["kind"] in ("dropped", "added"):
            continue
        above, below = (due[row[side], row[f"{side}_norm"]["start"]] for side in ("parent", "child"))
        if row["kind"] == "tightened":
            assert below == above or below < above
        elif row["kind"] == "loosened":
            assert below == above or below > above
        else:
            assert below == above


@pytest.mark.parametrize(
    ("carry", "kinds"),
    [
        ("verbatim=1", {"verbatim", "dropped"}),
        ("dropped=1", {"dropped", "added"}),
        ("reworded=1", {"reworded", "dropped"}),
    ],
)
def test_the_weights_decide_what_becomes_of_duties(tmp_path: Path, carry: str, kinds: set[str]) -> None:
    """A duty that nobody at a level can bear is dropped all the same; a document with no duty left gets new ones."""
    made = Corpus(tmp_path / "x", Options(40, 6, carry=carry_weights((carry,))))
    assert {row["kind"] for row in made.truth("carry")} == kinds


def test_the_number_of_duties_is_hit(tmp_path: Path) -> None:
    """So that the mean length can be that of a real corpus."""
    for asked in (4, 12):
        made = Corpus(tmp_path / str(asked), Options(60, 6, duties=asked))
        found = [len(record["obligations"]) for record in made.originals()]
        assert sum(found) / len(found) == pytest.approx(asked, rel=0.35)


def test_stories_are_planned_one_by_one() -> None:
    """A corpus of a billion documents begins at once, and no story grows with it."""
    found = list(islice(stories(Options(10**9, 1)), 20))
    assert max(map(len, found)) < 100


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--documents", "0"], "--documents 0: give a number of at least 1"),
        (["--documents", "5", "--gaps", "1.5"], "--gaps 1.5: give a share from 0 to 1"),
        (["--documents", "5", "--scan-noise", "-1"], "--scan-noise -1.0: give a share from 0 to 1"),
        (["--documents", "5", "--scan-noise", "nan"], "--scan-noise nan: give a share from 0 to 1"),
        (["--documents", "5", "--lag", "99"], "--lag 99: give a number from 1 to 30"),
        (["--documents", "5", "--duties", "1"], "--duties 1: give a number from 2 to 60"),
        (["--documents", "5", "--carry", "lost=1"], "KIND is one of verbatim, reworded"),
        (["--documents", "5", "--carry", "dropped"], "write KIND=WEIGHT"),
        (["--documents", "5", "--carry", "added=1"], "at least one kind besides added"),
    ],
    ids=lambda value: " ".join(value[2:]) if isinstance(value, list) else "",
)
def test_bad_arguments_are_told(tmp_path: Path, arguments: list[str], message: str) -> None:
    """What is wrong and what to do; nothing is written."""
    result = CliRunner().invoke(main, ["synth", str(tmp_path / "x"), *arguments])
    assert result.exit_code == 1
    assert message in result.output
    assert not (tmp_path / "x").exists()


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    """Truth and texts of two corpora would mix."""
    (tmp_path / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(SynthError, match="is not empty"):
        write_corpus(tmp_path, Options(1, 1))
    with pytest.raises(SynthError, match="can't be written"):
        write_corpus(tmp_path / "mine.txt", Options(1, 1))


def test_the_command_writes_a_corpus(tmp_path: Path) -> None:
    """Texts, and the four truths beside them."""
    result = CliRunner().invoke(main, ["synth", str(tmp_path / "x"), "--documents", "20", "--seed", "2"])
    assert result.exit_code == 0
    assert "20 documents (2 scans)" in result.output
    assert {path.name for path in (tmp_path / "x" / "truth").iterdir()} == {
        "records.jsonl",
        "chains.jsonl",
        "gaps.jsonl",
        "carry.jsonl",
    }


def _strings(value: object) -> list[str]:
    if isinstance(value, dict):
        return [text for each in value.values() for text in _strings(each)]
    if isinstance(value, list | tuple):
        return [text for each in value for text in _strings(each)]
    return [value] if isinstance(value, str) else []


def test_the_stock_is_spelled_as_the_project_spells() -> None:
    """NFC, the old tone style, no stop at the end of a wording."""
    actions = [action for subject in subjects() for action in subject.actions]
    texts = [*_strings(dict(phrases())), *(text for action in actions for text in (*action.wordings, *action.objects))]
    texts += [text for subject in subjects() for text in (subject.name, *subject.titles, *subject.situations)]
    for text in texts:
        assert text == unicodedata.normalize("NFC", text) == old_tone_style(text)
    assert not [text for action in actions for text in action.wordings if text.endswith((".", ",", " "))]


def test_all_wordings_of_a_duty_hold_the_same_slots() -> None:
    """Else a rewording would lose or gain content."""
    for subject in subjects():
        for action in subject.actions:
            slots = {frozenset(name for _, name, _, _ in Formatter().parse(text) if name) for text in action.wordings}
            assert len(slots) == 1, action.wordings[0]
            assert ("area" in next(iter(slots))) == bool(action.areas)
            assert ("target" in next(iter(slots))) == bool(action.targets)


def test_every_role_names_bodies_of_the_register() -> None:
    """A role of the stock has bodies, a body of roles.csv a template or a row."""
    used = {role for subject in subjects() for action in subject.actions for role in action.roles.values()}
    assert used - {"subordinates"} <= {role for role, _ in roles()}
    for (_, level), slugs in roles().items():
        for slug in slugs:
            central = f"{CENTRE}/{slug}" in register().central
            assert central if level == "central" else (slug, level) in register().templates
