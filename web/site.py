"""What the pages of one running site share: its data folder, limits, workers and reader."""

from dataclasses import dataclass
from pathlib import Path

from flask import Flask, current_app

from chidao.web.limits import Limits
from chidao.web.reader import Reader
from chidao.web.workers import Pool

_KEY = "chidao"


@dataclass(frozen=True, slots=True)
class Site:
    """Made once by ``create_app``."""

    data_dir: Path
    limits: Limits
    pool: Pool
    reader: Reader


def install(app: Flask, made: Site) -> None:
    """Give ``app`` its site."""
    app.extensions[_KEY] = made


def site_of(app: Flask) -> Site:
    """The site that ``app`` shows."""
    found: Site = app.extensions[_KEY]
    return found


def site() -> Site:
    """The site of the request at hand."""
    return site_of(current_app)
