"""The book of papers: what was drafted and issued in one's reach, newest first."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from atvsld.platform.papers import queries
from atvsld.platform.papers.models import Paper
from atvsld.platform.papers.policy import CHANGE_TEMPLATE
from atvsld.platform.papers.registry import kind_of, kinds
from atvsld.platform.ui.pages import PageAction, actor_of, requires

PER_PAGE = 50


@requires("")
def index(request: HttpRequest) -> HttpResponse:
    """Papers by kind and state."""
    actor = actor_of(request)
    found = queries.within(actor)
    if kind := request.GET.get("loai", ""):
        found = found.filter(kind=kind)
    if (state := request.GET.get("trang-thai", "")) in Paper.State.values:
        found = found.filter(state=state)
    page = Paginator(found.order_by("-pk"), PER_PAGE).get_page(request.GET.get("trang"))
    context = {
        "title": _("Văn bản"),
        "page": page,
        "rows": [(paper, kind_of(paper.kind)) for paper in page],
        "kinds": [(one.code, one.label) for one in kinds()],
        "states": Paper.State.choices,
        "kind": kind,
        "state": state,
        "page_actions": [PageAction(_("Mẫu Word chính thức"), "/van-ban/mau/", "file-type-docx")]
        if actor.may(CHANGE_TEMPLATE)
        else [],
    }
    return render(request, "papers/list.html", context)
