from __future__ import annotations

from django.urls import path

from atvsld.oversight.publication.web import public

app_name = "public_notices"
urlpatterns = [
    path("", public.NoticeIndex.as_view(), name="list"),
    path("<str:period>/", public.PublicNotice.as_view(), name="notice"),
    path("<str:period>/lan-<int:revision>/", public.PublicNotice.as_view(), name="edition"),
    path("<str:period>/lan-<int:revision>/so-lieu.<slug:kind>", public.data, name="data"),
    path("<str:period>/lan-<int:revision>/thong-bao.<slug:kind>", public.paper_file, name="paper"),
]
