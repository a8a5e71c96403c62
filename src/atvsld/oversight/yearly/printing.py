"""From a report in the database to its paper."""

from __future__ import annotations

from django.utils import timezone, translation

from atvsld.documents.model import Document
from atvsld.kit.text import format_date
from atvsld.oversight.workplans.facade import Task
from atvsld.oversight.yearly import filings, gathering, judging, plans, sources
from atvsld.oversight.yearly.document import BodyLine, Printed, document
from atvsld.oversight.yearly.models import YearReport
from atvsld.registers.bodies.queries import heirs


def printed(report: YearReport, found: list[judging.Judged] | None = None) -> Printed:
    """All that the paper of a report says, with evidence as it stands now."""
    with translation.override("vi"):
        held = tuple(judging.judged(report) if found is None else found)
        rows = list(sources.tasks_of(report.programme, sources.asked_of(sources.kept(gathering.asked_by(report)))))
        programme = plans.plan_of(report.programme, report.end)
        rows = [one for one in rows if plans.within(programme, one.clause, report.clauses)]
        proven = sources.proven_of(rows)
        bodies = tuple(_bodies(report, rows, proven)) if report.whole else ()
        words = {figure.word for one in held for figure in one.figures.values()}
        registers = {word: gathering.register_of(word) for word in words}
        return Printed(report, programme, held, () if report.whole else tuple(rows), proven, bodies, registers)


def paper(report: YearReport, found: list[judging.Judged] | None = None, *, links: bool = False) -> Document:
    """The paper without letterhead and signature."""
    return document(printed(report, found), links=links)


def _bodies(report: YearReport, rows: list[Task], proven: dict[int, bool]) -> list[BodyLine]:
    """A line for each body that had tasks or owed the report, provincial ones first."""
    by: dict[tuple[int, str], list[Task]] = {}
    for task in rows:
        owner = task.body or task.establishment
        by.setdefault((task.body_id or 0, str(owner)), []).append(task)
    said: dict[int, str] = {}
    names: dict[int, str] = {}
    local: frozenset[int] = frozenset()
    if report.kind == YearReport.Kind.STANDING:
        day = timezone.localtime(report.drafted_at).date()
        owing = filings.expected(report.programme, report.year, today=day)
        local = filings.local(owing, report.end)
        for one in owing:
            names[one.pk] = one.name
            if one.state in filings.IN and one.submitted_at is not None:
                sent = format_date(timezone.localtime(one.submitted_at).date())
                said[one.pk] = f"{sent}{' (muộn)' if one.late else ''}"
            else:
                said[one.pk] = "Chưa gửi"
    for pk, _name in by:
        if pk and pk not in said and (carried := [one for one in heirs(pk, report.end) if one.pk != pk]):
            said[pk] = f"Do {carried[0].name} báo cáo"
    told = {pk for pk, _name in by}
    listed = [(pk, name) for pk, name in by] + [(pk, name) for pk, name in names.items() if pk not in told]
    listed.sort(key=lambda one: (one[0] == 0, one[0] in local, one[1]))
    found = []
    for pk, name in listed:
        counts = {one.key: int(one.value or 0) for one in sources.counted(by.get((pk, name), []), proven)}
        found.append(BodyLine(name, counts, said.get(pk, "–")))
    return found
