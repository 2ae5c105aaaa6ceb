"""What the query editor and the forms of ready-made questions are given: terms, choices, and what typed words mean."""

import gzip
from pathlib import Path
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient

from chidao.ontology.namespaces import ID, PREFIXES
from chidao.ontology.vocabulary import queries
from chidao.web.parameter_choices import concepts

BROWSER = {"Accept": "text/html"}
CT_07 = f"{ID}document/quang-ninh/ba-che/huyen-uy/2021/ct-07"
LIMIT = 600 * 1024  # bytes, compressed: all that is not ours


def asked(client: FlaskClient, example: str, language: str = "en", **values: str) -> tuple[int, str]:
    """(status, page) of a ready-made question whose form is sent with these values."""
    parameters = {f"param.{name}": value for name, value in values.items()}
    address = "/sparql?" + urlencode({"example": example, "run": "1", "lang": language, **parameters})
    response = client.get(address, headers=BROWSER)
    return response.status_code, response.text


def test_completion_knows_every_own_term_with_both_labels(client: FlaskClient) -> None:
    content = client.get("/sparql/completion.json").get_json()
    terms = {name: (kind, vi, en) for name, kind, vi, en in content["terms"]}
    assert terms["cd:issued"] == ("property", "ngày ban hành", "issued")
    assert terms["cd:Document"][0] == "class"
    assert terms["cd:district"] == ("concept", "Cấp huyện", "District")
    assert {"skos:prefLabel", "dcterms:title", "oa:exact"} <= terms.keys()
    assert all(vi and en for name, (_, vi, en) in terms.items() if name.startswith("cd:"))
    assert content["prefixes"] == {name: str(iri) for name, iri in PREFIXES.items()}
    assert f"{ID}graph/register" in content["graphs"]


