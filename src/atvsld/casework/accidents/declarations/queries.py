"""Declarations as somebody may see them; those outside the asker's reach do not exist here."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from atvsld.casework.accidents.declarations.models import Declaration, DeclarationDraft, Receipt
from atvsld.casework.accidents.declarations.policy import CREATE, DECLARATIONS, READ
from atvsld.casework.accidents.models import AccidentCase
from atvsld.kit.ids import is_ulid
from atvsld.platform.access.actor import Actor
from atvsld.registers.places import tree


def visible(actor: Actor, permission: str = READ) -> QuerySet[Declaration]:
    """Every version the actor may see."""
    return DECLARATIONS.restrict(Declaration.objects.all(), actor, permission)


def latest(actor: Actor, permission: str = READ) -> QuerySet[Declaration]:
    """The newest version of each thread."""
    return visible(actor, permission).filter(superseded_by__isnull=True)


def of_case(case: AccidentCase) -> QuerySet[Declaration]:
    """Every declaration that stands with a case, as they came."""
    found = Declaration.objects.filter(case=case)
    return found.select_related("case", "place", "establishment", "receipt").order_by("received_at", "pk")


def shown_of_case(case: AccidentCase, actor: Actor) -> QuerySet[Declaration]:
    """The newest versions that stand with a case, as far as the actor may see them."""
    return DECLARATIONS.restrict(of_case(case).filter(superseded_by__isnull=True), actor, READ)


def search(queryset: QuerySet[Declaration], text: str) -> QuerySet[Declaration]:
    """By number, key, receipt code or establishment. Who told is sealed: no search leads to them."""
    found = Q(establishment__name_folded__contains=text) | Q(establishment__tax_code=text)
    bare = text.upper().replace("-", "").replace(" ", "")
    found |= Q(receipt__code=bare)
    digits = text.rsplit("-", 1)[-1].lstrip("0")
    if digits.isdecimal() and len(digits) < 12:
        found |= Q(pk=int(digits))
    if is_ulid(text.upper()):
        found |= Q(public_id=text.upper())
    return queryset.filter(found)


def by_code(code: str) -> Receipt | None:
    """The receipt with a code as printed or read aloud; None when nobody gave it."""
    bare = code.upper().replace("-", "").replace(" ", "")[:40].replace("\x00", "")
    return Receipt.objects.select_related("declaration", "declaration__superseded_by").filter(code=bare).first()


def speaks_for_commune(actor: Actor) -> bool:
    """Whether the person takes words for a commune: an office there with the right to record them."""
    graph = tree.current()
    offices = (scope for scope in actor.scopes(CREATE) if scope.dimension == "place" and scope.root is not None)
    return any(graph.nodes[office.root].level == "commune" for office in offices if office.root in graph.nodes)


def hears_everyone(actor: Actor) -> bool:
    """Whether the person reads notices for an authority: an employer's people only ever read their own."""
    return any(scope.dimension != "establishment" for scope in actor.scopes(READ))


def drafts_of(user_id: int | None) -> QuerySet[DeclarationDraft]:
    """What a person has begun and not sent."""
    if user_id is None:
        return DeclarationDraft.objects.none()
    return DeclarationDraft.objects.filter(user_id=user_id).order_by("-saved_at")
