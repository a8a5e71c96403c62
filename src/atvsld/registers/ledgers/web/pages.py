"""The pages on which ledgers are read: the list, one record, a file beside it."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from atvsld.platform.files.facade import download
from atvsld.platform.history.timeline import timeline
from atvsld.platform.ui.listing import ListPage
from atvsld.platform.ui.pages import Page, PageAction, actor_of
from atvsld.registers.ledgers import values
from atvsld.registers.ledgers.intake import slug_of
from atvsld.registers.ledgers.ledger import Ledger, ledgers
from atvsld.registers.ledgers.listing import filter_class, table_class
from atvsld.registers.ledgers.models import LedgerFile
from atvsld.registers.ledgers.proving import read_whose
from atvsld.registers.ledgers.reach import may_change, owners, visible
from atvsld.registers.ledgers.web.forms import FileForm

# Names told in full beside a filter.
_NAMES = 2


class LedgerList(ListPage):
    """The records of a ledger within reach."""

    ledger: Ledger[Any]
    template_name = "ledgers/list.html"
    results_template = "ledgers/results.html"
    search_help = gettext_lazy("Tên, nội dung; có dấu hay không dấu đều được")
    open_filters = 0

    def get_queryset(self) -> QuerySet[Any]:
        listed = (*self.ledger.columns, *self.ledger.optional)
        joined = [name for name in listed if name != "owner" and self.ledger.field(name).is_relation]
        return visible(self.actor, self.ledger).select_related("body", "establishment", *joined)

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.filter(search_text__contains=text)

    def actions(self) -> list[PageAction]:
        if not owners(self.actor, self.ledger.change):
            return []
        found = [PageAction(_("Ghi mới"), self.ledger.address("new"), "plus", primary=True)]
        if self.ledger.imported:
            where = f"{reverse('imports:list')}?loai={slug_of(self.ledger)}"
            found.insert(0, PageAction(_("Nhập từ tệp"), where, "file-upload"))
        return found

    def chips(self) -> list[tuple[str, str, str]]:
        """The bodies a figure counted, by name."""
        asked = self.request.GET.get("of", "")
        return [
            (label, _named(value) if asked and value == asked else value, url) for label, value, url in super().chips()
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        siblings = [one for one in ledgers(self.ledger.app) if self.actor.may(one.read)]
        tabs = [(one.title, one.address(), one is self.ledger) for one in siblings]
        shown = {"tabs": tabs, "above": [panel for panel in self.ledger.above(self.rows) if panel]}
        return super().get_context_data(**(shown | kwargs))


def _named(asked: str) -> str:
    names = read_whose(asked).names()
    more = len(names) - _NAMES
    told = "; ".join(names[:_NAMES]) or "–"
    return told if more <= 0 else ngettext("%(names)s và %(n)d nơi khác", "%(names)s và %(n)d nơi khác", more) % {
        "names": told, "n": more,
    }  # fmt: skip


def list_page(ledger: Ledger[Any]) -> type[LedgerList]:
    """The list page of a ledger."""
    said = {
        "ledger": ledger, "permission": ledger.read, "model": ledger.model, "title": ledger.title,
        "order": (f"-{ledger.day}", "-pk"), "export_name": f"{ledger.app}-{ledger.slug}", "empty_text": ledger.hint,
        "table_class": table_class(ledger), "filter_class": filter_class(ledger),
        "__doc__": f"The list of {ledger.word}.",
    }  # fmt: skip
    return type(f"{ledger.model.__name__}List", (LedgerList,), said)


class LedgerPage(Page):
    """One record: what it says, the files beside it, what the room adds, who did what."""

    ledger: Ledger[Any]
    template_name = "ledgers/record.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        ledger = self.ledger
        record = record_or_404(self.request, ledger, self.kwargs["public_id"])
        mine = may_change(self.actor, ledger, record) and record.withdrawn_at is None
        why_locked = str(ledger.locked(record)) if mine else ""
        files = LedgerFile.objects.filter(ledger=ledger.word, key=record.public_id).select_related("file")
        shown = {
            "title": getattr(record, ledger.name),
            "ledger": ledger,
            "above": ledger.address(),
            "record": record,
            "groups": [(group.title, group.note, _facts(ledger, record, group.fields)) for group in ledger.groups],
            "files": [(one, ledger.address("file", record.public_id, one.public_id)) for one in files.order_by("pk")],
            "may_change": mine and not why_locked,
            "why_locked": why_locked,
            "file_form": FileForm(),
            "attach_url": ledger.address("attach", record.public_id),
            "panels": list(ledger.extra_panels(self.actor, record)),
            "page_actions": _actions(self, record, mine=mine and not why_locked),
            "history": timeline(record, [(LedgerFile, {"ledger": ledger.word, "key": record.public_id}, _("Tệp kèm"))]),
        }
        return super().get_context_data(**(shown | kwargs))


def record_page(ledger: Ledger[Any]) -> type[LedgerPage]:
    """The page of a record of a ledger."""
    said = {"ledger": ledger, "permission": ledger.read, "__doc__": f"One record of {ledger.word}."}
    return type(f"{ledger.model.__name__}Page", (LedgerPage,), said)


def file_page(request: HttpRequest, ledger: Ledger[Any], public_id: str, file_id: str) -> HttpResponse:
    """A file beside a record, to those who may read the record."""
    record = record_or_404(request, ledger, public_id)
    return download(file_or_404(ledger, record, file_id).file)


def record_or_404(request: HttpRequest, ledger: Ledger[Any], public_id: str, permission: str = "") -> Any:
    """The record when the person reaches it."""
    record = visible(actor_of(request), ledger, permission).filter(public_id=public_id.replace("\x00", "")).first()
    if record is None:
        raise Http404
    return record


def file_or_404(ledger: Ledger[Any], record: Any, file_id: str) -> LedgerFile:
    """A file of a record."""
    held = LedgerFile.objects.filter(ledger=ledger.word, key=record.public_id, public_id=file_id.replace("\x00", ""))
    file = held.select_related("file").first()
    if file is None:
        raise Http404
    return file


def _facts(ledger: Ledger[Any], record: Any, names: tuple[str, ...]) -> list[tuple[str, Any]]:
    told = [name for name in names if name != ledger.name]
    return [(values.label(ledger.field(name)), values.shown(ledger, record, name)) for name in told]


def _actions(page: LedgerPage, record: Any, *, mine: bool) -> list[PageAction]:
    ledger = page.ledger
    found = list(ledger.extra_actions(page.actor, record))
    if mine:
        found.append(PageAction(_("Bỏ hồ sơ"), ledger.address("withdraw", record.public_id), "trash"))
        change = ledger.address("change", record.public_id)
        found.append(PageAction(_("Sửa"), change, "pencil", primary=not any(one.primary for one in found)))
    return found
