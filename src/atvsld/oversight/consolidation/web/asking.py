"""What an address asks for, and the addresses of the pages about the same question."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.urls import reverse

from atvsld.law import load_book
from atvsld.law.consolidation import Cell
from atvsld.law.consolidation_reading import load_consolidations
from atvsld.law.errors import UnknownEntry
from atvsld.law.forms.spec import FormSpec
from atvsld.oversight.consolidation.policy import READ
from atvsld.oversight.consolidation.service import Request
from atvsld.oversight.reporting.web.forms import default_subject
from atvsld.platform.acts import clock
from atvsld.platform.ui.pages import actor_of

_NAMES = ("place", "body", "basis", "boundary")


def spec_of(code: str) -> FormSpec:
    """A form that reports are added up into."""
    try:
        load_consolidations().rule(code.upper())
        return load_book().form(code.upper())
    except UnknownEntry as error:
        raise Http404(str(error)) from error


def asked_for(request: HttpRequest, spec: FormSpec) -> Request:
    """What the address asks for; the last full year and the person's own area where it says nothing."""
    get = request.GET.get
    chosen = {name: get(name, "") for name in _NAMES if get(name)}
    if not {"place", "body"} & set(chosen):
        chosen |= {name: value for name, value in default_subject(actor_of(request), READ).items() if name == "place"}
    year = clock.local_day(request.now).year - 1  # type: ignore[attr-defined]
    return Request(form=spec.code, period=get("period") or str(year), **chosen)


def address(route: str, asked: Request, *, kind: str = "", **extra: str) -> str:
    """The address of another page about the same question."""
    arguments = {"code": asked.form} | ({"kind": kind} if kind else {})
    chosen = {"period": asked.period} | {name: getattr(asked, name) for name in _NAMES if getattr(asked, name)}
    return f"{reverse(f'consolidation:{route}', kwargs=arguments)}?{urlencode(chosen | extra)}"


def units_address(asked: Request, cell: Cell) -> str:
    """The units behind a cell."""
    return address("units", asked, table=cell.table, row=cell.row, column=cell.column)
