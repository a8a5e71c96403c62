"""After the publication: sending, posting, recommendations, exempt papers, benefits, closing."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext as _

from atvsld.casework.accidents.investigation.actions import common
from atvsld.casework.accidents.investigation.actions.meeting import duty_key
from atvsld.casework.accidents.investigation.checks import notices_are_posted
from atvsld.casework.accidents.investigation.drafts import PostingDraft, SendingDraft
from atvsld.casework.accidents.investigation.models import (
    DossierMark,
    Investigation,
    MinutesDelivery,
    Posting,
    Recommendation,
)
from atvsld.casework.accidents.investigation.policy import CHANGE, SET_ASIDE, may_work, require_work
from atvsld.casework.accidents.investigation.record import Record
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.settlement import settlement
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.duties import facade as duties

SENT = frozenset({"published", "minutes_sent", "following_up"})
FOLLOWED = frozenset({"published", "minutes_sent", "following_up", "complaint"})
POSTED = FOLLOWED | {"commune_recording"}


@action(needs=CHANGE, records="accidents:minutes_delivery:sent")
def record_sending(act: Act, *, delivery: MinutesDelivery, draft: SendingDraft) -> MinutesDelivery:
    """Proof that one recipient got the minutes; with the last required one the step of the procedure is taken.

    Sending the same proof again does nothing; another proof for one already sent is a `Conflict`.
    """
    minutes = delivery.minutes
    record = common.work_on(act, minutes.case, stages=SENT)
    delivery.refresh_from_db()
    if delivery.sent_at is not None:
        if (delivery.sent_at, delivery.channel) == (draft.sent_at, draft.channel):
            return delivery
        raise Conflict(_("Nơi nhận này đã được ghi là đã gửi. Mở hồ sơ để xem."))
    common.require_texts(draft, channel=_("Chưa chọn cách gửi."), reference=_("Chưa ghi số hiệu hoặc người nhận."))
    common.require_past(act, "sent_at", draft.sent_at)
    common.require_own(record, evidence_id=draft.proof_id)
    if minutes.published_at is None or draft.sent_at < minutes.published_at:
        raise Rejected([Problem("before_meeting", _("Thời điểm gửi trước cuộc họp công bố."), column="sent_at")])
    MinutesDelivery.objects.filter(pk=delivery.pk).update(**common.values_of(draft))
    delivery.refresh_from_db()
    left = MinutesDelivery.objects.filter(minutes=minutes, required=True, sent_at__isnull=True).exists()
    if record.file.stage == "published" and not left:
        sent = minutes.deliveries.filter(required=True).order_by("-sent_at").first()
        common.take(act, record, "send_minutes", at=sent.sent_at if sent else None)
    return delivery


@action(needs=CHANGE, records="accidents:posting:recorded")
def record_posting(act: Act, *, case: AccidentCase, draft: PostingDraft) -> Posting:
    """One public notice; the step of the procedure is taken with the last party bound to post."""
    record = common.work_on(act, case, stages=POSTED, party=draft.role)
    common.require_texts(draft, place=_("Chưa ghi nơi niêm yết."))
    common.require_own(record, evidence_id=draft.document_id)
    if draft.posted_on > act.day:
        raise Rejected([Problem("future", _("Ngày niêm yết ở tương lai."), column="posted_on")])
    if draft.role not in {rule.id for rule in record.entries("postings")}:
        raise Rejected([Problem("role", _("Chưa chọn bên niêm yết."), column="role")])
    values = common.values_of(draft)
    keys = {name: values.pop(name) for name in ("role", "posted_on", "place")}
    posting, _new = Posting.objects.get_or_create(case=case, **keys, defaults=values)
    taken = record.file.changes.filter(step="post_publicly", round=record.file.round).exists()
    if not taken and record.file.stage != "complaint" and not notices_are_posted(record.file):
        common.take(act, record, "post_publicly")
    return posting


@action(needs=CHANGE, records="accidents:recommendation:done")
def report_recommendation(
    act: Act,
    *,
    recommendation: Recommendation,
    version: int,
    done_on: date,
    result: str,
    document_id: int | None = None,
) -> Recommendation:
    """What was done of a recommendation; its duty is discharged. Who carries it out reports it, at whatever level."""
    record = _following(act, recommendation, party=responsible_party(recommendation.minutes.case))
    common.require_own(record, evidence_id=document_id)
    if not result.strip():
        raise Rejected([Problem("no_result", _("Chưa ghi kết quả thực hiện."), column="result")])
    if done_on > act.day:
        raise Rejected([Problem("future", _("Ngày hoàn thành ở tương lai."), column="done_on")])
    common.move(recommendation, version, done_on=done_on, result=result.strip(), document_id=document_id)
    duties.discharge(act, key=duty_key(record.case, recommendation), at=done_on)
    return recommendation


@action(needs=CHANGE, records="accidents:recommendation:waived")
def waive_recommendation(act: Act, *, recommendation: Recommendation, version: int) -> Recommendation:
    """A recommendation falls away, for `act.reason`; its duty is cancelled."""
    record = _following(act, recommendation)
    if not act.reason.strip():
        raise Rejected([Problem("no_reason", _("Chưa ghi lý do thôi thực hiện."), column="reason")])
    common.move(recommendation, version, waived_on=act.day, waived_reason=act.reason.strip()[:500])
    duties.cancel(act, key=duty_key(record.case, recommendation), reason=act.reason.strip()[:300])
    return recommendation


def responsible_party(case: AccidentCase) -> str:
    """Who carries out recommendations: the employer, without one the commune where it happened."""
    return "employer" if case.establishment_id else "commune_committee"


def _following(act: Act, recommendation: Recommendation, *, party: str = "") -> Record:
    minutes = recommendation.minutes
    record = common.work_on(act, minutes.case, stages=FOLLOWED, party=party)
    if minutes.expired:
        raise Rejected([Problem("expired", _("Biên bản này đã hết hiệu lực."))])
    recommendation.refresh_from_db()
    if recommendation.settled:
        raise Conflict(_("Kiến nghị này đã được ghi kết quả. Mở hồ sơ để xem."))
    if record.file.stage == "minutes_sent" and may_work(act.actor, record.case, record.level):
        common.take(act, record, "follow_up")
    return record


@action(needs=CHANGE, records="accidents:dossier_mark:exempted")
def exempt_paper(act: Act, *, victim: Victim, item: str, ground: str) -> DossierMark:
    """A paper need not be in a victim's dossier, for `act.reason`.

    Only the law's own exception is open to everyone; setting aside any other paper asks for the right to override.
    """
    record = common.work_on(act, victim.case)
    rule = next((rule for rule in record.entries("dossier") if rule.id == item), None)
    if rule is None:
        raise Rejected([Problem("item", _("Hồ sơ không có loại giấy tờ này."), column="item")])
    if not act.reason.strip():
        raise Rejected([Problem("no_reason", _("Chưa ghi lý do."), column="reason")])
    if ground == DossierMark.Ground.MISSING_PERSON and rule.except_for != "missing":
        message = _("Luật chỉ miễn giấy tờ này cho trường hợp khác.")
        raise Rejected([Problem("ground", message, column="ground")])
    if ground == DossierMark.Ground.SET_ASIDE:
        require_work(act.actor, victim.case, record.level, SET_ASIDE)
    mark, _new = DossierMark.objects.update_or_create(
        victim=victim, item=item, defaults={"ground": ground, "reason": act.reason.strip()[:500]}
    )
    return mark


@action(needs=CHANGE, records="accidents:investigation:benefits")
def settle_benefits(act: Act, *, case: AccidentCase, settled_on: date, note: str = "") -> Investigation:
    """State that the victims' benefits are settled, or that nothing is owed (say so in `note`).

    For what the register of benefits does not know; what it knows to be unpaid cannot be stated away, and of the dead
    and the badly hurt without any entry the note must say why.
    """
    common.work_on(act, case)
    stand = settlement(case)
    problems = list(stand.problems)
    if settled_on > act.day:
        problems.append(Problem("future", _("Ngày ở tương lai."), column="settled_on"))
    if stand.silent and not note.strip():
        message = _("Sổ chế độ chưa ghi gì cho người bị nạn thứ %(who)s.") % {"who": ", ".join(map(str, stand.silent))}
        remedy = _("Ghi bồi thường, trợ cấp ở mục Chế độ, hoặc ghi rõ vì sao không có.")
        problems.append(Problem("benefits_silent", message, remedy, column="note"))
    if problems:
        raise Rejected(problems)
    held = Investigation.objects.get(case=case)
    common.move(held, held.version, benefits_settled_on=settled_on, benefits_note=note.strip())
    return held


@action(needs=CHANGE, records="accidents:investigation:closed")
def close_case(act: Act, *, case: AccidentCase) -> None:
    """Close the file; `Rejected` with everything that is still missing. Closing a closed file does nothing."""
    record = common.work_on(act, case, stages={"minutes_sent", "following_up", "commune_recording", "closed"})
    if record.file.stage != "closed":
        common.take(act, record, "close")
