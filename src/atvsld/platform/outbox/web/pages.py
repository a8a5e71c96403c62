"""One's own messages: nobody opens another's."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.platform.outbox import posting
from atvsld.platform.ui.pages import actor_of, requires, say

PER_PAGE = 30


@requires("")
def inbox(request: HttpRequest) -> HttpResponse:
    """The messages, newest first."""
    only_unread = request.GET.get("loc") == "chua-doc"
    held = posting.own(_owner(request))
    shown = held.filter(read_at__isnull=True) if only_unread else held
    context = {
        "title": _("Hộp thư"),
        "page": Paginator(shown, PER_PAGE).get_page(request.GET.get("trang")),
        "only_unread": only_unread,
        "has_any": only_unread and held.exists(),
    }
    return render(request, "outbox/inbox.html", context)


@require_POST
@requires("")
def open_message(request: HttpRequest, public_id: str) -> HttpResponse:
    """Note that a message was read and go to what it speaks of."""
    message = posting.own(_owner(request)).filter(public_id=public_id.replace("\x00", "")).first()
    if message is None:
        raise Http404
    posting.mark_read(_owner(request), at=request.now, public_id=message.public_id)  # type: ignore[attr-defined]
    safe = message.url and url_has_allowed_host_and_scheme(message.url, allowed_hosts=None)
    return redirect(message.url if safe else "outbox:inbox")


@require_POST
@requires("")
def read_all(request: HttpRequest) -> HttpResponse:
    """Note that all messages were read."""
    posting.mark_read(_owner(request), at=request.now)  # type: ignore[attr-defined]
    say(request, _("Đã đánh dấu mọi thư là đã đọc."))
    return redirect("outbox:inbox")


def _owner(request: HttpRequest) -> int:
    user_id = actor_of(request).user_id or request.user.pk
    assert user_id is not None  # signed in, says the guard
    return user_id
