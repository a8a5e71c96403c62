from __future__ import annotations

from django.urls import path

from atvsld.casework.accidents.declarations.web import matches, pages, quick

app_name = "accident_declarations"
urlpatterns = [
    path("", pages.DeclarationList.as_view(), name="list"),
    path("moi/", quick.new, name="new"),
    path("nghi-trung/", matches.matches, name="matches"),
    path("nghi-trung/<str:public_id>/tach-lai/", matches.undo_match, name="undo_match"),
    path("<str:public_id>/", pages.declaration_page, name="declaration"),
    path("<str:public_id>/day-du/", pages.full, name="full"),
    path("<str:public_id>/nguoi-bao/", pages.reporter, name="reporter"),
    path("<str:public_id>/nguoi-bi-nan/", pages.persons, name="persons"),
]
