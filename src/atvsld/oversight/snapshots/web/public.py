"""The public page of an accepted report: which report, which figures, in which state; and is this file it?"""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from atvsld.kit.periods import Period
from atvsld.oversight.snapshots import verifying
from atvsld.oversight.snapshots.verifying import Verdict
from atvsld.oversight.snapshots.verifying_rooms import find, room_of
from atvsld.oversight.snapshots.web.forms import FileForm
from atvsld.platform.acts import Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.ui.pages import actor_of, apply_problems

TONES = {
    Verdict.EQUAL: "success", Verdict.FIGURES_EQUAL: "warning", Verdict.DIFFERENT: "danger", Verdict.ALTERED: "danger",
    Verdict.UNKNOWN: "danger",
}  # fmt: skip


def ask(request: HttpRequest) -> HttpResponse:
    """Where the code on a report is typed in."""
    if code := _normal(request.GET.get("ma", "")):
        return redirect("snapshot_public:report", code)
    return render(request, "snapshots/public.html", {"title": _("Tra cứu số liệu đã chấp nhận"), "asked": ""})


def report(request: HttpRequest, code: str) -> HttpResponse:
    """What a code stands for. A file handed in is compared and forgotten; details are for those who may read them."""
    asked = _normal(code)
    snapshot = find(asked)
    spelled = f"{asked[:5]}-{asked[5:]}" if len(asked) == 10 else asked
    context: dict[str, Any] = {"title": _("Tra cứu số liệu đã chấp nhận"), "asked": asked, "spelled": spelled}
    if snapshot is None:
        return render(request, "snapshots/public.html", context, status=404)
    form = FileForm(request.POST or None, request.FILES or None)
    room = room_of(snapshot)
    context |= {
        "snapshot": snapshot, "form": form, "files": room.kept_files(snapshot), "spec_title": room.title(snapshot),
        "period": Period.parse(snapshot.period).label_vi, "previous": room.previous(snapshot),
        "next": room.following(snapshot), "page": room.page(snapshot),
        "overtaken": room.overtaken(snapshot, request.now) if snapshot.state == "accepted" else "",  # type: ignore[attr-defined]
        "may_open": request.user.is_authenticated and room.may_open(actor_of(request), snapshot),
    }  # fmt: skip
    if request.method == "POST" and form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            given = files.read_upload(upload)
            files.check(given, kinds=("json", "pdf", "docx", "xlsx", "html"))
        except Rejected as error:
            apply_problems(form, error)
        else:
            result = verifying.verify(given, only=snapshot)
            context |= {"result": result, "compared": upload.name, "tone": TONES[result.verdict]}
            # What an altered file says is shown to whoever holds it; the kept figures only to those who may read them.
            context["words"] = verifying_words()[result.verdict]
    return render(request, "snapshots/public.html", context, status=422 if form.errors else 200)


def verifying_words() -> dict[Verdict, str]:
    """The answer in one sentence."""
    return {
        Verdict.EQUAL: _("Khớp: đúng là tệp đã chấp nhận, tính lại từ dữ liệu đã chốt cũng ra từng byte như vậy."),
        Verdict.FIGURES_EQUAL: _("Tệp đã bị sửa hoặc lưu lại, nhưng số liệu vẫn đúng như đã chấp nhận."),
        Verdict.DIFFERENT: _("Không khớp: số liệu trong tệp khác số liệu đã chấp nhận."),
        Verdict.ALTERED: _("Không khớp: tệp đã bị sửa và không đọc được số liệu để so."),
        Verdict.UNKNOWN: _("Không phải tệp của báo cáo này."),
    }


def _normal(text: str) -> str:
    return "".join(letter for letter in text.upper() if letter.isalnum())[:12]
