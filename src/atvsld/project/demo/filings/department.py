"""What the department did: took reports in, returned some, consolidated, accepted; then a correction arrived."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random

from atvsld.kit.ids import new_ulid
from atvsld.oversight.consolidation.actions import accept as accept_consolidation
from atvsld.oversight.consolidation.service import Request
from atvsld.oversight.filing import actions
from atvsld.oversight.filing.actions import Edit
from atvsld.oversight.filing.models import Filing
from atvsld.platform.acts import Act, Rejected

# Places of the workers' own losses: what the department asked to be looked at again.
_ASKED = "Kiểm tra lại chi phí y tế và tổng chi phí (số liệu mẫu)"
_WHY = "Đã đối chiếu lại chứng từ (số liệu mẫu)"
FORMS = ("ND39-XIV", "ND39-XV", "TT07-III")
_RETURNED = 6
# Taken in so far; the others wait.
_ACCEPTED = {"R1": 300, "R2": 60, "R8": 150}


def work(act: Act, period: str, chance: Random) -> None:
    """Returns and corrections before the consolidation, the acceptance, one correction after."""
    year = int(period) + 1
    returned = _told(period, chance)
    for filing in returned[:_RETURNED]:
        _return(_at(act, datetime(year, 1, 12, 3, tzinfo=UTC)), filing)
    for filing in returned[: _RETURNED - 2]:  # two are still being mended
        _correct(_at(act, datetime(year, 1, 14, 3, tzinfo=UTC)), filing, days=3)
    accepting = _at(act, datetime(year, 1, 19, 3, tzinfo=UTC))
    waiting = Filing.objects.filter(period=period, state=Filing.State.SUBMITTED, submitted_at__lt=accepting.at)
    for report, most in _ACCEPTED.items():
        chosen = waiting.filter(report=report).select_related("current").order_by("pk")[:most]
        actions.accept_many(accepting, chosen=[(filing, filing.version) for filing in chosen])
    for form in FORMS:
        if Filing.objects.filter(period=period, state__in=Filing.COUNTED).exists():
            _consolidate(_at(act, datetime(year, 1, 20, 3, tzinfo=UTC)), form, period)
    # A correction that came when all was accepted already.
    for filing in returned[_RETURNED : _RETURNED + 1]:
        _return(_at(act, datetime(year, 2, 9, 3, tzinfo=UTC)), filing)
        _correct(_at(act, datetime(year, 2, 10, 3, tzinfo=UTC)), filing, days=15)


def _told(period: str, chance: Random) -> list[Filing]:
    """Reports of accidents with something to tell, handed in in time, in a chance order."""
    found = list(
        Filing.objects.filter(report="R1", period=period, state=Filing.State.SUBMITTED, nil=False, late=False).order_by(
            "pk"
        )
    )
    chance.shuffle(found)
    return found


def _return(act: Act, filing: Filing) -> None:
    filing.refresh_from_db()
    actions.return_filing(act, filing=filing, version=filing.version, remarks={"II/3/1": _ASKED})


def _correct(act: Act, filing: Filing, *, days: int) -> None:
    """More days lost than first told, with a reason."""
    filing.refresh_from_db()
    told = (filing.current.content["figures"]["II"]["3"]["1"] if filing.current else None) or "0"
    more = str(int(float(told)) + days)
    actions.save_cells(act, filing=filing, edits=[Edit("II/3/1", None, more, _WHY)])
    filing.refresh_from_db()
    actions.submit(act, filing=filing, key=new_ulid(), version=filing.version, reason=_WHY)


def _consolidate(act: Act, form: str, period: str) -> None:
    try:
        accept_consolidation(act, request=Request(form, period), key=new_ulid())
    except Rejected:
        return  # a small demo may have nothing to add up


def _at(act: Act, moment: datetime) -> Act:
    """The same actor at the moment of the story."""
    return replace(act, at=moment + timedelta(minutes=7))
