"""A body or establishment writes the result of a campaign, sends it, and sends it anew when it was wrong."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.casework.campaigns import asked, queries, rules
from atvsld.casework.campaigns.drafts import ResultDraft
from atvsld.casework.campaigns.models import Campaign, CampaignFigure, CampaignResult, CampaignSending
from atvsld.casework.campaigns.policy import CHANGE, OWN
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Conflict, Rejected, action
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment


@action(needs=CHANGE, records="campaigns:result:opened")
def open_result(
    act: Act, *, campaign: Campaign, body: Body | None = None, establishment: Establishment | None = None
) -> CampaignResult:
    """The page on which one body or establishment tells of a campaign; asked for again, it is the same page."""
    owner = body or establishment
    if owner is None or (body and establishment):
        raise Rejected([Problem("no_owner", _("Chưa rõ đơn vị nào báo cáo."), _("Chọn đơn vị."), column="owner")])
    result = CampaignResult(campaign=campaign, body=body, establishment=establishment, place_id=owner.place_id)
    OWN.require(act.actor, CHANGE, result)
    held, _made = CampaignResult.objects.get_or_create(
        campaign=campaign, body=body, establishment=establishment, defaults={"place_id": owner.place_id}
    )
    return held


@action(needs=CHANGE, records="campaigns:result:saved")
def save_result(act: Act, *, result: CampaignResult, version: int, draft: ResultDraft) -> CampaignResult:
    """Keep what is written; nothing is sent."""
    OWN.require(act.actor, CHANGE, result)
    _require(rules.of_figures(asked.rows(result.campaign.ends_on), draft.stated))
    _step(result, version, unsent=_differs(result, draft), **_columns(draft))
    return result


@action(needs=CHANGE, records="campaigns:result:sent")
def send_result(
    act: Act, *, result: CampaignResult, version: int, draft: ResultDraft, why: str = ""
) -> CampaignSending:
    """Hand in what is written, as the first version or, with the reason, as a correction.

    The moment of the first sending decides whether it came in time. What was sent before and says the same is not
    sent twice: the version there is comes back, also to a second click on the page of the first.
    """
    OWN.require(act.actor, CHANGE, result)
    _require(rules.of_figures(asked.rows(result.campaign.ends_on), draft.stated))
    _require(rules.of_sending(result.campaign, draft.stated, act.day))
    result = CampaignResult.objects.select_for_update(of=("self",)).select_related("campaign").get(pk=result.pk)
    if result.current and not _differs(result, draft):
        if result.unsent:
            _step(result, result.version, unsent=False, **_columns(draft))
        return result.current
    if result.current and not why.strip():
        message = _("Kết quả đã gửi; bản đính chính phải nêu lý do.")
        raise Rejected([Problem("no_reason", message, _("Ghi vì sao số liệu thay đổi."), column="why")])
    edition = result.current.edition + 1 if result.current else 1
    sending = CampaignSending.objects.create(
        result=result, edition=edition, sent_at=act.at, sent_by=act.actor.name, why=why.strip() if edition > 1 else "",
        **_words(draft),
    )  # fmt: skip
    CampaignFigure.objects.bulk_create(
        CampaignFigure(sending=sending, row=row, value=given.value, of=given.of) for row, given in draft.stated.items()
    )
    first = {} if result.first_sent_at else {"first_sent_at": act.at}
    _step(result, version, unsent=False, current=sending, **first, **_columns(draft))
    return sending


def _columns(draft: ResultDraft) -> dict[str, object]:
    return {"stated": asked.kept(draft.stated), **_words(draft)}


def _words(draft: ResultDraft) -> dict[str, str]:
    return {name: getattr(draft, name).strip() for name in asked.WORDS}


def _differs(result: CampaignResult, draft: ResultDraft) -> bool:
    """Whether a draft says something else than the version that counts."""
    if result.current is None:
        return True
    sent = queries.sent_figures(result)
    words = any(getattr(result.current, name) != getattr(draft, name).strip() for name in asked.WORDS)
    return words or sent != dict(draft.stated)


def _step(result: CampaignResult, version: int, **values: object) -> None:
    """Move the result to its next version, or raise `Conflict` when someone else did so first."""
    held = CampaignResult.objects.filter(pk=result.pk, version=version)
    if not held.update(version=F("version") + 1, **values):
        raise Conflict(_("Kết quả này vừa được người khác sửa. Mở lại trang để xem bản mới rồi ghi tiếp."))
    result.refresh_from_db()


def _require(problems: Iterable[Problem]) -> None:
    if found := list(problems):
        raise Rejected(found)
