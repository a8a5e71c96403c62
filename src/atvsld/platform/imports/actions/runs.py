"""Receiving a file, confirming or dropping it. Reading and writing it are the worker's (`jobs`)."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from atvsld.platform.acts import Act, Conflict, Refused
from atvsld.platform.imports import queries, targets
from atvsld.platform.imports.models import ImportRun, MappingProfile
from atvsld.platform.imports.targets import Target

State = ImportRun.State


def receive(
    act: Act,
    *,
    target: Target,
    upload: UploadedFile,
    profile: MappingProfile | None = None,
    layout: str = "",
    constants: Mapping[str, str] | None = None,
    all_or_nothing: bool = False,
    namespace: str = "",
) -> ImportRun:
    """Keep the file and queue its checking in the same transaction. Raises `Refused` without the target's right."""
    _require(act, target)
    digest = hashlib.sha256()
    for chunk in upload.chunks():
        digest.update(chunk)
    upload.seek(0)
    with transaction.atomic():
        run = ImportRun(
            target=target.slug,
            filename=(upload.name or "")[:300],
            sha256=digest.hexdigest(),
            namespace=namespace,
            profile=profile,
            layout=layout,
            constants=dict(constants or {}),
            all_or_nothing=all_or_nothing,
            channel=act.channel.value,
            created_by_id=act.actor.user_id,
            created_at=act.at,
        )
        suffix = (upload.name or "").rsplit(".", 1)[-1].lower()
        run.file.save(
            f"{run.public_id}.{suffix if suffix.isalnum() and len(suffix) <= 5 else 'dat'}", upload, save=False
        )
        run.save()
        _queue("check", run)
    return run


def confirm(act: Act, *, run: ImportRun) -> None:
    """Let the worker write what the preview showed. `Conflict` unless the run still waits for this."""
    _require(act, targets.get(run.target))
    with transaction.atomic():
        _move(run, State.PREVIEW, State.COMMITTING)
        _queue("commit", run)


def drop(act: Act, *, run: ImportRun) -> None:
    """Forget a file that was not written; the run stays in the list, the file goes."""
    _require(act, targets.get(run.target))
    _move(run, run.state if run.state in (State.PREVIEW, State.FAILED) else State.PREVIEW, State.CANCELLED)
    run.file.delete(save=False)
    ImportRun.objects.filter(pk=run.pk).update(file="", finished_at=act.at)


def save_profile(
    act: Act, *, target: Target, name: str, mapping: dict[str, Any], headings: Iterable[str] = ()
) -> MappingProfile:
    """Keep a column mapping under a name for the office of the actor; the same name there again replaces it."""
    _require(act, target)
    held = {"mapping": mapping, "headings": sorted(headings)}
    profile, _made = MappingProfile.objects.update_or_create(
        target=target.slug,
        owner=queries.office_of(act.actor, target),
        name=name,
        defaults=held,
        create_defaults=held | {"created_by_id": act.actor.user_id, "created_at": act.at},
    )
    return profile


def remap(
    act: Act, *, run: ImportRun, mapping: dict[str, Any] | None = None, profile: MappingProfile | None = None
) -> None:
    """Read a file anew by another mapping. `Conflict` when it was written, dropped or is being read."""
    target = targets.get(run.target)
    _require(act, target)
    with transaction.atomic():
        _move(run, run.state if run.state in (State.PREVIEW, State.FAILED) else State.PREVIEW, State.UPLOADED)
        ImportRun.objects.filter(pk=run.pk).update(
            mapping=mapping, profile=profile, layout="", problems=[], notes=[], finished_at=None
        )
        _queue("check", run)


def ask_undo(act: Act, *, run: ImportRun) -> None:
    """Let the worker take back what an import wrote. `Conflict` unless it stands written."""
    _require(act, targets.get(run.target))
    with transaction.atomic():
        _move(run, State.DONE, State.UNDOING)
        ImportRun.objects.filter(pk=run.pk).update(undone_by_id=act.actor.user_id)
        _queue("undo", run)


def _require(act: Act, target: Target) -> None:
    if not act.actor.may(target.permission):
        raise Refused(_("Tài khoản không có quyền “%(code)s”.") % {"code": target.permission})


def _move(run: ImportRun, expected: str, state: str) -> None:
    if not ImportRun.objects.filter(pk=run.pk, state=expected).update(state=state, rows_done=0):
        raise Conflict(_("Lần nhập này đã được xử lý ở nơi khác; hãy tải lại trang."))
    run.state = state


def _queue(task: str, run: ImportRun) -> None:
    from atvsld.platform.imports import jobs

    getattr(jobs, task).defer(run_id=run.pk)
