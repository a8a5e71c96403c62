"""What can be wrong with the law book or with a question put to it."""

from __future__ import annotations


class LawDataError(ValueError):
    """A data file of the law book is wrong; the message names the file and the entry."""

    def __init__(self, file: str, entry: str, problem: str) -> None:
        super().__init__(f"{file} · {entry or '(toàn tệp)'}: {problem}")
        self.file = file
        self.entry = entry
        self.problem = problem


class UnknownEntry(LookupError):
    """The law book has no entry of that name: a mistake of the asker, not a gap in time."""
