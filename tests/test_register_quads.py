"""The register graph: what the sources name and all above it, and nothing else."""

from pyoxigraph import Literal, NamedNode

from chidao.graph.names import body_iri, place_iri
from chidao.graph.register_quads import describe_registered
from chidao.graph.terms import PREF_LABEL, cd
from chidao.ontology.register import register

DISTRICT = body_iri("quang-ninh/ba-che/huyen-uy")


def test_a_body_is_described_with_all_above_it() -> None:
    quads = list(describe_registered([DISTRICT]))
    subjects = {quad.subject.value for quad in quads}
    above = {
        body_iri("quang-ninh/tinh-uy"),
        place_iri("quang-ninh/ba-che"),
        place_iri("quang-ninh"),
    }
    assert above | {DISTRICT} <= subjects
    pointed = {
        quad.object.value for quad in quads if quad.predicate in (cd("subordinateTo"), cd("ledBy"), cd("partOf"))
    }
    assert pointed <= subjects


def test_labels_stand_in_both_languages() -> None:
    entry = register().entry("quang-ninh/ba-che/huyen-uy")
    assert entry is not None
    labels = {
        quad.object
        for quad in describe_registered([DISTRICT])
        if quad.subject == NamedNode(DISTRICT) and quad.predicate == PREF_LABEL
    }
    assert labels == {Literal(entry.label_vi, language="vi"), Literal(entry.label_en, language="en")}


def test_the_order_of_naming_changes_nothing_and_unknown_bodies_are_left_out() -> None:
    named = [DISTRICT, place_iri("ha-noi"), body_iri("no/such/body")]
    assert list(describe_registered(named)) == list(describe_registered(named[::-1]))
    assert body_iri("no/such/body") not in {quad.subject.value for quad in describe_registered(named)}
