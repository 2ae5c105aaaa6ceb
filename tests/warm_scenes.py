"""Imported by the process that forks the children of ``scene_states``: they need not each read all tables again.

It opens no store, whose threads no fork survives.
"""

import tempfile
from pathlib import Path

from kill_scenes import text

from chidao.graph import publish  # noqa: F401 - imports what publishing needs
from chidao.loaders.load import extract_files
from chidao.ontology.vocabulary import vocabulary_ntriples

with tempfile.TemporaryDirectory() as folder:
    path = Path(folder, "1.txt")
    path.write_text(text(1), encoding="utf-8")
    list(extract_files((path,)))
vocabulary_ntriples()
