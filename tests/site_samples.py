"""A small published data folder for the web tests: four levels, openly invented texts, hostile words among them."""

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from chidao.graph.implied import write_implied
from chidao.graph.model import (
    Body,
    Citation,
    CitedDocument,
    Claim,
    CollectiveReference,
    Document,
    Level,
    Obligation,
    Reception,
    Record,
    Signer,
    Source,
    Span,
    System,
)
from chidao.graph.names import body_iri, document_iri, graph_iri, local_iri
from chidao.graph.quads import record_quads
from chidao.ontology.namespaces import CD
from chidao.ontology.vocabulary import vocabulary_ntriples


@dataclass(frozen=True)
class Sample:
    """One invented document: where it stands, who issued it, which document it carries out, and its title."""

    series: str
    year: int
    type: str
    symbol: str
    issuer: str
    level: Level
    system: System
    issued: str
    title: str
    parent: str | None = None

    @property
    def iri(self) -> str:
        """The document's IRI, minted as the loaders do."""
        number = re.search(r"\d+", self.symbol)
        return document_iri(self.series, self.year, self.type, number[0] if number else "0")

    @property
    def body(self) -> Body:
        """The issuer; described in the source's graph, as no register is loaded here."""
        return Body(self.issuer, body_iri(self.series), self.level, self.system)


HOSTILE = (
    "<script>window.hacked=1</script></script><img src=x onerror=window.hacked=1> href=javascript:hacked \u202etxt"
)
SAMPLES = (
    Sample("trung-uong/thu-tuong", 2020, "CT", "16/CT-TTg", "Thủ tướng Chính phủ", "central", "state", "2020-03-27",
           "Về một việc thử nghiệm"),
    Sample("trung-uong/ban-bi-thu", 2021, "CT", "05-CT/TW", "Ban Bí thư", "central", "party", "2021-06-23",
           "Về tăng cường sự lãnh đạo của Đảng đối với một việc thử nghiệm"),
    Sample("quang-ninh/tinh-uy", 2021, "CT", "18-CT/TU", "Ban Thường vụ Tỉnh ủy Quảng Ninh", "province", "party",
           "2021-10-18", "Về việc thử nghiệm trên địa bàn tỉnh", "05-CT/TW"),
    Sample("quang-ninh/uy-ban-nhan-dan", 2021, "KH", "187/KH-UBND", "Ủy ban nhân dân tỉnh Quảng Ninh", "province",
           "state", "2021-10-20", "Kế hoạch thử nghiệm của tỉnh", "18-CT/TU"),
    Sample("quang-ninh/ba-che/huyen-uy", 2021, "CT", "07-CT/HU", "Ban Thường vụ Huyện ủy Ba Chẽ", "district", "party",
           "2021-10-19", "Về việc thử nghiệm trên địa bàn huyện", "18-CT/TU"),
    Sample("quang-ninh/ba-che/uy-ban-nhan-dan", 2021, "KH", "112/KH-UBND", "Ủy ban nhân dân huyện Ba Chẽ", "district",
           "state", "2021-10-25", "Kế hoạch thử nghiệm của huyện", "07-CT/HU"),
    Sample("quang-ninh/ba-che/don-dac/dang-uy", 2021, "NQ", "03-NQ/ĐU", "Đảng ủy xã Đồn Đạc", "commune", "party",
           "2021-11-02", HOSTILE, "07-CT/HU"),
)  # fmt: skip


def sample_text(sample: Sample, parent: Sample | None) -> str:
    """An invented text of a few lines; spans are found in it by their words."""
    cited = f"Thực hiện {parent.symbol} của {parent.issuer}, " if parent else ""
    return (
        f"{sample.issuer}\nSố {sample.symbol}\nNgày ban hành: {sample.issued}\n{sample.title}\n\n"
        f"{cited}{sample.issuer} yêu cầu:\n"
        "1. Sở Thử nghiệm chủ trì, phối hợp với các đơn vị lập phương án, báo cáo cấp trên trước ngày 15/12/2021.\n"
        "2. Các đơn vị không được chậm trễ & phải theo các văn bản chỉ đạo của Trung ương.\n"
    )


