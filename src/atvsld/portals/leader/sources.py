"""The matters of the rooms that stand: each count is that of the list its address opens."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Count, Exists, Min, Q
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.views import work
from atvsld.casework.merits import policy as merits
from atvsld.casework.merits import queries as commendations
from atvsld.casework.merits.models import Commendation
from atvsld.casework.procedures import figures as procedures
from atvsld.casework.procedures import queries as dossiers
from atvsld.casework.procedures.policy import READ as READ_PROCEDURES
from atvsld.oversight.filing import facade as filing
from atvsld.oversight.workplans import facade as workplans
from atvsld.oversight.workplans.policy import CHANGE as CHANGE_PLANS
from atvsld.oversight.workplans.policy import READ as READ_PLANS
from atvsld.oversight.workplans.queries import help_inbox
from atvsld.oversight.yearly import facade as yearly
from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import clock
from atvsld.portals.leader.decisions import Matter, Source, waits
from atvsld.registers.duties import queries as duties
from atvsld.registers.duties.policy import DUTIES
from atvsld.registers.duties.policy import READ as READ_DUTIES


def counted(rows: Any, moment: str, url: str) -> Matter:
    """How many, and since when the oldest waits, in one statement."""
    found = rows.order_by().aggregate(oldest=Min(moment), number=Count("pk", distinct=True))
    oldest = found["oldest"]
    since = clock.local_day(oldest) if isinstance(oldest, datetime) else oldest
    return Matter(found["number"], url, since if isinstance(since, date) else None)


def _late_cases(actor: Actor, at: datetime) -> Matter | None:
    """Cases still dealt with of which something is past its term."""
    if not actor.may(READ_DUTIES):
        return None
    late = work.open_about().filter(DUTIES.filter(actor, READ_DUTIES)).filter(duties.overdue(at))
    rows = work.cases(actor).exclude(Q(procedure_file__stage__in=work.ENDED)).filter(Exists(late))
    return counted(rows, "next_due", "/tai-nan/viec/?whose=all&when=overdue")


def _reports_to_take_in(actor: Actor, at: datetime) -> Matter | None:  # noqa: ARG001 - one shape for every source
    if not actor.may(filing.READ):
        return None
    rows = filing.visible(actor).filter(state=filing.Filing.State.SUBMITTED, submitted_at__isnull=False)
    return counted(rows, "last_submitted_at", "/nop-bao-cao/den/?state=submitted")


def _plans(state: str, moment: str) -> Any:
    def find(actor: Actor, at: datetime) -> Matter | None:
        if not actor.may(READ_PLANS):
            return None
        year = clock.local_day(at).year
        rows = workplans.visible_plans(actor).filter(state=state, year=year)
        return counted(rows, moment, f"/ke-hoach/danh-sach/?year={year}&state={state}")

    return find


def _late_tasks(actor: Actor, at: datetime) -> Matter | None:
    if not actor.may(READ_PLANS):
        return None
    today = clock.local_day(at)
    rows = workplans.overdue(workplans.visible_tasks(actor), today).filter(plan__year=today.year)
    return counted(rows, "ends_on", f"/ke-hoach/nhiem-vu/?year={today.year}&overdue=1")


def _bare_claims(actor: Actor, at: datetime) -> Matter | None:
    """Tasks said to be at work or done that nothing proves."""
    if not actor.may(READ_PLANS):
        return None
    year = clock.local_day(at).year
    rows = workplans.unproven(workplans.visible_tasks(actor).filter(plan__year=year))
    return counted(rows, "starts_on", f"/ke-hoach/nhiem-vu/?year={year}&proof=claim")


def _help(actor: Actor, at: datetime) -> Matter | None:  # noqa: ARG001 - as above
    """What other bodies ask of the actor's own; its page shows these."""
    if not actor.may(CHANGE_PLANS):
        return None
    asked = help_inbox(actor).filter(state=workplans.HelpRequest.State.ASKED)
    return counted(asked, "asked_at", "/ke-hoach/ho-tro/")


def _yearly(actor: Actor, at: datetime) -> Matter | None:  # noqa: ARG001 - as above
    if not actor.may(yearly.READ):
        return None
    rows = yearly.visible(actor).filter(state=yearly.YearReport.State.SENT)
    return counted(rows, "sent_at", "/bao-cao-ke-hoach/?state=sent")


def _commendations(actor: Actor, at: datetime) -> Matter | None:  # noqa: ARG001 - as above
    if not actor.may(merits.READ):
        return None
    rows = commendations.visible(actor).filter(state=Commendation.State.PROPOSED, withdrawn_at=None)
    return counted(rows, "proposed_at", "/khen-thuong/?state=proposed")


def _procedures(actor: Actor, at: datetime) -> Matter | None:
    if not actor.may(READ_PROCEDURES):
        return None
    rows = dossiers.visible(actor).filter(procedures.overdue(clock.local_day(at)))
    return counted(rows, "due_on", "/thu-tuc/ho-so/?ket_qua=overdue")


waits(Source("cases", _("Vụ tai nạn có việc quá hạn"), _late_cases, urgent=True))
waits(Source("procedures", _("Hồ sơ thủ tục hành chính quá hạn"), _procedures, urgent=True))
waits(Source("tasks", _("Nhiệm vụ của kế hoạch quá hạn"), _late_tasks, urgent=True))
waits(Source("claims", _("Nhiệm vụ báo đã làm mà chưa có bằng chứng"), _bare_claims))
waits(Source("plans_sent", _("Kế hoạch năm chờ tiếp nhận"), _plans("sent", "sent_at")))
waits(Source("plans_returned", _("Kế hoạch năm bị trả lại, chưa gửi lại"), _plans("returned", "decided_at")))
waits(Source("plans_draft", _("Kế hoạch năm chưa gửi"), _plans("draft", "pk")))
waits(Source("help", _("Đề nghị phối hợp chờ trả lời"), _help))
waits(Source("yearly", _("Báo cáo năm về kế hoạch chờ tiếp nhận"), _yearly))
waits(Source("commendations", _("Đề nghị khen thưởng chờ quyết định"), _commendations))
waits(Source("filings", _("Báo cáo định kỳ chờ tiếp nhận"), _reports_to_take_in))
