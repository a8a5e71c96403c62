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


def profiles(target: Target, actor: Actor | None = None) -> QuerySet[MappingProfile]:
    """Mappings saved for a kind of file: with an actor, those of the actor's office and those for everybody."""
    found = MappingProfile.objects.filter(target=target.slug).order_by("name")
    if actor is None or any(scope.everything and scope.root is None for scope in actor.scopes(target.permission)):
        return found
    return found.filter(owner__in=["", *_offices(actor, target)])


def office_of(actor: Actor, target: Target) -> str:
    """The office in which the actor brings files of this kind, as a profile keeps it; empty for the installation."""
    return next(iter(_offices(actor, target)), "")


def _offices(actor: Actor, target: Target) -> list[str]:
    return sorted(
        f"{scope.dimension}:{scope.root}" for scope in actor.scopes(target.permission) if scope.root is not None
    )


def written_before(run: ImportRun) -> ImportRun | None:
    """An earlier run of the same person that wrote the very same bytes."""
    return (
        ImportRun.objects.filter(
            sha256=run.sha256, created_by_id=run.created_by_id, state=ImportRun.State.DONE, namespace=run.namespace
        )
        .exclude(pk=run.pk)
        .first()
    )
