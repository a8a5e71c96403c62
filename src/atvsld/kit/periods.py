"""Reporting periods: month, quarter, half-year, year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class PeriodError(ValueError):
    """A period that cannot be read; the message says, in Vietnamese, what would be accepted."""


class PeriodKind(StrEnum):
    """Lengths of period used by statutory reports."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"

    @property
    def per_year(self) -> int:
        return _PER_YEAR[self]


_PER_YEAR = {PeriodKind.YEAR: 1, PeriodKind.HALF: 2, PeriodKind.QUARTER: 4, PeriodKind.MONTH: 12}
_PATTERN = re.compile(r"(?P<year>\d{4})(?:-(?:H(?P<half>[12])|Q(?P<quarter>[1-4])|(?P<month>0[1-9]|1[0-2])))?")
_MARKS = {PeriodKind.HALF: "-H{}", PeriodKind.QUARTER: "-Q{}", PeriodKind.MONTH: "-{:02d}"}
_HALVES_VI = ("6 tháng đầu năm", "6 tháng cuối năm")
_HALVES_EN = ("first half of", "second half of")
_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A whole calendar period; `index` counts from 1 within the year.

    Ordered by year first, so periods of one kind sort in time.
    """

    year: int
    kind: PeriodKind
    index: int = 1

    def __post_init__(self) -> None:
        if not 1900 <= self.year <= 2200 or not 1 <= self.index <= self.kind.per_year:
            raise PeriodError(f"Không có kỳ {self.kind} thứ {self.index} của năm {self.year}.")

    @classmethod
    def parse(cls, code: str) -> Period:
        """Read `2024`, `2024-H1`, `2024-Q3` or `2024-05`; `PeriodError` for anything else."""
        found = _PATTERN.fullmatch(code.strip().upper())
        if not found:
            raise PeriodError(f"Không đọc được kỳ “{code}”. Viết 2024, 2024-H1, 2024-Q3 hoặc 2024-05.")
        for kind in (PeriodKind.HALF, PeriodKind.QUARTER, PeriodKind.MONTH):
            if found[kind.value]:
                return cls(int(found["year"]), kind, int(found[kind.value]))
        return cls(int(found["year"]), PeriodKind.YEAR)

    @classmethod
    def of(cls, day: date, kind: PeriodKind) -> Period:
        """The period of a kind that contains a day."""
        months = 12 // kind.per_year
        return cls(day.year, kind, (day.month - 1) // months + 1)

    @property
    def code(self) -> str:
        return f"{self.year}" + _MARKS.get(self.kind, "").format(self.index)

    @property
    def start(self) -> date:
        return date(self.year, (self.index - 1) * (12 // self.kind.per_year) + 1, 1)

    @property
    def end(self) -> date:
        """Last day, inclusive."""
        month = self.index * (12 // self.kind.per_year)
        return date(self.year, month, monthrange(self.year, month)[1])

    @property
    def label_vi(self) -> str:
        match self.kind:
            case PeriodKind.YEAR:
                return f"năm {self.year}"
            case PeriodKind.HALF:
                return f"{_HALVES_VI[self.index - 1]} {self.year}"
            case PeriodKind.QUARTER:
                return f"quý {['I', 'II', 'III', 'IV'][self.index - 1]} năm {self.year}"
            case PeriodKind.MONTH:
                return f"tháng {self.index:02d}/{self.year}"

    @property
    def label_en(self) -> str:
        match self.kind:
            case PeriodKind.YEAR:
                return f"year {self.year}"
            case PeriodKind.HALF:
                return f"{_HALVES_EN[self.index - 1]} {self.year}"
            case PeriodKind.QUARTER:
                return f"Q{self.index} {self.year}"
            case PeriodKind.MONTH:
                return f"{_MONTHS_EN[self.index - 1]} {self.year}"

    def contains(self, day: date) -> bool:
        return self.start <= day <= self.end

    def previous(self) -> Period:
        """The period of the same kind just before this one."""
        return self._shifted(-1)

    def year_before(self) -> Period:
        """The same period of the year before: what a change is measured against."""
        return Period(self.year - 1, self.kind, self.index)

    def parts(self, kind: PeriodKind) -> tuple[Period, ...]:
        """The shorter periods of `kind` that make up this one; itself when of that kind."""
        if kind.per_year < self.kind.per_year:
            raise PeriodError(f"Kỳ {self.code} không chia được thành kỳ {kind}.")
        share = kind.per_year // self.kind.per_year
        return tuple(Period(self.year, kind, (self.index - 1) * share + n) for n in range(1, share + 1))

    def _shifted(self, by: int) -> Period:
        years, index = divmod(self.index - 1 + by, self.kind.per_year)
        return Period(self.year + years, self.kind, index + 1)

    def __str__(self) -> str:
        return self.code
