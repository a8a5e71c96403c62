from __future__ import annotations

from django.urls import path

from atvsld.registers.bodies.web import pages, succession, zones

app_name = "bodies"
urlpatterns = [
    path("", pages.BodyList.as_view(), name="list"),
    path("khu/", zones.ZoneList.as_view(), name="zones"),
    path("khu/ghi/", zones.manage, name="manage_zone"),
    path("<str:public_id>/ke-thua/", succession.edit, name="succession"),
    path("<str:public_id>/", pages.BodyPage.as_view(), name="body"),
]
