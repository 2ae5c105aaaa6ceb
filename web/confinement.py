"""Which files a query worker can still open: those of the data and of the program, to read. Kept by Linux's Landlock.

The engine opens no file that a query names; this holds should it ever do so. It needs no privilege.
"""

import ctypes
import os
import struct
import sys
from collections.abc import Iterable
from pathlib import Path

# <linux/landlock.h>; the numbers of these system calls are the same on every architecture
_CREATE_RULESET, _ADD_RULE, _RESTRICT_SELF = 444, 445, 446
_PATH_BENEATH = 1
_READ_FILE, _READ_FOLDER = 1 << 2, 1 << 3
_EVERY_ACCESS = (1 << 13) - 1  # of its first version: run, write, read, list, remove, make


def program_folders() -> set[Path]:
    """Where Python finds what it has yet to import, and the libraries of it."""
    own = Path(__file__).resolve().parent.parent  # an editable installation is found without sys.path, and by links
    named = (*sys.path, sys.prefix, sys.base_prefix, str(own), "/usr", "/lib", "/lib64")
    return {Path(name).resolve() for name in named if name}


def confine_files(readable: Iterable[Path]) -> bool:
    """Let this thread open only what lies under these folders, and only to read; False where the system can't.

    To be called after ``isolation.refuse_network``, which gives up what the lock asks for.
    """
    if not sys.platform.startswith("linux"):
        return False
    call = ctypes.CDLL(None, use_errno=True).syscall
    rules = call(_CREATE_RULESET, struct.pack("Q", _EVERY_ACCESS), ctypes.c_size_t(8), 0)
    if rules < 0:
        return False
    try:
        for folder in readable:
            if folder.is_dir():
                _allow(call, rules, folder)
        return bool(call(_RESTRICT_SELF, rules, 0) == 0)
    finally:
        os.close(rules)


def _allow(call: "ctypes._NamedFuncPointer", rules: int, folder: Path) -> None:
    opened = os.open(folder, os.O_PATH | os.O_CLOEXEC)
    try:
        call(_ADD_RULE, rules, _PATH_BENEATH, struct.pack("=Qi", _READ_FILE | _READ_FOLDER, opened), 0)
    finally:
        os.close(opened)
