"""One way to move a benefit to its next version."""

from __future__ import annotations

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.casework.accidents.benefits.models import Benefit
from atvsld.platform.acts import Conflict


def step(benefit: Benefit, version: int, **values: object) -> None:
    """Write values and the next version, or raise `Conflict` when someone else did so first."""
    moved = Benefit.objects.filter(pk=benefit.pk, version=version).update(version=F("version") + 1, **values)
    if not moved:
        raise Conflict(_("Chế độ này vừa được người khác sửa. Mở lại trang để xem bản mới rồi ghi tiếp."))
    benefit.refresh_from_db()


def state_of(decided: int | None, paid: int, *, monthly: bool) -> str:
    """The state that follows from the amounts; a monthly sum is in payment from the first month on."""
    if decided is None:
        return Benefit.State.RECKONED
    return Benefit.State.PAID if paid >= decided or (monthly and paid > 0) else Benefit.State.DECIDED
