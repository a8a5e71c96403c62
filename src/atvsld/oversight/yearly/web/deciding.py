"""The standing body takes reports in, sends them back, remarks on them."""

from __future__ import annotations

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from atvsld.oversight.yearly import actions
from atvsld.oversight.yearly.actions.deciding import LONGEST
from atvsld.oversight.yearly.policy import OVERSEE
from atvsld.oversight.yearly.web.fetching import report_or_404, version_of
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires, say


class WhyForm(forms.Form):
    """What must be mended."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Cần sửa gì"), max_length=LONGEST, widget=forms.Textarea(attrs={"rows": 5})
    )


@require_POST
@requires(OVERSEE)
def accept(request: HttpRequest, public_id: str) -> HttpResponse:
    report = report_or_404(actor_of(request), public_id)
    actions.accept(act_of(request), report=report, version=version_of(request))
    say(request, _("Đã tiếp nhận báo cáo."))
    return redirect("yearly:report", public_id)


@requires(OVERSEE)
def give_back(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a report back, saying why."""
    report = report_or_404(actor_of(request), public_id)
    form = WhyForm(request.POST or None, initial={"version": report.version})
    return act_by_form(
        request, form,
        lambda: actions.return_report(
            act_of(request, form.cleaned_data["text"][:300]), report=report, version=form.cleaned_data["version"],
            why=form.cleaned_data["text"],
        ),
        title=_("Trả lại báo cáo"), back=reverse("yearly:report", args=[public_id]), submit_label=_("Trả lại"),
    )  # fmt: skip


@require_POST
@requires(OVERSEE)
def remark(request: HttpRequest, public_id: str) -> HttpResponse:
    report = report_or_404(actor_of(request), public_id)
    actions.remark(act_of(request), report=report, text=request.POST.get("text", ""))
    return redirect("yearly:report", public_id)
