"""The publication meeting, and what the publication sets going."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents.investigation.actions import common
from atvsld.casework.accidents.investigation.drafts import HeldDraft, MeetingDraft
from atvsld.casework.accidents.investigation.models import (
    MeetingParticipant,
    Minutes,
    MinutesDelivery,
    PublicationMeeting,
    Recommendation,
)
from atvsld.casework.accidents.investigation.policy import CHANGE
from atvsld.casework.accidents.investigation.record import Record, name_of
from atvsld.casework.accidents.models import AccidentCase
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.duties import facade as duties

CALLING = frozenset({"minutes_drafted", "meeting_called"})


@action(needs=CHANGE, records="accidents:publication_meeting:called")
def call_meeting(act: Act, *, case: AccidentCase, version: int, draft: MeetingDraft) -> PublicationMeeting:
    """Ask everybody to the meeting at which the minutes become public; takes the step of the procedure.

    Calling again changes day, place and list until it is held; `version` is the meeting's (0 while there is none).
    `Rejected` names everyone whom the law wants there and the list leaves out.
    """
    record = common.work_on(act, case, stages=CALLING)
    minutes = record.writing
    if minutes is None or minutes.state != Minutes.State.APPROVED:
        raise Rejected([Problem("not_approved", _("Biên bản điều tra chưa được đoàn thông qua."))])
    common.require_texts(draft, place=_("Chưa ghi nơi họp."))
    for invitee in draft.invitees:
        common.require_own(record, victim_id=invitee.victim_id)
    meeting = PublicationMeeting.objects.filter(minutes=minutes).first()
    facts = {"planned_at": draft.planned_at, "place": draft.place.strip(), "called_at": act.at}
    if meeting is None:
        meeting = PublicationMeeting.objects.create(minutes=minutes, **facts)
    else:
        common.move(meeting, version or meeting.version, **facts)
    meeting.participants.all().delete()
    MeetingParticipant.objects.bulk_create(
        MeetingParticipant(meeting=meeting, position=position, **common.values_of(invitee))
        for position, invitee in enumerate(draft.invitees, start=1)
    )
    if record.file.stage == "minutes_drafted":
        common.take(act, record, "call_meeting")
    else:
        _require_everybody(record)
    return meeting


def _require_everybody(record: Record) -> None:
    from atvsld.casework.accidents.investigation.checks import everybody_is_asked

    if problems := everybody_is_asked(record.file):
        raise Rejected(problems)


@action(needs=CHANGE, records="accidents:minutes:published")
def publish(act: Act, *, meeting: PublicationMeeting, version: int, draft: HeldDraft) -> PublicationMeeting:
    """The meeting was held: who came, what was said, who disagreed. The minutes are public and take force.

    Older published minutes of the case lose theirs; recipients are listed, recommendations become duties. A double
    click finds the meeting held and gives it back; another account of a held meeting is a `Conflict`.
    """
    minutes = meeting.minutes
    record = common.work_on(act, minutes.case)
    meeting.refresh_from_db()
    if meeting.held_at is not None:
        if (meeting.held_at, meeting.chair) == (draft.held_at, draft.chair.strip()):
            return meeting
        raise Conflict(_("Cuộc họp này đã được ghi là đã họp. Mở hồ sơ để xem."))
    common.require_texts(draft, chair=_("Chưa ghi người chủ trì."), proceedings=_("Chưa ghi nội dung cuộc họp."))
    common.require_past(act, "held_at", draft.held_at)
    common.move(
        meeting, version, held_at=draft.held_at, chair=draft.chair.strip(), proceedings=draft.proceedings.strip(),
        employer_signed=draft.employer_signed,
    )  # fmt: skip
    _write_attendance(meeting, draft)
    common.take(act, record, "publish", at=draft.held_at)
    _make_public(act, record, meeting)
    return meeting


def _write_attendance(meeting: PublicationMeeting, draft: HeldDraft) -> None:
    told = {one.position: one for one in draft.attendance}
    for participant in meeting.participants.all():
        if (stated := told.get(participant.position)) is None:
            continue
        for name, value in common.values_of(stated, "position").items():
            setattr(participant, name, value)
        participant.save()


def _make_public(act: Act, record: Record, meeting: PublicationMeeting) -> None:
    minutes, held_at = meeting.minutes, meeting.held_at
    assert held_at is not None  # written just before
    common.move(minutes, minutes.version, state=Minutes.State.PUBLISHED, published_at=held_at, level=record.level)
    for old in Minutes.objects.filter(case=record.case, published_at__isnull=False, superseded_by__isnull=True):
        if old.pk != minutes.pk:
            common.move(old, old.version, superseded_by=minutes)
            _cancel_recommendations(act, old)
    _list_recipients(Record(record.file), minutes)
    for recommendation in minutes.recommendations.all():
        _owe(act, record.case, recommendation)


def _cancel_recommendations(act: Act, minutes: Minutes) -> None:
    """What minutes without force recommended is no longer owed; the new minutes say what is."""
    for recommendation in minutes.recommendations.filter(done_on__isnull=True, waived_on__isnull=True):
        duties.cancel(act, key=duty_key(minutes.case, recommendation), reason=_("Biên bản hết hiệu lực"))


def _list_recipients(record: Record, minutes: Minutes) -> None:
    """Everyone the law names: one row for each victim, each agency in the team, each body."""
    rows: list[MinutesDelivery] = []

    def add(role: str, recipient: str, *, required: bool, victim_id: int | None = None) -> None:
        rows.append(
            MinutesDelivery(
                minutes=minutes, position=len(rows) + 1, role=role, recipient=recipient[:200], required=required,
                victim_id=victim_id,
            )
        )  # fmt: skip

    for rule in record.entries("recipients"):
        name = name_of(rule, record.on)
        if rule.per == "victim":
            for victim in record.victims:
                add(rule.id, f"{name} ({victim.position})", required=rule.required, victim_id=victim.pk)
        elif rule.per == "agency":
            members = record.team.members.all() if record.team else []
            for agency in dict.fromkeys(member.agency for member in members):
                add(rule.id, agency, required=rule.required)
        else:
            add(rule.id, name, required=rule.required)
    MinutesDelivery.objects.bulk_create(rows)


def duty_key(case: AccidentCase, recommendation: Recommendation) -> str:
    """The key under which carrying out a recommendation is owed."""
    return f"accidents:{case.public_id}:RECOMMEND:{recommendation.public_id}"


def _owe(act: Act, case: AccidentCase, recommendation: Recommendation) -> None:
    duties.owe(
        act, key=duty_key(case, recommendation), rule="RECOMMEND", context="accidents", subject=case.public_id,
        label=_("Kiến nghị %(n)s của biên bản điều tra %(case)s")
        % {"n": recommendation.position, "case": case.number},
        url=reverse("accident_investigation:page", args=[case.public_id]),
        place_id=case.place_id, establishment_id=case.establishment_id,
        owner=None if case.establishment_id else "commune_committee", day=recommendation.due_on,
    )  # fmt: skip
