"""Messages between the web process and a worker, over a pair of sockets: a kind, a length, the content.

The worker's messages are ``r`` (ready), ``c`` (a piece of an answer) and ``e`` (its outcome, as JSON); what is asked of
it is ``q`` (pickled: the web process is trusted by its worker, not the other way round).
"""

import socket
import struct
import time
from collections.abc import Iterable

_HEAD = struct.Struct("!cI")
_PIECE = 256 * 1024

Message = tuple[bytes, bytes]


class Channel:
    """One end of the pair. What was read beyond a message is kept for the next."""

    def __init__(self, end: socket.socket) -> None:
        self._end = end
        self._held = bytearray()

    def send(self, messages: Iterable[Message]) -> None:
        """Send them in one go, however long it takes. Raises EOFError where the other end is closed."""
        self._end.settimeout(None)
        try:
            self._end.sendall(b"".join(_HEAD.pack(kind, len(content)) + content for kind, content in messages))
        except OSError as error:
            raise EOFError from error

    def receive(self, seconds: float | None = None) -> Message:
        """The next message. Raises EOFError where the other end is closed, TimeoutError where it does not come."""
        ends = None if seconds is None else time.monotonic() + seconds
        self._fill(_HEAD.size, ends)
        kind, length = _HEAD.unpack_from(self._held)
        whole = _HEAD.size + length
        self._fill(whole, ends)
        content = bytes(memoryview(self._held)[_HEAD.size : whole])
        del self._held[:whole]
        return kind, content

    def _fill(self, size: int, ends: float | None) -> None:
        while len(self._held) < size:
            self._end.settimeout(None if ends is None else max(0.0001, ends - time.monotonic()))
            try:
                piece = self._end.recv(_PIECE)
            except ConnectionError as error:
                raise EOFError from error
            if not piece:
                raise EOFError
            self._held += piece

    @property
    def open(self) -> bool:
        """Whether the other end is there, as far as one can tell without waiting."""
        self._end.settimeout(0)
        try:
            return self._end.recv(1, socket.MSG_PEEK) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False

    def close(self) -> None:
        """Close this end."""
        self._end.close()
