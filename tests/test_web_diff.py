"""A parent and a child side by side: every duty with its kind in words, both quotes, and what differs in them."""

import csv
import io
import json
import re
from html import unescape

import pytest
from flask.testing import FlaskClient

from chidao.graph.side_by_side import COLUMNS

HTML = {"Accept": "text/html"}
PARENT, CHILD = "quang-ninh/ba-che/huyen-uy/2023/ct-21", "quang-ninh/ba-che/uy-ban-nhan-dan/2023/kh-118"
PAIR = f"/diff?parent={PARENT}&child={CHILD}"


def page(client: FlaskClient, address: str) -> str:
    response = client.get(address, headers=HTML)
    assert response.status_code == 200
    return response.text


def plain(html: str) -> str:
    """The words that a reader sees."""
    return " ".join(unescape(re.sub(r"<[^>]+>", "", html)).split())


@pytest.mark.parametrize(("language", "kind"), [("vi", "siết chặt"), ("en", "tightened")])
def test_a_kind_is_a_word_with_a_mark(sample_client: FlaskClient, language: str, kind: str) -> None:
    found = page(sample_client, f"{PAIR}&lang={language}")
    assert f'<span class="carry carry-tightened">{kind}</span>' in found
    assert "style=" not in found
    assert 'class="citation"' in found


def test_what_differs_is_struck_out_above_and_underlined_below(sample_client: FlaskClient) -> None:
    found = page(sample_client, PAIR)
    row = found[found.index('id="kind-tightened"') :].partition("</tr>")[0]
    above, below = re.findall(r'<a class="quote"[^>]*>(.*?)</a>', row)
    assert "<del>kiểm tra việc xử lý</del>" in above
    assert "<ins>" not in above
    assert "<ins>" in below
    assert "<del>" not in below
    assert plain(above) == (
        "- Chỉ đạo Hạt Kiểm lâm huyện phối hợp với Công ty TNHH một thành viên Lâm nghiệp Ba Chẽ "
        "kiểm tra việc xử lý thực bì sau khai thác."
    )


def test_quotes_lead_to_their_place_in_the_source(sample_client: FlaskClient) -> None:
    addresses = re.findall(r'class="quote" lang="vi" href="([^"]+)"', page(sample_client, PAIR))
    assert addresses
    path, _, anchor = addresses[-1].partition("#")
    assert f'id="{anchor}"' in page(sample_client, path)


def test_deadlines_and_bearers_of_both_stand_there(sample_client: FlaskClient) -> None:
    found = page(sample_client, f"{PAIR}&lang=en")
    row = found[found.index('id="kind-tightened"') :].partition("</tr>")[0]
    assert '<time datetime="2023-05-19T23:59:59+07:00">' in row
    assert "not stated" in row
    assert row.count('href="/body/quang-ninh/ba-che/') == 2
    assert "alike 74 % · confidence 90 %" in row


def test_dropped_and_added_duties_say_what_was_not_found(sample_client: FlaskClient) -> None:
    found = page(sample_client, f"{PAIR}&lang=en")
    for kind in ("dropped", "added"):
        row = found[found.index(f'id="kind-{kind}"') :].partition("</tr>")[0]
        assert "no answering duty found in the text held" in row
    assert "laid on others than the issuer" in found


def test_what_the_title_dropped(corpus_client: FlaskClient) -> None:
    """The double-digit growth target of 18-CT/TU is gone from the title of 07-CT/HU."""
    found = page(corpus_client, "/diff?parent=18-CT/TU&child=07-CT/HU&lang=en")
    assert "Targets gone from the title" in found
    assert "hai con số" in found[found.index("Targets gone") :]


def test_no_duties_held_is_said_in_words(corpus_client: FlaskClient) -> None:
    found = page(corpus_client, "/diff?parent=18-CT/TU&child=07-CT/HU&lang=en")
    assert "No duty of this document was read in the texts held" in found
    assert "Its text is not held" in found


def test_a_parent_alone_offers_its_children(sample_client: FlaskClient) -> None:
    assert f"/diff?parent={PARENT}&amp;child={CHILD}" in page(sample_client, f"/diff?parent={PARENT}")
    assert f"/diff?parent={PARENT}&amp;child={CHILD}" in page(sample_client, f"/diff?document={PARENT}")


def test_without_a_parent_there_is_where_to_begin(sample_client: FlaskClient) -> None:
    assert "/diff?document=" in page(sample_client, "/diff")


def test_documents_that_do_not_implement_each_other(sample_client: FlaskClient) -> None:
    found = page(sample_client, f"/diff?parent={CHILD}&child={PARENT}&lang=en")
    assert "No citation among the texts held says that the second document implements the first" in found


def test_downloads(sample_client: FlaskClient) -> None:
    table = sample_client.get(f"{PAIR}&format=csv").data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(table)))
    assert set(rows[0]) == set(COLUMNS)
    assert {row["kind"] for row in rows} == {"tightened", "reworded", "dropped", "added"}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row.values())
    whole = json.loads(sample_client.get(f"{PAIR}&format=json").data)
    assert [row["kind"] for row in whole["rows"]] == [row["kind"] for row in rows]


@pytest.mark.parametrize("address", ["/diff?parent=99-CT/TU", f"/diff?parent={PARENT}&child=https://no.such/<script>"])
def test_unknown_documents_are_not_found(sample_client: FlaskClient, address: str) -> None:
    response = sample_client.get(address, headers=HTML)
    assert response.status_code == 404
    assert "<script>" not in response.text.replace("<script src=", "")


def test_other_pages_lead_there(sample_client: FlaskClient) -> None:
    assert "/diff?document=quang-ninh/ba-che/huyen-uy/2023/ct-21" in page(sample_client, f"/document/{PARENT}")
    assert f"/diff?parent={PARENT}" in page(sample_client, f"/chain?p={PARENT}")
    assert re.search(
        r'href="/diff\?parent=[^"]+&amp;child=[^"]+"', page(sample_client, "/compare?document=68-CT/TW&level=province")
    )
