from __future__ import annotations

from django.urls import path

from atvsld.oversight.publication.web import edit, pages, sheets

app_name = "publication"
urlpatterns = [
    path("", pages.NoticeList.as_view(), name="list"),
    path("to-niem-yet/", sheets.sheet, name="sheet"),
    path("ky/<str:period>/soan/", edit.start, name="start"),
    path("ky/<str:period>/dieu-chinh/", edit.revise, name="revise"),
    path("<str:public_id>/", pages.NoticePage.as_view(), name="notice"),
    path("<str:public_id>/loi/", edit.words, name="words"),
    path("<str:public_id>/so-lieu/", edit.figures, name="figures"),
    path("<str:public_id>/cong-bo/", edit.issue, name="issue"),
    path("<str:public_id>/bo/", edit.drop, name="drop"),
    path("<str:public_id>/ban-nhap/<slug:kind>/", pages.draft_file, name="draft_file"),
]
