from __future__ import annotations

from django.urls import path

from atvsld.registers.providers.web import edit, pages

app_name = "providers"
urlpatterns = [
    path("", pages.ProviderList.as_view(), name="list"),
    path("moi/", edit.register, name="register"),
    path("<str:public_id>/", pages.ProviderPage.as_view(), name="provider"),
    path("<str:public_id>/sua/", edit.change, name="change"),
    path("<str:public_id>/giay-to/", edit.add_qualification, name="add_qualification"),
    path("<str:public_id>/giay-to/<str:key>/thu-hoi/", edit.withdraw, name="withdraw"),
    path("<str:public_id>/dinh-chi/", edit.suspend, name="suspend"),
    path("<str:public_id>/dinh-chi/<str:key>/ket-thuc/", edit.end_suspension, name="end_suspension"),
    path("<str:public_id>/nguoi/", edit.add_person, name="add_person"),
    path("<str:public_id>/nguoi/<str:key>/thoi-viec/", edit.end_person, name="end_person"),
]
