"""Who must do what by when: deadline rules as data, and the arithmetic over them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from atvsld.kit.certainty import Certainty, Citation, worst
from atvsld.kit.dated import Dated, DatedSeries, NotInForce
from atvsld.kit.explain import Explanation, Words, say
from atvsld.kit.periods import Period, PeriodKind
from atvsld.kit.workdays import DaySwap, WorkCalendar
from atvsld.law.reading import DataFolder, Label, Node

if TYPE_CHECKING:
    from atvsld.law.book import LawBook

VIETNAM = timezone(timedelta(hours=7))
_LAST_DAY = Words("Ngày cuối còn đúng hạn", "Last day in time")


class Unit(StrEnum):
    """What a span is counted in; `promptly` has no number in the law, `date` is fixed by calendar date."""

    CALENDAR = "calendar"
    WORKING = "working"
    HOURS = "hours"
    PROMPTLY = "promptly"
    DATE = "date"


class Bound(StrEnum):
    """`before` = strictly before, the last good day is the day before; `by` = that day is still in time."""

    BEFORE = "before"
    BY = "by"


class Counting(StrEnum):
    """How a span of days ends: on the next working day (Civil Code), or on the bare day."""

    CIVIL_CODE = "civil_code"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One rule. `span` is in `unit`; `half` is (month, day) in the year, `year` in the year after, or in the year
    itself when `same_year`: such a yearly report is due before its year has ended.
    """

    id: str
    label: Label
    trigger: str
    span: int | None
    unit: Unit
    bound: Bound
    half: tuple[int, int] | None
    year: tuple[int, int] | None
    same_year: bool
    shifts: bool
    owner: str
    recipient: str
    form: str | None
    extension: int | None
    citation: Citation
    status: Certainty
    note: str

    @property
    def periodic(self) -> bool:
        """Whether it returns every period rather than following an event."""
        return self.trigger == "period"


@dataclass(frozen=True, slots=True)
class Deadline:
    """The outcome: `last_ok` is the last day (or moment) still in time; both None when the law sets no number."""

    rule: DeadlineRule
    due: date | datetime | None
    last_ok: date | datetime | None
    unit: Unit
    bound: Bound
    citation: Citation
    status: Certainty
    explanation: Explanation

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule.id,
            "label": self.rule.label.vi,
            "label_en": self.rule.label.en,
            "due": self.due.isoformat() if self.due else None,
            "last_ok": self.last_ok.isoformat() if self.last_ok else None,
            "unit": self.unit.value,
            "bound": self.bound.value,
            "owner": self.rule.owner,
            "recipient": self.rule.recipient or None,
            "citation": str(self.citation),
            "status": self.status.value,
            "explanation": self.explanation.to_json(),
        }


@dataclass(frozen=True, slots=True)
class CountingRule:
    """The provision behind a way of counting days."""

    id: str
    label: Label
    citation: Citation
    status: Certainty
    note: str


def read_deadlines(folder: DataFolder) -> dict[str, DatedSeries[DeadlineRule]]:
    """All rules by id, each with its successive versions."""
    found: dict[str, DatedSeries[DeadlineRule]] = {}
    for file in folder.names("deadlines"):
        root = folder.read(file)
        checked = root.day("checked_on")
        for node in root.nodes("deadlines"):
            rule_id = node.text("id")
            if rule_id in found:
                raise node.fail("quy tắc có hai lần")
            label, common = node.label("label"), node.text("trigger")
            versions = []
            for item in node.nodes("versions"):
                rule = _rule(item, rule_id, label, common)
                versions.append(
                    Dated(item.day("from"), item.maybe_day("to"), rule, rule.citation, rule.status, checked)
                )
                item.done(None)
            try:
                found[rule_id] = node.done(DatedSeries(rule_id, versions))
            except ValueError as error:
                raise node.fail(str(error)) from error
        root.done(None)
    return found


