"""Beginning, reading and editing a paper."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.documents.render import to_html
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.platform.acts import Conflict, Refused, Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.history.timeline import timeline
from atvsld.platform.papers import actions, making
from atvsld.platform.papers.actions.issuing import file_name
from atvsld.platform.papers.composing import address, spelled
from atvsld.platform.papers.models import Paper, PaperFile
from atvsld.platform.papers.registry import kind_of
from atvsld.platform.papers.web.access import Met, met_or_404
from atvsld.platform.papers.web.forms import PREFIX, FieldsForm, HeadForm
from atvsld.platform.ui.pages import PageAction, act_of, apply_problems, requires, say

_DRAFT_KINDS = ("docx", "pdf")
MASKED = ("sealed_fields",)
_TONES: dict[str, str] = {Paper.State.DRAFT: "outline", Paper.State.ISSUED: "success", Paper.State.CANCELLED: "danger"}


@require_POST
@requires("")
def start(request: HttpRequest, kind: str, subject: str) -> HttpResponse:
    """Begin a paper; the key made with the button makes a double click harmless."""
    try:
        stated = kind_of(kind)
    except KeyError as unknown:
        raise Http404 from unknown
    key = request.POST.get("key", "")
    act = act_of(request, _("Soạn văn bản: %(kind)s") % {"kind": stated.label})
    paper = actions.draft(
        act, key=key if is_ulid(key) else new_ulid(), kind=kind, subject=subject, part=request.POST.get("part", "")
    )
    return redirect("papers:edit", paper.public_id)


@requires("")
def paper_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """A paper: number, state, files, what it says, what can be done next."""
    met = met_or_404(request, public_id)
    paper = met.paper
    held = list(paper.files.select_related("file"))
    context = {
        "title": met.kind.label,
        "met": met,
        "paper": paper,
        "facts": _facts(met),
        "files": [one for one in held if one.role != PaperFile.Role.DATA],
        "word_only": {one.role for one in held} - {PaperFile.Role.DATA} == {PaperFile.Role.WORD},
        "state_tone": _TONES[paper.state],
        "code": spelled(paper.code) if paper.code else "",
        "verify_url": address(paper) if paper.code else "",
        "page_actions": _actions(met),
        "history": timeline(paper, [(PaperFile, {"paper_id": paper.pk}, _("Tệp"))], masked=MASKED),
        **_content(request, met),
    }
    response = render(request, "papers/paper.html", context)
    response["Cache-Control"] = "no-store"
    return response


@requires("")
def edit_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """The draft's fields and head; saving shows the paper again."""
    met = met_or_404(request, public_id, writable=True)
    if met.paper.state != Paper.State.DRAFT:
        return redirect("papers:paper", public_id)
    if request.method != "POST":
        met.source.reads(act_of(request, _("Sửa văn bản: %(kind)s") % {"kind": met.kind.label}), met.kind, met.record)
    form = FieldsForm(request.POST or None, kind=met.kind, initial=FieldsForm.stated_by(met.paper, met.kind))
    head = HeadForm(request.POST or None, initial=HeadForm.stated_by(met.paper))
    conflict = ""
    if request.method == "POST" and form.is_valid() & head.is_valid():
        try:
            actions.edit(
                act_of(request), paper=met.paper, version=form.cleaned_data["version"], fields=form.values(),
                head=head.head(),
            )  # fmt: skip
        except Rejected as error:
            apply_problems(form, _prefixed(error))
        except Conflict as error:
            conflict = str(error)
        else:
            say(request, _("Đã ghi dự thảo."))
            return redirect("papers:paper", public_id)
    context = {
        "title": _("Sửa: %(kind)s") % {"kind": met.kind.label}, "met": met, "form": form, "head": head,
        "conflict": conflict, "cancel_url": reverse("papers:paper", args=[public_id]),
    }  # fmt: skip
    response = render(request, "papers/edit.html", context, status=409 if conflict else 422 if form.is_bound else 200)
    response["Cache-Control"] = "no-store"
    return response


@requires("")
def draft_file(request: HttpRequest, public_id: str, form: str) -> HttpResponse:
    """The draft as Word or PDF."""
    met = met_or_404(request, public_id, writable=True)
    if form not in _DRAFT_KINDS or met.paper.state != Paper.State.DRAFT:
        raise Http404
    act = act_of(request, _("Tải dự thảo: %(kind)s") % {"kind": met.kind.label})
    content = making.draft_file(act, met.paper, form)
    return files.respond(content, f"{file_name(met.paper)}.{form}", files.KINDS[form].media_type)


def _content(request: HttpRequest, met: Met) -> dict[str, Any]:
    """What a draft says, for those who may write it; issued papers speak through their files."""
    if met.paper.state != Paper.State.DRAFT or not met.writable:
        return {}
    act = act_of(request, _("Xem dự thảo: %(kind)s") % {"kind": met.kind.label})
    try:
        composed = making.preview(act, met.paper)
    except Refused as refused:
        return {"refused": refused.reasons}
    shown = to_html(composed.document, headings_from=2)
    return {"content": mark_safe(shown), "template": composed.template, "provisional": composed.provisional}  # noqa: S308


def _facts(met: Met) -> list[tuple[str, Any]]:
    from atvsld.platform.ui.formats_text import day, moment

    paper = met.paper
    return [
        (_("Hồ sơ"), met.home.label),
        (_("Số, ký hiệu"), paper.full_number or _("cấp khi ban hành")),
        (_("Ngày ban hành"), day(paper.issued_on) if paper.issued_on else _("chưa ban hành")),
        (_("Cơ quan, tổ chức ban hành"), paper.issuer_name),
        (_("Người ký"), paper.signer_name),
        (_("Căn cứ"), met.kind.citation),
        (_("Người soạn"), f"{paper.created_by or '–'}, {moment(paper.created_at)}"),
    ]


def _actions(met: Met) -> list[PageAction]:
    paper = met.paper
    if not met.writable or paper.state == Paper.State.CANCELLED:
        return []
    cancel = PageAction(_("Hủy"), reverse("papers:cancel", args=[paper.public_id]), "x")
    if paper.state == Paper.State.ISSUED:
        return [cancel, PageAction(_("Đính bản đã ký"), reverse("papers:attach", args=[paper.public_id]), "paperclip")]
    return [
        cancel,
        PageAction(_("Sửa"), reverse("papers:edit", args=[paper.public_id]), "pencil"),
        PageAction(_("Ban hành"), reverse("papers:issue", args=[paper.public_id]), "send", primary=True),
    ]


def _prefixed(error: Rejected) -> Rejected:
    """Problems of the paper's own fields speak of the form's."""
    from dataclasses import replace

    return Rejected(replace(one, column=f"{PREFIX}{one.column}" if one.column else None) for one in error.problems)
