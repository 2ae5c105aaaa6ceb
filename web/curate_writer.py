"""Writing a decision from the page: the site never opens the store, a process of ``chidao settle`` does and ends."""

import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from chidao.ontology.namespaces import ID

LONGEST = 2000  # code points of a field
PATIENCE = 600  # seconds for recording and publishing
VERBS = {"confirmed": "confirm", "refused": "refuse", "settled": "choose", "undone": "undo"}
BUSY = "is being written by another process"


@dataclass(frozen=True, slots=True)
class Wish:
    """What a form asks for: ``values`` are names as ``chidao settle`` takes them, none for undoing."""

    verdict: str
    thing: str
    values: tuple[str, ...]
    by: str
    why: str

    @property
    def complete(self) -> bool:
        """True where nothing is missing, too long, or no text."""
        fields = (self.thing, self.by, self.why, *self.values)
        stated = all(0 < len(field) <= LONGEST and "\0" not in field for field in fields)
        wanted = self.verdict == "undone" or bool(self.values)
        return stated and wanted and self.verdict in VERBS and self.thing.startswith(ID)


def write(data_dir: Path, wish: Wish) -> str | None:
    """Record the wish and publish; None when done, else the message that says why not."""
    try:
        ended = subprocess.run(_command(data_dir, wish), capture_output=True, timeout=PATIENCE, check=False)  # noqa: S603
    except subprocess.TimeoutExpired:
        return f"recording took longer than {PATIENCE} seconds and was stopped; nothing is lost, try again"
    said = ended.stderr.decode("utf-8", "replace").strip().removeprefix("chidao: ")
    return None if ended.returncode == 0 else said or "the decision could not be recorded"


def _command(data_dir: Path, wish: Wish) -> Sequence[str]:
    """Every field is an argument of its own, after "=" or "--": none can pass for an option."""
    options = [f"--data={data_dir}", f"--by={wish.by}", f"--why={wish.why}"]
    verb = VERBS[wish.verdict]
    return [sys.executable, "-P", "-m", "chidao", "settle", verb, *options, "--", wish.thing, *wish.values]
