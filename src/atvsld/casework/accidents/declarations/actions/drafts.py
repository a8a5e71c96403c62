"""Notices somebody has begun: kept for them alone until sent."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from atvsld.casework.accidents.declarations import queries, sealing
from atvsld.casework.accidents.declarations.models import Declaration, DeclarationDraft
from atvsld.casework.accidents.declarations.policy import CREATE
from atvsld.kit.ids import is_ulid
from atvsld.kit.outcome import Problem
from atvsld.platform import vault
from atvsld.platform.acts import Act, Refused, Rejected, action

LARGEST = 60_000
KEPT = 50


@action(needs=CREATE, records="accidents:declaration_draft:saved")
def save_draft(act: Act, *, key: str, step: str, fields: Mapping[str, Any], saved_at: datetime) -> bool:
    """Keep what has been filled in so far; False when a later version is kept already, or the notice was sent."""
    sealed_text = sealing.canonical(dict(fields)).decode()
    if not is_ulid(key) or len(sealed_text) > LARGEST:
        raise Rejected([Problem("bad_draft", _("Phiếu đang viết không đúng dạng hoặc quá dài."))])
    if Declaration.objects.filter(public_id=key).exists():
        return False
    saved = min(saved_at, act.at)
    held = DeclarationDraft.objects.select_for_update().filter(key=key).first()
    if held is not None and held.user_id != act.actor.user_id:
        raise Refused(_("Phiếu này do người khác viết."))
    if held is not None and held.saved_at > saved:
        return False
    values = {"step": step[:20], "sealed": vault.seal(sealed_text, purpose=sealing.DRAFT), "saved_at": saved}
    assert act.actor.user_id is not None  # the pages ask for sign-in
    DeclarationDraft.objects.update_or_create(
        key=key, defaults=values, create_defaults=values | {"user_id": act.actor.user_id}
    )
    old = DeclarationDraft.objects.filter(user_id=act.actor.user_id).order_by("-saved_at").values("pk")[KEPT:]
    DeclarationDraft.objects.filter(pk__in=list(old.values_list("pk", flat=True))).delete()
    return True


@action(needs=CREATE, records="accidents:declaration_draft:discarded")
def discard_draft(act: Act, *, key: str) -> None:
    """Throw away one's own draft; nothing happens when it is not there."""
    queries.drafts_of(act.actor.user_id).filter(key=key).delete()
