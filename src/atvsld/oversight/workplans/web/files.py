"""Files laid beside plans and tasks."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404

from atvsld.oversight.workplans.models import TaskEvidence
from atvsld.oversight.workplans.policy import READ
from atvsld.oversight.workplans.queries import visible_plans, visible_tasks
from atvsld.platform.files.facade import download
from atvsld.platform.ui.pages import actor_of, requires


@requires(READ)
def evidence_file(request: HttpRequest, public_id: str) -> HttpResponse:
    """A file laid as proof, also after it was taken away, for whoever sees the task."""
    row = get_object_or_404(TaskEvidence.objects.select_related("file"), public_id=public_id.replace("\x00", ""))
    if row.file is None or not visible_tasks(actor_of(request)).filter(pk=row.task_id).exists():
        raise Http404
    return download(row.file)


@requires(READ)
def plan_paper(request: HttpRequest, public_id: str) -> HttpResponse:
    """The plan as it was issued."""
    plans = visible_plans(actor_of(request)).select_related("paper")
    plan = get_object_or_404(plans, public_id=public_id.replace("\x00", ""))
    if plan.paper is None:
        raise Http404
    return download(plan.paper)
