"""The sheet of an employer or a commune: seen, filled with the poster's own words, printed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from atvsld.documents.render import FORMATS, to_html
from atvsld.documents.render import render as render_paper
from atvsld.oversight.publication import sheets
from atvsld.oversight.publication.web.forms import SheetForm
from atvsld.oversight.reporting.policy import READ
from atvsld.oversight.reporting.web.forms import default_subject
from atvsld.platform.acts import Rejected, clock
from atvsld.platform.files import facade as files
from atvsld.platform.ui.pages import actor_of, requires

KINDS = ("docx", "pdf")


@requires(READ)
def sheet(request: HttpRequest) -> HttpResponse:
    """The sheet as a page; with `tep` as a file to print. What is typed into it is not kept."""
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    usual = {"period": sheets.last_period(today), **default_subject(actor_of(request), READ)}
    asked = {name: value for name, value in request.GET.items() if value and name != "tep"}
    form = SheetForm(usual | asked)
    context: dict[str, Any] = {"title": _("Tờ công bố tình hình tai nạn lao động"), "choice": form}
    if not form.is_valid():
        return render(request, "publication/sheet.html", context, status=422)
    held = form.cleaned_data
    kind = "employer" if held["establishment"] else "commune" if held["place"] else ""
    if not kind:
        return render(request, "publication/sheet.html", context)
    try:
        made = sheets.prepare(
            actor_of(request), kind, period=held["period"], establishment=held["establishment"],
            place="" if held["establishment"] else held["place"], at=request.now,  # type: ignore[attr-defined]
        )  # fmt: skip
    except Rejected as error:
        return render(request, "publication/sheet.html", context | {"problems": error.problems}, status=422)
    paper = sheets.document(made, analysis=held["analysis"], measures=held["measures"])
    wanted = request.GET.get("tep", "")
    if wanted:
        if wanted not in KINDS:
            raise Http404
        name = f"cong-bo-tai-nan-{held['period'].lower()}.{wanted}"
        return files.respond(render_paper(paper, wanted), name, FORMATS[wanted].media_type)
    query = urlencode({name: value for name, value in held.items() if value})
    context |= {
        "paper": mark_safe(to_html(paper, headings_from=2)),  # noqa: S308 - escaped by the renderer
        "deadline": made.deadline,
        "downloads": [(one, f"?{query}&tep={one}") for one in KINDS],
    }
    return render(request, "publication/sheet.html", context)
