"""Targets II.2 and II.3: counts of work done, from the reports employers handed in, until their registers exist."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.periods import Period, PeriodKind
from atvsld.law import load_book
from atvsld.law.targets import ReportedMeasure, Target
from atvsld.oversight.indicators import baselines, policy, reported
from atvsld.oversight.indicators.reported import Expected, Told
from atvsld.oversight.indicators.service import goal_of, require
from atvsld.oversight.obligations import facade as obligations
from atvsld.oversight.reporting import subject as subjects
from atvsld.oversight.reporting.result import json_number
from atvsld.oversight.reporting.subject import Boundary, Subject
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Rejected
from atvsld.registers.places import tree
from atvsld.statistics.counts import CountAssessment, Known, assess_count
from atvsld.statistics.targets import Verdict

AHEAD = 1


@dataclass(frozen=True, slots=True)
class CountPoint:
    """One year. `due` is the last good day of the reports it rests on; before it the year is not judged.

    `required` is what the path asks for, None while the baseline is not known exactly.
    """

    year: int
    told: Told
    known: Known
    due: date | None
    complete: bool
    required: Decimal | None
    assessment: CountAssessment | None

    @property
    def verdict(self) -> Verdict | None:
        return self.assessment.verdict if self.assessment else None

    def to_json(self) -> dict[str, Any]:
        return {
            "year": self.year,
            "complete": self.complete,
            "due": self.due.isoformat() if self.due else None,
            "told": json_number(self.told.known.low),
            "sum_told": json_number(self.told.sum_told),
            "exposed": json_number(self.told.exposed),
            "bounds": {"low": json_number(self.known.low), "high": json_number(self.known.high)},
            "coverage": self.told.coverage.to_json(),
            "required": json_number(self.required),
            "verdict": self.verdict.value if self.verdict else None,
            "assessment": self.assessment.to_json() if self.assessment else None,
        }


@dataclass(frozen=True, slots=True)
class CountReport:
    """A target on a count for one place, as reports stood at `as_of`; `locked` the baseline when it was fixed."""

    target: Target
    measure: ReportedMeasure
    subject: Subject
    as_of: datetime
    law_version: str
    points: tuple[CountPoint, ...]
    path: Mapping[int, Decimal]
    locked: baselines.Locked | None
    synthetic: bool = False

    @property
    def baseline(self) -> CountPoint:
        return self.points[0]

    @property
    def latest(self) -> CountPoint | None:
        """The newest year after the baseline whose reports fell due."""
        whole = [point for point in self.points if point.complete and point.assessment]
        return whole[-1] if whole else None

    @property
    def verdict(self) -> Verdict:
        return (self.latest.verdict if self.latest else None) or Verdict.CANNOT_TELL

    def point(self, year: int) -> CountPoint:
        """A year by number; KeyError for one that is not reported."""
        for point in self.points:
            if point.year == year:
                return point
        raise KeyError(year)

    def to_json(self) -> dict[str, Any]:
        target = self.target
        return {
            "target": target.id,
            "label": target.label.vi,
            "citation": str(target.citation),
            "status": target.status.value,
            "note": target.note,
            "change_per_year": json_number(target.change_per_year),
            "source": {
                "reports": list(self.measure.reports), "register_missing": self.measure.register,
                "status": self.measure.status.value, "note": self.measure.note,
            },
            "subject": self.subject.to_json(),
            "as_of": self.as_of.isoformat(timespec="seconds"),
            "law_version": self.law_version,
            "synthetic": self.synthetic,
            "baseline_locked": self.locked.to_json() if self.locked else None,
            "verdict": self.verdict.value,
            "verdict_year": self.latest.year if self.latest else None,
            "path": {str(year): json_number(value) for year, value in self.path.items()},
            "years": [point.to_json() for point in self.points],
        }  # fmt: skip


def count_report(
    actor: Actor, target_id: str, *, place: str = "", at: datetime, only: Collection[int] | None = None,
    expected: Expected | None = None,
) -> CountReport:  # fmt: skip
    """A count target year by year since the baseline. `Rejected` for what cannot be understood, `Refused` for what
    may not be seen.

    `only` narrows to some years beside the baseline. `expected` is kept by a caller who asks for several targets.
    """
    require(actor)
    target, measure = told_target(target_id)
    today = clock.local_day(at)
    subject = ground_of(actor, place=place, today=today)
    span = range(target.baseline_year, max(today.year, target.baseline_year) + 1)
    years = [year for year in span if only is None or year in {target.baseline_year, *only}]
    told = {year: told_in(measure, subject, year, today=today, expected=expected) for year in years}
    locked = baselines.locked(target.id, subject)
    base = locked.known if locked else told[target.baseline_year].known
    goal = goal_of(target)
    exact = base.low if base.exact and base.low else None
    points = []
    for year in years:
        due = due_day(measure, year)
        complete = year < today.year and (due is None or today > due)
        judged = year > target.baseline_year and complete
        points.append(
            CountPoint(
                year=year,
                told=told[year],
                known=base if year == target.baseline_year else told[year].known,
                due=due,
                complete=complete,
                required=goal.path(exact, year) if exact is not None else None,
                assessment=assess_count(goal, base, told[year].known, year) if judged else None,
            )
        )
    ahead = range(target.baseline_year, today.year + AHEAD + 1)
    return CountReport(
        target=target, measure=measure, subject=subject, as_of=at, law_version=load_book().version,
        points=tuple(points), path={year: goal.path(exact, year) for year in ahead} if exact is not None else {},
        locked=locked, synthetic=settings.DEMO,
    )  # fmt: skip


def told_target(target_id: str) -> tuple[Target, ReportedMeasure]:
    """A target that reports tell; `Rejected` for any other."""
    target = load_book().targets.get(target_id)
    if target is None or target.reported is None:
        message = _("Không có chỉ tiêu “%(id)s” lấy số từ báo cáo.") % {"id": target_id}
        raise Rejected([Problem("unknown_target", message, _("Mở lại trang chỉ tiêu."))])
    return target, target.reported


def ground_of(actor: Actor, *, place: str, today: date) -> Subject:
    """The place by the boundaries of today, all of it readable by the actor. The register of employers has no past."""
    code = place or subjects.home_place_code(today)
    found = subjects.for_place(code, Period(today.year, PeriodKind.YEAR), boundary=Boundary.TODAY, today=today)
    subjects.require_readable(actor, policy.READ, found)
    return found


def told_in(
    measure: ReportedMeasure, subject: Subject, year: int, *, today: date, expected: Expected | None = None
) -> Told:
    """What reports of a year say on the ground of a subject."""
    term = obligations.known_term(measure.owed, str(year))
    if term is None:
        message = _("Lịch báo cáo không có kỳ %(year)s cho chỉ tiêu này.") % {"year": year}
        raise Rejected([Problem("unknown_year", message, _("Mở lại trang chỉ tiêu và bấm vào một con số."))])
    places = subject.register_ids
    if subject.place_pk is not None and tree.current().covers_everything(subject.place_pk):
        places = None
    return reported.read_year(measure, term, places, today=today, expected=expected)


def due_day(measure: ReportedMeasure, year: int) -> date | None:
    """The last good day of the last of the reports a year rests on."""
    terms = [obligations.known_term(report, str(year)) for report in measure.reports]
    days = [term.last_ok for term in terms if term is not None and term.last_ok is not None]
    return max(days, default=None)
