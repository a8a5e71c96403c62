from __future__ import annotations

from django.urls import path

from atvsld.casework.merits.ledgers import GOOD_MODELS
from atvsld.casework.merits.web import edit, pages
from atvsld.registers.ledgers.web.urls import ledger_urls

app_name = "merits"
urlpatterns = [
    path("", pages.CommendationList.as_view(), name="list"),
    path("moi/", edit.new, name="new"),
    *ledger_urls(GOOD_MODELS),
    path("<str:public_id>/", pages.CommendationPage.as_view(), name="commendation"),
    path("<str:public_id>/sua/", edit.change, name="change"),
    path("<str:public_id>/gui/", edit.send, name="send"),
    path("<str:public_id>/quyet-dinh/", edit.decide, name="decide"),
    path("<str:public_id>/rut/", edit.withdraw, name="withdraw"),
]
