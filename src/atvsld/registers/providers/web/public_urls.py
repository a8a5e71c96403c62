from __future__ import annotations

from django.urls import path

from atvsld.registers.providers.web import public

app_name = "public_providers"
urlpatterns = [
    path("", public.PublicProviderList.as_view(), name="list"),
    path("<str:public_id>/", public.PublicProviderPage.as_view(), name="provider"),
]
