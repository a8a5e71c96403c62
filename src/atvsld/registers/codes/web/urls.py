from __future__ import annotations

from django.urls import path

from atvsld.registers.codes.web import pages

app_name = "codes"
urlpatterns = [
    path("", pages.ListsPage.as_view(), name="lists"),
    path("<str:name>/goi-y/", pages.suggest, name="suggest"),
    path("<str:name>/", pages.ListPage.as_view(), name="list"),
]
