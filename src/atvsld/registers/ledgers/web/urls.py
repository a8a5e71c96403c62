"""The addresses of the ledgers of an app: `urlpatterns = [*urls("outreach")]`."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, update_wrapper

from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import URLPattern, path

from atvsld.platform.ui.pages import requires
from atvsld.registers.ledgers.ledger import Ledger, R, ledgers
from atvsld.registers.ledgers.web import edit, pages

Page = Callable[..., HttpResponseBase]
View = Callable[..., HttpResponse]


def urls(app: str) -> list[URLPattern]:
    """Every page of every ledger of an app. The room's own address leads to the first list."""
    held = ledgers(app)
    index = requires(held[0].read)(lambda _request: redirect(held[0].address()))
    found = [path("", index, name="index")]
    for ledger in held:
        found += ledger_urls(ledger)
    return found


def ledger_urls(ledger: Ledger[R]) -> list[URLPattern]:
    """The pages of one ledger, below its slug."""
    slug = ledger.slug

    def at(route: str, page: str, view: Page) -> URLPattern:
        return path(f"{slug}/{route}", view, name=f"{slug}-{page}")

    def written(view: View) -> View:
        return requires(ledger.change)(_bound(view, ledger))

    return [
        at("", "list", pages.list_page(ledger).as_view()),
        at("moi/", "new", written(edit.enter)),
        at("<str:public_id>/", "record", pages.record_page(ledger).as_view()),
        at("<str:public_id>/sua/", "change", written(edit.change)),
        at("<str:public_id>/bo/", "withdraw", written(edit.withdraw)),
        at("<str:public_id>/tep/", "attach", written(edit.attach)),
        at("<str:public_id>/tep/<str:file_id>/", "file", requires(ledger.read)(_bound(pages.file_page, ledger))),
        at("<str:public_id>/tep/<str:file_id>/bo/", "detach", written(edit.detach)),
    ]


def _bound(view: View, ledger: Ledger[R]) -> View:
    """A view of the kit for one ledger."""
    return update_wrapper(partial(view, ledger=ledger), view)
