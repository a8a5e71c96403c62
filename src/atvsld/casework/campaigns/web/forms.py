"""Forms of campaigns, and of the figures told of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from atvsld.casework.campaigns.asked import WORDS, AskedRow, Given
from atvsld.casework.campaigns.drafts import CampaignDraft, ResultDraft
from atvsld.casework.campaigns.models import Campaign, CampaignResult
from atvsld.kit.text import format_number
from atvsld.platform.ui.fields import attributes
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.formats_text import said
from atvsld.registers.bodies.models import Body

_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?")
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")


class CampaignForm(forms.Form):
    """A campaign of one year."""

    kind = forms.ChoiceField(label=_("Loại đợt"), choices=Campaign.Kind.choices)
    name = forms.CharField(
        label=_("Tên đợt"),
        max_length=200,
        required=False,
        help_text=_("Bỏ trống với Tháng hành động, Tháng Công nhân."),
    )
    year = forms.IntegerField(label=_("Năm"), min_value=2016, max_value=2100)
    theme = forms.CharField(
        label=_("Chủ đề"), max_length=400, required=False, help_text=_("Ghi đúng như văn bản phát động của năm.")
    )
    starts_on = DayField(label=_("Từ ngày"))
    ends_on = DayField(label=_("Đến ngày"))
    report_due = DayField(
        label=_("Hạn báo cáo"), required=False,
        help_text=_("Ngày cuối cùng còn đúng hạn. Luật không ấn định; văn bản hướng dẫn của từng năm ấn định."),
    )  # fmt: skip
    due_source = forms.CharField(
        label=_("Văn bản ấn định hạn"), max_length=200, required=False, help_text=_("Số, ngày, cơ quan ban hành.")
    )
    body_id = forms.TypedChoiceField(label=_("Cơ quan thường trực"), coerce=int)

    def __init__(self, *args: Any, bodies: Iterable[Body], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["body_id"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(body.pk, body.name) for body in bodies]

    def draft(self) -> CampaignDraft:
        """What the form states. Call on a valid form."""
        return CampaignDraft(**self.cleaned_data)

    @staticmethod
    def stated_by(campaign: Campaign) -> dict[str, Any]:
        """Initial values from a record."""
        return {name: getattr(campaign, name) for name in CampaignForm.base_fields}


class FigureField(forms.CharField):
    """A figure as people write it: 1.234 or 12,5. Empty is not told."""

    def __init__(self, *, decimals: int, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal" if decimals else "numeric", "autocomplete": "off", "class": "num"}
        if aloud := kwargs.pop("aloud", ""):
            attrs["aria-label"] = aloud
        super().__init__(required=False, max_length=24, widget=forms.TextInput(attrs=attrs), **kwargs)
        self.decimals = decimals

    def to_python(self, value: Any) -> Any:
        text = re.sub(r"\s", "", str(value or ""))
        if not text:
            return None
        if _GROUPED.fullmatch(text):
            return Decimal(text.replace(".", "").replace(",", "."))
        if _PLAIN.fullmatch(text):
            return Decimal(text.replace(",", "."))
        example = _("Chỉ ghi con số, ví dụ 1.250 hoặc 12,5.") if self.decimals else _("Chỉ ghi số nguyên, ví dụ 1.250.")
        raise forms.ValidationError(example)

    def run_validators(self, value: Any) -> None:
        """The limits of text do not apply to a number."""

    def prepare_value(self, value: Any) -> Any:
        return format_number(value, None) if isinstance(value, Decimal) else value


def _drawn(bound: Any) -> Any:
    """A field that knows its control as the kit draws it, tied to its errors."""
    bound.drawn = bound.as_widget(attrs=attributes(bound))
    return bound


class ResultForm(forms.Form):
    """One field for each figure asked (two where a pair is), three texts, and the reason of a correction."""

    def __init__(self, *args: Any, asked: tuple[AskedRow, ...], correcting: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.asked = asked
        for row in asked:
            label = said(row.label)
            self.fields[row.key] = FigureField(decimals=row.decimals, label=label)
            if row.pair:
                second = _("%(row)s: số đứng sau") % {"row": label}
                self.fields[f"{row.key}__of"] = FigureField(decimals=row.decimals, label=second, aloud=second)
        for name in WORDS:
            text = str(CampaignResult._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # noqa: SLF001
            self.fields[name] = forms.CharField(
                label=text[:1].upper() + text[1:], max_length=20_000, required=False,
                widget=forms.Textarea(attrs={"rows": 3}),
            )  # fmt: skip
        if correcting:
            self.fields["why"] = forms.CharField(
                label=_("Lý do đính chính"), max_length=300, required=False,
                help_text=_("Chỉ cần khi gửi bản đính chính."),
            )  # fmt: skip

    @property
    def lines(self) -> Iterator[tuple[AskedRow, Any, Any]]:
        """Each row with its field, and the second one of a pair."""
        for row in self.asked:
            yield row, _drawn(self[row.key]), _drawn(self[f"{row.key}__of"]) if row.pair else None

    @property
    def words(self) -> list[Any]:
        """The fields written in words."""
        return [self[name] for name in (*WORDS, "why") if name in self.fields]

    def clean(self) -> dict[str, Any]:
        """A second figure alone says nothing."""
        held = super().clean() or {}
        for row in self.asked:
            if row.pair and held.get(row.key) is None and held.get(f"{row.key}__of") is not None:
                self.add_error(row.key, _("Ghi cả số đứng trước và số đứng sau."))
        return held

    def draft(self) -> ResultDraft:
        """What the form states. Call on a valid form."""
        held = self.cleaned_data
        stated = {
            row.key: Given(held[row.key], held.get(f"{row.key}__of"))
            for row in self.asked
            if held.get(row.key) is not None
        }
        return ResultDraft(stated=stated, **{name: held[name] for name in WORDS})
