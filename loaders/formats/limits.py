"""What a parser of untrusted bytes may use; the kernel keeps these limits, also inside a native library."""

import resource
import signal
import sys
from pathlib import Path

from chidao.loaders.formats.kinds import MEBIBYTE


def allow_seconds(seconds: int) -> None:
    """End this process, whatever it does, unless it allows itself more within ``seconds``; 0: no limit."""
    signal.alarm(seconds)


def allow_memory(mebibytes: int) -> None:
    """Allow so much address space beyond what is in use now; on Linux only, where what is in use can be told."""
    if not sys.platform.startswith("linux"):
        return
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[0])
    allowed = pages * resource.getpagesize() + mebibytes * MEBIBYTE
    resource.setrlimit(resource.RLIMIT_AS, (allowed, allowed))
