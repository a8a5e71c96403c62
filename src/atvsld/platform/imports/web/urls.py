from __future__ import annotations

from django.urls import path

from atvsld.platform.imports.web import mapping, pages, profiles, undo

app_name = "imports"
urlpatterns = [
    path("", pages.index, name="list"),
    path("mau/<slug:slug>/", pages.template, name="template"),
    path("anh-xa/<slug:slug>/", profiles.profiles, name="profiles"),
    path("<str:public_id>/", pages.run_page, name="run"),
    path("<str:public_id>/tien-do/", pages.progress, name="progress"),
    path("<str:public_id>/ghi/", pages.confirm, name="confirm"),
    path("<str:public_id>/ghep-cot/", mapping.mapping, name="mapping"),
    path("<str:public_id>/hoan-tac/", undo.undo, name="undo"),
    path("<str:public_id>/bo/", pages.drop, name="drop"),
    path("<str:public_id>/tep-can-sua/", pages.corrected, name="corrected"),
]
