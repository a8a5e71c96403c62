"""The table and the filters of a ledger, made from what it says of itself."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any, ClassVar

import django_filters
import django_tables2 as tables
from django import forms
from django.contrib.postgres.fields import ArrayField
from django.db.models import BigIntegerField, BooleanField, DateField, Field, ForeignKey, IntegerField, QuerySet
from django.utils.functional import lazy
from django.utils.translation import gettext_lazy

from atvsld.platform.acts import clock
from atvsld.platform.ui.form_fields import DayField
from atvsld.platform.ui.pickers import Picker
from atvsld.platform.ui.tables import (
    BooleanWordColumn,
    DayColumn,
    ListTable,
    MoneyColumn,
    NumberColumn,
    RecordColumn,
    StateColumn,
)
from atvsld.registers.bodies.queries import lineage
from atvsld.registers.ledgers import values
from atvsld.registers.ledgers.ledger import Ledger
from atvsld.registers.ledgers.models import LedgerRecord
from atvsld.registers.ledgers.proving import condition, from_day, owned, read_whose
from atvsld.registers.places.labels import commune_choices
from atvsld.registers.places.models import Place

ALL = gettext_lazy("Tất cả")
OWNER = "owner"
# The label of a field, read in the language of the page.
_title = lazy(values.label, str)


class _DayFilter(django_filters.DateFilter):
    field_class = DayField


class LedgerFilter(django_filters.FilterSet):
    """What every ledger may be narrowed by. Withdrawn records are hidden until asked for."""

    ledger: ClassVar[Ledger[Any]]

    year = django_filters.ChoiceFilter(label=gettext_lazy("Năm"), method="by_year", empty_label=ALL)
    owner = django_filters.ChoiceFilter(label=gettext_lazy("Đơn vị"), method="by_owner", empty_label=ALL, widget=Picker)
    start = _DayFilter(label=gettext_lazy("Từ ngày"), method="by_start")
    end = _DayFilter(label=gettext_lazy("Đến ngày"), method="by_end")
    standing = django_filters.ChoiceFilter(
        label=gettext_lazy("Hồ sơ"),
        method="by_standing",
        choices=[("withdrawn", gettext_lazy("Đã bỏ")), ("all", gettext_lazy("Còn và đã bỏ"))],
        empty_label=gettext_lazy("Còn hiệu lực"),
    )
    # Whose records a figure counted: several bodies with those they took over from.
    of = django_filters.CharFilter(label=gettext_lazy("Của"), method="by_whose", widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.form.fields
        days = self.queryset.order_by().dates(self.ledger.day, "year", order="DESC")
        years = [(str(day.year), str(day.year)) for day in days]
        fields["year"].choices = [("", ALL), *years]
        fields[OWNER].choices = [("", ALL), *_owners(self.queryset)]
        today = clock.local_day(self.request.now)
        for name in self.ledger.filters:
            if words := choices_of(self.ledger, name, self.request.actor, today):
                fields[name].choices = [("", ALL), *words]

    def filter_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        found: QuerySet[Any] = super().filter_queryset(queryset)
        return found if self.form.cleaned_data.get("standing") else found.filter(withdrawn_at=None)

    def by_standing(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        return queryset.exclude(withdrawn_at=None) if value == "withdrawn" else queryset

    def by_year(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        first, last = date(int(value), 1, 1), date(int(value), 12, 31)
        return queryset.filter(from_day(self.ledger, first), **{f"{self.ledger.day}__lte": last})

    def by_start(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:  # noqa: ARG002
        return queryset.filter(from_day(self.ledger, value))

    def by_end(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:  # noqa: ARG002
        return queryset.filter(**{f"{self.ledger.day}__lte": value})

    def by_owner(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        kind, _dash, pk = value.partition("-")
        if kind == "body":
            return queryset.filter(owned(lineage(int(pk)), None))
        return queryset.filter(owned(None, [int(pk)]))

    def by_whose(self, queryset: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:  # noqa: ARG002
        return queryset.filter(read_whose(value).condition)

    def by_field(self, queryset: QuerySet[Any], name: str, value: Any) -> QuerySet[Any]:
        return queryset.filter(condition(self.ledger, name, value))


def choices_of(ledger: Ledger[Any], name: str, actor: Any, today: Any) -> list[tuple[Any, Any]]:
    """The words one may choose for a field: those of the ledger, of the model, or the communes of the day."""
    if name in ledger.choices:
        return list(ledger.choices[name](actor, today))
    field = ledger.field(name)
    if isinstance(field, ForeignKey) and field.related_model is Place:
        return list(commune_choices(today))
    return list(values.words(field).items())


def _owners(queryset: QuerySet[Any]) -> list[tuple[str, str]]:
    """The bodies and establishments that have records here, by name."""
    found = []
    for kind in ("body", "establishment"):
        held = queryset.exclude(**{kind: None}).order_by().values_list(f"{kind}_id", f"{kind}__name").distinct()
        found += [(f"{kind}-{pk}", name) for pk, name in held]
    return sorted(found, key=lambda pair: pair[1])


@cache
def filter_class(ledger: Ledger[Any]) -> type[LedgerFilter]:
    """The filters of a ledger."""
    found: dict[str, Any] = {name: _filter(ledger.field(name)) for name in ledger.filters}
    meta = type("Meta", (), {"model": ledger.model, "fields": []})
    name = f"{ledger.model.__name__}Filter"
    return type(name, (LedgerFilter,), found | {"ledger": ledger, "Meta": meta, "__doc__": f"Filters of {ledger.word}"})


def _filter(field: Field[Any, Any]) -> Any:
    name = _title(field)
    if isinstance(field, BooleanField):
        answers = [("True", gettext_lazy("Có")), ("False", gettext_lazy("Không"))]
        return django_filters.ChoiceFilter(label=name, method="by_field", choices=answers, empty_label=ALL)
    # Lists of words and of communes are long enough to be typed into.
    long = {"widget": Picker} if isinstance(field, ArrayField | ForeignKey) else {}
    return django_filters.ChoiceFilter(label=name, method="by_field", empty_label=ALL, **long)


class LedgerTable(ListTable):
    """What the tables of all ledgers share: whose a record is, and when one was withdrawn."""

    owner = tables.Column(accessor="owner", orderable=False, verbose_name=gettext_lazy("Đơn vị"))
    withdrawn_at = DayColumn(with_time=True, verbose_name=gettext_lazy("Bỏ lúc"))
    withdrawn_why = tables.Column(verbose_name=gettext_lazy("Vì sao bỏ"), orderable=False)


class WordsColumn(tables.Column):
    """Several words of a list, with their labels."""

    def render(self, value: Any, bound_column: Any, record: LedgerRecord) -> str:
        field = record._meta.get_field(bound_column.name)  # noqa: SLF001
        known = values.words(field)  # type: ignore[arg-type]
        return ", ".join(known.get(item, str(item)) for item in value)


class _StateWordColumn(StateColumn):
    """A coded word as plain text: colour is for states, not for kinds."""

    def render(self, value: Any, record: Any, bound_column: Any) -> Any:
        return self.value(value, record, bound_column) or "–"


@cache
def table_class(ledger: Ledger[Any]) -> type[LedgerTable]:
    """The table of a ledger; the column that names a record leads to it."""
    found: dict[str, Any] = {}
    for name in (*ledger.columns, *ledger.optional):
        if name != OWNER:
            found[name] = _column(ledger, name)
    hidden = (*ledger.optional, "withdrawn_at", "withdrawn_why")
    sequence = [*ledger.columns, *ledger.optional, "withdrawn_at", "withdrawn_why"]
    if OWNER not in sequence:
        found[OWNER] = None
    return type(
        f"{ledger.model.__name__}Table",
        (LedgerTable,),
        found | {
            "optional": hidden, "fixed": (ledger.name,), "__doc__": f"Table of {ledger.word}",
            "Meta": type("Meta", (ListTable.Meta,), {"sequence": sequence}),
        },
    )  # fmt: skip


def _column(ledger: Ledger[Any], name: str) -> Any:  # noqa: PLR0911  (one answer a kind of field)
    field = ledger.field(name)
    title = _title(field)
    if name == ledger.name:
        return RecordColumn(ledger.route("record"), verbose_name=title)
    match field:
        case ArrayField():
            return WordsColumn(verbose_name=title, orderable=False)
        case ForeignKey():
            return tables.Column(accessor=f"{name}__name", verbose_name=title)
        case BooleanField():
            return BooleanWordColumn(verbose_name=title)
        case BigIntegerField():
            return MoneyColumn(verbose_name=title)
        case _ if field.choices:
            return _StateWordColumn(verbose_name=title)
        case IntegerField():
            return NumberColumn(verbose_name=title)
        case DateField():
            return DayColumn(verbose_name=title)
    return tables.Column(verbose_name=title)
