"""Errors that people meet: one root, a few kinds named by whose fault it is. The message is the docstring's promise."""


class ChidaoError(Exception):
    """What went wrong, where, and what to do about it; printed as it stands, never with a traceback."""


class SourceError(ChidaoError):
    """A file can't be read as the text of a directive (missing, empty, binary, too long, cut)."""


class SecretError(SourceError):
    """A text is marked as a State secret; it is read only where the reader says that this is allowed."""


class StoreError(ChidaoError):
    """The store can't be opened, written or found (a second writer, a full disk, a wrong folder)."""


class QueryError(ChidaoError):
    """A query is malformed, or asks for something that is refused (an update, SERVICE, the file system)."""


class NotFoundError(ChidaoError):
    """A document, body, source or shipped query is not known, or a name fits several."""


class CurationError(ChidaoError):
    """A decision can't be recorded: its value does not fit, who or why is missing, or a file of decisions is bad."""


class GoneError(ChidaoError):
    """A snapshot is not kept any more; ``current`` names the one that readers use now."""

    def __init__(self, message: str, current: str) -> None:
        super().__init__(message)
        self.current = current
