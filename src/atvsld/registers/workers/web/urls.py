from __future__ import annotations

from django.urls import path

from atvsld.registers.workers.web import edit, pages

app_name = "workers"
urlpatterns = [
    path("", pages.WorkerList.as_view(), name="list"),
    path("moi/", edit.register, name="register"),
    path("<str:public_id>/", pages.WorkerPage.as_view(), name="worker"),
    path("<str:public_id>/sua/", edit.change, name="change"),
    path("<str:public_id>/so-dinh-danh/", edit.identity, name="identity"),
    path("<str:public_id>/noi-lam-viec/", edit.start_employment, name="start_employment"),
    path("<str:public_id>/noi-lam-viec/<str:key>/thoi-viec/", edit.end_employment, name="end_employment"),
    path("<str:public_id>/nhom/", edit.state_group, name="state_group"),
    path("<str:public_id>/nhom/<str:key>/ket-thuc/", edit.end_group, name="end_group"),
]
