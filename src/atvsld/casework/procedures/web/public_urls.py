from __future__ import annotations

from django.urls import path

from atvsld.casework.procedures.web import public

app_name = "public_procedures"
urlpatterns = [
    path("", public.listed, name="list"),
    path("tra-cuu/", public.track, name="track"),
    path("<slug:procedure>/", public.procedure, name="procedure"),
]
