from __future__ import annotations

from django.urls import URLPattern

app_name = "accident_investigation"
urlpatterns: list[URLPattern] = []
