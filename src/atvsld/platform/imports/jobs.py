"""The worker's part of an import: check a file, write a confirmed one. Both may be repeated without harm."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

import structlog
from django.conf import settings
from django.db import connection, transaction
from django.db.models import Q
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Channel, Conflict, Refused, Rejected, clock
from atvsld.platform.imports import mapping as mappings
from atvsld.platform.imports import targets
from atvsld.platform.imports.actions import undo as undoing
from atvsld.platform.imports.findings import FileRefused, ImportOutcome
from atvsld.platform.imports.models import ImportRun
from atvsld.platform.imports.taking import apart
from atvsld.platform.imports.targets import Options, Target

State = ImportRun.State
log = structlog.get_logger()
# What the page and the corrected file can use; the counts say how many there are in all.
KEPT_PROBLEMS = 5_000
KEPT_NOTES = 500
KEPT_DAYS = 30
_SECONDS_BETWEEN_REPORTS = 1.0


@app.task(name="imports.check", queue="imports")
def check(run_id: int) -> None:
    """Read the file and find out what writing it would do, without writing."""
    _work(run_id, (State.UPLOADED, State.CHECKING), State.CHECKING, State.PREVIEW, dry_run=True)


@app.task(name="imports.commit", queue="imports")
def commit(run_id: int) -> None:
    """Write the file: all of it and the note that it is done in one transaction, or nothing."""
    _work(run_id, (State.COMMITTING,), State.COMMITTING, State.DONE, dry_run=False)


@app.task(name="imports.undo", queue="imports")
def undo(run_id: int) -> None:
    """Take back what an import wrote; refused, it stands as before and says why."""
    run = ImportRun.objects.select_related("undone_by").filter(pk=run_id, state=State.UNDOING).first()
    if run is None:
        return  # done already: the job was delivered twice
    try:
        undoing.undo(_act(run, run.undone_by, _("Hoàn tác tệp %(name)s") % {"name": run}), run=run)
    except (Rejected, Refused, Conflict) as error:
        problems = error.problems if isinstance(error, Rejected) else (Problem("refused", str(error)),)
        _stands(run_id, problems)
    except Exception:
        message = _("Hệ thống gặp lỗi khi hoàn tác; không thay đổi gì.")
        _stands(run_id, [Problem("internal", message, _("Báo người quản trị mã %(code)s.") % {"code": run.public_id})])
        log.exception("undoing an import failed", run=run.public_id)
        raise
    log.info("import undone", run=run.public_id)


def _stands(run_id: int, problems: Iterable[Problem]) -> None:
    """An import that was not undone."""
    with transaction.atomic():
        run = ImportRun.objects.select_for_update().get(pk=run_id)
        if run.state == State.UNDOING:
            run.state, run.undone_by = State.DONE, None
            run.details = run.details | {"undo_refused": [problem.to_json() for problem in problems][:KEPT_NOTES]}
            run.save(update_fields=["state", "undone_by", "details"])


# What a file was read for is done within the month; its rows stand in the history of the records.
@app.periodic(cron="41 2 * * *")
@app.task(name="imports.tidy", queue="imports", queueing_lock="imports.tidy")
def tidy(timestamp: int) -> None:  # noqa: ARG001
    """Let go of the files of imports that are over: those with secrets at once, others after some weeks."""
    old = clock.now() - timedelta(days=KEPT_DAYS)
    ImportRun.objects.filter(state=State.PREVIEW, created_at__lt=old).update(state=State.CANCELLED)
    ended = [State.DONE, State.FAILED, State.UNDONE, State.CANCELLED]
    over = ImportRun.objects.filter(state__in=ended).exclude(file="")
    secret = [target.slug for target in targets.all_targets() if target.holds_secrets]
    clean = Q(target__in=secret, rejected=0, state__in=[State.DONE, State.UNDONE])
    for run in over.filter(file__isnull=False).filter(clean | Q(created_at__lt=old)):
        drop_file(run)


def drop_file(run: ImportRun) -> None:
    """The file goes, what is known of the import stays."""
    run.file.delete(save=False)
    ImportRun.objects.filter(pk=run.pk).update(file="")


def _work(run_id: int, expected: tuple[str, ...], during: str, after: str, *, dry_run: bool) -> None:
    run = ImportRun.objects.select_related("profile", "created_by").filter(pk=run_id, state__in=expected).first()
    if run is None:
        return  # done already, or dropped: the job was delivered twice
    ImportRun.objects.filter(pk=run_id).update(state=during)
    target = targets.get(run.target)
    try:
        with transaction.atomic(), apart() as context:
            outcome = _outcome(run, target, dry_run=dry_run)
            run.context_id = None if dry_run else context
            _store(run, outcome, after if outcome.readable else State.FAILED)
    except Exception:
        # A defect of ours: the person is told, the details are in the log under the run's number.
        message = _("Hệ thống gặp lỗi khi đọc tệp; không ghi gì.")
        remedy = _("Báo người quản trị mã %(code)s.") % {"code": run.public_id}
        _store(run, ImportOutcome.refused(Problem("internal", message, remedy)), State.FAILED)
        log.exception("import failed", run=run.public_id)
        raise
    if not dry_run and not run.rejected and target.holds_secrets:
        drop_file(run)
    log.info("import", run=run.public_id, state=run.state, accepted=outcome.accepted, rejected=outcome.rejected)


def _outcome(run: ImportRun, target: Target, *, dry_run: bool) -> ImportOutcome:
    act = _act(run, run.created_by, _("Tệp %(name)s") % {"name": run.filename})
    options = Options(
        dry_run=dry_run, all_or_nothing=run.all_or_nothing, namespace=run.namespace, progress=_reporter(run.pk)
    )
    try:
        return targets.accept_file(
            act, target, Path(run.file.path), mapping=mapping_of(run, target), constants=run.constants, options=options
        )
    except FileRefused as refused:
        return ImportOutcome.refused(refused.problem)
    except Refused as refused:
        return ImportOutcome.refused(Problem("refused", str(refused), _("Liên hệ người quản trị để được giao quyền.")))


def _act(run: ImportRun, user: Any, reason: str) -> Act:
    """The act of a person through a file, with the rights of this moment."""
    now = clock.now()
    actor = import_string(settings.ACTOR_FOR)(user, clock.local_day(now))
    return Act(actor, Channel.IMPORT, at=now, reason=reason, request_id=run.public_id)


def mapping_of(run: ImportRun, target: Target) -> mappings.Mapping | None:
    """The mapping made or chosen for the file; None for our own layout."""
    if run.mapping:
        return mappings.from_data(run.mapping, target.spec())
    if run.profile is not None:
        return mappings.from_data(run.profile.mapping, target.spec())
    return target.profiles().get(run.layout) if run.layout else None


def _store(run: ImportRun, outcome: ImportOutcome, state: str) -> None:
    run.state = state
    run.count(outcome)
    run.problems = [problem.to_json() for problem in outcome.errors[:KEPT_PROBLEMS]]
    run.notes = [problem.to_json() for problem in outcome.notes[:KEPT_NOTES]]
    run.finished_at = clock.now() if state in (State.DONE, State.FAILED) else None
    run.save()


def _reporter(run_id: int) -> Callable[[int], None]:
    """Tells the page how far reading is, through a connection of its own: the import's transaction is still open."""
    told = {"at": time.monotonic()}

    def report(rows: int) -> None:
        if time.monotonic() - told["at"] < _SECONDS_BETWEEN_REPORTS:
            return
        told["at"] = time.monotonic()
        beside: Any = connection.copy()
        try:
            with beside.cursor() as cursor:
                cursor.execute("SET lock_timeout = '200ms'")
                cursor.execute("UPDATE imports_importrun SET rows_done = %s WHERE id = %s", [rows, run_id])
        finally:
            beside.close()

    return report
