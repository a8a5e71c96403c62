"""Who drafts and issues the papers of a case: by permission and area, and by whose paper it is.

An employer issues the papers of the own establishment, a commune its records, the labour department those of the
province. Drafts are seen by those who may write them; issued papers also by those the law sends them to.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.papers.kinds.spec import CONTEXT, Spec, specs
from atvsld.casework.accidents.policy import READ, READ_IDENTITY
from atvsld.casework.accidents.procedure.policy import office_of
from atvsld.law.procedure import Office
from atvsld.platform.access.actor import Actor, Scope
from atvsld.platform.access.permissions import permission
from atvsld.platform.papers.models import Paper

ISSUE = permission("accidents:paper:issue", _("Soạn, ban hành văn bản của vụ tai nạn"))


def offices(actor: Actor, code: str, case: AccidentCase) -> set[Office]:
    """What kinds of office the actor holds that reach the case with a permission."""
    return {office_of(scope) for scope in actor.scopes(code) if _reaches(scope, case)}


def may_write(actor: Actor, spec: Spec, case: AccidentCase) -> bool:
    """Whether the paper is this person's to write."""
    return spec.office in offices(actor, ISSUE, case)


def may_read(actor: Actor, spec: Spec, paper: Paper, case: AccidentCase) -> bool:
    """Whether this person may know of a paper: a draft for those who write it, an issued one for its readers too."""
    if may_write(actor, spec, case):
        return True
    if paper.state == Paper.State.DRAFT or not paper.number:
        return False
    return bool(spec.readers & offices(actor, READ, case)) or _is_guest(actor, case)


def _is_guest(actor: Actor, case: AccidentCase) -> bool:
    """Whether somebody was invited to the case with its identities: papers name people."""
    return any(scope.dimension == "case" and case.pk in scope.ids for scope in actor.scopes(READ_IDENTITY))


def within(actor: Actor) -> Q:
    """The same rule as a condition on papers."""
    reach = Q(pk__in=[])
    for code, drafts in ((ISSUE, True), (READ, False)):
        for scope in actor.scopes(code):
            kinds = list(_kinds(office_of(scope), writing=drafts))
            known = Q(kind__in=kinds) & _where(scope)
            reach |= known if drafts else known & Q(number__isnull=False) & ~Q(state=Paper.State.DRAFT)
    guest = [pk for scope in actor.scopes(READ_IDENTITY) if scope.dimension == "case" for pk in scope.ids]
    if guest:
        shown = AccidentCase.objects.filter(pk__in=guest).values("public_id")
        reach |= Q(context=CONTEXT, subject__in=shown, number__isnull=False) & ~Q(state=Paper.State.DRAFT)
    return reach


def _kinds(office: Office, *, writing: bool) -> Iterator[str]:
    for spec in specs():
        if spec.office is office if writing else office in spec.readers:
            yield spec.kind.code


def _where(scope: Scope) -> Q:
    if scope.everything:
        return Q()
    if scope.dimension in {"place", "establishment"}:
        return Q(**{f"{scope.dimension}_id__in": scope.ids})
    return Q(pk__in=[])


def _reaches(scope: Scope, case: AccidentCase) -> bool:
    if scope.everything:
        return True
    held = {"place": case.place_id, "establishment": case.establishment_id}.get(scope.dimension)
    return held is not None and held in scope.ids
