"""Making a yearly plan, sending it, taking it in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.law.book import load_book
from atvsld.law.programme import Clause, Programme
from atvsld.law.programme_terms import terms
from atvsld.oversight.workplans import clauses
from atvsld.oversight.workplans.actions.stepping import must_be_open, step
from atvsld.oversight.workplans.actions.tasks import append, owner_of
from atvsld.oversight.workplans.drafts import TaskDraft
from atvsld.oversight.workplans.models import Remark, Task, WorkPlan
from atvsld.oversight.workplans.policy import CHANGE, OVERSEE, OWN, PLANS
from atvsld.oversight.workplans.rules import LONGEST_TITLE
from atvsld.oversight.workplans.telling import tell
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.platform.files.facade import keep
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import holders
from atvsld.registers.establishments.models import Establishment

State = WorkPlan.State


@action(needs=CHANGE, records="workplans:work_plan:opened")
def open_plan(
    act: Act, *, programme: str, year: int, body: Body | None = None, establishment: Establishment | None = None
) -> WorkPlan:
    """The plan of a body or an establishment for a year of a programme: made once, given back afterwards.

    `Rejected` for a programme that does not hold in the year, or a body that did not stand in it.
    """
    owner = body or establishment
    if owner is None or (body is not None and establishment is not None):
        raise Rejected([Problem("owner", _("Chọn một đơn vị lập kế hoạch."), column="owner")])
    plan = WorkPlan(programme=programme, year=year, body=body, establishment=establishment, place_id=owner.place_id)
    OWN.require(act.actor, CHANGE, plan)
    if problems := _problems(programme, year, body):
        raise Rejected(problems)
    made, _new = WorkPlan.objects.get_or_create(
        programme=programme, year=year, body=body, establishment=establishment, defaults={"place_id": owner.place_id}
    )
    return made


def _problems(code: str, year: int, body: Body | None) -> list[Problem]:
    found = clauses.programme(code)
    first, last = date(year, 1, 1), date(year, 12, 31)
    if found is None:
        message = _("Không có chương trình, kế hoạch “%(code)s”.") % {"code": code}
        return [Problem("programme_unknown", message, _("Chọn từ danh sách."), column="programme", value=code)]
    if found.valid_from > last or (found.valid_to is not None and found.valid_to < first):
        message = _("Chương trình, kế hoạch này không áp dụng cho năm %(year)s.") % {"year": year}
        return [Problem("programme_year", message, _("Chọn năm khác."), column="year", value=str(year))]
    if body is not None and (body.valid_from > last or (body.valid_to is not None and body.valid_to < first)):
        message = _("%(name)s không tồn tại trong năm %(year)s.") % {"name": body.name, "year": year}
        return [Problem("body_year", message, _("Chọn cơ quan của năm đó."), column="body")]
    return []


@action(needs=CHANGE, records="workplans:work_plan:proposed")
def propose_tasks(act: Act, *, plan: WorkPlan, version: int) -> list[Task]:
    """One task for each clause the owner leads that has none yet, in the order of the programme."""
    OWN.require(act.actor, CHANGE, plan)
    must_be_open(plan, act.reason)
    taken = set(plan.tasks.values_list("clause", flat=True))
    leading = [one for one in clauses.bound(plan, act.day) if one.leads and one.clause.id not in taken]
    step(plan, version)
    whole = clauses.programme(plan.programme)
    owner = owner_of(act, plan)
    made = []
    for one in leading:
        assert whole is not None  # clauses came from it
        start, end = _span(whole, one.clause, plan)
        draft = TaskDraft(
            title=one.clause.text.vi[:LONGEST_TITLE], starts_on=start, ends_on=end, clause=one.clause.id,
            measure=one.clause.measures[0] if one.clause.measures else "",
            supports=_supports(one.clause, plan, clauses.day_of(plan, act.day)), beyond=end.year != plan.year,
        )  # fmt: skip
        made.append(append(act, plan, draft, owner))
    return made


def _span(whole: Programme, clause: Clause, plan: WorkPlan) -> tuple[date, date]:
    """From the first day of the year to the clause's last term of the year, else to the year's end."""
    start, end = date(plan.year, 1, 1), date(plan.year, 12, 31)
    for term in terms(load_book(), whole, clause, plan.year):
        last = term.deadline.last_ok if term.deadline is not None else None
        if last is not None:
            day = last.date() if isinstance(last, datetime) else last
            end = day if end.year == plan.year and day < end and len(clause.due) == 1 else max(end, day)
    if plan.body is not None:
        start = max(start, plan.body.valid_from)
    return min(start, end), end


def _supports(clause: Clause, plan: WorkPlan, on: date) -> tuple[int, ...]:
    """The bodies that work along where the word means one body; classes of bodies are not spelled out."""
    words = clauses.words()
    found = [
        held[0].pk
        for word in clause.supporting
        if words.holder(word).function and len(held := holders(word, plan.place_id, on)) == 1
    ]
    return tuple(dict.fromkeys(pk for pk in found if pk != plan.body_id))


@action(needs=CHANGE, records="workplans:work_plan:changed")
def issue_plan(
    act: Act, *, plan: WorkPlan, version: int, number: str, issued_on: date | None, note: str = "",
    paper: tuple[str, bytes] | None = None,
) -> WorkPlan:  # fmt: skip
    """State number and day of the plan as it was issued, and keep the paper (name, content) when one is given."""
    OWN.require(act.actor, CHANGE, plan)
    if issued_on is not None and issued_on > act.day:
        raise Rejected([Problem("issued_on", _("Ngày ban hành còn ở phía trước."), column="issued_on")])
    values: dict[str, Any] = {"number": number.strip(), "issued_on": issued_on, "note": note.strip()}
    if paper is not None:
        name, content = paper
        values["paper"] = keep(act, name=name, content=content, purpose=f"workplans:paper:{plan.public_id}")
    return step(plan, version, **values)


@action(needs=CHANGE, records="workplans:work_plan:sent")
def send_plan(act: Act, *, plan: WorkPlan, version: int) -> WorkPlan:
    """Send the plan to the standing body. Sent twice, it is sent once."""
    OWN.require(act.actor, CHANGE, plan)
    plan.refresh_from_db()
    if plan.state == State.SENT:
        return plan
    if plan.state == State.AGREED:
        raise Conflict(_("Kế hoạch đã được tiếp nhận."))
    if not plan.tasks.exists():
        raise Rejected([Problem("no_tasks", _("Kế hoạch chưa có nhiệm vụ nào."), _("Thêm nhiệm vụ rồi gửi."))])
    return step(plan, version, state=State.SENT, sent_at=act.at, decided_at=None)


@action(needs=OVERSEE, records="workplans:work_plan:agreed")
def agree_plan(act: Act, *, plan: WorkPlan, version: int) -> WorkPlan:
    """Take a plan in. `Conflict` unless it stands as sent."""
    PLANS.require(act.actor, OVERSEE, plan)
    plan.refresh_from_db()
    if plan.state == State.AGREED:
        return plan
    _must_stand(plan, State.SENT)
    step(plan, version, state=State.AGREED, decided_at=act.at)
    _tell(act, plan, _("Kế hoạch năm %(year)s đã được tiếp nhận") % {"year": plan.year})
    return plan


@action(needs=OVERSEE, records="workplans:work_plan:returned")
def return_plan(act: Act, *, plan: WorkPlan, version: int, text: str) -> WorkPlan:
    """Send a plan back with what is missing; its owner changes it and sends it again."""
    PLANS.require(act.actor, OVERSEE, plan)
    if not text.strip():
        raise Rejected([Problem("text_missing", _("Chưa ghi lý do trả lại."), _("Ghi điều cần sửa."), column="text")])
    plan.refresh_from_db()
    _must_stand(plan, State.SENT, State.AGREED)
    step(plan, version, state=State.RETURNED, decided_at=act.at)
    Remark.objects.create(plan=plan, at=act.at, said_by=act.actor.name, text=text.strip(), returns=True)
    _tell(act, plan, _("Kế hoạch năm %(year)s bị trả lại để sửa") % {"year": plan.year}, text.strip())
    return plan


def _tell(act: Act, plan: WorkPlan, subject: str, text: str = "") -> None:
    tell(
        act, key=f"plan:{plan.public_id}:{plan.version}", subject=subject, text=text, body=plan.body_id,
        establishment=plan.establishment_id, url=reverse("workplans:plan", args=[plan.public_id]),
    )  # fmt: skip


def _must_stand(plan: WorkPlan, *states: str) -> None:
    if plan.state not in states:
        message = _("Kế hoạch đang ở tình trạng “%(state)s”.") % {"state": plan.get_state_display()}
        raise Conflict(message)
