"""Pages after the publication, exempt papers, the commune's record, and the end."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from atvsld.casework.accidents.investigation import actions, seals
from atvsld.casework.accidents.investigation.actions.follow import responsible_party
from atvsld.casework.accidents.investigation.actions.material import require_reading
from atvsld.casework.accidents.investigation.models import DossierMark, MinutesDelivery, Recommendation
from atvsld.casework.accidents.investigation.policy import CHANGE, SET_ASIDE, may_work
from atvsld.casework.accidents.investigation.record import name_of
from atvsld.casework.accidents.investigation.web import forms
from atvsld.casework.accidents.investigation.web.desk import (
    Desk,
    desk_or_404,
    key_of,
    part_or_404,
    require_answer,
    version_of,
)
from atvsld.casework.accidents.investigation.web.gathering import act_at_desk, pressed
from atvsld.platform.ui.pages import act_of, actor_of, requires


@requires(CHANGE)
def sending(request: HttpRequest, public_id: str, position: int) -> HttpResponse:
    """Proof that one recipient got the minutes."""
    desk = desk_or_404(request, public_id)
    held: MinutesDelivery | None = next((one for one in desk.record.deliveries if one.position == position), None)
    if held is None:
        raise Http404
    form = forms.SendingForm(request.POST or None, record=desk.record)
    return act_at_desk(
        request, desk, form,
        lambda: actions.record_sending(act_of(request), delivery=held, draft=form.draft()),
        title=_("Gửi biên bản cho: %(who)s") % {"who": held.recipient}, anchor="#gui",
    )  # fmt: skip


@requires(CHANGE)
def posting(request: HttpRequest, public_id: str) -> HttpResponse:
    """One public notice."""
    desk = desk_or_404(request, public_id, work=False)
    roles = require_answer(desk, (rule.id for rule in desk.record.entries("postings")))
    form = forms.PostingForm(
        request.POST or None, record=desk.record, outside=not desk.works, roles=roles,
        initial={"posted_on": desk.record.today},
    )  # fmt: skip
    return act_at_desk(
        request, desk, form, lambda: actions.record_posting(act_of(request), case=desk.case, draft=form.draft()),
        title=_("Niêm yết công khai"), anchor="#niem-yet",
    )  # fmt: skip


@requires(CHANGE)
def recommendation_done(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """What was done of a recommendation."""
    desk = desk_or_404(request, public_id, work=False)
    require_answer(desk, [responsible_party(desk.case)])
    held = _recommendation_or_404(desk, part)
    form = forms.DoneForm(
        request.POST or None, record=desk.record, outside=not desk.works,
        initial={"done_on": desk.record.today, "version": held.version},
    )  # fmt: skip
    return act_at_desk(
        request, desk, form,
        lambda: actions.report_recommendation(
            act_of(request), recommendation=held, version=version_of(form), done_on=form.cleaned_data["done_on"],
            result=form.cleaned_data["result"], document_id=form.cleaned_data["document"],
        ),
        title=_("Kết quả kiến nghị %(n)s") % {"n": held.position}, anchor="#kien-nghi", note=held.text,
    )  # fmt: skip


@requires(CHANGE)
def recommendation_waived(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """A recommendation falls away."""
    desk = desk_or_404(request, public_id)
    held = _recommendation_or_404(desk, part)
    form = forms.ReasonForm(request.POST or None, record=desk.record, initial={"version": held.version})
    return act_at_desk(
        request, desk, form,
        lambda: actions.waive_recommendation(
            act_of(request, form.cleaned_data["reason"]), recommendation=held, version=version_of(form)
        ),
        title=_("Thôi thực hiện kiến nghị %(n)s") % {"n": held.position}, anchor="#kien-nghi", note=held.text,
    )  # fmt: skip


def _recommendation_or_404(desk: Desk, part: str) -> Recommendation:
    held = Recommendation.objects.filter(minutes__case=desk.case).select_related("minutes__case")
    return part_or_404(held, part)


@requires(CHANGE)
def exempt(request: HttpRequest, public_id: str, victim_id: str, item: str) -> HttpResponse:
    """A paper need not be in a victim's dossier."""
    desk = desk_or_404(request, public_id)
    victim = next((one for one in desk.record.victims if one.public_id == victim_id), None)
    rule = next((one for one in desk.record.entries("dossier") if one.id == item), None)
    grounds = []
    if rule is not None and rule.except_for == "missing":
        grounds.append(DossierMark.Ground.MISSING_PERSON)
    if may_work(actor_of(request), desk.case, desk.record.level, SET_ASIDE):
        grounds.append(DossierMark.Ground.SET_ASIDE)
    if victim is None or rule is None or not grounds:
        raise Http404
    victim.case = desk.case
    form = forms.ExemptForm(request.POST or None, record=desk.record, grounds=grounds)
    return act_at_desk(
        request, desk, form,
        lambda: actions.exempt_paper(
            act_of(request, form.cleaned_data["reason"]), victim=victim, item=item, ground=form.cleaned_data["ground"]
        ),
        title=_("Cho qua giấy tờ: %(paper)s") % {"paper": name_of(rule, desk.record.on)},
        anchor=f"#ho-so-{victim.position}",
    )  # fmt: skip