def _rule(item: Node, rule_id: str, label: Label, trigger: str) -> DeadlineRule:
    unit = Unit(item.one_of("unit", [unit.value for unit in Unit]))
    span = item.maybe_number("span")
    half, year = _month_day(item, "half"), _month_day(item, "year")
    if (unit in (Unit.CALENDAR, Unit.WORKING, Unit.HOURS)) != (span is not None):
        raise item.fail("“span” phải có khi và chỉ khi đơn vị là calendar, working hoặc hours")
    if (unit is Unit.DATE) != (half is not None or year is not None):
        raise item.fail("“half”, “year” chỉ dùng với đơn vị date")
    return DeadlineRule(
        id=rule_id,
        label=label,
        trigger=trigger,
        span=span,
        unit=unit,
        bound=Bound(item.one_of("bound", [bound.value for bound in Bound], "by")),
        half=half,
        year=year,
        same_year=item.flag("same_year", default=False),
        shifts=item.flag("shifts", default=True),
        owner=item.text("owner"),
        recipient=item.text("recipient", ""),
        form=item.maybe_text("form"),
        extension=item.maybe_number("extension"),
        citation=item.citation(),
        status=item.status(),
        note=item.text("note", ""),
    )


def _month_day(item: Node, key: str) -> tuple[int, int] | None:
    text = item.maybe_text(key)
    if text is None:
        return None
    try:
        month, day = (int(part) for part in text.split("-"))
        date(2001, month, day)
    except ValueError:
        raise item.fail(f"“{key}” phải là tháng-ngày dạng 07-05, không phải {text!r}") from None
    return month, day


def read_calendar(folder: DataFolder) -> tuple[WorkCalendar, dict[str, CountingRule]]:
    """The working calendar with its official swaps, and the provisions on counting days."""
    root = folder.read("calendar.yaml")
    swaps = [
        node.done(DaySwap(node.day("rest_day"), node.day("worked_day"), node.citation()))
        for node in root.nodes("swaps")
    ]
    rules = {
        node.text("id"): node.done(
            CountingRule(node.text("id"), node.label("label"), node.citation(), node.status(), node.text("note", ""))
        )
        for node in root.nodes("counting")
    }
    root.done(None)
    return WorkCalendar(swaps), rules


def due(
    book: LawBook,
    rule_id: str,
    *,
    at: date | datetime | None = None,
    period: Period | None = None,
    extended: bool = False,
    added: int | None = None,
    counting: Counting = Counting.CIVIL_CODE,
) -> Deadline:
    """When a duty falls due.

    Event rules need `at`, the trigger (an aware moment is read in Vietnam's time; hour rules need a moment);
    periodic rules need `period`. `extended` adds the one extension the rule allows, or `added` of its days when
    fewer were granted (ValueError when it allows none, or not so many). Periodic dates never move for a holiday.
    `NotInForce` when the rule does not hold then.
    """
    if period is None and at is None:
        raise ValueError("Cần thời điểm phát sinh hoặc kỳ báo cáo.")
    if period is not None:
        return _periodic(book.deadline(rule_id, on=period.end), period)
    assert at is not None
    rule = book.deadline(rule_id, on=_day(at))
    if rule.unit is Unit.DATE:
        raise ValueError(f"Quy tắc {rule_id} theo kỳ báo cáo: cần kỳ, không phải thời điểm.")
    longer = _granted(rule, added) if extended else 0
    if rule.unit is Unit.PROMPTLY:
        return _unnumbered(
            rule,
            Words(
                "Luật yêu cầu làm ngay, không ấn định số giờ hay số ngày.",
                "The law asks for it at once and names no number of hours or days.",
            ),
        )
    if rule.unit is Unit.HOURS:
        return _hours(rule, at)
    return _days(book, rule, _day(at), longer=longer, counting=counting)


def _granted(rule: DeadlineRule, added: int | None) -> int:
    """Days of an extension: what was granted, within what the rule allows."""
    if rule.extension is None:
        raise ValueError(f"Luật không cho gia hạn đối với quy tắc {rule.id}.")
    if added is not None and not 1 <= added <= rule.extension:
        raise ValueError(f"Chỉ được gia hạn từ 1 đến {rule.extension} ngày.")
    return rule.extension if added is None else added


def _day(at: date | datetime) -> date:
    if isinstance(at, datetime):
        return (at.astimezone(VIETNAM) if at.tzinfo else at).date()
    return at


def _answer(
    rule: DeadlineRule, end: date | datetime | None, why: Explanation, last_ok: date | datetime | None
) -> Deadline:
    return Deadline(rule, end, last_ok, rule.unit, rule.bound, rule.citation, why.status, why)


def _unnumbered(rule: DeadlineRule, said: Words) -> Deadline:
    return _answer(rule, None, Explanation.of(f"deadline.{rule.id}", said, rule.citation, rule.status), None)


