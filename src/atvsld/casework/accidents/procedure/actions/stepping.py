"""Taking a step: one action over the data of the law."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.procedure import duties, guards, policy
from atvsld.casework.accidents.procedure.actions import effects
from atvsld.casework.accidents.procedure.actions.clocks import meet, settle
from atvsld.casework.accidents.procedure.actions.machine import locked, record, require_version, write
from atvsld.casework.accidents.procedure.models import CaseFile
from atvsld.casework.accidents.procedure.reading import picture
from atvsld.kit.outcome import Problem, Severity
from atvsld.kit.text import format_date
from atvsld.law.procedure import FileFacts, Level, Office, Step
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.acts import Act, Rejected, action, clock


@action(needs=policy.ACT, records="accidents:procedure:advanced")
def advance(
    act: Act,
    /,
    *,
    case: AccidentCase,
    step: str,
    at: datetime | None = None,
    reason: str = "",
    key: str = "",
    version: int | None = None,
    **facts: Any,
) -> CaseFile:
    """Take a step on the file of a case; `at` is when it happened (the moment of the act without it).

    `key` is made by the sender: a repeated request finds the step already taken and changes nothing. `version` makes
    it compare-and-set. Facts are those the step asks for (`Step.facts`). `Refused` for area or level, `Conflict` for
    an old version, `Rejected` with every sentence that stands against the step.
    """
    procedure = load_procedure()
    wanted = procedure.step(step)
    file = locked(case)
    if key and file.changes.filter(key=key).exists():
        return file
    policy.require(act.actor, file, wanted, policy.OVERRIDE if step == "override" else policy.ACT)
    require_version(file, version)
    moment, reason = at or act.at, (reason or act.reason).strip()
    _victims, _changes, known = picture(file)
    problems = against(file, wanted, known, moment)
    problems += _moment_problems(act, case, moment)
    if wanted.reason and not reason:
        problems.append(Problem("no_reason", _("Chưa ghi lý do."), column="reason"))
    stop = [problem for problem in problems if problem.severity is Severity.BLOCK]
    if stop:
        raise Rejected(stop)
    if step in effects.OWN:
        effects.OWN[step](effects.Taking(act, file, wanted, moment, reason, key, facts))
    else:
        _take(effects.Taking(act, file, wanted, moment, reason, key, facts))
    return file


def against(file: CaseFile, step: Step, known: FileFacts, at: datetime) -> list[Problem]:
    """Everything that stands against a step: stage and level, earlier steps, the acts closing needs, the guards."""
    procedure, day = load_procedure(), clock.local_day(at)
    if not procedure.fits(step, known, on=day):
        stage = procedure.stages[file.stage].label.vi
        message = _("Hồ sơ đang ở “%(stage)s”: không thực hiện được bước “%(step)s”.") % {
            "stage": stage, "step": step.label.vi,
        }  # fmt: skip
        return [Problem("step_not_possible", message)]
    lacking = procedure.lacks_before(step, known)
    if step.id == "close":
        lacking += procedure.undone(known, on=day)
    found = [
        Problem(f"needs_{before.id}", _("Chưa có bước “%(step)s”.") % {"step": before.label.vi}) for before in lacking
    ]
    return found + effects.problems(file, step, at) + guards.problems(file, step.id)


def _moment_problems(act: Act, case: AccidentCase, at: datetime) -> list[Problem]:
    if at > act.at:
        return [Problem("future_date", _("Thời điểm %(day)s ở tương lai.") % {"day": format_date(at)}, column="at")]
    if at < case.occurred_at:
        return [Problem("before_accident", _("Thời điểm trước khi tai nạn xảy ra."), column="at")]
    return []


def _take(taking: effects.Taking) -> None:
    """The common way: effects of the step, its trace, the clocks it meets, the clocks that follow."""
    act, file, step = taking.act, taking.file, taking.step
    stage = file.stage
    effect = effects.EFFECTS.get(step.id)
    values = effect(taking) if effect else {}
    level = values.get("level", file.level)
    target = stage
    if level:
        target = load_procedure().target(
            step, level=Level(level), stage=stage, before=file.stage_before_complaint or "published"
        )
    if step.marks and step.marks not in values:
        values[step.marks] = taking.at
    if file.department_received_at is None and _shows_the_news(step, level):
        values.setdefault("department_received_at", taking.at)
    write(file, stage=target, **values)
    change = record(
        act, file, step, at=taking.at, to_stage=target, reason=taking.reason, facts=taking.told, key=taking.key,
        from_stage=stage,
    )  # fmt: skip
    meet(act, file, change)
    if step.id == "publish":
        file.case.refresh_from_db(fields=["conclusion"])
        duties.decisions_after_death(act, file, taking.at)
    settle(act, file, reason=effects.STOPPING.get(step.id, lambda: "")())


def _shows_the_news(step: Step, level: str | None) -> bool:
    """A step that only the province takes shows that it has the news, whoever forgot to say when it came."""
    if level != Level.PROVINCE:
        return False
    others = (Office.COMMUNE, Office.EMPLOYER)
    return not any(load_procedure().may(office, step, Level.PROVINCE) for office in others)