def test_completion_is_kept_by_the_browser(client: FlaskClient) -> None:
    first = client.get("/sparql/completion.json")
    again = client.get("/sparql/completion.json", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert first.cache_control.max_age


@pytest.mark.parametrize(
    ("picks", "text", "labels"),
    [
        ("document", "07 ct hu", ["Directive 07-CT/HU"]),
        ("document", "uy ban nhan dan huyen ba che", ["Plan 112/KH-UBND"]),
        ("document", "", []),
        ("body", "ban thuong vu huyen uy", ["Ban Thường vụ Huyện ủy Ba Chẽ"]),
        ("body", "07 ct hu", []),
        ("village", "ba che", []),
        ("document", '") OR 1 --', []),
    ],
)
def test_choices_are_found_without_marks_and_are_of_the_kind_asked_for(
    client: FlaskClient, picks: str, text: str, labels: list[str]
) -> None:
    found = client.get(f"/sparql/choices.json?{urlencode({'picks': picks, 'q': text, 'lang': 'en'})}").get_json()
    assert [one["label"] for one in found] == labels
    assert all(one["value"].startswith(f"{ID}{picks}/") for one in found)


def test_at_most_twenty_are_suggested(sample_client: FlaskClient) -> None:
    assert len(sample_client.get("/sparql/choices.json?picks=body&q=uy+ban").get_json()) == 20


@pytest.mark.parametrize(
    ("example", "values", "part"),
    [
        ("chain-above", {"document": "07 ct hu"}, f"&lt;{CT_07}&gt;"),
        ("chain-above", {"document": CT_07}, f"&lt;{CT_07}&gt;"),
        ("lag", {"from": "19/10/2021", "to": "2021-10-20"}, "?parentDay &gt;= 18919 &amp;&amp; ?parentDay &lt;= 18920"),
        ("in-force", {"day": "19/10/2021"}, "&#34;2021-10-19&#34;^^"),
        ("who-may-issue", {"code": "KH"}, "skos:notation &#34;KH&#34;"),
        ("documents", {}, "FILTER(LANG(?issuerAsked) = &#34;en&#34;)"),  # of labels: that of the page
    ],
)
def test_typed_words_become_the_value_that_they_mean(
    client: FlaskClient, example: str, values: dict[str, str], part: str
) -> None:
    status, page = asked(client, example, **values)
    assert status == 200
    assert part in page


def test_words_that_fit_several_come_back_as_a_list_to_choose_from(client: FlaskClient) -> None:
    """Nothing is guessed, and the list needs no script."""
    status, page = asked(client, "chain-above", document="ke hoach thu nghiem")
    assert status == 400
    assert "several fit" in page
    assert '<select id="param-document"' in page
    assert page.count(f'<option value="{ID}document/') == 2


@pytest.mark.parametrize(
    ("example", "values", "language", "message"),
    [
        ("chain-above", {"document": "99-CT/XX"}, "vi", "không tìm thấy trong kho"),
        ("chain-above", {"document": ""}, "en", "nothing is found among the texts held"),
        ("chain-above", {"document": "<b>zzz"}, "en", "“&lt;b&gt;zzz”: nothing is found"),
        ("chain-above", {"document": "https://a/> } SELECT"}, "en", "“https://a/&gt; } SELECT”: nothing is found"),
        ("chain-above", {"document": "\x00"}, "en", "nothing is found"),
        ("lag", {"from": "31/02/2021"}, "vi", "không phải là ngày"),
        ("load", {"least": "many"}, "en", "is not an integer"),
    ],
)
def test_what_means_nothing_is_refused_in_the_readers_language(
    client: FlaskClient, example: str, values: dict[str, str], language: str, message: str
) -> None:
    status, page = asked(client, example, language, **values)
    assert status == 400
    assert message in page


@pytest.mark.parametrize(
    ("example", "field"),
    [
        ("chain-above", '<input id="param-document" name="param.document" value="" data-picks="document"'),
        ("duties", '<input id="param-body" name="param.body" value="" data-picks="body"'),
        ("documents", '<select id="param-level" name="param.level">'),
        ("documents", '<input id="param-from" name="param.from" value="01/05/2023" placeholder="dd/mm/yyyy"'),
        ("documents", '<option value="en" selected>English</option>'),
        ("who-may-issue", '<option value="CT">Directive</option>'),
        ("types-of-code", '<option value="*" selected>any</option><option value="armed-forces">'),
        ("load", '<input id="param-least" name="param.least" value="3"'),
    ],
)
def test_a_form_has_a_field_for_each_blank(client: FlaskClient, example: str, field: str) -> None:
    """A default that the graph does not hold leaves its field empty."""
    assert field in client.get(f"/sparql?example={example}&lang=en", headers=BROWSER).text


@pytest.mark.parametrize("name", sorted(queries()))
def test_what_a_blank_picks_from_exists_and_its_default_is_among_it(name: str) -> None:
    for parameter in queries()[name].parameters:
        if parameter.picks.startswith("cd:"):
            values = {option.value for option in concepts(parameter.picks, parameter.kind == "iri", "vi")}
            assert parameter.default in values | {"*"}
        assert parameter.picks or parameter.kind != "iri"


def test_levels_are_offered_from_the_top_down() -> None:
    labels = [option.label for option in concepts("cd:levels", True, "vi")]
    assert labels == ["Trung ương", "Cấp tỉnh", "Cấp huyện", "Cấp xã", "Cơ sở"]


def test_what_is_vendored_is_small_licensed_and_alone(root: Path) -> None:
    folders = [path for path in (root / "web/static/vendor").iterdir() if path.is_dir()]
    assert all((folder / "LICENSE.txt").is_file() for folder in folders)
    held = [path.read_bytes() for folder in folders for path in folder.iterdir()]
    assert sum(len(gzip.compress(content)) for content in held) <= LIMIT
    assert not any(b"sourceMappingURL" in content for content in held)


def test_the_editor_travels_compressed_and_once(client: FlaskClient) -> None:
    address = "/static/vendor/yasgui/yasqe.min.js"
    first = client.get(address, headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    assert len(first.data) < 200_000
    assert gzip.decompress(first.data) == client.get(address).data
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"], "Accept-Encoding": "gzip"})
    assert (again.status_code, again.data) == (304, b"")
