"""Write a corpus and its truth, a story at a time: what is kept does not grow with the corpus."""

import json
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import TextIO

from chidao.loaders.synth.assign import duties_of
from chidao.loaders.synth.compose import Json, Written, compose
from chidao.loaders.synth.gaps import gap_rows
from chidao.loaders.synth.options import Options, SynthError
from chidao.loaders.synth.plan import Planned, stories
from chidao.loaders.synth.report import report_of
from chidao.loaders.synth.truth import carry_rows, chain_rows

TRUTHS = ("records", "chains", "gaps", "carry")
_dump = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode


@dataclass(frozen=True, slots=True)
class Counts:
    """What was written."""

    documents: int
    reports: int
    scans: int


@dataclass(slots=True)
class _Out:
    """Where the corpus goes, and what is counted: shares are kept exactly, not by chance."""

    texts: str
    files: Mapping[str, TextIO]
    documents: int = 0
    reports: int = 0
    scans: int = 0

    def text(self, name: str, text: str, record: Json, kind: str) -> None:
        """One text with its record."""
        data = text.encode()
        with open(f"{self.texts}/{name}", "wb", buffering=0) as file:  # a Path costs more than the text
            file.write(data)
        source = {"path": f"texts/{name}", "sha256": sha256(data).hexdigest(), "kind": kind}
        self.row("records", {"source": source} | record)

    def row(self, truth: str, row: Json) -> None:
        """One line of a truth."""
        self.files[truth].write(_dump(row) + "\n")


def write_corpus(folder: Path, options: Options) -> Counts:
    """Write the corpus to ``folder``: texts/*.txt and truth/*.jsonl; the same options give the same bytes.

    Raises SynthError where the folder can't be written or holds something.
    """
    _prepare(folder)
    held = {document.series for story in stories(options) for document in story}
    with ExitStack() as stack:
        files = {
            name: stack.enter_context((folder / "truth" / f"{name}.jsonl").open("w", encoding="utf-8", newline="\n"))
            for name in TRUTHS
        }
        out = _Out(str(folder / "texts"), files)
        for story in stories(options):
            _write_story(out, story, options, held)
    return Counts(out.documents, out.reports, out.scans)


def _prepare(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if any(folder.iterdir()):
            raise SynthError(f"{folder} is not empty; name a new folder")
        (folder / "texts").mkdir()
        (folder / "truth").mkdir()
    except OSError as error:
        raise SynthError(f"{folder} can't be written: {error.strerror}; name another folder") from error


def _due(count: int, share: float) -> bool:
    """True for so many of each hundred, evenly: the ``count``-th thing of its kind is one of the share."""
    return int((count + 1) * share + 1e-9) > int(count * share + 1e-9)


def _write_story(out: _Out, story: tuple[Planned, ...], options: Options, held: set[str]) -> None:
    written: dict[int, Written] = {}
    planned = dict(enumerate(story))
    for document in story:
        rng = Random(f"{options.seed}/{document.iri}")  # noqa: S311  # the same seed gives the same corpus
        parent = _carried_from(document, written)
        scan = _due(out.documents, options.scan_noise)
        duties = duties_of(document, parent.duties if parent else None, options, rng)
        made = written[document.index] = compose(document, duties, planned, rng, scan, options.length)
        name = _name(out.documents + 1, document)
        out.text(f"{name}{'.scan' if scan else ''}.txt", made.text, made.record, "original")
        if out.reports < int((out.documents + 1) * options.reports + 1e-9):
            text, record = report_of(made, rng)
            out.text(f"{name}.news.txt", text, record, "report")
            out.reports += 1
        for row in chain_rows(document, planned):
            out.row("chains", row)
        for row in carry_rows(made, parent):
            out.row("carry", row)
        out.documents, out.scans = out.documents + 1, out.scans + scan
    for row in gap_rows(story, held):
        out.row("gaps", row)


def _carried_from(document: Planned, written: Mapping[int, Written]) -> Written | None:
    """The parent whose duties the document carries on: its superior of the same system."""
    parents = [written[number] for number in document.parents]
    return next((each for each in parents if each.planned.system == document.system), None)


def _name(number: int, document: Planned) -> str:
    place = document.place.path.replace("/", "-") if document.place else "trung-uong"
    return f"tong-hop-{number:07}-{place}-{document.system}"
