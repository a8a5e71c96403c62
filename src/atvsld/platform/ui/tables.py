"""Tables of records: columns an officer may choose, values that read and export rightly."""

from __future__ import annotations

from typing import Any

import django_tables2 as tables
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from atvsld.platform.ui import formats_text
from atvsld.platform.ui.templatetags import ui


class ListTable(tables.Table):
    """A table of a `ListPage`. `Meta.sequence` orders columns; `optional` are hidden until chosen."""

    # Columns shown only when chosen.
    optional: tuple[str, ...] = ()
    # Columns that cannot be put away: the one that leads to the record.
    fixed: tuple[str, ...] = ()

    @property
    def drawn_rows(self) -> list[Any]:
        """The rows of the page; read one by one, since asking for their length would count them in the database."""
        return [row for row in self.paginated_rows]  # noqa: C416

    class Meta:
        template_name = "ui/table.html"
        order_by_field = "sap"
        page_field = "trang"
        per_page_field = "so"
        orderable = True


class NumberColumn(tables.Column):
    """A number: right-aligned, grouped, unknown said as such."""

    def __init__(self, *args: Any, decimals: int | None = None, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "num"}, "th": {"class": "num"}})
        super().__init__(*args, empty_values=(), **kwargs)
        self.decimals = decimals

    def render(self, value: Any) -> Any:
        return formats_text.number(value, self.decimals)

    def value(self, value: Any) -> Any:
        return value


class MoneyColumn(NumberColumn):
    """An amount in đồng; exported as a bare number."""

    def render(self, value: Any) -> Any:
        return formats_text.money(value)


class DayColumn(tables.Column):
    """A day, dd/mm/yyyy; exported as a real date."""

    def __init__(self, *args: Any, with_time: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "nowrap"}})
        super().__init__(*args, **kwargs)
        self.with_time = with_time

    def render(self, value: Any) -> Any:
        return formats_text.moment(value) if self.with_time else formats_text.day(value)

    def value(self, value: Any) -> Any:
        return value


class StateColumn(tables.Column):
    """A coded state as a badge with its label; exported as the label."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_values=(), **kwargs)

    def _label(self, record: Any, bound_column: Any, value: Any) -> str:
        *path, name = bound_column.accessor.bits
        for step in path:
            record = getattr(record, step, None)
        label = getattr(record, f"get_{name}_display", None)
        return str(label() if label and value else value or "")

    def render(self, value: Any, record: Any, bound_column: Any) -> SafeString:  # noqa: ARG002
        raw = bound_column.accessor.resolve(record, quiet=True)
        return ui.state(raw, self._label(record, bound_column, raw))

    def value(self, value: Any, record: Any, bound_column: Any) -> Any:  # noqa: ARG002
        raw = bound_column.accessor.resolve(record, quiet=True)
        return self._label(record, bound_column, raw) or None


class RecordColumn(tables.Column):
    """The text that leads to the record: `RecordColumn("accidents:case", "public_id")` names route and argument."""

    def __init__(self, route: str, argument: str = "public_id", **kwargs: Any) -> None:
        kwargs.setdefault("attrs", {"td": {"class": "record-link"}})
        if isinstance(accessor := kwargs.get("accessor"), str):
            kwargs["accessor"] = accessor.replace(".", "__")
        super().__init__(linkify=(route, [tables.A(argument.replace(".", "__"))]), **kwargs)


class MaskedNameColumn(tables.Column):
    """A personal name as initials, on screen and in exports alike."""

    def render(self, value: Any) -> Any:
        return formats_text.mask_name(value)

    def value(self, value: Any) -> Any:
        return formats_text.mask_name(value)


class BooleanWordColumn(tables.Column):
    """Yes, no or not known, in words."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, empty_values=(), **kwargs)

    def render(self, value: Any) -> Any:
        if value is None:
            return formats_text.unknown()
        return gettext("Có") if value else gettext("Không")

    def value(self, value: Any) -> Any:
        return None if value is None else self.render(value)


def muted(value: Any) -> SafeString:
    """Text of lesser weight."""
    return format_html('<span class="text-secondary">{}</span>', value)
