"""The list of people who may sign in, with the offices they hold today."""

from __future__ import annotations

from typing import Any

import django_filters
import django_tables2 as tables
from django.db.models import Q, QuerySet
from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from atvsld.platform.accounts.models import User
from atvsld.platform.ui.filters import YesNoFilter
from atvsld.platform.ui.tables import BooleanWordColumn, DayColumn, ListTable, RecordColumn
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.roles import Role, roles


def role_name(role: Role) -> str:
    return role.label_en if get_language() == "en" else role.label_vi


def office_name(office: Office) -> str:
    """Role and reach in one line."""
    role = roles().get(office.role)
    where = office.establishment or office.place
    return f"{role_name(role) if role else office.role} · {where}"


class UserTable(ListTable):
    optional = ("phone", "date_joined")
    fixed = ("full_name",)

    full_name = RecordColumn("offices:user", verbose_name=_("Họ và tên"))
    username = tables.Column(verbose_name=_("Tên đăng nhập"))
    held = tables.Column(verbose_name=_("Chức trách đang giữ"), orderable=False, empty_values=())
    email = tables.Column(verbose_name=_("Thư điện tử"))
    phone = tables.Column(verbose_name=_("Điện thoại"))
    is_active = BooleanWordColumn(verbose_name=_("Còn dùng"))
    last_login = DayColumn(verbose_name=_("Đăng nhập gần nhất"), with_time=True)
    date_joined = DayColumn(verbose_name=_("Lập ngày"))

    class Meta(ListTable.Meta):
        model = User
        fields = ("full_name", "username", "held", "email", "phone", "is_active", "last_login", "date_joined")

    def render_held(self, record: Any) -> Any:
        if not record.held:
            return format_html('<span class="unknown">{}</span>', gettext("chưa có"))
        return format_html_join("", "<div>{}</div>", ((office_name(office),) for office in record.held))

    def value_held(self, record: Any) -> str:
        return "; ".join(office_name(office) for office in record.held)


def _roles() -> list[tuple[str, str]]:
    return [(slug, role_name(role)) for slug, role in roles().items()]


class UserFilter(django_filters.FilterSet):
    role = django_filters.ChoiceFilter(label=_("Vai trò"), choices=_roles, field_name="offices__role", distinct=True)
    without = YesNoFilter(label=_("Chưa có chức trách"), field_name="offices", lookup_expr="isnull", distinct=True)
    is_active = YesNoFilter(label=_("Còn dùng"))

    class Meta:
        model = User
        fields: list[str] = []


def search(queryset: QuerySet[User], text: str) -> QuerySet[User]:
    """Users whose login name, mail or name contains the text, with or without tone marks."""
    # A few hundred people: their names are folded here instead of being kept folded.
    from atvsld.kit.text import fold

    named = [pk for pk, name in queryset.values_list("pk", "full_name") if text in fold(name)]
    return queryset.filter(Q(pk__in=named) | Q(username__icontains=text) | Q(email__icontains=text))