def span(text: str, words: str) -> Span:
    """The first place of ``words`` in ``text``."""
    start = text.index(words)
    return Span(start, start + len(words), words)


def sample_record(sample: Sample) -> tuple[Record, str]:
    """The record of an invented text, and the text."""
    parent = next((one for one in SAMPLES if one.symbol == sample.parent), None)
    text = sample_text(sample, parent)
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    office = Body("Sở Thử nghiệm", local_iri(sha256, "body", "so-thu-nghiem"), "province", "state")
    units = Body("các đơn vị", local_iri(sha256, "group", "cac-don-vi"), sample.level, group=True)
    values = {"symbol": sample.symbol, "issued": sample.issued, "title": sample.title}
    heads = [Claim(name, value, span(text, value)) for name, value in values.items()]
    heads.append(Claim("issuedBy", sample.body.iri, span(text, sample.issuer)))
    document = Document(
        id="d1", iri=sample.iri, type=sample.type, symbol=sample.symbol, number=sample.symbol[:2], issuer=sample.body,
        issued=sample.issued, title=sample.title, level=sample.level, system=sample.system,
        signers=(Signer("Người Ký Thử", "Phó Bí thư", "T/M"),), addressees=(units,), claims=tuple(heads),
        received=(Reception(office, "1172", "2021-12-01", span(text, "Sở Thử nghiệm")),),
    )  # fmt: skip
    quote = text[text.index("1. Sở") : text.index("\n2.")]
    duties = (
        Obligation("d1", (office,), "duty", span(text, quote), section="1", deadline="2021-12-15", report_to=(units,)),
        Obligation("d1", (units,), "prohibition", span(text, "không được chậm trễ"), section="2"),
    )
    citations = ()
    if parent:
        cited = CitedDocument(parent.iri, parent.type, parent.symbol, None, parent.body, parent.issued)
        citations = (Citation("d1", cited, "implements", span(text, f"Thực hiện {parent.symbol} của {parent.issuer}")),)
    centre = Body("Trung ương", local_iri(sha256, "body", "trung-uong"), "central")
    collective = CollectiveReference("d1", "implements", (centre,), span(text, "các văn bản chỉ đạo của Trung ương"))
    source = Source(
        f"samples/{sample.symbol.replace('/', '-')}.txt",
        sha256,
        "original",
        "text/plain",
        len(text),
        sample is SAMPLES[-1],
    )
    return Record(source, (document,), citations, (collective,), (), duties), text


def publish_samples(folder: Path, samples: Sequence[Sample] = SAMPLES) -> None:
    """Write texts and a snapshot as publishing leaves them: named graphs, and their merge as default graph."""
    for name in ("texts", "snapshots"):
        (folder / name).mkdir(parents=True)
    store = pyoxigraph.Store(str(folder / "store"))
    for record, text in map(sample_record, samples):
        (folder / "texts" / f"{record.source.sha256}.txt").write_text(text, encoding="utf-8", newline="")
        store.extend(record_quads(record, text))
    write_implied(store)
    ontology = pyoxigraph.NamedNode(graph_iri("ontology"))
    store.load(vocabulary_ntriples(), pyoxigraph.RdfFormat.N_TRIPLES, to_graph=ontology)
    store.update(
        f"PREFIX cd: <{CD}> INSERT {{ ?s ?p ?o }} WHERE {{ GRAPH ?g {{ ?s ?p ?o }} }} ;"
        "INSERT { ?a cd:descendsFrom ?b } WHERE { ?a cd:implements+ ?b }",
        prefixes={"cd": str(CD)},
    )
    store.flush()
    store.backup(str(folder / "snapshots" / "first"))
    (folder / "snapshots" / "current").write_text("first", encoding="utf-8")
