"""The register graph: all places, the bodies that the sources name, the members of groups, and all above them."""

from collections.abc import Iterable, Iterator

import pyoxigraph
import pytest
from chain_stores import loaded, opened
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat

from chidao.graph.excerpt import checked_ntriples
from chidao.graph.names import body_iri, change_iri, graph_iri, place_iri, register_path
from chidao.graph.place_triples import place_ntriples
from chidao.graph.register_quads import BodiesNamed, described
from chidao.graph.terms import PREF_LABEL, cd
from chidao.ontology.namespaces import PREFIXES
from chidao.ontology.register import register

DISTRICT = body_iri("quang-ninh/ba-che/huyen-uy")
PROLOGUE = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
ON_DAY = """
    OPTIONAL { ?place cd:validFrom ?from } OPTIONAL { ?place cd:validTo ?to }
    FILTER((!BOUND(?from) || ?from <= "%s"^^xsd:date) && (!BOUND(?to) || ?to >= "%s"^^xsd:date))"""
pytestmark = pytest.mark.xdist_group("register")
LETTER = """ỦY BAN NHÂN DÂN
TỈNH THÁI NGUYÊN

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 2951/UBND-KGVX
Thái Nguyên, ngày 28 tháng 7 năm 2020

Kính gửi:
- Các sở, ban, ngành của tỉnh;
- UBND các huyện, thành phố, thị xã.

UBND các huyện, thành phố, thị xã rà soát các điểm cách ly.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH
Trần Văn Mẫu
"""


def described_bodies(iris: Iterable[str]) -> Iterator[Quad]:
    """What the register's graph says where these bodies are named."""
    bodies = BodiesNamed()
    bodies.named = {path for iri in iris if (path := register_path(iri, "body"))}
    return described(bodies.paths())


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> pyoxigraph.Store:
    """The snapshot after `chidao load` of one letter to the districts of a province."""
    folder = tmp_path_factory.mktemp("letter")
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    return opened(loaded(folder / "data", [folder / "letter.txt"]))


def rows(store: pyoxigraph.Store, query: str) -> list[tuple[str, ...]]:
    """The rows of a SELECT as strings."""
    found = store.query(PROLOGUE + query)
    assert isinstance(found, pyoxigraph.QuerySolutions)
    return sorted(tuple("" if term is None else term.value for term in row) for row in found)


@pytest.mark.parametrize("graph", ["", f"GRAPH <{graph_iri('register')}>"])
@pytest.mark.parametrize(
    ("date", "counts"),
    [
        ("2021-10-19", {"province": 63, "district": 705, "commune": 10_599}),
        ("2025-12-01", {"province": 34, "commune": 3_321}),
    ],
)
def test_sparql_counts_the_places_of_a_day(
    store: pyoxigraph.Store, graph: str, date: str, counts: dict[str, int]
) -> None:
    where = f"{graph} {{ ?place a cd:Place ; cd:level ?level . {ON_DAY % (date, date)} }}"
    found = rows(store, f"SELECT ?level (COUNT(DISTINCT ?place) AS ?n) WHERE {{ {where} }} GROUP BY ?level")
    assert {level.rpartition("#")[2]: int(n) for level, n in found} == counts


def test_sparql_counts_the_communes_of_a_district(store: pyoxigraph.Store) -> None:
    where = f"?place cd:partOf <{place_iri('quang-ninh/ba-che')}> . {ON_DAY % ('2021-10-19', '2021-10-19')}"
    assert rows(store, f"SELECT (COUNT(*) AS ?n) WHERE {{ {where} }}") == [("8",)]


def test_a_province_and_the_one_that_took_its_name_are_joined_by_a_change(store: pyoxigraph.Store) -> None:
    old, new = place_iri("tuyen-quang"), place_iri("tuyen-quang-2025")
    query = f"""SELECT ?day ?act WHERE {{ <{old}> cd:changedBy ?change ; cd:succeededBy <{new}> .
        <{new}> cd:changedBy ?change . ?change a cd:Change ; cd:effectiveDate ?day ; dcterms:source ?act }}"""
    assert rows(store, query) == [("2025-07-01", "202/2025/QH15")]


