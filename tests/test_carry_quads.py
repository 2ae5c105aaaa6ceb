"""Carry-overs and title drift in the derived graph: from texts that are held, and only along cd:implements."""

from dataclasses import replace
from pathlib import Path

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Store
from record_factory import DISTRICT_STATE, PROVINCE_PARTY, PROVINCE_STATE, directive, duty

from chidao.graph.derive import derive
from chidao.graph.facts import Facts
from chidao.graph.identify import DERIVED
from chidao.graph.quads import record_quads
from chidao.graph.terms import TYPE, cd, oa
from chidao.loaders.extract import extract
from chidao.loaders.read import read_source

PLAN = (PROVINCE_STATE, "KH", "142", "UBND", "2023-05-04")
SAME = "Ủy ban nhân dân huyện thống kê diện tích lúa thiếu nước."
ABOVE = (duty(SAME, DISTRICT_STATE), duty("Sở Y tế dự trữ thuốc.", PROVINCE_PARTY))
BELOW = (duty(SAME, DISTRICT_STATE), duty("Ủy ban nhân dân huyện mở hội chợ nông sản.", DISTRICT_STATE))


def derived(*texts: tuple) -> Store:
    store = Store()
    for record, text in texts:
        store.extend(record_quads(record, text))
    derive(store)
    return store


def parent(**more: object) -> tuple:
    return directive(*PLAN, duties=ABOVE, path="142.txt", **more)


def child(**more: object) -> tuple:
    return directive(
        DISTRICT_STATE, "KH", "118", "UBND", "2023-05-12", cites=(PLAN,), duties=BELOW, path="118.txt", **more
    )


def reported(text: tuple) -> tuple:
    record, words = text
    return replace(record, source=replace(record.source, kind="report")), words


def kinds(store: Store) -> list[tuple[str, bool, bool]]:
    """(kind, has a parent norm, has a child norm) of every carry-over, in order."""
    found = []
    for quad in store.quads_for_pattern(None, TYPE, cd("CarryOver"), DERIVED):
        values = {each.predicate: each.object for each in store.quads_for_pattern(quad.subject, None, None, DERIVED)}
        assert {cd("method"), cd("confidence"), cd("parentDocument"), cd("childDocument")} <= values.keys()
        found.append(
            (values[cd("carryKind")].value.rpartition("#")[2], cd("parentNorm") in values, cd("childNorm") in values)
        )
    return sorted(found)


def test_duties_are_carried_dropped_and_added() -> None:
    assert kinds(derived(parent(), child())) == [
        ("added", False, True),
        ("dropped", True, False),
        ("verbatim", True, True),
    ]


def test_documents_that_are_not_linked_are_not_compared() -> None:
    alone = directive(DISTRICT_STATE, "KH", "118", "UBND", "2023-05-12", duties=BELOW, path="118.txt")
    assert kinds(derived(parent(), alone)) == []


def test_a_report_drops_and_adds_nothing() -> None:
    """What a reporter leaves out may stand in the document."""
    assert kinds(derived(reported(parent()), child())) == [("dropped", True, False), ("verbatim", True, True)]
    assert kinds(derived(parent(), reported(child()))) == [("added", False, True), ("verbatim", True, True)]


def test_where_no_duty_was_read_nothing_is_said() -> None:
    assert kinds(derived(directive(*PLAN, path="142.txt"), child())) == []


def test_the_order_of_loading_changes_nothing() -> None:
    first, second = derived(parent(), child()), derived(child(), parent())
    assert sorted(map(str, first)) == sorted(map(str, second))


def test_the_target_of_double_digit_growth_is_dropped_in_the_district_title(shared: Path) -> None:
    """18-CT/TU is not held: its title is known from the report that cites it, and both titles lead to a quote."""
    source = read_source(shared / "corpus" / "ba-che-07-ct-hu.news.txt")
    store = derived((extract(source), source.text))
    targets = list(store.quads_for_pattern(None, cd("droppedTarget"), None, DERIVED))
    assert [quad.object for quad in targets] == [Literal("giữ vững đà tăng trưởng hai con số", language="vi")]
    for side, place, name in (
        ("parent", "quang-ninh/tinh-uy", "ct-18"),
        ("child", "quang-ninh/ba-che/huyen-uy", "ct-07"),
    ):
        assert value(store, targets[0].subject, f"{side}Document").endswith(f"document/{place}/2021/{name}")
        reading = NamedNode(value(store, targets[0].subject, f"{side}TitleReading"))
        quote = " ".join(quote_of(store, reading).split())
        assert value(store, targets[0].subject, f"{side}Title") in quote


def value(store: Store, subject: pyoxigraph.NamedNode, name: str) -> str:
    (quad,) = store.quads_for_pattern(subject, cd(name), None, DERIVED)
    return quad.object.value


def quote_of(store: Store, reading: NamedNode) -> str:
    """The words that the quote of a reading holds."""
    facts = Facts(store, None)
    return facts.value(facts.first(facts.first(reading, oa("hasTarget")), oa("hasSelector")), oa("exact")) or ""
