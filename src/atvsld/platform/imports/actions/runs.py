"""Receiving a file, confirming or dropping it. Reading and writing it are the worker's (`jobs`)."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils.translation import gettext as _

from atvsld.platform.acts import Act, Conflict, Refused
from atvsld.platform.imports import targets
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


def save_profile(act: Act, *, target: Target, name: str, mapping: dict[str, object]) -> MappingProfile:
    """Keep a column mapping under a name; the same name again replaces it."""
    _require(act, target)
    profile, _made = MappingProfile.objects.update_or_create(
        target=target.slug,
        name=name,
        defaults={"mapping": mapping},
        create_defaults={"mapping": mapping, "created_by_id": act.actor.user_id, "created_at": act.at},
    )
    return profile


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
