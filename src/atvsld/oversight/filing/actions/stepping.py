"""One way to hold a filing while it is written, and to move it to its next version."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import F
from django.utils.translation import gettext as _

from atvsld.kit.outcome import Problem
from atvsld.oversight.filing.models import Filing
from atvsld.platform.acts import Conflict, Rejected


def hold(filing: Filing) -> Filing:
    """The filing as it is now, nobody else writing it until the act ends."""
    found = Filing.objects.select_for_update(of=("self",)).select_related(
        "current", "establishment", "body", "provider", "place", "recipient"
    )
    return found.get(pk=filing.pk)


def require_state(filing: Filing, states: Collection[str], said: str) -> None:
    """Raise `Rejected` unless the filing is in one of the states; `said` tells what cannot be done."""
    if filing.state in states:
        return
    message = _("%(said)s: báo cáo đang ở tình trạng “%(state)s”.") % {
        "said": said,
        "state": filing.get_state_display(),
    }
    raise Rejected([Problem("wrong_state", message, _("Mở lại trang báo cáo để xem tình trạng mới."), column="state")])


def step(filing: Filing, version: int, **values: object) -> None:
    """Write values and the next version, or raise `Conflict` when someone else did so first."""
    moved = Filing.objects.filter(pk=filing.pk, version=version).update(version=F("version") + 1, **values)
    if not moved:
        raise Conflict(_("Báo cáo này vừa được người khác xử lý. Mở lại trang để xem bản mới rồi làm tiếp."))
    filing.refresh_from_db()
