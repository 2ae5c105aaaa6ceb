"""A small world whose texts come, change and go, and whose people decide: for what incremental work has to get right."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from random import Random

import pyoxigraph
from pyoxigraph import NamedNode
from record_factory import (
    CENTRE,
    DISTRICT_PARTY,
    DISTRICT_STATE,
    PRIME_MINISTER,
    PROVINCE_PARTY,
    PROVINCE_STATE,
    body,
    directive,
    duty,
)

from chidao.graph.curate import Attribution, decide, undo
from chidao.graph.decisions import CURATED, read_decisions
from chidao.graph.errors import CurationError, NotFoundError
from chidao.graph.facts import Facts
from chidao.graph.members import member_quads
from chidao.graph.model import Body, CollectiveReference, Record, Span
from chidao.graph.names import SOURCE_GRAPHS, local_iri, source_graph_iri
from chidao.graph.publication import Publication
from chidao.graph.quads import record_quads
from chidao.graph.rebuild import rebuild
from chidao.graph.terms import TYPE, cd

OTHER_PROVINCE = body("tuyen-quang/tinh-uy", "Tỉnh ủy Tuyên Quang", "province", "party")
ISSUERS = (PRIME_MINISTER, PROVINCE_PARTY, PROVINCE_STATE, DISTRICT_PARTY, DISTRICT_STATE, OTHER_PROVINCE)
DAYS = ("2020-12-20", "2021-03-10", "2021-10-18", "2022-02-01", None)
NUMBERS = ("1", "2", "02", None)
TITLES = (
    "Về tăng cường quản lý, bảo vệ rừng đầu nguồn",
    "Về phòng cháy, chữa cháy rừng và ứng phó sạt lở đất",
    "tăng cường quản lý, bảo vệ rừng đầu nguồn và phòng cháy",
    None,
)
DUTIES = (
    "Ủy ban nhân dân huyện thống kê diện tích lúa thiếu nước.",
    "Sở Y tế dự trữ thuốc.",
    "Các xã thống kê diện tích rừng và báo cáo trước ngày 15.",
    "Mở hội chợ nông sản.",
)
Text = tuple[Record, str]


def copy_of(store: pyoxigraph.Store) -> pyoxigraph.Store:
    """Another store in memory with the same statements."""
    copy = pyoxigraph.Store()
    copy.extend(store)
    return copy


def built(live: pyoxigraph.Store, folder: Path) -> tuple[pyoxigraph.Store, Publication]:
    """The snapshot that working everything out gives, but for the places of the register."""
    store = copy_of(live)
    return store, rebuild(store, list(member_quads(live)), folder / "scratch.nt")[0]


class World:
    """The live store of a data folder, without the folder."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - chance, not secrets
        self.quads = pyoxigraph.Store()
        self.changed: set[str] = set()

    def step(self) -> str:
        """Do something; says what."""
        actions = (self.load, self.load, self.load, self.replace, self.withdraw, self.decide, self.decide, self.undo)
        action = self.random.choice(actions)
        action()
        return action.__name__

    def load(self) -> None:
        """A new text."""
        record, words = self.text()
        graph = source_graph_iri(record.source.sha256)
        self.write(graph, record, words)

    def replace(self) -> None:
        """The same bytes read differently, as by other rules: less of it."""
        graph = self._graph()
        if graph:
            quads = list(self.quads.quads_for_pattern(None, None, None, NamedNode(graph)))
            self.quads.clear_graph(NamedNode(graph))
            self.quads.extend(quad for quad in quads if self.random.random() > 0.1)
            self.changed.add(graph)

    def withdraw(self) -> None:
        """A text goes."""
        graph = self._graph()
        if graph:
            self.quads.remove_graph(NamedNode(graph))
            self.changed.add(graph)

    def decide(self) -> None:
        """A person confirms, refuses or settles something about a reading or document of some text."""
        facts, choice = Facts(self.quads, None), self.random.choice
        kinds = ("Citation", "CollectiveReference", "Obligation", "Document")
        things = [thing for kind in kinds for thing in facts.subjects(TYPE, cd(kind))]
        documents = [each.value for each in facts.subjects(TYPE, cd("Document"))]
        if things:
            values = choice((documents, documents, [each.iri for each in ISSUERS]))
            verdict = choice(("confirmed", "refused", "settled"))
            # a value that does not fit, or a reading that lost its quote
            with suppress(CurationError, NotFoundError, ValueError):
                decide(self, verdict, choice(things).value, [choice(values)], self._said())  # type: ignore[arg-type]

    def undo(self) -> None:
        """Someone takes a decision back."""
        decisions = read_decisions(self.quads)
        if decisions:
            with suppress(CurationError):
                undo(self, self.random.choice(decisions).iri, self._said())  # type: ignore[arg-type]

    def curate(self, quads: object) -> None:
        """As ``Store.curate``."""
        self.quads.extend(quads)  # type: ignore[arg-type]
        self.changed.add(CURATED.value)

    def write(self, graph: str, record: Record, words: str) -> None:
        """Make the graph of a source what the record says."""
        self.quads.clear_graph(NamedNode(graph))
        self.quads.extend(record_quads(record, words))
        self.changed.add(graph)

    def text(self) -> Text:
        """A text with citations, duties, a group and references to unnamed documents."""
        choice, some = self.random.choice, self.random.randrange
        issuer, day = choice(ISSUERS), choice(DAYS)
        cites = tuple(self._cited(choice(ISSUERS)) for _ in range(some(3)))
        duties = tuple(duty(choice(DUTIES), *self.random.sample(ISSUERS, some(2))) for _ in range(some(4)))
        words = f"{some(10**6)} các văn bản chỉ đạo"
        relation = choice(("implements", "implements", "basedOn"))
        code = choice(("CT", "CT", "KH"))
        record, text = directive(
            issuer, code, choice(NUMBERS), "X", day, cites, duties, f"{some(10**6)}.txt", words, relation
        )
        return self._with_more(record, text), text

    def _with_more(self, record: Record, text: str) -> Record:
        choice, sha256 = self.random.choice, record.source.sha256
        label = choice(("Ủy ban nhân dân các huyện", "các sở, ngành"))
        place = body("quang-ninh/tinh-uy", "", "", "").place
        group = Body(label, local_iri(sha256, "group", "g"), "district", "state", group=True, place=_place(place))
        head = replace(record.documents[0], title=choice(TITLES), addressees=choice(((), (group,))))
        citations = tuple(replace(each, cited=replace(each.cited, title=choice(TITLES))) for each in record.citations)
        start = text.index("các văn bản chỉ đạo")
        span = Span(start, start + 19, text[start : start + 19])
        unnamed = (CollectiveReference("d1", "implements", (choice((*ISSUERS, CENTRE)),), span),)
        norms = tuple(replace(each, bearers=choice((each.bearers, (group,)))) for each in record.obligations)
        kind = choice(("original", "original", "report"))
        return replace(
            record,
            source=replace(record.source, kind=kind),
            documents=(head,),
            citations=citations,
            obligations=norms,
            collective_citations=choice(((), unnamed)),
        )

    def _cited(self, issuer: Body) -> tuple[Body | None, str, str | None, str, str | None]:
        choice = self.random.choice
        known = choice((issuer, issuer, issuer, None))
        return known, choice(("CT", "CT", "KH")), choice(NUMBERS), "X", choice(DAYS)

    def _graph(self) -> str | None:
        graphs = sorted(
            graph.value
            for graph in self.quads.named_graphs()
            if isinstance(graph, NamedNode) and graph.value.startswith(SOURCE_GRAPHS)
        )
        return self.random.choice(graphs) if graphs else None

    def _said(self) -> Attribution:
        return Attribution("An", "vì", f"2026-01-01T{self.random.randrange(24):02}:00:{self.random.randrange(60):02}Z")


def _place(path: str | None) -> str | None:
    return f"https://w3id.org/chidao/id/place/{path}" if path else None
