"""The command line as a user meets it: a real process, a real store."""

import hashlib
import json
import re
import shutil
import subprocess
import sys
import unicodedata
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Literal
from zipfile import ZipFile

import pyoxigraph
import pytest
from place_base import lines, seed

from chidao.graph.publish import snapshot
from chidao.ontology.namespaces import CD

Run = Callable[..., "subprocess.CompletedProcess[str]"]
FORMS: tuple[Literal["NFC"], Literal["NFD"]] = ("NFC", "NFD")
LETTER = (
    "Số: 12/KH-UBND\nSơn Dương, ngày 2 tháng 3 năm 2023\n\nKẾ HOẠCH\nvề mùa khô\n\n1. Công an huyện tuần tra rừng.\n"
)


def running(folder: Path) -> Run:
    """Runs a command in a folder, on a store in it."""

    def run(*arguments: object, data: str = "data") -> "subprocess.CompletedProcess[str]":
        command = [sys.executable, "-P", "-m", "chidao", *map(str, arguments)]
        if arguments[0] not in ("extract", "--help"):
            command += ["--data", str(seed(folder / data) if arguments[0] == "load" else folder / data)]
        return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)

    return run


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Runs a command on a store of its own."""
    return running(tmp_path)


@pytest.fixture(scope="module")
def run_on_letter(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Runs a command on a store that holds a letter and is not changed."""
    folder = tmp_path_factory.mktemp("letter")
    (folder / "letter.txt").write_text(LETTER, encoding="utf-8")
    run = running(folder)
    assert run("load", "letter.txt").returncode == 0
    return run


@pytest.fixture
def samples(root: Path, tmp_path: Path) -> Path:
    """A copy of the sample corpus."""
    folder = tmp_path / "samples"
    shutil.copytree(root / "samples", folder, ignore=shutil.ignore_patterns("*.py", "*.csv", "*.md", "__pycache__"))
    return folder


def dataset(data: Path) -> list[str]:
    """The published dataset as sorted N-Quads, without the paths."""
    stated = lines(pyoxigraph.Store.read_only(str(snapshot(data))))
    return [line for line in stated if f" <{CD}path> " not in line]


def test_the_main_job(run: Run, samples: Path) -> None:
    """Load, look at a chain in every format, ask, check, count: each with its answer on stdout and status 0."""
    loaded = run("load", samples)
    assert loaded.returncode == 0, loaded.stderr
    assert "20 read, 0 refused" in loaded.stderr
    chain = run("chain", "21-CT/HU").stdout
    assert chain.index("68-CT/TW") < chain.index("285-KH/TU") < chain.index("21-CT/HU")
    for form in ("csv", "json", "graphml", "gexf", "html"):
        out = run("chain", "285-KH/TU", "--format", form).stdout
        assert "285-KH/TU" in out, form
        assert "68-CT/TW" in out, form
    answer = run("query", "chain-below", "--param", "document=68-CT/TW", "--format", "csv").stdout
    assert "https://w3id.org/chidao/id/document/quang-ninh/tinh-uy/2023/kh-285" in answer
    checked = run("check")
    assert (checked.returncode, "0 violations" in checked.stderr) == (0, True), checked.stdout
    counted = {row["what"]: row["count"] for row in json.loads(run("info", "--format", "json").stdout)}
    assert counted["sources"] == 20


def test_the_same_corpus_gives_the_same_dataset(run: Run, samples: Path, tmp_path: Path) -> None:
    """Twice, in another order, from another folder, on two processes: not a byte differs (paths aside)."""
    names = sorted(samples.iterdir())
    moved = tmp_path / "moved"
    shutil.copytree(samples, moved)
    run("load", *names, data="a")
    run("load", *names, data="a")
    run("load", *sorted(moved.iterdir(), reverse=True), data="b")
    run("load", *names[5:], data="c")
    run("load", "--jobs", 2, *names[:5], data="c")
    first, *others = (dataset(tmp_path / name) for name in "abc")
    assert first
    assert all(other == first for other in others)


