"""Counting a kept figure again, and showing the records it rests on: the passport of every number of a report."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from atvsld.kit.text import format_number
from atvsld.oversight.workplans.facade import Task
from atvsld.oversight.yearly import sources
from atvsld.oversight.yearly.drafting.line import change_of
from atvsld.oversight.yearly.models import SentenceFigure, YearReport
from atvsld.registers.proofs import Figure, ProofRecord

Source = SentenceFigure.Source
# A task's own number, what tasks aim at, the reports that say one thing, a figure quoted from another report.
OWN_NUMBER, AIM, REPORTS, QUOTED = "task", "aim", "reports", "quoted"


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that is no longer what it was when it was frozen. `now` None: it cannot be told any more."""

    figure: SentenceFigure
    now: Decimal | None

    @property
    def told(self) -> str:
        return f"{shown(self.figure)} → {text_of(self.now, self.figure.decimals)}"


def shown(figure: SentenceFigure) -> str:
    """A figure as it prints."""
    if figure.shown:
        return figure.shown
    return text_of(figure.value, figure.decimals)


def text_of(value: Decimal | None, decimals: int = 0) -> str:
    """A value as it prints; one that is not known is never a nought."""
    if value is None:
        return "chưa xác định"
    places = decimals if decimals or value == value.to_integral_value() else 2
    return str(format_number(round(value, places), places or None, language="vi"))


class Counter:
    """Counts figures as of one moment, every source asked once for each span and owner."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        self._asked: dict[tuple[str, str, str], dict[str, Figure]] = {}

    def figures(self, source: str, word: str, asked: dict[str, object]) -> dict[str, Figure]:
        """All figures of a word by key."""
        name = (source, word, repr(sorted(asked.items())))
        if name not in self._asked:
            found = sources.source_of(source, word, self.at)
            told = found.figures(sources.asked_of(asked)) if found else ()
            self._asked[name] = {one.key: one for one in told}
        return self._asked[name]

    def value(self, figure: SentenceFigure, others: dict[str, Decimal | None]) -> Decimal | None:
        """What a kept figure is now. `others`: values of the sentence's other marks, for one reckoned from them."""
        if figure.source == Source.CHANGE:
            return _changed(figure, others)
        if figure.source == Source.STATED:
            return self._stated(figure)
        one = self.figures(figure.source, figure.word, figure.asked).get(figure.key)
        return None if one is None or one.value is None else round(Decimal(one.value), 4)

    def _stated(self, figure: SentenceFigure) -> Decimal | None:
        if figure.word == REPORTS:
            return Decimal(_reports(figure).count())
        if figure.word.startswith(AIM):
            return sum((task.aim or Decimal(0) for task in _aiming(figure)), Decimal(0))
        return figure.value


def _changed(figure: SentenceFigure, others: dict[str, Decimal | None]) -> Decimal | None:
    now, _comma, before = figure.key.partition(",")
    first, second = others.get(now), others.get(before)
    if first is None or second is None or (not second and figure.word == "percent"):
        return None
    return abs(change_of(first, second, figure.word))


def moved(reports_figures: Iterable[SentenceFigure], at: datetime) -> list[Moved]:
    """The figures of some sentences that are not what they were; those of one sentence stand together."""
    counter = Counter(at)
    by_sentence: dict[int, list[SentenceFigure]] = {}
    for one in reports_figures:
        by_sentence.setdefault(one.sentence_id, []).append(one)
    found = []
    for held in by_sentence.values():
        found += [Moved(one, now) for one, now in values(held, counter) if not _same(one, now)]
    return found


def values(held: list[SentenceFigure], counter: Counter) -> list[tuple[SentenceFigure, Decimal | None]]:
    """The figures of one sentence with what they are now, those reckoned from others last."""
    now: dict[str, Decimal | None] = {}
    for one in sorted(held, key=lambda figure: figure.source == Source.CHANGE):
        now[one.mark] = counter.value(one, now)
    return [(one, now[one.mark]) for one in held]


def _same(figure: SentenceFigure, now: Decimal | None) -> bool:
    if figure.value is None or now is None:
        return figure.value is None and now is None
    return round(figure.value, figure.decimals or 4) == round(now, figure.decimals or 4)


def records(figure: SentenceFigure, at: datetime) -> list[ProofRecord]:
    """The very records a figure counts now. A change opens to the figures it is reckoned from, not to records."""
    if figure.source == Source.CHANGE:
        return []
    if figure.source == Source.STATED:
        return _stated_records(figure)
    found = sources.source_of(figure.source, figure.word, at)
    return list(found.records(sources.asked_of(figure.asked), figure.key)) if found else []


def _stated_records(figure: SentenceFigure) -> list[ProofRecord]:
    if figure.word == REPORTS:
        return [_report_record(one) for one in _reports(figure).select_related("body", "establishment")]
    if figure.word.startswith(AIM):
        return [sources.task_record(task) for task in _aiming(figure)]
    if figure.word == QUOTED:
        held = YearReport.objects.filter(public_id=figure.key).select_related("body", "establishment")
        return [_report_record(one) for one in held]
    return [sources.task_record(one) for one in Task.objects.filter(public_id=figure.key)]


def _report_record(report: YearReport) -> ProofRecord:
    url = f"/bao-cao-ke-hoach/{report.public_id}/"
    return ProofRecord("report_filing", report.public_id, str(report), url, report.issued_on, report.body_id)


def _reports(figure: SentenceFigure) -> QuerySet[YearReport]:
    return YearReport.objects.filter(pk__in=figure.asked.get("reports", ()), state__in=YearReport.HANDED_IN)


def _aiming(figure: SentenceFigure) -> list[Task]:
    word = figure.word.partition("|")[2]
    rows = sources.tasks_of(word, sources.asked_of(figure.asked))
    return list(rows.filter(measure=figure.key, aim__isnull=False).exclude(state=Task.State.STOPPED))


def counts_what(figure: SentenceFigure) -> str:
    """In words, who counts it."""
    if figure.source == Source.STATED:
        return _("Ghi theo hồ sơ, không đếm lại")
    return str(figure.get_source_display())
