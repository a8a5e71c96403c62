"""Official Word forms: which are in force, what a form may name, uploading one."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.platform.acts import Rejected, clock
from atvsld.platform.files import facade as files
from atvsld.platform.papers import actions, official
from atvsld.platform.papers.composing import template_on
from atvsld.platform.papers.models import PaperTemplate
from atvsld.platform.papers.policy import CHANGE_TEMPLATE
from atvsld.platform.papers.registry import PaperKind, kind_of, kinds
from atvsld.platform.papers.web.forms import TemplateForm, handed
from atvsld.platform.ui.pages import act_of, apply_problems, requires, say


@requires(CHANGE_TEMPLATE)
def index(request: HttpRequest) -> HttpResponse:
    """Every kind with the form in force today, or the mark it carries until there is one."""
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    rows = [{"kind": kind, "template": template_on(kind.code, today)} for kind in kinds()]
    return render(request, "papers/templates.html", {"title": _("Mẫu Word chính thức"), "rows": rows})


@requires(CHANGE_TEMPLATE)
def upload(request: HttpRequest, kind: str) -> HttpResponse:
    """The placeholders of a kind, its forms so far, and the form to upload another."""
    stated = _kind_or_404(kind)
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    form = TemplateForm(
        request.POST or None, request.FILES or None, initial={"valid_from": today, "citation": stated.form}
    )
    if request.method == "POST" and form.is_valid():
        try:
            given = handed(form.cleaned_data["file"])
            assert given is not None  # the form asks for it
            _made, warnings = actions.upload_template(
                act_of(request), kind=kind, valid_from=form.cleaned_data["valid_from"],
                citation=form.cleaned_data["citation"], handed=given,
            )  # fmt: skip
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã nạp mẫu. Văn bản soạn từ ngày hiệu lực in theo mẫu này, không còn dấu mẫu tạm."))
            for warning in warnings:
                messages.warning(request, str(warning))
            return redirect("papers:upload_template", kind)
    context: dict[str, Any] = {
        "title": _("Mẫu Word: %(kind)s") % {"kind": stated.label},
        "kind": stated,
        "form": form,
        "multipart": True,
        "submit_label": _("Kiểm tra và nạp"),
        "cancel_url": reverse("papers:templates"),
        "names": official.known(stated),
        "held": PaperTemplate.objects.select_related("file", "uploaded_by").filter(kind=kind),
    }
    return render(request, "papers/template.html", context, status=422 if form.is_bound else 200)


@requires(CHANGE_TEMPLATE)
def download(request: HttpRequest, template_id: str) -> HttpResponse:  # noqa: ARG001
    """A form as it was uploaded."""
    return files.download(get_object_or_404(PaperTemplate, public_id=template_id.replace("\x00", "")).file)


@require_POST
@requires(CHANGE_TEMPLATE)
def withdraw(request: HttpRequest, template_id: str) -> HttpResponse:
    """Stop using a form."""
    template = get_object_or_404(PaperTemplate, public_id=template_id.replace("\x00", ""))
    actions.withdraw_template(act_of(request), template=template)
    say(request, _("Đã thôi dùng mẫu; các văn bản đã ban hành giữ nguyên tệp của mình."))
    return redirect("papers:upload_template", template.kind)


def _kind_or_404(code: str) -> PaperKind:
    try:
        return kind_of(code)
    except KeyError as unknown:
        raise Http404 from unknown