def test_loading_a_path_again_replaces_what_it_said(run: Run, tmp_path: Path) -> None:
    """New bytes at a path withdraw the old ones; withdrawing the source leaves nothing of it."""
    empty = tmp_path / "one.txt"
    empty.write_text(LETTER, encoding="utf-8")
    run("load", empty)
    empty.write_text(LETTER.replace("12/KH", "13/KH"), encoding="utf-8")
    run("load", empty)
    symbols = run("query", "SELECT ?s { ?d cd:symbol ?s }", "--format", "csv").stdout.split()
    assert symbols == ["s", "13/KH-UBND"]
    assert run("withdraw", empty).returncode == 0
    assert run("query", "ASK { ?d a cd:Document }").stdout == "false\n"
    assert run("withdraw", empty).returncode == 1


BAD = {
    "missing.txt": "no such file",
    "empty.txt": "empty",
    "binary.txt": "not a text",
    "huge.txt": "split the file",
    "folder": "no text in this folder",
}


def test_bad_input_is_named_and_the_rest_is_loaded(run: Run, tmp_path: Path) -> None:
    """A line for each refusal: its file and reason on stderr, status 1; the good file is in the store."""
    (tmp_path / "empty.txt").touch()
    (tmp_path / "binary.txt").write_bytes(bytes(range(256)) * 99)
    (tmp_path / "huge.txt").write_text("Kế hoạch số 5. " * 3_000_000, encoding="utf-8")
    (tmp_path / "folder").mkdir()
    (tmp_path / "good.txt").write_text(LETTER, encoding="utf-8")
    result = run("load", *BAD, "good.txt")
    assert result.returncode == 1
    refused = [line for line in result.stderr.splitlines() if line.startswith("chidao: refused ")]
    assert len(refused) == len(BAD)
    assert all(name in line and BAD[name] in line for name, line in zip(BAD, refused, strict=True)), refused
    assert "Traceback" not in result.stderr
    assert run("query", "SELECT ?s { ?d cd:symbol ?s }", "--format", "csv").stdout.split() == ["s", "12/KH-UBND"]


@pytest.mark.xdist_group("letter")
@pytest.mark.parametrize(
    ("arguments", "status", "message"),
    [
        (("query", "SELECT * WHERE {"), 1, "line 1"),
        (("query", "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"), 1, "SERVICE"),
        (("query", "INSERT DATA { <a:a> <a:b> 1 }"), 1, "updates are refused"),
        (("query", "no-such-query"), 1, "chain-below"),
        (("query", "nowhere.rq"), 1, "nowhere.rq"),
        (("query", "chain-below", "--param", "documents=x"), 1, "document"),
        (("chain", "99-CT/XX"), 1, "99-CT/XX"),
        (("withdraw", "nothing.txt"), 1, "nothing.txt"),
        (("load",), 2, "Missing argument"),
        (("check", "--format", "yaml"), 2, "yaml"),
    ],
)
def test_wrong_questions_get_an_answer(
    run_on_letter: Run, arguments: tuple[str, ...], status: int, message: str
) -> None:
    """1 for what is wrong with the question, 2 for bad usage; never a traceback."""
    result = run_on_letter(*arguments)
    assert (result.returncode, "Traceback" in result.stderr) == (status, False)
    assert message in result.stderr


@pytest.mark.parametrize(
    "command", [("query", "ASK {}"), ("chain", "1-CT/HU"), ("check",), ("info",), ("withdraw", "x")]
)
def test_a_store_that_is_not_there_is_said(run: Run, command: tuple[str, ...]) -> None:
    """Reading commands name the folder and what to do."""
    result = run(*command, data="nowhere")
    assert result.returncode == 1
    assert "nowhere" in result.stderr
    assert "load" in result.stderr


