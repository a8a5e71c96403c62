from __future__ import annotations

from django.urls import path

from atvsld.registers.places.web import localities, pages, reorganise
from atvsld.registers.places.web import map as charts

app_name = "places"
urlpatterns = [
    path("", pages.PlaceList.as_view(), name="list"),
    path("ban-do/", charts.MapPage.as_view(), name="map"),
    path("ban-do/ranh-gioi/", charts.load_boundaries, name="boundaries"),
    path("sap-xep/", reorganise.ReorganisationList.as_view(), name="reorganisations"),
    path("sap-xep/moi/", reorganise.new, name="reorganise"),
    path("sap-xep/mau.csv", reorganise.blank, name="reorganise-template"),
    path("sap-xep/<str:public_id>/", reorganise.ReorganisationPage.as_view(), name="reorganisation"),
    path("sap-xep/<str:public_id>/rut-lai/", reorganise.take_back, name="undo"),
    path("<str:public_id>/thon-duong/", localities.edit, name="localities"),
    path("<str:public_id>/", pages.PlacePage.as_view(), name="place"),
]
