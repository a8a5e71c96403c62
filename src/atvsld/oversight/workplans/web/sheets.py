"""The tasks of a plan as a spreadsheet, out and in."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any, cast

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.oversight.workplans import actions, sheet
from atvsld.oversight.workplans.models import WorkPlan
from atvsld.oversight.workplans.policy import CHANGE, READ
from atvsld.oversight.workplans.web.fetching import own_plan, plan_or_404, plan_url
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.files.facade import read_upload
from atvsld.platform.imports.findings import FileRefused
from atvsld.platform.imports.reading import open_book
from atvsld.platform.ui import export
from atvsld.platform.ui.pages import act_of, form_page, requires, say

LARGEST = 5 * 1024 * 1024


class SheetForm(forms.Form):
    """The file, and the reason when the plan was taken in already."""

    file = forms.FileField(label=gettext_lazy("Bảng tính"), help_text=gettext_lazy("Tệp Excel, OpenDocument hoặc CSV."))

    def __init__(self, *args: Any, reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if reason:
            self.fields["reason"] = forms.CharField(label=_("Lý do thay đổi"), max_length=300)


@requires(READ)
def out(request: HttpRequest, public_id: str) -> HttpResponse:
    """The tasks as they stand."""
    plan = plan_or_404(request, public_id)
    tasks = list(plan.tasks.prefetch_related("supports__body"))
    name = f"ke-hoach-{plan.year}-{plan.public_id[-6:].lower()}"
    return cast("HttpResponse", export.respond("xlsx", name, sheet.rows_of(tasks)))


@requires(CHANGE)
def take_in(request: HttpRequest, public_id: str) -> HttpResponse:
    """Read a sheet back: every mistake with row, column and remedy, nothing written when there is one."""
    plan = own_plan(request, public_id)
    form = SheetForm(
        request.POST or None, request.FILES or None, reason=plan.state == WorkPlan.State.AGREED
    )  # fmt: skip
    version = request.POST.get("version") or str(plan.version)
    problems: tuple[Any, ...] = ()
    if request.method == "POST" and form.is_valid():
        try:
            made = _read(request, plan, int(version) if version.isdecimal() else 0, form)
        except Rejected as error:
            problems = error.problems
        except Conflict as error:
            form.add_error(None, str(error))
        except FileRefused as error:
            form.add_error("file", str(error))
        else:
            told = _("Đã thêm %(added)s, sửa %(changed)s nhiệm vụ; %(same)s dòng giữ nguyên.")
            say(request, told % {"added": made.added, "changed": made.changed, "same": made.same})
            return redirect(plan_url(plan))
    return form_page(
        request, form, title=_("Nhập nhiệm vụ từ bảng tính"), back=plan_url(plan), template="workplans/sheet.html",
        multipart=True, version=version, plan=plan, problems=problems, columns=sheet.COLUMNS.values(),
    )  # fmt: skip


def _read(request: HttpRequest, plan: WorkPlan, version: int, form: SheetForm) -> actions.ReadIn:
    upload = form.cleaned_data["file"]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "bang"
        path.write_bytes(read_upload(upload))
        book = open_book(path, largest=LARGEST)
        act = act_of(request, form.cleaned_data.get("reason", ""))
        return actions.read_tasks(act, plan=plan, version=version, rows=book.sheets[0].rows())
