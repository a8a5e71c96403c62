from django.urls import path

from atvsld.oversight.indicators.web import counts, locking, views, whatif
from atvsld.oversight.indicators.web.board import TargetsPage

app_name = "indicators"
urlpatterns = [
    path("", TargetsPage.as_view(), name="targets"),
    path("II.1/", views.FatalRatePage.as_view(), name="fatal_rate"),
    path("II.1/tai-ve/<slug:kind>/", views.download, name="download"),
    path("II.1/ho-so/", views.RecordsPage.as_view(), name="records"),
    path("II.1/phan-tich/", whatif.WhatIfPage.as_view(), name="whatif"),
    path("<str:target>/", counts.CountPage.as_view(), name="counted"),
    path("<str:target>/bao-cao/", counts.ReportsPage.as_view(), name="reports"),
    path("<str:target>/tai-ve/<slug:kind>/", counts.download_count, name="download_count"),
    path("<str:target>/khoa/", locking.lock, name="lock"),
    path("<str:target>/khoa/<str:public_id>/mo/", locking.lift, name="lift"),
]
