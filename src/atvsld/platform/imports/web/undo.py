"""Undoing an import by page: what would go and what forbids it is seen first."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from atvsld.platform.acts import Conflict
from atvsld.platform.imports.actions import runs
from atvsld.platform.imports.actions.undo import preview
from atvsld.platform.imports.models import ImportRun
from atvsld.platform.imports.web.access import for_importers, own_run
from atvsld.platform.ui.pages import act_of, say


@for_importers
def undo(request: HttpRequest, public_id: str) -> HttpResponse:
    """See what undoing does, then have it done by the worker."""
    run = own_run(request, public_id)
    if request.method == "POST":
        return _ask(request, run)
    if run.state != ImportRun.State.DONE:
        return redirect("imports:run", public_id)
    plan = preview(act_of(request), run=run)
    context: dict[str, Any] = {"run": run, "plan": plan, "problems": plan.problems()}
    return render(request, "imports/undo.html", context)


def _ask(request: HttpRequest, run: ImportRun) -> HttpResponse:
    if run.state not in (ImportRun.State.DONE, ImportRun.State.UNDOING, ImportRun.State.UNDONE):
        raise Http404
    try:
        runs.ask_undo(act_of(request), run=run)
    except Conflict as conflict:
        from django.contrib import messages

        messages.warning(request, str(conflict))
    else:
        say(request, _("Đã giao máy hoàn tác."))
    return redirect("imports:run", run.public_id)
