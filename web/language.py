"""The words of the pages in Vietnamese and English, and which of the two a visitor reads."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Literal

from flask import Request

Language = Literal["vi", "en"]
COOKIE = "language"
LANGUAGES: dict[str, Language] = {"vi": "vi", "en": "en"}


@cache
def words(language: Language) -> Mapping[str, str]:
    """Key -> words, from ``language.toml``."""
    table = tomllib.loads(files("chidao.web").joinpath("language.toml").read_text(encoding="utf-8"))
    return MappingProxyType({key: both[language] for key, both in table.items()})


def chosen(request: Request) -> Language:
    """The language of ``?lang=``, else of the cookie, else the browser's; Vietnamese where none of them says."""
    browsers = request.accept_languages.best_match(LANGUAGES, default="vi")
    said = (request.args.get("lang"), request.cookies.get(COOKIE), browsers)
    return next(language for language in map(LANGUAGES.get, filter(None, said)) if language)
