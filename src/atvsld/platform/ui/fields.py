"""Form fields drawn with label, help and errors that belong together."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

_CHECKS = (forms.CheckboxSelectMultiple, forms.RadioSelect)


def css_class(widget: forms.Widget) -> str:
    """The kit's class for a widget."""
    if isinstance(widget, _CHECKS):
        return "check-list"
    if isinstance(widget, forms.CheckboxInput):
        return "form-check-input"
    return "form-select" if isinstance(widget, forms.Select) else "form-control"


def attributes(bound: BoundField) -> dict[str, Any]:
    widget = bound.field.widget
    classes = " ".join(filter(None, [widget.attrs.get("class"), css_class(widget)]))
    told = [f"{bound.auto_id}_help"] if bound.help_text else []
    if bound.errors:
        classes += " is-invalid"
        told.append(f"{bound.auto_id}_error")
    attrs: dict[str, Any] = {"class": classes}
    if told:
        attrs["aria-describedby"] = " ".join(told)
    if bound.errors:
        attrs["aria-invalid"] = "true"
    return attrs


def render(bound: BoundField, *, width: str = "") -> SafeString:
    """One field. `width` is a column class such as `col-md-4`."""
    widget = bound.field.widget
    attrs = attributes(bound)
    if bound.is_hidden:
        return bound.as_widget()
    return mark_safe(  # noqa: S308
        render_to_string(
            "ui/parts/field.html",
            {
                "field": bound,
                "control": bound.as_widget(attrs=attrs),
                "is_check": isinstance(widget, forms.CheckboxInput),
                "is_group": isinstance(widget, _CHECKS) or getattr(widget, "use_fieldset", False),
                "width": width,
            },
        )
    )


def render_all(form: BaseForm) -> SafeString:
    return mark_safe("".join(render(bound) for bound in form))  # noqa: S308
