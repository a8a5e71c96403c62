"""Handing a report in, and issuing one: whole or not at all, once, with its duty done in the same act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace

from django.utils.translation import gettext as _

from atvsld.kit.ids import new_ulid
from atvsld.kit.outcome import Problem
from atvsld.oversight.obligations import facade as obligations
from atvsld.oversight.yearly import judging, plans
from atvsld.oversight.yearly.actions.stepping import hold, moved_on
from atvsld.oversight.yearly.models import ReportSentence, YearReport
from atvsld.oversight.yearly.policy import CHANGE, OVERSEE, OWN, REPORTS
from atvsld.platform.acts import Act, Rejected, action, clock
from atvsld.platform.papers import facade as papers

State, Kind = YearReport.State, YearReport.Kind
CONTEXT = "plan-reports"
# The paper of each kind of report.
PAPERS = {
    Kind.BODY: "plan-report-body",
    Kind.ESTABLISHMENT: "plan-report-body",
    Kind.STANDING: "plan-report-standing",
    Kind.ON_REQUEST: "plan-report-request",
}


@dataclass(frozen=True, slots=True)
class Signed:
    """Who signs and on which day. `number`: given by the registry of the body itself; empty: this system gives one."""

    name: str
    on: date
    title: str = ""
    number: str = ""


@action(needs=CHANGE, records="yearly:year_report:sent")
def send(act: Act, *, report: YearReport, version: int, signed: Signed) -> YearReport:
    """Hand a report in to the body that leads. Sent again after a lost answer, it is given as it stands.

    `Rejected` with every number that rests on no register; `Conflict` when the report moved on since `version`. Claims
    without evidence do not stop it: they are marked on the paper.
    """
    OWN.require(act.actor, CHANGE, report)
    held = hold(report)
    if held.state == State.SENT and held.version == version + 1:
        return held
    if held.whole or not held.open or held.version != version:
        raise moved_on()
    _require_sound(act, held, signed)
    _freeze(held)
    return _out(act, held, signed, State.SENT)


@action(needs=OVERSEE, records="yearly:year_report:issued")
def issue(act: Act, *, report: YearReport, version: int, signed: Signed) -> YearReport:
    """Issue the report of all, or one on request, under a number. As `send`."""
    OWN.require(act.actor, CHANGE, report)
    REPORTS.require(act.actor, OVERSEE, report)
    held = hold(report)
    if held.state == State.ISSUED and held.version == version + 1:
        return held
    if not held.whole or not held.open or held.version != version:
        raise moved_on()
    _require_sound(act, held, signed)
    _freeze(held)
    return _out(act, held, signed, State.ISSUED)


def paper_of(report: YearReport) -> papers.Paper | None:
    """The newest paper this system numbered for a report; None when the body's registry numbered it."""
    return papers.issued(CONTEXT, report.public_id, PAPERS[Kind(report.kind)])


def discharge(report: YearReport, rule: str) -> None:
    """The duty of a report's owner is done, late or not."""
    if rule and report.body_id and report.first_sent_at:
        filed = SimpleNamespace(
            report=rule, period=str(report.year), body_id=report.body_id, establishment_id=None, provider_id=None
        )
        obligations.discharge_for(filed, report.first_sent_at)


def rule_of(report: YearReport) -> str:
    """The rule of the calendar a report answers; empty for none."""
    if report.kind not in {Kind.BODY, Kind.STANDING}:
        return ""
    programme = plans.plan_of(report.programme, report.end)
    return plans.rule_of(programme, standing=report.kind == Kind.STANDING)


def _require_sound(act: Act, report: YearReport, signed: Signed) -> None:
    found = list(judging.problems(judging.judged(report)))
    if not signed.name.strip():
        found.append(Problem("signer_missing", _("Chưa ghi họ tên người ký."), column="name"))
    if signed.on > act.day:
        found.append(Problem("day_ahead", _("Ngày văn bản ở sau hôm nay."), column="on"))
    if signed.on < report.start:
        found.append(Problem("day_before", _("Ngày văn bản ở trước kỳ báo cáo."), column="on"))
    if not ReportSentence.objects.filter(report=report, dropped=False).exists():
        found.append(Problem("empty", _("Báo cáo chưa có câu nào."), _("Bấm “Soạn lại từ hồ sơ”.")))
    if found:
        raise Rejected(found)


def _freeze(report: YearReport) -> None:
    """Keep with each sentence whether its claim was proven when it went out."""
    rows = []
    for one in judging.judged(report):
        one.sentence.proven = one.proven
        rows.append(one.sentence)
    ReportSentence.objects.bulk_update(rows, ["proven"])


def _out(act: Act, report: YearReport, signed: Signed, state: str) -> YearReport:
    report.state, report.sent_at = state, act.at
    if report.first_sent_at is None:
        report.first_sent_at = act.at
        report.late = report.due_before is not None and clock.local_day(act.at) >= report.due_before
    report.signer_name, report.signer_title = signed.name.strip()[:200], signed.title.strip()[:300]
    report.number, report.issued_on = signed.number.strip()[:80], signed.on
    report.version += 1
    report.save()
    if not report.number:
        _number(act, report, signed)
    discharge(report, rule_of(report))
    return report


def _number(act: Act, report: YearReport, signed: Signed) -> None:
    """A number of ours, with the files of the paper; an earlier paper of the same report is cancelled for it."""
    earlier = paper_of(report)
    if earlier is not None:
        again = Act(act.actor, act.channel, act.at, _("Thay bằng bản gửi lại"), act.request_id)
        papers.cancel(again, paper=earlier, version=earlier.version)
    kind = PAPERS[Kind(report.kind)]
    paper = papers.draft(act, key=new_ulid(), kind=kind, subject=report.public_id, fields={})
    head = papers.Head(
        issuer_name=paper.issuer_name, issuer_parent=paper.issuer_parent, place_name=paper.place_name,
        symbol=paper.symbol, signer_title=signed.title.strip() or paper.signer_title, signer_name=signed.name.strip(),
    )  # fmt: skip
    paper = papers.edit(act, paper=paper, version=paper.version, fields={}, head=head)
    paper = papers.issue(act, paper=paper, version=paper.version, on=signed.on)
    report.number, report.signer_title = paper.full_number[:80], paper.signer_title[:300]
    report.save(update_fields=["number", "signer_title"])
