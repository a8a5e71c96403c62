"""A person's calendar address: its page, and the calendar behind it, read without signing in by whoever has it."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import Page, act_of, requires, say
from atvsld.registers.duties import actions, ical, queries
from atvsld.registers.duties.actions.feeds import digest
from atvsld.registers.duties.models import CalendarFeed
from atvsld.registers.duties.policy import READ
from atvsld.registers.offices.grants import actor_for


class FeedPage(Page):
    """Whether the person has an address, since when, and how to make or revoke one."""

    permission = READ
    template_name = "duties/feed.html"
    title = gettext_lazy("Việc và hạn trong lịch của tôi")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        person = self.actor.user_id
        feed = CalendarFeed.objects.filter(user_id=person, revoked_at=None).first() if person else None
        return super().get_context_data(feed=feed, **kwargs)


@require_POST
@requires(READ)
def make(request: HttpRequest) -> HttpResponse:
    """A new address, shown in this one answer and never again."""
    feed, token = actions.make_feed(act_of(request))
    address = request.build_absolute_uri(reverse("duties:calendar", args=[token]))
    response = render(request, "duties/feed.html", {"title": FeedPage.title, "feed": feed, "address": address})
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@requires(READ)
def revoke(request: HttpRequest) -> HttpResponse:
    actions.revoke_feed(act_of(request))
    say(request, _("Đã hủy địa chỉ lịch. Chương trình lịch nào dùng địa chỉ cũ sẽ không đọc được nữa."))
    return redirect("duties:feed")


@require_safe
def calendar_file(request: Any, token: str) -> HttpResponse:
    """The duties that come to the person of this address, with the rights that person holds now."""
    feed = CalendarFeed.objects.filter(digest=digest(token), revoked_at=None).first()
    user = get_user_model().objects.filter(pk=feed.user_id).first() if feed else None
    if user is None:
        raise Http404
    day = clock.local_day(request.now)
    actor = actor_for(user, day)
    if not actor.may(READ):
        raise Http404
    found = queries.visible(actor).filter(queries.is_open() & queries.mine(actor, day)).order_by("due_at", "pk")
    content = ical.calendar(found, request.now, address=request.build_absolute_uri("/").rstrip("/"))
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="viec-va-han.ics"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
