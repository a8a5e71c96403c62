"""An enterprise: who it is, and the establishments through which it works."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from atvsld.platform.access.actor import Actor
from atvsld.platform.acts import Rejected, clock
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.pages import Page, PageAction, act_of, actor_of, apply_problems, requires, say
from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments import labels, queries, tax_codes
from atvsld.registers.establishments.actions.enterprises import change_enterprise
from atvsld.registers.establishments.models import Enterprise
from atvsld.registers.establishments.policy import CHANGE, ENTERPRISES, READ
from atvsld.registers.establishments.web.edit import page


class EnterprisePage(Page):
    """One enterprise with the establishments of it that the asker may see."""

    permission = READ
    template_name = "establishments/enterprise.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = visible_or_404(self.request, self.kwargs["enterprise_id"])
        may_change = bool(ENTERPRISES.decide(self.actor, CHANGE, record))
        change_url = reverse("establishments:change_enterprise", args=[record.public_id])
        units = queries.visible(self.actor).filter(enterprise=record)
        today = clock.local_day(self.request.now)  # type: ignore[attr-defined]
        return super().get_context_data(
            title=record.name,
            enterprise=record,
            facts=[
                (_("Mã số doanh nghiệp"), tax_codes.display(record.tax_code)),
                (_("Loại hình"), labels.ownership(record.ownership_type, today)),
                (_("Nơi đặt trụ sở chính"), record.headquarters_place.name),
                (_("Công ty mẹ"), record.parent.name if record.parent else ""),
                (_("Ban quản lý khu"), _body_name(record.zone_authority)),
                (_("Bộ quản lý ngành"), record.sector_ministry),
            ],
            units=queries.with_workers(units.select_related("place").order_by("tax_code")),
            page_actions=[PageAction(_("Sửa thông tin"), change_url, "edit", primary=True)] if may_change else [],
            history=timeline(record),
            **kwargs,
        )


class EnterpriseForm(forms.Form):
    """What is stated of an enterprise."""

    name = forms.CharField(label=gettext_lazy("Tên doanh nghiệp"), max_length=300)
    parent = forms.CharField(
        label=gettext_lazy("Mã số công ty mẹ"), max_length=14, required=False, help_text=gettext_lazy("10 chữ số.")
    )
    zone_authority = forms.ModelChoiceField(
        label=gettext_lazy("Ban quản lý khu kinh tế, khu công nghiệp"), queryset=Body.objects.none(), required=False
    )
    sector_ministry = forms.CharField(label=gettext_lazy("Bộ quản lý ngành"), max_length=200, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["zone_authority"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = zone_authorities()

    def clean_parent(self) -> Enterprise | None:
        code = tax_codes.normalise(self.cleaned_data["parent"])
        if not code:
            return None
        found = Enterprise.objects.filter(tax_code=code).first()
        if found is None:
            raise forms.ValidationError(_("Chưa có doanh nghiệp mang mã số này."))
        return found


@requires(CHANGE)
def change(request: HttpRequest, enterprise_id: str) -> HttpResponse:
    """The facts of an enterprise anew."""
    record = visible_or_404(request, enterprise_id, CHANGE)
    initial = {
        "name": record.name,
        "parent": record.parent.tax_code if record.parent else "",
        "zone_authority": record.zone_authority_id,
        "sector_ministry": record.sector_ministry,
        "version": record.version,
    }
    form = EnterpriseForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        values = dict(form.cleaned_data)
        version = values.pop("version")
        try:
            change_enterprise(act_of(request), enterprise=record, version=version, values=values)
        except Rejected as error:
            apply_problems(form, error)
        else:
            say(request, _("Đã ghi thay đổi."))
            return redirect("establishments:enterprise", enterprise_id)
    back = reverse("establishments:enterprise", args=[enterprise_id])
    return page(request, form, title=_("Sửa: %(name)s") % {"name": record.name}, back=back)


def visible_or_404(request: HttpRequest, public_id: str, permission: str = READ) -> Enterprise:
    """The enterprise whose head office or one of whose establishments lies within the asker's reach."""
    actor: Actor = actor_of(request)
    held = Enterprise.objects.select_related("headquarters_place", "parent", "zone_authority")
    found = ENTERPRISES.restrict(held, actor, permission)
    if permission == READ:
        found = held.filter(ENTERPRISES.filter(actor, READ)) | held.filter(
            pk__in=queries.visible(actor).values("enterprise")
        )
    return get_object_or_404(found, public_id=public_id)


def zone_authorities() -> QuerySet[Body]:
    """Bodies that hold the function of a zone authority on some day."""
    return Body.objects.filter(functions__function="zone_authority").distinct()


def _body_name(body: Body | None) -> str:
    return "" if body is None else str(body)