def test_the_demonstration_says_where_it_is_and_serves(tmp_path: Path) -> None:
    """One command, nothing else needed: the page and the endpoint answer; a second server on the port is told so."""
    command = [sys.executable, "-P", "-m", "chidao", "demo", "--data", str(tmp_path / "demo"), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True) as server:
        try:
            assert server.stderr is not None
            address = next(
                found[0] for line in server.stderr if (found := re.search(r"http://127\.0\.0\.1:\d+/", line))
            )
            with urllib.request.urlopen(address) as page:
                assert "Chỉ đạo" in page.read().decode()
            with urllib.request.urlopen(f"{address}sparql?query=ASK%7B%3Fs%20%3Fp%20%3Fo%7D") as answer:
                assert json.load(answer)["boolean"] is True
            taken = ["serve", "--data", str(tmp_path / "demo"), "--port", address.split(":")[-1].strip("/")]
            second = subprocess.run([*command[:4], *taken], capture_output=True, text=True, check=False)
            assert (second.returncode, "choose another --port" in second.stderr) == (1, True)
        finally:
            server.terminate()


def test_records_are_json_lines(run: Run, samples: Path) -> None:
    """One object a text, with the keys that other tools rely on."""
    lines = run("extract", samples).stdout.splitlines()
    assert len(lines) == 20
    assert {"source", "documents", "citations", "obligations"} <= set(json.loads(lines[0]))


def test_a_secret_text_is_read_only_where_that_is_allowed(run: Run, tmp_path: Path) -> None:
    """Refused by name with the flag that allows it, status 1, the other text goes on; with the flag both are read."""
    secret, good = tmp_path / "secret.txt", tmp_path / "good.txt"
    secret.write_text(f"UBND HUYỆN SƠN DƯƠNG\nTỐI MẬT\n{LETTER.replace('12/KH', '13/KH')}", encoding="utf-8")
    good.write_text(LETTER, encoding="utf-8")
    for command in ("extract", "load"):
        refused = run(command, secret, good)
        assert refused.returncode == 1
        assert re.search(r"refused .*secret\.txt.*tối mật.*--allow-secret", refused.stderr)
        assert "13/KH-UBND" not in refused.stdout
        assert run(command, "--allow-secret", secret, good).returncode == 0
    assert len(run("extract", "--allow-secret", secret, good).stdout.splitlines()) == 2
    symbols = run("query", "SELECT ?s { ?d cd:symbol ?s } ORDER BY ?s", "--format", "csv").stdout.split()
    assert symbols == ["s", "12/KH-UBND", "13/KH-UBND"]


def test_private_numbers_are_masked_wherever_a_text_is_kept(run: Run, tmp_path: Path) -> None:
    """Record, store and stored text hold the mask; offsets and the hash are those of the file; quotes are verified."""
    duty = "1. Công an huyện báo cáo qua ông Trần Văn A, điện thoại: 0203.3835.678, CCCD số 022085012345."
    text = LETTER.replace("1. Công an huyện tuần tra rừng.", duty)
    for form in FORMS:
        (tmp_path / f"{form}.txt").write_text(unicodedata.normalize(form, text), encoding="utf-8")
    run("load", *(f"{form}.txt" for form in FORMS))
    store = pyoxigraph.Store.read_only(str(snapshot(tmp_path / "data")))
    assert says(store, "████.████.███, CCCD")
    assert not says(store, "3835.678")
    assert not says(store, "022085")
    records = run("extract", *(f"{form}.txt" for form in FORMS)).stdout.splitlines()
    for form, line in zip(FORMS, records, strict=True):
        record, read = json.loads(line), (tmp_path / f"{form}.txt").read_bytes()
        sha256 = hashlib.sha256(read).hexdigest()
        stored = (tmp_path / "data" / "texts" / f"{sha256}.txt").read_text(encoding="utf-8")
        assert record["source"]["sha256"] == sha256
        assert len(stored) == len(read.decode())
        span = record["obligations"][0]["evidence"]
        assert stored[span["start"] : span["end"]] == span["exact"]
        assert "████.████.███, CCCD" in span["exact"]
        assert not any(number in kept for number in ("3835.678", "022085") for kept in (stored, line))
    checked = run("check")
    assert (checked.returncode, checked.stdout.count("violation")) == (0, 0)


