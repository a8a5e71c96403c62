"""The lists of cases and victims, and suggestions while typing."""

from __future__ import annotations

import re

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.html import format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.filters import CaseFilter, VictimFilter
from atvsld.casework.accidents.listing import CaseTable, VictimTable
from atvsld.casework.accidents.models import AccidentCase, Victim
from atvsld.casework.accidents.policy import CASES, CREATE, IMPORT, READ, VICTIMS
from atvsld.casework.accidents.web.fields import suggestion
from atvsld.kit.text import format_number
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import PageAction, actor_of, requires
from atvsld.registers.establishments import facade as establishments

_CELL = re.compile(r"(?P<form>[\w-]{1,20}):(?P<table>[\w.-]{1,20}):(?P<row>[\w.-]{1,30}):(?P<column>[\w.-]{1,10})")
_VALUE = re.compile(r"\d{1,12}")


class _Records(ListPage):
    permission = READ
    pretitle = gettext_lazy("Tai nạn lao động")
    search_help = gettext_lazy("Số hồ sơ, mã vụ, tên cơ sở hoặc mã số thuế")

    def figure(self) -> str | Promise:
        """Which figure of a form the list explains, and whether the records still add up to it."""
        cell = _CELL.fullmatch(self.request.GET.get("figure", ""))
        printed = self.request.GET.get("value", "")
        if cell is None or not _VALUE.fullmatch(printed):
            return ""
        found = self.rows.count()
        said = {**cell.groupdict(), "value": format_number(int(printed)), "found": format_number(found)}
        if found == int(printed):
            return _("Biểu %(form)s, bảng %(table)s, dòng %(row)s, cột %(column)s ghi %(value)s: "
                     "khớp với %(found)s hồ sơ dưới đây.") % said  # fmt: skip
        return _("Biểu %(form)s, bảng %(table)s, dòng %(row)s, cột %(column)s ghi %(value)s; nay danh sách này có "
                 "%(found)s hồ sơ. Hồ sơ đã thay đổi sau khi lập biểu, hoặc một phần nằm ngoài phạm vi của bạn.") % said  # fmt: skip  # noqa: E501


class CaseList(_Records):
    """Cases, newest first."""

    policy = CASES
    model = AccidentCase
    table_class = CaseTable
    filter_class = CaseFilter
    title = gettext_lazy("Vụ tai nạn lao động")
    order = ("-occurred_at", "-pk")
    export_name = "vu-tai-nan"
    empty_text = gettext_lazy("Ghi nhận vụ đầu tiên, hoặc nhập từ tệp.")

    def get_queryset(self) -> QuerySet[AccidentCase]:
        return AccidentCase.objects.select_related("place", "establishment")

    def search(self, queryset: QuerySet[AccidentCase], text: str) -> QuerySet[AccidentCase]:
        return queries.search(queryset, text)

    def actions(self) -> list[PageAction]:
        offered = [
            (IMPORT, PageAction(_("Nhập từ tệp"), "/nhap-du-lieu/", "file-upload")),
            (CREATE, PageAction(_("Ghi nhận vụ mới"), "/tai-nan/moi/", "plus", primary=True)),
        ]
        return [action for permission, action in offered if self.actor.may(permission)]


class VictimList(_Records):
    """Victims, newest accident first; names are initials."""

    policy = VICTIMS
    model = Victim
    table_class = VictimTable
    filter_class = VictimFilter
    title = gettext_lazy("Người bị nạn")
    order = ("-case__occurred_at", "-case_id", "position")
    export_name = "nguoi-bi-nan"

    def get_queryset(self) -> QuerySet[Victim]:
        return Victim.objects.select_related("case", "case__place", "case__establishment")

    def search(self, queryset: QuerySet[Victim], text: str) -> QuerySet[Victim]:
        """By the case they belong to; names are not searched, that would tell them to anyone."""
        return queryset.filter(case__in=queries.search(AccidentCase.objects.all(), text))


@requires(CREATE)
def suggest(request: HttpRequest) -> HttpResponse:
    """Establishments that fit what is being typed, as options of a list."""
    text = request.GET.get("establishment_tax_code", "").replace("\x00", "").strip()[:100]
    found = establishments.find(actor_of(request), text, limit=12) if len(text) >= 2 else []
    return HttpResponse(format_html_join("", '<option value="{}"></option>', ((suggestion(one),) for one in found)))
