"""How an act fails. Each carries sentences for the person who tried."""

from __future__ import annotations

from collections.abc import Iterable

from atvsld.kit.outcome import Problem


class Refused(Exception):
    """The actor may not do this; `reasons` say which permission or area is missing."""

    def __init__(self, *reasons: str) -> None:
        super().__init__(" ".join(reasons))
        self.reasons = reasons


class Conflict(Exception):
    """The record changed since it was read; nothing was written."""


class Rejected(Exception):
    """The input breaks rules; `problems` name each one. Nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(" ".join(map(str, self.problems)))
