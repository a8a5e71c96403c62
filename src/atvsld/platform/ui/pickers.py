"""Choosing from long lists: a select one can type into, tick lists with a search box, text with suggestions.

All three find names without tone marks, and work as plain controls where scripts do not run.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_SAID = {
    "data-list": _("Danh sách gợi ý"),
    "data-none": _("Không có mục nào khớp"),
    "data-found": _("%(n)s mục khớp"),
    "data-more": _("gõ thêm để thấy mục khác"),
    "data-search": _("Gõ để tìm, không cần dấu"),
    "data-chosen": _("Đã chọn: %(n)s"),
}


class Picker(forms.Select):
    """A select that scripts turn into a combobox (WAI-ARIA: editable, list autocomplete)."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-picker": "one", **_SAID, **(attrs or {})}, choices)


class PickerChecks(forms.CheckboxSelectMultiple):
    """Ticks with a search box above them; what is ticked never disappears from sight."""

    def __init__(self, attrs: dict[str, Any] | None = None, choices: Any = ()) -> None:
        super().__init__({"data-picker": "many", **_SAID, **(attrs or {})}, choices)

    def create_option(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        """The words for scripts stand once, on the first box; not a hundred times."""
        option = super().create_option(*args, **kwargs)
        if option["index"] not in ("0", "0_0"):
            option["attrs"] = {name: value for name, value in option["attrs"].items() if not name.startswith("data-")}
        return option


class PickerField(forms.TypedChoiceField):
    """One of a long list; nothing chosen is None unless `empty_value` says otherwise."""

    widget = Picker

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("empty_value", None)
        super().__init__(**kwargs)


class PickersField(forms.MultipleChoiceField):
    """Several of a long list."""

    widget = PickerChecks


class SuggestInput(forms.TextInput):
    """A code typed as such, or found by name: suggestions come from an address that answers with `<option>`s.

    For lists too long for a page. The address gets what is typed under the field's own name, and the fields of the
    form named by `include`. Without scripts it is a plain box.
    """

    def __init__(self, url: str | Promise, *, include: Sequence[str] = (), attrs: dict[str, Any] | None = None) -> None:
        self.url, self.include = url, tuple(include)
        super().__init__({"data-picker": "remote", **_SAID, **(attrs or {})})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        held = context["widget"]["attrs"]
        held |= {"data-url": str(self.url), "data-include": " ".join(self.include), "autocomplete": "off"}
        # Names are typed to find a code, and are longer than it.
        held.pop("maxlength", None)
        return context
