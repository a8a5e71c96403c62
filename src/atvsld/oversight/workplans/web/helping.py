"""What others ask of one's own body, and the answer."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.oversight.workplans import actions, queries
from atvsld.oversight.workplans.models import HelpRequest
from atvsld.oversight.workplans.policy import CHANGE, READ
from atvsld.oversight.workplans.web import forms
from atvsld.platform.ui.pages import Page, act_by_form, act_of, actor_of, requires

MOST = 200


class HelpInbox(Page):
    """Requests to the own body, waiting first, and those of its own tasks."""

    permission = READ
    title = gettext_lazy("Đề nghị hỗ trợ")
    template_name = "workplans/help.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        bodies, firms = queries.own(self.actor)
        sent = HelpRequest.objects.select_related("task", "task__body", "to").order_by("-asked_at")
        asked = list(queries.help_inbox(self.actor)[:MOST])
        return super().get_context_data(
            waiting=[one for one in asked if one.state == HelpRequest.State.ASKED],
            answered=[one for one in asked if one.state != HelpRequest.State.ASKED],
            sent=list((sent.filter(task__body__in=bodies) | sent.filter(task__establishment__in=firms))[:MOST]),
            **kwargs,
        )


@requires(CHANGE)
def answer(request: HttpRequest, public_id: str) -> HttpResponse:
    """Yes or no to a request."""
    held = queries.help_inbox(actor_of(request)).filter(public_id=public_id.replace("\x00", "")).first()
    if held is None:
        raise Http404
    form = forms.AnswerForm(request.POST or None)
    return act_by_form(
        request, form, lambda: actions.answer_help(act_of(request), request=held, **form.cleaned_data),
        title=_("Trả lời đề nghị: %(name)s") % {"name": held.task.title}, back=reverse("workplans:help"),
        template="workplans/form.html", told=held,
    )  # fmt: skip
