"""Receiving a dossier and taking it through its steps, each within the time the law gives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.casework.procedures import queries, settling
from atvsld.casework.procedures.models import Application, ApplicationStep
from atvsld.casework.procedures.policy import HANDLE, OWN
from atvsld.casework.procedures.rules import load_procedures
from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action, clock
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment

State, Kind = Application.State, ApplicationStep.Kind

# What may follow where a dossier stands, and where it leads.
NEXT: dict[str, dict[str, str]] = {
    State.RUNNING: {
        Kind.ASK: State.WAITING, Kind.GRANT: State.GRANTED, Kind.REFUSE: State.REFUSED,
        Kind.WITHDRAW: State.WITHDRAWN, Kind.VOID: State.VOID,
    },
    State.WAITING: {
        Kind.COMPLETE: State.RUNNING, Kind.REFUSE: State.REFUSED, Kind.WITHDRAW: State.WITHDRAWN,
        Kind.VOID: State.VOID,
    },
    State.GRANTED: {Kind.FOLLOWED: State.GRANTED},
}  # fmt: skip
# Steps that are worth nothing without words.
TOLD = frozenset({Kind.ASK, Kind.REFUSE, Kind.VOID})


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """A dossier as handed in. `complete` false: papers are missing, and the time by law does not run yet."""

    procedure: str
    applicant: str
    at: datetime
    complete: bool = True
    missing: str = ""
    channel: str = Application.Channel.DESK
    establishment: Establishment | None = None


@action(needs=HANDLE, records="procedures:application:received")
def receive(act: Act, *, key: str, body: Body, stated: Received) -> Application:
    """Record a dossier. `key` is a ULID made by the sender: sent twice, it gives the same dossier.

    The time by law is that of the day of receipt. `Rejected` with the problems.
    """
    if not is_ulid(key):
        raise Rejected([Problem("bad_key", _("Mã phiếu không đúng dạng."), _("Mở lại trang ghi hồ sơ."))])
    record = Application(
        public_id=key, procedure=stated.procedure, body=body, place_id=body.place_id,
        establishment=stated.establishment, applicant=" ".join(stated.applicant.split()), channel=stated.channel,
        received_at=stated.at,
    )  # fmt: skip
    OWN.require(act.actor, HANDLE, record)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"application:{key}"])
    if earlier := Application.objects.filter(public_id=key).first():
        OWN.require(act.actor, HANDLE, earlier)
        return earlier
    problems = _problems(body, stated, act)
    if problems:
        raise Rejected(problems)
    version = load_procedures()[stated.procedure].at(clock.local_day(stated.at))
    assert version is not None  # `_problems` looked
    record.span, record.unit = version.term.span, version.term.unit if version.term.span else ""
    record.state = State.RUNNING if stated.complete else State.WAITING
    record.save(force_insert=True)
    kind = Kind.RECEIVED if stated.complete else Kind.INCOMPLETE
    ApplicationStep.objects.create(
        application=record, kind=kind, at=stated.at, recorded_at=act.at, text=stated.missing.strip()
    )
    settling.settle(record, on=act.day)
    return record


@action(needs=HANDLE, records="procedures:application:step")
def take_step(
    act: Act,
    *,
    application: Application,
    version: int,
    kind: str,
    at: datetime,
    text: str = "",
    paper: str = "",
) -> ApplicationStep:
    """Take a dossier one step on. `Conflict` when somebody did so first, `Rejected` when the step cannot follow."""
    OWN.require(act.actor, HANDLE, application)
    held = Application.objects.filter(pk=application.pk, version=version)
    if not held.update(version=F("version") + 1):
        message = _("Hồ sơ %(code)s vừa được người khác ghi bước khác. Mở lại hồ sơ để xem rồi ghi tiếp.")
        raise Conflict(message % {"code": application.grouped})
    application.refresh_from_db()
    problems = _step_problems(application, kind, at, text, act)
    if problems:
        raise Rejected(problems)
    try:
        with transaction.atomic():
            step = ApplicationStep.objects.create(
                application=application, kind=kind, at=at, recorded_at=act.at, text=text.strip(), paper=paper.strip()
            )
    except IntegrityError as error:
        raise Conflict(_("Hồ sơ này đã có kết quả.")) from error
    application.state = NEXT[application.state][kind]
    if kind in (Kind.GRANT, Kind.REFUSE, Kind.WITHDRAW):
        application.finished_on = clock.local_day(at)
    settling.settle(application, on=act.day)
    return step


def _problems(body: Body, stated: Received, act: Act) -> list[Problem]:
    found = []
    day = clock.local_day(stated.at)
    known = load_procedures().by_id.get(stated.procedure)
    if known is None or not known.local:
        message = _("Không có thủ tục này trong số thủ tục do cơ quan ở địa phương giải quyết.")
        found.append(Problem("procedure", message, _("Chọn trong danh mục thủ tục."), column="procedure"))
    elif known.at(day) is None:
        message = _("Vào ngày nhận, bộ pháp luật không có quy định nào của thủ tục này còn hiệu lực.")
        found.append(Problem("not_in_force", message, _("Kiểm tra ngày nhận hoặc chọn thủ tục khác."), column="at"))
    elif not queries.holds(body, known.decides, day):
        message = _("%(body)s không giữ chức năng giải quyết thủ tục này vào ngày nhận.")
        found.append(Problem("body", message % {"body": body.name}, _("Chọn đúng cơ quan."), column="body"))
    if stated.at > act.at:
        found.append(_in_future())
    if not stated.applicant.strip():
        message = _("Chưa ghi tên tổ chức, cá nhân nộp hồ sơ.")
        found.append(Problem("applicant", message, column="applicant"))
    if not stated.complete and not stated.missing.strip():
        message = _("Hồ sơ còn thiếu mà chưa ghi thiếu giấy tờ nào.")
        found.append(Problem("missing", message, _("Ghi tên giấy tờ còn thiếu."), column="missing"))
    return found


def _step_problems(application: Application, kind: str, at: datetime, text: str, act: Act) -> list[Problem]:
    allowed = NEXT.get(application.state, {})
    if kind not in allowed or (kind == Kind.FOLLOWED and not may_follow(application)):
        message = _("Hồ sơ đang ở “%(state)s” nên không ghi được bước này.")
        return [Problem("step", message % {"state": application.get_state_display()}, column="kind")]
    found = []
    last = application.steps.last()
    if at > act.at:
        found.append(_in_future())
    if last is not None and at < last.at:
        message = _("Bước này xảy ra trước bước “%(step)s” đã ghi.")
        found.append(Problem("order", message % {"step": str(last)}, _("Kiểm tra ngày giờ."), column="at"))
    if kind in TOLD and not text.strip():
        found.append(Problem("text", _("Bước này phải ghi rõ nội dung, lý do."), column="text"))
    return found


def _in_future() -> Problem:
    return Problem("future", _("Thời điểm còn ở tương lai."), _("Ghi thời điểm đã xảy ra."), column="at")


def may_follow(application: Application) -> bool:
    """Whether the law puts a step of another body after the decision that is not recorded yet."""
    version = load_procedures()[application.procedure].at(_received(application))
    if version is None or version.then is None:
        return False
    return not application.steps.filter(kind=Kind.FOLLOWED).exists()


def _received(application: Application) -> date:
    return clock.local_day(application.received_at)
