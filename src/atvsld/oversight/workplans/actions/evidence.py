"""Laying proof beside a task, and taking it away."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.workplans import clauses
from atvsld.oversight.workplans.models import Task, TaskEvidence
from atvsld.oversight.workplans.policy import CHANGE, OWN
from atvsld.platform.acts import Act, Rejected, action
from atvsld.platform.files.facade import keep
from atvsld.registers import proofs

LONGEST = 300


@action(needs=CHANGE, records="workplans:task_evidence:added")
def add_record(act: Act, *, task: Task, kind: str, key: str) -> TaskEvidence:
    """Lay a record of this system beside a task; the same record once.

    `Rejected` when it does not stand, or when whoever lays it may not read it: to them it does not exist.
    """
    OWN.require(act.actor, CHANGE, task)
    _require_kind(kind)
    if held := task.evidence.filter(kind=kind, key=key, removed_at=None).first():
        return held
    record = proofs.find(kind, key)
    if record is None or (kind == "task" and key == task.public_id) or not proofs.readable(act.actor, record):
        message = _("Không tìm thấy hồ sơ này, hoặc hồ sơ đã bị bỏ trong sổ của nó.")
        raise Rejected([Problem("record_gone", message, _("Chọn hồ sơ khác."), column="key", value=key)])
    return _write(TaskEvidence(
        task=task, kind=kind, key=key, label=record.label[:LONGEST], day=record.day, added_at=act.at,
    ))  # fmt: skip


@action(needs=CHANGE, records="workplans:task_evidence:added")
def add_file(
    act: Act, *, task: Task, kind: str, name: str, content: bytes, label: str = "", day: date | None = None
) -> TaskEvidence:
    """Lay a file beside a task, kept sealed; the same file once. `day` is that of what it proves."""
    OWN.require(act.actor, CHANGE, task)
    _require_kind(kind)
    if day is not None and day > act.day:
        raise Rejected([Problem("day_ahead", _("Ngày của bằng chứng còn ở phía trước."), column="day")])
    file = keep(act, name=name, content=content, purpose=f"workplans:evidence:{task.public_id}")
    if held := task.evidence.filter(kind=kind, file=file, removed_at=None).first():
        return held
    shown = " ".join(label.split()) or file.name
    return _write(TaskEvidence(task=task, kind=kind, file=file, label=shown[:LONGEST], day=day, added_at=act.at))


@action(needs=CHANGE, records="workplans:task_evidence:removed")
def remove_evidence(act: Act, *, evidence: TaskEvidence, why: str) -> TaskEvidence:
    """Take a proof away, with the reason; what it proved is a claim again. Taken away twice, it went once."""
    OWN.require(act.actor, CHANGE, evidence.task)
    if not why.strip():
        raise Rejected([Problem("why_missing", _("Chưa ghi vì sao bỏ."), _("Ghi lý do."), column="why")])
    TaskEvidence.objects.filter(pk=evidence.pk, removed_at=None).update(
        removed_at=act.at, removed_why=why.strip()[:LONGEST]
    )
    evidence.refresh_from_db()
    return evidence


def _require_kind(kind: str) -> None:
    if kind not in clauses.words().evidence:
        message = _("Không có loại bằng chứng này.")
        raise Rejected([Problem("kind_unknown", message, _("Chọn từ danh sách."), column="kind", value=kind)])


def _write(row: TaskEvidence) -> TaskEvidence:
    """Insert; when somebody laid the same at the same moment, theirs is ours."""
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        return TaskEvidence.objects.get(
            task=row.task, kind=row.kind, key=row.key, file=row.file, removed_at__isnull=True
        )
    return row
