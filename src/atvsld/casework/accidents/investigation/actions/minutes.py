"""The minutes: begun from the case, written by several hands, approved by the team."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Max
from django.utils.translation import gettext as _

from atvsld.casework.accidents import actions as base
from atvsld.casework.accidents.drafts import CaseDraft, VictimDraft, columns, differs
from atvsld.casework.accidents.investigation import seals
from atvsld.casework.accidents.investigation.actions import common
from atvsld.casework.accidents.investigation.checks import check_minutes
from atvsld.casework.accidents.investigation.drafts import FindingDraft, MinutesDraft
from atvsld.casework.accidents.investigation.models import Minutes, MinutesFault, MinutesVictim, Recommendation
from atvsld.casework.accidents.investigation.policy import CHANGE
from atvsld.casework.accidents.investigation.record import WRITING, Record
from atvsld.casework.accidents.models import AccidentCase
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action

COPIED = ("severity", "days_lost", "medical_cost", "wage_cost", "compensation_cost")
LARGEST_DAY = 24


@action(needs=CHANGE, records="accidents:minutes:begun")
def start_minutes(act: Act, *, case: AccidentCase, key: str) -> Minutes:
    """New minutes filled with what the case already says, so that nothing is typed twice.

    There is one unpublished version at a time: whoever starts while there is one gets that one.
    """
    record = common.work_on(act, case, stages=WRITING)
    held = common.earlier(Minutes, key, case) or record.writing
    if held is not None:
        return held
    last = Minutes.objects.filter(case=case).aggregate(last=Max("number"))["last"] or 0
    minutes = Minutes.objects.create(
        public_id=key, case=case, number=last + 1, round=record.file.round, level=record.level,
        variant="a" if record.facts.contract else "b", course=case.description, cause_code=case.cause_code,
        injury_agent_code=case.injury_agent_code, conclusion=case.conclusion, property_damage=case.property_damage,
    )  # fmt: skip
    _take_over(minutes, record)
    return minutes


def _take_over(minutes: Minutes, record: Record) -> None:
    """A finding for every victim without one, with what earlier published minutes said of the person."""
    known = set(minutes.victims.values_list("victim_id", flat=True))
    before = {
        finding.victim_id: finding
        for one in reversed(record.minutes)
        if one.published_at
        for finding in one.victims.all()
    }
    for victim in record.victims:
        if victim.pk in known:
            continue
        finding = MinutesVictim(minutes=minutes, victim=victim)
        if (old := before.get(victim.pk)) is not None:
            for name in ("workplace", "service_years", "trade_years", "skill_grade", "trained", "residence_sealed",
                         "injury_sealed", "treated_at", "first_treatment"):  # fmt: skip
                setattr(finding, name, getattr(old, name))
        for name in COPIED:
            setattr(finding, name, getattr(victim, name))
        finding.injury_codes = list(victim.injury_codes)
        finding.save()


@action(needs=CHANGE, records="accidents:minutes:changed")
def change_minutes(act: Act, *, minutes: Minutes, version: int, draft: MinutesDraft) -> Minutes:
    """Replace the content of unpublished minutes. `Conflict` when somebody else changed them meanwhile.

    Approved minutes stay whole: what would make them incomplete is refused, and the case follows at once.
    """
    record = common.work_on(act, minutes.case, stages=WRITING)
    _require_unpublished(minutes)
    _require_sound(record, draft)
    common.move(minutes, version, **common.values_of(draft, "victims", "faults", "measures"))
    _write_parts(minutes, draft)
    if minutes.state == Minutes.State.APPROVED:
        _require_whole(record, minutes)
        _tell_case(act, record, minutes)
    return minutes


@action(needs=CHANGE, records="accidents:minutes:approved")
def approve_minutes(act: Act, *, minutes: Minutes, version: int) -> Minutes:
    """The team approves its minutes: the case takes over conclusion, cause, agent, injuries and costs.

    Takes the step of the procedure. Doing it again does nothing. When the findings move the file to another level
    (a second severe victim), they are kept and the minutes stay a draft for the team of that level.
    """
    record = common.work_on(act, minutes.case, stages=WRITING)
    minutes.refresh_from_db()
    if minutes.state == Minutes.State.APPROVED and record.file.stage != "investigating":
        return minutes
    _require_unpublished(minutes)
    _require_whole(record, minutes)
    level = record.level
    common.move(
        minutes, version, state=Minutes.State.APPROVED, approved_at=act.at, level=level, round=record.file.round
    )
    _tell_case(act, record, minutes)
    record.file.refresh_from_db()
    if record.file.level != level:
        common.move(minutes, minutes.version, state=Minutes.State.DRAFT, approved_at=None)
        return minutes
    common.take(act, record, "draft_minutes")
    return minutes


def _require_unpublished(minutes: Minutes) -> None:
    minutes.refresh_from_db(fields=["published_at", "state"])
    if minutes.published_at is not None:
        raise Conflict(_("Biên bản đã công bố nên không sửa được; chỉ biên bản điều tra lại thay được nó."))


def _require_sound(record: Record, draft: MinutesDraft) -> None:
    """What can never be, whatever is still missing."""
    problems = [
        Problem("negative", _("Giá trị không được âm."), column=name)
        for name in ("property_damage", "other_cost")
        if (getattr(draft, name) or 0) < 0
    ]
    known = {victim.pk for victim in record.victims}
    if {finding.victim_id for finding in draft.victims} - known:
        problems.append(Problem("not_of_case", _("Biên bản ghi người bị nạn không thuộc vụ này.")))
    if draft.hours_worked is not None and not 0 <= draft.hours_worked <= LARGEST_DAY * 7:
        problems.append(Problem("hours", _("Số giờ đã làm việc không hợp lý."), column="hours_worked"))
    if draft.work_started_at is not None and draft.work_started_at > record.case.occurred_at:
        message = _("Bắt đầu làm việc sau lúc tai nạn xảy ra.")
        problems.append(Problem("days", message, column="work_started_at"))
    problems += [problem for finding in draft.victims for problem in _negative_amounts(finding)]
    problems += list(_unfinished(draft))
    if problems:
        raise Rejected(problems)


def _unfinished(draft: MinutesDraft) -> Iterator[Problem]:
    for position, measure in enumerate(draft.measures, start=1):
        if not measure.text.strip() or not measure.responsible.strip():
            message = _("Biện pháp thứ %(n)s chưa ghi đủ nội dung và người có trách nhiệm.") % {"n": position}
            yield Problem("measure", message, row=position, column="measures")
    for position, fault in enumerate(draft.faults, start=1):
        if not (fault.role.strip() and fault.breach.strip() and fault.handling.strip()):
            message = _("Người có lỗi thứ %(n)s chưa ghi đủ chức vụ, mức độ vi phạm, hình thức xử lý.") % {
                "n": position
            }
            yield Problem("fault", message, row=position, column="faults")


def _negative_amounts(finding: FindingDraft) -> list[Problem]:
    return [
        Problem("negative", _("Giá trị không được âm."), column=name, row=finding.victim_id)
        for name in COPIED[1:]
        if (getattr(finding, name) or 0) < 0
    ]


def _write_parts(minutes: Minutes, draft: MinutesDraft) -> None:
    for finding in draft.victims:
        MinutesVictim.objects.update_or_create(
            minutes=minutes,
            victim_id=finding.victim_id,
            defaults={
                **common.values_of(finding, "victim_id", "injury", "residence"),
                "injury_codes": list(finding.injury_codes),
                "injury_sealed": seals.close(finding.injury, seals.INJURY),
                "residence_sealed": seals.close(finding.residence, seals.RESIDENCE),
            },
        )
    minutes.faults.all().delete()
    MinutesFault.objects.bulk_create(
        MinutesFault(
            minutes=minutes, position=position, person_sealed=seals.close(fault.person, seals.FAULT),
            **common.values_of(fault, "person"),
        )
        for position, fault in enumerate(draft.faults, start=1)
    )  # fmt: skip
    minutes.recommendations.all().delete()
    Recommendation.objects.bulk_create(
        Recommendation(minutes=minutes, position=position, **common.values_of(measure))
        for position, measure in enumerate(draft.measures, start=1)
    )


def _require_whole(record: Record, minutes: Minutes) -> None:
    problems = list(check_minutes(Record(record.file), minutes))
    if problems:
        raise Rejected(problems)


def _tell_case(act: Act, record: Record, minutes: Minutes) -> None:
    """Write the findings into the case and its victims through their own actions; only what differs."""
    case = record.case
    case.refresh_from_db()
    stated = CaseDraft(
        occurred_at=case.occurred_at, place_id=case.place_id, establishment_id=case.establishment_id,
        conclusion=minutes.conclusion, cause_code=minutes.cause_code, injury_agent_code=minutes.injury_agent_code,
        property_damage=minutes.property_damage, description=minutes.course, case_key=case.case_key,
    )  # fmt: skip
    if differs(stated, case):
        base.change_case(act, case=case, version=case.version, changes=stated)
    for finding in minutes.victims.select_related("victim"):
        victim = finding.victim
        victim.case = case
        held = {name: getattr(victim, name) for name in columns(VictimDraft())}
        held |= {name: getattr(finding, name) for name in COPIED}
        changes = VictimDraft(**(held | {"injury_codes": tuple(finding.injury_codes)}))
        if differs(changes, victim):
            case.refresh_from_db()
            base.change_victim(act, victim=victim, version=case.version, changes=changes)
    case.refresh_from_db()
