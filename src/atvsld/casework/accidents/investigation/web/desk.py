"""What every page of an investigation begins with: the case in the area, and whether the actor may work on it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.investigation.policy import PARTIES, READ_STATEMENT, may_answer, may_work
from atvsld.casework.accidents.investigation.record import Record
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import READ
from atvsld.casework.accidents.procedure.facade import file_of
from atvsld.kit.ids import is_ulid, new_ulid
from atvsld.platform.acts import Refused, clock
from atvsld.platform.ui.pages import actor_of

M = TypeVar("M", bound=Model)


@dataclass(slots=True)
class Desk:
    """A case on somebody's desk.

    `works`: may change the investigation; `reads`: may open what is sealed; `answers`: the parties (`employer`,
    `commune_committee`) for which the actor records what they did themselves.
    """

    case: AccidentCase
    record: Record
    works: bool
    reads: bool
    answers: frozenset[str]

    @property
    def back(self) -> str:
        return reverse("accident_investigation:page", args=[self.case.public_id])


def desk_or_404(request: HttpRequest, public_id: str, *, work: bool = True) -> Desk:
    """The desk of a case in the actor's area that has a file; `Refused` when `work` is asked and not allowed."""
    actor = actor_of(request)
    visible = queries.visible_cases(actor, READ).select_related("place", "establishment")
    case = visible.filter(public_id=public_id.replace("\x00", "")).first()
    file = file_of(case) if case is not None else None
    if case is None or file is None:
        raise Http404
    file.case = case
    record = Record(file, today=clock.local_day(request.now))  # type: ignore[attr-defined]
    works = may_work(actor, case, record.level)
    if work and not works:
        raise Refused(_("Vụ này đang ở cấp khác điều tra; tài khoản chỉ xem được phần đã công bố."))
    answers = frozenset(party for party in PARTIES if may_answer(actor, case, record.level, party))
    return Desk(case, record, works, may_work(actor, case, record.level, READ_STATEMENT), answers)


def require_answer(desk: Desk, parties: Iterable[str]) -> frozenset[str]:
    """Those of the parties for which the actor answers; `Refused` when there is none."""
    own = desk.answers & frozenset(parties)
    if not own:
        raise Refused(_("Việc này do bên khác ghi."))
    return own


def part_or_404(parts: QuerySet[M], public_id: str) -> M:
    """One part of the case by its public id."""
    found = parts.filter(public_id=public_id.replace("\x00", "")).first()
    if found is None:
        raise Http404
    return found


def key_of(request: HttpRequest) -> str:
    """The key made with the page, by which sending twice is sending once."""
    sent = request.POST.get("key", "")
    return sent if request.method == "POST" and is_ulid(sent) else new_ulid()


def version_of(form: Any) -> int:
    return int(form.cleaned_data.get("version") or 0)
