"""Imports as their owners see them: a file may hold names, so nobody sees another person's."""

from __future__ import annotations

from django.db.models import QuerySet

from atvsld.platform.access.actor import Actor
from atvsld.platform.imports.models import ImportRun, MappingProfile
from atvsld.platform.imports.targets import Target, all_targets


def own_runs(actor: Actor) -> QuerySet[ImportRun]:
    """The actor's own imports, of the kinds still permitted, newest first."""
    if actor.user_id is None:
        return ImportRun.objects.none()
    return ImportRun.objects.filter(created_by_id=actor.user_id, target__in=[t.slug for t in permitted(actor)])


def permitted(actor: Actor) -> tuple[Target, ...]:
    """The kinds of file the actor may bring."""
    return tuple(target for target in all_targets() if actor.may(target.permission))


def profiles(target: Target) -> QuerySet[MappingProfile]:
    """Mappings saved for a kind of file."""
    return MappingProfile.objects.filter(target=target.slug).order_by("name")


def written_before(run: ImportRun) -> ImportRun | None:
    """An earlier run of the same person that wrote the very same bytes."""
    return (
        ImportRun.objects.filter(
            sha256=run.sha256, created_by_id=run.created_by_id, state=ImportRun.State.DONE, namespace=run.namespace
        )
        .exclude(pk=run.pk)
        .first()
    )
