"""Imports for other systems: rows or a file in, what came of it, undone while nothing depends on it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from ninja import Field, File, Query, Router, Schema
from ninja.files import UploadedFile

from atvsld.platform.acts import Act, Channel, Rejected
from atvsld.platform.imports import queries, taking, targets
from atvsld.platform.imports.actions import runs
from atvsld.platform.imports.actions import undo as undoing
from atvsld.platform.imports.models import ImportRun
from atvsld.platform.ui.pages import actor_of
from atvsld.portals.api.idempotency import once
from atvsld.portals.api.paging import Paging, page
from atvsld.portals.api.problems import ProblemItem

router = Router(tags=["imports"])


class ImportRows(Schema):
    """Rows of the canonical columns of a kind of file, values as in the file."""

    rows: list[dict[str, str | int | float | bool | list[str] | None]] = Field(max_length=20_000)


class ImportOptions(Schema):
    """`dry_run` checks and writes nothing; `all_or_nothing` writes only when every row is good."""

    dry_run: bool = False
    all_or_nothing: bool = False


class ImportResult(Schema):
    """Counts of rows; `import_id` names the import for undoing, null when nothing was written."""

    import_id: str | None
    accepted: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    dry_run: bool
    errors: list[ProblemItem]
    errors_total: int
    notes: list[ProblemItem]


class ImportOut(Schema):
    """One import. `state`: uploaded, checking, preview, committing, done, failed, cancelled, undoing, undone."""

    id: str
    kind: str
    filename: str
    state: str
    received_at: datetime
    accepted: int
    new: int
    changed: int
    unchanged: int
    rejected: int
    errors: list[ProblemItem]


class ImportPage(Schema):
    items: list[ImportOut]
    next: str | None


class ImportQuery(Paging):
    kind: str = Field("", max_length=60)


class ReferenceOut(Schema):
    kind: str
    count: int


class UndoPart(Schema):
    """One kind of record: rows removed, restored, put back; rows that forbid it."""

    kind: str
    removed: int
    restored: int
    put_back: int
    gone: int
    altered: int
    outside: int
    references: list[ReferenceOut]


class UndoPlan(Schema):
    """What undoing does, row by row counted; `problems` say what forbids it."""

    possible: bool
    rows: int
    parts: list[UndoPart]
    problems: list[ProblemItem]


@router.post("/imports/{kind}/rows", response=ImportResult, operation_id="import_rows")
def import_rows(request: HttpRequest, kind: str, body: ImportRows, query: Query[ImportOptions]) -> dict[str, Any]:
    """Send rows of a kind of file. The same rows again change nothing; an Idempotency-Key brings the same answer."""
    target, act = _target(request, kind), _act(request)
    options = targets.Options(dry_run=query.dry_run, all_or_nothing=query.all_or_nothing)

    def work() -> dict[str, Any]:
        taken = taking.take_rows(act, target, body.rows, options)
        if not taken.outcome.readable:
            raise Rejected(taken.outcome.errors)
        return {"import_id": taken.run.public_id if taken.run else None} | taken.outcome.to_json()

    return once(request, work, at=act.at)


@router.post("/imports/{kind}/files", response=ImportOut, operation_id="upload_import")
def upload(request: HttpRequest, kind: str, file: File[UploadedFile]) -> dict[str, Any]:
    """Send a file; it is checked in the background. Ask for the import until `state` is preview, then commit it."""
    target, act = _target(request, kind), _act(request)
    return once(request, lambda: _shown(runs.receive(act, target=target, upload=file)), at=act.at)


@router.get("/imports", response=ImportPage, operation_id="list_imports")
def list_imports(request: HttpRequest, query: Query[ImportQuery]) -> dict[str, Any]:
    """The account's own imports."""
    found = queries.own_runs(actor_of(request)).order_by("pk")
    if query.kind:
        found = found.filter(target=query.kind.replace("\x00", ""))
    rows, following = page(found, query)
    return {"items": [_shown(run) for run in rows], "next": following}


@router.get("/imports/{import_id}", response=ImportOut, operation_id="get_import")
def get_import(request: HttpRequest, import_id: str) -> dict[str, Any]:
    """One import, with the first errors."""
    return _shown(_own(request, import_id))


@router.post("/imports/{import_id}/commit", response=ImportOut, operation_id="commit_import")
def commit(request: HttpRequest, import_id: str) -> dict[str, Any]:
    """Have a checked file written in the background; 409 unless it waits for this."""
    run = _own(request, import_id)
    runs.confirm(_act(request), run=run)
    return _shown(run)


@router.get("/imports/{import_id}/undo", response=UndoPlan, operation_id="preview_undo")
def preview_undo(request: HttpRequest, import_id: str) -> dict[str, Any]:
    """What undoing would do, and what forbids it; nothing is changed."""
    return undoing.preview(_act(request), run=_own(request, import_id)).to_json()


@router.post("/imports/{import_id}/undo", response=UndoPlan, operation_id="undo_import")
def undo(request: HttpRequest, import_id: str) -> dict[str, Any]:
    """Take back what an import wrote, whole or not at all (422 with the reasons). An Idempotency-Key may be given."""
    act = _act(request, reason=_("Hoàn tác lần nhập %(id)s") % {"id": import_id[:26]})
    run = _own(request, import_id)
    return once(request, lambda: undoing.undo(act, run=run).to_json(), at=act.at)


def _target(request: HttpRequest, kind: str) -> targets.Target:
    found = next((target for target in queries.permitted(actor_of(request)) if target.slug == kind), None)
    if found is None:
        raise Http404
    return found


def _own(request: HttpRequest, import_id: str) -> ImportRun:
    found = queries.own_runs(actor_of(request)).filter(public_id=import_id.replace("\x00", "")[:26]).first()
    if found is None:
        raise Http404
    return found


def _act(request: HttpRequest, reason: str = "") -> Act:
    return Act(actor_of(request), Channel.API, at=request.now, reason=reason)  # type: ignore[attr-defined]


def _shown(run: ImportRun) -> dict[str, Any]:
    return {
        "id": run.public_id,
        "kind": run.target,
        "filename": run.filename,
        "state": run.state,
        "received_at": run.created_at.isoformat(),
        "accepted": run.accepted,
        "new": run.new_rows,
        "changed": run.changed_rows,
        "unchanged": run.unchanged,
        "rejected": run.rejected,
        "errors": run.problems[:100],
    }
