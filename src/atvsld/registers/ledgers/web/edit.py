"""Writing by page: each page fetches within reach, calls one action, answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from atvsld.kit.ids import new_ulid
from atvsld.platform.acts import Refused, clock
from atvsld.platform.files.facade import read_upload
from atvsld.platform.ui.pages import act_by_form, act_of, actor_of, say
from atvsld.registers.ledgers import actions
from atvsld.registers.ledgers.ledger import Ledger
from atvsld.registers.ledgers.reach import owners
from atvsld.registers.ledgers.web import forms
from atvsld.registers.ledgers.web.pages import file_or_404, record_or_404

TEMPLATE = "ledgers/form.html"


def enter(request: HttpRequest, ledger: Ledger[Any]) -> HttpResponse:
    """A new record. The key made with the page makes sending twice harmless."""
    mine = owners(actor_of(request), ledger.change)
    if not mine:
        raise Refused(_("Tài khoản không gắn với cơ quan hoặc cơ sở nào để ghi sổ này."))
    key = request.POST.get("key", "") if request.method == "POST" else new_ulid()
    form = _form(request, ledger, owners=mine)
    made: list[Any] = []

    def write() -> None:
        made.append(
            actions.enter(act_of(request), ledger=ledger, key=key, owner=form.owner or mine[0], given=form.given)
        )

    return act_by_form(
        request, form, write, title=_("Ghi %(noun)s") % {"noun": ledger.noun}, back=ledger.address(),
        then=lambda: ledger.address("record", made[0].public_id), template=TEMPLATE, key=key, ledger=ledger,
        above=ledger.address(),
    )  # fmt: skip


def change(request: HttpRequest, ledger: Ledger[Any], public_id: str) -> HttpResponse:
    """What a record says, anew."""
    record = record_or_404(request, ledger, public_id, ledger.change)
    form = _form(request, ledger, initial=forms.initial(ledger, record))
    return _act(
        request, ledger, record, form,
        lambda version: actions.change(
            act_of(request), ledger=ledger, record=record, version=version, given=form.given
        ),
        title=_("Sửa %(noun)s") % {"noun": ledger.noun},
    )  # fmt: skip


def withdraw(request: HttpRequest, ledger: Ledger[Any], public_id: str) -> HttpResponse:
    """A record taken out of every count, with the reason."""
    record = record_or_404(request, ledger, public_id, ledger.change)
    form = forms.WithdrawForm(request.POST or None)
    return _act(
        request, ledger, record, form,
        lambda version: actions.withdraw(
            act_of(request), ledger=ledger, record=record, version=version, why=form.cleaned_data["why"]
        ),
        title=_("Bỏ %(noun)s") % {"noun": ledger.noun},
    )  # fmt: skip


def attach(request: HttpRequest, ledger: Ledger[Any], public_id: str) -> HttpResponse:
    """A file laid beside a record."""
    record = record_or_404(request, ledger, public_id, ledger.change)
    form = forms.FileForm(request.POST or None, request.FILES or None)

    def write() -> None:
        upload = form.cleaned_data["file"]
        content = read_upload(upload)
        actions.attach(act_of(request), ledger=ledger, record=record, name=upload.name or "", content=content)

    return act_by_form(
        request, form, write, title=_("Thêm tệp"), back=ledger.address("record", record.public_id),
        template=TEMPLATE, multipart=True, ledger=ledger, record=record, above=ledger.address(),
    )  # fmt: skip


@require_POST
def detach(request: HttpRequest, ledger: Ledger[Any], public_id: str, file_id: str) -> HttpResponse:
    """A file taken away."""
    record = record_or_404(request, ledger, public_id, ledger.change)
    actions.detach(act_of(request), ledger=ledger, record=record, file=file_or_404(ledger, record, file_id))
    say(request, _("Đã bỏ tệp."))
    return redirect(ledger.address("record", record.public_id))


def _form(request: HttpRequest, ledger: Ledger[Any], **given: Any) -> forms.LedgerForm:
    today = clock.local_day(request.now)  # type: ignore[attr-defined]
    return forms.LedgerForm(request.POST or None, ledger=ledger, actor=actor_of(request), today=today, **given)


def _act(
    request: HttpRequest, ledger: Ledger[Any], record: Any, form: Any, run: Callable[[int], Any], *, title: str
) -> HttpResponse:
    """A form upon a record: the version it was read at goes with it, so that nobody overwrites another."""
    version = request.POST.get("version", "") if request.method == "POST" else str(record.version)
    return act_by_form(
        request, form, lambda: run(int(version) if version.isdecimal() else 0), title=title,
        back=ledger.address("record", record.public_id), template=TEMPLATE, version=version, ledger=ledger,
        record=record, above=ledger.address(), record_name=getattr(record, ledger.name),
    )  # fmt: skip
