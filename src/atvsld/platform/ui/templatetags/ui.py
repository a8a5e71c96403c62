"""Template tags of the interface kit; available in every template without loading."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count
from typing import Any

from django import template
from django.forms import BaseForm, BoundField
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.functional import Promise
from django.utils.html import format_html, json_script
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext

from atvsld.kit.certainty import Certainty
from atvsld.platform.ui import fields, formats_text
from atvsld.platform.ui.pages import PageAction

register = template.Library()
_serial = count(1)

register.filter("vnd", formats_text.money)
register.filter("number", formats_text.number)
register.filter("day", formats_text.day)
register.filter("moment", formats_text.moment)
register.filter("mask_name", formats_text.mask_name)
register.filter("or_unknown", formats_text.or_unknown)
register.filter("percent", formats_text.percent)
register.filter("said", formats_text.said)
register.filter("told", formats_text.told)

# Severity and conclusion never speak by colour alone: each badge carries its word.
TONES = {
    "fatal": "danger",
    "severe": "warning",
    "minor": "info",
    "occupational": "primary",
    "article_39_2": "purple",
    "not_occupational": "secondary",
    "pending": "outline",
    "verified": "success",
    "unverified": "warning",
    "met": "success",
    "not_met": "danger",
    "unknown": "outline",
}


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An outline icon from the sprite; silent for screen readers unless it has a label of its own."""
    says = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html(
        '<svg class="icon" width="20" height="20" {}><use href="{}#{}"></use></svg>',
        says,
        static("vendor/icons.svg"),
        name,
    )


@register.inclusion_tag("ui/parts/page_actions.html")
def page_actions(actions: Iterable[PageAction] | None) -> dict[str, Any]:
    return {"actions": actions or ()}


@register.simple_block_tag
def panel(
    content: str,
    title: str | Promise = "",
    icon: str = "",
    *,
    note: str | Promise = "",
    flush: bool = False,
    id: str = "",  # noqa: A002
) -> SafeString:
    """A titled card. `flush` leaves out the inner margin, for tables."""
    return mark_safe(  # noqa: S308
        render_to_string(
            "ui/parts/panel.html",
            {"content": mark_safe(content), "title": title, "icon": icon, "note": note, "flush": flush, "id": id},  # noqa: S308
        )
    )


@register.inclusion_tag("ui/parts/stat.html")
def stat(
    label: str | Promise,
    value: Any,
    *,
    note: str | Promise = "",
    url: str = "",
    trend: str = "",
    good: bool | None = None,
    icon: str = "",
) -> dict[str, Any]:
    """One figure with its meaning. `trend` is a short comparison; `good` colours it (None: neutral)."""
    return {"label": label, "value": value, "note": note, "url": url, "trend": trend, "good": good, "icon": icon}


@register.simple_tag
def badge(label: str | Promise, tone: str = "secondary") -> SafeString:
    """A small label; `tone`: primary, secondary, success, info, warning, danger, purple, outline."""
    return format_html('<span class="tag tag-{}">{}</span>', tone, label)


@register.simple_tag
def state(code: str | None, label: str | Promise = "") -> SafeString:
    """A badge for a coded state (severity, conclusion, verification, verdict); unknown is said, not hidden."""
    if not code:
        return badge(gettext("Chưa rõ"), "outline")
    return badge(label or code, TONES.get(code, "secondary"))


@register.simple_tag
def certainty(status: Certainty | str, citation: Any = "") -> SafeString:
    """How sure a statement of law is, with its source; the source opens on hover and on keyboard focus."""
    held = Certainty(status)
    label = held.label_en if get_language() == "en" else held.label_vi
    if not citation:
        return format_html('<span class="tag certainty-{}">{}</span>', held.value, label)
    key = f"can-cu-{next(_serial)}"
    return format_html(
        '<span class="hint"><button type="button" class="tag certainty-{}" aria-describedby="{}">{}</button>'
        '<span role="tooltip" id="{}">{}</span></span>',
        held.value,
        key,
        label,
        key,
        citation,
    )


