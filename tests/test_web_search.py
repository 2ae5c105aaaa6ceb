"""Search finds a document by its number in any spelling, and bodies by name or abbreviation, with or without marks."""

import csv
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from threading import Event

import pytest
from chain_stores import loaded
from flask import Flask
from site_samples import Sample, sample_record

from chidao.graph.errors import StoreError
from chidao.graph.quads import record_quads
from chidao.graph.store import Store
from chidao.web import search
from chidao.web.console import LIMITS
from chidao.web.reader import Reader
from chidao.web.search import Index, Search
from chidao.web.search_rows import index_rows
from chidao.web.search_words import asked, short_forms, spelled_out, tokens
from chidao.web.site import site_of
from chidao.web.workers import Pool

# Invented documents that make numbers ambiguous and names hard: the same symbol in several provinces, Hà Nam and
# "năm", Cửa Lò and "của", both tone styles, abbreviations in a title.
OTHERS = (
    Sample("quang-ninh/tinh-uy", 2021, "CT", "18-CT/TU", "Tỉnh ủy Quảng Ninh", "province", "party", "2021-10-18",
           "Về việc thử nghiệm phòng, chống dịch trên địa bàn tỉnh"),
    Sample("can-tho/thanh-uy", 2021, "CT", "18-CT/TU", "Thành ủy Cần Thơ", "province", "party", "2021-08-02",
           "Về một việc khác"),
    Sample("dien-bien/tinh-uy", 2022, "CT", "18-CT/TU", "Tỉnh ủy Điện Biên", "province", "party", "2022-03-09",
           "Về tăng cường quản lý đất đai"),
    Sample("ha-nam/tinh-uy", 2021, "CT", "18-CT/TU", "Tỉnh ủy Hà Nam", "province", "party", "2021-12-20",
           "Về công tác thống kê"),
    Sample("quang-ninh/ba-che/huyen-uy", 2021, "CT", "07-CT/HU", "Huyện ủy Ba Chẽ", "district", "party", "2021-10-19",
           "Thực hiện Chỉ thị số 18-CT/TU của Tỉnh ủy Quảng Ninh"),
    Sample("nghe-an/cua-lo/uy-ban-nhan-dan", 2022, "KH", "31/KH-UBND", "Ủy ban nhân dân thị xã Cửa Lò", "district",
           "state", "2022-04-11", "Bảo đảm ATTP mùa du lịch"),
    Sample("trung-uong/bo-chinh-tri", 2021, "KL", "21-KL/TW", "Bộ Chính trị", "central", "party", "2021-10-25",
           "Về đẩy mạnh xây dựng, chỉnh đốn Đảng"),
    Sample("dak-lak/so-y-te", 2021, "CV", "2115/SYT-NVY", "Sở Y tế tỉnh Đắk Lắk", "province", "state", "2021-07-14",
           "V/v phòng, chống dịch tại khu công nghiệp"),
    Sample("hai-phong/uy-ban-nhan-dan", 2022, "QĐ", "09/QĐ-UBND", "Ủy ban nhân dân thành phố Hải Phòng", "province",
           "state", "2022-01-10", "Ban hành quy chế hoà giải ở cơ sở"),
)  # fmt: skip


@pytest.fixture(scope="module")
def library(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    """The index of the sample corpus and the invented documents, published as `chidao load` does."""
    folder = tmp_path_factory.mktemp("search") / "data"
    loaded(folder, (root / "samples").glob("*.txt"))
    with Store.open(folder) as store:
        for sample in OTHERS:
            record, text = sample_record(sample)
            store.replace(record.source.sha256, f"{sample.series}.txt", record_quads(record, text), text)
        store.publish()
    with Pool(folder, LIMITS) as pool:
        yield Index(Reader(pool, LIMITS.row_limit))


@pytest.mark.xdist_group("library")
def test_what_is_searched_stands_among_the_first_five(root: Path, library: Index) -> None:
    """Of at least forty searches, 95 in a hundred."""
    table = list(csv.DictReader((root / "tests" / "searches.csv").read_text(encoding="utf-8").splitlines()))
    missed = [row for row in table if not any(fits(row, hit.link) for hit in library.find(row["typed"], 5))]
    assert len(table) >= 40
    assert len(missed) <= len(table) * 0.05, [row["typed"] for row in missed]


def fits(row: dict[str, str], link: search.Link) -> bool:
    """Whether a hit is what the row of the table wants."""
    return link.text == row["shown"] and row["note"] in link.note


@pytest.mark.xdist_group("library")
@pytest.mark.parametrize(
    ("typed", "first"),
    [("68-CT/TW", "Chỉ thị 68-CT/TW"), ("huyen uy ba che", "Huyện ủy Ba Chẽ"), ("so 07 ct hu", "Chỉ thị 07-CT/HU")],
)
def test_what_is_called_just_so_comes_first(library: Index, typed: str, first: str) -> None:
    """Also before documents whose titles name it several times."""
    assert library.find(typed, 5)[0].link.text == first


@pytest.fixture(scope="module")
def found(app: Flask) -> Index:
    """The index of the invented documents."""
    return Index(site_of(app).reader)


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("07-CT/HU", "Chỉ thị 07-CT/HU"),
        ("07 ct hu", "Chỉ thị 07-CT/HU"),
        ("7-ct/hu", "Chỉ thị 07-CT/HU"),
        ("07ct hu", "Chỉ thị 07-CT/HU"),
        ("chỉ thị 07 huyện ủy ba chẽ", "Chỉ thị 07-CT/HU"),
        ("chi thi 07 huyen uy ba che", "Chỉ thị 07-CT/HU"),
        ("ct 18 tu", "Chỉ thị 18-CT/TU"),
        ("18-CT/TU", "Chỉ thị 18-CT/TU"),
        ("16/CT-TTg", "Chỉ thị 16/CT-TTg"),
        ("ct ttg 16", "Chỉ thị 16/CT-TTg"),
        ("thủ tướng", "Chỉ thị 16/CT-TTg"),
        ("03-NQ/ĐU", "Nghị quyết 03-NQ/ĐU"),
        ("3 nq du", "Nghị quyết 03-NQ/ĐU"),
        ("dang uy don dac", "Nghị quyết 03-NQ/ĐU"),
        ("ke hoach ubnd ba che", "Kế hoạch 112/KH-UBND"),
        ("kế hoạch ủy ban nhân dân huyện ba chẽ", "Kế hoạch 112/KH-UBND"),
        ("kế hoạch uỷ ban nhân dân huyện ba chẽ", "Kế hoạch 112/KH-UBND"),
        ("kh quang ninh", "Kế hoạch 187/KH-UBND"),
        ("187/KH-UBND 20/10/2021", "Kế hoạch 187/KH-UBND"),
        ("ubnd tinh quang ninh", "Ủy ban nhân dân tỉnh Quảng Ninh"),
        ("btv huyen uy ba che", "Ban Thường vụ Huyện ủy Ba Chẽ"),
        ("ban bi thu", "Ban Bí thư"),
        ("so thu nghiem", "Sở Thử nghiệm"),
        ("cac don vi", "các đơn vị"),
    ],
)
def test_what_is_meant_is_among_the_first_five(found: Index, typed: str, expected: str) -> None:
    assert expected in [hit.link.text for hit in found.find(typed, 5)]


