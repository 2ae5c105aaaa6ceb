"""Chidao: directives of Vietnam's Party and State bodies as a knowledge graph with a quote for every edge.

For notebooks: ``chidao.open("chidao-data")`` gives the documents, norms, chains and queries as pandas frames, and
``chidao.save`` writes a frame for a spreadsheet.
"""

from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import pandas as pd

    from chidao.web.notebook import Corpus

__version__ = version("chidao")


def open(data_dir: str | Path = "chidao-data", lang: Literal["vi", "en"] = "vi") -> "Corpus":  # noqa: A001
    """The published snapshot of a data folder; labels in ``lang``. Raises StoreError where there is none."""
    from chidao.web.notebook import Corpus  # noqa: PLC0415 - `import chidao` alone imports nothing of it

    return Corpus(Path(data_dir), lang)


def save(table: "pd.DataFrame", path: str | Path) -> None:
    """Write a frame as .csv or .xlsx; see ``web.frames.save``."""
    from chidao.web.frames import save as save_table  # noqa: PLC0415 - as above

    save_table(table, path)
