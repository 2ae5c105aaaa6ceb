"""No process of a pool outlives the one that started it, even where that one was killed and could tell nobody."""

import os
from multiprocessing import parent_process
from multiprocessing.process import BaseProcess
from threading import Thread


def end_with_parent() -> None:
    """Let this process end when its parent does; the initializer of a pool."""
    if parent := parent_process():
        Thread(target=_follow, args=[parent], daemon=True).start()


def _follow(parent: BaseProcess) -> None:
    parent.join()
    os._exit(1)
