"""Filters of lists that the libraries lack or word differently."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _


class YesNoFilter(django_filters.ChoiceFilter):
    """A yes/no question about a column or a lookup; unanswered it filters nothing."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("choices", [("1", _("Có")), ("0", _("Không"))])
        super().__init__(*args, **kwargs)

    def filter(self, qs: QuerySet[Any], value: str) -> QuerySet[Any]:
        if value not in {"0", "1"}:
            return qs
        narrowed: QuerySet[Any] = self.get_method(qs)(**{f"{self.field_name}__{self.lookup_expr}": value == "1"})
        return narrowed
