"""The machine under the actions: one locked file, one step, its trace. Permissions are the actions' matter."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.procedure.actions.clocks import settle
from atvsld.casework.accidents.procedure.models import CaseFile, Clock, Complaint, StageChange
from atvsld.casework.accidents.procedure.reading import find_level
from atvsld.kit.outcome import Problem
from atvsld.law import load_book
from atvsld.law.competence import is_higher
from atvsld.law.procedure import Level, Step
from atvsld.law.procedure_reading import load_procedure
from atvsld.platform.acts import Act, Conflict, Rejected, clock


def locked(case: AccidentCase, version: int | None = None) -> CaseFile:
    """The file of a case, held against others until the end of the transaction.

    `Rejected` when nobody opened one; `Conflict` when `version` is given and no longer current.
    """
    file = CaseFile.objects.select_for_update(of=("self",)).select_related("case").filter(case=case).first()
    if file is None:
        message = _("Vụ này chưa mở trình tự giải quyết.")
        raise Rejected([Problem("no_file", message, _("Ghi thời điểm nhận tin để mở."))])
    require_version(file, version)
    return file


def require_version(file: CaseFile, version: int | None) -> None:
    """Raise `Conflict` when the file is no longer the one somebody saw; None asks for nothing."""
    if version is not None and file.version != version:
        raise Conflict(_("Trình tự của vụ vừa được người khác cập nhật. Mở lại hồ sơ để xem bước mới nhất."))


def write(file: CaseFile, **values: Any) -> None:
    """Set columns and move the file to its next version."""
    CaseFile.objects.filter(pk=file.pk).update(version=F("version") + 1, **values)
    for name, value in values.items():
        setattr(file, name, value)
    file.version += 1


def record(
    act: Act, file: CaseFile, step: Step, *, at: datetime, to_stage: str, automatic: bool = False, reason: str = "",
    facts: dict[str, Any] | None = None, key: str = "", from_stage: str = "",
) -> StageChange:  # fmt: skip
    """The trace of a step, with the article in force on its day."""
    provision = step.provision(clock.local_day(at))
    return StageChange.objects.create(
        file=file, step=step.id, from_stage=from_stage or file.stage, to_stage=to_stage, level=file.level,
        round=file.round, at=at, recorded_at=act.at, actor_name=act.actor.name, actor_id=act.actor.user_id,
        automatic=automatic, reason=reason or act.reason, facts=facts or {}, key=key,
        instrument=provision.citation.instrument, locator=provision.citation.locator,
        certainty=provision.status.value,
    )  # fmt: skip


def reassess(act: Act, file: CaseFile) -> None:
    """Bring level and clocks into line with the case's present facts.

    A file not yet triaged is triaged; one whose victims became graver moves up by itself, with the article; one that
    became less grave stays where it is and only shows what the law would now say.
    """
    victims = list(Victim.objects.filter(case_id=file.case_id).order_by("position"))
    found = find_level(load_book(), file, victims)
    before = Level(file.computed_level) if file.computed_level else None
    if found.level is None:
        return
    if found.level != before:
        write(file, computed_level=found.level.value)
    if file.level is None:
        if file.stage == "received":
            triage(act, file, found.level, at=act.at)
        return
    level = Level(file.level)
    upgrade_step = load_procedure().step("upgrade")
    graver = before is not None and is_higher(found.level, before) and is_higher(found.level, level)
    if graver and file.stage in upgrade_step.sources and level in upgrade_step.levels:
        reason = " ".join(filter(None, (_grave(victims), act.reason.strip())))
        upgrade(act, file, found.level, at=act.at, automatic=True, reason=reason[:1000])
        return
    if any(victim.severity == "fatal" for victim in victims) and not file.expertise:
        _restart_for_a_death(act, file)
    settle(act, file)


def triage(act: Act, file: CaseFile, level: Level, *, at: datetime, reason: str = "", key: str = "") -> None:
    """Put a file on the level the law gives it, at that level's first stage."""
    procedure = load_procedure()
    stage, target = file.stage, procedure.levels[level].entry
    write(file, level=level.value, stage=target)
    step = procedure.step("triage")
    automatic = stage == "received" and not key
    record(act, file, step, at=at, to_stage=target, automatic=automatic, reason=reason, key=key, from_stage=stage)
    settle(act, file)


def upgrade(
    act: Act, file: CaseFile, level: Level, *, at: datetime, automatic: bool, reason: str = "", key: str = ""
) -> None:
    """Hand a file to a higher level: a new round whose time counts from the news at the province.

    The clocks of the lower level stop and stay visible; an open complaint ends with the hand-over.
    """
    procedure = load_procedure()
    stage, target = file.stage, procedure.levels[level].entry
    file.complaints.filter(outcome__isnull=True).update(
        outcome=Complaint.Outcome.REINVESTIGATED, answered_at=at, answer=_("Chuyển hồ sơ lên cấp trên.")
    )
    write(
        file, level=level.value, stage=target, round=file.round + 1, upgraded_at=at, department_received_at=at,
        clock_since=at, published_at=None, complaint_received_at=None, expertise=False, override_reason="",
    )  # fmt: skip
    step = procedure.step("upgrade")
    record(act, file, step, at=at, to_stage=target, automatic=automatic, reason=reason, key=key, from_stage=stage)
    settle(act, file, reason=_("Chuyển hồ sơ lên cấp trên (Điều 22 Nghị định 39/2016)."))


def _grave(victims: Sequence[Victim]) -> str:
    """What makes a case one for a higher level, in a sentence."""
    dead = sum(victim.severity == "fatal" for victim in victims)
    if dead:
        return _("Có %(n)s người chết.") % {"n": dead}
    return _("Có %(n)s người bị thương nặng.") % {"n": sum(victim.severity == "severe" for victim in victims)}


def _restart_for_a_death(act: Act, file: CaseFile) -> None:
    """A severe victim of a provincial file dies: the longer time counts from that news, as in a move upward."""
    if file.clocks.filter(state=Clock.State.RUNNING, rule="INV_NANG2").exists():
        write(file, clock_since=act.at)
