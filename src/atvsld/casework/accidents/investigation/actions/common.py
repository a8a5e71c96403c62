"""What every action of an investigation begins with: the file, the right at its level, one writer at a time."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import fields
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import F, Model
from django.utils.translation import gettext as _

from atvsld.casework.accidents.investigation import seals
from atvsld.casework.accidents.investigation.models import Evidence, Investigation
from atvsld.casework.accidents.investigation.policy import may_answer, require_work
from atvsld.casework.accidents.investigation.record import ENDED, Record
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure import facade as procedure
from atvsld.casework.accidents.procedure.models import CaseFile
from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected

M = TypeVar("M", bound=Model)


def work_on(act: Act, case: AccidentCase, *, stages: Collection[str] | None = None, party: str = "") -> Record:
    """The record of a case, locked for this transaction, on which the actor may work now.

    `party` (`employer`, `commune_committee`) lets in whoever records what that party itself did.

    `Refused` for who may not at the level of the file; `Rejected` when the case has no file, or the file stands at a
    stage (`stages`: those allowed; without them any but the ended ones) at which this cannot be done.
    """
    file = procedure.file_of(case)
    if file is None:
        message = _("Vụ này chưa mở hồ sơ giải quyết.")
        raise Rejected([Problem("no_file", message, _("Phân loại vụ trước khi điều tra."))])
    if not (party and may_answer(act.actor, case, file.level or "", party)):
        require_work(act.actor, case, file.level or "")
    Investigation.objects.get_or_create(case=case)
    Investigation.objects.select_for_update().get(case=case)
    file.refresh_from_db()
    file.case = case
    case.refresh_from_db()
    if (stages is None and file.stage in ENDED) or (stages is not None and file.stage not in stages):
        message = _("Không làm được khi hồ sơ ở giai đoạn “%(stage)s”.") % {"stage": file.get_stage_display()}
        raise Rejected([Problem("stage", message)])
    return Record(file)


def take(act: Act, record: Record, step: str, *, at: datetime | None = None, **facts: Any) -> CaseFile:
    """Take a step of the procedure as part of this act; the record sees the file as it stands after."""
    file = procedure.advance(act, case=record.case, step=step, at=at, reason=act.reason, **facts)
    record.file = file
    return file


def move(record: Model, version: int, **values: object) -> None:
    """Change a row from the version the editor saw to the next, or raise `Conflict`: nobody's work is lost."""
    manager = type(record)._default_manager  # noqa: SLF001
    if not manager.filter(pk=record.pk, version=version).update(version=F("version") + 1, **values):
        raise stale()
    record.refresh_from_db()


def stale() -> Conflict:
    return Conflict(
        _(
            "Nội dung này vừa được người khác sửa nên thay đổi của bạn chưa được ghi. "
            "Mở lại để xem bản mới rồi sửa tiếp."
        )
    )


def require_key(key: str) -> None:
    """The sender's key, a ULID, becomes the public id: sending twice gives one record."""
    if not is_ulid(key):
        message = _("Mã gửi “%(key)s” không đúng dạng.") % {"key": key}
        raise Rejected([Problem("bad_key", message, _("Mở lại trang rồi gửi lại."), column="key")])


def earlier(model: type[M], key: str, case: AccidentCase) -> M | None:
    """What the key made before. `Conflict` when it names a record of another case."""
    require_key(key)
    held = model._default_manager.filter(public_id=key).first()  # noqa: SLF001
    if held is not None and getattr(held, "case_id", None) != case.pk:
        raise Conflict(_("Mã gửi này đã dùng cho hồ sơ khác. Mở lại trang rồi gửi lại."))
    return held


def values_of(draft: Any, *leave_out: str) -> dict[str, Any]:
    """A draft as column values, texts trimmed."""
    found = {field.name: getattr(draft, field.name) for field in fields(draft) if field.name not in leave_out}
    return {name: value.strip() if isinstance(value, str) else value for name, value in found.items()}


def require_texts(draft: Any, **sentences: str) -> None:
    """Raise `Rejected` naming every empty text at once."""
    missing = [
        Problem(f"no_{name}", sentence, column=name)
        for name, sentence in sentences.items()
        if not str(getattr(draft, name) or "").strip()
    ]
    if missing:
        raise Rejected(missing)


def require_past(act: Act, column: str, moment: datetime | None) -> None:
    """A moment that was is not ahead of the act."""
    if moment is not None and moment > act.at:
        message = _("Thời điểm này ở tương lai.")
        raise Rejected([Problem("future", message, _("Kiểm tra lại ngày, giờ."), column=column)])


def require_own(record: Record, *, victim_id: int | None = None, evidence_id: int | None = None) -> None:
    """The victim and the document belong to this case."""
    if victim_id is not None and all(victim.pk != victim_id for victim in record.victims):
        raise Rejected([Problem("not_of_case", _("Người bị nạn không thuộc vụ này."), column="victim")])
    if (
        evidence_id is not None
        and not Evidence.objects.filter(pk=evidence_id, case=record.case, withdrawn_at__isnull=True).exists()
    ):
        raise Rejected([Problem("not_of_case", _("Tài liệu không thuộc hồ sơ vụ này."), column="document")])


__all__ = [
    "earlier", "move", "require_key", "require_own", "require_past", "require_texts", "seals", "stale", "take",
    "values_of", "work_on",
]  # fmt: skip
