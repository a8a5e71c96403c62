from __future__ import annotations

from django.urls import path

from atvsld.oversight.snapshots.web import public

app_name = "snapshot_public"
urlpatterns = [
    path("", public.ask, name="ask"),
    path("<str:code>/", public.report, name="report"),
]
