"""Opening the file of a case, and stating what it is: the instants and the kind of accident."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from django.utils.translation import gettext as _

from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import CASES, CREATE
from atvsld.casework.accidents.procedure import policy
from atvsld.casework.accidents.procedure.actions.clocks import meet, settle
from atvsld.casework.accidents.procedure.actions.machine import locked, reassess, record, write
from atvsld.casework.accidents.procedure.models import CaseFile
from atvsld.casework.accidents.procedure.reading import Instants
from atvsld.kit.outcome import Problem
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.acts import Act, Rejected, action


@action(needs=CREATE, records="accidents:procedure:opened")
def open_file(
    act: Act,
    *,
    case: AccidentCase,
    instants: Instants,
    traffic: bool = False,
    abroad: bool = False,
    declared_by: str = "",
) -> CaseFile:
    """The file of a case, opened if there is none; then triaged at once when the record says enough.

    Idempotent: a second call gives the same file and adds only the instants that were not known before. `declared_by`
    (`employer`, `commune`) says that the news is the declaration the law asks of them: it is noted as a step.
    `Rejected` for an instant in the future or before the accident.
    """
    CASES.require(act.actor, CREATE, case)
    _require_sound(act, case, instants)
    file, new = CaseFile.objects.get_or_create(
        case=case, defaults={"opened_at": act.at, "traffic": traffic, "abroad": abroad, **asdict(instants)}
    )
    file = locked(case)
    missing: dict[str, Any] = {}
    if new:
        record(act, file, load_procedure().step("open"), at=act.at, to_stage="received")
    else:
        missing = {name: value for name, value in asdict(instants).items() if value and getattr(file, name) is None}
        if missing:
            write(file, **missing)
    if new or missing:
        reassess(act, file)
    if declared_by:
        _note_declaration(act, file, declared_by, instants)
    return file


def _note_declaration(act: Act, file: CaseFile, by: str, instants: Instants) -> None:
    """The declaration as a step, once for each moment; nothing where the file is past the stages that take one."""
    step = load_procedure().step("declare")
    at = instants.notified_at or instants.department_received_at or act.at
    key = f"declare:{by}:{at.isoformat()}"
    if file.stage not in step.sources or file.changes.filter(key=key).exists():
        return
    change = record(act, file, step, at=at, to_stage=file.stage, facts={"by": by}, key=key)
    meet(act, file, change)


@action(needs=policy.ACT, records="accidents:procedure:described")
def describe(act: Act, /, *, case: AccidentCase, version: int | None = None, **stated: Any) -> CaseFile:
    """State or correct the instants (fields of `Instants`) and the flags `traffic`, `abroad` of a file.

    Clocks that counted from a corrected instant are stopped and begin anew from the right one. `Conflict` when
    `version` is given and no longer current.
    """
    file = locked(case, version)
    policy.require(act.actor, file, load_procedure().step("declare"))
    known = {*Instants.__dataclass_fields__, "traffic", "abroad"}
    if unknown := set(stated) - known:
        raise TypeError(f"unknown facts: {', '.join(sorted(unknown))}")
    times = {name: value for name, value in stated.items() if name in Instants.__dataclass_fields__}
    _require_sound(act, case, Instants(**times))
    changed = {name: value for name, value in stated.items() if getattr(file, name) != value}
    if changed:
        write(file, **changed)
        reassess(act, file)
        settle(act, file)
    return file


def _require_sound(act: Act, case: AccidentCase, instants: Instants) -> None:
    problems = []
    for name, value in asdict(instants).items():
        if value is None:
            continue
        if value > act.at:
            problems.append(Problem("future_date", _("Thời điểm ở tương lai."), column=name))
        elif value < case.occurred_at:
            problems.append(Problem("before_accident", _("Thời điểm trước khi tai nạn xảy ra."), column=name))
    if problems:
        raise Rejected(problems)
