"""The one door to targets: page, command line, API and home page all ask here."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import connection, transaction
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.kit.periods import Period, PeriodKind
from atvsld.law import load_book
from atvsld.law.targets import Target
from atvsld.oversight.indicators import baselines, figures, policy, splitting
from atvsld.oversight.indicators.result import SamePart, TargetReport, YearPoint
from atvsld.oversight.indicators.wording import number
from atvsld.oversight.reporting import subject as subjects
from atvsld.oversight.reporting.compute import ZONE, slice_of
from atvsld.oversight.reporting.statement import Slice
from atvsld.oversight.reporting.subject import Basis, Boundary, Subject
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.platform.acts.errors import Refused, Rejected
from atvsld.registers.places import tree
from atvsld.statistics import targets as judging
from atvsld.statistics.decomposition import Pair
from atvsld.statistics.intervals import rate_interval
from atvsld.statistics.rates import Rate, rate
from atvsld.statistics.targets import Assessment, Direction, Verdict

FATAL_RATE = "II.1"
FACTOR = "rate.fatal.per"
# What makes an accident a grave one.
SERIOUS = ("deaths", "severe")
# The path is drawn this many years beyond the present one.
AHEAD = 1
# Coverage of the denominator may differ this much between two years before the reader is warned.
COVERAGE_GAP = 0.1


def fatal_rate(
    actor: Actor, *, place: str = "", basis: str = Basis.PLACE, boundary: str = Boundary.PERIOD_END, at: datetime,
    years: Collection[int] | None = None,
) -> TargetReport:  # fmt: skip
    """Target II.1: deaths of contract workers per 100,000, each year since the baseline.

    All years count on one ground, so that the rate does not move because boundaries did: `period_end` is the end
    of the newest year, `today` and a day such as 2026-07-01 speak for themselves; with `event` each year keeps its
    own units, and years whose ground differs from the baseline's are not judged. Without `place` the province of
    this installation. `years` narrows to some of them, the baseline always among them. `Rejected` names what cannot be
    understood, `Refused` what may not be seen.
    """
    target = load_book().targets[FATAL_RATE]
    grounds = _grounds(actor, place=place, basis=basis, boundary=boundary, at=at)
    if years is not None:
        grounds = {year: ground for year, ground in grounds.items() if year in {target.baseline_year, *years}}
    with transaction.atomic():
        if not connection.savepoint_ids:  # one snapshot, so that years agree while others write
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        return _measure(target, grounds, basis=basis, at=at)


def require(actor: Actor) -> None:
    """Raise `Refused` unless the actor may see targets somewhere."""
    if not actor.may(policy.READ):
        raise Refused(_("Tài khoản không có quyền xem chỉ tiêu."))


def ground_of(
    actor: Actor,
    year: int,
    *,
    place: str = "",
    basis: str = Basis.PLACE,
    boundary: str = Boundary.PERIOD_END,
    at: datetime,
) -> Slice:
    """The facts of one year of the target, for the records behind a figure. Errors as `fatal_rate`."""
    grounds = _grounds(actor, place=place, basis=basis, boundary=boundary, at=at)
    if year not in grounds:
        raise Rejected([Problem("unknown_year", _("Chỉ tiêu không có số liệu năm %(year)s.") % {"year": year},
                                _("Mở lại trang chỉ tiêu và bấm vào một con số."))])  # fmt: skip
    return slice_for(year, grounds[year], basis)


def serious(actor: Actor, by: str, first: int, last: int, *, place: str = "", at: datetime) -> Mapping[str, Pair]:
    """Deaths and severe injuries of contract workers over some years by group, with the workers of those years.

    All years on the ground of the newest boundaries. Errors as `fatal_rate`; KeyError for no such grouping.
    """
    grounds = _grounds(actor, place=place, basis=Basis.PLACE, boundary=Boundary.PERIOD_END, at=at)
    piece = since(slice_for(last, grounds[last], Basis.PLACE), first)
    years = range(first, last + 1)
    return splitting.split(
        piece, by, day=clock.local_day(at), measures=SERIOUS, years=years
    ).pairs  # fmt: skip


def since(piece: Slice, first: int) -> Slice:
    """The slice of a year drawn out to begin with an earlier one."""
    return replace(piece, start=datetime.combine(date(first, 1, 1), time.min, ZONE))


def resolve(code: str, years: range, *, boundary: str, today: date) -> dict[int, Subject]:
    """The ground counted in each year; the same one for all years unless each keeps its own units."""
    if boundary != Boundary.EVENT:
        period = Period(_year_of(code, years, boundary), PeriodKind.YEAR)
        return dict.fromkeys(years, subjects.for_place(code, period, boundary=boundary, today=today))
    found = {
        year: subjects.for_place(code, Period(year, PeriodKind.YEAR), boundary=Boundary.EVENT, today=today)
        for year in years
        if not _ended_before(code, date(year, 12, 31))
    }
    if not found:
        message = _("Địa bàn mã %(code)s không còn tồn tại hết năm gốc.") % {"code": code}
        remedy = _("Chọn địa bàn khác hoặc một ngày địa giới chung cho mọi năm.")
        raise Rejected([Problem("place_not_found", message, remedy)])
    return found


def _steady(ground: Subject, period: Period) -> bool:
    """Whether a place had the same ground on the first and on the last day of a year."""
    graph = tree.current()
    first, last = graph.at(ground.code, period.start), graph.at(ground.code, period.end)
    if first is None or last is None:
        return False
    return graph.territory(first.pk, period.start) == graph.territory(last.pk, period.end)


def slice_for(year: int, ground: Subject, basis: str) -> Slice:
    """The facts of one year on its ground."""
    return slice_of(Period(year, PeriodKind.YEAR), ground, basis)


def _year_of(code: str, years: range, boundary: str) -> int:
    """The newest year, or the last one in which a unit of the past still stood."""
    units = tree.current().with_code(code)
    ended = units[-1].valid_to if units and boundary == Boundary.PERIOD_END else None
    return min(years[-1], ended.year) if ended else years[-1]


def _ended_before(code: str, day: date) -> bool:
    """Whether the last unit that bore a code was gone by a day."""
    units = tree.current().with_code(code)
    return bool(units) and units[-1].valid_to is not None and units[-1].valid_to < day


def _grounds(actor: Actor, *, place: str, basis: str, boundary: str, at: datetime) -> dict[int, Subject]:
    """The ground of every year from the baseline to now, all of it readable by the actor."""
    require(actor)
    today = clock.local_day(at)
    first = load_book().targets[FATAL_RATE].baseline_year
    if basis not in set(Basis):
        raise Rejected([Problem("bad_basis", _("Không có cơ sở tính “%(text)s”.") % {"text": basis},
                                _("Chọn place (nơi xảy ra) hoặc headquarters (trụ sở chính)."))])  # fmt: skip
    years = range(first, max(today.year, first) + 1)
    grounds = resolve(place or subjects.home_place_code(today), years, boundary=boundary, today=today)
    for ground in {subject.place_ids: subject for subject in grounds.values()}.values():
        subjects.require_readable(actor, policy.READ, ground)
    return grounds


@dataclass(frozen=True, slots=True)
class _Year:
    """What the registers said of a year, before judgement."""

    ground: Subject
    counted: figures.BySector
    pending: figures.BySector
    workforce: figures.Workforce
    outside: int
    rate: Rate
    complete: bool


def _measure(target: Target, grounds: dict[int, Subject], *, basis: str, at: datetime) -> TargetReport:
    book = load_book()
    today = clock.local_day(at)
    factor = book.as_of(today)[FACTOR]
    per = int(book.as_of(today).number(FACTOR))
    years = {year: _read(year, ground, basis=basis, per=per, today=today) for year, ground in grounds.items()}
    base = years[target.baseline_year]
    locked = baselines.locked(target.id, base.ground, basis)
    moved: tuple[str, ...] = ()
    if locked and locked.rate:
        moved = tuple(_moved(base.rate, locked.rate))
        base = years[target.baseline_year] = replace(base, rate=locked.rate)
    goal = goal_of(target)
    points = tuple(_point(target, goal, years, year, per=per, basis=basis, today=today) for year in years)
    path: dict[int, Decimal] = {}
    if base.rate.value is not None:
        path = {year: goal.path(base.rate.value, year) for year in range(goal.baseline_year, today.year + AHEAD + 1)}
    return TargetReport(
        target=target,
        subject=grounds[max(grounds)],
        basis=basis,
        as_of=at,
        law_version=book.version,
        per=per,
        per_status=factor.status,
        per_citation=factor.citation,
        points=points,
        path=path,
        warnings=(*moved, *_warnings(points)),
        locked=locked,
        synthetic=settings.DEMO,
    )


def _moved(now: Rate, locked: Rate) -> Iterator[str]:
    """What the registers say of the base year since it was fixed."""
    if (now.count, now.denominator) != (locked.count, locked.denominator):
        yield _(
            "Mức gốc đã khóa: %(old)s người chết / %(old_workers)s lao động; sổ nay ghi %(new)s / %(new_workers)s."
        ) % {
            "old": number(locked.count),
            "old_workers": number(locked.denominator),
            "new": number(now.count),
            "new_workers": number(now.denominator),
        }


def goal_of(target: Target) -> judging.Target:
    """The target as the judging part of the house takes it."""
    direction = Direction.FALL if target.direction == "down" else Direction.RISE
    return judging.Target(direction, abs(target.change_per_year), target.baseline_year)


def _read(year: int, ground: Subject, *, basis: str, per: int, today: date) -> _Year:
    piece = slice_for(year, ground, basis)
    held = figures.deaths(piece)
    workforce = figures.workforce(piece)
    counted = held[figures.COUNTED]
    found = rate(counted.contract.deaths, workforce.workers, per, _source_text(workforce))
    if ground.boundary_choice == Boundary.EVENT and not _steady(ground, Period(year, PeriodKind.YEAR)):
        found = _withheld(
            found, _("Địa giới thay đổi trong năm nên số người chết và số lao động không cùng một địa bàn.")
        )
    complete = year < today.year
    if not complete:
        found = _withheld(found, _("Năm chưa kết thúc nên chưa tính tỷ lệ cả năm."))
    return _Year(ground, counted, held[figures.PENDING], workforce, figures.deaths_outside(piece), found, complete)


def _point(
    target: Target, goal: judging.Target, years: dict[int, _Year], year: int, *, per: int, basis: str, today: date
) -> YearPoint:
    own, base = years[year], years[target.baseline_year]
    comparable = _territory(own.ground) == _territory(base.ground)
    judged = own.rate if comparable else _withheld(
        own.rate, _("Địa giới năm này khác năm gốc nên không so sánh được; chọn một ngày địa giới chung.")
    )  # fmt: skip
    assessment: Assessment | None = None
    with_pending: Verdict | None = None
    if year > target.baseline_year:
        assessment = judging.assess(
            goal, base.rate, judged, year, citation=target.citation, status=target.status
        )  # fmt: skip
        more = own.pending.contract.deaths + own.pending.unknown.deaths
        if judged.value is not None and more:
            fuller = rate(judged.count + more, judged.denominator, per, judged.denominator_source)
            with_pending = judging.assess(goal, base.rate, fuller, year).verdict
    return YearPoint(
        year=year,
        complete=own.complete,
        subject=own.ground,
        counted=own.counted,
        pending=own.pending,
        workforce=own.workforce,
        outside=own.outside,
        rate=own.rate,
        interval=rate_interval(own.rate),
        non_contract=Rate(
            own.counted.non_contract.deaths, None, per, "", None,
            _("Không tính tỷ lệ người làm việc không theo hợp đồng: sổ đăng ký không có số người này."),
        ),
        all_sectors=Rate(
            own.counted.total.deaths, None, per, "", None,
            _("Không tính tỷ lệ chung: mẫu số chỉ gồm lao động của cơ sở, không gồm người làm không theo hợp đồng."),
        ),
        required=goal.path(base.rate.value, year) if base.rate.value is not None else None,
        assessment=assessment,
        with_pending=with_pending,
        same_part=None if own.complete else _same_part(years, year, basis=basis, today=today),
    )  # fmt: skip


def _same_part(years: dict[int, _Year], year: int, *, basis: str, today: date) -> SamePart:
    """Deaths of contract workers up to this day of the year, of the year before and of the baseline year."""
    counts: dict[int, int] = {}
    for past in sorted({min(years), max(min(years), year - 1), year}):
        held = years[past]
        last = today if past == year else _same_day(today, past)
        piece = slice_for(past, held.ground, basis)
        end = datetime.combine(last + timedelta(days=1), time.min, ZONE)
        counts[past] = figures.deaths(replace(piece, end=end))[figures.COUNTED].contract.deaths
    return SamePart(today, counts.pop(year), counts)


def _same_day(day: date, year: int) -> date:
    """The same day of another year; 28 February for a leap day."""
    return date(year, day.month, 28) if (day.month, day.day) == (2, 29) else day.replace(year=year)


def _territory(ground: Subject) -> frozenset[int]:
    """The ground itself, as ids of places of any date, so that two years can be compared."""
    if ground.place_pk is None:
        return frozenset()
    return tree.current().territory(ground.place_pk, ground.boundary)


def _withheld(found: Rate, reason: str) -> Rate:
    return replace(found, value=None, reason=reason)


def _source_text(workforce: figures.Workforce) -> str:
    """Where the number of workers comes from, in one line."""
    if not workforce.sources:
        return ""
    names = "; ".join(
        f"{one.text} ({number(one.establishments)})" if len(workforce.sources) > 1 else one.text
        for one in workforce.sources
    )
    return _("%(names)s – %(stated)s/%(all)s cơ sở có số liệu") % {
        "names": names,
        "stated": number(workforce.stated),
        "all": number(workforce.establishments),
    }


def _warnings(points: tuple[YearPoint, ...]) -> Iterator[str]:
    """What a careful reader must know before believing the verdict."""
    base = points[0].workforce.coverage
    for point in points:
        yield from _doubts(point)
        now = point.workforce.coverage
        if point.complete and now is not None and base is not None and abs(now - base) > COVERAGE_GAP:
            yield _(
                "Mẫu số năm %(year)s phủ %(now)s %% số cơ sở, năm gốc phủ %(then)s %%: "
                "tỷ lệ có thể đổi chỉ vì số cơ sở khai báo đổi."
            ) % {
                "year": point.year,
                "now": number(now * 100, 0),
                "then": number(base * 100, 0),
            }


def _doubts(point: YearPoint) -> Iterator[str]:
    """What one year's own figures leave open."""
    year = point.year
    if point.with_pending and point.with_pending is not point.verdict:
        yield _("Nếu các vụ chờ kết luận của năm %(year)s đều là tai nạn lao động thì kết luận sẽ là: %(verdict)s.") % {
            "year": year,
            "verdict": point.with_pending.label_vi.lower(),
        }
    if point.outside and point.rate.value is not None:
        yield _(
            "Năm %(year)s: %(count)s người chết thuộc nơi không có số lao động trong mẫu số; "
            "tỷ lệ vì thế có thể cao hơn thực tế."
        ) % {"year": year, "count": number(point.outside)}
    if point.workforce.unsourced:
        yield _("Năm %(year)s: %(count)s cơ sở khai số lao động không ghi nguồn, không đưa vào mẫu số.") % {
            "year": year,
            "count": number(point.workforce.unsourced),
        }
