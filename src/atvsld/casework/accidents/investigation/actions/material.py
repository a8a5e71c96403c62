"""Statements, evidence and expert opinions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _

from atvsld.casework.accidents.investigation import seals
from atvsld.casework.accidents.investigation.actions import common
from atvsld.casework.accidents.investigation.drafts import EvidenceDraft, ExpertiseDraft, StatementDraft
from atvsld.casework.accidents.investigation.models import Evidence, Expertise, Statement
from atvsld.casework.accidents.investigation.policy import CHANGE, READ_STATEMENT, require_work
from atvsld.casework.accidents.investigation.proofs import proofs
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure import facade as procedure
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Rejected, action
from atvsld.platform.files import facade as files
from atvsld.platform.history.models import SensitiveReading

SHORTEST_PURPOSE = 5


@action(needs=CHANGE, records="accidents:statement:added")
def add_statement(act: Act, *, case: AccidentCase, key: str, draft: StatementDraft) -> Statement:
    """Keep a statement; the person and the words are sealed. The same `key` again gives the same statement."""
    record = common.work_on(act, case)
    if (held := common.earlier(Statement, key, case)) is not None:
        return held
    _require_statement(act, draft)
    common.require_own(record, victim_id=draft.victim_id)
    return Statement.objects.create(public_id=key, case=case, **_sealed(draft))


@action(needs=CHANGE, records="accidents:statement:changed")
def change_statement(act: Act, *, statement: Statement, version: int, draft: StatementDraft) -> Statement:
    """Correct a statement. `Conflict` when somebody else did meanwhile."""
    record = common.work_on(act, statement.case)
    _require_statement(act, draft)
    common.require_own(record, victim_id=draft.victim_id)
    common.move(statement, version, **_sealed(draft))
    return statement


@action(needs=READ_STATEMENT, records="accidents:statement:read")
def read_statements(act: Act, *, case: AccidentCase, statements: Sequence[Statement]) -> list[tuple[str, str]]:
    """Person and words of each statement; every reading is recorded with `act.reason`, its purpose."""
    require_reading(act, case, "accident_investigation.statement", [one.public_id for one in statements])
    return [
        (seals.open_(one.person_sealed, seals.PERSON), seals.open_(one.content_sealed, seals.CONTENT))
        for one in statements
    ]


def require_reading(act: Act, case: AccidentCase, kind: str, record_ids: Sequence[str]) -> None:
    """Record that protected data are read, or refuse: by permission, level, or want of a purpose."""
    file = procedure.file_of(case)
    require_work(act.actor, case, (file.level if file else "") or "", READ_STATEMENT)
    if len(act.reason.strip()) < SHORTEST_PURPOSE:
        raise Rejected([Problem("purpose", _("Chưa ghi mục đích xem."), column="purpose")])
    SensitiveReading.objects.bulk_create(
        SensitiveReading(
            user_id=act.actor.user_id, read_at=act.at, record_kind=kind, record_id=record_id,
            fields=["person", "content"], purpose=act.reason.strip()[:300],
        )
        for record_id in record_ids
    )  # fmt: skip


@action(needs=CHANGE, records="accidents:evidence:added")
def add_evidence(
    act: Act, *, case: AccidentCase, key: str, draft: EvidenceDraft, name: str = "", content: bytes | None = None
) -> Evidence:
    """Keep a document, picture or object, with its file sealed by hash where there is one."""
    record = common.work_on(act, case)
    if (held := common.earlier(Evidence, key, case)) is not None:
        return held
    common.require_texts(draft, title=_("Chưa ghi tên tài liệu."))
    common.require_own(record, victim_id=draft.victim_id)
    known = {rule.id for rule in record.entries("dossier")} | {"other", "consent", "sending", "result"}
    known |= {item for proof in proofs(record) for item, _label in proof.papers}
    if draft.item not in known:
        raise Rejected([Problem("item", _("Chưa chọn loại giấy tờ."), column="item")])
    file = None
    if content is not None:
        file = files.keep(act, name=name, content=content, purpose=f"accidents:evidence:{case.public_id}")
    return Evidence.objects.create(public_id=key, case=case, file=file, added_at=act.at, **common.values_of(draft))


@action(needs=CHANGE, records="accidents:evidence:withdrawn")
def withdraw_evidence(act: Act, *, evidence: Evidence) -> Evidence:
    """Take a piece out of the dossiers, with the reason; piece and file stay. Doing it again does nothing."""
    common.work_on(act, evidence.case)
    if not act.reason.strip():
        raise Rejected([Problem("no_reason", _("Chưa ghi lý do bỏ khỏi hồ sơ."), column="reason")])
    Evidence.objects.filter(pk=evidence.pk, withdrawn_at__isnull=True).update(
        withdrawn_at=act.at, withdrawn_reason=act.reason.strip()[:300]
    )
    evidence.refresh_from_db()
    return evidence


@action(needs=CHANGE, records="accidents:expertise:requested")
def request_expertise(act: Act, *, case: AccidentCase, key: str, draft: ExpertiseDraft) -> Expertise:
    """Ask for an expert opinion; the first one makes the file wait for it."""
    record = common.work_on(act, case, stages={"investigating", "awaiting_expertise"})
    if (held := common.earlier(Expertise, key, case)) is not None:
        return held
    common.require_texts(
        draft, asked_of=_("Chưa ghi cơ quan, tổ chức giám định."), question=_("Chưa ghi nội dung đề nghị giám định.")
    )
    if draft.asked_on > act.day:
        raise Rejected([Problem("future", _("Ngày đề nghị ở tương lai."), column="asked_on")])
    asked = Expertise.objects.create(public_id=key, case=case, **common.values_of(draft))
    if record.file.stage == "investigating":
        common.take(act, record, "request_expertise")
    return asked


@action(needs=CHANGE, records="accidents:expertise:received")
def receive_expertise(
    act: Act, *, expertise: Expertise, version: int, received_on: date, result: str, document_id: int | None = None
) -> Expertise:
    """What came back. With the last one the file goes on."""
    record = common.work_on(act, expertise.case)
    common.require_own(record, evidence_id=document_id)
    if not result.strip():
        raise Rejected([Problem("no_result", _("Chưa ghi kết luận giám định."), column="result")])
    if received_on < expertise.asked_on or received_on > act.day:
        message = _("Ngày nhận kết quả phải từ ngày đề nghị đến hôm nay.")
        raise Rejected([Problem("days", message, column="received_on")])
    common.move(expertise, version, received_on=received_on, result=result.strip(), document_id=document_id)
    waiting = Expertise.objects.filter(case=expertise.case, received_on__isnull=True).exists()
    if record.file.stage == "awaiting_expertise" and not waiting:
        common.take(act, record, "expertise_received")
    return expertise


def _sealed(draft: StatementDraft) -> dict[str, object]:
    return {
        **common.values_of(draft, "person", "content"),
        "person_sealed": seals.close(draft.person, seals.PERSON),
        "content_sealed": seals.close(draft.content, seals.CONTENT),
    }


def _require_statement(act: Act, draft: StatementDraft) -> None:
    common.require_texts(
        draft, person=_("Chưa ghi nhân thân người khai."), content=_("Chưa ghi nội dung lời khai."),
        place=_("Chưa ghi nơi lấy lời khai."), taken_by=_("Chưa ghi người lấy lời khai."),
    )  # fmt: skip
    common.require_past(act, "taken_at", draft.taken_at)
    if draft.ended_at is not None and draft.ended_at < draft.taken_at:
        raise Rejected([Problem("days", _("Kết thúc trước khi bắt đầu lấy lời khai."), column="ended_at")])
