"""Where and for whom a worker works."""

from __future__ import annotations

from datetime import date

from django.db.models import F, Q
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.workers import rules
from atvsld.registers.workers.drafts import EmploymentDraft
from atvsld.registers.workers.models import Employment, Worker
from atvsld.registers.workers.policy import CHANGE, WORKERS


@action(needs=CHANGE, records="workers:employment:started")
def start_employment(act: Act, *, worker: Worker, draft: EmploymentDraft) -> Employment:
    """Record work; when it is not over it becomes the worker's present one.

    The actor needs the right both where the worker is and where the work is.
    """
    WORKERS.require(act.actor, CHANGE, worker)
    if problems := rules.blocking(rules.check_employment(draft, on=act.day)):
        raise Rejected(problems)
    there = Worker(pk=worker.pk)
    place_worker(there, draft)
    WORKERS.require(act.actor, CHANGE, there)
    made = write_employment(worker, draft)
    follow_employment(worker)
    return made


@action(needs=CHANGE, records="workers:employment:ended")
def end_employment(act: Act, *, employment: Employment, ended_on: date) -> Employment:
    """State the last day of work, not after today. `Conflict` when it was stated before."""
    worker = employment.worker
    WORKERS.require(act.actor, CHANGE, worker)
    problems = []
    if ended_on > act.day:
        problems.append(Problem("employment_future", _("Ngày thôi việc ở sau hôm nay."), column="ended_on"))
    if employment.started_on and ended_on < employment.started_on:
        problems.append(Problem("employment_days", _("Ngày thôi việc trước ngày vào làm."), column="ended_on"))
    if problems:
        raise Rejected(problems)
    if not Employment.objects.filter(pk=employment.pk, ended_on__isnull=True).update(ended_on=ended_on):
        raise Conflict(_("Đã ghi thôi việc từ trước."))
    employment.refresh_from_db()
    follow_employment(worker)
    return employment


def place_worker(worker: Worker, draft: EmploymentDraft) -> None:
    """Set where the worker belongs by a piece of work, without saving."""
    worker.establishment_id = draft.establishment_id if draft.ended_on is None else None
    worker.place_id = _place_of(draft)


def write_employment(worker: Worker, draft: EmploymentDraft) -> Employment:
    """The row of an employment; its place is that of the establishment when none is stated."""
    return Employment.objects.create(
        worker=worker,
        establishment_id=draft.establishment_id,
        place_id=_place_of(draft),
        started_on=draft.started_on,
        ended_on=draft.ended_on,
        occupation_code=draft.occupation_code,
        job_title=draft.job_title.strip(),
        labour_relation=draft.labour_relation,
    )


def follow_employment(worker: Worker) -> None:
    """Let the worker belong to the present employment; without one to no establishment, in the last known place."""
    newest = F("started_on").desc(nulls_last=True)
    held = worker.employments.filter(Q(ended_on__isnull=True)).order_by(newest, "-pk").first()
    establishment = held.establishment_id if held else None
    place = held.place_id if held else worker.place_id
    if (establishment, place) != (worker.establishment_id, worker.place_id):
        Worker.objects.filter(pk=worker.pk).update(
            establishment_id=establishment, place_id=place, version=F("version") + 1
        )
    worker.refresh_from_db()


def _place_of(draft: EmploymentDraft) -> int | None:
    if draft.place_id is not None or draft.establishment_id is None:
        return draft.place_id
    return Establishment.objects.values_list("place_id", flat=True).filter(pk=draft.establishment_id).first()
