"""What some steps do beyond moving the file: the columns they set, the records they keep, what stands against them.

`EFFECTS` answer the columns to set; the steps of `OWN` are taken in their own way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from atvsld.casework.accidents.procedure import duties
from atvsld.casework.accidents.procedure.actions import machine
from atvsld.casework.accidents.procedure.models import CaseFile, Clock, Complaint, Extension, PolicePhase
from atvsld.casework.accidents.procedure.reading import find_level, picture
from atvsld.kit.outcome import Problem
from atvsld.kit.text import format_date
from atvsld.law import due, load_book
from atvsld.law.procedure import Level, Step
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.acts import Act, Rejected, clock


@dataclass(frozen=True, slots=True)
class Taking:
    """A step about to be taken, with what was said of it."""

    act: Act
    file: CaseFile
    step: Step
    at: datetime
    reason: str
    key: str
    facts: Mapping[str, Any]

    @property
    def told(self) -> dict[str, Any]:
        """The facts as they are kept with the step."""
        return {name: value for name, value in self.facts.items() if isinstance(value, str | int | bool)}


def problems(file: CaseFile, step: Step, at: datetime) -> list[Problem]:
    """What the room itself has against a step."""
    check = _CHECKS.get(step.id)
    return check(file, at) if check else []


def investigation_clock(file: CaseFile) -> Clock | None:
    """The running time limit of the investigation."""
    rules = [clock.rule for clock in load_procedure().clocks if clock.investigates]
    return file.clocks.filter(state=Clock.State.RUNNING, rule__in=rules).first()


def _can_extend(file: CaseFile, at: datetime) -> list[Problem]:  # noqa: ARG001 - one shape for all checks
    running = investigation_clock(file)
    if running is None:
        return [Problem("no_clock", _("Chưa có thời hạn điều tra nào đang tính."))]
    rule = load_book().deadline(running.rule, on=clock.local_day(running.since))
    if rule.extension is None:
        return [Problem("no_extension", _("Thời hạn này không được gia hạn."))]
    if file.extensions.filter(round=file.round).exists():
        return [Problem("extended_before", _("Chỉ được gia hạn một lần."))]
    return []


def last_day_to_complain(file: CaseFile) -> date | None:
    """The last day for a complaint about the minutes in force, None before publication."""
    if file.published_at is None:
        return None
    found = due(load_book(), "COMPLAINT_WINDOW", at=clock.local_day(file.published_at)).last_ok
    return found if found is None or type(found) is date else clock.local_day(found)  # type: ignore[arg-type]


def _can_complain(file: CaseFile, at: datetime) -> list[Problem]:
    last = last_day_to_complain(file)
    if last is None:
        return [Problem("not_published", _("Biên bản chưa được công bố."))]
    if clock.local_day(at) > last:
        message = _("Thời hạn khiếu nại, tố cáo về biên bản đã hết ngày %(day)s.") % {"day": format_date(last)}
        remedy = _("Cơ quan có thẩm quyền vẫn có thể điều tra lại khi xét thấy cần thiết.")
        return [Problem("complaint_late", message, remedy)]
    return []


def _can_draft(file: CaseFile, at: datetime) -> list[Problem]:  # noqa: ARG001 - one shape for all checks
    case, found = file.case, []
    case.refresh_from_db(fields=["conclusion", "cause_code", "injury_agent_code"])
    if case.conclusion == "pending":
        found.append(Problem("no_conclusion", _("Chưa ghi kết luận về vụ tai nạn.")))
    if case.conclusion != "not_occupational":
        if not case.cause_code:
            found.append(Problem("no_cause", _("Chưa ghi nguyên nhân chính.")))
        if not case.injury_agent_code:
            found.append(Problem("no_agent", _("Chưa ghi yếu tố chính gây chấn thương.")))
    for victim in case.victims.filter(severity="severe", injury_codes=[]).order_by("position"):
        message = _("Người bị nạn thứ %(position)s bị thương nặng nhưng chưa có mã chấn thương.")
        found.append(Problem(f"no_injury_{victim.position}", message % {"position": victim.position}))
    return found


_CHECKS: dict[str, Callable[[CaseFile, datetime], list[Problem]]] = {
    "extend": _can_extend,
    "complain": _can_complain,
    "draft_minutes": _can_draft,
}


def _declare(taking: Taking) -> dict[str, Any]:
    file, values = taking.file, {}
    if file.notified_at is not None:
        values["notified_at"] = file.notified_at
    if file.department_received_at is None and taking.facts.get("by", "") != "family":
        values["department_received_at"] = taking.at
    return values


def _request_expertise(taking: Taking) -> dict[str, Any]:  # noqa: ARG001
    return {"expertise": True}


def _suspend(taking: Taking) -> dict[str, Any]:
    cause = PolicePhase.Cause.CRIME if taking.step.id == "propose_prosecution" else PolicePhase.Cause.UNCLEAR
    open_phase = taking.file.police_phases.filter(returned_at__isnull=True).last()
    if open_phase is None:
        PolicePhase.objects.create(file=taking.file, cause=cause, began_at=taking.at)
    elif open_phase.cause != cause:
        open_phase.cause = cause
        open_phase.save(update_fields=["cause"])
    return {}


def _prosecuted(taking: Taking) -> dict[str, Any]:
    taking.file.police_phases.filter(returned_at__isnull=True).update(
        outcome=PolicePhase.Outcome.PROSECUTED, prosecuted_at=taking.at, cause=PolicePhase.Cause.CRIME
    )
    return {}


def _returned(taking: Taking) -> dict[str, Any]:
    outcome = PolicePhase.Outcome.NOT_PROSECUTED
    if taking.step.id == "police_returned":
        outcome = PolicePhase.Outcome.RETURNED
    taking.file.police_phases.filter(returned_at__isnull=True).update(outcome=outcome, returned_at=taking.at)
    return {"clock_since": taking.at}


def _complain(taking: Taking) -> dict[str, Any]:
    by = str(taking.facts.get("complainant", Complaint.By.OTHER))
    if by not in Complaint.By.values:
        raise Rejected([Problem("unknown_choice", _("Chọn người khiếu nại, tố cáo."), column="complainant")])
    file = taking.file
    Complaint.objects.create(
        file=file, round=file.round, by=by, received_at=taking.at, summary=taking.reason[:1000]
    )  # fmt: skip
    return {"stage_before_complaint": file.stage}


def _answer(taking: Taking) -> dict[str, Any]:
    taking.file.complaints.filter(outcome__isnull=True).update(
        outcome=Complaint.Outcome.ANSWERED, answered_at=taking.at, answer=taking.reason[:1000]
    )
    return {}


def _reinvestigate(taking: Taking) -> dict[str, Any]:
    file = taking.file
    file.complaints.filter(outcome__isnull=True).update(
        outcome=Complaint.Outcome.REINVESTIGATED, answered_at=taking.at, answer=taking.reason[:1000]
    )
    level = load_procedure().raised(Level(file.level or Level.PROVINCE))
    return {
        "level": level.value, "round": file.round + 1, "clock_since": taking.at, "published_at": None,
        "expertise": False,
    }  # fmt: skip


EFFECTS: dict[str, Callable[[Taking], dict[str, Any]]] = {
    "declare": _declare,
    "request_expertise": _request_expertise,
    "hand_to_police": _suspend,
    "propose_prosecution": _suspend,
    "prosecuted": _prosecuted,
    "police_returned": _returned,
    "not_prosecuted": _returned,
    "complain": _complain,
    "answer_complaint": _answer,
    "reinvestigate": _reinvestigate,
}
STOPPING: dict[str, Callable[[], str]] = {
    "request_expertise": lambda: _("Cần giám định: tính theo thời hạn của vụ cần giám định."),
    "hand_to_police": lambda: _("Tạm dừng chờ kết luận của cơ quan Cảnh sát điều tra."),
    "propose_prosecution": lambda: _("Chuyển hồ sơ cho cơ quan điều tra."),
    "police_returned": lambda: _("Tính lại từ khi nhận đủ hồ sơ."),
    "not_prosecuted": lambda: _("Tính lại từ khi nhận đủ hồ sơ."),
    "reinvestigate": lambda: _("Điều tra lại."),
    "set_out_of_scope": lambda: _("Không thuộc phạm vi."),
}


def _extend(taking: Taking) -> None:
    """Lengthen the investigation once, by no more than the rule allows."""
    file, running = taking.file, investigation_clock(taking.file)
    assert running is not None  # checked before
    rule = load_book().deadline(running.rule, on=clock.local_day(running.since))
    most = rule.extension or 0
    days, approved = taking.facts.get("days") or most, str(taking.facts.get("approved_by", "")).strip()
    found = []
    if not 1 <= int(days) <= most:
        found.append(Problem("extension_days", _("Gia hạn từ 1 đến %(days)s ngày.") % {"days": most}, column="days"))
    if not approved:
        message = _("Chưa ghi người đồng ý gia hạn (người ban hành quyết định thành lập Đoàn điều tra).")
        found.append(Problem("not_approved", message, column="approved_by"))
    if found:
        raise Rejected(found)
    Extension.objects.create(
        file=file, clock=running, round=file.round, days=int(days), approved_by=approved[:200], at=taking.at,
        reason=taking.reason[:1000],
    )  # fmt: skip
    running.extended = True
    running.save(update_fields=["extended"])
    machine.write(file)
    _trace(taking, file.stage, file.stage)
    duties.extended(taking.act, running, int(days))


def _triage(taking: Taking) -> None:
    """Put the file on the level the law gives it; undoes "out of scope" and the special field."""
    file = taking.file
    if file.special_field:
        machine.write(file, special_field="", sector_law=True)
    found = find_level(load_book(), file, picture(file)[0])
    if found.level is None:
        raise Rejected([Problem("not_classified", found.missing, _("Bổ sung thông tin người bị nạn."))])
    machine.write(file, computed_level=found.level.value, override_reason="")
    machine.triage(
        taking.act, file, found.level, at=taking.at, reason=taking.reason, key=taking.key or taking.act.request_id
    )


def _upgrade(taking: Taking) -> None:
    machine.upgrade(
        taking.act, taking.file, Level.PROVINCE, at=taking.at, automatic=False, reason=taking.reason, key=taking.key
    )


def _special(taking: Taking) -> None:
    """Mark the special field; the level follows from whether the sector's law provides for an investigation."""
    file, field = taking.file, str(taking.facts.get("field", ""))
    if field not in load_procedure().special_fields:
        raise Rejected([Problem("unknown_choice", _("Chọn lĩnh vực đặc thù."), column="field")])
    machine.write(file, special_field=field, sector_law=bool(taking.facts.get("sector_law", True)))
    found = find_level(load_book(), file, picture(file)[0])
    level = found.level or Level.SPECIAL
    _to_level(taking, level, computed_level=level.value)


