"""Forms of this room."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from atvsld.casework.accidents import queries
from atvsld.casework.accidents.models import AccidentCase
from atvsld.casework.accidents.policy import CHANGE
from atvsld.casework.accidents.views.actions.handing import Recipient
from atvsld.casework.accidents.views.actions.inviting import Guest
from atvsld.platform.access.actor import Actor
from atvsld.platform.accounts.models import User
from atvsld.platform.ui.form_fields import DayField
from atvsld.registers.bodies.models import Body
from atvsld.registers.bodies.queries import in_force
from atvsld.registers.places.models import Place


class InvitationForm(forms.Form):
    """A body of today, or one person by account; until when and why."""

    body = forms.ModelChoiceField(
        label=_("Cơ quan được mời"), queryset=Body.objects.none(), required=False,
        help_text=_("Mọi người đang giữ chức trách tại cơ quan này đều xem được."),
    )  # fmt: skip
    person = forms.CharField(
        label=_("Hoặc một người"), max_length=150, required=False, help_text=_("Tên đăng nhập hoặc thư điện tử.")
    )
    valid_to = DayField(label=_("Xem được đến hết ngày"))
    identities = forms.BooleanField(
        label=_("Cho xem danh tính người bị nạn và văn bản"), required=False,
        help_text=_("Văn bản ghi tên người nên chỉ mở cùng danh tính. Mỗi lượt xem được ghi lại."),
    )  # fmt: skip
    reason = forms.CharField(label=_("Lý do mời"), max_length=300)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies: Any = self.fields["body"]
        bodies.queryset = Body.objects.filter(in_force(day)).order_by("name_folded")

    def clean_person(self) -> User | None:
        text = self.cleaned_data["person"].strip()
        if not text:
            return None
        found = User.objects.filter(Q(username__iexact=text) | Q(email__iexact=text), is_active=True).first()
        if found is None:
            raise forms.ValidationError(_("Không có tài khoản nào như vậy."))
        return found

    def guest(self) -> Guest:
        stated = self.cleaned_data
        return Guest(stated["valid_to"], stated["reason"], stated["person"], stated["body"], stated["identities"])


class TransferForm(forms.Form):
    """Where a case belongs, and why it was recorded elsewhere."""

    place = forms.ModelChoiceField(label=_("Chuyển đến đơn vị"), queryset=Place.objects.none())
    reason = forms.CharField(
        label=_("Lý do chuyển"), max_length=300, help_text=_("Ví dụ: tai nạn xảy ra ở địa bàn xã khác.")
    )
    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, max_length=26)

    def __init__(self, *args: Any, case: AccidentCase, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: Any = self.fields["place"]
        standing = Place.objects.filter(in_force(day), level=Place.Level.COMMUNE).exclude(pk=case.place_id)
        places.queryset = standing.order_by("name_folded")


class HandOverForm(forms.Form):
    """A body of the register or another one, the letter, and why."""

    body = forms.ModelChoiceField(
        label=_("Cơ quan nhận"), queryset=Body.objects.none(), required=False, empty_label=_("Chọn trong danh bạ")
    )
    name = forms.CharField(
        label=_("Hoặc cơ quan khác"), max_length=250, required=False,
        help_text=_("Ví dụ: cơ quan chuyên ngành của lĩnh vực đặc thù, Sở Nội vụ tỉnh khác."),
    )  # fmt: skip
    document = forms.CharField(label=_("Số công văn chuyển"), max_length=60, required=False)
    reason = forms.CharField(label=_("Lý do chuyển"), max_length=300)
    version = forms.IntegerField(widget=forms.HiddenInput)
    key = forms.CharField(widget=forms.HiddenInput, max_length=26)

    def __init__(self, *args: Any, day: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies: Any = self.fields["body"]
        bodies.queryset = Body.objects.filter(in_force(day)).order_by("name_folded")

    def recipient(self) -> Recipient:
        stated = self.cleaned_data
        return Recipient(stated["body"], stated["name"], stated["document"])


class JoinForm(forms.Form):
    """The other record of the same accident, by number, and which of the two is kept."""

    number = forms.CharField(label=_("Số hồ sơ của vụ kia"), max_length=30, help_text=_("Ví dụ TN-2026-000123."))
    keep = forms.ChoiceField(
        label=_("Giữ lại"), choices=[("this", _("Hồ sơ đang mở")), ("other", _("Hồ sơ kia"))], widget=forms.RadioSelect,
        initial="this",
    )  # fmt: skip

    def __init__(self, *args: Any, case: AccidentCase, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.case, self.actor = case, actor

    def clean_number(self) -> AccidentCase:
        text = self.cleaned_data["number"].strip()
        visible = queries.visible_cases(self.actor, CHANGE).exclude(pk=self.case.pk)
        found = [one for one in queries.search(visible, text)[:20] if one.number.lower() == text.lower()]
        if len(found) != 1:
            raise forms.ValidationError(_("Không có hồ sơ khác mang số này trong phạm vi được sửa của bạn."))
        return found[0]


class PurposeForm(forms.Form):
    """Why names are read."""

    purpose = forms.CharField(label=_("Mục đích"), max_length=300)


class NameForm(forms.Form):
    """A victim's name, or a part of it."""

    name = forms.CharField(label=_("Họ tên người bị nạn"), min_length=3, max_length=100)
