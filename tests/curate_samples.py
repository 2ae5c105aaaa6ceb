"""A small published store that leaves questions open: invented documents with hostile words in their titles and duties."""

from dataclasses import replace
from pathlib import Path

from place_base import seed
from record_factory import DISTRICT_PARTY, PROVINCE_PARTY, directive, duty

from chidao.graph.quads import record_quads
from chidao.graph.store import Store

HOSTILE = "<script>window.hacked=1</script><img src=x onerror=window.hacked=1>"
CITING = directive(
    DISTRICT_PARTY, "CT", "7", "HU", "2021-10-19", cites=((PROVINCE_PARTY, "CT", "18", "TU", None),),
    duties=(duty(f"Báo cáo kết quả {HOSTILE}"),), words=HOSTILE,
)  # fmt: skip


def publish_open_questions(folder: Path) -> Path:
    """A text that cites a document of which the store has one from another term; a hostile title."""
    seed(folder)
    record, text = directive(PROVINCE_PARTY, "CT", "18", "TU", "2016-10-18", path="18.txt")
    held = replace(record, documents=(replace(record.documents[0], title=HOSTILE),))
    with Store.open(folder) as store:
        for each, its in ((held, text), CITING):
            store.replace(each.source.sha256, each.source.path, record_quads(each, its), its)
        store.publish()
    return folder
