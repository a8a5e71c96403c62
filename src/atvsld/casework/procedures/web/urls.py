from __future__ import annotations

from django.urls import path

from atvsld.casework.procedures.web import edit, pages

app_name = "procedures"
urlpatterns = [
    path("", pages.Home.as_view(), name="home"),
    path("ho-so/", pages.ApplicationList.as_view(), name="applications"),
    path("ho-so/moi/", edit.receive, name="receive"),
    path("ho-so/<str:public_id>/", pages.ApplicationPage.as_view(), name="application"),
    path("ho-so/<str:public_id>/buoc/<slug:kind>/", edit.step, name="step"),
    path("<slug:procedure>/", pages.ProcedurePage.as_view(), name="procedure"),
    path("<slug:procedure>/cong-bo/", edit.publish, name="publish"),
    path("<slug:procedure>/cong-bo/<str:public_id>/thoi/", edit.end, name="end"),
]
