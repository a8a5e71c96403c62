"""Pages of the team at work: composition, scene, statements, evidence, expert opinions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from atvsld.casework.accidents.investigation import actions
from atvsld.casework.accidents.investigation.actions.material import require_reading
from atvsld.casework.accidents.investigation.models import Evidence, Expertise, Statement
from atvsld.casework.accidents.investigation.policy import CHANGE, READ_STATEMENT
from atvsld.casework.accidents.investigation.web import forms, sheets
from atvsld.casework.accidents.investigation.web.desk import Desk, desk_or_404, key_of, part_or_404, version_of
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, requires, say

FORM, SHEET = "accident_investigation/form.html", "accident_investigation/sheet.html"


def act_at_desk(
    request: HttpRequest, desk: Desk, form: BaseForm, act: Callable[[], Any], *, title: str, anchor: str = "",
    template: str = FORM, key: str = "", **shown: Any,
) -> HttpResponse:  # fmt: skip
    """Show a form of the desk and do its act; afterwards the part of the page it belongs to."""
    return act_by_form(
        request, form, act, title=title, back=f"{desk.back}{anchor}", template=template, key=key,
        number=desk.case.number, case_url=reverse("accidents:case", args=[desk.case.public_id]),
        desk_url=desk.back, **shown,
    )  # fmt: skip


@requires(CHANGE)
def team(request: HttpRequest, public_id: str) -> HttpResponse:
    """The decision and who sits in the team."""
    desk, key = desk_or_404(request, public_id), key_of(request)
    form = sheets.TeamForm(request.POST or None, record=desk.record, initial={"decision_date": desk.record.today})
    return act_at_desk(
        request, desk, form,
        lambda: actions.set_up_team(act_of(request), case=desk.case, key=key, draft=form.draft()),
        title=_("Thay thành phần đoàn điều tra") if desk.record.team else _("Thành lập đoàn điều tra"),
        anchor="#doan", template=SHEET, key=key,
    )  # fmt: skip


@require_POST
@requires(CHANGE)
def begin(request: HttpRequest, public_id: str) -> HttpResponse:
    """The team goes to work."""
    desk = desk_or_404(request, public_id)
    return pressed(request, desk, lambda: actions.begin(act_of(request), case=desk.case), _("Đã bắt đầu điều tra."))


def pressed(request: HttpRequest, desk: Desk, act: Callable[[], Any], sentence: str, anchor: str = "") -> HttpResponse:
    """Do the act of a button; what stands against it is told on a page of its own with the way back."""
    try:
        act()
    except Rejected as error:
        context = {
            "title": _("Chưa làm được"),
            "problems": error.problems,
            "desk_url": desk.back,
            "number": desk.case.number,
        }
        return render(request, "accident_investigation/missing.html", context, status=422)
    except Conflict as error:
        context = {
            "title": _("Chưa làm được"),
            "sentence": str(error),
            "desk_url": desk.back,
            "number": desk.case.number,
        }
        return render(request, "accident_investigation/missing.html", context, status=409)
    say(request, sentence)
    return redirect(f"{desk.back}{anchor}")


@requires(CHANGE)
def scene(request: HttpRequest, public_id: str) -> HttpResponse:
    """The scene of the accident."""
    desk = desk_or_404(request, public_id)
    held = desk.record.investigation
    names = ("scene_visited_at", "scene", "scene_reason", "clearing_agreed_on", "clearing_agreed_by", "version")
    initial = {name: getattr(held, name) for name in names} | {"document": held.clearing_document_id}
    form = forms.SceneForm(request.POST or None, record=desk.record, initial=initial)
    return act_at_desk(
        request, desk, form,
        lambda: actions.record_scene(act_of(request), case=desk.case, version=version_of(form), draft=form.draft()),
        title=_("Hiện trường"), anchor="#hien-truong",
    )  # fmt: skip


@requires(CHANGE)
def new_statement(request: HttpRequest, public_id: str) -> HttpResponse:
    """A statement taken down."""
    desk, key = desk_or_404(request, public_id), key_of(request)
    form = forms.StatementForm(request.POST or None, record=desk.record, initial={"taken_by": actor_of(request).name})
    return act_at_desk(
        request, desk, form,
        lambda: actions.add_statement(act_of(request), case=desk.case, key=key, draft=form.draft()),
        title=_("Lấy lời khai"), anchor="#loi-khai", key=key,
    )  # fmt: skip


@never_cache
@requires(READ_STATEMENT)
def statement(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """One statement; person and words for this one view, once the purpose is said and recorded."""
    desk = desk_or_404(request, public_id)
    held = part_or_404(Statement.objects.filter(case=desk.case).select_related("victim"), part)
    form = forms.PurposeForm(request.POST or None)
    opened: tuple[str, str] | None = None
    if request.method == "POST" and form.is_valid():
        try:
            act = act_of(request, form.cleaned_data["purpose"])
            opened = actions.read_statements(act, case=desk.case, statements=[held])[0]
        except Rejected as error:
            for problem in error.problems:
                form.add_error("purpose", problem.message)
    context = {
        "title": _("Biên bản lấy lời khai"), "statement": held, "form": form, "opened": opened, "works": desk.works,
        "number": desk.case.number, "desk_url": desk.back, "case": desk.case,
    }  # fmt: skip
    return render(request, "accident_investigation/statement.html", context, status=422 if form.errors else 200)


@never_cache
@requires(CHANGE)
def change_statement(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """Correct a statement. The page shows it, so opening it is recorded as a reading."""
    desk = desk_or_404(request, public_id)
    held = part_or_404(Statement.objects.filter(case=desk.case), part)
    initial: dict[str, Any] = {}
    if request.method != "POST":
        act = act_of(request, _("Sửa biên bản lấy lời khai"))
        person, content = actions.read_statements(act, case=desk.case, statements=[held])[0]
        names = ("relation", "relation_detail", "taken_at", "ended_at", "place", "taken_by", "signed", "version")
        initial = {name: getattr(held, name) for name in names}
        initial |= {"person": person, "content": content, "victim": held.victim_id}
    form = forms.StatementForm(request.POST or None, record=desk.record, initial=initial)
    return act_at_desk(
        request, desk, form,
        lambda: actions.change_statement(
            act_of(request), statement=held, version=version_of(form), draft=form.draft()
        ),
        title=_("Sửa biên bản lấy lời khai"), anchor="#loi-khai",
    )  # fmt: skip


@requires(CHANGE)
def new_evidence(request: HttpRequest, public_id: str) -> HttpResponse:
    """A document or picture, with its file."""
    desk, key = desk_or_404(request, public_id), key_of(request)
    form = forms.EvidenceForm(
        request.POST or None, request.FILES or None, record=desk.record,
        initial={"item": request.GET.get("loai", ""), "victim": request.GET.get("cua", "")},
    )  # fmt: skip

    def keep() -> Evidence:
        upload = form.cleaned_data["file"]
        content = files.read_upload(upload) if upload else None
        return actions.add_evidence(
            act_of(request), case=desk.case, key=key, draft=form.draft(), name=upload.name if upload else "",
            content=content,
        )  # fmt: skip

    title = _("Thêm chứng cứ, tài liệu")
    return act_at_desk(request, desk, form, keep, title=title, anchor="#chung-cu", key=key, multipart=True)


@requires(CHANGE)
def withdraw_evidence(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """Take a piece out of the dossiers; it stays on record."""
    desk = desk_or_404(request, public_id)
    held = part_or_404(Evidence.objects.filter(case=desk.case, withdrawn_at__isnull=True), part)
    form = forms.ReasonForm(request.POST or None, record=desk.record)
    return act_at_desk(
        request, desk, form,
        lambda: actions.withdraw_evidence(act_of(request, form.cleaned_data["reason"]), evidence=held),
        title=_("Bỏ khỏi hồ sơ: %(title)s") % {"title": held.title}, anchor="#chung-cu",
    )  # fmt: skip


@never_cache
@requires(READ_STATEMENT)
def evidence_file(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """The file of a piece of evidence; each opening is recorded."""
    desk = desk_or_404(request, public_id)
    held = part_or_404(Evidence.objects.filter(case=desk.case, file__isnull=False).select_related("file"), part)
    act = act_of(request, _("Mở tệp của hồ sơ điều tra"))
    require_reading(act, desk.case, "accident_investigation.evidence", [held.public_id])
    assert held.file is not None  # by the filter above
    return files.download(held.file, inline=True)


@requires(CHANGE)
def new_expertise(request: HttpRequest, public_id: str) -> HttpResponse:
    """Ask for an expert opinion."""
    desk, key = desk_or_404(request, public_id), key_of(request)
    form = forms.ExpertiseForm(request.POST or None, record=desk.record, initial={"asked_on": desk.record.today})
    return act_at_desk(
        request, desk, form,
        lambda: actions.request_expertise(act_of(request), case=desk.case, key=key, draft=form.draft()),
        title=_("Đề nghị giám định"), anchor="#giam-dinh", key=key,
    )  # fmt: skip


@requires(CHANGE)
def expertise_result(request: HttpRequest, public_id: str, part: str) -> HttpResponse:
    """What the experts answered."""
    desk = desk_or_404(request, public_id)
    held = part_or_404(Expertise.objects.filter(case=desk.case), part)
    initial = {"received_on": held.received_on or desk.record.today, "result": held.result, "version": held.version}
    form = forms.ResultForm(request.POST or None, record=desk.record, initial=initial | {"document": held.document_id})
    return act_at_desk(
        request, desk, form,
        lambda: actions.receive_expertise(
            act_of(request), expertise=held, version=version_of(form), received_on=form.cleaned_data["received_on"],
            result=form.cleaned_data["result"], document_id=form.cleaned_data["document"],
        ),
        title=_("Kết quả giám định"), anchor="#giam-dinh",
    )  # fmt: skip
