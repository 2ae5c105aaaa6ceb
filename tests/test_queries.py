"""What each shipped query answers on a small made-up graph: the values, not only the number of rows."""

import pyoxigraph
import pytest

from chidao.ontology.namespaces import ID, PREFIXES
from chidao.ontology.vocabulary import query, vocabulary_ntriples

# A made-up province directive T1, a district plan H1 that carries it out, a commune plan X1 that carries out H1, and X2
# that carries out T1 directly but does not state its number.
DATA = """
:t1 a cd:Document ; cd:symbol "04-CT/TU" ; cd:number "04" ; cd:documentType cd:type-chi-thi ; cd:issuedBy :tinh-uy ;
    cd:issued "2021-03-01"^^xsd:date ; cd:issuedDay 18687 ; cd:level cd:province ; cd:system cd:party ; cd:hasText :s1 .
:h1 a cd:Document ; cd:symbol "12-KH/HU" ; cd:number "12" ; cd:documentType cd:type-ke-hoach ; cd:issuedBy :huyen-uy ;
    cd:issued "2021-03-08"^^xsd:date ; cd:issuedDay 18694 ; cd:level cd:district ; cd:system cd:party ; cd:hasText :s2 ;
    cd:implements :t1 ; cd:inferred cd:issued .
:x1 a cd:Document ; cd:symbol "3-KH/ĐU" ; cd:number "3" ; cd:documentType cd:type-ke-hoach ;
    cd:issuedBy :dang-uy, :chi-bo ;
    cd:issued "2021-03-20"^^xsd:date ; cd:issuedDay 18706 ; cd:level cd:commune ; cd:system cd:party ; cd:hasText :s3 ;
    cd:implements :h1 .
:x2 a cd:Document ; cd:documentType cd:type-ke-hoach ; cd:issued "2021-03-05"^^xsd:date ; cd:issuedDay 18691 ;
    cd:level cd:commune ; cd:system cd:party ; cd:reportedIn :s4 ; cd:implements :t1 .
:tinh-uy skos:prefLabel "Tỉnh ủy Thí Dụ"@vi, "Thí Dụ Party Committee"@en .
:huyen-uy skos:prefLabel "Huyện ủy Ví Dụ"@vi .
:dang-uy skos:prefLabel "Đảng ủy xã A"@vi . :chi-bo skos:prefLabel "Chi bộ B"@vi .
:xa skos:prefLabel "các xã, thị trấn"@vi ; cd:member :dang-uy .
:c1 a cd:Citation ; cd:citing :h1 ; cd:cited :t1 ; cd:relation cd:implements ; cd:resolution cd:resolved ;
    oa:hasTarget :c1t .
:c1t oa:hasSource :s2 ; oa:hasSelector :c1q . :c1q oa:exact "Thực hiện Chỉ thị số 04-CT/TU" .
:c2 a cd:Citation ; cd:citing :x1 ; cd:cited :h1 ; cd:relation cd:implements ; cd:resolution cd:resolved ;
    oa:hasTarget :c2t .
:c2t oa:hasSource :s3 ; oa:hasSelector :c2q . :c2q oa:exact "Thực hiện Kế hoạch số 12-KH/HU" .
:c3 a cd:Citation ; cd:citing :x1 ; cd:relation cd:cites ; cd:resolution cd:ambiguous ; cd:reason "two years fit" .
:c4 a cd:CollectiveReference ; cd:citing :x1 ; cd:relation cd:implements ; cd:issuer :tinh-uy .
:c5 a cd:OralInstruction ; cd:citing :h1 ; cd:relation cd:implements ; cd:issuer :tinh-uy .
:n1 a cd:Obligation ; cd:imposedBy :h1 ; cd:bearer :xa ; cd:reportsTo :huyen-uy ; cd:via :chi-bo ;
    cd:deadlineDay 18732 ;
    cd:deadline "2021-04-15T23:59:59+07:00"^^xsd:dateTime ; cd:deadlinePrecision "day" ; oa:hasTarget :n1t .
:n1t oa:hasSource :s2 ; oa:hasSelector :n1q . :n1q oa:exact "Các xã, thị trấn báo cáo trước ngày 16/4/2021" .
:n2 a cd:Request ; cd:imposedBy :x1 ; cd:bearer :dang-uy ; cd:reportsTo :huyen-uy ; oa:hasTarget :n2t .
:n2t oa:hasSource :s3 ; oa:hasSelector :n2q . :n2q oa:exact "Đề nghị Đảng ủy báo cáo Huyện ủy" .
"""


