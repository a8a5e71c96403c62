"""Looking a draft over and handing it in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from atvsld.documents.render import to_html
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.oversight.filing import actions, drafts, judging, paper
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.filing.policy import SUBMIT
from atvsld.oversight.filing.web.fetching import own_or_404, version_of
from atvsld.oversight.filing.web.grid import said
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.ui.pages import act_of, requires, say


class SubmitForm(forms.Form):
    """What is said when a report is handed in; a reason only for one handed in before."""

    reason = forms.CharField(label=_("Lý do sửa so với lần nộp trước"), max_length=500, required=False)

    def __init__(self, *args: Any, again: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if again:
            self.fields["reason"].required = True
        else:
            del self.fields["reason"]


@never_cache
@requires(SUBMIT)
def submit(request: HttpRequest, public_id: str) -> HttpResponse:
    """The last look: what is wrong, what departs, then one click. The key made with the page makes two clicks one."""
    filing = own_or_404(request, public_id)
    sent = request.POST.get("key", "")
    key = sent if is_ulid(sent) else new_ulid()
    if request.method == "POST" and filing.submissions.filter(key=sent).exists():
        # Sent twice: the first one did it.
        return redirect("filing:filing", public_id=public_id)
    form = SubmitForm(request.POST or None, again=bool(filing.number))
    refused: list[Any] = []
    if request.method == "POST" and form.is_valid():
        try:
            actions.submit(
                act_of(request), filing=filing, key=key, version=version_of(request, filing),
                seen=request.POST.get("seen", "")[:64], reason=form.cleaned_data.get("reason", ""),
            )  # fmt: skip
        except Rejected as error:
            refused = list(error.problems)
        except Conflict as error:
            form.add_error(None, str(error))
        else:
            say(request, _("Đã nộp báo cáo. Biên nhận ở dưới đây."))
            return redirect("filing:filing", public_id=public_id)
    if filing.state not in Filing.OPEN:
        return redirect("filing:filing", public_id=public_id)
    draft = drafts.read(filing, at=request.now)  # type: ignore[attr-defined]
    problems = refused or judging.problems(draft.filled)
    context = {
        "title": _("Nộp báo cáo"),
        "filing": filing,
        "draft": draft,
        "form": form,
        "key": key,
        "name": said(draft.shape.form.short_title),
        "problems": problems,
        "blocked": bool(problems),
        "departures": [
            (key, judging.named(draft.filled, key), draft.filled.texts.get(key, ""),
             judging.spoken(draft.filled.registers.get(key)), draft.filled.reasons.get(key, ""))
            for key in draft.filled.departures
        ],
        "warnings": [check for check in draft.filled.faults if check.severity == "warn"],
        "explained": [check for check in draft.filled.faults if check.severity == "explain"],
    }  # fmt: skip
    return render(request, "filing/submit.html", context, status=422 if request.method == "POST" else 200)


@never_cache
@requires(SUBMIT)
def preview(request: HttpRequest, public_id: str) -> HttpResponse:
    """The draft as it would be printed."""
    filing = own_or_404(request, public_id)
    draft = drafts.read(filing, at=request.now)  # type: ignore[attr-defined]
    made = paper.document(filing, draft.content, at=request.now)  # type: ignore[attr-defined]
    context = {
        "title": _("Bản in của báo cáo đang lập"),
        "filing": filing,
        "paper": mark_safe(to_html(made, headings_from=2)),  # noqa: S308 - escaped by the renderer
        "downloads": [(kind, reverse("filing:draft_file", args=[public_id, kind])) for kind in paper.KINDS[:4]],
    }
    return render(request, "filing/paper.html", context)


@never_cache
@requires(SUBMIT)
def draft_file(request: HttpRequest, public_id: str, kind: str) -> HttpResponse:
    """The draft as a file, marked as one."""
    if kind not in paper.KINDS:
        raise Http404
    filing = own_or_404(request, public_id)
    draft = drafts.read(filing, at=request.now)  # type: ignore[attr-defined]
    body, media = paper.as_file(filing, draft.content, kind, at=request.now)  # type: ignore[attr-defined]
    name = f"{filing.form}_{filing.period}_ban-nhap.{kind}"
    return files.respond(body, name, media)
