"""What changes a notice, page by page: each fetches through the scope, calls one action, answers."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.kit.periods import Period, PeriodError
from atvsld.oversight.publication import actions
from atvsld.oversight.publication.content import Content
from atvsld.oversight.publication.models import Notice
from atvsld.oversight.publication.policy import CHANGE
from atvsld.oversight.publication.source import issuer
from atvsld.oversight.publication.web import forms
from atvsld.oversight.publication.web.pages import home_code, notice_or_404
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import act_by_form, act_of, requires, say


@require_POST
@requires(CHANGE)
def start(request: HttpRequest, period: str) -> HttpResponse:
    """The first draft of a period; the key made with the button makes a double click harmless."""
    key = request.POST.get("key", "")
    notice = actions.draft_notice(
        act_of(request), key=key if is_ulid(key) else new_ulid(), place_code=home_code(request), period=_period(period)
    )
    say(request, _("Đã soạn dự thảo từ số liệu hiện có."))
    return redirect("publication:notice", notice.public_id)


@requires(CHANGE)
def revise(request: HttpRequest, period: str) -> HttpResponse:
    """The next edition of a notice that is out."""
    span = _period(period)
    made: list[Notice] = []
    form = forms.ReasonForm(request.POST or None, initial={"key": new_ulid()})
    return act_by_form(
        request, form,
        lambda: made.append(
            actions.draft_notice(
                act_of(request, form.cleaned_data["reason"]), key=form.cleaned_data["key"],
                place_code=home_code(request), period=span, reason=form.cleaned_data["reason"],
            )
        ),
        title=_("Điều chỉnh thông báo %(period)s") % {"period": span.label_vi}, back=reverse("publication:list"),
        then=lambda: reverse("publication:notice", args=[made[0].public_id]), submit_label=_("Soạn bản điều chỉnh"),
    )  # fmt: skip


@requires(CHANGE)
def words(request: HttpRequest, public_id: str) -> HttpResponse:
    """The words, with the names of all figures beside them."""
    notice = _draft_or_404(request, public_id)
    form = forms.WordsForm(request.POST or None, initial=forms.WordsForm.stated_by(notice))
    content = Content.from_json(notice.content)
    return act_by_form(
        request, form,
        lambda: actions.write(
            act_of(request), notice=notice, version=form.cleaned_data["version"], sections=form.sections()
        ),
        title=_("Sửa lời thông báo %(period)s") % {"period": notice.span.label_vi}, back=_url(notice),
        template="publication/words.html", figures=list(content.figures.values()),
        phrases=list(content.phrases.items()),
    )  # fmt: skip


@requires(CHANGE)
def figures(request: HttpRequest, public_id: str) -> HttpResponse:
    """Count again, with what the registers do not hold."""
    notice = _draft_or_404(request, public_id)
    form = forms.ExtrasForm(request.POST or None, initial=forms.ExtrasForm.stated_by(notice))
    return act_by_form(
        request, form,
        lambda: actions.recompute(
            act_of(request), notice=notice, version=form.cleaned_data["version"], extras=form.extras()
        ),
        title=_("Tính lại số liệu"), back=_url(notice), submit_label=_("Tính lại số liệu"),
    )  # fmt: skip


@requires(CHANGE)
def issue(request: HttpRequest, public_id: str) -> HttpResponse:
    """Publish: number, day, public page."""
    notice = notice_or_404(request, public_id, CHANGE)
    if notice.state != Notice.State.DRAFT:
        return redirect("publication:notice", public_id)
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    usual = issuer(notice.place_id, "", today)
    known = {"version": notice.version, "issued_on": today, "signer_title": usual.signer_title}
    form = forms.IssueForm(request.POST or None, initial=known)
    return act_by_form(
        request, form,
        lambda: actions.issue_notice(
            act_of(request), notice=notice, version=form.cleaned_data["version"], on=form.cleaned_data["issued_on"],
            signer=actions.Signer(form.cleaned_data["signer_name"], form.cleaned_data["signer_title"]),
        ),
        title=_("Công bố thông báo %(period)s") % {"period": notice.span.label_vi}, back=_url(notice),
        template="publication/issue.html", notice=notice, submit_label=_("Cấp số và công bố"),
    )  # fmt: skip


@require_POST
@requires(CHANGE)
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Remove a draft."""
    notice = _draft_or_404(request, public_id)
    version = request.POST.get("version", "")
    actions.drop_draft(act_of(request), notice=notice, version=int(version) if version.isdecimal() else 0)
    say(request, _("Đã bỏ dự thảo."))
    return redirect("publication:list")


def _draft_or_404(request: HttpRequest, public_id: str) -> Notice:
    notice = notice_or_404(request, public_id, CHANGE)
    if notice.state != Notice.State.DRAFT:
        raise Http404
    return notice


def _period(text: str) -> Period:
    try:
        return Period.parse(text)
    except PeriodError as error:
        raise Http404 from error


def _url(notice: Notice) -> str:
    return reverse("publication:notice", args=[notice.public_id])
