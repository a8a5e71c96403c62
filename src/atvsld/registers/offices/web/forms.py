"""Forms about accounts and offices."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.registers.bodies.models import Body
from atvsld.registers.establishments.models import Establishment
from atvsld.registers.offices.actions.offices import OfficeDraft
from atvsld.registers.offices.listing import role_name
from atvsld.registers.offices.roles import roles
from atvsld.registers.places.models import Place


def day_field(**kwargs: Any) -> forms.DateField:
    """A day typed or picked; browsers send it as ISO."""
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"), **kwargs)


class UserForm(forms.Form):
    full_name = forms.CharField(label=_("Họ và tên"), max_length=200)
    username = forms.SlugField(label=_("Tên đăng nhập"), max_length=60, help_text=_("Chữ không dấu, số, gạch nối."))
    email = forms.EmailField(label=_("Thư điện tử"), required=False)
    password = forms.CharField(
        label=_("Mật khẩu ban đầu"),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text=_("Từ 10 ký tự. Người dùng đổi lại sau lần đăng nhập đầu."),
    )


class OfficeForm(forms.Form):
    role = forms.ChoiceField(label=_("Vai trò"))
    place = forms.ModelChoiceField(
        label=_("Địa bàn"),
        queryset=Place.objects.none(),
        required=False,
        help_text=_("Cho cán bộ: quyền có hiệu lực trên địa bàn này và mọi đơn vị bên trong."),
    )
    establishment = forms.CharField(
        label=_("Mã số thuế của cơ sở"), required=False, help_text=_("Chỉ cho người làm công tác ATVSLĐ của cơ sở.")
    )
    body = forms.ModelChoiceField(label=_("Cơ quan"), queryset=Body.objects.none(), required=False)
    valid_from = day_field(label=_("Từ ngày"))
    valid_to = day_field(label=_("Đến hết ngày"), required=False, help_text=_("Để trống nếu chưa có hạn."))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        standing = Q(valid_to__isnull=True) | Q(valid_to__gte=on)
        # Province level first, then by name.
        self.fields["place"].queryset = (  # type: ignore[attr-defined]
            Place.objects.filter(standing, level__in=["province", "commune"], valid_from__lte=on)
            .filter(Q(level="commune") | Q(children__isnull=False))
            .distinct()
            .order_by("-level", "name")
        )
        self.fields["body"].queryset = Body.objects.filter(standing, valid_from__lte=on).order_by("name")  # type: ignore[attr-defined]
        self.fields["role"].choices = [(slug, role_name(role)) for slug, role in roles().items()]  # type: ignore[attr-defined]

    def clean_establishment(self) -> Establishment | None:
        code = self.cleaned_data["establishment"].strip()
        if not code:
            return None
        found = Establishment.objects.filter(tax_code=code.replace("-", "").replace(" ", "")).first()
        found = found or Establishment.objects.filter(tax_code=code).first()
        if found is None:
            raise forms.ValidationError(_("Không có cơ sở nào mang mã số thuế này."))
        return found

    def draft(self) -> OfficeDraft:
        held = self.cleaned_data
        return OfficeDraft(
            role=held["role"],
            valid_from=held["valid_from"],
            place=held["place"],
            establishment=held["establishment"],
            body=held["body"],
            valid_to=held["valid_to"],
        )


class EndForm(forms.Form):
    last_day = day_field(label=_("Ngày cuối cùng còn giữ chức trách"))
    reason = forms.CharField(label=_("Lý do"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}))
