"""How fast somebody told: from the right instant, against the rule of the law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from atvsld.casework.accidents.declarations import legal
from atvsld.casework.accidents.declarations.models import Declaration
from atvsld.kit.certainty import Certainty, Citation
from atvsld.kit.dated import NotInForce
from atvsld.law import Deadline, LawBook, due


@dataclass(frozen=True, slots=True)
class Timing:
    """`late` is None when the law sets no number or the instant is not known; `took` from the right instant."""

    took: timedelta | None
    deadline: Deadline | None
    late: bool | None
    sentence: str
    citation: Citation
    status: Certainty


def timing(book: LawBook, declaration: Declaration) -> Timing:
    """From the instant the kind of notice runs from to the instant the word was sent.

    Sent, not received: a word that waited on a telephone without a line is as early as it was sent.
    """
    kind = legal.kinds()[declaration.kind]
    started = getattr(declaration, kind.starts) if kind.starts else None
    if not kind.rule:
        return Timing(None, None, None, "", kind.citation, kind.status)
    if started is None:
        sentence = _("Chưa rõ lúc biết tin nên chưa tính được nhanh hay chậm.")
        return Timing(None, None, None, sentence, kind.citation, kind.status)
    took = max(declaration.notified_at - started, timedelta())
    try:
        deadline = due(book, kind.rule, at=timezone.localtime(started))
    except NotInForce:
        return Timing(took, None, None, "", kind.citation, kind.status)
    late = None if deadline.last_ok is None else not _in_time(declaration.notified_at, deadline.last_ok)
    return Timing(took, deadline, late, _sentence(took, late), deadline.citation, deadline.status)


def _in_time(moment: datetime, last: date | datetime) -> bool:
    if isinstance(last, datetime):
        return moment <= last
    return timezone.localtime(moment).date() <= last


def _sentence(took: timedelta, late: bool | None) -> str:
    if late is None:
        return _("Báo sau khi biết tin %(span)s; luật ghi “ngay”, không ấn định số giờ.") % {"span": span(took)}
    if late:
        return _("Báo sau khi biết tin %(span)s: quá hạn.") % {"span": span(took)}
    return _("Báo sau khi biết tin %(span)s: trong hạn.") % {"span": span(took)}


def span(took: timedelta) -> str:
    """`2 ngày 3 giờ`, `5 giờ 10 phút`, `12 phút`."""
    minutes = int(took.total_seconds()) // 60
    days, hours, left = minutes // 1440, minutes // 60 % 24, minutes % 60
    parts = []
    if days:
        parts.append(ngettext("%(n)s ngày", "%(n)s ngày", days) % {"n": days})
    if hours:
        parts.append(ngettext("%(n)s giờ", "%(n)s giờ", hours) % {"n": hours})
    if not days and (left or not hours):
        parts.append(ngettext("%(n)s phút", "%(n)s phút", left) % {"n": left})
    return " ".join(parts)
