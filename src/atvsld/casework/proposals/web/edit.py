"""Writing by page: each page fetches within reach, calls one action, answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.casework.proposals import actions, queries
from atvsld.casework.proposals.models import (
    ConsolidatedItem,
    ConsolidatedPaper,
    ConsolidatedSource,
    DraftConsultation,
    Opinion,
    PolicyProposal,
)
from atvsld.casework.proposals.policy import CHANGE, CONSOLIDATE, PAPERS
from atvsld.casework.proposals.source import issued_number
from atvsld.casework.proposals.web import forms
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.platform.acts import Refused, clock
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires, say
from atvsld.registers.bodies.models import Body
from atvsld.registers.ledgers.reach import owners


@requires(CONSOLIDATE)
def ask(request: HttpRequest) -> HttpResponse:
    """Opinions asked on a draft."""
    key = _key(request)
    form = forms.AskForm(request.POST or None, today=clock.local_day(request.now))  # type: ignore[attr-defined]
    made: list[DraftConsultation] = []
    return act_by_form(
        request,
        form,
        lambda: made.append(
            actions.open_consultation(act_of(request), key=key, body=_own(request), stated=form.stated())
        ),
        title=_("Lấy ý kiến dự thảo"),
        back=reverse("proposals:home"),
        then=lambda: reverse("proposals:consultation", args=[made[0].public_id]),
        template="proposals/form.html",
        key=key,
    )


@requires(CONSOLIDATE)
def unask(request: HttpRequest, public_id: str) -> HttpResponse:
    """A question taken back."""
    found = PAPERS.restrict(DraftConsultation.objects.all(), actor_of(request), CONSOLIDATE)
    record = get_object_or_404(found, public_id=public_id)
    form = forms.WhyForm(request.POST or None, initial={"version": record.version})
    return act_by_form(
        request,
        form,
        lambda: actions.withdraw_consultation(act_of(request), consultation=record, **form.cleaned_data),
        title=_("Bỏ lần lấy ý kiến: %(title)s") % {"title": record.title},
        back=reverse("proposals:consultation", args=[record.public_id]),
    )


@requires(CONSOLIDATE)
def start(request: HttpRequest) -> HttpResponse:
    """A consolidated paper begun, of proposals or of the opinions on a draft."""
    key = _key(request)
    about = None
    if asked := request.GET.get("du-thao", ""):
        about = get_object_or_404(queries.consultations(actor_of(request)), public_id=asked, withdrawn_at=None)
    initial = {}
    if about is not None:
        initial = {"title": _("Góp ý %(title)s") % {"title": about.title}, "addressed_to": about.sender}
    form = forms.PaperForm(request.POST or None, initial=initial)
    made: list[ConsolidatedPaper] = []
    return act_by_form(
        request,
        form,
        lambda: made.append(
            actions.start_paper(act_of(request), key=key, body=_own(request), consultation=about, **form.cleaned_data)
        ),
        title=_("Tổng hợp ý kiến góp ý") if about else _("Lập văn bản tổng hợp kiến nghị"),
        back=reverse("proposals:home"),
        then=lambda: reverse("proposals:paper", args=[made[0].public_id]),
        template="proposals/form.html",
        key=key,
    )


@require_POST
@requires(CONSOLIDATE)
def gather(request: HttpRequest, public_id: str) -> HttpResponse:
    """Proposals or opinions taken into a paper."""
    paper = _paper(request, public_id)
    chosen = request.POST.getlist("chon")
    records: list[Any]
    if paper.consultation is not None:
        records = list(Opinion.objects.filter(consultation=paper.consultation, public_id__in=chosen))
    else:
        records = list(PolicyProposal.objects.filter(public_id__in=chosen))
    return _done(
        request, paper, lambda: actions.gather(act_of(request), paper=paper, version=_version(request), records=records)
    )


@require_POST
@requires(CONSOLIDATE)
def merge(request: HttpRequest, public_id: str) -> HttpResponse:
    """Several points made one."""
    paper = _paper(request, public_id)
    items = list(ConsolidatedItem.objects.filter(paper=paper, public_id__in=request.POST.getlist("chon")))
    return _done(
        request,
        paper,
        lambda: actions.merge_items(act_of(request), paper=paper, version=_version(request), items=items),
    )


@require_POST
@requires(CONSOLIDATE)
def release(request: HttpRequest, public_id: str, source: str) -> HttpResponse:
    """A proposal or an opinion taken out again."""
    paper = _paper(request, public_id)
    held = get_object_or_404(ConsolidatedSource, item__paper=paper, public_id=source)
    return _done(request, paper, lambda: actions.release(act_of(request), source=held, version=_version(request)))


@require_POST
@requires(CONSOLIDATE)
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """A paper given up."""
    paper = _paper(request, public_id)
    actions.drop_paper(act_of(request), paper=paper, version=_version(request))
    say(request, _("Đã bỏ văn bản tổng hợp; các kiến nghị, ý kiến trong đó lại chờ tổng hợp."))
    return redirect("proposals:home")


@requires(CONSOLIDATE)
def item(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """The wording of a point."""
    paper = _paper(request, public_id)
    held = get_object_or_404(ConsolidatedItem, paper=paper, public_id=key)
    initial = {"subject": held.subject, "defect": held.defect, "wording": held.wording, "version": paper.version}
    form = forms.WordingForm(request.POST or None, initial=initial)
    return _act(
        request, form, paper, _("Thống nhất nội dung: %(subject)s") % {"subject": held.subject},
        lambda version: actions.change_item(act_of(request), item=held, version=version, stated=form.stated()),
    )  # fmt: skip


@requires(CONSOLIDATE)
def outcome(request: HttpRequest, public_id: str, key: str) -> HttpResponse:
    """What was answered to a point."""
    paper = _paper(request, public_id)
    held = get_object_or_404(ConsolidatedItem, paper=paper, public_id=key)
    initial = {
        "outcome": held.outcome, "on": held.outcome_on, "reply": held.reply, "text": held.reply_text,
        "version": paper.version,
    }  # fmt: skip
    form = forms.AnswerForm(request.POST or None, initial=initial)
    return _act(
        request, form, paper, _("Ghi kết quả: %(subject)s") % {"subject": held.subject},
        lambda version: actions.record_outcome(act_of(request), item=held, version=version, stated=form.stated()),
    )  # fmt: skip


@requires(CONSOLIDATE)
def send(request: HttpRequest, public_id: str) -> HttpResponse:
    """That the paper went out, under the number it was issued with."""
    paper = _paper(request, public_id)
    number, on = issued_number(paper) or ("", clock.local_day(request.now))  # type: ignore[attr-defined]
    form = forms.SendForm(request.POST or None, initial={"number": number, "on": on, "version": paper.version})
    return _act(
        request, form, paper, _("Ghi đã gửi: %(title)s") % {"title": paper.title},
        lambda version: actions.send_paper(
            act_of(request), paper=paper, version=version, number=form.cleaned_data["number"],
            on=form.cleaned_data["on"],
        ),
    )  # fmt: skip


def _paper(request: HttpRequest, public_id: str) -> ConsolidatedPaper:
    found = PAPERS.restrict(
        ConsolidatedPaper.objects.select_related("body", "consultation"), actor_of(request), CONSOLIDATE
    )
    return get_object_or_404(found, public_id=public_id)


def _own(request: HttpRequest) -> Body:
    """The body in whose name the person consolidates."""
    mine = [owner for owner in owners(actor_of(request), CHANGE) if owner.kind == "body"]
    if not mine:
        raise Refused(_("Tài khoản không gắn với cơ quan nào để tổng hợp kiến nghị."))
    return Body.objects.get(pk=mine[0].pk)


def _key(request: HttpRequest) -> str:
    given = request.POST.get("key", "") if request.method == "POST" else ""
    return given if is_ulid(given) else new_ulid()


def _version(request: HttpRequest) -> int:
    given = request.POST.get("version", "")
    if not (given.isascii() and given.isdigit() and len(given) < 9):
        raise Http404
    return int(given)


def _done(request: HttpRequest, paper: ConsolidatedPaper, act: Callable[[], object]) -> HttpResponse:
    act()
    say(request, _("Đã ghi."))
    return redirect("proposals:paper", paper.public_id)


def _act(
    request: HttpRequest, form: Any, paper: ConsolidatedPaper, title: str, act: Callable[[int], object]
) -> HttpResponse:
    back = reverse("proposals:paper", args=[paper.public_id])
    return act_by_form(request, form, lambda: act(form.cleaned_data["version"]), title=title, back=back)
