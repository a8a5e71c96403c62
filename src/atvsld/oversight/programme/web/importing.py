"""A plan out of a file: every mistake shown and nothing entered, or a draft to look over and issue."""

from __future__ import annotations

from datetime import date

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from atvsld.law.programme_outline import SECTION
from atvsld.oversight.programme import actions, known
from atvsld.oversight.programme.holding import issuer_of
from atvsld.oversight.programme.intake.bring import Judged, judge
from atvsld.oversight.programme.intake.labels import column_label
from atvsld.oversight.programme.intake.workbook import workbook
from atvsld.oversight.programme.policy import CHANGE
from atvsld.oversight.programme.queries import readable
from atvsld.oversight.programme.web.common import today_of
from atvsld.oversight.programme.web.drafts import owner_choices, owner_of
from atvsld.oversight.programme.web.forms import UploadForm
from atvsld.platform.acts import Conflict, Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.ui.export import XLSX_TYPE
from atvsld.platform.ui.formats_text import said
from atvsld.platform.ui.pages import act_of, actor_of, requires, say


@requires(CHANGE)
def bring(request: HttpRequest) -> HttpResponse:
    """Send a workbook or a Word outline."""
    actor, today = actor_of(request), today_of(request)
    choices = owner_choices(actor)
    if not choices:
        raise Http404
    form = UploadForm(request.POST or None, request.FILES or None)
    form.fields["owner"].choices = choices  # type: ignore[attr-defined]
    carried = [(one.id, said(one.title)) for one in readable(actor, date.max)]
    form.fields["carries_out"].choices = carried  # type: ignore[attr-defined]
    found: Judged | None = None
    problems = []
    if request.method == "POST" and form.is_valid():
        upload, owner = form.cleaned_data["file"], owner_of(form.cleaned_data["owner"])
        try:
            content = files.read_upload(upload)
            found = judge(content, said=form.said(), issuer=issuer_of(owner.get("body"), today))
            problems = list(found.problems)
            if not problems:
                draft = actions.enter(
                    act_of(request), key=form.cleaned_data["key"], header=found.header, rows=found.brought.rows,
                    source=(upload.name, content), **owner,
                )  # fmt: skip
                say(request, " ".join([_("Đã nhập thành bản soạn, chưa ban hành."), *found.brought.notes]))
                return redirect("programme:draft", public_id=draft.public_id)
        except Rejected as error:
            problems = list(error.problems)
        except Conflict as error:
            form.add_error(None, str(error))
    context = {
        "title": _("Nhập kế hoạch từ tệp"),
        "form": form,
        "multipart": True,
        "problems": [(one, column_label(one.column)) for one in problems],
        "read": found,
        "count": len(found.brought.rows) if found else 0,
    }
    return render(request, "programme/import.html", context, status=422 if form.errors or problems else 200)


@requires(CHANGE)
def sample(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - the same for everybody
    """The workbook to fill in, with one heading and one clause as an example."""
    rows = [
        {"id": "I", "kind": SECTION, "paragraph": "1", "text": "Nhiệm vụ"},
        {"id": "I.1", "kind": "yearly", "paragraph": "1", "text": "Kiểm tra an toàn lao động tại công trường xây dựng",
         "holders": "construction", "supporting": "osh_lead; commune", "measures": "checks",
         "evidence": "compliance_check", "carries": "province-2024:IV.5.1", "sectors": "construction"},
    ]  # fmt: skip
    header = {"id": "so-xay-dung-2027", "level": "body", "title": "Kế hoạch an toàn, vệ sinh lao động năm 2027",
              "issuer": "construction", "valid_from": "2027-01-01", "valid_to": "2027-12-31",
              "carries_out": "province-2024"}  # fmt: skip
    made = workbook(header, rows, known.known(date.max).words)
    return files.respond(made, "mau-ke-hoach.xlsx", XLSX_TYPE)
