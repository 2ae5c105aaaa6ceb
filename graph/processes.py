"""Processes that work beside the one that writes, and end with it."""

import multiprocessing
import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor


def processes(count: int, preload: Sequence[str]) -> ProcessPoolExecutor:
    """``count`` processes in which the modules ``preload`` are loaded.

    They are started by a server without threads: to fork a process in which the store's threads work is not safe.
    """
    methods = multiprocessing.get_all_start_methods()
    context = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
    context.set_forkserver_preload(list(preload))
    return ProcessPoolExecutor(count, mp_context=context, initializer=_end_with_parent)


def _end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_leave_after, args=(parent.join,), daemon=True).start()


def _leave_after(parent_ended: Callable[[], None]) -> None:
    parent_ended()
    os._exit(1)