def _override(taking: Taking) -> None:
    """Put the file on another level than the law computes; the computed one stays beside it."""
    try:
        level = Level(str(taking.facts.get("level", "")))
    except ValueError:
        raise Rejected([Problem("unknown_choice", _("Chọn cấp giải quyết."), column="level")]) from None
    values: dict[str, Any] = {"override_reason": "" if level == taking.file.computed_level else taking.reason[:500]}
    if level in (Level.PROVINCE, Level.CENTRAL) and taking.file.department_received_at is None:
        # The time of the province's investigation counts from when it heard of the case: now at the latest.
        values["department_received_at"] = taking.at
    _to_level(taking, level, **values)


def _to_level(taking: Taking, level: Level, **values: Any) -> None:
    from atvsld.casework.accidents.procedure.actions.clocks import settle, stop

    file, stage, before = taking.file, taking.file.stage, taking.file.level
    target, reason = load_procedure().levels[level].entry, _("Hồ sơ chuyển sang cấp giải quyết khác.")
    machine.write(file, level=level.value, stage=target, **values)
    _trace(taking, stage, target)
    for running in file.clocks.filter(state=Clock.State.RUNNING):
        if duties.owed_by_another(running, before, level.value):
            stop(taking.act, running, reason)
    settle(taking.act, file, reason=reason)


def _trace(taking: Taking, stage: str, target: str) -> None:
    machine.record(
        taking.act, taking.file, taking.step, at=taking.at, to_stage=target, reason=taking.reason, facts=taking.told,
        key=taking.key, from_stage=stage,
    )  # fmt: skip


OWN: dict[str, Callable[[Taking], None]] = {
    "extend": _extend,
    "triage": _triage,
    "upgrade": _upgrade,
    "set_special_field": _special,
    "override": _override,
}
