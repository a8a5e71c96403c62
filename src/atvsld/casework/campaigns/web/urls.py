from __future__ import annotations

from django.urls import path

from atvsld.casework.campaigns.web import edit, pages

app_name = "campaigns"
urlpatterns = [
    path("", pages.CampaignList.as_view(), name="list"),
    path("moi/", edit.new, name="new"),
    path("ket-qua/", pages.ResultList.as_view(), name="results"),
    path("ket-qua/<str:public_id>/", pages.ResultPage.as_view(), name="result"),
    path("ket-qua/<str:public_id>/ghi/", edit.write, name="write"),
    path("<str:public_id>/", pages.CampaignPage.as_view(), name="campaign"),
    path("<str:public_id>/sua/", edit.change, name="change"),
    path("<str:public_id>/nhac/", edit.remind, name="remind"),
    path("<str:public_id>/bao-cao/", edit.begin, name="begin"),
]
