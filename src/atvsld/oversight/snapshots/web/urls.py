from __future__ import annotations

from django.urls import path

from atvsld.oversight.snapshots.web import acting, pages

app_name = "snapshots"
urlpatterns = [
    path("", pages.SnapshotList.as_view(), name="list"),
    path("chap-nhan/", acting.accept, name="accept"),
    path("<str:public_id>/", pages.ReportPage.as_view(), name="report"),
    path("<str:public_id>/so-lieu/", pages.PassportPage.as_view(), name="passport"),
    path("<str:public_id>/khac-biet/", pages.DifferencePage.as_view(), name="differences"),
    path("<str:public_id>/tep/<slug:kind>/", pages.download, name="file"),
    path("<str:public_id>/ban-sua/", acting.revise, name="revise"),
    path("<str:public_id>/so-lai/", acting.compare, name="compare"),
    path("<str:public_id>/rut/", acting.withdraw, name="withdraw"),
]
