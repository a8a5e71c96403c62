"""The team: set up, changed, at work."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from atvsld.casework.accidents.investigation.actions import common
from atvsld.casework.accidents.investigation.actions.common import (
    earlier,
    require_past,
    require_texts,
    take,
    values_of,
    work_on,
)
from atvsld.casework.accidents.investigation.drafts import MemberDraft, SceneDraft, TeamDraft
from atvsld.casework.accidents.investigation.models import Investigation, InvestigationTeam, TeamMember
from atvsld.casework.accidents.investigation.policy import CHANGE
from atvsld.casework.accidents.investigation.record import Record
from atvsld.casework.accidents.models import AccidentCase
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Rejected, action

SETTING_UP = frozenset({"establishment_level", "provincial_level", "reinvestigating"})
AT_WORK = SETTING_UP | {"investigating", "awaiting_expertise", "minutes_drafted", "meeting_called", "police_phase"}


@action(needs=CHANGE, records="accidents:investigation_team:set_up")
def set_up_team(act: Act, *, case: AccidentCase, key: str, draft: TeamDraft) -> InvestigationTeam:
    """Record the decision and who sits in the team; takes the step of the procedure when it is the round's first.

    A later decision replaces the composition; the earlier one stays readable. `Rejected` names what is wrong.
    """
    record = work_on(act, case, stages=AT_WORK)
    if (held := earlier(InvestigationTeam, key, case)) is not None:
        return held
    _require_sound(act, draft)
    InvestigationTeam.objects.filter(case=case, replaced_at__isnull=True).update(replaced_at=act.at)
    team = InvestigationTeam.objects.create(
        public_id=key, case=case, number=len(record.teams) + 1, round=record.file.round, level=record.level,
        **values_of(draft, "members"),
    )  # fmt: skip
    TeamMember.objects.bulk_create(
        TeamMember(team=team, position=position, **values_of(member))
        for position, member in enumerate(draft.members, start=1)
    )
    first = not any(other.round == record.file.round for other in record.teams)
    if first and record.file.stage in SETTING_UP:
        take(act, record, "set_up_team", at=None)
    return team


@action(needs=CHANGE, records="accidents:investigation:begun")
def begin(act: Act, *, case: AccidentCase, at: datetime | None = None) -> None:
    """The team goes to work. Doing it again does nothing."""
    record = work_on(act, case, stages=AT_WORK)
    if record.file.stage in SETTING_UP:
        take(act, record, "begin", at=at)


@action(needs=CHANGE, records="accidents:investigation:scene")
def record_scene(act: Act, *, case: AccidentCase, version: int, draft: SceneDraft) -> Investigation:
    """The visit to the scene, its state, and the written consent to clear it.

    The first visit recorded by the province takes the step of the procedure. `version` 0 stands for a record that did
    not exist when the editor looked.
    """
    record = work_on(act, case)
    require_past(act, "scene_visited_at", draft.scene_visited_at)
    common.require_own(record, evidence_id=draft.clearing_document_id)
    if draft.scene in {"disturbed", "none"}:
        require_texts(draft, scene_reason=_("Chưa ghi lý do hiện trường bị xáo trộn hoặc không còn."))
    if draft.clearing_agreed_on is not None:
        require_texts(draft, clearing_agreed_by=_("Chưa ghi bên đồng ý xóa bỏ hiện trường."))
        if draft.clearing_document_id is None:
            message = _("Đồng ý xóa bỏ hiện trường phải bằng văn bản (Điều 18 khoản 3 Nghị định 39/2016/NĐ-CP).")
            raise Rejected([Problem("no_document", message, _("Thêm văn bản vào hồ sơ."), column="clearing_document")])
    held = Investigation.objects.get(case=case)
    first = held.scene_visited_at is None and draft.scene_visited_at is not None
    common.move(held, version or 1, **values_of(draft))
    if first and record.level == "province" and record.file.stage in {"provincial_level", "investigating"}:
        _go_to_scene(act, record, draft.scene_visited_at)
    return held


def _go_to_scene(act: Act, record: Record, at: datetime | None) -> None:
    """The step is taken once a round, and not at all for an accident abroad."""
    if record.file.abroad or record.file.changes.filter(step="go_to_scene", round=record.file.round).exists():
        return
    take(act, record, "go_to_scene", at=at)


def _require_sound(act: Act, draft: TeamDraft) -> None:
    require_texts(draft, signer_name=_("Chưa ghi người ký quyết định."))
    problems = []
    if draft.decision_date > act.day:
        problems.append(Problem("future", _("Ngày quyết định ở tương lai."), column="decision_date"))
    leaders = sum(member.is_leader for member in draft.members)
    if leaders != 1:
        message = _("Đoàn điều tra có đúng một trưởng đoàn; danh sách đang ghi %(n)s.") % {"n": leaders}
        problems.append(Problem("leader", message, column="members"))
    for position, member in enumerate(draft.members, start=1):
        problems += _check_member(member, position)
    if problems:
        raise Rejected(problems)


def _check_member(member: MemberDraft, position: int) -> list[Problem]:
    row = {"n": position}
    found = []
    if not member.name.strip():
        found.append(Problem("no_name", _("Thành viên thứ %(n)s chưa có họ tên.") % row, row=position, column="name"))
    if not member.agency.strip():
        message = _("Thành viên thứ %(n)s chưa ghi đơn vị công tác.") % row
        found.append(Problem("no_agency", message, row=position, column="agency"))
    return found
