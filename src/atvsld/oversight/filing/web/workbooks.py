"""The form as an Excel workbook: taken away, sent back, looked over, written into the draft."""

from __future__ import annotations

import json
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from atvsld.oversight.filing import actions, drafts, judging
from atvsld.oversight.filing.actions import Edit
from atvsld.oversight.filing.excel import reading
from atvsld.oversight.filing.excel.writing import workbook
from atvsld.oversight.filing.models import Filing
from atvsld.oversight.filing.policy import SUBMIT
from atvsld.oversight.filing.web.fetching import own_or_404
from atvsld.platform.acts import Rejected
from atvsld.platform.files import facade as files
from atvsld.platform.ui.export import XLSX_TYPE
from atvsld.platform.ui.pages import act_of, requires, say


class UploadForm(forms.Form):
    """The workbook that was filled in."""

    file = forms.FileField(
        label=gettext_lazy("Tệp Excel đã điền (.xlsx)"), help_text=gettext_lazy("Mẫu tải từ chính báo cáo này.")
    )


@never_cache
@requires(SUBMIT)
def download(request: HttpRequest, public_id: str) -> HttpResponse:
    """The workbook, prefilled with the draft as it stands."""
    filing = own_or_404(request, public_id)
    draft = drafts.read(filing, at=request.now)  # type: ignore[attr-defined]
    return files.respond(workbook(draft), _name(filing), XLSX_TYPE)


@never_cache
@requires(SUBMIT)
def upload(request: HttpRequest, public_id: str) -> HttpResponse:
    """Send a workbook back: nothing is written before its changes were looked over."""
    filing = own_or_404(request, public_id)
    if filing.state not in Filing.OPEN:
        return redirect("filing:filing", public_id=public_id)
    form = UploadForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"title": _("Nhập báo cáo từ Excel"), "filing": filing, "form": form, "multipart": True}
    if request.method == "POST" and form.is_valid():
        draft = drafts.read(filing, at=request.now)  # type: ignore[attr-defined]
        try:
            returned = reading.read(files.read_upload(form.cleaned_data["file"]), draft)
        except Rejected as error:
            for problem in error.problems:
                form.add_error("file", str(problem))
        else:
            held = {key: entry.text for key, entry in draft.entries.items()}
            edits = [{"key": one.key, "was": held.get(one.key), "now": one.after} for one in returned.changes]
            context |= {
                "returned": returned,
                "rows": [
                    (judging.named(draft.filled, one.key), one.before, one.after, one.where) for one in returned.changes
                ],
                "edits": json.dumps(edits, ensure_ascii=False),
                "payload": json.dumps(reading.payload(returned), ensure_ascii=False),
            }
            return render(request, "filing/upload_preview.html", context, status=422 if returned.bad else 200)
    return render(request, "filing/upload.html", context, status=422 if form.errors else 200)


@require_POST
@requires(SUBMIT)
def apply(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write the changes that were looked over; a cell somebody else wrote meanwhile is left and named."""
    filing = own_or_404(request, public_id)
    told = _json(request.POST.get("edits", ""), list)
    edits = [Edit(str(one["key"]), _maybe(one.get("was")), _maybe(one.get("now"))) for one in told
             if isinstance(one, dict) and "key" in one]  # fmt: skip
    result = actions.save_cells(act_of(request), filing=filing, edits=edits)
    sentence = _("Đã ghi %(count)s ô từ tệp Excel.") % {"count": len(result.written)}
    if result.clashes:
        sentence += " " + _("%(count)s ô người khác vừa ghi nên giữ nguyên: %(cells)s.") % {
            "count": len(result.clashes), "cells": ", ".join(clash.key for clash in result.clashes[:5]),
        }  # fmt: skip
    say(request, sentence)
    return redirect("filing:entry", public_id=public_id)


@require_POST
@requires(SUBMIT)
def annotated(request: HttpRequest, public_id: str) -> HttpResponse:
    """The same workbook with what was typed, each bad cell coloured and commented."""
    filing = own_or_404(request, public_id)
    told = _json(request.POST.get("payload", ""), dict)
    draft = drafts.read(filing, at=request.now)  # type: ignore[attr-defined]
    made = workbook(draft, texts=_texts(draft, told.get("texts")), bad=_texts(draft, told.get("bad")))
    return files.respond(made, _name(filing), XLSX_TYPE)


def _texts(draft: drafts.Draft, told: Any) -> dict[str, str]:
    return {
        str(key): str(text)[:2000]
        for key, text in (told.items() if isinstance(told, dict) else ())
        if draft.shape.knows(str(key))
    }


def _json(text: str, kind: type) -> Any:
    try:
        found = json.loads(text)
    except ValueError:
        return kind()
    return found if isinstance(found, kind) else kind()


def _maybe(value: Any) -> str | None:
    return None if value is None else str(value)


def _name(filing: Filing) -> str:
    return f"{filing.form}_{filing.period}.xlsx"
