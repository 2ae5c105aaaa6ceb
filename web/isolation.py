"""What a query worker gives up before it reads its first query: memory without end, and the network.

The engine has no switch against ``SERVICE``. The endpoint refuses it by reading the query; this is the second lock,
kept by the Linux kernel: the system calls that open a connection or start a program fail with EACCES.
"""

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path

# <linux/audit.h> and the tables of system calls: socket, connect, socketpair, execve, execveat
_CALLS = {
    "x86_64": (0xC000003E, (41, 42, 53, 59, 322)),
    "aarch64": (0xC00000B7, (198, 203, 199, 221, 281)),
}
_PR_SET_PDEATHSIG, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER = 1, 38, 22, 2
_LOAD, _JUMP_IF_EQUAL, _JUMP_IF_GREATER_EQUAL, _RETURN = 0x20, 0x15, 0x35, 0x06
_ALLOW, _REFUSE, _KILL = 0x7FFF0000, 0x00050000 | errno.EACCES, 0x80000000
_X32_CALLS = 0x40000000


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_char_p))


def limit_memory(mebibytes: int) -> None:
    """Allow ``mebibytes`` of address space beyond what is in use now (a limit set before the store opens aborts it)."""
    if not sys.platform.startswith("linux"):
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    allowed = pages * resource.getpagesize() + mebibytes * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))


def end_with_parent(parent: int) -> None:
    """Have the system kill this process when ``parent`` ends, where it can; without a core dump of its memory."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # it ended before this call
            os._exit(0)


def refuse_network() -> bool:
    """Make connections impossible for this process and its threads to come; False where the system has no such lock."""
    known = _CALLS.get(platform.machine()) if sys.platform.startswith("linux") else None
    if known is None:
        return False
    code = _filter(*known)
    program = _Program(len(code) // 8, code)
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    return bool(
        prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0
        and prctl(_PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0) == 0
    )


def _filter(architecture: int, calls: tuple[int, ...]) -> bytes:
    """A classic BPF program over ``struct seccomp_data``: call number at byte 0, architecture at byte 4."""
    count = len(calls)
    steps = [(_LOAD, 0, 0, 4), (_JUMP_IF_EQUAL, 1, 0, architecture), (_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, 0)]
    steps.append((_JUMP_IF_GREATER_EQUAL, count + 1, 0, _X32_CALLS))
    steps += [(_JUMP_IF_EQUAL, count - place, 0, call) for place, call in enumerate(calls)]
    steps += [(_RETURN, 0, 0, _ALLOW), (_RETURN, 0, 0, _REFUSE)]
    return b"".join(struct.pack("HBBI", *step) for step in steps)
