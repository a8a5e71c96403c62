"""Registering and changing a worker, and reading an identity number."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.platform.history.timeline import record_reading
from atvsld.registers.workers import identity_numbers, rules
from atvsld.registers.workers.actions.employment import place_worker, write_employment
from atvsld.registers.workers.drafts import EmploymentDraft, WorkerDraft, columns
from atvsld.registers.workers.models import Worker
from atvsld.registers.workers.policy import CHANGE, READ_IDENTITY, WORKERS

SHORTEST_PURPOSE = 5


@action(needs=CHANGE, records="workers:worker:registered")
def register_worker(act: Act, *, draft: WorkerDraft, employment: EmploymentDraft) -> Worker:
    """Add a person with the present or last work. `Rejected` with the problems (a number already held among them).

    `Refused` when the work lies outside the area or establishment of the actor.
    """
    if problems := [
        *rules.blocking(rules.check_worker(draft, on=act.day)),
        *rules.blocking(rules.check_employment(employment, on=act.day)),
    ]:
        raise Rejected(problems)
    record = Worker(**columns(draft))
    place_worker(record, employment)
    WORKERS.require(act.actor, CHANGE, record)
    try:
        with transaction.atomic():
            record.save(force_insert=True)
    except IntegrityError as error:
        raise _explained(error) from error
    write_employment(record, employment)
    return record


@action(needs=CHANGE, records="workers:worker:changed")
def change_worker(act: Act, *, worker: Worker, version: int, draft: WorkerDraft) -> Worker:
    """Replace the facts. `version` is the one the editor saw: `Conflict` when it is no longer current."""
    WORKERS.require(act.actor, CHANGE, worker)
    if problems := rules.blocking(rules.check_worker(draft, on=act.day)):
        raise Rejected(problems)
    held = Worker.objects.filter(pk=worker.pk, version=version)
    try:
        with transaction.atomic():
            changed = held.update(version=F("version") + 1, **columns(draft))
    except IntegrityError as error:
        raise _explained(error) from error
    if not changed:
        raise Conflict(_("Hồ sơ vừa được người khác sửa nên thay đổi của bạn chưa được ghi. Mở lại để xem bản mới."))
    worker.refresh_from_db()
    return worker


@action(needs=READ_IDENTITY, records="workers:worker:identity_read")
def read_identity(act: Act, *, worker: Worker) -> str:
    """The identity number in full; the reading is recorded with `act.reason` as its purpose, which must be given."""
    WORKERS.require(act.actor, READ_IDENTITY, worker)
    if len(act.reason.strip()) < SHORTEST_PURPOSE:
        message = _("Chưa ghi mục đích xem số định danh.")
        raise Rejected([Problem("purpose", message, _("Ghi rõ việc cần dùng đến số này."), column="purpose")])
    record_reading(act.actor, act.at, worker, fields=["identity_number"], purpose=act.reason.strip())
    return identity_numbers.unseal(worker.identity_sealed)


def _explained(error: IntegrityError) -> Exception:
    if "identity_fingerprint" not in str(error):
        return error
    message = _("Số định danh này đã có trong danh sách người lao động.")
    remedy = _("Tìm theo số ấy; nếu không thấy, người này đang thuộc nơi khác: đề nghị cán bộ cấp tỉnh ghi chuyển.")
    return Rejected([Problem("identity_taken", message, remedy, column="identity_number")])
