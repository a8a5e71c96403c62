"""Pairs of establishments that may be one: looked at, merged or told apart, and separated again."""

from __future__ import annotations

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.platform.acts import Rejected
from atvsld.platform.ui.pages import act_of, actor_of, requires, say
from atvsld.registers.establishments import queries
from atvsld.registers.establishments.actions import merging
from atvsld.registers.establishments.models import DuplicatePair, EstablishmentMerge
from atvsld.registers.establishments.policy import CHANGE

# Beyond this comparing takes longer than a page may; the worker does it.
AT_ONCE = 5_000


@requires(CHANGE)
def pairs(request: HttpRequest) -> HttpResponse:
    """Open pairs, the likeliest first, with what each of the two holds."""
    found = merging.open_pairs(queries.visible(actor_of(request), CHANGE))
    page = Paginator(found, 20).get_page(request.GET.get("trang"))
    behind = merging.counts_behind([record for pair in page for record in (pair.first, pair.second)])
    shown = [
        (pair, [(record, behind.get(record.pk, {}).items()) for record in (pair.first, pair.second)]) for pair in page
    ]
    return render(request, "establishments/duplicates.html", {"page": page, "shown": shown})


@requires(CHANGE)
@require_POST
def seek(request: HttpRequest) -> HttpResponse:
    """Compare the establishments of one's reach anew."""
    user_id = actor_of(request).user_id
    if user_id is not None and queries.visible(actor_of(request), CHANGE).count() > AT_ONCE:
        from atvsld.registers.establishments import jobs

        jobs.find_duplicates.defer(user_id=user_id)
        say(request, _("Đã giao máy so sánh; tải lại trang sau ít phút."))
    else:
        count = merging.find_duplicates(act_of(request))
        say(request, _("Có %(count)d cặp cần xem xét.") % {"count": count})
    return redirect("establishments:duplicates")


@requires(CHANGE)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """What a person found of one pair: which record is kept, or that they are two."""
    found = merging.open_pairs(queries.visible(actor_of(request), CHANGE))
    pair = get_object_or_404(found, pk=pk)
    choice = request.POST.get("quyet-dinh", "")
    if choice == DuplicatePair.State.DIFFERENT:
        merging.tell_apart(act_of(request), pair=pair)
        say(request, _("Đã ghi là hai cơ sở khác nhau."))
        return redirect("establishments:duplicates")
    records = {str(pair.first_id): (pair.first, pair.second), str(pair.second_id): (pair.second, pair.first)}
    if choice not in records:
        messages.warning(request, _("Chưa chọn cơ sở được giữ lại."))
        return redirect("establishments:duplicates")
    kept, absorbed = records[choice]
    try:
        merging.merge_establishments(act_of(request), kept=kept, absorbed=absorbed)
    except Rejected as rejected:
        messages.warning(request, " ".join(f"{one.message} {one.remedy}".strip() for one in rejected.problems))
        return redirect("establishments:duplicates")
    say(request, _("Đã gộp vào %(name)s; có thể tách lại ở trang cơ sở.") % {"name": kept.name})
    return redirect("establishments:establishment", kept.public_id)


@requires(CHANGE)
@require_POST
def separate(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a merging back."""
    visible = queries.visible(actor_of(request), CHANGE, merged=True)
    merge = get_object_or_404(
        EstablishmentMerge.objects.select_related("kept", "absorbed").filter(kept__in=visible, absorbed__in=visible),
        pk=pk,
    )
    try:
        merging.undo_merge(act_of(request), merge=merge)
    except Rejected as rejected:
        messages.warning(request, " ".join(one.message for one in rejected.problems))
    else:
        say(request, _("Đã tách lại %(name)s.") % {"name": merge.absorbed.name})
    return redirect("establishments:establishment", merge.absorbed.public_id)
