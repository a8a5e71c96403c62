"""A case changed: what published minutes say of its victims stays."""

from __future__ import annotations

from django.utils.translation import gettext as _

from atvsld.casework.accidents.investigation.models import MinutesDelivery
from atvsld.casework.accidents.models import AccidentCase
from atvsld.kit.outcome import Problem
from atvsld.platform.acts import Act, Rejected


def keep_published_victims(act: Act, case: AccidentCase) -> None:  # noqa: ARG001 - a follower takes the act
    """Refuse the removal of a victim whom minutes in force speak of; the database has just let go of the row."""
    lost = MinutesDelivery.objects.filter(minutes__case=case, minutes__superseded_by=None, role="victim", victim=None)
    if lost.exists():
        message = _("Biên bản điều tra đang có hiệu lực ghi người bị nạn này nên không bỏ được.")
        raise Rejected([Problem("in_minutes", message, _("Chỉ biên bản điều tra lại thay được kết luận đã công bố."))])
