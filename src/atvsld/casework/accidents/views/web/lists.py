"""The work list of cases, and looking a victim up by name."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import READ_IDENTITY
from atvsld.casework.accidents.queries import search
from atvsld.casework.accidents.views import actions, work
from atvsld.casework.accidents.views.web.forms import NameForm
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import act_of, requires
from atvsld.registers.duties.policy import READ as READ_DUTIES


class WorkList(ListPage):
    """Cases in procedure, the nearest term first."""

    permission = READ_DUTIES
    model = AccidentCase
    table_class = work.WorkTable
    filter_class = work.WorkFilter
    title = gettext_lazy("Vụ đang giải quyết")
    pretitle = gettext_lazy("Tai nạn lao động")
    search_help = gettext_lazy("Số hồ sơ, mã vụ, tên cơ sở hoặc mã số thuế")
    export_name = "vu-dang-giai-quyet"
    order = work.NEAREST  # type: ignore[assignment] # an expression orders as a name does
    empty_title = gettext_lazy("Không có vụ nào đang giải quyết trong phạm vi của bạn")

    def get_queryset(self) -> QuerySet[AccidentCase]:
        return work.cases(self.actor)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return search(queryset, text)


@requires(READ_IDENTITY)
def find_person(request: HttpRequest) -> HttpResponse:
    """Victims by name: sent in the body, so that no name stands in an address or a log; each search is recorded."""
    form = NameForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = actions.find_victims(act_of(request), text=form.cleaned_data["name"])
    context = {"title": _("Tìm theo tên người bị nạn"), "form": form, "found": found}
    response = render(request, "accident_views/find_person.html", context, status=422 if form.errors else 200)
    response["Cache-Control"] = "no-store"
    return response
