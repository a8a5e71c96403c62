"""A list of records: scope, search, filters, columns, counts, export; the same for every register and case list.

    class CaseList(ListPage):
        permission = policy.READ
        policy = policy.CASES
        model = AccidentCase
        table_class = CaseTable          # a ListTable
        filter_class = CaseFilter        # a django_filters.FilterSet, or None
        title = _("Vụ tai nạn lao động")
        order = ("-occurred_at", "-pk")  # an index must serve it

        def search(self, queryset, text): …   # `text` is folded: lower case, no tone marks

Parameters: ?tim= text · ?sap= sort · ?trang= page · ?so= rows a page · ?cot= columns · ?xuat=xlsx|csv.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.core.paginator import EmptyPage, PageNotAnInteger, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from atvsld.kit.text import fold
from atvsld.platform.access.policy import Policy
from atvsld.platform.ui import export
from atvsld.platform.ui.pages import Page, PageAction
from atvsld.platform.ui.tables import ListTable

# Counting stops here: a list of a million rows need not be counted to be read.
COUNT_LIMIT = 10_000
PAGE_SIZES = (25, 50, 100)


class CappedPaginator(Paginator):  # type: ignore[type-arg]
    """Counts at most COUNT_LIMIT rows; pages beyond are reached by narrowing the list, not by paging."""

    @cached_property
    def counted(self) -> int:
        rows: Any = self.object_list
        while not isinstance(rows, QuerySet) and hasattr(rows, "data"):
            rows = rows.data  # django-tables2 wraps its records twice
        if isinstance(rows, QuerySet):
            return rows.order_by()[: COUNT_LIMIT + 1].count()
        return len(rows)

    @property
    def is_capped(self) -> bool:
        return self.counted > COUNT_LIMIT

    @cached_property
    def count(self) -> int:
        return min(self.counted, COUNT_LIMIT)

    def safe_page(self, number: Any) -> Any:
        """The page asked for, or the nearest one that exists."""
        try:
            return self.page(number)
        except PageNotAnInteger:
            return self.page(1)
        except EmptyPage:
            return self.page(self.num_pages)


class ListPage(Page):
    """See the module's text."""

    template_name = "ui/list.html"
    results_template = "ui/list_results.html"
    model: type[Model]
    policy: Policy | None = None
    table_class: type[ListTable]
    filter_class: Any = None
    order: tuple[str, ...] = ("-pk",)
    search_help: str | Promise = _("Gõ từ cần tìm, có dấu hay không dấu đều được")
    searchable = True
    export_name = "danh-sach"
    empty_title: str | Promise = _("Chưa có hồ sơ nào trong phạm vi của bạn")
    empty_text: str | Promise = ""
    empty_action: PageAction | None = None
    # More than this many filters fold away behind a button.
    open_filters = 4

    # ---- what a subclass says -------------------------------------------------------------------
    def get_queryset(self) -> QuerySet[Any]:
        """All records, with what the table needs joined in; scope is added by `scoped`."""
        return self.model._default_manager.all()  # noqa: SLF001

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Narrow to the records that match folded text."""
        return queryset.filter(name_folded__contains=text)

    def figure(self) -> str | Promise:
        """A sentence above the list when it explains a figure of a report."""
        return ""

    # ---- assembled ------------------------------------------------------------------------------
    def scoped(self) -> QuerySet[Any]:
        queryset = self.get_queryset()
        return self.policy.restrict(queryset, self.actor, self.permission) if self.policy else queryset

    @cached_property
    def query_text(self) -> str:
        return self.request.GET.get("tim", "").strip()[:200].replace("\x00", "")

    @cached_property
    def filterset(self) -> Any:
        if self.filter_class is None:
            return None
        return self.filter_class(self.request.GET, queryset=self.scoped(), request=self.request)

    @cached_property
    def rows(self) -> QuerySet[Any]:
        """The filtered, searched records in order."""
        queryset: QuerySet[Any] = self.filterset.qs if self.filterset is not None else self.scoped()
        if self.query_text:
            queryset = self.search(queryset, fold(self.query_text))
        return queryset.order_by(*self.order)

    def make_table(self, data: Any) -> ListTable:
        hidden = [name for name in self.table_class.base_columns if name not in self.columns]
        table = self.table_class(data, exclude=hidden)
        # Given to the constructor, it would paginate, and so count, by itself.
        table.request = self.request
        return table

    @cached_property
    def columns(self) -> list[str]:
        """Names of the columns shown."""
        every = list(self.table_class.base_columns)
        asked = [name for name in self.request.GET.getlist("cot") if name in every]
        if not asked:
            return [name for name in every if name not in self.table_class.optional]
        return [name for name in every if name in asked or name in self.table_class.fixed]

    @cached_property
    def page_size(self) -> int:
        asked = self.request.GET.get("so", "")
        return int(asked) if asked in map(str, PAGE_SIZES) else PAGE_SIZES[0]

    @cached_property
    def table(self) -> ListTable:
        table = self.make_table(self.rows)
        ordered = self.request.GET.getlist("sap")
        table.order_by = [key for key in ordered if key.lstrip("-") in table.columns] if ordered else ()
        paginator = CappedPaginator(table.rows, self.page_size)
        table.paginator = paginator
        table.page = paginator.safe_page(self.request.GET.get("trang", 1))
        return table

    def chips(self) -> list[tuple[str, str, str]]:
        """Filters in force: label, value, and the address without it."""
        found = []
        for name, field in self.filterset.form.fields.items() if self.filterset is not None else ():
            values = [value for value in self.request.GET.getlist(name) if value]
            if values:
                found.append((str(field.label or name), _labels(field, values), self._without(name)))
        if self.query_text:
            found.append((str(_("Tìm")), f"“{self.query_text}”", self._without("tim")))
        return found

    def _without(self, name: str) -> str:
        left = self.request.GET.copy()
        left.pop(name, None)
        left.pop("trang", None)
        return f"{self.request.path}?{left.urlencode()}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        every = self.table_class.base_columns
        chips = self.chips()
        table = self.table
        context = {
            "table": table,
            "paginator": table.paginator,
            "page_obj": table.page,
            "filterset": self.filterset,
            "chips": chips,
            "query_text": self.query_text,
            "page_sizes": PAGE_SIZES,
            "page_size": self.page_size,
            "choices": [(name, _heading(every[name], name), name in self.columns) for name in every],
            "fixed": self.table_class.fixed,
            "columns_chosen": self.request.GET.getlist("cot"),
            "sort_chosen": self.request.GET.get("sap", ""),
            "kept": [pair for pair in _pairs(self.request.GET) if pair[0] not in {"cot", "trang", "xuat"}],
            "figure": self.figure(),
            "list": self,
        }
        return super().get_context_data(**(context | kwargs))

    def get(self, request: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ARG002
        wanted = request.GET.get("xuat", "")
        if wanted in export.KINDS:
            return export.respond(wanted, self.export_name, self.export_rows())
        context = self.get_context_data(**kwargs)
        if request.headers.get("HX-Request") and not request.headers.get("HX-Boosted"):
            response: HttpResponse = render(request, self.results_template, context)
            response["Vary"] = "HX-Request"
            return response
        response = render(request, self.template_name, context)
        response["Vary"] = "HX-Request"
        return response

    def export_rows(self) -> Iterator[list[Any]]:
        """Heading, then one row of plain values per record, read from the database in portions."""
        ordered = self.table.data.data if self.request.GET.get("sap") else self.rows
        yield [str(column.header) for column in self.make_table([]).columns]
        for portion in export.portions(ordered.iterator(chunk_size=export.PORTION)):
            rows = self.make_table(portion).as_values()
            next(rows)
            yield from rows


def _pairs(given: Any) -> Iterator[tuple[str, str]]:
    for name, values in given.lists():
        yield from ((name, value) for value in values if value)


def _heading(column: Any, name: str) -> str:
    return str(column.verbose_name or name.replace("_", " "))


def _labels(field: Any, values: list[str]) -> str:
    named = {}
    for value, label in _flat(getattr(field, "choices", ())):
        named[str(value)] = str(label)
        if len(named) > 5000:
            break
    return ", ".join(named.get(value, value) for value in values)


def _flat(choices: Any) -> Iterator[tuple[Any, Any]]:
    for value, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield value, label
