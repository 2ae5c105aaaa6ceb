"""The root of the repository is the package: rules that keep this mapping whole."""

import os
import tomllib
from glob import glob
from importlib.resources import files
from pathlib import Path

import pytest

import chidao

FOLDERS_WITHOUT_CODE = {"tests", "docs", "benchmarks", "tools", "build", "dist", ".ci", ".types"}


@pytest.fixture(scope="module")
def project(root: Path) -> dict[str, object]:
    """pyproject.toml."""
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))


def test_no_stray_module_at_the_root(root: Path) -> None:
    """A module at the root would land in the wheel as a part of chidao."""
    assert {path.name for path in root.glob("*.py")} == {"__init__.py", "__main__.py"}


def test_every_folder_with_code_is_packaged(root: Path, project: dict[str, dict[str, dict[str, list[str]]]]) -> None:
    """An editable install would hide that a folder is missing from the list."""
    folders = {
        ".".join(path.parent.relative_to(root).parts)
        for path in root.rglob("*.py")
        if not (set(path.relative_to(root).parts) & FOLDERS_WITHOUT_CODE)
        and not any(part.startswith(".") for part in path.relative_to(root).parts)
    }
    packages = {f"chidao.{folder}" if folder else "chidao" for folder in folders}
    assert packages == set(project["tool"]["setuptools"]["packages"])


def test_every_data_file_is_packaged(
    root: Path, project: dict[str, dict[str, dict[str, dict[str, list[str]]]]]
) -> None:
    """A file beside the code that no pattern names would be missing in the wheel."""
    patterns = project["tool"]["setuptools"]["package-data"]
    held = {
        path
        for package, globs in patterns.items()
        for pattern in globs
        for path in map(Path, glob(str(root / Path(*package.split(".")[1:]) / pattern), recursive=True))
    }
    folders = {Path(*package.split(".")[1:2]) for package in project["tool"]["setuptools"]["packages"]} - {Path()}
    there = {path for folder in folders for path in (root / folder).rglob("*") if path.is_file()}
    assert {path for path in there - held if path.suffix not in (".py", ".pyc")} == set()


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("chidao.ontology", "chidao.ttl"),
        ("chidao.ontology", "shapes/data.ttl"),
        ("chidao.ontology", "register/places.csv.xz"),
        ("chidao.ontology", "register/LICENSE-places.txt"),
        ("chidao.ontology", "register/templates.csv"),
        ("chidao.loaders", "type_codes.csv"),
        ("chidao.samples", "01-ban-bi-thu-ct-tw.txt"),
        ("chidao.web", "templates/base.html"),
        ("chidao", "py.typed"),
    ],
)
def test_data_files_are_installed(package: str, name: str) -> None:
    """What the code reads at run time comes with the package."""
    assert files(package).joinpath(name).is_file()


def test_the_version_stands_in_one_place(project: dict[str, dict[str, str]]) -> None:
    """The package tells the version of pyproject.toml."""
    assert chidao.__version__ == project["project"]["version"]


@pytest.mark.skipif("CHIDAO_EXPECT_WHEEL" not in os.environ, reason="only where the tests run against the wheel")
def test_the_wheel_is_what_is_tested(root: Path) -> None:
    """The imported package is the installed one, not the checkout."""
    assert not Path(chidao.__file__).is_relative_to(root / "graph")
    assert Path(chidao.__file__).parent != root
