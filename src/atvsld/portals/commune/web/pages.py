"""The plain pages around the report: three big choices, what was sent, what waits, what is owed."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from atvsld.casework.accidents.declarations import queries
from atvsld.casework.accidents.declarations.models import Declaration, Kind
from atvsld.casework.accidents.declarations.policy import CREATE
from atvsld.platform.ui.pages import actor_of, requires
from atvsld.registers.duties import facade as duties
from atvsld.registers.duties.policy import DUTIES
from atvsld.registers.duties.policy import READ as READ_DUTIES

COMMUNE = "commune_committee"
SHOWN = 30


@requires(CREATE)
def home(request: HttpRequest) -> HttpResponse:
    """Report an accident, go on with a draft, see what is owed."""
    drafts = list(queries.drafts_of(request.user.pk)[:5])
    sent = queries.latest(actor_of(request)).filter(recorded_by_id=request.user.pk).exclude(kind=Kind.COMMUNE)[:3]
    context = {"title": _("Trang chính"), "drafts": drafts, "owed": _owed(request).count(), "sent": list(sent)}
    return render(request, "commune/home.html", context)


@requires(CREATE)
def queue(request: HttpRequest) -> HttpResponse:
    """What waits on this telephone; the list is made there, for the server has not seen it yet."""
    return render(request, "commune/queue.html", {"title": _("Phiếu chờ gửi")})


@requires(CREATE)
def owed(request: HttpRequest) -> HttpResponse:
    """What the commune still has to do, with its terms."""
    now = request.now  # type: ignore[attr-defined]
    context = {"title": _("Việc xã còn phải làm"), "lines": duties.lines(_owed(request)[:SHOWN], now)}
    return render(request, "commune/owed.html", context)


@requires(CREATE)
def leave(request: HttpRequest) -> HttpResponse:
    """Signing out of a telephone that others use too: nothing unsent is lost without being asked."""
    return render(request, "commune/leave.html", {"title": _("Đăng xuất")})


@requires(CREATE)
def sent(request: HttpRequest, public_id: str) -> HttpResponse:
    """What was received, with its receipt, and what the commune does next."""
    found = queries.visible(actor_of(request)).filter(public_id=public_id.replace("\x00", ""))
    record = found.select_related("case", "receipt", "place").first()
    if record is None:
        raise Http404
    passed = Declaration.objects.filter(case=record.case, kind=Kind.COMMUNE, received_at=record.received_at).first()
    context = {"title": _("Đã nhận"), "record": record, "passed": passed, "next": _next(record, passed)}
    return render(request, "commune/sent.html", context)


def _owed(request: HttpRequest) -> Any:
    open_ones = duties.Duty.objects.filter(state=duties.Duty.State.OPEN, owner=COMMUNE)
    return DUTIES.restrict(open_ones, actor_of(request), READ_DUTIES).order_by("due_at", "pk")


def _next(record: Declaration, passed: Declaration | None) -> list[tuple[str, str]]:
    """What to do now: sentence and where it stands in the law."""
    told = record.content
    found: list[tuple[str, str]] = []
    if passed is not None:
        found.append((
            _("Đã báo nhanh lên cơ quan quản lý lao động cấp tỉnh, số %(number)s.") % {"number": passed.number},
            _("Nghị định 39/2016, Điều 10 khoản 3 điểm b"),
        ))  # fmt: skip
        if told.get("dead"):
            found.append((_("Gọi ngay cho Công an cấp xã."), _("Nghị định 129/2025, Điều 42 (đọc gián tiếp)")))
    elif told.get("severe") == 1 and told.get("labour_relation") == "none":
        found.append((
            _("Lập biên bản ghi nhận sự việc; những gì vừa ghi đã có sẵn trong hồ sơ vụ."),
            _("Luật An toàn, vệ sinh lao động, Điều 35 khoản 1; Nghị định 129/2025, Điều 43 (đọc gián tiếp)"),
        ))  # fmt: skip
    if told.get("details", {}).get("employed_by_kind") == "firm":
        found.append((
            _("Nhắc cơ sở tự khai báo: người sử dụng lao động phải khai báo và điều tra."),
            _("Luật An toàn, vệ sinh lao động, Điều 34 khoản 1 điểm b"),
        ))  # fmt: skip
    if not found:
        found.append((_("Không phải làm gì thêm lúc này; vụ đã vào sổ thống kê của xã."), ""))
    return found
