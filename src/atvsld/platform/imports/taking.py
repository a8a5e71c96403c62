"""Taking in at once, without a worker: the command line and other systems. What was written is kept as an import."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import pghistory
from django.db import transaction

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Act, clock
from atvsld.platform.imports import mapping as mappings
from atvsld.platform.imports import targets
from atvsld.platform.imports.findings import FileRefused, ImportOutcome
from atvsld.platform.imports.models import ImportRun
from atvsld.platform.imports.source import from_records
from atvsld.platform.imports.targets import Options, Target


@dataclass(frozen=True, slots=True)
class Taken:
    """What came of it, and the import it is kept as: none when nothing was written."""

    outcome: ImportOutcome
    run: ImportRun | None = None


def take_file(
    act: Act,
    target: Target,
    path: Path,
    *,
    mapping: mappings.Mapping | None = None,
    constants: Mapping[str, str] | None = None,
    options: Options | None = None,
) -> Taken:
    """Take in one file now. The file itself is not kept."""
    given = options or Options()

    def work() -> ImportOutcome:
        return targets.accept_file(act, target, path, mapping=mapping, constants=constants, options=given)

    return _take(act, target, path.name, given, work, digest=lambda: _digest(path))


def take_rows(act: Act, target: Target, rows: Iterable[Mapping[str, Any]], options: Options) -> Taken:
    """Take in rows given as named values now, by the rules of a file; row numbers count from 1.

    A name that is no column makes the outcome not `readable`. Raises `Refused` when the actor may import nowhere.
    """
    try:
        source = from_records(rows, target.spec())
    except FileRefused as refused:
        return Taken(ImportOutcome.refused(refused.problem))
    return _take(act, target, "", options, lambda: target.accept(act, source, options))


def _take(
    act: Act,
    target: Target,
    filename: str,
    options: Options,
    work: Callable[[], ImportOutcome],
    *,
    digest: Callable[[], str] = str,
) -> Taken:
    if options.dry_run:
        return Taken(work())
    with transaction.atomic(), apart() as context:
        outcome = work()
        if not outcome.accepted:
            return Taken(outcome)
        run = ImportRun(
            target=target.slug,
            filename=filename[:300],
            sha256=digest(),
            namespace=options.namespace,
            all_or_nothing=options.all_or_nothing,
            channel=act.channel.value,
            created_by_id=act.actor.user_id,
            created_at=act.at,
            finished_at=clock.now(),
            state=ImportRun.State.DONE,
            context_id=context,
        )
        run.count(outcome)
        run.save()
    return Taken(outcome, run)


@contextmanager
def apart() -> Iterator[UUID | None]:
    """The rows of history written within belong to one import alone; their context, None when an act is open around.

    Undoing an import must not touch what else was done in the same act.
    """
    with pghistory.context(import_run=new_ulid()) as context:
        yield context.id if set(context.metadata) == {"import_run"} else None


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()