@register.inclusion_tag("ui/parts/facts.html")
def facts(pairs: Iterable[tuple[Any, Any]], columns: int = 1) -> dict[str, Any]:
    """A definition list of (label, value); an empty value reads "chưa rõ"."""
    return {"pairs": list(pairs), "columns": columns}


@register.inclusion_tag("ui/parts/empty.html")
def empty(
    title: str | Promise,
    text: str | Promise = "",
    icon: str = "list-details",
    url: str = "",
    label: str | Promise = "",
) -> dict[str, Any]:
    """What stands where there is nothing: why, and what to do."""
    return {"title": title, "text": text, "icon": icon, "url": url, "label": label}


@register.inclusion_tag("ui/parts/progress.html")
def progress(done: int, total: int, label: str | Promise = "") -> dict[str, Any]:
    """How far a long piece of work is."""
    share = round(100 * done / total) if total else 0
    return {"done": done, "total": total, "share": min(share, 100), "label": label}


@register.inclusion_tag("ui/parts/files.html")
def files(items: Sequence[tuple[str, str, str]]) -> dict[str, Any]:
    """Files to download: (label, address, icon name)."""
    return {"items": items}


@register.inclusion_tag("ui/parts/downloads.html")
def downloads(items: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Buttons for the same table in other formats: (format, address) with docx, pdf, xlsx, csv, json."""
    names = {"docx": ("Word", "file-type-docx"), "pdf": ("PDF", "file-type-pdf"), "xlsx": ("Excel", "file-spreadsheet")}
    names |= {"json": ("JSON", "database"), "csv": ("CSV", "table-export"), "html": ("HTML", "external-link")}
    return {"items": [(*names.get(kind, (kind, "download")), url) for kind, url in items]}


@register.inclusion_tag("ui/parts/breadcrumbs.html")
def breadcrumbs(*pairs: str | Promise) -> dict[str, Any]:
    """label, address, label, address, … of the pages above this one."""
    return {"links": list(zip(pairs[::2], pairs[1::2], strict=True))}


@register.simple_tag
def field(bound: BoundField, width: str = "") -> SafeString:
    """A form field with label, help and errors tied together for screen readers."""
    return fields.render(bound, width=width)


@register.simple_tag
def form_fields(form: BaseForm) -> SafeString:
    """Every visible field in turn, and the hidden ones."""
    return fields.render_all(form)


@register.inclusion_tag("ui/parts/form_errors.html")
def form_errors(form: BaseForm) -> dict[str, Any]:
    """The summary above a form: what to mend, each line leading to its field."""
    lines = [(bound, bound.errors) for bound in form if bound.errors]
    return {"form": form, "lines": lines, "general": form.non_field_errors()}


@register.inclusion_tag("ui/parts/timeline.html")
def timeline(entries: Iterable[Any]) -> dict[str, Any]:
    """Who did what, when and why (entries of `platform.history.timeline`)."""
    return {"entries": entries}


@register.simple_tag
def chart(spec: dict[str, Any], label: str | Promise = "") -> SafeString:
    """A Vega-Lite chart; the page must also show its figures as a table. Scripts load only where one stands."""
    key = f"bieu-do-{next(_serial)}"
    return format_html(
        '<figure class="chart" data-vega-lite="{}" role="img" aria-label="{}"></figure>{}',
        key,
        label,
        json_script(spec, key),
    )


@register.inclusion_tag("ui/parts/chart_scripts.html")
def chart_scripts() -> dict[str, Any]:
    """Put in the `head` block of pages with charts."""
    return {}


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The address of this page with some parameters changed; None removes one."""
    held = context["request"].GET.copy()
    for key, value in changes.items():
        held.pop(key, None)
        if value is not None:
            held[key] = value
    return f"?{held.urlencode()}"
