"""Fixing and lifting the baseline of a target."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.oversight.indicators import policy, service
from atvsld.oversight.indicators.actions import lift_baseline, lock_baseline
from atvsld.oversight.indicators.facade import default_place
from atvsld.oversight.indicators.models import Baseline
from atvsld.platform.ui.pages import act_of, actor_of, requires, say

LONGEST_VERSION = 6


@require_POST
@requires(policy.LOCK)
def lock(request: HttpRequest, target: str) -> HttpResponse:
    """Fix the baseline as it is now."""
    get = request.POST.get
    place = get("place", "") or default_place(actor_of(request))
    lock_baseline(act_of(request), target=target, place=place, document=get("document", ""))
    say(request, _("Đã khóa mức năm gốc."))
    return redirect(_page(target))


@require_POST
@requires(policy.LOCK)
def lift(request: HttpRequest, target: str, public_id: str) -> HttpResponse:
    """Lift a fixed baseline, with a reason."""
    held = policy.BASELINES.restrict(Baseline.objects.all(), actor_of(request), policy.LOCK)
    found = held.filter(public_id=public_id, target=target).first()
    version = request.POST.get("version", "")
    if found is None or not version.isdecimal() or len(version) > LONGEST_VERSION:
        raise Http404
    lift_baseline(act_of(request), baseline=found, version=int(version), why=request.POST.get("why", ""))
    say(request, _("Đã mở khóa mức năm gốc."))
    return redirect(_page(target))


def _page(target: str) -> str:
    return reverse("indicators:fatal_rate") if target == service.FATAL_RATE else reverse(
        "indicators:counted", args=[target]
    )  # fmt: skip