@pytest.fixture(scope="module")
def store() -> pyoxigraph.Store:
    prefixes = "".join(f"PREFIX {prefix}: <{namespace}>\n" for prefix, namespace in PREFIXES.items())
    store = pyoxigraph.Store()
    store.load(f"{prefixes}PREFIX : <{ID}>\n{DATA}".encode(), format=pyoxigraph.RdfFormat.TURTLE)
    store.load(vocabulary_ntriples().encode(), format=pyoxigraph.RdfFormat.N_TRIPLES)
    return store


def shown(term: object) -> str:
    """An IRI of the data as its last step, any other term as its value, nothing as a dash."""
    return str(getattr(term, "value", "-")).removeprefix(str(ID))


def answer(store: pyoxigraph.Store, text: str, columns: str) -> list[tuple[str, ...]]:
    solutions = store.query(text)
    assert isinstance(solutions, pyoxigraph.QuerySolutions)
    return [tuple(shown(solution[column]) for column in columns.split()) for solution in solutions]


@pytest.mark.parametrize(
    ("name", "values", "columns", "rows"),
    [
        (
            "chain-below",
            {"document": f"{ID}t1"},
            "document symbol issuer level parent quote source",
            [
                ("x2", "-", "-", "Cấp xã", "t1", "-", "-"),
                ("h1", "12-KH/HU", "Huyện ủy Ví Dụ", "Cấp huyện", "t1", "Thực hiện Chỉ thị số 04-CT/TU", "s2"),
                ("x1", "3-KH/ĐU", "Chi bộ B", "Cấp xã", "h1", "Thực hiện Kế hoạch số 12-KH/HU", "s3"),
                ("x1", "3-KH/ĐU", "Đảng ủy xã A", "Cấp xã", "h1", "Thực hiện Kế hoạch số 12-KH/HU", "s3"),
            ],
        ),
        (
            "chain-above",
            {"document": f"{ID}x1"},
            "parent parentSymbol issuer level document quote",
            [
                ("h1", "12-KH/HU", "Huyện ủy Ví Dụ", "Cấp huyện", "x1", "Thực hiện Kế hoạch số 12-KH/HU"),
                ("t1", "04-CT/TU", "Tỉnh ủy Thí Dụ", "Cấp tỉnh", "h1", "Thực hiện Chỉ thị số 04-CT/TU"),
            ],
        ),
        (
            "deadlines",
            {"from": "2021-04-15", "to": "2021-04-15"},
            "precision bearerLabel reportsTo viaLabel document quote",
            [
                (
                    "day",
                    "các xã, thị trấn",
                    "Huyện ủy Ví Dụ",
                    "Chi bộ B",
                    "h1",
                    "Các xã, thị trấn báo cáo trước ngày 16/4/2021",
                )
            ],
        ),
        ("deadlines", {"from": "2021-04-16", "to": "2021-12-31"}, "bearer", []),
        (
            "duties",
            {"body": f"{ID}dang-uy"},
            "norm modality addressed document",
            [("n2", "Đề nghị", "Đảng ủy xã A", "x1"), ("n1", "Nhiệm vụ", "các xã, thị trấn", "h1")],
        ),
        (
            "reporting",
            {},
            "bearer recipient via duties",
            [("dang-uy", "huyen-uy", "-", "1"), ("xa", "huyen-uy", "chi-bo", "1")],
        ),
        (
            "lag",
            {"from": "2021-01-01", "to": "2021-12-31"},
            "parent document level days",
            [("h1", "x1", "Cấp xã", "12"), ("t1", "h1", "Cấp huyện", "7"), ("t1", "x2", "Cấp xã", "4")],
        ),
        (
            "open-references",
            {},
            "document resolved ambiguous unresolved collective oral",
            [("x1", "1", "1", "0", "1", "0"), ("h1", "1", "0", "0", "0", "1")],
        ),
        (
            "audit",
            {},
            "document finding detail source",
            [
                ("x2", "edge without a quote", "t1", "-"),
                ("x2", "number lost", "-", "s4"),
                ("x1", "two issuers", "chi-bo", "s3"),
                ("h1", "value inferred", "https://w3id.org/chidao/ontology#issued", "s2"),
            ],
        ),
        (
            "counts",
            {},
            "rank level system code documents",
            [
                ("1", "Cấp tỉnh", "Đảng", "CT", "1"),
                ("2", "Cấp huyện", "Đảng", "KH", "1"),
                ("3", "Cấp xã", "Đảng", "KH", "2"),
            ],
        ),
    ],
)
def test_a_query_answers(
    store: pyoxigraph.Store, name: str, values: dict[str, str], columns: str, rows: list[tuple[str, ...]]
) -> None:
    assert answer(store, query(name).bind(**values), columns) == rows
