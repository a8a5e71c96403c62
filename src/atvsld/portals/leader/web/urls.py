from __future__ import annotations

from django.urls import path

from atvsld.portals.leader.web import views

app_name = "leader"
urlpatterns = [path("", views.LeaderPage.as_view(), name="page")]
