"""What every composed thing has in common: its owner alone changes it, and no change overwrites another unseen."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Model
from django.utils.translation import gettext as _

from atvsld.platform.acts import Act, Conflict
from atvsld.platform.acts.errors import Refused


def require_owner(act: Act, thing: Any) -> None:
    """Everybody may read and copy what others composed; only its owner, or an installation's process, changes it."""
    if act.actor.user_id is not None and thing.owner_id != act.actor.user_id:
        raise Refused(_("Chỉ người soạn (%(name)s) được sửa. Bạn có thể sao thành bản của mình.")
                      % {"name": thing.owner_name})  # fmt: skip


def step(thing: Model, version: int, **values: object) -> None:
    """Write values and the next version, or raise `Conflict` when someone else did so first."""
    held = type(thing)._default_manager  # noqa: SLF001 - Django's own name for it
    if not held.filter(pk=thing.pk, version=version).update(version=F("version") + 1, **values):
        raise Conflict(_("Bản này vừa được sửa ở nơi khác. Mở lại trang để xem bản mới rồi ghi tiếp."))
    thing.refresh_from_db()
