"""The public record format: the keys of the documentation, null where a head lacks a value, nothing else empty."""

import json
from dataclasses import replace

from record_factory import DISTRICT_PARTY, DISTRICT_STATE, ba_che, directive, duty, full_record

from chidao.graph.model import RelativeDeadline
from chidao.graph.record_json import record_json

LISTS = ("documents", "citations", "collective_citations", "oral_instructions", "obligations", "unread", "unresolved")


def test_the_lists_are_always_there() -> None:
    record, _ = directive(DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19")
    json_record = record_json(record)
    assert list(json_record) == ["source", *LISTS]
    assert [json_record[key] for key in LISTS[1:]] == [[]] * 6


def test_what_a_head_does_not_state_is_null() -> None:
    record, _ = ba_che()[2]
    (document,) = record_json(record)["documents"]
    assert (document["symbol"], document["type"]) == (None, "KH")
    assert "title" not in document
    assert "signers" not in document


def test_a_head_has_the_documented_keys() -> None:
    record, _ = full_record()
    (document,) = record_json(record)["documents"]
    assert document["signers"] == [{"name": "Nguyễn Văn Mẫu", "position": "Phó Bí thư", "authority": "T/M"}]
    assert document["received"][0]["number"] == "1172"
    assert document["received"][0]["by"]["label"] == "Ủy ban nhân dân huyện Ba Chẽ"
    assert document["inferred"] == ["issued"]
    assert document["issuer"]["group"] is False


def test_partners_are_called_with_and_the_anchor_from() -> None:
    relative = RelativeDeadline("P5D", "ngày ký", "trong 5 ngày")
    norm = replace(duty("Báo cáo.", DISTRICT_STATE), partners=(DISTRICT_PARTY,), relative_deadline=relative)
    record, text = directive(DISTRICT_PARTY, "CT", "07", "HU", "2021-10-19", duties=(norm,))
    (obligation,) = record_json(record)["obligations"]
    assert obligation["with"][0]["iri"] == DISTRICT_PARTY.iri
    assert obligation["relative_deadline"] == {"within": "P5D", "from": "ngày ký", "text": "trong 5 ngày"}
    evidence = obligation["evidence"]
    assert text[evidence["start"] : evidence["end"]] == evidence["exact"]
    assert "deadline" not in obligation


def test_every_record_is_json() -> None:
    for record, _ in (*ba_che(), full_record()):
        assert json.loads(json.dumps(record_json(record), ensure_ascii=False)) == record_json(record)
