from __future__ import annotations

from django.urls import path

from atvsld.portals.commune.web import pages, report, worker

app_name = "commune"
urlpatterns = [
    path("", pages.home, name="home"),
    path("bao-tai-nan/", report.report, name="report"),
    path("phieu/<str:public_id>/", pages.sent, name="sent"),
    path("cho-gui/", pages.queue, name="queue"),
    path("viec/", pages.owed, name="owed"),
    path("dang-xuat/", pages.leave, name="leave"),
    path("gui/", report.send, name="send"),
    path("nhap/", report.drafts, name="drafts"),
    path("phien/", worker.session, name="session"),
    path("sw.js", worker.service_worker, name="worker"),
    path("manifest.webmanifest", worker.manifest, name="manifest"),
]