def _periodic(rule: DeadlineRule, period: Period) -> Deadline:
    if not rule.periodic:
        raise ValueError(f"Quy tắc {rule.id} theo sự việc: cần thời điểm, không phải kỳ báo cáo.")
    if rule.unit is not Unit.DATE:
        return _unnumbered(
            rule,
            Words(
                "Văn bản quy định báo cáo theo kỳ nhưng không ấn định ngày.",
                "The text asks for a periodic report but names no day.",
            ),
        )
    if period.kind is PeriodKind.YEAR and rule.year:
        end = date(period.year + (0 if rule.same_year else 1), *rule.year)
    elif period.kind is PeriodKind.HALF and period.index == 1 and rule.half:
        end = date(period.year, *rule.half)
    else:
        raise NotInForce(f"“{rule.label.vi}” không có kỳ {period.label_vi}.")
    last_ok = end - timedelta(days=1) if rule.bound is Bound.BEFORE else end
    which = Words(period.label_vi, period.label_en)
    said = say(
        "Kỳ {which}: {word} {end}, ngày cuối còn đúng hạn là {last_ok}.",
        "Period {which}: {word} {end}; the last day in time is {last_ok}.",
        which=which,
        word=Words("trước ngày", "before") if rule.bound is Bound.BEFORE else Words("chậm nhất ngày", "by"),
        end=end,
        last_ok=last_ok,
    )
    facts = ((Words("Kỳ báo cáo", "Period"), which), (_LAST_DAY, last_ok))
    why = Explanation.of(f"deadline.{rule.id}", said, rule.citation, rule.status, facts=facts)
    return _answer(rule, end, why, last_ok)


def _hours(rule: DeadlineRule, at: date | datetime) -> Deadline:
    if not isinstance(at, datetime):
        raise ValueError(f"Quy tắc {rule.id} tính bằng giờ: cần cả giờ, không chỉ ngày.")  # noqa: TRY004 - caller's input
    end = at + timedelta(hours=rule.span or 0)
    said = say(
        "{span} giờ kể từ {at}: chậm nhất {end}.",
        "{span} hours from {at}: by {end}.",
        span=rule.span or 0,
        at=at,
        end=end,
    )
    return _answer(rule, end, Explanation.of(f"deadline.{rule.id}", said, rule.citation, rule.status), end)


def _days(book: LawBook, rule: DeadlineRule, start: date, *, longer: int, counting: Counting) -> Deadline:
    span = (rule.span or 0) + longer
    calendar = book.calendar
    if rule.unit is Unit.WORKING:
        bare = end = calendar.add_working_days(start, span)
    else:
        bare = end = start + timedelta(days=span)
        if rule.shifts and counting is Counting.CIVIL_CODE:
            end = calendar.next_working_day(end)
    last_ok = end - timedelta(days=1) if rule.bound is Bound.BEFORE else end
    how = book.counting[counting.value]
    said = _days_said(rule, start, last_ok, span=span, longer=longer)
    if end != bare:
        said += say(
            "Ngày {bare} là {why} nên hạn lùi đến ngày làm việc tiếp theo.",
            "{bare} is {why}, so the term moves to the next working day.",
            bare=bare,
            why=Words(calendar.holiday_name(bare) or "ngày nghỉ", calendar.holiday_name(bare, "en") or "a day of rest"),
        )
    counted = Words(how.label.vi, how.label.en or how.label.vi)
    parts = (Explanation.of(f"counting.{how.id}", counted, how.citation, how.status),) if span else ()
    status = worst([rule.status, *(part.status for part in parts)])
    facts = ((Words("Ngày phát sinh", "Day it arose"), start), (_LAST_DAY, last_ok))
    why = Explanation.of(f"deadline.{rule.id}", said, rule.citation, status, facts=facts, parts=parts)
    return _answer(rule, end, why, last_ok)


def _days_said(rule: DeadlineRule, start: date, last_ok: date, *, span: int, longer: int) -> Words:
    if not span:
        return say("Ngày đã định: {last_ok}.", "The day fixed: {last_ok}.", last_ok=last_ok)
    unit = Words("ngày làm việc", "working days") if rule.unit is Unit.WORKING else Words("ngày", "days")
    said = say(
        "{span} {unit} kể từ {start}: chậm nhất {last_ok}.",
        "{span} {unit} from {start}: by {last_ok}.",
        span=span,
        unit=unit,
        start=start,
        last_ok=last_ok,
    )
    if longer:
        said += say("Đã gồm {longer} ngày gia hạn.", "An extension of {longer} days is included.", longer=longer)
    return said
