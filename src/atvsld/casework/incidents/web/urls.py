from __future__ import annotations

from django.urls import path

from atvsld.casework.incidents.web import edit, pages

app_name = "incidents"
urlpatterns = [
    path("", pages.IncidentList.as_view(), name="list"),
    path("moi/", edit.report, name="new"),
    path("<str:public_id>/", pages.IncidentPage.as_view(), name="incident"),
    path("<str:public_id>/sua/", edit.change, name="change"),
    path("<str:public_id>/muc-do/", edit.judge, name="judge"),
    path("<str:public_id>/da-bao/<slug:rule>/", edit.note, name="note"),
    path("<str:public_id>/ket-thuc/", edit.close, name="close"),
    path("<str:public_id>/mo-lai/", edit.reopen, name="reopen"),
]
