"""Forms of imports."""

from __future__ import annotations

from typing import Any

import yaml
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from atvsld.platform.access.actor import Actor
from atvsld.platform.imports import mapping, queries
from atvsld.platform.imports.findings import FileRefused
from atvsld.platform.imports.models import MappingProfile
from atvsld.platform.imports.targets import Target

ACCEPTED = ".xlsx,.xlsm,.xls,.ods,.csv,.txt"


class UploadForm(forms.Form):
    """A file and how to read it."""

    file = forms.FileField(
        label=_("Tệp"),
        help_text=_("Excel (.xlsx, .xls), OpenDocument (.ods) hoặc CSV UTF-8. Có thể kéo tệp thả vào đây."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
    )
    mapping = forms.ChoiceField(
        label=_("Bố cục của tệp"), required=False, help_text=_("Tệp của hệ thống khác thì chọn mẫu ánh xạ cột.")
    )
    constants = forms.CharField(
        label=_("Giá trị chung cho mọi dòng"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Mỗi dòng một cột, ví dụ: place_code=20242. Dùng khi tệp không có cột đó."),
    )
    namespace = forms.CharField(
        label=_("Nguồn của mã"),
        required=False,
        max_length=60,
        help_text=_("Để trống, trừ khi nhiều nơi gửi dùng trùng mã."),
    )
    all_or_nothing = forms.BooleanField(label=_("Chỉ ghi khi mọi dòng đều đúng"), required=False)

    def __init__(self, *args: Any, target: Target, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._target = target
        shipped = [(f"san:{name}", held.name or name) for name, held in target.profiles().items()]
        saved = [(f"luu:{profile.pk}", profile.name) for profile in queries.profiles(target, actor)]
        field = self.fields["mapping"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", gettext("Bố cục chuẩn (tệp mẫu)")), *shipped, *saved]

    def clean_file(self) -> Any:
        upload = self.cleaned_data["file"]
        if upload.size > settings.IMPORT_MAX_BYTES:
            raise ValidationError(
                gettext("Tệp lớn hơn mức cho phép %(limit)d MB; hãy chia nhỏ.")
                % {"limit": settings.IMPORT_MAX_BYTES >> 20}
            )
        return upload

    def clean_constants(self) -> dict[str, str]:
        found = {}
        for line in self.cleaned_data["constants"].splitlines():
            if not line.strip():
                continue
            name, mark, value = line.partition("=")
            if not mark or name.strip() not in self._target.spec().names:
                raise ValidationError(gettext("Dòng “%(line)s” không có dạng CỘT=GIÁ TRỊ.") % {"line": line[:60]})
            found[name.strip()] = value.strip()
        return found

    def choice(self) -> dict[str, Any]:
        """The mapping chosen, as arguments of `receive`."""
        kind, _mark, key = self.cleaned_data["mapping"].partition(":")
        if kind == "luu":
            return {"profile": MappingProfile.objects.get(pk=int(key))}
        return {"layout": key} if kind == "san" else {}


class ProfileForm(forms.Form):
    """A mapping written as YAML."""

    name = forms.CharField(label=_("Tên"), max_length=200)
    mapping = forms.CharField(
        label=_("Ánh xạ (YAML)"), widget=forms.Textarea(attrs={"rows": 16, "spellcheck": "false"})
    )

    def __init__(self, *args: Any, target: Target, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._target = target

    def clean_mapping(self) -> dict[str, Any]:
        try:
            mapping.parse(self.cleaned_data["mapping"], self._target.spec())
        except FileRefused as refused:
            raise ValidationError(str(refused)) from refused
        data: dict[str, Any] = yaml.safe_load(self.cleaned_data["mapping"])
        return {"name": self.cleaned_data.get("name", ""), "columns": data["columns"]}
