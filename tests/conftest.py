"""Fixtures that several test modules share."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from chain_stores import loaded
from engine_servers import Engine, oxigraph, virtuoso
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import settings
from place_base import discard_base
from site_samples import publish_samples
from w3c_site import Client, asked

from chidao.web.app import create_app
from chidao.web.limits import Limits
from chidao.web.site import site_of

pytest.register_assert_rewrite("browsing")

# No test measures time; on CI every run tries the same examples.
settings.register_profile("chidao", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("chidao")

ROOT = Path(__file__).resolve().parent.parent


def pytest_sessionfinish() -> None:
    """Leave nothing behind in the folder of temporary files."""
    discard_base()


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts and of the W3C suite beside the checkout."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the real texts are not part of the project: no folder ../shared beside the checkout")
    return folder


@pytest.fixture(scope="session")
def sample_data(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the sample corpus."""
    return loaded(tmp_path_factory.mktemp("samples") / "data", (root / "samples").glob("*.txt"))


@pytest.fixture(scope="session")
def corpus_data(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the five real texts of ../shared/corpus."""
    return loaded(tmp_path_factory.mktemp("corpus") / "data", (shared / "corpus").glob("*.txt"))


@pytest.fixture(scope="session")
def oxigraph_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A running Oxigraph server."""
    with oxigraph(tmp_path_factory.mktemp("oxigraph")) as engine:
        yield engine


@pytest.fixture(scope="session")
def virtuoso_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A running Virtuoso."""
    with virtuoso(tmp_path_factory.mktemp("virtuoso")) as engine:
        yield engine


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the invented documents, published."""
    folder = tmp_path_factory.mktemp("published") / "data"
    publish_samples(folder)
    return folder


@pytest.fixture(scope="session")
def app(published: Path) -> Iterator[Flask]:
    """The site over the invented documents, with small limits."""
    limits = Limits(workers=2, time_limit=5, memory_limit=400, row_limit=2000)
    made = create_app(published, limits)
    made.testing = True
    yield made
    site_of(made).pool.close()


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A visitor without cookies."""
    return app.test_client()


def _visitor(data: Path) -> Iterator[FlaskClient]:
    made = create_app(data, Limits(workers=1))
    made.testing = True
    yield made.test_client(use_cookies=False)
    site_of(made).pool.close()


@pytest.fixture(scope="session")
def sample_client(sample_data: Path) -> Iterator[FlaskClient]:
    """A visitor of the site over the sample corpus."""
    yield from _visitor(sample_data)


@pytest.fixture(scope="session")
def corpus_client(corpus_data: Path) -> Iterator[FlaskClient]:
    """A visitor of the site over the five real texts."""
    yield from _visitor(corpus_data)


@pytest.fixture(scope="session")
def w3c(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    """A connection to a server process over the data of the W3C suite."""
    with asked(shared / "w3c/sparql11", tmp_path_factory.mktemp("w3c")) as client:
        yield client