@pytest.mark.parametrize("typed", ["", "  ", "///", '" OR 1=1 --', "NEAR(a b)", "*", "khong-co-gi-nhu-vay", "\x00"])
def test_odd_words_find_nothing_and_break_nothing(found: Index, typed: str) -> None:
    assert found.find(typed, 5) == []


def test_an_exact_number_does_not_find_longer_ones(found: Index) -> None:
    assert all("18-CT" in hit.link.text for hit in found.find("18 ct", 5))


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("Chỉ thị số 68 của Ban Bí thư", "chi thi 68 ban bi thu"),
        ("ngày 10 tháng 4 năm 2023", "10 4 2023"),
        ("10 thang 4 nam 2023", "10 4 2023"),
        ("tỉnh ủy hà nam 2023", "tinh uy ha nam 2023"),
        ("ubnd cua lo", "ubnd cua lo"),
        ("của", "cua"),
    ],
)
def test_words_around_what_is_meant_are_left_out(typed: str, expected: str) -> None:
    """Where they can be nothing else: without marks "nam" is also Hà Nam, and "cua" Cửa Lò."""
    assert " ".join(asked(typed)) == expected


def test_abbreviations_are_found_both_ways() -> None:
    """What is spelled out also stands short, parts of it too; what is short also spelled out."""
    assert set(short_forms("uy ban mat tran to quoc viet nam").split()) >= {"mttq", "ubmttq", "mttqvn", "ubmttqvn"}
    assert spelled_out("V/v PCCCR") == "phong chay chua chay rung"
    assert spelled_out("pccc") == ""


def test_long_answers_are_read_in_pages(app: Flask) -> None:
    """No document is missing from the index because an answer has only so many rows."""
    reader = site_of(app).reader
    assert list(index_rows(Reader(reader.pool, 3))) == list(index_rows(reader))


def test_while_an_index_is_being_made_the_one_before_answers(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search waits for the first index, and only a moment for that of a new snapshot."""
    site_search, going_on = Search(site_of(app).reader), Event()
    assert site_search.find("one", "07 ct hu", 5)

    def slow(reader: Reader) -> Index:
        going_on.wait(60)
        return Index(reader)

    monkeypatch.setattr(search, "Index", slow)
    monkeypatch.setattr(search, "PATIENCE", 0.01)
    coming: Future[Index] = site_search.prepare("two")
    assert site_search.find("two", "07 ct hu", 5)
    assert not coming.done()
    going_on.set()
    assert coming.result(60).find("07 ct hu", 5)


def test_an_index_that_could_not_be_made_is_tried_again(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A search says what went wrong; the next one may be luckier."""
    site_search = Search(site_of(app).reader)

    def broken(reader: Reader) -> Index:
        raise StoreError(f"no data for {reader.row_limit} rows")

    with monkeypatch.context() as once:
        once.setattr(search, "Index", broken)
        with pytest.raises(StoreError):
            site_search.find("one", "07 ct hu", 5)
    assert site_search.find("one", "07 ct hu", 5)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07-CT/HU", ["7", "ct", "hu"]),
        ("Đắk Lắk", ["dak", "lak"]),
        ("hoà hòa", ["hoa", "hoa"]),
        ("30c/NQ", ["30", "c", "nq"]),
    ],
)
def test_words_are_folded(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected
