from __future__ import annotations

from django.urls import path, re_path

from atvsld.oversight.publication.web import public

app_name = "public_notices"
urlpatterns = [
    path("", public.NoticeIndex.as_view(), name="list"),
    path("<str:period>/", public.PublicNotice.as_view(), name="notice"),
    path("<str:period>/lan-<int:revision>/", public.PublicNotice.as_view(), name="edition"),
    re_path(r"^(?P<period>[\w-]+)/lan-(?P<revision>\d+)/so-lieu\.(?P<kind>csv|json)$", public.data, name="data"),
    re_path(
        r"^(?P<period>[\w-]+)/lan-(?P<revision>\d+)/thong-bao\.(?P<kind>docx|pdf)$", public.paper_file, name="paper"
    ),
]
