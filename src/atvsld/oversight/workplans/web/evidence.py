"""Laying proof beside a task: records that fit, records looked for, or a file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from atvsld.oversight.workplans import actions, clauses, shown
from atvsld.oversight.workplans.models import Task, TaskEvidence
from atvsld.oversight.workplans.policy import CHANGE, OWN
from atvsld.oversight.workplans.queries import visible_tasks
from atvsld.oversight.workplans.web import forms
from atvsld.oversight.workplans.web.fetching import act_with_version, own_task, task_url
from atvsld.platform.acts import Rejected
from atvsld.platform.files.facade import read_upload
from atvsld.platform.ui.pages import act_of, actor_of, apply_problems, requires, say
from atvsld.registers import proofs
from atvsld.registers.bodies.queries import lineage

MOST_FITTING, MOST_FOUND = 8, 30
# Records of some days before and after the task may still tell of it.
AROUND = timedelta(days=30)


@requires(CHANGE)
def prove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Choose records or hand in a file; `kind` and `tim` look for records of one kind."""
    task = own_task(request, public_id)
    clause = clauses.of_task(task)
    wanted = clause.evidence if clause else ()
    form = forms.FileForm(
        request.POST if "file-form" in request.POST else None, request.FILES or None, wanted=tuple(wanted)
    )
    if request.method == "POST":
        try:
            done = _with_file(request, task, form) if "file-form" in request.POST else _with_records(request, task)
        except Rejected as error:
            if form.is_bound:
                apply_problems(form, error)
            else:
                messages.error(request, str(error))
            done = False
        if done:
            say(request, _("Đã ghi."))
            return redirect(task_url(task))
    kind = request.GET.get("kind", "")
    text = request.GET.get("tim", "").replace("\x00", "")[:100]
    words = clauses.words().evidence
    shown_kinds = [(word, shown.words(words[word].label)) for word in sorted(proofs.provable(), key=list(words).index)]
    context = {
        "task": task,
        "title": _("Nêu bằng chứng: %(name)s") % {"name": task.title},
        "form": form,
        "fitting": list(_fitting(request, task, wanted)),
        "kinds": shown_kinds,
        "kind": kind,
        "text": text,
        "found": _found(request, task, kind, text) if kind else None,
        "cancel_url": task_url(task),
    }
    return render(request, "workplans/prove.html", context, status=422 if form.is_bound and form.errors else 200)


def _with_file(request: HttpRequest, task: Task, form: forms.FileForm) -> bool:
    if not form.is_valid():
        return False
    upload = form.cleaned_data["file"]
    actions.add_file(
        act_of(request), task=task, kind=form.cleaned_data["kind"], name=upload.name or "", content=read_upload(upload),
        label=form.cleaned_data["label"], day=form.cleaned_data["day"],
    )  # fmt: skip
    return True


def _with_records(request: HttpRequest, task: Task) -> bool:
    chosen = request.POST.getlist("record")
    if not chosen:
        raise Rejected([_problem(_("Chưa chọn hồ sơ nào."), _("Đánh dấu ít nhất một hồ sơ."))])
    for one in chosen:
        kind, _mark, key = one.partition(":")
        actions.add_record(act_of(request), task=task, kind=kind, key=key)
    return True


def _problem(message: str, remedy: str) -> Any:
    from atvsld.kit.outcome import Problem

    return Problem("nothing_chosen", message, remedy)


def _asked(task: Task, start: date, end: date) -> proofs.Asked:
    if task.body_id is not None:
        return proofs.Asked(start, end, bodies=lineage(task.body_id))
    return proofs.Asked(start, end, establishments=frozenset({task.establishment_id or 0}))


def _fitting(request: HttpRequest, task: Task, wanted: Iterable[str]) -> Iterable[tuple[str, list[proofs.ProofRecord]]]:
    """The own records of the kinds the clause asks for, within the task's days, that are not laid yet."""
    laid = set(task.evidence.filter(removed_at=None).values_list("kind", "key"))
    asked = _asked(task, task.starts_on - AROUND, task.ends_on + AROUND)
    words = clauses.words().evidence
    for word in wanted:
        source = proofs.evidence_of(word)
        if source is None:
            continue
        found = source.search(actor_of(request), "", asked, MOST_FITTING)
        rows = [one for one in found if (one.evidence, one.key) not in laid and one.key != task.public_id]
        if rows:
            yield shown.words(words[word].label), rows


def _found(request: HttpRequest, task: Task, kind: str, text: str) -> list[proofs.ProofRecord]:
    """Records of one kind the person may read, of whomever, latest first."""
    source = proofs.evidence_of(kind)
    if source is None:
        return []
    asked = proofs.Asked(date(task.plan.year - 1, 1, 1), date(task.plan.year + 1, 12, 31))
    return list(source.search(actor_of(request), text, asked, MOST_FOUND))


@requires(CHANGE)
def remove(request: HttpRequest, public_id: str) -> HttpResponse:
    """Take a proof away, with the reason."""
    row = get_object_or_404(
        TaskEvidence.objects.select_related("task", "task__plan", "task__body"), public_id=public_id.replace("\x00", "")
    )
    if not visible_tasks(actor_of(request)).filter(pk=row.task_id).exists():
        raise Http404
    OWN.require(actor_of(request), CHANGE, row.task)
    form = forms.WhyForm(request.POST or None)
    return act_with_version(
        request, form, row.task,
        lambda _version: actions.remove_evidence(act_of(request), evidence=row, why=form.cleaned_data["why"]),
        title=_("Bỏ bằng chứng: %(name)s") % {"name": row.label}, back=task_url(row.task),
    )  # fmt: skip