def test_a_group_has_its_members_of_the_day(store: pyoxigraph.Store) -> None:
    """The districts of Thái Nguyên in July 2020; each is described with label, level and superior."""
    query = """SELECT DISTINCT ?member WHERE { ?group a cd:BodyGroup ; cd:memberLevel cd:district ; cd:member ?member .
        ?member a cd:Body ; cd:level cd:district ; skos:prefLabel ?label ; cd:subordinateTo ?superior }"""
    members = {member for (member,) in rows(store, query)}
    assert members == {
        body_iri(f"{place.path}/uy-ban-nhan-dan")
        for place in register().places.below("thai-nguyen", "district", "2020-07-28")
    }
    assert len(members) == 9


def test_members_were_worked_out_and_not_read(store: pyoxigraph.Store) -> None:
    graphs = {quad.graph_name for quad in store.quads_for_pattern(None, cd("member"), None, None)}
    assert graphs == {NamedNode(graph_iri("derived")), DefaultGraph()}


def test_a_check_leaves_out_the_places_that_nothing_points_to(store: pyoxigraph.Store) -> None:
    triples = list(pyoxigraph.parse(checked_ntriples(store), RdfFormat.N_TRIPLES))
    subjects = {triple.subject for triple in triples}
    assert {NamedNode(place_iri("thai-nguyen/dai-tu")), NamedNode(place_iri("thai-nguyen"))} <= subjects
    assert NamedNode(place_iri("ca-mau/cai-nuoc")) not in subjects
    pointed = {triple.object for triple in triples if triple.predicate in (cd("partOf"), cd("changedBy"))}
    assert pointed <= subjects


def test_a_body_is_described_with_all_above_it_and_what_followed_it() -> None:
    quads = list(described_bodies([body_iri("quang-ninh/so-ke-hoach-va-dau-tu")]))
    subjects = {quad.subject.value for quad in quads}
    expected = ("so-ke-hoach-va-dau-tu", "so-tai-chinh", "uy-ban-nhan-dan", "tinh-uy")
    assert {body_iri(f"quang-ninh/{slug}") for slug in expected} <= subjects
    assert change_iri("2025-03-01/quang-ninh/so-tai-chinh") in subjects
    ties = (cd("subordinateTo"), cd("ledBy"), cd("guidedBy"), cd("changedBy"))
    assert {quad.object.value for quad in quads if quad.predicate in ties} <= subjects


def test_labels_stand_in_both_languages_with_the_short_form_and_one_without_marks() -> None:
    quads = [q for q in described_bodies([body_iri("quang-ninh/ba-che/uy-ban-nhan-dan")]) if "ba-che" in str(q.subject)]
    named = {q.object for q in quads if q.subject == NamedNode(body_iri("quang-ninh/ba-che/uy-ban-nhan-dan"))}
    assert Literal("Ủy ban nhân dân huyện Ba Chẽ", language="vi") in named
    assert Literal("UBND huyện Ba Chẽ", language="vi") in named
    assert Literal("uy ban nhan dan huyen ba che", language="vi") in named
    assert Literal("People's Committee of Ba Chẽ District", language="en") in named


def test_a_commune_below_two_provinces_in_turn_names_both_superiors() -> None:
    commune = NamedNode(body_iri("quang-ninh/ba-che-2025/uy-ban-nhan-dan"))
    above = {
        quad.object
        for quad in described_bodies([commune.value])
        if quad.subject == commune and quad.predicate == cd("subordinateTo")
    }
    assert above == {
        NamedNode(body_iri(f"{province}/uy-ban-nhan-dan")) for province in ("quang-ninh", "quang-ninh-2026")
    }


def test_the_order_of_naming_changes_nothing_and_unknown_bodies_are_left_out() -> None:
    named = [DISTRICT, body_iri("trung-uong/bo-y-te"), body_iri("no/such/body")]
    assert list(described_bodies(named)) == list(described_bodies(named[::-1]))
    assert body_iri("no/such/body") not in {quad.subject.value for quad in described_bodies(named)}


def test_every_place_is_written_once_with_a_label_in_each_language() -> None:
    triples = list(pyoxigraph.parse(b"".join(place_ntriples()), RdfFormat.N_TRIPLES))
    assert len(triples) == len(set(triples))
    labelled = {t.subject for t in triples if t.predicate == PREF_LABEL and "/place/" in str(t.subject)}
    assert len(labelled) == len(register().places)
