"""People, the offices they hold, and giving and ending them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.platform.access.permissions import all_permissions
from atvsld.platform.accounts.models import User
from atvsld.platform.acts import Rejected
from atvsld.platform.acts.clock import local_day
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction, act_of, actor_of, apply_problems, requires, say
from atvsld.registers.offices import listing, queries
from atvsld.registers.offices.actions import offices as actions
from atvsld.registers.offices.models import Office
from atvsld.registers.offices.policy import CHANGE, HISTORY_READ, READ
from atvsld.registers.offices.roles import roles
from atvsld.registers.offices.web import forms


class UserList(ListPage):
    permission = READ
    model = User
    table_class = listing.UserTable
    filter_class = listing.UserFilter
    title = gettext_lazy("Người dùng và chức trách")
    pretitle = gettext_lazy("Quản trị")
    order = ("full_name", "pk")
    export_name = "nguoi-dung"

    def get_queryset(self) -> QuerySet[Any]:
        return queries.visible_users(self.actor, local_day(self.request.now))  # type: ignore[attr-defined]

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return listing.search(queryset, text)

    def actions(self) -> list[PageAction]:
        found = [PageAction(_("Các vai trò"), reverse("offices:roles"), "list-details")]
        if self.actor.may(CHANGE):
            found.append(PageAction(_("Lập tài khoản"), reverse("offices:create"), "plus", primary=True))
        return found


class RoleList(Page):
    """Every role with what it allows: the matrix of roles and permissions, as it stands in the program."""

    permission = READ
    template_name = "offices/roles.html"
    title = gettext_lazy("Các vai trò")
    pretitle = gettext_lazy("Quản trị")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = all_permissions()
        rows = [
            (entry, [(code in role.permissions, code in role.own) for role in roles().values()])
            for code, entry in every.items()
        ]
        named = [(role, listing.role_name(role)) for role in roles().values()]
        return super().get_context_data(roles=named, rows=rows, **kwargs)


class UserRecord(Page):
    permission = READ
    template_name = "offices/user.html"
    pretitle = gettext_lazy("Người dùng")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        today = local_day(self.request.now)  # type: ignore[attr-defined]
        person = get_object_or_404(queries.visible_users(self.actor, today), public_id=self.kwargs["public_id"])
        offices = queries.visible_offices(self.actor).filter(user=person).order_by("-valid_from", "pk")
        rows = [
            (office, listing.office_name(office), office.valid_to is None or office.valid_to >= today)
            for office in offices
        ]
        facts = [
            (_("Tên đăng nhập"), person.username),
            (_("Thư điện tử"), person.email),
            (_("Điện thoại"), person.phone),
            (_("Còn dùng"), _("Có") if person.is_active else _("Không")),
        ]
        history = None
        if self.actor.may(HISTORY_READ):
            # Only the offices that this reader may see.
            parts: list[Any] = [(Office, {"id": office.pk}, name) for office, name, _held in rows]
            history = timeline_of(parts)
        may_change = self.actor.may(CHANGE)
        actions_ = [PageAction(_("Giao chức trách"), reverse("offices:give", args=[person.public_id]), "plus", True)]
        return super().get_context_data(
            person=person,
            title=str(person),
            facts_of_person=facts,
            rows=rows,
            may_change=may_change,
            page_actions=actions_ if may_change else [],
            history=history,
            **kwargs,
        )


def timeline_of(parts: list[Any]) -> list[Any]:
    """The acts upon a person's offices."""
    if not parts:
        return []
    model, filters, _name = parts[0]
    return timeline(model(pk=filters["id"]), parts[1:])


@requires(CHANGE)
def create_user(request: HttpRequest) -> HttpResponse:
    form = forms.UserForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.create_user(act_of(request), **form.cleaned_data)
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã lập tài khoản. Hãy giao chức trách để người này làm việc được."))
            return redirect("offices:give", public_id=person.public_id)
    return _form(request, form, _("Lập tài khoản"), reverse("offices:list"))


@requires(CHANGE)
def give_office(request: HttpRequest, public_id: str) -> HttpResponse:
    today = local_day(request.now)  # type: ignore[attr-defined]
    person = get_object_or_404(queries.visible_users(actor_of(request), today), public_id=public_id)
    form = forms.OfficeForm(request.POST or None, on=today, initial={"valid_from": today})
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_office(act_of(request), user=person, draft=form.draft())
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã giao chức trách."))
            return redirect("offices:user", public_id=person.public_id)
    title = _("Giao chức trách cho %(name)s") % {"name": person}
    return _form(request, form, title, reverse("offices:user", args=[person.public_id]))


@requires(CHANGE)
def end_office(request: HttpRequest, pk: int) -> HttpResponse:
    office = get_object_or_404(queries.visible_offices(actor_of(request)), pk=pk)
    form = forms.EndForm(request.POST or None, initial={"last_day": local_day(request.now)})  # type: ignore[attr-defined]
    back = reverse("offices:user", args=[office.user.public_id])
    if request.method == "POST" and form.is_valid():
        act = act_of(request, form.cleaned_data["reason"])
        try:
            actions.end_office(act, office=office, last_day=form.cleaned_data["last_day"])
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã ghi ngày kết thúc chức trách."))
            return redirect(back)
    title = _("Kết thúc chức trách: %(office)s") % {"office": listing.office_name(office)}
    return _form(request, form, title, back)


def _form(request: HttpRequest, form: Any, title: str, cancel_url: str) -> HttpResponse:
    context = {"form": form, "title": title, "pretitle": _("Quản trị"), "cancel_url": cancel_url}
    return render(request, "ui/form.html", context, status=422 if form.errors else 200)
