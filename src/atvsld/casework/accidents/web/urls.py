from __future__ import annotations

from django.urls import path

from atvsld.casework.accidents.web import edit, lists, record

app_name = "accidents"
urlpatterns = [
    path("", lists.CaseList.as_view(), name="list"),
    path("nguoi-bi-nan/", lists.VictimList.as_view(), name="victims"),
    path("moi/", edit.new_case, name="new"),
    path("tim-co-so/", lists.suggest, name="suggest"),
    path("<str:public_id>/", record.case_page, name="case"),
    path("<str:public_id>/danh-tinh/", record.identities, name="identities"),
    path("<str:public_id>/sua/", edit.change_case, name="change"),
    path("<str:public_id>/nguoi-bi-nan/them/", edit.add_victim, name="add_victim"),
    path("<str:public_id>/nguoi-bi-nan/<str:victim_id>/sua/", edit.change_victim, name="change_victim"),
    path("<str:public_id>/nguoi-bi-nan/<str:victim_id>/bo/", edit.remove_victim, name="remove_victim"),
]