def says(store: pyoxigraph.Store, words: str) -> bool:
    """Whether the words stand anywhere in the store."""
    everywhere = "{ ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } }"
    return bool(store.query(f'ASK {{ {everywhere} FILTER(CONTAINS(CONCAT(STR(?s), STR(?o)), "{words}")) }}'))


def test_explain_shows_what_was_read_by_which_rule(run: Run, samples: Path) -> None:
    """A line of summary and a table for people; rows with places and whole quotes for programs; no records."""
    one = next(samples.glob("13-*.txt"))
    shown = run("extract", "--explain", one).stdout
    assert "(report): documents d1 21-CT/HU" in shown.splitlines()[0]
    assert shown.splitlines()[2].split() == ["line", "rule", "what", "quote"]
    assert re.search(r"relations\.implements +d1 implements 285-KH/TU", shown)
    assert "unread " in shown
    text = one.read_text(encoding="utf-8")
    rows = json.loads(run("extract", "--explain", "--format", "json", one).stdout)
    assert all(text[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert all(text.count("\n", 0, row["start"]) + 1 == row["line"] for row in rows)
    assert run("extract", "--explain", "--format", "csv", samples).stdout.startswith(
        "file,line,start,end,rule,what,quote"
    )
    assert run("extract", "--format", "csv", one).returncode == 2


def packed(path: Path, **texts: str) -> None:
    """An archive with a text for each name."""
    with ZipFile(path, "w") as archive:
        for name, text in texts.items():
            archive.writestr(f"{name}.txt", text)


def test_an_archive_is_withdrawn_whole_or_by_member(run: Run, tmp_path: Path) -> None:
    """ "a.zip!/b.txt" is one source; "a.zip" all of them, and nothing of another archive."""
    symbols = ("SELECT ?s { ?d cd:symbol ?s } ORDER BY ?s", "--format", "csv")
    texts = {name: LETTER.replace("12/KH", f"{number}/KH") for number, name in enumerate("abc", 1)}
    packed(tmp_path / "one.zip", **texts)
    packed(tmp_path / "one.zip.zip", d=LETTER)
    run("load", tmp_path / "one.zip", tmp_path / "one.zip.zip")
    assert run("withdraw", "one.zip!/b.txt").returncode == 0
    assert run("query", *symbols).stdout.split() == ["s", "1/KH-UBND", "12/KH-UBND", "3/KH-UBND"]
    gone = run("withdraw", tmp_path / "one.zip")
    assert gone.stderr.count(", ") == 1
    assert run("query", *symbols).stdout.split() == ["s", "12/KH-UBND"]
    assert run("withdraw", "one.zip").returncode == 1


def test_an_archive_that_is_loaded_again_replaces_what_it_held(run: Run, tmp_path: Path) -> None:
    """A member that is no longer there goes; when the archive can't be opened, what it held stays."""
    symbols = ("SELECT ?s { ?d cd:symbol ?s } ORDER BY ?s", "--format", "csv")
    archive = tmp_path / "one.zip"
    packed(archive, a=LETTER, b=LETTER.replace("12/KH", "13/KH"))
    run("load", archive)
    packed(archive, a=LETTER)
    assert "no longer in the archive" in run("load", archive).stderr
    assert run("query", *symbols).stdout.split() == ["s", "12/KH-UBND"]
    archive.write_bytes(archive.read_bytes()[:-30])
    assert run("load", archive).returncode == 1
    assert run("query", *symbols).stdout.split() == ["s", "12/KH-UBND"]
