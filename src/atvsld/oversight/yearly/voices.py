"""Difficulties and proposals: what is said of tasks, and in the reports handed in, each said once with by whom."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from decimal import Decimal

from atvsld.kit.text import fold
from atvsld.oversight.workplans.facade import Progress
from atvsld.oversight.yearly import counting
from atvsld.oversight.yearly.counting import QUOTED, REPORTS
from atvsld.oversight.yearly.drafting.line import plain
from atvsld.oversight.yearly.drafting.material import Fig, Gathered
from atvsld.oversight.yearly.marks import filled
from atvsld.oversight.yearly.models import ReportSentence, SentenceFigure, YearReport
from atvsld.registers.bodies.models import BodyFunction

Source = SentenceFigure.Source
# Difficulties and proposals told in everybody's report.
MOST_GATHERED = 25


def heard(report: YearReport, said: Mapping[int, Progress], kind: str) -> list[Gathered]:
    """What a report tells of a kind: its own tasks', or for the report of all what the reports handed in say."""
    return from_reports(report, kind) if report.whole else from_tasks(said, kind)


def from_tasks(said: Mapping[int, Progress], kind: str) -> list[Gathered]:
    """What was last reported of the owner's own tasks, each said once."""
    found: dict[str, Gathered] = {}
    for one in said.values():
        words = plain(getattr(one, kind))
        if words:
            found.setdefault(fold(words)[:120], Gathered(fold(words)[:120], words, ()))
    return list(found.values())


def from_reports(report: YearReport, kind: str) -> list[Gathered]:
    """What the reports handed in say, alike said once, with by whom: provincial bodies by name, the others counted."""
    held = ReportSentence.objects.filter(
        report__programme=report.programme, report__year=report.year, report__state__in=YearReport.HANDED_IN,
        report__kind__in=(YearReport.Kind.BODY, YearReport.Kind.ESTABLISHMENT), kind=kind, dropped=False,
    ).select_related("report__body", "report__establishment").prefetch_related("figures")  # fmt: skip
    if report.bodies:
        held = held.filter(report__body_id__in=report.bodies)
    rows = list(held.order_by("report__body__code", "pk"))
    local_bodies = together([one.report.body_id for one in rows])
    by: dict[str, list[ReportSentence]] = {}
    for one in rows:
        by.setdefault(fold(_printed(one))[:120], []).append(one)
    found = []
    for key, alike in by.items():
        names = [one.report for one in alike if one.report.body_id and one.report.body_id not in local_bodies]
        others = sorted({one.report_id for one in alike} - {one.pk for one in names})
        asked = {"reports": others}
        label = "Số báo cáo của xã, phường, đặc khu, cơ sở cùng nêu ý này"
        local = Fig(Source.STATED, REPORTS, key, label, Decimal(len(others)), "đơn vị cơ sở", asked) if others else None
        listed = tuple(dict.fromkeys(str(one.body) for one in names))
        found.append(Gathered(key, alike[0].text, listed, local, _figures(alike[0])))
    found.sort(key=lambda one: -(len(one.names) * 10 + int(one.local.value or 0 if one.local else 0)))
    return found[:MOST_GATHERED]


def _printed(sentence: ReportSentence) -> str:
    values = {figure.mark: counting.shown(figure) for figure in sentence.figures.all()}
    return filled(sentence.text, values.get).rstrip(".; ")


def _figures(sentence: ReportSentence) -> dict[str, Fig]:
    """The figures of a sentence as stated in its report: their passports there tell the rest."""
    report = sentence.report
    return {
        one.mark: Fig(
            Source.STATED, QUOTED, report.public_id, f"{one.label}, theo báo cáo của {report.owner}"[:300], one.value,
            one.unit, url=f"/bao-cao-ke-hoach/so/{one.public_id}/", decimals=one.decimals, shown=one.shown,
        )
        for one in sentence.figures.all()
    }  # fmt: skip


def together(bodies: Iterable[int | None]) -> frozenset[int]:
    """Which of some bodies are communes or districts: told of together, not by name."""
    keys = {one for one in bodies if one}
    held = BodyFunction.objects.filter(body_id__in=keys, function__in=("commune", "district"))
    return frozenset(held.values_list("body_id", flat=True))
