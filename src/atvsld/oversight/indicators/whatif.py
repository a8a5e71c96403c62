"""Which groups carry the change of the fatal accident rate, and what it would be with fewer deaths in one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.indicators import service, splitting
from atvsld.oversight.indicators.result import TargetReport, YearPoint
from atvsld.oversight.indicators.service import goal_of
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Rejected
from atvsld.statistics import targets as judging
from atvsld.statistics.decomposition import Decomposition, Pair, Part, decompose, without
from atvsld.statistics.intervals import Interval, poisson_interval, rate_interval
from atvsld.statistics.rates import Rate, rate
from atvsld.statistics.targets import Verdict

# Shares of the deaths of a group that may be thought away, in per cent.
REDUCTIONS = (10, 25, 50, 100)
DEFAULT_REDUCTION = 50
# Fewer deaths than this in both years together say nothing of a group by themselves.
FEW = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A group: what it contributes, its own rate of the later year with interval, and the whole had it had fewer.

    `judged` is False where the counts are too small to speak of the group itself. `fewer` is how many deaths were
    thought away; `assumed` the rate of the whole then, with `verdict`.
    """

    group: str
    label: str
    part: Part
    own: Rate
    interval: Interval | None
    judged: bool
    fewer: int
    assumed: Rate
    verdict: Verdict | None


@dataclass(frozen=True, slots=True)
class Analysis:
    """The change between two years by group, in order of what each contributes; `keys` lead to the records."""

    report: TargetReport
    before: YearPoint
    after: YearPoint
    by: str
    reduction: int
    whole: Decomposition
    lines: tuple[Line, ...]
    rated: bool


def analyse(
    actor: Actor, *, before: int | None = None, after: int | None = None, by: str = splitting.SECTOR,
    reduction: int = DEFAULT_REDUCTION, place: str = "", at: datetime,
) -> Analysis:  # fmt: skip
    """Account for the change between two whole years; without them the baseline and the newest whole year.

    `Rejected` when a year is not whole or not later, the grouping unknown, or the reduction none of those offered.
    """
    if by not in splitting.GROUPINGS or reduction not in REDUCTIONS:
        raise Rejected([Problem("bad_choice", _("Không có cách chia hoặc mức giảm này."), _("Chọn lại ở thanh trên."))])
    report = service.fatal_rate(actor, place=place, at=at)
    years = whole_years(report)
    first = before or report.baseline.year
    last = after or (years[-1] if years else first)
    if first not in years or last not in years or last <= first:
        message = _("Chỉ so được hai năm đã kết thúc, năm sau lớn hơn năm trước.")
        raise Rejected([Problem("bad_years", message, _("Chọn lại hai năm."))])
    day = clock.local_day(at)
    pieces = {year: service.slice_for(year, report.point(year).subject, report.basis) for year in (first, last)}
    splits = {year: splitting.split(piece, by, day=day) for year, piece in pieces.items()}
    found = decompose(splits[first].pairs, splits[last].pairs, per=report.per if splits[last].rated else 0)
    asked = _Asked(report, splits[last].pairs, by, last, Fraction(reduction, 100), day)
    lines = [_line(asked, part) for part in found.parts]
    lines.sort(key=lambda line: (-abs(line.part.change or line.part.events), -abs(line.part.events), line.label))
    return Analysis(
        report=report, before=report.point(first), after=report.point(last), by=by, reduction=reduction, whole=found,
        lines=tuple(lines), rated=splits[last].rated,
    )  # fmt: skip


def whole_years(report: TargetReport) -> list[int]:
    """The years that have ended, in order."""
    return [point.year for point in report.points if point.complete]


@dataclass(frozen=True, slots=True)
class _Asked:
    report: TargetReport
    pairs: Mapping[str, Pair]
    by: str
    year: int
    less: Fraction
    day: date
    # Verdicts by number of deaths left: many groups leave the same.
    judged: dict[int, Verdict] = field(default_factory=dict)


def _line(asked: _Asked, part: Part) -> Line:
    report, pairs, by, year = asked.report, asked.pairs, asked.by, asked.year
    source = report.point(year).rate.denominator_source
    own = rate(part.after.events, part.after.workers or None, report.per, source)
    less = without(pairs, part.group, asked.less) if part.group in pairs else _whole(pairs)
    assumed = rate(less.events, less.workers or None, report.per, source)
    verdict = None
    base = report.baseline.rate
    if year > report.target.baseline_year and base.value is not None and assumed.value is not None:
        if less.events not in asked.judged:
            asked.judged[less.events] = judging.assess(goal_of(report.target), base, assumed, year).verdict
        verdict = asked.judged[less.events]
    return Line(
        group=part.group,
        label=splitting.label(by, part.group, day=asked.day),
        part=part,
        own=own,
        interval=rate_interval(own) or poisson_interval(part.after.events),
        judged=part.before.events + part.after.events >= FEW,
        fewer=_whole(pairs).events - less.events,
        assumed=assumed,
        verdict=verdict,
    )


def _whole(pairs: Mapping[str, Pair]) -> Pair:
    return Pair(sum(pair.events for pair in pairs.values()), sum(pair.workers for pair in pairs.values()))


def number(value: Fraction | None) -> Decimal | None:
    """A fraction as a decimal for printing."""
    return None if value is None else Decimal(value.numerator) / Decimal(value.denominator)
