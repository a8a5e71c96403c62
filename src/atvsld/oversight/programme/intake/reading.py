"""What a file says of a plan before anything is judged: its header, its rows, where each stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from atvsld.kit.outcome import Problem


@dataclass(frozen=True, slots=True)
class Brought:
    """`numbers` gives for each row the number by which people find it: row of the sheet, paragraph of the document."""

    header: Mapping[str, str]
    rows: Sequence[Mapping[str, str]]
    numbers: Sequence[int]
    problems: Sequence[Problem] = field(default_factory=tuple)
    notes: Sequence[str] = field(default_factory=tuple)

    def placed(self, problem: Problem) -> Problem:
        """A problem of the outline with the number of its row in the file; the outline counts from 0."""
        if problem.row is None or not 0 <= problem.row < len(self.numbers):
            return replace(problem, row=None)
        return replace(problem, row=self.numbers[problem.row])