@requires(CHANGE)
def benefits(request: HttpRequest, public_id: str) -> HttpResponse:
    """The victims' benefits are settled."""
    desk = desk_or_404(request, public_id)
    form = forms.BenefitsForm(request.POST or None, record=desk.record, initial={"settled_on": desk.record.today})
    return act_at_desk(
        request, desk, form,
        lambda: actions.settle_benefits(
            act_of(request), case=desk.case, settled_on=form.cleaned_data["settled_on"], note=form.cleaned_data["note"]
        ),
        title=_("Đã giải quyết chế độ"), anchor="#ket-thuc",
    )  # fmt: skip


@never_cache
@requires(CHANGE)
def commune_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """The record the commune makes of one severe injury without a labour contract."""
    desk, key = desk_or_404(request, public_id), key_of(request)
    held = desk.record.commune_record
    initial: dict[str, Any] = {"course": desk.case.description, "recorder": actor_of(request).name}
    initial |= {name: getattr(desk.case, name) for name in ("cause_code", "injury_agent_code", "property_damage")}
    if held is not None and request.method != "POST":
        purpose = _("Soạn biên bản ghi nhận")
        require_reading(act_of(request, purpose), desk.case, "accident_investigation.communerecord", [held.public_id])
        fields = set(forms.CommuneRecordForm.base_fields) - {"witnesses"}
        initial = {name: getattr(held, name) for name in fields}
        initial["witnesses"] = seals.open_(held.witnesses_sealed, seals.WITNESSES)
    form = forms.CommuneRecordForm(request.POST or None, record=desk.record, initial=initial)
    return act_at_desk(
        request, desk, form,
        lambda: actions.write_commune_record(
            act_of(request), case=desk.case, key=key, version=version_of(form), draft=form.draft()
        ),
        title=_("Biên bản ghi nhận sự việc"), anchor="#ghi-nhan", key=key,
        note=_("Luật không kèm mẫu biên bản này; các mục dưới đây do hệ thống đề xuất."),
    )  # fmt: skip


@require_POST
@requires(CHANGE)
def complete_commune_record(request: HttpRequest, public_id: str) -> HttpResponse:
    """The record is signed."""
    desk = desk_or_404(request, public_id)
    held = desk.record.commune_record
    if held is None:
        raise Http404
    return pressed(
        request, desk,
        lambda: actions.complete_commune_record(act_of(request), commune_record=held, version=held.version),
        _("Biên bản ghi nhận đã lập xong."), "#ghi-nhan",
    )  # fmt: skip


@require_POST
@requires(CHANGE)
def close(request: HttpRequest, public_id: str) -> HttpResponse:
    """Close the file; everything still missing is told at once."""
    desk = desk_or_404(request, public_id)
    return pressed(request, desk, lambda: actions.close_case(act_of(request), case=desk.case), _("Đã kết thúc hồ sơ."))
