"""Whom communication reached, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from django.db.models import QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext as _

from atvsld.casework.outreach.models import OutreachEvent
from atvsld.registers.ledgers.bars import bars
from atvsld.registers.ledgers.ledger import Panel
from atvsld.registers.ledgers.words import group_choices

_MONTHS, _GROUPS = 12, 8


def reached(events: QuerySet[OutreachEvent]) -> Iterator[Panel | None]:
    """People reached in the last months that have events, and by the groups named most; parts overlap."""
    by_month = events.order_by().annotate(month=TruncMonth("held_on")).values("month").annotate(people=Sum("reach"))
    months = [(row["month"].strftime("%m/%Y"), row["people"] or 0) for row in by_month.order_by("-month")[:_MONTHS]]
    yield bars(_("Số lượt người tiếp cận theo tháng"), months[::-1], unit=_("lượt người"), upright=True)
    people: Counter[str] = Counter()
    for groups, reach in events.order_by().exclude(reach=None).values_list("audiences", "reach"):
        people.update(dict.fromkeys(groups, reach))
    words = dict(group_choices())
    leading = [(words.get(group, group), count) for group, count in people.most_common(_GROUPS)]
    yield bars(_("Số lượt người theo nhóm đối tượng"), leading, unit=_("lượt người"))
