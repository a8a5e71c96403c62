from __future__ import annotations

from django.urls import path

from atvsld.registers.places.web import pages

app_name = "places"
urlpatterns = [
    path("", pages.PlaceList.as_view(), name="list"),
    path("<str:public_id>/", pages.PlacePage.as_view(), name="place"),
]
