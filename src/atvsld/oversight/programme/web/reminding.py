"""Reminding bodies: whom, of what, in which words."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.oversight.programme.actions import remind as remind_bodies
from atvsld.oversight.programme.actions.reminding import About, subject
from atvsld.oversight.programme.board import without_plan
from atvsld.oversight.programme.queries import followed
from atvsld.oversight.programme.standing import tasks_of
from atvsld.oversight.programme.web.common import plan_or_404, today_of, year_of
from atvsld.oversight.workplans.policy import OVERSEE
from atvsld.platform.acts import Rejected
from atvsld.platform.ui.pages import act_of, actor_of, apply_problems, form_page, requires, say
from atvsld.registers.bodies.models import Body

VIEWS = {"chua-ke-hoach": About.NO_PLAN, "qua-han": About.OVERDUE, "chua-chung-minh": About.UNPROVEN}


class RemindForm(forms.Form):
    """The bodies to remind, and a word of one's own."""

    bodies = forms.MultipleChoiceField(
        label=gettext_lazy("Đơn vị được nhắc"), widget=forms.CheckboxSelectMultiple, required=False
    )
    text = forms.CharField(
        label=gettext_lazy("Lời nhắc thêm"), required=False, max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Câu đề nghị và địa chỉ trang được ghi sẵn; mỗi việc một ngày nhắc một lần."),
    )  # fmt: skip


@requires(OVERSEE)
def remind(request: HttpRequest) -> HttpResponse:
    """Those a list shows, all ticked; messages go to whoever holds their offices."""
    about = VIEWS.get(request.GET.get("xem", ""))
    if about is None:
        raise Http404
    today = today_of(request)
    actor = actor_of(request)
    plan = plan_or_404(actor, request.GET.get("kh", ""), today)
    year = year_of(request, today)
    bodies = _bodies(request, about, plan, year, today)
    form = RemindForm(request.POST or None, initial={"bodies": [str(body.pk) for body in bodies]})
    form.fields["bodies"].choices = [(str(body.pk), body.name) for body in bodies]  # type: ignore[attr-defined]
    back = f"{reverse('programme:follow')}?kh={plan.id}&nam={year}&xem={request.GET['xem']}"
    if request.method == "POST" and form.is_valid():
        chosen = [body for body in bodies if str(body.pk) in form.cleaned_data["bodies"]]
        try:
            told = remind_bodies(
                act_of(request), bodies=chosen, about=about, programme=plan, year=year, text=form.cleaned_data["text"]
            )
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _told(told, chosen))
            return redirect(back)
    return form_page(
        request,
        form,
        title=_("Nhắc đơn vị"),
        subtitle=subject(about, plan, year),
        back=back,
        submit_label=_("Gửi lời nhắc"),
    )


def _bodies(request: HttpRequest, about: About, plan: Any, year: int, today: Any) -> list[Body]:
    actor = actor_of(request)
    if about is About.NO_PLAN:
        return [one.body for one in without_plan(actor, plan, year, today=today)]
    lines = tasks_of(actor, plan.id, year, today=today)
    late = {one.body for one in lines if (one.overdue if about is About.OVERDUE else one.unproven)}
    return list(followed(actor).filter(pk__in=late - {None}).order_by("name_folded"))


def _told(told: dict[int, int], chosen: list[Body]) -> str:
    people = sum(told.values())
    sentence = _("Đã gửi %(people)s lời nhắc tới %(bodies)s đơn vị.") % {
        "people": people, "bodies": sum(1 for count in told.values() if count),
    }  # fmt: skip
    nobody = [body.name for body in chosen if not told[body.pk]]
    if nobody:
        sentence += " " + _("Chưa có tài khoản nào của: %(names)s; nhắc bằng văn bản.") % {
            "names": ", ".join(nobody[:8])
        }
    return sentence
