from __future__ import annotations

from django.urls import path

from atvsld.platform.papers.web import verification

app_name = "verification"
urlpatterns = [
    path("", verification.ask, name="ask"),
    path("<str:code>/", verification.paper, name="paper"),
]
