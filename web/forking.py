"""The process that workers are forked from: it has imported everything, opened nothing, and runs no thread.

A worker forked from it starts in milliseconds. An opened store can't be forked, for its threads stay behind: so each
worker opens its snapshot itself. Requests and replies alternate, one datagram's worth each:

- ``start FOLDER`` with the worker's end of a channel -> its process id
- ``reap ID`` of a worker that has ended -> its exit code, negative for a signal
"""

import os
import signal
import socket
from collections.abc import Callable

from chidao.web.isolation import end_with_parent

LONGEST = 16 * 1024  # bytes of a request
RAN, FAILED = 0, 1


def fork_on_request(control: socket.socket, work: Callable[[int, str], None]) -> None:
    """Answer requests until the other end of ``control`` is closed; ``work`` takes the worker's end and the folder."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C is for the web process, which then ends this one
    while True:
        message, descriptors, _, _ = socket.recv_fds(control, LONGEST, 1)
        word, _, rest = message.decode().partition(" ")
        if word == "start":
            process = _forked(control, work, descriptors[0], rest)
            os.close(descriptors[0])
            control.sendall(str(process).encode())
        elif word == "reap":
            control.sendall(str(_exit_code(int(rest))).encode())
        else:
            return


def _forked(control: socket.socket, work: Callable[[int, str], None], descriptor: int, folder: str) -> int:
    parent = os.getpid()
    process = os.fork()
    if process:
        return process
    code = FAILED
    try:
        end_with_parent(parent)
        control.close()
        work(descriptor, folder)
        code = RAN
    finally:
        os._exit(code)  # what the parent would clean up at its own end is not ours


def _exit_code(process: int) -> int:
    try:
        return os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
    except ChildProcessError:  # a process that was forked from one before this
        return FAILED
