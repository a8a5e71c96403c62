"""Writing sentence by sentence."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from atvsld.kit.ids import is_ulid
from atvsld.oversight.yearly import actions, counting, judging, offering
from atvsld.oversight.yearly.actions.editing import LONGEST, choosable
from atvsld.oversight.yearly.models import ReportSentence
from atvsld.oversight.yearly.policy import CHANGE
from atvsld.oversight.yearly.web.fetching import own_report_or_404, sentence_or_404, version_of
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.pages import Page, act_by_form, act_of, actor_of, requires, say

# Figures offered at once; more are found by words.
MOST_OFFERED = 60


class WriteForm(forms.Form):
    """The words of a sentence."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    text = forms.CharField(
        label=gettext_lazy("Lời"), max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 5, "data-sentence-text": "", "data-preview": "xem-truoc"}),
        help_text=gettext_lazy("Số liệu đứng bằng dấu như {f1}; số gõ tay bị từ chối khi gửi."),
    )  # fmt: skip


class SentencePage(Page):
    """A sentence with its figures, those that can be put in, and the tasks it rests on."""

    permission = CHANGE
    template_name = "yearly/sentence.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        sentence = sentence_or_404(self.request, self.kwargs["public_id"])
        query = self.request.GET.get("q", "")[:100]
        form = WriteForm(initial={"version": sentence.version, "text": sentence.text})
        return super().get_context_data(**context_of(self.request, sentence, form, query), **kwargs)


def context_of(request: HttpRequest, sentence: ReportSentence, form: forms.Form, query: str = "") -> dict[str, Any]:
    report = sentence.report
    [held] = judging.judged(report, [sentence])
    tasks = choosable(actor_of(request), report)
    chosen = {one.pk for one in held.tasks}
    near = [one for one in tasks if one.pk in chosen or not sentence.clause or one.clause.startswith(sentence.clause)]
    offered = offering.choices(report, counting.Counter(request.now), query)  # type: ignore[attr-defined]
    return {
        "form": form,
        "sentence": sentence,
        "report": report,
        "judged": held,
        "figures": [(figure, counting.shown(figure)) for figure in held.figures.values()],
        "query": query,
        "offered": [(one, counting.text_of(one.value, one.decimals)) for one in offered[:MOST_OFFERED]],
        "more": max(0, len(offered) - MOST_OFFERED),
        "tasks": [(one, one.pk in chosen, bool(held.evidence.get(one.pk))) for one in (near or tasks)],
        "back": _back(sentence),
        "title": _("Sửa câu"),
        "history": timeline(sentence),
    }


@requires(CHANGE)
def write(request: HttpRequest, public_id: str) -> HttpResponse:
    """Change the words; what was typed is kept when somebody else was quicker."""
    sentence = sentence_or_404(request, public_id)
    if request.method != "POST":
        return redirect("yearly:sentence", public_id)
    form = WriteForm(request.POST)
    shown = context_of(request, sentence, form)
    return act_by_form(
        request, form, lambda: actions.write(act_of(request), sentence=sentence, **form.cleaned_data),
        back=_back(sentence), template="yearly/sentence.html",
        **{name: value for name, value in shown.items() if name not in {"form", "back"}},
    )  # fmt: skip


@require_POST
@requires(CHANGE)
def add(request: HttpRequest, public_id: str) -> HttpResponse:
    """A sentence by hand at the end of a section, or after another."""
    report = own_report_or_404(request, public_id)
    key, after = request.POST.get("key", ""), request.POST.get("after", "").replace("\x00", "")
    made = actions.add(
        act_of(request), report=report, section=request.POST.get("section", ""), text=request.POST.get("text", ""),
        after=report.sentences.filter(public_id=after).first() if after else None, key=key if is_ulid(key) else "",
    )  # fmt: skip
    return redirect(_back(made))


@require_POST
@requires(CHANGE)
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    sentence = sentence_or_404(request, public_id)
    actions.drop(act_of(request), sentence=sentence, version=version_of(request))
    say(request, _("Đã bỏ câu. Lấy lại được ở cuối trang."))
    return redirect("yearly:report", sentence.report.public_id)


@require_POST
@requires(CHANGE)
def restore(request: HttpRequest, public_id: str) -> HttpResponse:
    sentence = sentence_or_404(request, public_id)
    return redirect(_back(actions.restore(act_of(request), sentence=sentence, version=version_of(request))))


@require_POST
@requires(CHANGE)
def move(request: HttpRequest, public_id: str) -> HttpResponse:
    sentence = sentence_or_404(request, public_id)
    up = request.POST.get("way") == "up"
    return redirect(_back(actions.move(act_of(request), sentence=sentence, version=version_of(request), up=up)))


@require_POST
@requires(CHANGE)
def insert_figure(request: HttpRequest, public_id: str) -> HttpResponse:
    """A figure of a register at the end of the sentence, to be put in its place."""
    sentence = sentence_or_404(request, public_id)
    word, _bar, key = request.POST.get("figure", "").partition("|")
    actions.insert_figure(
        act_of(request), sentence=sentence, version=version_of(request), word=word[:60], key=key[:120]
    )
    return redirect("yearly:sentence", public_id)


@require_POST
@requires(CHANGE)
def rest_on(request: HttpRequest, public_id: str) -> HttpResponse:
    """The tasks the sentence tells of."""
    sentence = sentence_or_404(request, public_id)
    tasks = [one.replace("\x00", "")[:26] for one in request.POST.getlist("task")]
    actions.rest_on(act_of(request), sentence=sentence, version=version_of(request), tasks=tasks)
    return redirect("yearly:sentence", public_id)


def _back(sentence: ReportSentence) -> str:
    return f"{reverse('yearly:report', args=[sentence.report.public_id])}#c{sentence.public_id}"
