"""A target measured: year by year, with everything needed to judge the verdict."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from atvsld.kit.certainty import Certainty, Citation
from atvsld.law.targets import Target
from atvsld.oversight.indicators.baselines import Locked
from atvsld.oversight.indicators.figures import BySector, Workforce
from atvsld.oversight.reporting.result import json_number
from atvsld.oversight.reporting.subject import Subject
from atvsld.statistics.intervals import Interval
from atvsld.statistics.rates import Rate
from atvsld.statistics.targets import Assessment, Verdict


@dataclass(frozen=True, slots=True)
class SamePart:
    """Deaths of contract workers from 1 January to one day of the year, in this year and in earlier ones."""

    until: date
    deaths: int
    earlier: Mapping[int, int]

    def to_json(self) -> dict[str, Any]:
        return {
            "until": self.until.isoformat(),
            "deaths": self.deaths,
            "same_part_of": {str(year): count for year, count in self.earlier.items()},
        }


@dataclass(frozen=True, slots=True)
class YearPoint:
    """One year of the target.

    `rate` is that of contract workers, the only people whose number the registers hold; `all_sectors` and
    `non_contract` are withheld rates that say why. `assessment` is None in the baseline year. `same_part` is set
    in the year in progress, whose rate is withheld. `outside` counts deaths in the rate's numerator at
    establishments that stated no workforce. `with_pending` is the verdict if every pending death were counted.
    """

    year: int
    complete: bool
    subject: Subject
    counted: BySector
    pending: BySector
    workforce: Workforce
    outside: int
    rate: Rate
    interval: Interval | None
    non_contract: Rate
    all_sectors: Rate
    required: Decimal | None
    assessment: Assessment | None
    with_pending: Verdict | None
    same_part: SamePart | None

    @property
    def verdict(self) -> Verdict | None:
        return self.assessment.verdict if self.assessment else None

    def to_json(self) -> dict[str, Any]:
        return {
            "year": self.year,
            "complete": self.complete,
            "subject": self.subject.to_json(),
            "counted": self.counted.to_json(),
            "pending": self.pending.to_json(),
            "workforce": self.workforce.to_json(),
            "deaths_outside_denominator": self.outside,
            "rates": {
                "contract": rate_json(self.rate),
                "non_contract": rate_json(self.non_contract),
                "all_sectors": rate_json(self.all_sectors),
            },
            "interval": self.interval.to_json() if self.interval else None,
            "required": json_number(self.required),
            "verdict": self.verdict.value if self.verdict else None,
            "verdict_with_pending": self.with_pending.value if self.with_pending else None,
            "assessment": self.assessment.to_json() if self.assessment else None,
            "same_part": self.same_part.to_json() if self.same_part else None,
        }


@dataclass(frozen=True, slots=True)
class TargetReport:
    """A target of the plan for one place, as the records stood at `as_of`.

    `subject` is the place by the newest boundaries used; `path` gives the required rate of every year drawn.
    `per_status` says how sure we are of the factor rates are expressed per.
    """

    target: Target
    subject: Subject
    basis: str
    as_of: datetime
    law_version: str
    per: int
    per_status: Certainty
    per_citation: Citation
    points: tuple[YearPoint, ...]
    path: Mapping[int, Decimal]
    warnings: tuple[str, ...] = ()
    locked: Locked | None = None
    synthetic: bool = False

    @property
    def baseline(self) -> YearPoint:
        return self.points[0]

    @property
    def latest(self) -> YearPoint | None:
        """The newest whole year after the baseline: the one the verdict speaks of."""
        whole = [point for point in self.points if point.complete and point.assessment]
        return whole[-1] if whole else None

    @property
    def in_progress(self) -> YearPoint | None:
        return next((point for point in self.points if not point.complete), None)

    @property
    def verdict(self) -> Verdict:
        return (self.latest.verdict if self.latest else None) or Verdict.CANNOT_TELL

    @property
    def tellable_year(self) -> int | None:
        """First year in which standing still would be noticed; None when not within the horizon or not known."""
        assessment = self.latest.assessment if self.latest else None
        if assessment is None or assessment.tellable_after is None:
            return None
        return self.target.baseline_year + assessment.tellable_after

    def point(self, year: int) -> YearPoint:
        """A year by number; KeyError for one that is not reported."""
        for point in self.points:
            if point.year == year:
                return point
        raise KeyError(year)

    def to_json(self) -> dict[str, Any]:
        """The target as plain data: the same figures as on the page and on paper."""
        target = self.target
        return {
            "target": target.id,
            "label": target.label.vi,
            "citation": str(target.citation),
            "status": target.status.value,
            "note": target.note,
            "change_per_year": json_number(target.change_per_year),
            "subject": self.subject.to_json(),
            "basis": self.basis,
            "boundary": self.subject.boundary_choice,
            "as_of": self.as_of.isoformat(timespec="seconds"),
            "law_version": self.law_version,
            "synthetic": self.synthetic,
            "per": self.per,
            "per_status": self.per_status.value,
            "per_citation": str(self.per_citation),
            "conclusions_counted": ["occupational"],
            "baseline": {
                "year": self.baseline.year,
                "deaths": self.baseline.rate.count,
                "workers": self.baseline.workforce.workers,
                "rate": json_number(self.baseline.rate.value),
                "source": self.baseline.rate.denominator_source,
            },
            "baseline_locked": self.locked.to_json() if self.locked else None,
            "verdict": self.verdict.value,
            "verdict_year": self.latest.year if self.latest else None,
            "tellable_year": self.tellable_year,
            "path": {str(year): json_number(value) for year, value in self.path.items()},
            "years": [point.to_json() for point in self.points],
            "warnings": list(self.warnings),
        }


def rate_json(found: Rate) -> dict[str, Any]:
    """A rate with its figures as JSON numbers, like the figures of reports."""
    figures = {"denominator": json_number(found.denominator), "value": json_number(found.value)}
    return found.to_json() | figures
