"""Pages of imports: send a file, see what it would do, have it written, get the bad rows back."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Conflict
from atvsld.platform.imports import queries, targets
from atvsld.platform.imports.actions import runs
from atvsld.platform.imports.corrected import corrected_workbook
from atvsld.platform.imports.findings import FileRefused
from atvsld.platform.imports.jobs import mapping_of
from atvsld.platform.imports.models import ImportRun
from atvsld.platform.imports.template import template_workbook
from atvsld.platform.imports.web.access import for_importers, own_run
from atvsld.platform.imports.web.forms import UploadForm
from atvsld.platform.jobs import worker
from atvsld.platform.ui.pages import act_of, actor_of, say

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 100


@for_importers
def index(request: HttpRequest) -> HttpResponse:
    """Send a file; the imports so far."""
    permitted = queries.permitted(actor_of(request))
    target = next((one for one in permitted if one.slug == request.GET.get("loai")), permitted[0])
    form = UploadForm(request.POST or None, request.FILES or None, target=target, actor=actor_of(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        run = runs.receive(
            act_of(request),
            target=target,
            upload=data["file"],
            constants=data["constants"],
            all_or_nothing=data["all_or_nothing"],
            namespace=data["namespace"].strip(),
            **form.choice(),
        )
        return redirect("imports:run", run.public_id)
    page = Paginator(queries.own_runs(actor_of(request)), 25).get_page(request.GET.get("trang"))
    listed = [(run, targets.get(run.target).title) for run in page.object_list]
    context = {"form": form, "target": target, "permitted": permitted, "page": page, "listed": listed}
    return render(request, "imports/index.html", context, status=422 if form.errors else 200)


@for_importers
def template(request: HttpRequest, slug: str) -> HttpResponse:
    """The workbook to fill in."""
    target = next((one for one in queries.permitted(actor_of(request)) if one.slug == slug), None)
    if target is None:
        raise Http404
    response = HttpResponse(template_workbook(target), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="mau-{target.slug}.xlsx"'
    return response


@for_importers
def run_page(request: HttpRequest, public_id: str) -> HttpResponse:
    """One import: progress, preview or result."""
    return render(request, "imports/run.html", _context(own_run(request, public_id)))


@for_importers
def progress(request: HttpRequest, public_id: str) -> HttpResponse:
    """The part of the page that changes while the worker is busy; asked for again until it is done."""
    response = render(request, "imports/parts/run.html", _context(own_run(request, public_id)))
    response["Cache-Control"] = "no-store"
    return response


@for_importers
@require_POST
def confirm(request: HttpRequest, public_id: str) -> HttpResponse:
    """Write what the preview showed."""
    return _change(request, public_id, runs.confirm, _("Đã giao tệp cho máy ghi."))


@for_importers
@require_POST
def drop(request: HttpRequest, public_id: str) -> HttpResponse:
    """Drop a file that was not written."""
    return _change(request, public_id, runs.drop, _("Đã bỏ tệp; không ghi gì."))


@for_importers
def corrected(request: HttpRequest, public_id: str) -> HttpResponse:
    """The sender's file with each bad cell coloured and commented."""
    run = own_run(request, public_id)
    if not run.file or not run.problems:
        raise Http404
    target = targets.get(run.target)
    problems = [_problem(item) for item in run.problems]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "can-sua.xlsx"
        try:
            corrected_workbook(Path(run.file.path), target.spec(), mapping_of(run, target), problems, path)
        except FileRefused as refused:
            raise Http404(str(refused)) from refused
        content = path.read_bytes()
    response = HttpResponse(content, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="can-sua-{run.public_id}.xlsx"'
    return response


def _change(request: HttpRequest, public_id: str, action: Any, sentence: str) -> HttpResponse:
    run = own_run(request, public_id)
    try:
        action(act_of(request), run=run)
    except Conflict as conflict:
        from django.contrib import messages

        messages.warning(request, str(conflict))
    else:
        say(request, sentence)
    return redirect("imports:run", public_id)


def _context(run: ImportRun) -> dict[str, Any]:
    spec = targets.get(run.target).spec()
    unknown = [(column.label, run.unknown[column.name]) for column in spec.columns if column.name in run.unknown]
    return {
        "run": run,
        "target": targets.get(run.target),
        "waiting": run.is_waiting,
        "worker_alive": not run.is_waiting or worker.is_alive(),
        "problems": run.problems[:SHOWN],
        "more_problems": max(0, run.errors_total - SHOWN),
        "notes": run.notes[:SHOWN],
        "more_notes": max(0, int(run.details.get("notes_total", 0)) - SHOWN),
        "unknown": unknown,
        "before": queries.written_before(run) if run.state == ImportRun.State.PREVIEW else None,
        "can_map": _can_map(run),
        "undone": run.details.get("undone", []),
        "undo_refused": run.details.get("undo_refused", []),
        "can_write": run.state == ImportRun.State.PREVIEW and run.accepted > 0,
    }


def _can_map(run: ImportRun) -> bool:
    """Whether saying which column is which may help: the headings were not understood, or not all of them."""
    if not run.file or run.state not in (ImportRun.State.PREVIEW, ImportRun.State.FAILED):
        return False
    told = {item["code"] for item in (*run.problems, *run.notes)}
    return bool(told & {"no_header", "missing_column", "mapping_column", "mapping", "column_twice", "ignored_column"})


def _problem(item: dict[str, Any]) -> Problem:
    return Problem(item["code"], item["message"], row=item["row"], column=item["column"], value=item["value"])
