from __future__ import annotations

from django.urls import path

from atvsld.platform.outbox.web import pages

app_name = "outbox"
urlpatterns = [
    path("", pages.inbox, name="inbox"),
    path("da-doc/", pages.read_all, name="read_all"),
    path("<str:public_id>/mo/", pages.open_message, name="open"),
]
